"""Lists in a snapshot answer what lists in memory answer."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jointsanction.errors import RegistryError
from jointsanction.model.subject import Listing, Related
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.registry.snapshot import records
from jointsanction.registry.snapshot.manifest import read_manifest
from jointsanction.registry.snapshot.records import Decoder, Pool, number_of, record_of, texts_of
from jointsanction.registry.snapshot.registry import SnapshotRegistry
from jointsanction.terms import Field, Ground, Relation, Severity, Size, SubjectKind, SubjectStatus
from snapshot_side import write

FIRMS = ["91990000MA0000001B", "91990000MA0000002E", "91990000MA00000012"]
PEOPLE = ["990000199001010017", "990000199001010025"]
ODD = ["MA0000001", "MA000000-1", "MA0000002", "990000000000001", "E12345678", "无", "", "9.1990000E+17"]
MASKED = ["9199**********001B", "9900**********0017", "990000199001****17", "MA*****01", "**", "﹡﹡0017"]
NUMBERS = [*FIRMS, *PEOPLE, *ODD, *MASKED]
NAMES = [
    "虚构甲商贸有限公司",
    "虚构甲商贸有限责任公司",
    "河南省虚构乙公司",
    "甲某某",
    "王某",
    "",
    "\x1f\x1d\x1b",
    "\ud800",
]
INSTANT = datetime(2024, 6, 1, 9, tzinfo=timezone(timedelta(hours=8)))

texts = st.sampled_from([None, *NAMES, "示例", "\x1e", "a\x1bb"])
days = st.sampled_from([None, date(2024, 3, 1), date(2025, 12, 31)])
ties = st.builds(
    Related,
    relation=st.sampled_from([Relation.LEGAL_REPRESENTATIVE, Relation.BRANCH]),
    kind=st.sampled_from([None, SubjectKind.PERSON, SubjectKind.ENTERPRISE]),
    name=st.sampled_from([None, *NAMES]),
    id=st.sampled_from([None, *NUMBERS]),
    personally_responsible=st.sampled_from([None, True, False]),
)
listings = st.builds(
    Listing,
    list=st.sampled_from(["BL.TAX", "BL.WAGE"]),
    subject_kind=st.sampled_from([None, *SubjectKind]),
    name=st.sampled_from([None, *NAMES]),
    uscc=st.sampled_from([None, *NUMBERS]),
    resident_id=st.sampled_from([None, *NUMBERS]),
    other_id=st.sampled_from([None, *NUMBERS]),
    announced_on=days, listed_on=days, valid_to=days, removed_on=days, instrument_date=days, published_on=days,
    corrected_on=days, missing_since=days,
    removal_reason=texts, removal_authority=texts, instrument_no=texts, designating_authority=texts,
    publishing_authority=texts, region=texts, grade=texts, source=texts, batch=texts,
    severity=st.sampled_from([None, *Severity]), field=st.sampled_from([None, *Field]),
    ground=st.sampled_from([None, *Ground]), size=st.sampled_from([None, *Size]),
    subject_status=st.sampled_from([None, *SubjectStatus]),
    related=st.lists(ties, max_size=3).map(tuple),
    former_names=st.lists(st.sampled_from(NAMES), max_size=2).map(tuple),
    row=st.sampled_from([None, 1, 70_000]),
    recorded_at=st.sampled_from([None, INSTANT]),
)  # fmt: skip

QUESTIONS = [(), *[(f"u:{one}", f"o:{one[8:17]}") for one in FIRMS], *[(f"p:{one}",) for one in PEOPLE]]
QUESTIONS += [(f"{sort}:{one}",) for sort in "uporx" for one in (*ODD, *FIRMS)]
QUESTIONS += [("o:MA0000001", "u:91990000MA0000001B"), ("m:9199**********001B",), ("x:E12345678", "o:MA0000002")]


def distinct(rows: list[Listing]) -> list[Listing]:
    """Make rows that differ: in a store no two believed rows say the same."""
    return [replace(row, instrument_no=f"{row.instrument_no} {at}") for at, row in enumerate(rows)]


def agree(snapshot: SnapshotRegistry, memory: MemoryRegistry) -> None:
    """Compare what both answer to every question, with each name and without one."""
    for keys in QUESTIONS:
        for name in (None, "虚构甲商贸有限公司", "河南虚构乙公司", "甲某某"):
            assert snapshot.lookup(keys, name) == memory.lookup(keys, name), (keys, name)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(listings, max_size=8).map(distinct))
def test_a_snapshot_answers_as_memory_does(rows: list[Listing]) -> None:
    """DESIGN §5: the hot index holds every row; small registries live in dictionaries; same Protocol."""
    with tempfile.TemporaryDirectory() as folder:
        agree(write(Path(folder) / "s", (rows, ())), MemoryRegistry(rows))


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(listings, st.integers(0, 2), st.booleans()), max_size=9))
def test_changes_upon_changes_answer_as_all_of_it_in_memory(drawn: list[tuple[Listing, int, bool]]) -> None:
    """Rows that came later, and earlier ones that are believed no longer, lie in files of their own."""
    rows = distinct([row for row, _, _ in drawn])
    files: list[tuple[list[Listing], list[int]]] = [([], []), ([], []), ([], [])]
    ordered = sorted(range(len(rows)), key=lambda at: drawn[at][1])
    for number, at in enumerate(ordered, 1):
        _, place, ends = drawn[at]
        files[place][0].append(rows[at])
        if ends and place < 2:
            files[place + 1][1].append(number)
    left = [rows[at] for at in ordered if not (drawn[at][2] and drawn[at][1] < 2)]
    with tempfile.TemporaryDirectory() as folder:
        agree(write(Path(folder) / "s", *files), MemoryRegistry(left))


@given(listings, st.integers(0, 1))
def test_a_listing_comes_back_as_it_was(row: Listing, room: int) -> None:
    """Every field survives, empty texts and odd signs too, whether the pool has room for it or not."""
    pool = Pool(room)
    record = b"1234%s1234" % record_of(7, texts_of(row), pool)
    assert Decoder(pool.texts()).listing(record) == row
    assert number_of(record) == 7
    assert not {0xFD, 0xFE, 0xFF} & set(record)


def test_rows_of_many_subjects_are_found_each(tmp_path: Path) -> None:
    """Some hundreds of subjects fill many slots, and some of their hashes lie side by side."""
    rows = [Listing(list="BL.TAX", other_id=f"E{number:07d}", row=number) for number in range(900)]
    registry = write(tmp_path / "s", (rows, ()))
    for row in rows:
        assert [hit.listing for hit in registry.lookup((f"x:{row.other_id}",), None)] == [row]
    assert all(registry.lookup((f"x:F{number:07d}",), None) == () for number in range(900))


def test_a_name_or_code_of_many_rows_finds_all_of_them(tmp_path: Path) -> None:
    """Rows of one hash stand in a list; a later file adds to them and closes one."""
    rows = [Listing(list="BL.TAX", uscc=FIRMS[0], name="虚构甲公司", row=number) for number in range(60)]
    registry = write(tmp_path / "s", (rows[:50], ()), (rows[50:], [7]))
    left = [row for row in rows if row.row != 6]
    keys = (f"u:{FIRMS[0]}", f"o:{FIRMS[0][8:17]}")
    assert [hit.listing for hit in registry.lookup(keys, None)] == left
    assert [hit.listing for hit in registry.lookup((), "虚构甲公司")] == left
    assert [hit.listing for hit in registry.lookup(keys[:1], None)] == left
    assert [hit.listing for hit in registry.lookup(("u:" + "\ud800" * 18, "o:" + "\ud800" * 9), None)] == []


def test_a_listing_taken_out_is_a_listing(tmp_path: Path) -> None:
    """It equals what was put in, from either side, has its hash, and can be changed as one."""
    row = Listing(list="BL.TAX", uscc=FIRMS[0], row=1)
    (hit,) = write(tmp_path / "s", ([row], ())).lookup((f"u:{FIRMS[0]}",), None)
    assert hit.listing == row
    assert row == hit.listing
    assert hit.listing != replace(row, row=2)
    assert hit.listing != "BL.TAX"
    assert {hit.listing} == {row}
    assert replace(hit.listing, row=2) == replace(row, row=2)
    assert repr(hit.listing) == repr(row)


def test_a_file_without_room_in_memory_for_days_reads_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Days are kept by their text, at most so many."""
    monkeypatch.setattr(records, "_DAYS_KEPT", 1)
    for month in (1, 2, 3):
        row = Listing(list="BL.TAX", listed_on=date(1890, month, 1), valid_to=date(1891, month, 1))
        pool = Pool()
        assert Decoder(pool.texts()).listing(b"1234%s1234" % record_of(7, texts_of(row), pool)) == row


def test_a_snapshot_that_is_not_there_says_so(tmp_path: Path) -> None:
    """Nothing is not an empty list."""
    with pytest.raises(RegistryError) as refused:
        SnapshotRegistry.open(tmp_path)
    assert refused.value.code == "registry.no_snapshot"


def test_a_file_that_is_gone_for_good_is_told(tmp_path: Path) -> None:
    """Another snapshot may take this one's place while it is opened; a file that stays away is damage."""
    registry = write(tmp_path / "s", ([], ()))
    (registry.folder / read_manifest(registry.folder).side).unlink()
    with pytest.raises(RegistryError) as refused:
        SnapshotRegistry.open(registry.folder)
    assert refused.value.code == "registry.snapshot_corrupt"
