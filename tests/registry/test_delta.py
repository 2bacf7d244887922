"""What a delta means: which rows end, which change, which are told; no database in sight."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jointsanction.model.subject import Listing
from jointsanction.registry.delta import Change, Effect, Known, Mismatch, Unfit, apply, mismatched
from jointsanction.terms import Operation

FIRM, OTHER = "91990000MA0000001B", "91990000MA0000002E"
LISTED, END = date(2024, 3, 1), date(2024, 6, 20)
ADD, MOD, DEL = Operation.ADD, Operation.MOD, Operation.DEL


def row(number: int = 1, **more: Any) -> Listing:
    """Make a row of a list about a firm, told from others by its document."""
    plain = {
        "list": "BL.TAX",
        "uscc": FIRM,
        "listed_on": LISTED,
        "instrument_no": f"测〔2024〕{number}号",
        "row": number,
    }
    return Listing(**(plain | more))


def known(*rows: Listing) -> list[Known]:
    """Number rows as a store does."""
    return [Known(number, each) for number, each in enumerate(rows, 1)]


def done(before: list[Known], *changes: tuple[Operation, Listing], **more: bool) -> Effect:
    """Apply a delta."""
    return apply([Change(*each) for each in changes], before, **more)


def why(effect: Effect) -> list[Unfit]:
    """Return what doesn't fit."""
    return [each.why for each in effect.mismatches]


def test_changes_of_one_record_follow_one_another() -> None:
    """Added, changed and ended in one delta: what stands in the end is written, once."""
    effect = done([], (ADD, row()), (MOD, row(grade="D")), (DEL, row(removed_on=END)))
    assert [(each.grade, each.removed_on) for each in effect.added] == [("D", END)]


def test_a_record_changed_and_changed_back_has_not_changed() -> None:
    """Nothing is written for it: it says what it said."""
    effect = done(known(row()), (MOD, row(grade="D")), (MOD, row()))
    assert (effect.changed, effect.mismatches) == ((), [])


@pytest.mark.parametrize("operation", [ADD, MOD])
def test_a_row_that_says_what_is_known_changes_nothing(operation: Operation) -> None:
    """The provider says it again; only batch and row differ."""
    effect = done(known(replace(row(), batch="b", row=7)), (operation, row()))
    assert (effect.added, effect.changed, effect.unchanged) == ((), (), 1)


@pytest.mark.parametrize(
    ("before", "change", "reason"),
    [
        ([], (MOD, row()), Unfit.UNKNOWN),
        ([], (DEL, row()), Unfit.UNKNOWN),
        ([row(uscc=OTHER)], (DEL, row()), Unfit.UNKNOWN),
        ([row(list="BL.WAGE")], (DEL, row()), Unfit.UNKNOWN),
        ([row(2)], (DEL, row(1)), Unfit.UNKNOWN),
        ([row(2)], (DEL, row(1, listed_on=None)), Unfit.UNKNOWN),
        ([row()], (ADD, row(grade="D")), Unfit.THERE),
        ([row(grade="B"), row(grade="C")], (MOD, row(grade="D")), Unfit.SEVERAL),
        ([row(1), row(2)], (DEL, row(instrument_no=None)), Unfit.SEVERAL),
        ([row()], (DEL, row(listed_on=None, removed_on=date(2024, 2, 1))), Unfit.ORDER),
        ([row(removed_on=END, removal_reason="移出"), row()], (DEL, row(removed_on=END)), Unfit.SEVERAL),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told(before: list[Listing], change: tuple[Operation, Listing], reason: Unfit) -> None:
    """A delta made for other contents than ours shows that something was missed."""
    effect = done(known(*before), change)
    assert why(effect) == [reason]
    assert (effect.added, effect.changed, effect.missing) == ((), (), ())


def test_an_end_without_a_day_needs_a_record_of_before() -> None:
    """What came in this very file was never there to be missed."""
    assert why(done([], (ADD, row()), (DEL, row()))) == [Unfit.PENDING]


def test_the_document_of_a_removal_is_not_that_of_the_listing() -> None:
    """A row that states only the end may name the decision of removal; with one record there is no doubt."""
    effect = done(known(row()), (DEL, row(9, listed_on=None, removed_on=END)))
    assert [each.removed_on for _, each in effect.changed] == [END]
    assert effect.changed[0][1].instrument_no == row().instrument_no


def test_of_two_alike_the_one_of_the_same_authority_is_meant() -> None:
    """One document, one day, two authorities: each record is changed and ended by its own."""
    one, other = row(designating_authority="甲局"), row(designating_authority="乙局")
    effect = done(known(one, other), (MOD, replace(other, grade="D")), (DEL, replace(one, removed_on=END)))
    assert [(before.id, each.grade, each.removed_on) for before, each in effect.changed] == [
        (1, None, END),
        (2, "D", None),
    ]


def test_what_ended_or_went_missing_does_so_once() -> None:
    """The second word of an end changes nothing; a day corrected does."""
    ended, missing = row(1, removed_on=END), row(2, missing_since=END)
    again = done(known(ended, missing), (DEL, row(1, removed_on=END)), (DEL, row(1)), (DEL, row(2)))
    assert (again.changed, again.missing, again.unchanged) == ((), (), 3)
    other = date(2024, 6, 21)
    corrected = done(known(ended, missing), (DEL, row(1, removed_on=other)), (DEL, row(2, removed_on=other)))
    assert [(each.removed_on, each.missing_since) for _, each in corrected.changed] == [(other, None)] * 2


@pytest.mark.parametrize("operation", [ADD, MOD])
def test_a_record_that_was_missed_comes_back(operation: Operation) -> None:
    """Named again it stands again, whether it says the same or something else."""
    gone = row(missing_since=END)
    for coming in (row(), row(grade="D")):
        effect = done(known(gone), (operation, coming))
        assert [each.missing_since for _, each in effect.changed] == [None]


def test_told_to_it_takes_what_can_be_placed() -> None:
    """An unknown record changed is a new one, a new one that is there is one more; an unknown end is left out."""
    before = known(row())
    effect = done(before, (MOD, row(2)), (ADD, row(grade="D")), (DEL, row(3)), accept_mismatch=True)
    assert [each.grade for each in effect.added] == [None, "D"]
    assert why(effect) == [Unfit.UNKNOWN, Unfit.THERE, Unfit.UNKNOWN]


def test_the_message_names_ten_rows() -> None:
    """A delta for another store doesn't fill the screen."""
    assert "另有 2 行" in mismatched([Mismatch(number, MOD, Unfit.UNKNOWN) for number in range(12)]).message


OPERATIONS = st.tuples(st.sampled_from([ADD, MOD, DEL]), st.integers(1, 4), st.sampled_from([None, "B", "C"]))


@given(st.lists(OPERATIONS, max_size=12), st.sets(st.integers(1, 4)))
def test_no_record_is_ever_lost(changes: list[tuple[Operation, int, str | None]], there: set[int]) -> None:
    """Every record known before is there afterwards: as it was, changed, ended or missed, and only one of these."""
    before = known(*(row(number) for number in sorted(there)))
    rows = [
        (operation, row(number, grade=grade, removed_on=END if operation is DEL and grade else None))
        for operation, number, grade in changes
    ]
    effect = done(before, *rows, accept_mismatch=True)
    changed, missed = [each.id for each, _ in effect.changed], [each.id for each in effect.missing]
    assert len({*changed, *missed}) == len(changed) + len(missed)
    assert {*changed, *missed} <= {each.id for each in before}
    assert all(old.listing.instrument_no == new.instrument_no for old, new in effect.changed)
