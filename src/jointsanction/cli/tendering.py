"""Answering for a tender (投标人批量核查): one line for each bidder, then what each line rests on."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from jointsanction.cli.bidders import read_bidders
from jointsanction.cli.checking import open_engine, write_document
from jointsanction.cli.screen import show
from jointsanction.identity.masks import mask_id
from jointsanction.telling.answer import ACTS_TITLE, act_line, answer_of, detail_parts, record_lines
from jointsanction.telling.headline import headline
from jointsanction.telling.page import Block, Grid, Headline, Line
from jointsanction.terms import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from jointsanction.engine import Engine
    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.subject import Subject
    from jointsanction.model.tender import TenderResult
    from jointsanction.telling.answer import Answer
    from jointsanction.telling.page import Part

__all__ = ["answer_tender", "open_engine", "tender_parts"]


def answer_tender(file: Path, words: dict[str, Any], engine: Engine, *, as_json: bool) -> None:
    """Write the answer for every bidder in a file (投标人批量核查).

    Raises:
        RegistryError: a file that can't be read, or all rows of it that name nobody.
    """
    bidders = read_bidders(file)
    result = engine.check_tender(bidders, **words)
    if as_json:
        write_document(result.model_dump())
    else:
        show(tender_parts(result, bidders, engine.tables.catalog))


def tender_parts(result: TenderResult, bidders: Sequence[Subject], catalog: Catalog) -> Iterator[Part]:
    """Yield the page of a tender: the count, a row for each bidder, details of those that need any, the receipts."""
    answers = tuple(answer_of(each, catalog) for each in result.results)
    yield Headline(_counts(answers), result.verdict)
    yield _overview(answers, bidders)
    for number, (answer, bidder) in enumerate(zip(answers, bidders, strict=True), 1):
        if answer.result.verdict is not Verdict.CLEAR or answer.result.not_applied is not None:
            yield from _bidder(number, answer, bidder)
    yield from _acts(answers)
    receipts = (Line(f"第{number}家", answer.result.receipt) for number, answer in enumerate(answers, 1))
    yield Block("查询记录", (*record_lines(answers[0]), *receipts, Line("整体凭证", result.receipt)))


def _counts(answers: Sequence[Answer]) -> str:
    counted = Counter(answer.result.verdict for answer in answers)
    parts = "、".join(f"{verdict.zh} {counted[verdict]} 家" for verdict in Verdict if counted[verdict])
    return f"共核查 {len(answers)} 家：{parts}。"


def _overview(answers: Sequence[Answer], bidders: Sequence[Subject]) -> Grid:
    rows = (
        (
            str(number),
            f"{bidder.name or '（未给名称）'}{f'（{bidder.group}）' if bidder.group else ''}",
            _number(bidder),
            answer.result.verdict.zh,
            headline(answer.result, answer.catalog.lists).text,
        )
        for number, (answer, bidder) in enumerate(zip(answers, bidders, strict=True), 1)
    )
    return Grid("各家结论", ("序号", "投标人", "号码", "结论", "怎么办"), tuple(rows))


def _bidder(number: int, answer: Answer, bidder: Subject) -> Iterator[Part]:
    yield Headline("")
    text = headline(answer.result, answer.catalog.lists).text
    yield Headline(f"第{number}家：{bidder.name or _number(bidder)}：{text}", answer.result.verdict)
    yield from detail_parts(answer, prefix=f"{number}.")


def _acts(answers: Sequence[Answer]) -> Iterator[Block]:
    """Yield once what nearly every bidder has to declare, with the numbers of those concerned."""
    open_acts: dict[Line, list[str]] = defaultdict(list)
    for number, answer in enumerate(answers, 1):
        for act in answer.result.coverage.acts_unknown:
            open_acts[act_line(act)].append(str(number))
    if open_acts:
        lines = (Line(f"{act.label}（第{'、'.join(numbers)}家）", act.text) for act, numbers in open_acts.items())
        yield Block(ACTS_TITLE, tuple(lines))


def _number(bidder: Subject) -> str:
    """Return a bidder's number masked: the page is filed and passed around."""
    number = bidder.uscc or bidder.resident_id or bidder.other_id
    return mask_id(number) if number else "未提供"
