"""Importing a list file (名单导入), every step shown: format, decoding, headers, rows, changes, and the writing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointsanction.cli.reassessing import told_parts
from jointsanction.cli.returning import refuse_taken, return_rows
from jointsanction.cli.screen import progress, show
from jointsanction.cli.snapshotting import after_import
from jointsanction.cli.stored import open_law
from jointsanction.engine import shanghai_now
from jointsanction.errors import RegistryError
from jointsanction.loop.arriving.arrival import Arrival, Place, read_arrival, refuse_rejected, rehearse, take, tell
from jointsanction.telling.import_page import commit_part, outcome_parts, report_parts
from jointsanction.telling.page import Headline

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from jointsanction.model.catalogue import Catalog
    from jointsanction.registry.readers.report import ImportReport

__all__ = ["Place", "Wanted", "open_law", "run_import"]


@dataclass(frozen=True, slots=True)
class Wanted(Arrival):
    """What is to be imported, and what is to be written beside the store (导入要求)."""

    rejects: Path | None = None
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
    with progress("读取") as told:
        report = read_arrival(wanted, catalog, told)
    show(report_parts(report))
    if wanted.dry_run:
        show(outcome_parts(rehearse(report, wanted, catalog, clock()), "变动（试算，只计可导入的行）"))
    if wanted.rejects is not None or not wanted.dry_run:
        show(return_rows(report, wanted.rejects))
    try:
        refuse_rejected(report, wanted)
    except RegistryError:
        show([commit_part("未执行：有记录被拒绝。")])
        raise
    if wanted.dry_run:
        show([commit_part("未执行：试运行。"), Headline("试运行结束，没有写入任何内容。")])
    else:
        _commit(report, wanted, catalog, clock())


def _commit(report: ImportReport, wanted: Wanted, catalog: Catalog, now: datetime) -> None:
    with progress("写入") as told:
        taken = take(report, wanted, catalog, now, told)
    outcome = taken.outcome
    show(outcome_parts(outcome))
    ended = "与先前导入的文件相同，没有变动" if outcome.repeated else "已导入"
    written = "没有变动，不写入。" if outcome.repeated else "整批写入一个事务，已提交。"
    show([commit_part(written), Headline(f"{ended}：批次 {outcome.batch}，名单库 {taken.store.address}")])
    show(told_parts(tell(taken, catalog, now)))
    show(after_import(taken.store, wanted.store, renew=wanted.snapshot))
