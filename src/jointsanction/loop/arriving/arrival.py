"""A list file arrives (名单到件): read, taken in or tried, and whoever watches told."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jointsanction.errors import RegistryError
from jointsanction.home import default_store
from jointsanction.loop.arriving.watchers import tell_watchers
from jointsanction.registry.readers.read import read_listings
from jointsanction.registry.serials import Serial, undeclared, unnamed
from jointsanction.store import Delivery, Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.watch import WatchEvent
    from jointsanction.registry.readers.report import ImportReport
    from jointsanction.store import BatchOutcome


class Place(NamedTuple):
    """Which delivery of its stream a file is, as the user says (期号)."""

    number: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A list file, where it is to go, and how much may be wrong with it (到件)."""

    file: Path
    store: str | None = None
    list_code: str | None = None
    mapping: Path | str | None = None
    sheet: str | None = None
    place: Place = field(default_factory=Place)
    partial: bool = False
    accept_shrink: bool = False
    accept_mismatch: bool = False


class Taken(NamedTuple):
    """What taking a file in came to (导入结果): in which store, and what changed there."""

    store: Store
    outcome: BatchOutcome


def read_arrival(
    arrival: Arrival, catalog: Catalog, progress: Callable[[int, int], None] | None = None
) -> ImportReport:
    """Return what a file holds and everything wrong with it; nothing is stored.

    Raises:
        RegistryError: what `read_listings` raises.
    """
    return read_listings(
        arrival.file,
        catalog,
        list_code=arrival.list_code,
        mapping=arrival.mapping,
        sheet=arrival.sheet,
        progress=progress,
    )


def refuse_rejected(report: ImportReport, arrival: Arrival) -> None:
    """Refuse a file with refused rows, unless the rest was asked for.

    Raises:
        RegistryError: `registry.rejected_rows`.
    """
    if report.acceptable(partial=arrival.partial):
        return
    message = f"有 {report.rejected} 行被拒绝，整个文件未导入。"
    rest = "增量文件须整份导入。" if report.operations is not None else "或加 --partial 只导入其余各行。"
    raise RegistryError("registry.rejected_rows", message, f"逐行改正后重新导入；{rest}")


def take(
    report: ImportReport,
    arrival: Arrival,
    catalog: Catalog,
    now: datetime,
    progress: Callable[[int, int], None] | None = None,
) -> Taken:
    """Take a file in, in one transaction (导入); whoever watches is told by `tell`.

    Raises:
        RegistryError: what `Store.open` and `Store.commit` raise; `registry.delta_undeclared`,
            `registry.delta_unnamed`.
    """
    store = Store.open(arrival.store or default_store())
    outcome = store.commit(
        delivery_of(report, arrival, catalog),
        report.listings,
        recorded_at=now,
        accept_shrink=arrival.accept_shrink,
        progress=progress,
    )
    return Taken(store, outcome)


def tell(taken: Taken, catalog: Catalog, now: datetime) -> tuple[WatchEvent, ...]:
    """Tell whoever watches of a file that was taken in, and return what was told (告知关注).

    Apart from taking it in: whatever becomes of this, the file is in the store. Who is not told now is told next time.

    Raises:
        RegistryError: `registry.busy`, `registry.unreachable`.
    """
    return () if taken.outcome.repeated else tell_watchers(taken.store, catalog, now)


def rehearse(report: ImportReport, arrival: Arrival, catalog: Catalog, now: datetime) -> BatchOutcome:
    """Return what a file would change (试运行); a store that isn't there yet is not made for it.

    Raises:
        RegistryError: what `take` raises.
    """
    given = delivery_of(report, arrival, catalog)
    try:
        store = Store.open(arrival.store or default_store(), create=False)
    except RegistryError as error:
        if error.code != "registry.no_store":
            raise
        with tempfile.TemporaryDirectory() as folder:
            empty = Store.open(f"sqlite:///{Path(folder) / 'rehearsal.db'}")
            return empty.rehearse(given, report.listings, recorded_at=now, accept_shrink=True)
    return store.rehearse(given, report.listings, recorded_at=now, accept_shrink=arrival.accept_shrink)


def delivery_of(report: ImportReport, arrival: Arrival, catalog: Catalog) -> Delivery:
    """Return a file as it is handed over; its stream is named for its provider and its list.

    Raises:
        RegistryError: `registry.delta_undeclared` for a delta that doesn't say which one it is;
            `registry.delta_unnamed` when nobody can tell whose deliveries are counted.
    """
    stream = " ".join(filter(None, (report.provider, report.list)))
    serial = Serial.read(stream, *arrival.place)
    if report.operations is not None and serial.number is None:
        raise undeclared()
    if serial.number is not None and not stream:
        raise unnamed()
    return Delivery(
        sha256=report.sha256,
        file_name=Path(report.path).name,
        provider=report.provider,
        covers=report.covers,
        serial=serial if stream else None,
        operations=report.operations,
        accept_mismatch=arrival.accept_mismatch,
        floors={code: kind.floor for code, kind in catalog.lists.items()},
    )
