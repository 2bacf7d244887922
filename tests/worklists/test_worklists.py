"""Exits, figures, comparisons and doubles, over rows as a store yields them."""

from __future__ import annotations

from array import array
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from jointsanction.catalog.bundle import default_catalog
from jointsanction.catalog.compile import compile_catalog
from jointsanction.identity.record_key import record_key
from jointsanction.model.repair_event import RepairEvent
from jointsanction.model.subject import Edition
from jointsanction.store.scanning import Among, Shape
from jointsanction.terms import DoubleKind, ExitState, IdState
from jointsanction.worklists.doubles import Uncompared, doubles
from jointsanction.worklists.exits import exits
from jointsanction.worklists.figures import Age, Move, ages, figures, identity_state, moves
from jointsanction.worklists.standings import shape_standings
from store_side import FIRM, PARTNER, PERSON, START, listing, opened, take

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jointsanction.model.subject import Listing
    from jointsanction.steps.standing.in_force import Standing

CATALOG = default_catalog()
TODAY = date(2024, 7, 1)
SOON = TODAY + timedelta(days=10)


def standing(*rows: Listing, day: date = TODAY, **repairs: Any) -> Iterator[tuple[Shape, Standing]]:
    """Return rows with their standings, each by itself."""
    found = (Shape(row, array("q", [place])) for place, row in enumerate(rows, 1))
    return shape_standings(found, CATALOG, repairs.get("repairs", {}), day)


def repaired(row: Listing) -> dict[str, tuple[RepairEvent, ...]]:
    """Return a ledger in which a row's repair took effect."""
    record = record_key(row)
    event = RepairEvent(
        record=record, list=row.list, track="repair", state="effective", actor="某局", reason="测试",
        on=date(2024, 6, 10), document="测〔2024〕1号",
    )  # fmt: skip
    return {record: (event,)}


LAPSED = listing(valid_to=TODAY - timedelta(days=1))
DUE = listing(valid_to=SOON)
MISSING = listing(missing_since=date(2024, 6, 20))
LATER = listing(valid_to=date(2026, 3, 1))
OLD = listing(listed_on=date(2023, 1, 1), valid_to=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        (LAPSED, [(ExitState.OVERDUE, TODAY)]),
        (DUE, [(ExitState.DUE, SOON + timedelta(days=1))]),
        (MISSING, [(ExitState.DOUBTFUL, date(2024, 6, 20))]),
        (LATER, []),
        (listing(valid_to=date.max), []),
        (listing(removed_on=date(2024, 5, 1)), []),
        (listing(instrument_no=None), []),
        (listing(list="RL.TAXA", valid_to=SOON), []),
    ],
)
def test_exits(row: Listing, wanted: list[tuple[ExitState, date | None]]) -> None:
    """A red list is nobody's burden, a row that was moved out is done with, a groundless one bites nobody."""
    assert [(each.state, each.on) for each, _ in exits(standing(row), CATALOG, TODAY, within=30)] == wanted


def test_a_repair_that_the_list_does_not_show_is_overdue() -> None:
    """The subject is free by the ledger; whoever keeps the list must take him off."""
    found = exits(standing(LATER, repairs=repaired(LATER)), CATALOG, TODAY, within=30)
    assert [(each.state, each.on) for each, _ in found] == [(ExitState.OVERDUE, date(2024, 6, 10))]


def test_the_most_urgent_come_first() -> None:
    """What is still missing for a repair stands beside it."""
    found = exits(standing(MISSING, OLD, DUE, LAPSED), CATALOG, TODAY, within=30)
    assert [each.state for each, _ in found] == [
        ExitState.OVERDUE,
        ExitState.DUE,
        ExitState.REPAIRABLE,
        ExitState.DOUBTFUL,
    ]
    assert found[2][0].missing
    assert [list(places) for _, places in found] == [[4], [3], [2], [1]]


def test_figures_of_each_list() -> None:
    """In force, ended, neither; and what the numbers are worth. A list nobody knows is not counted."""
    masked = listing(None, resident_id="99000019900101****", name="张三")
    nobody = listing(None, name="虚构甲公司", instrument_no=None)
    stranger = listing(list="XX.NOTHING")
    known = (listing(), LAPSED, masked, nobody)
    (one,) = figures(standing(*known, stranger), known).values()
    assert (one.rows, one.in_force, one.ended, one.neither) == (4, 2, 1, 1)
    assert one.identity == {IdState.OK: 2, IdState.MASKED: 1, IdState.MISSING: 1}
    assert identity_state(listing("91990000MA00000011")) is IdState.BAD_CHECK_DIGIT


def test_how_old_each_list_is() -> None:
    """A list grows stale by its own term, judged by the rule of a check; without a complete edition there is none."""
    tables = compile_catalog(CATALOG, "v")
    days = CATALOG.lists["BL.TAX"].stale_after or 0
    known = {"BL.TAX": (Edition(list="BL.TAX", batch="b1", received_at=START),)}
    asked = [START + timedelta(days=more) for more in (days, days + 1)]
    found = [list(ages(("BL.TAX", "BL.GPC"), tables, known, day=TODAY, now=now)) for now in asked]
    assert found[0] == [Age("BL.TAX", "b1", START, stale=False), Age("BL.GPC", None, None, stale=False)]
    assert found[1][0].stale


def test_before_and_after() -> None:
    """By what is known now: who was in force on a first day, who came, who went."""
    ended, new = listing(removed_on=TODAY), listing(PARTNER, listed_on=TODAY)
    rows = (listing(instrument_no="测税〔2024〕3号"), ended, new)
    found = moves(standing(*rows, day=date(2024, 6, 1)), standing(*rows))
    assert found == {"BL.TAX": Move(2, 1, 1)}
    assert found["BL.TAX"].after == 2


def named(name: str, uscc: str | None = None, **more: Any) -> Listing:
    """Return a row of a name."""
    return listing(uscc, name=name, batch="b", row=7, **more)


LEFT = Uncompared()


def paired(folder: Path, *rows: Listing) -> list[tuple[DoubleKind, int, int]]:
    """Return the pairs among rows of a store, by their places among them."""
    store, among = opened(folder), Among(lists=CATALOG.lists)
    take(store, rows)

    class Rows:
        """The rows of the store."""

        def sharing(self, how: str) -> Iterator[tuple[str, tuple[Listing, ...]]]:
            """Yield those that share a key."""
            return store.scan.sharing(among, how)

        def everyone(self) -> Iterator[Listing]:
            """Yield all."""
            return store.scan.glances(among)

    return [(each.kind, each.first - 1, each.second - 1) for each in doubles(Rows(), LEFT)]


def test_doubles_are_pairs_to_look_at(tmp_path: Path) -> None:
    """Rows of different batches may bear the same row number; each is told as it is, and none is merged."""
    rows = [
        named("荥阳市虚构建设有限公司", FIRM),
        named("荥阳市虚构建设有限公司", FIRM, instrument_no="测税〔2024〕2号"),
        named("另一个名称公司", FIRM, listed_on=date(2024, 4, 1)),
        named("荥阳市虚构建设有限公司", listed_on=date(2024, 5, 1)),
        named("荣阳市虚构建设有限公司", listed_on=date(2024, 5, 2)),
        named("张三", list="BL.WAGE"),
        listing(None, resident_id=PERSON, listed_on=date(2024, 5, 5)),
    ]
    found = paired(tmp_path, *rows)
    assert (DoubleKind.SAME_DAY, 0, 1) in found
    assert (DoubleKind.TWO_NAMES, 0, 2) in found
    assert (DoubleKind.NO_NUMBER, 0, 3) in found
    assert (DoubleKind.NEAR_NAME, 0, 4) in found
    assert {second for _, _, second in found} == {1, 2, 3, 4}
    hidden, kept = "11**************", named("李四", resident_id=PERSON, subject_kind="person")
    found = paired(tmp_path / "other", kept, named("李四", resident_id=hidden + "34", listed_on=TODAY))
    assert found == []


def test_what_was_too_much_to_compare_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is to take a silence for an answer."""
    monkeypatch.setattr("jointsanction.worklists.doubles.MOST_INDEXED", 1)
    before = LEFT.names
    assert paired(tmp_path, named("荥阳市虚构建设有限公司"), named("荣阳市虚构建设有限公司")) == [
        (DoubleKind.NEAR_NAME, 0, 1)
    ]
    assert LEFT.names == before + 1
