"""Columns that came later: a store made before them opens, what it says stays what it was, and rows stay as printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from jointsanction.model.subject import Listing, Related
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.store.fingerprints import arrival_of
from jointsanction.terms import Relation, SubjectKind, SubjectStatus
from store_side import FIRM, counts, found, listing, numbered, opened, take, told, uncounted

if TYPE_CHECKING:
    from pathlib import Path

LATER = ("removal_authority", "published_on", "publishing_authority", "raw", "document")
PRINTED = '{"名称":"虚构甲商贸有限公司","序号":"7"}'


def made_before(folder: Path) -> None:
    """Make the store of a program that did not know the later columns, with one row in it."""
    take(opened(folder), [listing()])
    dropped = (f"ALTER TABLE listing DROP COLUMN {column}" for column in LATER)
    uncounted(folder, "DROP INDEX believed_of_document", *dropped)


def columns(folder: Path) -> set[str]:
    """Return the columns of the table of listings."""
    return {row[1] for row in told(folder, "PRAGMA table_info(listing)")}


@pytest.mark.sqlite
def test_a_store_made_before_opens(tmp_path: Path) -> None:
    """What was imported before an update is there after it, unchanged, and the next file goes in beside it."""
    made_before(tmp_path)
    assert columns(tmp_path).isdisjoint(LATER)
    store = opened(tmp_path)
    assert columns(tmp_path) >= set(LATER)
    assert [(row.uscc, row.published_on, row.removal_authority) for row in found(store.registry())] == [
        (FIRM, None, None)
    ]
    more = listing(
        instrument_no="测税〔2024〕2号", published_on=date(2024, 3, 2), publishing_authority="某信用办", raw=PRINTED
    )
    outcome = take(store, [listing(), more], 1)
    assert counts(outcome) == (1, 0, 1, 0)
    assert [row.publishing_authority for row in found(opened(tmp_path, create=False).registry())] == [None, "某信用办"]


def test_a_row_that_says_nothing_new_is_the_same_row() -> None:
    """The digests of rows without the later columns are those they had before there were any."""
    row = Listing(
        list="BL.TAX",
        subject_kind=SubjectKind.ENTERPRISE,
        name="虚构甲商贸有限公司",
        uscc=FIRM,
        listed_on=date(2024, 3, 1),
        valid_to=date(2027, 3, 1),
        instrument_no="测税〔2024〕1号",
        source="甲",
        related=(Related(relation=Relation.PRINCIPAL, name="张三"),),
        former_names=("乙",),
    )
    arrival = arrival_of(row)
    assert (arrival.natural_key, arrival.content) == (
        "a73086050ab8cdabd4f688ad8af0aeed",
        "e8ebcb2e017221e3af2f0ebec469d99a",
    )
    assert arrival_of(replace(row, raw=PRINTED))[1:] == arrival[1:]
    assert arrival_of(replace(row, published_on=date(2024, 3, 2))).content != arrival.content


def test_the_row_as_printed_stays_in_the_store(tmp_path: Path) -> None:
    """It can be asked for, and no registry carries it about; another numbering of the file is no change of the list."""
    store = opened(tmp_path)
    batch = take(store, [listing(row=2, raw=PRINTED), listing(instrument_no="测税〔2024〕2号", row=3)]).batch
    assert [row.raw for row in found(store.registry())] == [None, None]
    assert [store.printed(batch, row) for row in (2, 3, 4)] == [PRINTED, None, None]
    assert counts(take(store, [listing(row=2, raw="{}")], 1)) == (0, 0, 1, 0)
    assert MemoryRegistry([listing(raw="{}")]).version == MemoryRegistry([listing()]).version


def test_a_row_that_goes_missing_keeps_what_was_printed(tmp_path: Path) -> None:
    """A complete edition that no longer names a row marks it; what it said is needed then more than ever."""
    store = opened(tmp_path)
    rows = [replace(row, raw=f'{{"序号":"{row.row}"}}') for row in numbered(3)]
    batch = take(store, rows, covers=["BL.TAX"]).batch
    take(store, rows[:2], 1, covers=["BL.TAX"])
    assert [row.missing_since is None for row in found(store.registry())] == [True, True, False]
    assert store.printed(batch, 3) == '{"序号":"3"}'


@pytest.mark.parametrize("column", [*LATER[:3], "subject_status"])
def test_a_later_column_is_a_change(tmp_path: Path, column: str) -> None:
    """What a list comes to say of itself supersedes the row that did not say it."""
    store = opened(tmp_path)
    take(store, [listing()])
    told = {"published_on": date(2024, 3, 2), "subject_status": SubjectStatus.REVOKED}
    value = told.get(column, "某信用办")
    assert counts(take(store, [listing(**{column: value})], 1)) == (0, 1, 0, 0)
    assert [getattr(row, column) for row in found(store.registry())] == [value]
