"""Rows that plainly stand are answered at once, and never otherwise than each by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import worlds as w
from jointsanction import Engine, Listing, MemoryRegistry
from jointsanction.identity.record_key import record_key
from jointsanction.identity.uscc import check_digit
from jointsanction.model.repair_event import RepairEvent
from jointsanction.steps.applying.plainly import PlainSeen
from jointsanction.terms import RepairState, RepairTrack

if TYPE_CHECKING:
    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.result import CheckResult
    from jointsanction.registry.plain import Plain
    from jointsanction.registry.protocol import Hit

FIRMS = tuple(body + check_digit(body) for body in ("91990000MA0000001", "91990000MA0000002", "91990000MA0000003"))
DAYS = (date(2020, 6, 9), date(2021, 6, 10), date(2021, 6, 11), date(2023, 2, 1), date(2024, 6, 10), date(2024, 7, 1))
ROW = Listing(list="BL.TERM", uscc=FIRMS[0], listed_on=date(2023, 2, 1), instrument_no="示例文〔2023〕1号")

SELDOM = st.sampled_from([*[None] * 30, *DAYS])
BEGUN = st.sampled_from([date(2021, 6, 11), date(2022, 1, 5), date(2022, 3, 4), date(2023, 1, 31), *DAYS])
NUMBERS = st.sampled_from(["示例文〔2023〕1号", "示例文〔2023〕2号", "示例文〔2023〕3号"] * 5 + [" "])


ASKED_ON = st.sampled_from([*DAYS, w.TODAY, w.TODAY])


@st.composite
def alike(draw: st.DrawFn) -> list[Listing]:
    """Draw firms with rows of the same kinds, each with days and documents of its own."""
    lists = st.sampled_from(["BL.A", "BL.TERM", "BL.TERM", "BL.FOOD", "RL.A", "BL.NOBODY-KNOWS"])
    kinds = draw(st.lists(st.tuples(lists, st.sampled_from([None, None, "food"])), min_size=1, max_size=3))
    return [
        Listing(
            list=code,
            uscc=firm,
            field=field,
            listed_on=draw(BEGUN),
            valid_to=draw(SELDOM),
            instrument_no=draw(NUMBERS),
            batch=draw(st.sampled_from([None, "b1"])),
            row=draw(st.none() | st.integers(1, 3)),
            removed_on=draw(SELDOM),
            missing_since=draw(SELDOM),
        )
        for firm in FIRMS
        for code, field in kinds
    ]


@cache
def catalogue() -> Catalog:
    """Make a catalogue in which lists end after a term, name a field, or neither."""
    return w.world(
        w.list_type("BL.TERM", term=[{"years": 3, "text": "verified"}]),
        w.list_type("BL.FOOD", field="food"),
        w.measure(targets={"lists": ["BL.A", "BL.TERM"]}),
        w.measure("limit", degree="restrict", targets={"lists": ["BL.TERM", "BL.FOOD"]}),
        w.incentive(),
    )


class OneByOne(MemoryRegistry):
    """A registry that has nothing ready."""

    def plain(self, hits: tuple[Hit, ...]) -> Plain | None:  # noqa: ARG002 - as the real one has it
        """Return nothing, so that every row is gone into."""
        return None


@cache
def engine_of(kind: type[MemoryRegistry]) -> Engine:
    """Open an engine whose clock stands still."""
    return Engine(catalogue(), kind(()), clock=lambda: w.NOW)


def ask(engine: Engine, firm: str, day: date = w.TODAY) -> CheckResult:
    """Ask about one firm."""
    return engine.check_subject(firm, "M.X", region="410182", as_of=day)


def asked_about(*rows: Listing, **more: object) -> list[CheckResult]:
    """Return the answers about the firms, one after the other, by an engine that knows some rows."""
    engine = engine_of(MemoryRegistry)
    engine.swap(registry=MemoryRegistry(rows, w.whole(catalogue()), version="v", **more))  # type: ignore[arg-type]
    return [ask(engine, firm) for firm in FIRMS]


def is_quick(result: CheckResult) -> bool:
    """Tell whether an answer was there before."""
    return isinstance(result._bound.seen, PlainSeen)


@given(
    rows=alike(),
    asked=st.lists(
        st.tuples(st.sampled_from(FIRMS), st.sampled_from([*DAYS, w.TODAY, w.TODAY])), min_size=2, max_size=12
    ),
)
def test_the_answer_is_that_of_going_through_each_row(rows: list[Listing], asked: list[tuple[str, date]]) -> None:
    """Whoever was asked about before, in whatever order, on whatever day, and whichever rows are told alike."""
    quick, slow = engine_of(MemoryRegistry), engine_of(OneByOne)
    quick.swap(registry=MemoryRegistry(rows, w.whole(catalogue()), version="v"))
    slow.swap(registry=OneByOne(rows, w.whole(catalogue()), version="v"))
    for firm, day in asked:
        fast, whole = ask(quick, firm, day), ask(slow, firm, day)
        assert [(each.measure, each.instrument_no, each.until) for each in fast.findings] == [
            (each.measure, each.instrument_no, each.until) for each in whole.findings
        ]
        assert fast.model_dump() == whole.model_dump()


def test_a_firm_told_like_one_before_is_answered_at_once() -> None:
    """The second of two firms with rows of the same lists, whatever their days and documents."""
    another = replace(ROW, uscc=FIRMS[1], listed_on=date(2022, 5, 5), instrument_no="示例文〔2022〕9号")
    first, second, nobody = asked_about(ROW, another)
    assert [is_quick(each) for each in (first, second, nobody)] == [False, True, False]
    assert [each.instrument_no for each in second.findings] == ["示例文〔2022〕9号"] * len(second.findings)
    assert {each.verdict for each in (first, second)} == {"prohibited"}


@pytest.mark.parametrize(
    "change",
    [
        {"listed_on": date(2021, 6, 9)},
        {"listed_on": date(2024, 6, 11)},
        {"valid_to": date(2024, 6, 9)},
        {"removed_on": date(2024, 6, 10)},
        {"missing_since": date(2024, 6, 10)},
        {"instrument_no": " "},
        {"listed_on": None, "announced_on": date(2024, 1, 1)},
    ],
)
def test_a_row_that_takes_a_closer_look_gets_it(change: dict[str, object]) -> None:
    """Its term is over, it has not begun, it ended, it is seen no longer, without document, without day."""
    other = replace(ROW, uscc=FIRMS[1], **change)  # type: ignore[arg-type]
    _, told, _ = asked_about(ROW, other)
    alone, _, _ = asked_about(replace(other, uscc=FIRMS[0]))
    assert not is_quick(told)
    assert told.verdict == alone.verdict != "prohibited"


def test_the_last_day_of_a_term_is_within() -> None:
    """The list ends after three years, its last day included."""
    _, last, over = asked_about(
        ROW, replace(ROW, uscc=FIRMS[1], listed_on=date(2021, 6, 10)), replace(ROW, uscc=FIRMS[2], listed_on=DAYS[0])
    )
    assert (is_quick(last), last.verdict) == (True, "prohibited")
    assert not is_quick(over)


def test_a_row_that_something_was_done_about_gets_a_closer_look() -> None:
    """An objection to the record of one firm leaves the other's alone."""
    other = replace(ROW, uscc=FIRMS[1])
    step = RepairEvent(
        record=record_key(other), list="BL.TERM", track=RepairTrack.OBJECTION, state=RepairState.FILED,
        on=date(2024, 6, 1), actor="经办甲", reason="虚构",
    )  # fmt: skip
    again = replace(ROW, uscc=FIRMS[2])
    answers = asked_about(ROW, other, again, repairs={step.record: (step,)})
    assert [is_quick(each) for each in answers] == [False, False, True]


def test_rows_that_take_one_place_though_told_apart_are_gone_into() -> None:
    """A field that is the list's own is no other than one left out: the dates, each firm's own, would order them."""
    rows = [replace(ROW, uscc=firm, list="BL.FOOD", field=field) for firm in FIRMS for field in (None, "food")]
    answers = asked_about(*rows)
    assert not any(map(is_quick, answers))


def test_a_list_nobody_knows_is_told_of_every_firm() -> None:
    """What sets nothing off is in no profile, and is told all the same."""
    rows = [replace(ROW, uscc=firm, list="BL.NOBODY-KNOWS") for firm in FIRMS]
    for each in asked_about(*rows):
        assert not is_quick(each)
        assert [notice.code for notice in each.identity.warnings] == ["data.unknown-list"]
