"""Cases as rows for another system (案例上报): in the receiver's words, the subject masked unless it is asked whole."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from jointsanction.export.rows import Cells
from jointsanction.identity.masks import mask_id, mask_name
from jointsanction.model.export_profile import CaseProfile
from jointsanction.steps.asking.days import SHANGHAI
from jointsanction.terms import CaseColumn, Degree, Effect, ListKind, SubjectKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.reported import ReportedCase

_C: Final = CaseColumn


def standard_case_profile() -> CaseProfile:
    """Return how cases leave when no profile is named (通用格式): every column under its title."""
    return CaseProfile(columns={column.zh: column for column in CaseColumn}, root="cases", record="case")


class CaseWriter:
    """Writes cases as rows of one receiver (案例导出行)."""

    def __init__(self, profile: CaseProfile, catalog: Catalog, *, whole: bool = False) -> None:
        """Take how the receiver wants rows, and the catalogue; `whole` leaves numbers and names as they are."""
        self._catalog = catalog
        self._whole = whole
        self._cell = Cells(profile).cell
        self._columns = tuple((column, profile.values.get(column, {})) for column in profile.columns.values())
        self._fixed = tuple(profile.fixed.values())
        self.headers = (*profile.columns, *profile.fixed)

    def row(self, case: ReportedCase, /) -> tuple[str, ...]:
        """Return the cells of a case, in the order of the headers; what isn't known is empty."""
        said = {**_of_feedback(case), **self._of_check(case), **self._of_listing(case)}
        return (*(self._cell(said[column], words) for column, words in self._columns), *self._fixed)

    def _of_check(self, case: ReportedCase) -> dict[CaseColumn, object]:
        check, subject = case.check, case.check.document["subject"]
        kind, matter = subject["kind"], self._catalog.matters.get(case.check.matter)
        return {
            _C.CHECK: check.number,
            _C.RECEIPT: check.receipt,
            _C.CASE_NO: check.case_no,
            _C.MATTER: check.matter,
            _C.MATTER_TITLE: None if matter is None else matter.title,
            _C.REGION: check.region,
            _C.UNIT: check.unit,
            _C.SUBJECT_KIND: None if kind is None else SubjectKind(kind),
            _C.NAME: self._shown(case.name, mask_name),
            _C.IDENTIFIER: self._shown(subject["id"], mask_id),
            _C.CHECKED_ON: check.recorded_at.astimezone(SHANGHAI).date(),
        }

    def _of_listing(self, case: ReportedCase) -> dict[CaseColumn, object]:
        item, finding = case.item, case.check.document["findings"][case.item.item]
        cause = finding["cause"]
        listed = cause.get("listed_on") or cause.get("decision_made")
        return {
            _C.LIST: item.list,
            _C.LIST_TITLE: cause.get("list_name") or cause.get("act_name"),
            _C.LIST_KIND: None if item.list_kind is None else ListKind(item.list_kind),
            _C.INSTRUMENT_NO: cause.get("instrument_no") or cause.get("document_number"),
            _C.LISTED_ON: None if listed is None else date.fromisoformat(listed),
            _C.MEASURE: item.measure,
            _C.MEASURE_TITLE: item.title,
            _C.EFFECT: Effect(item.effect),
            _C.DEGREE: None if item.degree is None else Degree(item.degree),
            _C.BASIS: _basis(case, finding["basis"]),
        }

    def _shown(self, text: str | None, mask: Callable[[str], str]) -> str | None:
        return text if text is None or self._whole else mask(text)


def _of_feedback(case: ReportedCase) -> dict[CaseColumn, object]:
    told = case.feedback
    return {
        _C.NUMBER: told.number,
        _C.HANDLING: told.handling,
        _C.RESULT: told.result,
        _C.AMOUNT: told.amount,
        _C.DONE_ON: told.done_on,
        _C.DEPARTMENT: told.department,
        _C.OFFICER: told.officer,
        _C.TOLD_ON: None if told.recorded_at is None else told.recorded_at.astimezone(SHANGHAI).date(),
        _C.ON_TIME: _yes(told.on_time),
        _C.TYPICAL: _yes(case.typical),
        _C.QUALIFIED: "合格" if case.qualified else "不合格",
        _C.FAULTS: "；".join(fault.message for fault in case.faults) or None,
    }


def _basis(case: ReportedCase, bases: list[Mapping[str, Any]]) -> str:
    """Return the basis that was chosen, by its title and article."""
    told = case.feedback
    found = next(each for each in bases if each["instrument"] == told.basis_instrument)
    article = told.basis_article or ""
    return f"{found['title']} {f'第{article}条' if article.isdigit() else article}".strip()


def _yes(value: object) -> str:
    return "是" if value else "否"
