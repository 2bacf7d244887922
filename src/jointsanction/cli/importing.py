"""Importing a list file (名单导入), every step shown: format, decoding, headers, rows, changes, and the writing."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jointsanction.cli.import_page import commit_part, outcome_parts, report_parts
from jointsanction.cli.page import Headline
from jointsanction.cli.reassessing import tell_watchers, told_parts
from jointsanction.cli.returning import refuse_taken, return_rows
from jointsanction.cli.screen import progress, show
from jointsanction.cli.snapshotting import after_import
from jointsanction.engine import open_catalog, shanghai_now
from jointsanction.errors import RegistryError
from jointsanction.home import default_store
from jointsanction.registry.readers.read import read_listings
from jointsanction.registry.serials import Serial, undeclared, unnamed
from jointsanction.store import Delivery, Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from jointsanction.model.catalogue import Catalog
    from jointsanction.registry.readers.report import ImportReport
    from jointsanction.store import BatchOutcome

__all__ = ["Place", "Wanted", "open_catalog", "run_import"]


class Place(NamedTuple):
    """Which delivery of its stream a file is, as the user says (期号)."""

    number: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be imported, where to, and how much may be wrong with it (导入要求)."""

    file: Path
    store: str | None = None
    list_code: str | None = None
    mapping: Path | str | None = None
    sheet: str | None = None
    rejects: Path | None = None
    place: Place = field(default_factory=Place)
    partial: bool = False
    accept_shrink: bool = False
    accept_mismatch: bool = False
    dry_run: bool = False
    snapshot: bool = False


def run_import(wanted: Wanted, catalog: Catalog, clock: Callable[[], datetime] = shanghai_now) -> None:
    """Import a file and show each step; of a trial run everything but the writing.

    Refused rows are written beside the file, or where it was asked; by a trial run only where it was asked.

    Raises:
        RegistryError: what concerns the whole file; `registry.rejected_rows` when a row is refused and the rest was
            not asked for. Nothing is written then.
    """
    refuse_taken(wanted.rejects)
    report = _read(wanted, catalog)
    show(report_parts(report))
    if wanted.dry_run:
        show(outcome_parts(_rehearsed(report, wanted, catalog, clock()), "变动（试算，只计可导入的行）"))
    if wanted.rejects is not None or not wanted.dry_run:
        show(return_rows(report, wanted.rejects))
    if not report.acceptable(partial=wanted.partial):
        show([commit_part("未执行：有记录被拒绝。")])
        message = f"有 {report.rejected} 行被拒绝，整个文件未导入。"
        rest = "增量文件须整份导入。" if report.operations is not None else "或加 --partial 只导入其余各行。"
        raise RegistryError("registry.rejected_rows", message, f"逐行改正后重新导入；{rest}")
    if wanted.dry_run:
        show([commit_part("未执行：试运行。"), Headline("试运行结束，没有写入任何内容。")])
    else:
        _commit(report, wanted, catalog, clock())


def _read(wanted: Wanted, catalog: Catalog) -> ImportReport:
    with progress("读取") as told:
        return read_listings(
            wanted.file,
            catalog,
            list_code=wanted.list_code,
            mapping=wanted.mapping,
            sheet=wanted.sheet,
            progress=told,
        )


def _commit(report: ImportReport, wanted: Wanted, catalog: Catalog, now: datetime) -> None:
    store = Store.open(wanted.store or default_store())
    with progress("写入") as told:
        outcome = store.commit(
            _delivery(report, wanted, catalog),
            report.listings,
            recorded_at=now,
            accept_shrink=wanted.accept_shrink,
            progress=told,
        )
    show(outcome_parts(outcome))
    ended = "与先前导入的文件相同，没有变动" if outcome.repeated else "已导入"
    written = "没有变动，不写入。" if outcome.repeated else "整批写入一个事务，已提交。"
    show([commit_part(written), Headline(f"{ended}：批次 {outcome.batch}，名单库 {store.address}")])
    if not outcome.repeated:
        show(told_parts(tell_watchers(store, catalog, now)))
    show(after_import(store, wanted.store, renew=wanted.snapshot))


def _rehearsed(report: ImportReport, wanted: Wanted, catalog: Catalog, now: datetime) -> BatchOutcome:
    """Return what the file would change; a store that isn't there yet is not made for it."""
    given = _delivery(report, wanted, catalog)
    try:
        store = Store.open(wanted.store or default_store(), create=False)
    except RegistryError as error:
        if error.code != "registry.no_store":
            raise
        with tempfile.TemporaryDirectory() as folder:
            empty = Store.open(f"sqlite:///{Path(folder) / 'rehearsal.db'}")
            return empty.rehearse(given, report.listings, recorded_at=now, accept_shrink=True)
    return store.rehearse(given, report.listings, recorded_at=now, accept_shrink=wanted.accept_shrink)


def _delivery(report: ImportReport, wanted: Wanted, catalog: Catalog) -> Delivery:
    """Return a file as it is handed over; its stream is named for its provider and its list.

    Raises:
        RegistryError: `registry.delta_undeclared` for a delta that doesn't say which one it is;
            `registry.delta_unnamed` when nobody can tell whose deliveries are counted.
    """
    stream = " ".join(filter(None, (report.provider, report.list)))
    serial = Serial.read(stream, *wanted.place)
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
        accept_mismatch=wanted.accept_mismatch,
        floors={code: kind.floor for code, kind in catalog.lists.items()},
    )
