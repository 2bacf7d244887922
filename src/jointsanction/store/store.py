"""The door of the store of lists (名单库): files go in, whole or not at all, and a registry comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from jointsanction.registry.snapshot.locking import building
from jointsanction.registry.snapshot.registry import SnapshotRegistry
from jointsanction.store.batch_log import all_batches
from jointsanction.store.catalogues import is_kept, keep, kept
from jointsanction.store.commitment_ledger import CommitmentLedger
from jointsanction.store.database import Database
from jointsanction.store.instants import to_micros
from jointsanction.store.near import near
from jointsanction.store.registries import believed, by_sql, in_memory
from jointsanction.store.repair_ledger import RepairLedger
from jointsanction.store.rows import COLUMNS, listings_of
from jointsanction.store.scan import Scan
from jointsanction.store.scanning import Among, among_rows
from jointsanction.store.sequence import instant_after
from jointsanction.store.snapshots import bring_up
from jointsanction.store.state import state_of
from jointsanction.store.tables import LISTING
from jointsanction.store.taking_in import Intake, rehearse, take_in
from jointsanction.store.touched import entered_after, touched_since
from jointsanction.store.verdicts import verdicts_known, write_verdict
from jointsanction.store.watch_ledger import WatchLedger

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.identity_verdict import IdentityVerdict
    from jointsanction.model.subject import Listing
    from jointsanction.model.touched import Touched
    from jointsanction.registry.memory import MemoryRegistry
    from jointsanction.registry.protocol import Registry
    from jointsanction.store.batches import Batch, BatchOutcome, Delivery
    from jointsanction.store.beliefs import Progress
    from jointsanction.store.snapshots import Told


class Store:
    """A store of lists (名单库), kept in a SQLite file or in PostgreSQL.

    Safe between threads and processes; nothing stays open.

    Two clocks: a listing carries the days it holds for, and the store the instants from which and until which it was
    believed. A row is never changed, only superseded, so what was known at any earlier instant can be asked.
    """

    def __init__(self, database: Database) -> None:
        """Take a database that `open` prepared."""
        self._database = database

    @classmethod
    def open(cls, url: str, *, create: bool = True, wait: float = 30.0) -> Store:
        """Open a store by its URL, `sqlite:///path` or `postgresql://…`; one that isn't there is made.

        `wait` is how many seconds to wait for another import; with `create` false nothing is made.

        Raises:
            RegistryError: `registry.no_store` when there is none and `create` is false; `registry.unreachable` when the
                file can't be read or is no store; `registry.schema` when another version wrote it; `registry.url`.
        """
        database = Database(url, wait=wait)
        database.prepare(create=create)
        return cls(database)

    def commit(
        self,
        delivery: Delivery,
        listings: Iterable[Listing],
        *,
        recorded_at: datetime,
        accept_shrink: bool = False,
        progress: Progress | None = None,
    ) -> BatchOutcome:
        """Take in the rows of a file in one transaction, and return what that changed (导入).

        A row that is believed already stays; one that says something else supersedes it. A list that the delivery
        declares whole is compared whole: rows that stood and are no longer named stay, with `missing_since`.
        The rows of a delta do to records what they say (新增、变更、移出), each delivery in its turn and once.
        `recorded_at` is the caller's clock. Of two batches the later is the one taken in later: an instant up to five
        minutes behind the last batch becomes one microsecond after it.

        Raises:
            RegistryError: `registry.shrunken` when less of a list is left than its floor, unless `accept_shrink`;
                `registry.delta_order` for a delta out of turn, `registry.delta_mismatch` for one that doesn't fit what
                is known, unless it says `accept_mismatch`; `registry.busy` while another import writes;
                `registry.clock` when the clock is well behind; `registry.naive`.
        """
        intake = Intake(
            delivery=delivery,
            listings=listings,
            clock=to_micros(recorded_at),
            dialect=self._database.dialect,
            accept_shrink=accept_shrink,
            progress=progress,
        )
        with self._database.writing() as connection:
            return take_in(connection, intake)

    def rehearse(
        self,
        delivery: Delivery,
        listings: Iterable[Listing],
        *,
        recorded_at: datetime,
        accept_shrink: bool = False,
    ) -> BatchOutcome:
        """Return what `commit` would, and write nothing (试运行).

        Raises:
            RegistryError: what `commit` would raise.
        """
        intake = Intake(
            delivery=delivery,
            listings=listings,
            clock=to_micros(recorded_at),
            dialect=self._database.dialect,
            accept_shrink=accept_shrink,
        )
        with self._database.reading() as connection:
            return rehearse(connection, intake)

    def registry(self) -> MemoryRegistry:
        """Return all that is believed now, in memory (当前名单库).

        Its version is that of the chain of batches: equal for equal files taken in in the same order at the same
        instants. A file that neither changed nor declared anything is no state of its own.
        """
        with self._database.reading() as connection:
            return in_memory(connection)

    def registry_at(self, known_at: datetime, *, asked: Collection[str] = ()) -> Registry:
        """Return what was believed at an instant, answered by SQL; nothing at all before the first batch (历史名单库).

        What stands under the keys that will be `asked` about, of numbers and of names, is fetched at once.

        Raises:
            RegistryError: `registry.naive`.
        """
        with self._database.reading() as connection:
            past = by_sql(connection, self._database, to_micros(known_at))
            return near(connection, past, asked) if asked else past

    def version(self) -> str:
        """Return the version of the present state, that of `registry()` (当前版本)."""
        with self._database.reading() as connection:
            return state_of(connection).version

    def snapshot(self, folder: Path, *, anew: bool = False, progress: Told | None = None) -> SnapshotRegistry:
        """Bring the snapshot in a folder to the present state and open it (名单快照): it answers as `registry()`.

        Only what changed is written; all of it when there is none yet, when it can't be read, or when `anew` says so.
        `progress` is told how many rows are written.

        Raises:
            RegistryError: `registry.snapshot_unwritable`; `registry.busy` while another process brings it up.
        """
        with building(folder), self._database.reading() as connection:
            return SnapshotRegistry(folder, bring_up(connection, folder, anew=anew, progress=progress))

    def touched(self, since: str | datetime | None = None) -> Touched:
        """Return what was recorded from a batch, the newest batch, or an instant on (变动记录).

        These are rows that came, rows that ended, and entries of the ledgers.

        Raises:
            RegistryError: `registry.no_such_batch`; `registry.naive`.
        """
        with self._database.reading() as connection:
            return touched_since(connection, since)

    def entered(self, after: datetime) -> Touched:
        """Return what was entered into the ledgers after an instant, and no rows (台账变动)."""
        with self._database.reading() as connection:
            return entered_after(connection, after)

    @property
    def watches(self) -> WatchLedger:
        """Return the ledger of who is watched (关注台账)."""
        return WatchLedger(self._database)

    @property
    def scan(self) -> Scan:
        """Return what reads rows in bulk, for work lists and exports (名单扫描)."""
        return Scan(self._database)

    @property
    def repairs(self) -> RepairLedger:
        """Return the ledger of repair and objection (修复、异议台账); the next registry reads by it."""
        return RepairLedger(self._database)

    @property
    def commitments(self) -> CommitmentLedger:
        """Return the ledger of commitments and talks (承诺台账); the next registry takes into account what it holds."""
        return CommitmentLedger(self._database)

    def decide(self, verdict: IdentityVerdict, *, recorded_at: datetime) -> None:
        """Keep what a person decided about a candidate (身份核实); the next registry takes it into account.

        Raises:
            RegistryError: `registry.busy`, `registry.naive`.
        """
        with self._database.writing() as connection:
            write_verdict(connection, verdict, instant_after(connection, to_micros(recorded_at)))

    def verdicts(self) -> tuple[IdentityVerdict, ...]:
        """Return every verdict given, the newest last (身份核实结论)."""
        with self._database.reading() as connection:
            return verdicts_known(connection)

    def row(self, batch: str, row: int) -> Listing | None:
        """Return the listing of a batch and row that is believed now, None when there is none (按批次和行号取记录)."""
        at = (LISTING.c.batch == batch, LISTING.c.row == row, LISTING.c.superseded_at.is_(None))
        with self._database.reading() as connection:
            return next(listings_of(connection.execute(select(*COLUMNS).where(*at)).all()), None)

    def listings(self, codes: Iterable[str], region: str | None = None) -> Iterator[Listing]:
        """Yield every row of some lists that is believed now, in the order they were taken in (名单记录).

        `region` is the beginning of the codes of those that are wanted.
        """
        with self._database.reading() as connection:
            yield from believed(connection, *among_rows(Among(lists=tuple(codes), region=region)))

    def printed(self, batch: str, row: int) -> str | None:
        """Return a row as its file printed it, as JSON, None when it was not kept (原始行)."""
        at = (LISTING.c.batch == batch, LISTING.c.row == row)
        with self._database.reading() as connection:
            newest = select(LISTING.c.raw).where(*at).order_by(LISTING.c.id.desc()).limit(1)
            return connection.execute(newest).scalar()

    def keep(self, catalog: Catalog, version: str) -> None:
        """Keep a catalogue that answers from this store, once; `recheck` holds its receipts against it (保存目录).

        Raises:
            RegistryError: `registry.unreachable` or `registry.busy` when nothing can be written.
        """
        with self._database.reading() as connection:
            if is_kept(connection, version):
                return
        with self._database.writing() as connection:
            keep(connection, catalog, version)

    def catalogue(self, version: str) -> Catalog | None:
        """Return a catalogue that answered from this store, None when none of that version did (当时的目录).

        Raises:
            CatalogError: when it was kept in a form that this program no longer reads.
        """
        with self._database.reading() as connection:
            return kept(connection, version)

    @property
    def address(self) -> str:
        """Return the URL of the store as it may be shown, without a password (名单库地址)."""
        return self._database.dialect.address

    def batches(self) -> tuple[Batch, ...]:
        """Return every file taken in, the newest last (导入批次)."""
        with self._database.reading() as connection:
            return all_batches(connection)
