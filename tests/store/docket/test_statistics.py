"""Figures of the loop equal what somebody counts who reads every row, whatever they are grouped by."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert

import desk_side as d
import store_side as s
from jointsanction import QuestionError
from jointsanction.loop.follow_up.statistics import BY, Asked, Group, as_csv, as_document, in_words, statistics
from jointsanction.model.filed import Decision, FiledCheck
from jointsanction.store.docket.docket import Docket
from jointsanction.store.docket.tables import CHECK as CHECK_TABLE
from jointsanction.store.docket.tables import EXECUTION, FEEDBACK, OBLIGATION
from jointsanction.store.instants import SHANGHAI, to_micros
from jointsanction.terms import ExecutionOutcome, Handling, Period

if TYPE_CHECKING:
    from pathlib import Path

FIRST = date(2024, 2, 28)
UNITS = ("甲", "乙")
REGIONS = (None, "990000")
MATTERS = ("GPC", "BID")
LISTS = ((None, None), ("BL.A", "black"), ("RL.B", "red"))
MEASURES = ("one", "two")

PLAIN_CHECK = {
    "receipt": "r", "verdict": "clear", "complete": True, "purpose": "p", "place": 0, "account": "a", "document": b"",
}  # fmt: skip
PLAIN_ITEM = {"effect": "restriction", "binding": "must", "automatic": True, "due_on": FIRST}
PLAIN_FEEDBACK = {
    "basis_instrument": "i", "result": "", "done_on": FIRST, "department": "d", "officer": "o", "typical": False,
}  # fmt: skip

ITEM = st.tuples(
    st.sampled_from(MEASURES),
    st.sampled_from(LISTS),
    st.booleans(),
    st.sampled_from([None, *ExecutionOutcome]),
    st.sampled_from([None, *Handling]),
    st.booleans(),
    st.booleans(),
)
CHECK = st.tuples(
    st.integers(0, 500),
    st.integers(0, 23),
    st.sampled_from(UNITS),
    st.sampled_from(REGIONS),
    st.sampled_from(MATTERS),
    st.lists(ITEM, max_size=3),
)
ASKED = st.tuples(
    st.lists(st.sampled_from(sorted(BY)), unique=True, max_size=4),
    st.sampled_from([None, *Period]),
    st.sampled_from([None, FIRST + timedelta(days=100)]),
    st.sampled_from([None, FIRST + timedelta(days=300)]),
    st.sampled_from([None, *UNITS]),
)


def period_of(period: Period | None, day: date) -> str | None:
    """Return what a naive counter calls the period of a day."""
    quarter = {month: f"Q{at // 3 + 1}" for at, month in enumerate(range(1, 13))}[day.month]
    return {
        None: None,
        Period.DAY: str(day),
        Period.MONTH: str(day)[:7],
        Period.QUARTER: f"{day.year}-{quarter}",
        Period.YEAR: str(day.year),
    }[period]


def naive(checks: list[Any], asked: Asked) -> dict[tuple[Any, ...], list[int]]:
    """Count by going through every row."""
    wholes: dict[Any, set[int]] = defaultdict(set)
    hits: dict[Any, set[int]] = defaultdict(set)
    sums: dict[Any, list[int]] = defaultdict(lambda: [0] * 5)
    for number, (days, _hour, unit, region, matter, items) in enumerate(checks):
        day = FIRST + timedelta(days=days)
        if (asked.since and day < asked.since) or (asked.until and day > asked.until):
            continue
        if asked.of_unit is not None and unit != asked.of_unit:
            continue
        period = period_of(asked.period, day)
        said = {"unit": unit, "region": region, "matter": matter}
        wholes[period, tuple(said[name] for name in asked.by if name in said)].add(number)
        for measure, (code, kind), owed, outcome, handling, on_time, _ in items:
            department = None if handling is None else PLAIN_FEEDBACK["department"]
            more = {**said, "list": code, "list_kind": kind, "measure": measure, "effect": "restriction"}
            more["department"] = department
            key = period, tuple(more[name] for name in asked.by)
            hits[key].add(number)
            done = outcome in (ExecutionOutcome.AUTOMATIC, ExecutionOutcome.DECIDED)
            done = done or (outcome is None and handling is Handling.APPLIED)
            counted = (1, done, owed, owed and handling is not None, owed and handling is not None and on_time)
            sums[key] = [a + b for a, b in zip(sums[key], counted, strict=True)]
    keys = (
        set(hits)
        if {"list", "list_kind", "measure", "effect", "department"} & set(asked.by)
        else set(hits) | set(wholes)
    )
    at = [asked.by.index(name) for name in asked.by if name in ("unit", "region", "matter")]
    return {
        (period, *words): [
            len(wholes[period, tuple(words[i] for i in at)]),
            len(hits[period, words]),
            *sums[period, words],
        ]
        for period, words in keys
    }


def rows(docket: Docket, checks: list[Any]) -> None:
    """Write rows as the desk does, past it: many examples are asked about."""
    who = {"unit": "u", "account": "a", "recorded_at": 0}
    with docket.writing() as connection:
        for table in (FEEDBACK, EXECUTION, OBLIGATION, CHECK_TABLE):
            connection.execute(delete(table))
        for number, (days, hour, unit, region, matter, items) in enumerate(checks):
            at = datetime.combine(FIRST + timedelta(days=days), time(hour), SHANGHAI)
            said = {
                "number": f"{number}",
                "unit": unit,
                "region": region,
                "matter": matter,
                "recorded_at": to_micros(at),
            }
            connection.execute(insert(CHECK_TABLE), PLAIN_CHECK | said)
            for item, (measure, (code, kind), owed, outcome, handling, on_time, corrected) in enumerate(items):
                here = {"check_number": f"{number}", "item": item}
                more = {"measure": measure, "list": code, "list_kind": kind, "owed": owed}
                connection.execute(insert(OBLIGATION), PLAIN_ITEM | here | more)
                if outcome is not None:
                    connection.execute(
                        insert(EXECUTION), {**here, **who, "outcome": outcome.value, "decided_on": FIRST}
                    )
                for told in _told(f"{number}-{item}", handling, corrected=corrected):
                    connection.execute(insert(FEEDBACK), PLAIN_FEEDBACK | here | who | told | {"on_time": on_time})


def _told(number: str, handling: Handling | None, *, corrected: bool) -> list[dict[str, Any]]:
    """Return the feedback on one thing: none, one, or one that another says otherwise than and stands in for."""
    if handling is None:
        return []
    last = {"number": f"{number}-y", "handling": handling.value, "corrects": f"{number}-x" if corrected else None}
    first = {"number": f"{number}-x", "handling": Handling.OTHER.value, "corrects": None}
    return [first, last] if corrected else [last]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(checks=st.lists(CHECK, max_size=6), asked=ASKED)
def test_figures_equal_a_naive_count(tmp_path: Path, checks: list[Any], asked: tuple[Any, ...]) -> None:
    """By any words, over any period, of any span of days."""
    docket, wanted = Docket.open(s.url(tmp_path)), Asked(tuple(asked[0]), *asked[1:])
    rows(docket, checks)
    found = {(group.period, *group.words): list(group[2:]) for group in statistics(docket, wanted)}
    assert found == naive(checks, wanted)


def test_a_loop_is_counted(tmp_path: Path) -> None:
    """Queried, hit, executed, fed back, in time: of four checks two hit, one was done and told."""
    office = d.office(tmp_path)
    office.check(d.NOBODY)
    office.check(d.NOBODY, caller=d.ELSEWHERE)
    done, may = office.check(), office.check(d.OTHER, "bidding")
    office.feed_back(done)
    against = Decision(item=0, applies=False, decider="负责人乙", reason="唯一供应商")
    office.desk.execute(may.number, [against], d.WINDOW)
    assert office.desk.statistics(Asked()) == (Group(None, (), 4, 2, 2, 1, 2, 1, 1),)
    by_unit = {group.words: group[2:] for group in office.desk.statistics(Asked(("unit",), Period.QUARTER))}
    assert by_unit == {(d.WINDOW.unit,): (3, 2, 2, 1, 2, 1, 1), (d.ELSEWHERE.unit,): (1, 0, 0, 0, 0, 0, 0)}
    (document,) = as_document(office.desk.statistics(Asked(("list_kind",))), Asked(("list_kind",)))["rows"]
    assert document["list_kind"] == "independent"
    assert isinstance(done, FiledCheck)


def test_figures_leave_as_json_and_csv(tmp_path: Path) -> None:
    """A unit whose name is a formula is text in a spreadsheet."""
    office = d.office(tmp_path)
    office.check(caller=d.replace_unit("=1+1"))
    asked = Asked(("unit", "region"), Period.MONTH, d.NOW.date(), d.NOW.date())
    found = office.desk.statistics(asked)
    document = as_document(found, asked)
    assert document["rows"][0]["period"] == "2024-06"
    assert (document["since"], document["period"]) == ("2024-06-10", "month")
    table = list(csv.reader(io.StringIO("".join(as_csv(found, asked)))))
    assert table[0][:4] == ["期间", "核查单位", "地域", "核查次数"]
    assert table[1][:4] == ["2024-06", "'=1+1", "990000", "1"]
    assert next(iter(csv.reader(as_csv((), Asked())))) == list(table[0][3:])


def test_figures_are_told_in_words(tmp_path: Path) -> None:
    """A table says titles with their codes, and terms in Chinese; JSON keeps codes; what is unknown keeps its code."""
    office = d.office(tmp_path)
    office.feed_back(office.check(), department="虚构市财政局")
    asked = Asked(("matter", "list", "list_kind", "measure", "effect", "department"))
    (group,) = office.desk.statistics(asked)
    catalog = office.desk.engine.tables.catalog
    assert in_words(group, asked, catalog).words == (
        "政府采购供应商（GPC.SUPPLIER）",
        "失信被执行人名单（BL.SXBZXR）",
        "独立管理名单",
        "拒绝参与政府采购活动（refuse-government-procurement）",
        "惩戒措施",
        "虚构市财政局",
    )
    assert as_document((group,), asked)["rows"][0]["list"] == "BL.SXBZXR"
    unknown = group._replace(words=("NONE", *group.words[1:5], None))
    assert in_words(unknown, asked, catalog).words[::5] == ("NONE", None)


@pytest.mark.parametrize(
    ("since", "until"),
    [(None, date.max), (date.min, None), (date(2024, 6, 11), date(2024, 6, 10))],
)
def test_days_that_no_figures_are_of(tmp_path: Path, since: date | None, until: date | None) -> None:
    """The last day of the calendar has no day after it, and an end before its beginning is a slip: both are refused."""
    with pytest.raises(QuestionError) as error:
        d.office(tmp_path).desk.statistics(Asked(since=since, until=until))
    assert error.value.code == "question.days"


@pytest.mark.parametrize("by", [("amount",), ("unit", "unit")])
def test_what_nothing_is_counted_by(tmp_path: Path, by: tuple[str, ...]) -> None:
    """A word that nothing is counted by, or said twice, is no group."""
    with pytest.raises(QuestionError) as error:
        d.office(tmp_path).desk.statistics(Asked(by))
    assert error.value.code == "question.statistics"
