"""What a row says of its own end and time (记录状态、评价年度): status and year assessed become days, or are told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from jointsanction.registry.readers.report import Fault
from jointsanction.terms import ListKind, RowStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.model.catalogue import ListType
    from jointsanction.model.mapping import YearSpan

_REVOKED: Final = "撤销"


def span_of(year: int, span: YearSpan) -> tuple[date, date]:
    """Return the first and the last day for which the assessment of a year holds (评价年度的有效期间).

    >>> from jointsanction.model.mapping import YearSpan
    >>> [str(day) for day in span_of(2023, YearSpan(begins="04-30"))]
    ['2024-04-30', '2025-04-30']
    """
    begins = date.fromisoformat(f"{year + span.after}-{span.begins}")
    return begins, begins.replace(year=begins.year + span.years)


def settle_span(values: dict[str, Any], span: YearSpan | None) -> None:
    """Give a row its days by the year assessed; what it says itself goes first."""
    year = values.pop("assessed_year", None)
    if year is None or span is None or values.get("listed_on") is not None:
        return
    values["listed_on"], last = span_of(year, span)
    values.setdefault("valid_to", last)


def settle_status(values: dict[str, Any]) -> Iterator[tuple[str, Fault, bool]]:
    """Give a row its end by its status; yield what to tell, and whether that refuses the row.

    A revoked decision never had effect (行政处罚法 48: 撤回); one that ended needs the day on which it did.
    """
    status, known_on = values.pop("status", None), values.pop("status_on", None)
    if status is RowStatus.NOTED:
        yield "status", Fault("row.noted", "记录状态为异议或者其他，仍按在列读取，请核对。"), False
    if status not in {RowStatus.REVOKED, RowStatus.ENDED} or values.get("removed_on") is not None:
        return
    if status is RowStatus.REVOKED and values.get("listed_on") is not None:
        values["removed_on"] = values["listed_on"]
        values.setdefault("removal_reason", _REVOKED)
        yield "status", Fault("row.revoked", "记录状态为撤销：自始没有效力，不作为在列记录。"), False
    elif known_on is not None:
        values["removed_on"] = known_on
        yield "status", Fault("row.ended", "记录状态为失效：按状态日期作为移出日期读取。"), False
    elif values.get("valid_to") is None:
        yield "removed_on", Fault("row.removal_undated", "已经失效或者移出，但没有写明日期，无法判断自何日起。"), True


def list_kind_fault(said: ListKind | None, kind: ListType) -> Fault | None:
    """Return why a row does not belong on its list: red, published and any other are three sorts (名单性质)."""
    if said is None or _sort(said) is _sort(kind.kind):
        return None
    message = f"该行写明是{said.zh}，而 {kind.code} 是{kind.kind.zh}。"
    return Fault("row.list_kind", message)


def _sort(kind: ListKind) -> ListKind:
    return kind if kind in {ListKind.RED, ListKind.PUBLICATION, ListKind.RATING} else ListKind.BLACK
