"""A list file from outside, taken in by the process it is read in (隔离导入): what came of it is told as JSON.

That process opens the store and commits itself, so that whoever started it takes over a report and not one row.
Whatever happens to it, the store has the file whole or not.
"""

from __future__ import annotations

import base64
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.catalog.bundle import read_bundle
from jointsanction.engine import shanghai_now
from jointsanction.errors import JointSanctionError
from jointsanction.home import default_store, snapshot_folder
from jointsanction.loop.arriving import arrival
from jointsanction.loop.arriving.arrival import Arrival, Place
from jointsanction.loop.arriving.limits import writing_nothing
from jointsanction.registry.readers.rejects.give_back import give_back
from jointsanction.telling.import_page import commit_part, outcome_parts, report_parts
from jointsanction.telling.page import Block, Grid, Headline, Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jointsanction.loop.arriving.arrival import Taken
    from jointsanction.model.catalogue import Catalog
    from jointsanction.registry.readers.report import ImportReport
    from jointsanction.store import BatchOutcome
    from jointsanction.telling.page import Part

SHOWN: Final = 1000
"""So many problems of rows are told one by one; each refused row is in the file that goes back."""


class Intake(NamedTuple):
    """How a list file is to be taken in (导入指令); `bundle` is the catalogue."""

    bundle: str
    store: str | None = None
    list_code: str | None = None
    mapping: str | None = None
    sheet: str | None = None
    sequence: str | None = None
    after: str | None = None
    partial: bool = False
    accept_shrink: bool = False
    accept_mismatch: bool = False
    dry_run: bool = False
    snapshot: bool = False


def take_in(file: Path, intake: Intake) -> dict[str, Any]:
    """Take a list file in, or try it, and return what came of it (导入).

    `imported`, `report`, `outcome`, `rejects`, `told`, `page`; `error` with a code where rows were refused.

    Raises:
        RegistryError: what concerns the whole file, as `read_listings` raises it.
    """
    wanted = _arrival(file, intake)
    with writing_nothing():
        catalog = read_bundle(Path(intake.bundle))
        report = arrival.read_arrival(wanted, catalog)
    told = replace(report, path=Path(report.path).name)
    done: dict[str, Any] = {"report": _report(told), "rejects": _rejects(report), "error": None}
    parts = list(_parts_of_report(told))
    try:
        outcome, taken = _taken(intake, report, wanted, catalog)
    except JointSanctionError as error:
        return {**done, **error.as_json(), "imported": False, "outcome": None, "told": [], "page": _page(parts)}
    parts += _parts_of_outcome(outcome, written=taken is not None)
    if taken is not None:
        _renew(taken, intake)
    told_to = [] if taken is None else taken.told
    events = [{"watch": each.watch, "turn": each.turn.value, "since": each.since.isoformat()} for each in told_to]
    return {
        **done, "imported": taken is not None, "outcome": asdict(outcome), "told": events, "page": _page(parts)
    }  # fmt: skip


def _taken(
    intake: Intake, report: ImportReport, wanted: Arrival, catalog: Catalog
) -> tuple[BatchOutcome, Taken | None]:
    """Take a file in, or try what that would do, and return what changed and, when it was taken in, by whom."""
    if intake.dry_run:
        outcome = arrival.rehearse(report, wanted, catalog, shanghai_now())
        arrival.refuse_rejected(report, wanted)
        return outcome, None
    arrival.refuse_rejected(report, wanted)
    taken = arrival.take(report, wanted, catalog, shanghai_now())
    return taken.outcome, taken


def _arrival(file: Path, intake: Intake) -> Arrival:
    return Arrival(
        file,
        intake.store,
        intake.list_code,
        mapping=intake.mapping,
        sheet=intake.sheet,
        place=Place(intake.sequence, intake.after),
        partial=intake.partial,
        accept_shrink=intake.accept_shrink,
        accept_mismatch=intake.accept_mismatch,
    )


def _renew(taken: Taken, intake: Intake) -> None:
    """Bring the snapshot beside the store up to date, where it is kept (更新快照)."""
    if intake.snapshot:
        taken.store.snapshot(snapshot_folder(intake.store or default_store()))


def _report(report: ImportReport) -> dict[str, Any]:
    return {
        "file": report.path,
        "sha256": report.sha256,
        "format": report.format,
        "encoding": report.encoding,
        "rows": report.rows,
        "accepted": len(report.listings),
        "rejected": report.rejected,
        "covers": [cover.list for cover in report.covers],
        "problems": [asdict(problem) for problem in report.problems[:SHOWN]],
        "more_problems": max(0, len(report.problems) - SHOWN),
    }


def _rejects(report: ImportReport) -> dict[str, Any] | None:
    """Return the refused rows as a file of the format they came in (退回文件)."""
    given = give_back(report)
    if given is None:
        return None
    name = f"{Path(report.path).stem}.问题行{given.ending}"
    return {"name": name, "rows": given.rows, "content": base64.b64encode(given.content).decode()}


def _parts_of_report(report: ImportReport) -> Iterator[Part]:
    return report_parts(replace(report, problems=report.problems[:SHOWN]))


def _parts_of_outcome(outcome: BatchOutcome, *, written: bool) -> Iterator[Part]:
    if not written:
        yield from outcome_parts(outcome, "变动（试算，只计可导入的行）")
        yield commit_part("未执行：试运行。")
        return
    yield from outcome_parts(outcome)
    yield commit_part("没有变动，不写入。" if outcome.repeated else "整批写入一个事务，已提交。")


def _page(parts: Sequence[Part]) -> list[dict[str, Any]]:
    """Return the parts of a page as JSON; `parts_of` reads them back."""
    return [{"part": type(part).__name__, **part._asdict()} for part in parts]


def parts_of(page: Sequence[dict[str, Any]]) -> Iterator[Part]:
    """Yield the parts of a page that was told as JSON (还原页面)."""
    for each in page:
        if each["part"] == "Block":
            yield Block(each["title"], tuple(Line(*line) for line in each["lines"]))
        elif each["part"] == "Grid":
            yield Grid(each["title"], tuple(each["headers"]), tuple(map(tuple, each["rows"])))
        else:
            yield Headline(each["text"])
