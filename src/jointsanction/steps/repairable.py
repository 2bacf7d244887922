"""Whether, when and how a listing can be repaired (信用修复), and what is under way about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.catalog.compile import in_time
from jointsanction.model.shown import Notice
from jointsanction.steps.term_end import add_months
from jointsanction.terms import UNDER_WAY, ListKind, Reason, RepairState, RepairTrack, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from jointsanction.model.catalogue import Catalog, ListType, Publicity
    from jointsanction.model.repair_event import RepairEvent
    from jointsanction.model.subject import Listing
    from jointsanction.steps.in_force import Standing

_NOT_ASKED: Final[dict[str, Any]] = {
    "repairable": False, "earliest": None, "missing": [], "channel": None,
    "severity": None, "publicity_until": None, "rules": None, "state": None,
}  # fmt: skip


def not_repairable() -> dict[str, Any]:
    """Return what is said of a ban that rests on an act: no repair of a listing ends it."""
    return {**_NOT_ASKED, "missing": []}


class Repairable(NamedTuple):
    """What can be said on a day of the repair of a listing (修复条件): `rules` are those that hold on that day."""

    repairable: bool
    earliest: date | None
    missing: tuple[str, ...]
    channel: str | None
    severity: Severity | None
    publicity_until: date | None
    rules: Publicity | None
    state: RepairState | None

    def model_dump(self) -> dict[str, Any]:
        """Return it as the contract writes it."""
        return {
            **self._asdict(),
            "earliest": self.earliest and self.earliest.isoformat(),
            "missing": list(self.missing),
            "publicity_until": self.publicity_until and self.publicity_until.isoformat(),
            "rules": self.rules and self.rules.id,
        }


def repairable(standing: Standing, catalog: Catalog, day: date) -> Repairable | None:
    """Return whether, when and how a listing can be repaired; None for a red one, and where the list does not say."""
    listing = standing.found.listing
    kind = catalog.lists[listing.list]
    rule = kind.repair
    if kind.kind is ListKind.RED or rule is None:
        return None
    severity = _severity(listing, kind)
    editions = _editions(catalog, rule.publicity, day)
    rules = next((one for one in editions if in_time(one.valid_from, one.valid_to, day)), None)
    period = None if rules is None or severity is None else rules.period(severity, listing.field or kind.field)
    longest = None if period is None else period.max_months
    process = standing.found.process
    last = None if process is None else process.of(RepairTrack.REPAIR)
    earliest = _after_fraud(_earliest(listing, kind, editions), last, rules) if rule.repairable else None
    return Repairable(
        repairable=rule.repairable,
        earliest=earliest,
        missing=tuple(_missing(kind, rules, severity, earliest if earliest is None or earliest > day else None)),
        channel=rule.channel or (None if rules is None else rules.channel),
        severity=severity,
        publicity_until=None
        if longest is None or listing.listed_on is None
        else add_months(listing.listed_on, longest),
        rules=rules,
        state=None if last is None else last.state,
    )


def _severity(listing: Listing, kind: ListType) -> Severity | None:
    """Return how serious a listing is: one on a black list is serious (信用修复管理办法第十条)."""
    stated = listing.severity or kind.severity or (kind.repair and kind.repair.severity)
    return stated or (Severity.SERIOUS if kind.kind is ListKind.BLACK else None)


def _editions(catalog: Catalog, family: str | None, day: date) -> list[Publicity]:
    """Return the editions of a family from a day on, in the order of their time."""
    found = [one for one in catalog.publicity.values() if one.family == family]
    found = [one for one in found if one.valid_to is None or day <= one.valid_to]
    return sorted(found, key=lambda one: str(one.valid_from))


def _earliest(listing: Listing, kind: ListType, editions: list[Publicity]) -> date | None:
    """Return the first day on which an application can be heard, by the rules that will then hold.

    A list's own waiting time comes before the general one.
    """
    rule, listed, severity = kind.repair, listing.listed_on, _severity(listing, kind)
    if rule is None or listed is None:
        return None
    if rule.after_months is not None:
        return add_months(listed, rule.after_months) if rule.counts_from == "listed" else None
    if severity is None:
        return None
    for edition in editions:
        period = edition.period(severity, listing.field or kind.field)
        if period is None or period.min_months is None:
            continue
        heard = max(add_months(listed, period.min_months), edition.valid_from or listed)
        if edition.valid_to is None or heard <= edition.valid_to:
            return heard
    return None


def _after_fraud(earliest: date | None, last: RepairEvent | None, rules: Publicity | None) -> date | None:
    """Return the first day after a repair by deceit: three years later (信用修复管理办法第二十五条)."""
    if last is None or last.state is not RepairState.REVOKED or rules is None or rules.after_fraud_months is None:
        return earliest
    again = add_months(last.on, rules.after_fraud_months)
    return again if earliest is None else max(earliest, again)


def _missing(kind: ListType, rules: Publicity | None, severity: Severity | None, waiting: date | None) -> Iterator[str]:
    """Yield what is still open: the waiting time first, then what the list or the rules ask for."""
    rule = kind.repair
    if rule is None or not rule.repairable:
        return
    if waiting is not None:
        what = "最短公示期届满" if rule.after_months is None else "规定的等待期届满"
        yield f"{what}（{waiting} 起可以申请）"
    if rule.counts_from == "corrected" and rule.after_months is not None:
        yield f"自改正之日起满 {rule.after_months} 个月"
    if rule.publicity is not None and rule.after_months is None and severity is None:
        yield "失信程度（轻微、一般、严重）未载明，最短公示期须向认定单位核实"
    yield from rule.missing or (() if rules is None else rules.conditions)


def process_steps(standing: Standing) -> Iterator[dict[str, Any]]:
    """Yield what is under way about a listing, and what was corrected in it, as steps of a finding's path."""
    process = standing.found.process
    if process is None:
        return
    shown = [event for event in process.last if event.state in UNDER_WAY or event.track is RepairTrack.REORGANISATION]
    for event in dict.fromkeys((*process.corrections, *shown)):
        yield {
            "track": event.track,
            "state": event.state,
            "on": event.on.isoformat(),
            "actor": event.actor,
            "reason": event.reason,
            "field": event.field,
            "old": event.old,
            "new": event.new,
        }


def process_notices(standing: Standing, title: str) -> Iterator[Notice]:
    """Yield what the reader must know of a dispute, a lift and a repair that is not yet effective."""
    process = standing.found.process
    if process is None:
        return
    if process.disputed:
        held = "暂停适用" if standing.reason is Reason.UNDER_OBJECTION else "仍按原记录适用"
        yield Notice("data.under-objection", f"{title}：列入记录正在异议处理中，{held}。")
    if standing.reason is Reason.LIFTED:
        yield Notice("data.lifted", f"{title}：破产重整（和解）期间暂时解除，未执行成功的恢复适用。")
    repair = process.of(RepairTrack.REPAIR)
    if repair is not None and repair.state in UNDER_WAY:
        yield Notice("data.repair-open", f"{title}：信用修复{repair.state.zh}，生效以前仍按原记录适用。")
