"""Making a step of a procedure about a listing (办理一步), with the value it corrects taken from the row itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.errors import RegistryError
from jointsanction.identity.record_key import record_key
from jointsanction.model.repair_event import RepairEvent
from jointsanction.repair.corrections import corrected, read_value, value_of
from jointsanction.terms import RepairState, RepairTrack

if TYPE_CHECKING:
    from collections.abc import Iterable
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


def make_event(listing: Listing, step: Step, earlier: Iterable[RepairEvent] = ()) -> RepairEvent:
    """Return a step about a listing as it is to be kept (办理记录); `listing` is the row as the list has it.

    `earlier` are the steps taken about it: a field corrected twice has the first correction as its old value.

    Raises:
        RegistryError: `repair.field`, `repair.value`; `repair.correction` when a step that corrects nothing names a
            field, or an objection upheld in part does not say which; `repair.until` for an end before the beginning;
            `repair.early` for a step from before the listing.
    """
    if (step.field is not None and step.state not in _DECIDED) or (
        step.field is None and step.state is RepairState.PARTLY
    ):
        message = "更正的字段只随异议成立、部分成立写；部分成立的必须写。"
        raise RegistryError("repair.correction", message, "用 --field、--new 写明更正什么。")
    if step.until is not None and step.until < step.on:
        raise RegistryError("repair.until", "暂时解除的截止日早于起始日。", "请核对日期。")
    _refuse_early(listing, step)
    old = None
    if step.field is not None:
        old = value_of(corrected(listing, (event for event in earlier if event.field is not None)), step.field)
        read_value(step.field, step.new)
    said = {**step._asdict(), "actor": step.actor.strip(), "reason": step.reason.strip()}
    return RepairEvent(record=record_key(listing), list=listing.list, old=old, **said)


def _refuse_early(listing: Listing, step: Step) -> None:
    """Who was told beforehand (事前告知) may already object; before that there is nothing to do anything about."""
    first = min((day for day in (listing.announced_on, listing.listed_on) if day is not None), default=step.on)
    if step.on < first:
        message = f"起算日 {step.on} 早于列入日期 {first}。"
        raise RegistryError("repair.early", message, "请核对 --on；列入日期有误的，先经异议更正。")
