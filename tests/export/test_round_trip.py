"""What leaves as FollowTheMoney comes back (往返): for any listing, as far as that form can say it."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jointsanction.catalog.bundle import default_catalog
from jointsanction.export.changes import Change
from jointsanction.export.ftm import ftm_text
from jointsanction.model.mapping import FileMapping
from jointsanction.model.subject import Listing
from jointsanction.registry.readers.ftm.table import HEADERS, read_ftm
from jointsanction.terms import Operation, SubjectKind

LISTS = default_catalog().lists
DAYS = st.dates(date(2015, 1, 1), date(2030, 1, 1))
NUMBERS = {
    SubjectKind.ENTERPRISE: {"uscc": "91990000MA0000001B"},
    SubjectKind.PERSON: {"resident_id": "990000199001010017"},
    SubjectKind.GOVERNMENT: {"other_id": "G-7"},
}
NAMES = st.text("虚构甲乙丙，“”；<\u3000\n=A1", min_size=1, max_size=8).map(lambda text: f"某{text}某")


@st.composite
def listings(draw: st.DrawFn) -> Listing:
    """Make a listing that has what FtM can carry, anything of it missing but list, name and day."""
    kind, listed = draw(st.sampled_from(list(NUMBERS))), draw(DAYS)
    ends = draw(st.none() | DAYS)
    return Listing(
        list=draw(st.sampled_from(["BL.TAX", "BL.WAGE"])),
        subject_kind=kind,
        name=draw(NAMES),
        listed_on=listed,
        published_on=draw(st.none() | DAYS),
        valid_to=ends,
        removed_on=draw(st.none() | DAYS) if ends is None else None,
        instrument_no=draw(st.none() | NAMES),
        designating_authority=draw(st.none() | NAMES),
        **(NUMBERS[kind] if draw(st.booleans()) else {}),
    )


@given(st.lists(listings(), min_size=1, max_size=5))
def test_listings_come_back_from_ftm(rows: list[Listing]) -> None:
    """List, kind, numbers, document, authority and every day; the last day of a removed one is the day before."""
    changes = [Change(Operation.ADD, row, f"record-{at}") for at, row in enumerate(rows)]
    text = "".join(ftm_text(changes, LISTS, delta=False))
    table = read_ftm(text, lambda _: True, FileMapping(title="往返"))
    found = [dict(zip(HEADERS, cells, strict=True)) for _, cells in table.rows]
    assert not table.broken
    assert [said_by(row) for row in found] == [said_of(row) for row in rows]
    assert {row["name"] for row in found} <= {row.name for row in rows}


def said_of(row: Listing) -> tuple[str, ...]:
    """Return what a listing says."""
    days = (row.listed_on, row.published_on, row.valid_to, row.removed_on)
    numbers = (row.uscc, row.resident_id, row.other_id)
    texts = (row.list, *numbers, row.instrument_no, row.designating_authority)
    return tuple(text or "" for text in texts) + tuple(day.isoformat() if day else "" for day in days)


def said_by(row: dict[str, str]) -> tuple[str, ...]:
    """Return the same of a row that came back."""
    texts = ("programId", "uscc", "resident_id", "other_id", "recordId", "authority")
    return tuple(row[header] for header in (*texts, "startDate", "listingDate", "endDate", "removedDate"))


def test_a_day_is_the_next_after_the_last() -> None:
    """移出日期 is the first day free, `endDate` the last day bound."""
    gone = Listing(list="BL.TAX", name="某", listed_on=date(2024, 3, 1), removed_on=date(2024, 3, 1))
    text = "".join(ftm_text([Change(Operation.ADD, gone, "r")], LISTS, delta=False))
    assert (gone.removed_on or date.max) - timedelta(days=1) == date(2024, 2, 29)
    assert '"endDate": ["2024-02-29"]' in text
