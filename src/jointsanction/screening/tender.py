"""The bidders of a tender (投标人批量核查): each asked by itself, partners as partners, and one answer for all."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from jointsanction.asking import bidder_words, kept_words
from jointsanction.errors import QuestionError
from jointsanction.model.tender import TenderResult, whole_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from jointsanction.model.result import CheckResult
    from jointsanction.model.subject import Subject


def screen_tender(
    subjects: Iterable[Subject], ask: Callable[..., CheckResult], given: Mapping[str, Any]
) -> TenderResult:
    """Return the answer about every bidder in order, and the strongest verdict.

    Raises:
        QuestionError: `question.no_bidders`, and what is wrong with the question.
        SubjectError: a bidder that can't be asked about.
    """
    bidders = tuple(subjects)
    if not bidders:
        raise QuestionError("question.no_bidders", "没有给出任何投标人。", "至少给出一家；没有查过就没有结论。")
    words = kept_words(dict(given))
    groups: dict[str, list[Subject]] = defaultdict(list)
    for bidder in bidders:
        if bidder.group:
            groups[bidder.group].append(bidder)
    results = tuple(ask(bidder, **{**words, **bidder_words(bidder, groups, words)}) for bidder in bidders)
    verdict, complete, receipt = whole_of((each.verdict, each.complete, each.receipt) for each in results)
    return TenderResult(verdict, complete, results, receipt)
