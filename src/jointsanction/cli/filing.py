"""Checks that are filed and what follows them, at a terminal (核查归档、执行、反馈)."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.cli.asked import question_words
from jointsanction.cli.at_desk import At
from jointsanction.cli.bidders import read_bidders
from jointsanction.cli.checking import write_document
from jointsanction.cli.screen import show
from jointsanction.errors import QuestionError
from jointsanction.home import default_store
from jointsanction.model.filed import Decision, Feedback
from jointsanction.steps.asking.days import SHANGHAI, read_day
from jointsanction.store.docket.docket import Docket
from jointsanction.store.docket.feedback import pending as owed_of
from jointsanction.telling.answer import answer_of, answer_parts
from jointsanction.telling.page import Block, Grid, Headline, Line
from jointsanction.telling.stored import result_of
from jointsanction.terms import Binding, Handling, Verdict
from jointsanction.terms.words import word

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from jointsanction.loop.desk import Desk
    from jointsanction.model.filed import Execution, FiledCheck, PlanItem
    from jointsanction.telling.page import Part

__all__ = ["At", "Decided", "check", "execute", "feed_back", "pending", "plan", "reveal", "tender"]

_DECISIONS: Final = {"yes": (True, False), "no": (False, False), "impossible": (True, True)}


class Decided(NamedTuple):
    """What was decided, as it was typed (决定)."""

    said: tuple[str, ...]
    decider: str | None
    reason: str | None
    on: str | None


def check(words: dict[str, Any], at: At, *, purpose: str, as_json: bool) -> None:
    """Check a subject, file the answer, and show it with its number."""
    desk = at.desk()
    filed = desk.check(question_words(words), at.caller(), purpose=purpose)
    if as_json:
        write_document({"number": filed.number, **filed.document})
        return
    answer = answer_of(result_of(filed.document, desk.engine.tables), desk.engine.tables.catalog)
    show([*answer_parts(answer), Block("归档", tuple(_filed_lines(filed)))])


def tender(  # noqa: PLR0913 - a question, and who asks it
    file: Path, matter: str, words: dict[str, Any], at: At, *, purpose: str, as_json: bool
) -> None:
    """Check the bidders in a file, file the answers, and show their numbers."""
    desk = at.desk()
    filed = desk.file_one(desk.ask_tender(read_bidders(file), matter, words, at.caller(), purpose=purpose))
    if as_json:
        documents = [{"number": each.number, **each.document} for each in filed.checks]
        write_document({"number": filed.number, **(filed.answer or {}), "results": documents})
        return
    rows = tuple((str(each.place + 1), each.number, Verdict(each.verdict).zh) for each in filed.checks)
    show([Headline(f"已归档：{filed.number}，{len(rows)} 家。"), Grid("各家", ("序号", "核查编号", "结论"), rows)])


def plan(number: str, at: At, *, as_json: bool) -> None:
    """Show what a check asks to be done, and how far it has come.

    Raises:
        LoopError: `loop.no_such_check`.
    """
    desk = at.desk()
    items, state = desk.plan(number), desk.state(number)
    done = {each.item: each for each in desk.executions(number)}
    told = {each.item: each for each in desk.feedback(number)}
    if as_json:
        rows = [
            {
                **asdict(item),
                "due_on": item.due_on.isoformat(),
                "outcome": done[item.item].outcome if item.item in done else None,
                "feedback": told[item.item].number if item.item in told else None,
            }
            for item in items
        ]
        write_document({"check": number, "state": state, "items": rows})
        return
    headers = ("项", "措施", "如何执行", "依据", "反馈期限", "执行", "反馈")
    cells = tuple(
        (
            *_item_cells(item),
            done[item.item].outcome.zh if item.item in done else "",
            str(told[item.item].number) if item.item in told else "",
        )
        for item in items
    )
    show([Headline(f"{number}：{state.zh}。"), *([Grid("执行计划", headers, cells)] if cells else [])])


def execute(number: str, decided: Decided, at: At, *, dry_run: bool) -> None:
    """Keep what was decided and done, and show it.

    Raises:
        QuestionError: `question.decision`, `question.date`. LoopError: as `Desk.execute`.
    """
    desk = at.desk()
    made = desk.execute(number, tuple(_decisions(decided)), at.caller(), dry_run=dry_run)
    left = [item.item for item in _open(desk, number, made)]
    said = "试运行，没有登记" if dry_run else "已登记"
    rows = tuple((str(each.item), each.outcome.zh, each.decider or "", each.reason or "") for each in made)
    parts: list[Part] = [Headline(f"{said}：{len(made)} 项。")]
    if rows:
        parts.append(Grid("执行", ("项", "执行结果", "决定人", "理由"), rows))
    if left:
        parts.append(Block("待决定", (Line("", f"第 {'、'.join(map(str, left))} 项由人决定，没有决定不执行。"),)))
    show(parts)


def feed_back(said: Mapping[str, Any], at: At) -> None:
    """Take a feedback and show its number.

    Raises:
        QuestionError: `question.unknown_word`, `question.date`. LoopError: as `Desk.feed_back`.
    """
    desk = at.desk()
    instrument, _, article = said["basis"].partition(":")
    words = {name: value for name, value in said.items() if name != "basis"}
    words["handling"] = word(Handling, said["handling"], "处理方式")
    words["done_on"] = _day(said["done_on"], "处理日期") or desk.clock().astimezone(SHANGHAI).date()
    given = Feedback(**words, basis_instrument=instrument, basis_article=article or None)
    kept = desk.feed_back(given, at.caller())
    late = "按期" if kept.on_time else "逾期"
    show([Headline(f"已登记反馈 {kept.number}（{late}）；该核查{desk.state(kept.check).zh}。")])


def pending(of_unit: str | None, due_by: str | None, store: str | None, *, as_json: bool) -> None:
    """Show what is owed and was not fed back."""
    with Docket.open(store or default_store()).reading() as connection:
        found = owed_of(connection, unit=of_unit, due_by=_day(due_by, "期限"))
    if as_json:
        write_document({"pending": [{**asdict(each), "due_on": each.due_on.isoformat()} for each in found]})
        return
    headers = ("期限", "核查编号", "项", "措施", "名单", "案号", "单位")
    rows = tuple(
        (f"{each.due_on}", each.check, f"{each.item}", each.measure, each.list or "", each.case_no or "", each.unit)
        for each in found
    )
    show([Grid(f"待反馈（{len(rows)} 项）", headers, rows)])


def reveal(number: str, reason: str, at: At) -> None:
    """Write a filed check unmasked; the audit keeps that it was looked at.

    Raises:
        LoopError: `loop.no_such_check`, `loop.no_reason`.
    """
    write_document({"number": number, **at.desk().reveal(number, at.caller(), reason=reason)})


def _filed_lines(filed: FiledCheck) -> Iterator[Line]:
    yield Line("核查编号", filed.number)
    if filed.items:
        owed = [item for item in filed.items if item.owed]
        decided = sum(not item.automatic for item in filed.items)
        yield Line("应执行", f"{len(filed.items)} 项，其中 {decided} 项由人决定")
        yield Line("应反馈", f"{len(owed)} 项，{filed.items[0].due_on} 以前")


def _item_cells(item: PlanItem) -> tuple[str, ...]:
    how = "依法直接执行" if item.automatic else f"{Binding(item.binding).zh}，由人决定"
    basis = "、".join(f"{instrument}{'' if article is None else f':{article}'}" for instrument, article in item.basis)
    return f"{item.item}", item.title, how, basis, f"{item.due_on}" if item.owed else "不必反馈"


def _open(desk: Desk, number: str, made: Sequence[Execution]) -> Iterator[PlanItem]:
    over = {each.item for each in (*desk.executions(number), *made)}
    return (item for item in desk.plan(number) if item.item not in over and not item.automatic)


def _decisions(decided: Decided) -> Iterator[Decision]:
    for said in decided.said:
        item, _, what = said.partition(":")
        if not (item.isascii() and item.isdigit()) or what not in _DECISIONS:
            message = "决定应写作“第几项:yes、no 或者 impossible”。"
            raise QuestionError("question.decision", message, "例如 --decide 0:yes --decider 负责人。")
        applies, impossible = _DECISIONS[what]
        yield Decision(
            item=int(item),
            applies=applies,
            decider=decided.decider,
            reason=decided.reason,
            decided_on=_day(decided.on, "决定日期"),
            impossible=impossible,
        )


def _day(text: str | None, what: str) -> date | None:
    return None if text is None else read_day(text, what)
