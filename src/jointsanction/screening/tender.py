"""The bidders of a tender (投标人批量核查): each asked by itself, partners as partners, and one answer for all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from jointsanction.asking import bidder_words
from jointsanction.errors import QuestionError
from jointsanction.identity.folding import bare, is_missing, label
from jointsanction.identity.masks import is_masked
from jointsanction.model.tender import TenderResult, whole_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jointsanction.model.subject import Subject
    from jointsanction.screening.run import Run

_ALONE: Final = frozenset({"否", "不是", "非联合体", "单独", "单独投标", "独立投标", "no", "n", "false"})
"""What offices write under 联合体 of whoever bids alone, beside what says nothing."""


def screen_tender(subjects: Iterable[Subject], run: Run) -> TenderResult:
    """Return the answer about every bidder in order, and the strongest verdict.

    All are answered from one state, as of one instant.

    Raises:
        QuestionError: `question.no_bidders`, `question.lone_member`, and what is wrong with the question.
        SubjectError: a bidder that can't be asked about.
    """
    bidders = tuple(subjects)
    if not bidders:
        raise QuestionError("question.no_bidders", "没有给出任何投标人。", "至少给出一家；没有查过就没有结论。")
    once, partners = run.at_once(), _partners(bidders)
    results = tuple(
        replace(once, words=bidder_words(bidder, others, once.words)).ask(bidder)
        for bidder, others in zip(bidders, partners, strict=True)
    )
    verdict, complete, receipt = whole_of((each.verdict, each.complete, each.receipt) for each in results)
    return TenderResult(verdict, complete, results, receipt)


def _partners(bidders: Sequence[Subject]) -> list[tuple[Subject, ...]]:
    """Return the other members of each bidder's consortium (联合体), none for one that bids alone."""
    names = [_group(bidder) for bidder in bidders]
    groups: dict[str, list[Subject]] = defaultdict(list)
    for name, bidder in zip(names, bidders, strict=True):
        groups[name].append(bidder)
    found = [
        tuple(other for other in groups[name] if _who(other) != _who(bidder)) if name else ()
        for name, bidder in zip(names, bidders, strict=True)
    ]
    # 政府采购法 §24: two or more make a consortium. Whoever stands alone in one has lost its partners to a misspelling.
    if lone := [str(at) for at, name in enumerate(names, 1) if name and not found[at - 1]]:
        message = f"联合体只有一家成员：第 {'、'.join(lone)} 家投标人。"
        hint = "请核对联合体名称：同一联合体的各成员写同一名称；单独投标的，联合体一栏留空。"
        raise QuestionError("question.lone_member", message, hint)
    return found


def _group(bidder: Subject) -> str:
    """Return the name of a bidder's consortium by what can be seen of it; a cell that says there is none is none."""
    said = bidder.group or ""
    return "" if is_missing(said) or label(said) in _ALONE else label(said)


def _who(bidder: Subject) -> tuple[str, str]:
    """Return by what a bidder is known: a whole number; else, for many share a masked one, what is said of him."""
    number = bare(bidder.uscc or bidder.resident_id or bidder.other_id or "")
    return (number, "") if number and not is_masked(number) else (number, label(bidder.name or ""))
