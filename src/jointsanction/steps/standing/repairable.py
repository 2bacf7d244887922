"""Whether, when and how a listing can be repaired (信用修复), and what is under way about it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.catalog.compile import FOR_EVER, in_time
from jointsanction.identity.record_key import document_key
from jointsanction.model.shown import Notice
from jointsanction.steps.standing.term_end import add_months
from jointsanction.terms import UNDER_WAY, ListKind, Reason, RepairState, RepairTrack, Severity, Trigger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from jointsanction.model.catalogue import Catalog, ListType, Publicity
    from jointsanction.model.subject import Listing
    from jointsanction.repair.standing import Process
    from jointsanction.steps.standing.in_force import Standing

_NOT_ASKED: Final[dict[str, Any]] = {
    "repairable": False, "earliest": None, "missing": [], "channel": None,
    "severity": None, "publicity_until": None, "rules": None, "state": None,
}  # fmt: skip


def of_act(trigger: Trigger | None) -> dict[str, Any]:
    """Return what is said of a finding that rests on an act: no repair of a listing ends it.

    A broken promise is the exception: what follows from it lasts until it is kept or repaired (信用承诺).
    """
    if trigger is Trigger.COMMITMENT:
        return {**_NOT_ASKED, "repairable": True, "missing": ["履行承诺或者消除不良影响，由认定单位记为已信用修复"]}
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
    rules = _rules_on(editions, day)
    period = None if rules is None or severity is None else rules.period(severity, listing.field or kind.field)
    longest = None if period is None else period.max_months
    process = standing.found.process
    last = None if process is None else process.of(RepairTrack.REPAIR)
    earliest = _after_fraud(_earliest(listing, kind, editions), standing, catalog) if rule.repairable else None
    return Repairable(
        repairable=rule.repairable,
        earliest=earliest,
        missing=tuple(_missing(kind, rules, severity, earliest=earliest, day=day)),
        channel=rule.channel or (None if rules is None else rules.channel),
        severity=severity,
        # 轻微失信信息原则上不予公示: what is not public at all has no last day of it.
        publicity_until=None if not longest or listing.listed_on is None else add_months(listing.listed_on, longest),
        rules=rules,
        state=None if last is None else last.state,
    )


def _severity(listing: Listing, kind: ListType) -> Severity | None:
    """Return how serious a listing is: one on a black list is serious, whatever its row says (第十条第三项)."""
    own = kind.severity or (None if kind.repair is None else kind.repair.severity)
    if kind.kind is ListKind.BLACK:
        return own or Severity.SERIOUS
    return listing.severity or own


def _editions(catalog: Catalog, family: str | None, day: date) -> list[Publicity]:
    """Return the editions of a family from a day on, in the order of their time."""
    found = [one for one in catalog.publicity.values() if one.family == family]
    found = [one for one in found if one.valid_to is None or day <= one.valid_to]
    return sorted(found, key=lambda one: str(one.valid_from))


def _rules_on(editions: list[Publicity], day: date) -> Publicity | None:
    return next((one for one in editions if in_time(one.valid_from, one.valid_to, day)), None)


def _earliest(listing: Listing, kind: ListType, editions: list[Publicity]) -> date | None:
    """Return the first day on which an application can be heard, by the rules that will then hold.

    最短公示期届满后方可申请 (第十二条): that is the day after its last. A list's own waiting time comes before it.
    """
    rule, listed, severity = kind.repair, listing.listed_on, _severity(listing, kind)
    if rule is None or listed is None:
        return None
    if rule.after_months is not None:
        since = listed if rule.counts_from == "listed" else listing.corrected_on
        return since and _first_day_after(since, rule.after_months)
    if severity is None:
        return None
    for edition in editions:
        period = edition.period(severity, listing.field or kind.field)
        if period is None or period.min_months is None:
            continue
        heard = max(_first_day_after(listed, period.min_months), edition.valid_from or listed)
        if edition.valid_to is None or heard <= edition.valid_to:
            return heard
    return None


def _first_day_after(day: date, months: int) -> date:
    """Return the first day after a term of so many months, the day itself where there is no term to wait for."""
    last = add_months(day, months)
    return last + timedelta(days=1) if months and last < FOR_EVER else last


def _after_fraud(earliest: date | None, standing: Standing, catalog: Catalog) -> date | None:
    """Return the first day after a repair by deceit: three years later (信用修复管理办法第二十五条).

    The rules of the day on which it came to light bar him, and a new application does not make it undone.
    """
    process, kind = standing.found.process, catalog.lists[standing.found.listing.list]
    deceit = None if process is None else process.of(RepairTrack.REPAIR, RepairState.REVOKED)
    if deceit is None or kind.repair is None:
        return earliest
    rules = _rules_on(_editions(catalog, kind.repair.publicity, deceit.on), deceit.on)
    if rules is None or rules.after_fraud_months is None:
        return earliest
    again = _first_day_after(deceit.on, rules.after_fraud_months)
    return again if earliest is None else max(earliest, again)


def _missing(
    kind: ListType, rules: Publicity | None, severity: Severity | None, *, earliest: date | None, day: date
) -> Iterator[str]:
    """Yield what is still open: the waiting time first, then what the list or the rules ask for."""
    rule = kind.repair
    if rule is None or not rule.repairable:
        return
    if earliest is not None and earliest > day:
        what = "最短公示期届满" if rule.after_months is None else "规定的等待期届满"
        yield f"{what}（{earliest} 起可以申请）"
    if rule.counts_from == "corrected" and rule.after_months is not None and earliest is None:
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
        yield Notice("data.lifted", f"{title}：{_lift_text(process)}。")
    repair = process.of(RepairTrack.REPAIR)
    if repair is not None and repair.state in UNDER_WAY:
        yield Notice("data.repair-open", f"{title}：信用修复{repair.state.zh}，生效以前仍按原记录适用。")


def repeat_notices(standings: Iterable[Standing], catalog: Catalog) -> Iterator[Notice]:
    """Yield whoever was repaired and stands on the list again by the same document: listed anew, or sent in again.

    A repair belongs to one record; where its day of listing was mended in the list, the record is another.
    """
    own = [each for each in standings if each.found.way == "own" and not each.found.by_name]
    repaired = {_document(each): each.found.listing.removed_on for each in own if each.reason is Reason.REPAIRED}
    for standing in own if repaired else ():
        listing = standing.found.listing
        if standing.reason is Reason.APPLIES and listing.instrument_no and _document(standing) in repaired:
            text = f"同一文书的另一条记录已于 {repaired[_document(standing)]} 修复，请核实是否重复报送"
            yield Notice("data.repaired-before", f"{catalog.lists[listing.list].title}：{text}。")


def _document(standing: Standing) -> tuple[str, str]:
    listing = standing.found.listing
    return listing.list, document_key(listing.instrument_no)


def _lift_text(process: Process) -> str:
    """第二十条: performance does not repair by itself; the firm applies with the ruling that the plan was performed."""
    last = process.of(RepairTrack.REORGANISATION)
    if last is not None and last.state is RepairState.COMPLETED:
        return "重整计划（和解协议）已执行完毕，暂按解除处理，信用修复须另行申请"
    return "破产重整（和解）期间暂时解除，未执行成功的恢复适用"
