"""Cases at a terminal (案例核验、上报): whether one qualifies, and those of a span as a file for another system."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.cli.at_desk import At
from jointsanction.cli.checking import write_document
from jointsanction.cli.new_files import write_pieces
from jointsanction.cli.screen import show
from jointsanction.errors import LoopError, QuestionError
from jointsanction.export.profiles import load_profile, refuse_unfit
from jointsanction.export.writing import WRITERS, encoded
from jointsanction.loop.follow_up.case_rows import CaseWriter, standard_case_profile
from jointsanction.loop.follow_up.cases import Cases, CasesWanted
from jointsanction.model.audit import Deed
from jointsanction.model.export_profile import CaseProfile
from jointsanction.steps.asking.days import read_day
from jointsanction.telling.page import Block, Headline, Line
from jointsanction.terms import AuditAction

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from jointsanction.model.reported import CaseFault, ReportedCase

__all__ = ["At", "Wanted", "export", "judge"]

_ENDINGS: Final = {".csv": "csv", ".json": "json", ".xml": "xml"}


class Wanted(NamedTuple):
    """What was typed (案例上报要求)."""

    output: Path
    form: str | None
    profile: str | None
    since: str | None
    until: str | None
    of_unit: str | None
    every: bool
    typical: bool
    reveal: str | None


def judge(number: str, at: At, *, as_json: bool) -> None:
    """Show whether a case qualifies, and why not.

    Raises:
        LoopError: `loop.no_such_feedback`, `loop.corrected`.
    """
    case = Cases(at.desk()).judged(number)
    if as_json:
        write_document(_document(case))
        return
    show([Headline(f"{number}：{'合格' if case.qualified else '不合格'}{'，典型案例' if case.typical else ''}。")])
    if case.faults:
        show([Block("不合格原因", _lines(case.faults))])
    if case.short_of:
        show([Block("未认定为典型案例", _lines(case.short_of))])


def export(wanted: Wanted, at: At) -> None:
    """Write the cases of a span, those that qualify unless all are wanted; the audit keeps that they left.

    Raises:
        QuestionError: `question.format`, `question.date`, `question.output`.
        RegistryError: what a profile raises. LoopError: `loop.no_reason`.
    """
    form, profile = _form(wanted), _profile(wanted)
    if form == "xml":
        refuse_unfit(profile)
    if wanted.reveal is not None and not wanted.reveal.strip():
        message = "导出明文须写明理由。"
        raise LoopError("loop.no_reason", message, "例如“省平台接口要求完整号码”。")
    desk = at.desk()
    cases = Cases(desk, typical=profile.typical)
    span = CasesWanted(wanted.of_unit, _day(wanted.since, "起始日期"), _day(wanted.until, "截止日期"))
    found = tuple(cases.all(span))
    kept = [case for case in found if (wanted.every or case.qualified) and (case.typical or not wanted.typical)]
    detail = {"cases": len(kept), "masked": wanted.reveal is None}
    desk.note(Deed(action=AuditAction.EXPORT, caller=at.caller(), purpose=wanted.reveal, about="cases", detail=detail))
    writer = CaseWriter(profile, desk.engine.tables.catalog, whole=wanted.reveal is not None)
    about = {"since": wanted.since, "until": wanted.until, "version": desk.engine.registry.version}
    write_pieces(wanted.output, encoded(WRITERS[form](kept, writer, profile, about), form, profile))
    unfit = sum(not case.qualified for case in found)
    show([Headline(f"已写出：{wanted.output}，{len(kept)} 个案例；本期共 {len(found)} 个，不合格 {unfit} 个。")])


def _form(wanted: Wanted) -> str:
    form = wanted.form or _ENDINGS.get(wanted.output.suffix.lower(), "")
    if form not in WRITERS:
        message = f"不知道用什么格式写 {wanted.output.name}。"
        raise QuestionError("question.format", message, "请写 --format csv、json 或者 xml。")
    return form


def _profile(wanted: Wanted) -> CaseProfile:
    return standard_case_profile() if wanted.profile is None else load_profile(wanted.profile, CaseProfile)


def _document(case: ReportedCase) -> dict[str, Any]:
    return {
        "number": case.feedback.number,
        "check": case.check.number,
        "qualified": case.qualified,
        "faults": [fault._asdict() for fault in case.faults],
        "typical": case.typical,
        "short_of": [fault._asdict() for fault in case.short_of],
    }


def _lines(faults: Sequence[CaseFault]) -> tuple[Line, ...]:
    return tuple(Line(fault.code, fault.message) for fault in faults)


def _day(text: str | None, what: str) -> date | None:
    return None if text is None else read_day(text, what)
