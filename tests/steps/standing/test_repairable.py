"""Whether, when and how a listing can be repaired, by severity and by the rules of the day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import worlds as w
from jointsanction.model.catalogue import Publicity
from jointsanction.repair.making import Step, make_event
from jointsanction.repair.standing import standing_on
from jointsanction.steps.standing.in_force import in_force
from jointsanction.steps.standing.lookup import Found
from jointsanction.steps.standing.repairable import Repairable, repairable
from jointsanction.steps.standing.term_end import ListTerms
from jointsanction.terms import RepairState, RepairTrack

OLD = {
    "id": "old", "title": "旧办法", "family": "f", "valid_from": "2023-05-01", "valid_to": "2026-03-31",
    "periods": [
        {"severity": "general", "min_months": 12, "max_months": 36, "fields": ["food"], "text": "recalled"},
        {"severity": "general", "min_months": 3, "max_months": 36, "text": "recalled"},
        {"severity": "serious", "text": "recalled"},
    ],
    "conditions": ["改正"], "channel": "认定单位",
}  # fmt: skip
NEW = {
    "id": "new", "title": "新办法", "family": "f", "valid_from": "2026-04-01", "after_fraud_months": 36,
    "periods": [
        {"severity": "minor", "min_months": 0, "max_months": 3, "text": "verified"},
        {"severity": "general", "min_months": 3, "max_months": 12, "text": "verified"},
        {"severity": "serious", "min_months": 12, "max_months": 36, "text": "verified"},
    ],
    "conditions": ["改正", "承诺"], "channel": "信用中国网站",
}  # fmt: skip
RULE = {"repairable": True, "publicity": "f"}


def ask(
    day: date,
    *,
    kind: str = "black",
    repair: dict[str, Any] | None = None,
    more: dict[str, Any] | None = None,
    **row: Any,
) -> Repairable:
    """Return what can be said of a listing of 2025-06-10 on a day."""
    said = found(day, kind=kind, repair=RULE if repair is None else repair, more=more, **row)
    assert said is not None
    return said


def found(
    day: date, *, kind: str, repair: dict[str, Any] | None, more: dict[str, Any] | None = None, **row: Any
) -> Repairable | None:
    """Return the same, None where nothing can be said."""
    rules = {doc["id"]: Publicity.model_validate(doc) for doc in (OLD, NEW)}
    catalog = w.world(w.list_type("X", kind, repair=repair, **(more or {}))).model_copy(update={"publicity": rules})
    events = row.pop("events", ())
    listing, process = standing_on(w.listing("X", **{"listed_on": date(2025, 6, 10), **row}), events, day)
    (standing,) = in_force((Found(listing, process=process),), ListTerms(catalog.lists), day)
    return repairable(standing, catalog, day)


def test_a_black_listing_is_serious() -> None:
    """信用修复管理办法第十条、第十二条: one year at least, three at most, by the rules from 2026-04-01."""
    said = ask(date(2026, 5, 6))
    assert (said.severity, said.earliest, said.publicity_until) == ("serious", date(2026, 6, 11), date(2028, 6, 10))
    assert said.missing == ("最短公示期届满（2026-06-11 起可以申请）", "改正", "承诺")
    assert (said.channel, said.rules and said.rules.id, said.repairable) == ("信用中国网站", "new", True)
    assert (len(ask(date(2026, 6, 10)).missing), ask(date(2026, 6, 11)).missing) == (3, ("改正", "承诺"))


def test_the_rules_that_will_hold_when_an_application_can_be_heard_count() -> None:
    """Under the older rules no time is set for a serious listing: the newer ones are the first to set one."""
    said = ask(date(2025, 7, 1))
    assert (said.earliest, said.publicity_until, said.rules and said.rules.id) == (date(2026, 6, 11), None, "old")
    assert said.missing == ("最短公示期届满（2026-06-11 起可以申请）", "改正")
    food = {"severity": "general", "field": "food"}
    assert ask(date(2025, 7, 1), kind="record", **food).earliest == date(2026, 4, 1)
    assert ask(date(2026, 5, 6), kind="record", **food).earliest == date(2026, 4, 1)
    assert ask(date(2025, 7, 1), kind="record", severity="general").earliest == date(2025, 9, 11)
    assert ask(date(2025, 7, 1), kind="record", severity="general").publicity_until == date(2028, 6, 10)


@pytest.mark.parametrize(
    ("day", "row", "want"),
    [
        (date(2026, 5, 6), {"severity": "minor", "listed_on": date(2026, 5, 1)}, date(2026, 5, 1)),
        (date(2025, 7, 1), {"severity": "minor"}, date(2026, 4, 1)),
        (date(2025, 7, 1), {"severity": None}, None),
        (date(2025, 7, 1), {"severity": "general", "listed_on": None, "announced_on": date(2025, 6, 1)}, None),
        (date(2020, 7, 1), {"severity": "serious", "listed_on": date(2020, 6, 1)}, date(2026, 4, 1)),
    ],
)
def test_severity_decides(day: date, row: dict[str, Any], want: date | None) -> None:
    """A severity nobody stated is asked for; what is not listed has no first day."""
    said = ask(day, kind="record", **row)
    assert said.earliest == want
    assert ("须向认定单位核实" in "".join(said.missing)) == (row.get("severity") is None)


def test_a_severity_of_the_list_stands_in_for_the_row() -> None:
    """A row says it first, then its list, then its list for repair alone; on a black list no row says it.

    信用修复管理办法第十条: to be on a list of the seriously dishonest is serious, unless the department of the list has
    a standard of its own (第十一条).
    """
    day = date(2026, 5, 6)
    assert ask(day, kind="watch", repair={**RULE, "severity": "minor"}).severity == "minor"
    assert (
        ask(day, kind="watch", repair={**RULE, "severity": "minor"}, more={"severity": "general"}).severity == "general"
    )
    assert ask(day, kind="record", repair={**RULE, "severity": "minor"}, severity="general").severity == "general"
    assert ask(day, kind="black", severity="general").severity == "serious"
    assert ask(day, kind="black", more={"severity": "general"}).severity == "general"


def test_a_waiting_time_of_the_list_comes_first() -> None:
    """拖欠农民工工资名单: six months from the correction, where the row tells the day."""
    own = {"repairable": True, "publicity": "f", "after_months": 6, "missing": ["缴清"], "channel": "税务机关"}
    said = ask(date(2025, 7, 1), repair=own)
    assert (said.earliest, said.channel) == (date(2025, 12, 11), "税务机关")
    assert said.missing == ("规定的等待期届满（2025-12-11 起可以申请）", "缴清")
    corrected = ask(date(2025, 7, 1), repair={**own, "counts_from": "corrected"})
    assert (corrected.earliest, corrected.missing) == (None, ("自改正之日起满 6 个月", "缴清"))
    told = {"repair": {**own, "counts_from": "corrected"}, "corrected_on": date(2025, 7, 31)}
    waiting, over = ask(date(2026, 1, 31), **told), ask(date(2026, 2, 1), **told)
    assert waiting.missing == ("规定的等待期届满（2026-02-01 起可以申请）", "缴清")
    assert (over.earliest, over.missing) == (date(2026, 2, 1), ("缴清",))


def test_what_can_not_be_repaired_lacks_nothing() -> None:
    """A red list, and a list that does not say, have nothing to tell."""
    said = ask(date(2026, 5, 6), repair={"repairable": False})
    assert (said.repairable, said.earliest, said.missing, said.channel) == (False, None, (), None)
    assert found(date(2026, 5, 6), kind="red", repair=RULE) is None
    assert found(date(2026, 5, 6), kind="black", repair=None) is None
    plain = ask(date(2026, 5, 6), repair={"repairable": True})
    assert (plain.earliest, plain.missing, plain.rules, plain.channel) == (None, (), None, None)


def test_after_a_repair_by_deceit_nobody_is_heard_for_three_years() -> None:
    """信用修复管理办法第二十五条; rules that say nothing of it bar nobody."""
    row = w.listing("X", listed_on=date(2025, 6, 10))
    steps = {
        state: make_event(row, Step(RepairTrack.REPAIR, RepairState(state), "甲", "虚假材料", date(2026, 7, 1)))
        for state in ("applied", "effective", "revoked")
    }
    both = (steps["effective"], steps["revoked"])
    said = ask(date(2026, 7, 2), events=both)
    assert (said.state, said.earliest) == ("revoked", date(2029, 7, 2))
    assert ask(date(2026, 7, 2), events=(steps["applied"],)).earliest == date(2026, 6, 11)
    unknown = {"kind": "record", "severity": None}
    assert ask(date(2026, 7, 2), events=both, **unknown).earliest == date(2029, 7, 2)
    no_rules = {"repairable": True, "after_months": 6}
    assert ask(date(2026, 7, 2), repair=no_rules, events=both).earliest == date(2025, 12, 11)
    again = (*both, steps["applied"])
    assert ask(date(2026, 7, 2), events=again).earliest == date(2029, 7, 2)


def test_deceit_under_rules_that_bar_nobody_bars_nobody_later() -> None:
    """法不溯及既往: the bar of 2026-04-01 is for deceit that came to light under it."""
    row = w.listing("X", listed_on=date(2025, 6, 10))
    revoked = make_event(row, Step(RepairTrack.REPAIR, RepairState.REVOKED, "甲", "虚假材料", date(2026, 3, 31)))
    assert ask(date(2026, 5, 6), events=(revoked,)).earliest == date(2026, 6, 11)
    later = make_event(row, Step(RepairTrack.REPAIR, RepairState.REVOKED, "甲", "虚假材料", date(2026, 4, 1)))
    assert ask(date(2026, 5, 6), events=(later,)).earliest == date(2029, 4, 2)


@pytest.mark.parametrize(
    ("listed", "months", "want"),
    [
        (date(2026, 8, 31), 6, date(2027, 3, 1)),
        (date(2024, 2, 29), 12, date(2025, 3, 1)),
        (date(2026, 5, 6), 0, date(2026, 5, 6)),
        (date(9999, 6, 1), 12, date.max),
    ],
)
def test_an_application_is_heard_the_day_after_the_waiting_time(listed: date, months: int, want: date) -> None:
    """民法典第二百零二条: a month without the day ends the term on its last; 届满后方可申请, so the next day."""
    own = {"repairable": True, "after_months": months}
    assert ask(date.max, repair=own, listed_on=listed).earliest == want


def test_what_is_not_public_has_no_last_day_of_publicity() -> None:
    """信用修复管理办法第十二条: 轻微失信信息原则上不予公示."""
    assert ask(date(2026, 5, 6), kind="record", severity="minor").publicity_until == date(2025, 9, 10)
    rules = Publicity.model_validate({**NEW, "periods": [{**NEW["periods"][0], "max_months": 0}]})  # type: ignore[index]
    catalog = w.world(w.list_type("X", "record", repair=RULE)).model_copy(update={"publicity": {"new": rules}})
    listing = w.listing("X", severity="minor", listed_on=date(2026, 5, 1))
    (standing,) = in_force((Found(listing),), ListTerms(catalog.lists), date(2026, 5, 6))
    said = repairable(standing, catalog, date(2026, 5, 6))
    assert said is not None
    assert said.publicity_until is None
