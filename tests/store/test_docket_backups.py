"""A backup holds the docket too: what was filed comes back whole, into either database, and the chain still holds."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select

import store_side
from every_row import CATALOG
from jointsanction.engine import Engine
from jointsanction.errors import RegistryError
from jointsanction.home import docket_address
from jointsanction.loop.access.accounts import all_accounts, open_account
from jointsanction.loop.desk import Desk
from jointsanction.loop.filing.auditing import Audit
from jointsanction.model.caller import Account, Caller
from jointsanction.store import Store, backup_store, backups, restore_store, verify_backup
from jointsanction.store.docket.docket import Docket
from jointsanction.store.docket.tables import FEEDBACK, METADATA
from jointsanction.terms import AccountRole
from store_side import day, listing, opened, take, url

CALLER = Caller(account="test", unit="测试")


def desk_of(folder: Path) -> Desk:
    """Return a desk on the store in a folder."""
    store = opened(folder)
    return Desk(Engine.open(url(folder)), store, Docket.open(url(folder)), clock=lambda: day(10))


def worked(folder: Path) -> Desk:
    """Return a desk at which an account was opened and checks were made."""
    take(opened(folder), [listing(list="BL.SXBZXR")], 0, covers=["BL.SXBZXR"])
    desk = desk_of(folder)
    account = Account(name="window", unit="测试", roles=frozenset({AccountRole.WINDOW}))
    open_account(desk.docket, account, CALLER, at=day(10), seal=desk.seal)
    for at in range(3):
        desk.check({"subject": store_side.FIRM, "matter": "procurement", "case": f"案{at}"}, CALLER, purpose="测试")
    return desk


def dumped(docket: Docket) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of a docket."""
    with docket.reading() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in METADATA.sorted_tables
        }


def test_a_docket_is_backed_up_and_comes_back(tmp_path: Path) -> None:
    """Checks, obligations, accounts, audit: every row as it was; the chain verifies, and is gone on with."""
    desk, file = worked(tmp_path), tmp_path / "a.backup"
    manifest = backup_store(url(tmp_path), file, catalog=CATALOG)
    assert (manifest.rows_of("docket_check"), manifest.rows_of("docket_account"), manifest.rows_of("nothing")) == (
        3,
        1,
        0,
    )
    assert verify_backup(file) == manifest
    (tmp_path / "other").mkdir()
    assert restore_store(url(tmp_path / "other"), file) == manifest
    other = desk_of(tmp_path / "other")
    assert dumped(other.docket) == dumped(desk.docket)
    assert [each.account.name for each in all_accounts(other.docket)] == ["window"]
    other.check({"subject": store_side.FIRM, "matter": "procurement"}, CALLER, purpose="测试")
    assert Audit(other.docket, other.seal).verify().broken is None


def test_two_backups_of_one_docket_are_one_file(tmp_path: Path) -> None:
    """Whatever order a database keeps its rows in; without a docket the file is of the first form, as it always was."""
    opened(tmp_path)
    without = backup_store(url(tmp_path), tmp_path / "none", catalog=CATALOG)
    assert (without.docket, without.docket_layout, verify_backup(tmp_path / "none")) == ((), None, without)
    worked(tmp_path)
    for name in "ab":
        backup_store(url(tmp_path), tmp_path / name, catalog=CATALOG)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert [column.name for column in backups._in_order(FEEDBACK)] == ["recorded_at", "number"]


@pytest.mark.postgresql
def test_a_docket_moves_from_a_file_to_a_server(tmp_path: Path) -> None:
    """A backup belongs to no database."""
    store_side.DATABASE["kind"] = "sqlite"
    desk = worked(tmp_path)
    manifest = backup_store(url(tmp_path), tmp_path / "a.backup", catalog=CATALOG)
    store_side.DATABASE["kind"] = "postgresql"
    restore_store(url(tmp_path), tmp_path / "a.backup")
    assert dumped(Docket.open(url(tmp_path))) == dumped(desk.docket)
    assert backup_store(url(tmp_path), tmp_path / "b.backup", catalog=CATALOG).docket == manifest.docket


def test_a_docket_that_holds_something_is_not_filled(tmp_path: Path) -> None:
    """Nothing is written then, into neither of the two."""
    worked(tmp_path)
    backup_store(url(tmp_path), tmp_path / "a.backup", catalog=CATALOG)
    (tmp_path / "other").mkdir()
    other = desk_of(tmp_path / "other")
    other.check({"subject": store_side.FIRM, "matter": "procurement", "coverage": "loaded"}, CALLER, purpose="测试")
    with pytest.raises(RegistryError) as refused:
        restore_store(url(tmp_path / "other"), tmp_path / "a.backup")
    assert refused.value.code == "registry.not_empty"
    assert opened(tmp_path / "other").batches() == ()


@pytest.mark.sqlite
def test_a_docket_that_cannot_be_read_is_no_docket_that_is_not_there(tmp_path: Path) -> None:
    """A backup without it would look whole."""
    opened(tmp_path)
    file = docket_address(url(tmp_path)).removeprefix("sqlite:///")
    with open(file, "wb") as broken:  # noqa: PTH123 - the name of an address
        broken.write(b"x" * 4096)
    with pytest.raises(RegistryError) as refused:
        backup_store(url(tmp_path), tmp_path / "a.backup", catalog=CATALOG)
    assert refused.value.code == "registry.unreachable"


def test_a_docket_that_stays_open_is_the_same_docket(tmp_path: Path) -> None:
    """A service keeps its way to the database; what it writes is seen by all, and it can let go again."""
    worked(tmp_path)
    docket = Docket.open(url(tmp_path))
    for _ in range(2):
        docket.stay_open()
    desk = Desk(Engine.open(url(tmp_path)), Store.open(url(tmp_path)), docket, clock=lambda: day(11))
    desk.check({"subject": store_side.FIRM, "matter": "procurement"}, CALLER, purpose="测试")
    assert dumped(docket) == dumped(Docket.open(url(tmp_path)))
    for _ in range(2):
        docket.let_go()
    assert len(dumped(docket)["docket_check"]) == 4
    docket.let_go()


@pytest.mark.sqlite
def test_a_file_that_stays_open_keeps_its_log(tmp_path: Path) -> None:
    """Whoever closes a file last brings the log into it: with one held open nobody does so after every check."""
    docket = Docket.open(url(tmp_path))
    file = docket_address(url(tmp_path)).removeprefix("sqlite:///")
    docket.stay_open()
    with docket.writing() as connection:
        connection.exec_driver_sql("INSERT INTO docket_about VALUES ('a', 'b')")
    assert Path(f"{file}-wal").exists()
    docket.let_go()
    assert not Path(f"{file}-wal").exists()
    with sqlite3.connect(file) as seen:
        assert seen.execute("SELECT value FROM docket_about WHERE name = 'a'").fetchone() == ("b",)
    seen.close()
