"""Recording what a person decided about a candidate (身份核实)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jointsanction.cli.screen import show
from jointsanction.cli.stored import open_store
from jointsanction.engine import shanghai_now
from jointsanction.errors import RegistryError
from jointsanction.identity.masks import mask_id
from jointsanction.identity.verdicts import make_verdict
from jointsanction.steps.asking.ask import read_subject
from jointsanction.steps.asking.days import read_day
from jointsanction.telling.page import Grid, Headline

if TYPE_CHECKING:
    from jointsanction.model.identity_verdict import IdentityVerdict


class Said(NamedTuple):
    """What the officer says with his verdict (核实说明)."""

    author: str
    reason: str
    until: str | None
    kind: str | None


def decide(
    outcome: str, number: str, at: tuple[str, int], *, said: tuple[str, str, str | None, str | None], store: str | None
) -> None:
    """Keep a verdict on the candidate of a batch and row, and show it (记录核实结论).

    Raises:
        RegistryError: `registry.no_such_row`; what opening the store raises.
        SubjectError: `verdict.…`, when there is nothing to decide or nobody to decide about.
    """
    words, opened, now = Said(*said), open_store(store), shanghai_now()
    listing = opened.row(*at)
    if listing is None:
        message = f"名单库中没有批次 {at[0]} 第 {at[1]} 行的现行记录。"
        raise RegistryError("registry.no_such_row", message, "请按核查结果中候选记录的批次和行号填写。")
    verdict = make_verdict(
        read_subject(number, words.kind),
        listing,
        outcome,
        author=words.author,
        reason=words.reason,
        decided_on=now.date(),
        expires_on=None if words.until is None else read_day(words.until, "结论有效期"),
    )
    opened.decide(verdict, recorded_at=now)
    show([Headline(f"已记录：批次 {at[0]} 第 {at[1]} 行，{verdict.outcome.zh}；今后核查该主体时采用。")])


def list_all(store: str | None, due: str | None) -> None:
    """Show every verdict, or those that end by a day (身份核实结论), the subject masked.

    Raises:
        QuestionError: `question.date`.
        RegistryError: a store that can't be read.
    """
    last = None if due is None else read_day(due, "到期日")
    given = open_store(store).verdicts()
    found = [each for each in given if last is None or (each.expires_on is not None and each.expires_on <= last)]
    headers = ("主体", "名单", "结论", "核实人", "核实日期", "有效到", "理由")
    show([Grid(f"身份核实结论（{len(found)} 项）", headers, tuple(map(_row, found)))])


def _row(verdict: IdentityVerdict) -> tuple[str, ...]:
    return (
        mask_id(verdict.subject[2:]),
        verdict.list,
        verdict.outcome.zh,
        verdict.author,
        verdict.decided_on.isoformat(),
        "长期" if verdict.expires_on is None else verdict.expires_on.isoformat(),
        verdict.reason,
    )
