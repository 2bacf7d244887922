"""Making a step of a procedure about a listing (办理一步), with the value it corrects taken from the row itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.errors import RegistryError
from jointsanction.identity.record_key import record_key
from jointsanction.model.repair_event import RepairEvent
from jointsanction.repair.corrections import read_value, value_of
from jointsanction.terms import RepairState, RepairTrack

if TYPE_CHECKING:
    from datetime import date

    from jointsanction.model.subject import Listing
    from jointsanction.terms import Office

_DECIDED: Final = frozenset({RepairState.UPHELD, RepairState.PARTLY})


class Step(NamedTuple):
    """What an officer says of a step (办理内容), the same for every record it concerns."""

    track: RepairTrack
    state: RepairState
    actor: str
    reason: str
    on: date
    office: Office | None = None
    two_step: bool = False
    until: date | None = None
    document: str | None = None
    field: str | None = None
    new: str | None = None


def make_event(listing: Listing, step: Step) -> RepairEvent:
    """Return a step about a listing as it is to be kept (办理记录).

    Raises:
        RegistryError: `repair.field`, `repair.value`; `repair.correction` when a step that corrects nothing names a
            field, or an objection upheld in part does not say which; `repair.until` for an end before the beginning.
    """
    if (step.field is not None and step.state not in _DECIDED) or (
        step.field is None and step.state is RepairState.PARTLY
    ):
        message = "更正的字段只随异议成立、部分成立写；部分成立的必须写。"
        raise RegistryError("repair.correction", message, "用 --field、--new 写明更正什么。")
    if step.until is not None and step.until < step.on:
        raise RegistryError("repair.until", "暂时解除的截止日早于起始日。", "请核对日期。")
    old = None if step.field is None else value_of(listing, step.field)
    if step.field is not None:
        read_value(step.field, step.new)
    said = {**step._asdict(), "actor": step.actor.strip(), "reason": step.reason.strip()}
    return RepairEvent(record=record_key(listing), list=listing.list, old=old, **said)
