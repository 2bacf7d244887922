"""The door of the store: opening it, what comes out as it went in, versions and instants."""

from __future__ import annotations

import sqlite3
import stat
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlmodel import SQLModel

from jointsanction.errors import MissingExtraError, RegistryError
from jointsanction.model.subject import Listing, Related
from jointsanction.registry.readers.report import Cover
from jointsanction.store import Store
from jointsanction.store.database import Database
from jointsanction.store.dialects import postgres
from jointsanction.store.fingerprints import arrival_of
from jointsanction.store.tables import LISTING, METADATA
from jointsanction.terms import Field, Ground, Relation, Severity, Size, SubjectKind
from store_side import DATABASE, DAY, FIRM, LISTED, PERSON, START, day, found, listing, opened, take, told, url

if TYPE_CHECKING:
    from pathlib import Path

FULL = Listing(
    list="BL.TAX",
    subject_kind=SubjectKind.ENTERPRISE,
    name="虚构甲商贸有限公司",
    uscc=FIRM,
    resident_id=PERSON,
    other_id="虚12345678",
    announced_on=date(2024, 1, 2),
    listed_on=LISTED,
    valid_to=date(2027, 3, 1),
    removed_on=date(2027, 3, 2),
    removal_reason="信用修复",
    removal_authority="另一税务局",
    instrument_no="测税〔2024〕1号",
    instrument_date=date(2024, 2, 3),
    designating_authority="某税务局",
    published_on=date(2024, 3, 2),
    publishing_authority="某信用办",
    region="990000",
    severity=Severity.SERIOUS,
    field=Field.TAX,
    ground=Ground.FRAUD,
    size=Size.SMALL,
    grade="D",
    related=(
        Related(relation=Relation.LEGAL_REPRESENTATIVE, kind=SubjectKind.PERSON, name="甲某", id=PERSON),
        Related(relation=Relation.BRANCH, personally_responsible=False),
    ),
    source="https://example.invalid/名单",
    former_names=("虚构乙商贸有限公司", "虚构丙商贸有限公司"),
    row=7,
)


def code_of(address: str, **more: bool) -> str:
    """Return the code an address is refused with; the message is Chinese."""
    with pytest.raises(RegistryError) as refused:
        Store.open(address, **more)
    assert any("\u4e00" <= char <= "\u9fff" for char in refused.value.message)
    return refused.value.code


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    """Every column of a listing survives, and the store adds batch and instant, and nothing else."""
    store = opened(tmp_path)
    outcome = take(store, [FULL])
    expected = replace(FULL, batch=outcome.batch, recorded_at=START)
    assert found(store.registry()) == [expected]
    assert found(store.registry_at(START)) == [expected]


def test_what_the_caller_says_about_the_store_is_not_believed(tmp_path: Path) -> None:
    """Batch, instants and `missing_since` are the store's to say."""
    store = opened(tmp_path)
    told = listing(missing_since=DAY, batch="x", recorded_at=day(9), superseded_at=day(9))
    outcome = take(store, [told])
    assert found(store.registry()) == [listing(batch=outcome.batch, recorded_at=START)]


def test_instants_come_back_aware_in_shanghai(tmp_path: Path) -> None:
    """Instants are kept in UTC to the microsecond and shown in China's time."""
    store = opened(tmp_path)
    instant = datetime.fromisoformat("2024-06-01T01:00:00.000001+00:00")
    take(store, [listing()], recorded_at=instant, covers=["BL.TAX"])
    (row,) = found(store.registry())
    assert row.recorded_at == instant
    assert store.batches()[0].recorded_at.isoformat() == "2024-06-01T09:00:00.000001+08:00"
    assert str(store.registry().editions["BL.TAX"][0].received_at.tzinfo) == "Asia/Shanghai"


@pytest.mark.sqlite
def test_a_store_is_a_wal_file_of_its_keeper(tmp_path: Path) -> None:
    """Readers read while an import writes; the rows are personal data and not for everybody on the machine."""
    opened(tmp_path / "new" / "folder")
    file = tmp_path / "new" / "folder" / "lists.db"
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert sys.platform == "win32" or stat.S_IMODE(file.stat().st_mode) == 0o600


def test_foreign_keys_hold(tmp_path: Path) -> None:
    """A row of a batch that doesn't exist can't be written."""
    store = opened(tmp_path)
    orphan = {"list": "BL.TAX", "id": 1, "batch": "none", "recorded_at": 1, "natural_key": "", "content": ""}
    with pytest.raises(Exception, match=r"(?i)foreign key"), store._database.writing() as connection:
        connection.execute(LISTING.insert(), orphan)


def test_where_there_is_none_the_command_is_named(tmp_path: Path) -> None:
    """A store that isn't there is an error with the command to type, and isn't made by asking."""
    with pytest.raises(RegistryError) as none:
        opened(tmp_path, create=False)
    assert none.value.code == "registry.no_store"
    assert f"jointsanction import FILE --store {url(tmp_path)}" in none.value.hint
    assert list(tmp_path.iterdir()) == []
    if DATABASE["kind"] == "sqlite":
        (tmp_path / "lists.db").touch()
    assert code_of(url(tmp_path), create=False) == "registry.no_store"
    opened(tmp_path)
    opened(tmp_path, create=False)


def test_half_a_store_is_none(tmp_path: Path) -> None:
    """Tables that somebody dropped can't be answered from; a database without any is no store."""
    opened(tmp_path)
    told(tmp_path, "DROP TABLE watch_event")
    assert code_of(url(tmp_path)) == "registry.unreachable"
    empty = tmp_path / "empty"
    empty.mkdir()
    if DATABASE["kind"] == "sqlite":
        (empty / "lists.db").touch()
    with pytest.raises(RegistryError) as none:
        Database(url(empty), wait=5).reached()
    assert none.value.code == "registry.no_store"


def test_a_database_whose_driver_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra to install is named."""
    monkeypatch.setattr(postgres, "find_spec", lambda _name: None)
    with pytest.raises(MissingExtraError) as refused:
        Store.open("postgresql://h/d")
    assert (refused.value.code, "jointsanction[postgres]" in refused.value.hint) == ("registry.no_postgres", True)


@pytest.mark.parametrize(
    "address",
    [
        "credit.db",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:///a.db?mode=ro",
        "mysql://h/d",
        "postgresql://h",
    ],
)
def test_only_files_and_databases_are_stores(address: str) -> None:
    """Any other address is refused with the form to write."""
    assert code_of(address) == "registry.url"


@pytest.mark.sqlite
def test_what_is_no_store_is_left_alone(tmp_path: Path) -> None:
    """A text, a folder, another program's database and half a store can't be read, and stay as they are."""
    text = tmp_path / "text.db"
    text.write_bytes(b"list,uscc\n" * 1000)
    assert code_of(f"sqlite:///{text}") == "registry.unreachable"
    assert text.read_bytes() == b"list,uscc\n" * 1000
    assert code_of(f"sqlite:///{tmp_path}") == "registry.unreachable"
    assert code_of(f"sqlite:///{text}/below.db") == "registry.unreachable"
    assert code_of(f"sqlite:///{tmp_path / ('长' * 200)}.db") == "registry.unreachable"
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE listing (id INTEGER)")
    assert code_of(f"sqlite:///{other}") == "registry.unreachable"


@pytest.mark.sqlite
def test_a_damaged_store_says_so(tmp_path: Path) -> None:
    """A file cut short or overwritten in the middle is unreachable, never half an answer."""
    store = opened(tmp_path)
    take(store, [replace(FULL, instrument_no=f"测税{number}", source="长" * 500) for number in range(200)])
    file = tmp_path / "lists.db"
    content = file.read_bytes()
    file.write_bytes(content[:8192] + bytes(len(content) // 2))
    with pytest.raises(RegistryError) as damaged:
        opened(tmp_path).registry()
    assert damaged.value.code == "registry.unreachable"


def test_a_store_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    """Who doesn't know the layout doesn't read it."""
    opened(tmp_path)
    told(tmp_path, "UPDATE about SET value = '2'")
    assert code_of(url(tmp_path)) == "registry.schema"


@pytest.mark.sqlite
def test_a_store_restored_without_wal_is_switched_when_nobody_reads(tmp_path: Path) -> None:
    """A reader at work is no reason to refuse a store; the next opening switches it."""
    take(opened(tmp_path), [listing()])
    with closing(sqlite3.connect(tmp_path / "lists.db", isolation_level=None)) as reader:
        reader.execute("PRAGMA journal_mode=DELETE").fetchall()
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM listing").fetchall()
        assert found(opened(tmp_path, wait=0.1).registry())
        reader.execute("COMMIT")
    opened(tmp_path)
    with closing(sqlite3.connect(tmp_path / "lists.db")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_an_empty_store_knows_nothing(tmp_path: Path) -> None:
    """Before the first batch there are no listings, no editions and no instant."""
    store = opened(tmp_path)
    for registry in (store.registry(), store.registry_at(START)):
        assert registry.known_at is None
        assert dict(registry.editions) == {}
        assert registry.lookup((f"u:{FIRM}",), "虚构") == ()
    assert store.registry().version == store.registry_at(START).version
    assert store.batches() == ()


def test_known_at_is_the_newest_batch_by_then(tmp_path: Path) -> None:
    """An instant between two batches is answered from the first, to the microsecond."""
    store = opened(tmp_path)
    take(store, [listing(grade="C")], 0, covers=["BL.TAX"])
    take(store, [listing(grade="D")], 1, covers=["BL.TAX"])
    before, first, second = (
        store.registry_at(instant)
        for instant in (START - timedelta(microseconds=1), day(1) - timedelta(microseconds=1), day(99))
    )
    assert (before.known_at, first.known_at, second.known_at) == (None, day(0), day(1))
    assert [len(registry.editions.get("BL.TAX", ())) for registry in (before, first, second)] == [0, 1, 2]
    assert [row.grade for registry in (before, first, second) for row in found(registry)] == ["C", "D"]
    assert store.registry().known_at == day(1)
    assert [before.version, first.version, second.version] == [
        opened(tmp_path / "empty").registry().version,
        store.batches()[0].version,
        store.registry().version,
    ]


def test_a_registry_of_the_past_does_not_move(tmp_path: Path) -> None:
    """What was asked for an instant to come is answered from the batches there were: later ones change nothing."""
    store = opened(tmp_path)
    take(store, [listing(grade="C")], 0)
    past = store.registry_at(day(99))
    take(store, [listing(grade="D")], 1)
    assert [row.grade for row in found(past)] == ["C"]


def test_naive_instants_are_refused(tmp_path: Path) -> None:
    """Without a time zone nobody can say what came first."""
    store = opened(tmp_path)
    for refuse in (
        lambda: store.registry_at(START.replace(tzinfo=None)),
        lambda: take(store, [listing()], recorded_at=START.replace(tzinfo=None)),
    ):
        with pytest.raises(RegistryError) as refused:
            refuse()
        assert refused.value.code == "registry.naive"


def test_equal_files_in_equal_order_make_an_equal_version(tmp_path: Path) -> None:
    """The version is a chain of what was taken in and when; file names and providers decide nothing."""
    one, other, later, turned = (opened(tmp_path / name) for name in ("one", "other", "later", "turned"))
    for store in (one, other):
        take(store, [listing()], 0)
        take(store, [listing(FIRM, list="BL.WAGE")], 1)
    take(later, [listing()], 0)
    take(later, [listing(FIRM, list="BL.WAGE")], 2, sha256="1")
    take(turned, [listing(FIRM, list="BL.WAGE")], 0, sha256="1")
    take(turned, [listing()], 1, sha256="0")
    assert one.registry().version == other.registry().version
    assert one.batches() == other.batches()
    assert len({store.registry().version for store in (one, later, turned)}) == 3


def test_batches_say_what_was_taken_in(tmp_path: Path) -> None:
    """FEATURES 97: who provided a file answers for it, so the store remembers it with its counts and declarations."""
    store = opened(tmp_path)
    take(store, [listing(), listing(instrument_no="测税〔2024〕2号")], 0)
    take(store, [listing(grade="D")], 1, covers=[Cover("BL.TAX", ("990000", "410000"), LISTED)])
    first, second = store.batches()
    assert (first.sha256, first.file_name, first.provider) == ("0", "名单.csv", "某税务局")
    assert (first.rows, first.added, first.editions) == (2, 2, ())
    assert (second.rows, second.changed, second.missing, second.recorded_at) == (1, 1, 0, day(1))
    (edition,) = second.editions
    assert (edition.list, edition.regions, edition.covers_from) == ("BL.TAX", ("990000", "410000"), LISTED)
    assert (edition.batch, edition.received_at) == (second.id, day(1))
    assert store.registry().editions == {"BL.TAX": (edition,)}


def test_failures_show_no_rows(tmp_path: Path) -> None:
    """STYLE §8: no identity numbers, names or record contents in messages."""
    store = opened(tmp_path)
    with pytest.raises(Exception, match=r"(?i)not.null") as failed, store._database.writing() as connection:
        connection.execute(LISTING.insert(), {"list": "BL.TAX", "id": 1, "uscc": FIRM})
    assert FIRM not in str(failed.value)
    assert FIRM not in f"{arrival_of(listing())}"


def test_the_tables_stay_out_of_an_embedders_metadata() -> None:
    """Whoever embeds the library and uses SQLModel himself does not get our tables into his own."""
    assert not METADATA.tables.keys() & SQLModel.metadata.tables.keys()


@pytest.mark.sqlite
def test_nothing_stays_open(tmp_path: Path) -> None:
    """No connection outlives its transaction: a file can be moved, and a process forked, between two of them."""
    store = opened(tmp_path)
    take(store, [listing()])
    assert not (tmp_path / "lists.db-wal").exists()
