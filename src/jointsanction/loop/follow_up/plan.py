"""What a filed check asks to be done (执行计划): what the law orders by itself, and what somebody has to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jointsanction.identity.record_key import digest_of, document_key
from jointsanction.model.filed import PlanItem
from jointsanction.terms import Binding, MeasureClass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from jointsanction.model.catalogue import ListType


def items_of(document: Mapping[str, Any], due_on: date, lists: Mapping[str, ListType]) -> tuple[PlanItem, ...]:
    """Return what an answer asks to be done (应执行事项): its findings that apply and rest on a listing, act or order.

    What the law orders (应当) and nobody decides is automatic. What it allows (可以), what needs a decision, what is
    for reference or left to whoever likes (参考、自主实施) never is; of the last two nobody need tell anything back.
    """
    findings = document["findings"]
    return tuple(
        _item(place, finding, due_on, lists)
        for place, finding in enumerate(findings)
        if finding["applies"] and finding["cause"] is not None and finding["measure"] is not None
    )


def _item(place: int, finding: Mapping[str, Any], due_on: date, lists: Mapping[str, ListType]) -> PlanItem:
    cause, free = finding["cause"], finding["class"] == MeasureClass.VOLUNTARY
    code = cause.get("list")
    source = cause.get("source") or {"batch": None, "row": None}
    return PlanItem(
        item=place,
        measure=finding["measure"],
        title=finding["title"],
        effect=str(finding["effect"]),
        degree=finding["degree"],
        binding=str(finding["binding"]),
        automatic=finding["binding"] == Binding.MUST and not finding["needs_decision"] and not free,
        owed=finding["binding"] != Binding.REFERENCE and not free,
        duty=finding["duty"],
        authorities=tuple(finding["implementing_authority"]),
        list=code,
        list_kind=lists[code].kind.value if code in lists else None,
        batch=source["batch"],
        row=source["row"],
        record=record_of(cause),
        basis=tuple((basis["instrument"], basis["article"]) for basis in finding["basis"]),
        due_on=due_on,
    )


def record_of(cause: Mapping[str, Any]) -> str:
    """Return which listing or act something rests on, by its document: a later file gives it another row (所依记录)."""
    if "list" in cause:
        return digest_of((cause["list"], document_key(cause["instrument_no"]), cause["listed_on"]))
    return digest_of((cause["act"], document_key(cause["document_number"]), cause["decision_made"]))
