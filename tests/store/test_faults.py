"""Whatever goes wrong, and whenever: the old state or the new one, a clear error, and never "clear"."""

from __future__ import annotations

import os
import random
import signal
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

import fault_side
import postgres_side
from jointsanction import Engine
from jointsanction.catalog.bundle import default_catalog
from jointsanction.errors import RegistryError
from jointsanction.store import Store
from store_side import FIRM, PARTNER, day, dump, listing, numbered, opened, take, told, url

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

TIMES = int(os.environ.get("JOINTSANCTION_FAULTS", "4"))
"""How many importers are killed on each database; `JOINTSANCTION_FAULTS=200` for all that an issue asks."""

SERVED = max(1, TIMES // 10)
"""How many times the server is stopped, killed, and its process that serves the importer is."""

forks = pytest.mark.skipif(sys.platform == "win32", reason="no fork and no SIGKILL on this system")


@pytest.fixture
def own_server() -> Iterator[postgres_side.Server]:
    """Return the server of the tests where it is ours to stop, and have it running again afterwards."""
    if postgres_side.VARIABLE in os.environ:
        pytest.xfail("somebody else's server is not stopped")
    server = postgres_side.server()
    yield server
    if not server.runs:
        server.start()


@forks
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_whatever_happens_to_an_importer_at_any_moment(tmp_path: Path) -> None:
    """Killed, or its server is stopped, killed, or loses the process that serves it: nothing mixed, nothing lost."""
    faults: list[fault_side.Fault] = [fault_side.kill] * TIMES
    if fault_side.postgres_side_in_use() and postgres_side.VARIABLE not in os.environ:
        faults += [fault_side.stop, fault_side.kill_backend, fault_side.crash] * SERVED
    count = fault_side.hit_importers(tmp_path, faults, random.Random(6))  # noqa: S311 - moments, not secrets
    assert (count.failed, count.survived) == ([], len(faults)), count


@pytest.mark.postgresql
def test_a_server_that_goes_away_in_the_middle_of_an_import(tmp_path: Path, own_server: postgres_side.Server) -> None:
    """It is told as what it is, and once the server is back everything is as before."""
    store = opened(tmp_path)
    take(store, numbered(4), 0)
    before = dump(tmp_path)

    def stop(_done: int, _rows: int) -> None:
        own_server.stop(signal.SIGQUIT)

    with pytest.raises(RegistryError) as gone:
        take(store, numbered(8, grade="D"), 1, progress=stop)
    with pytest.raises(RegistryError) as still_gone:
        store.batches()
    own_server.start()
    assert [error.value.code for error in (gone, still_gone)] == ["registry.unreachable"] * 2
    assert dump(tmp_path) == before
    assert take(store, numbered(8, grade="D"), 1).changed == 4


def ask(engine: Engine) -> object:
    """Check a firm as the lists were known on the first day."""
    return engine.check_subject(FIRM, "procurement", as_of=day(0).date(), known_at=day(0), coverage="loaded")


@pytest.mark.postgresql
def test_a_server_that_goes_away_in_the_middle_of_checks(tmp_path: Path, own_server: postgres_side.Server) -> None:
    """An answer that can't be had is an error, and never "clear"; the next check after its return answers."""
    store = opened(tmp_path)
    take(store, [listing()], 0, covers=["BL.TAX"])
    take(store, [listing(grade="D")], 1, covers=["BL.TAX"])  # so that the first day is the past, and asked of the store
    engine = Engine(default_catalog(), store.registry(), store=store)
    answer, past = ask(engine), store.registry_at(day(0))
    own_server.stop(signal.SIGQUIT)
    for asked in (lambda: ask(engine), lambda: past.lookup((f"u:{FIRM}",), None)):
        with pytest.raises(RegistryError) as gone:
            asked()
        assert gone.value.code == "registry.unreachable"
    own_server.start()
    assert ask(engine).receipt == answer.receipt  # type: ignore[attr-defined]


@pytest.mark.sqlite
@pytest.mark.parametrize("how", ["taken away", "emptied", "overwritten", "cut short"])
def test_a_file_that_goes_away_in_the_middle_of_checks(tmp_path: Path, how: str) -> None:
    """The same of a file; and asking makes no empty one in its place."""
    store = opened(tmp_path)
    take(store, [listing()], 0, covers=["BL.TAX"])
    past, file = store.registry_at(day(0)), tmp_path / "lists.db"
    if how == "taken away":
        file.unlink()
    else:
        changed = {"emptied": b"", "overwritten": b"x" * 9000, "cut short": file.read_bytes()[:5000]}
        file.write_bytes(changed[how])
    for asked in (lambda: past.lookup((f"u:{FIRM}",), None), store.registry, lambda: take(store, [listing()], 1)):
        with pytest.raises(RegistryError) as gone:
            asked()
        assert gone.value.code == "registry.unreachable"
    assert file.exists() is (how != "taken away")


@pytest.mark.sqlite
def test_a_store_cut_short_anywhere(tmp_path: Path) -> None:
    """Of a file that lost its end either the same rows are read, or an error comes; never fewer rows."""
    store, file = opened(tmp_path), tmp_path / "lists.db"
    take(store, numbered(60), 0, covers=["BL.TAX"])
    take(store, numbered(60, grade="D"), 1, covers=["BL.TAX"])
    past, whole = store.registry_at(day(0)), file.read_bytes()
    right = past.lookup((f"u:{FIRM}",), None)
    for size in range(0, len(whole), 4096 + 512):
        file.write_bytes(whole[:size])
        try:
            assert past.lookup((f"u:{FIRM}",), None) == right
        except RegistryError as error:
            assert error.code == "registry.unreachable"  # noqa: PT017 - the right answer will do too


def test_another_store_in_its_place_is_told(tmp_path: Path) -> None:
    """A store that was exchanged under who asks it does not answer for the other one: nobody is free by mistake."""
    store = opened(tmp_path)
    take(store, [listing()], 0, covers=["BL.TAX"])
    past = store.registry_at(day(0))
    assert len(past.lookup((f"u:{FIRM}",), None)) == 1
    told(tmp_path, *(f"DELETE FROM {name}" for name in ("listing_key", "listing", "edition", "batch")))  # noqa: S608
    take(store, [listing(PARTNER)], 1, covers=["BL.TAX"])
    for asked in (lambda: past.lookup((f"u:{FIRM}",), None), lambda: past.commitments((f"u:{FIRM}",))):
        with pytest.raises(RegistryError) as exchanged:
            asked()
        assert exchanged.value.code == "registry.unreachable"


@pytest.mark.sqlite
@pytest.mark.parametrize("pages", [0, 2, 10, 30, 80])
def test_a_full_disk(tmp_path: Path, pages: int) -> None:
    """The disk fills up after some pages: nothing is half written, and with room again it goes on."""
    store = opened(tmp_path)
    take(store, numbered(20), 0, covers=["BL.TAX"])
    before, full = dump(tmp_path), opened(tmp_path)

    def fill(connection: sqlite3.Connection, _record: object) -> None:
        (there,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={there + pages}")

    event.listen(full._database.dialect.engine, "connect", fill)
    many = [listing(instrument_no=f"满{number}", source="长" * 300) for number in range(900)]
    with pytest.raises(RegistryError, match="磁盘空间已满") as told:
        take(full, [*numbered(15, grade="D"), *many], 1, covers=["BL.TAX"])
    assert (told.value.code, dump(tmp_path)) == ("registry.unreachable", before)
    assert take(store, [*numbered(15, grade="D"), *many], 1, covers=["BL.TAX"]).added == 900


@forks
@pytest.mark.postgresql
def test_a_server_whose_disk_is_full() -> None:
    """A server that can write no further says so to the importer, and keeps what it had."""
    server = postgres_side.Server(largest=3 << 20)
    try:
        store = Store.open(server.address("postgres"))
        take(store, numbered(20), 0, covers=["BL.TAX"])
        version = store.registry().version
        dice = random.Random(6)  # noqa: S311 - text that no compression makes smaller
        many = (listing(instrument_no=f"满{number}", source=dice.randbytes(900).hex()) for number in range(4000))
        with pytest.raises(RegistryError) as told:
            take(store, many, 1)
        assert told.value.code == "registry.unreachable"
        assert store.registry().version == version
        assert take(store, numbered(15, grade="D"), 2, covers=["BL.TAX"]).changed == 15
    finally:
        server.remove()


def test_importers_that_meet_take_turns(tmp_path: Path) -> None:
    """Twenty files brought by twenty importers at once: each is in the store, one after the other."""
    opened(tmp_path)
    failed: list[BaseException] = []

    def bring(number: int) -> None:
        try:
            take(opened(tmp_path), numbered(3, uscc=PARTNER, list=f"BL.{number}"), number % 3, sha256=f"{number}")
        except RegistryError as error:
            failed.append(error)

    threads = [threading.Thread(target=bring, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    # Whose clock is well behind that of who came before is told so, and has changed nothing.
    assert {error.code for error in failed if isinstance(error, RegistryError)} <= {"registry.clock"}
    batches = opened(tmp_path).batches()
    assert len(batches) == 20 - len(failed)
    assert len({batch.recorded_at for batch in batches}) == len(batches)
    assert url(tmp_path)
