"""A list file from outside, taken in by the process it is read in (隔离导入): what came of it is told as JSON.

That process opens the store and commits itself, so that whoever started it takes over a report and not one row.
Whatever happens to it, the store has the file whole or not.
"""

from __future__ import annotations

import base64
import re
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.catalog.bundle import read_bundle
from jointsanction.engine import shanghai_now
from jointsanction.errors import JointSanctionError, RegistryError
from jointsanction.home import default_store, snapshot_folder
from jointsanction.loop.arriving import arrival
from jointsanction.loop.arriving.arrival import Arrival, Place
from jointsanction.loop.arriving.limits import writing_nothing
from jointsanction.registry.readers.rejects.give_back import give_back
from jointsanction.telling.import_page import commit_part, outcome_parts, report_parts
from jointsanction.telling.page import Block, Grid, Headline, Line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from jointsanction.loop.arriving.arrival import Taken
    from jointsanction.model.catalogue import Catalog
    from jointsanction.registry.readers.report import ImportReport
    from jointsanction.store import BatchOutcome
    from jointsanction.telling.page import Part

SHOWN: Final = 1000
"""So many problems of rows are told one by one; each refused row is in the file that goes back."""


_STEPS: Final = {"watching": "告知关注", "snapshot": "更新快照"}
"""What comes after a list is in the store, each with its title."""

_UNFINISHED: Final = RegistryError(
    "registry.after_import",
    "名单已整份导入，其后的这一步没有做完。",
    "不必重新导入：关注在下次导入时补告，快照用 jointsanction snapshot build 重建。",
).as_json()["error"]

_SWITCH: Final = re.compile(r"--(partial|accept-shrink|accept-mismatch)")
_OPTION: Final = re.compile(r" ?--(list|mapping|sheet|sequence|after)\b(?: ([A-Za-z0-9…]+|[^\s，。；、（）]+(?= )))?")


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


def take_in(file: Path, intake: Intake, keep: Callable[[dict[str, Any]], None] = lambda _: None) -> dict[str, Any]:
    """Take a list file in, or try it, and return what came of it (导入).

    `imported`, `report`, `outcome`, `rejects`, `told`, `page`; `error` with a code where rows were refused; `watching`
    and `snapshot` with one where the list is in the store and what comes after failed. `keep` is given what came of it
    as soon as it is in the store: whatever ends this process then, that is what came of it.

    Raises:
        RegistryError: what concerns the whole file, as `read_listings` raises it, in the words of the service.
    """
    try:
        with writing_nothing():
            catalog = read_bundle(Path(intake.bundle))
            report = arrival.read_arrival(_arrival(file, intake), catalog)
    except RegistryError as error:
        raise RegistryError(error.code, error.message, in_parameters(error.hint)) from error
    return _came_of(report, intake, (_arrival(file, intake), catalog), keep)


def in_parameters(text: str) -> str:
    """Return a hint that names options of `jointsanction import` with the parameters of the service instead (用语).

    >>> in_parameters("请加 --sequence N 写明期号；或加 --partial 只导入其余各行。")
    '请加 sequence=N 写明期号；或加 partial=true 只导入其余各行。'
    >>> in_parameters("请核对 --sheet。")
    '请核对参数 sheet。'
    """
    switched = _SWITCH.sub(lambda found: f"{found[1].replace('-', '_')}=true", text)
    return _OPTION.sub(lambda found: f" {found[1]}={found[2]}" if found[2] else f"参数 {found[1]}", switched)


def _came_of(
    report: ImportReport, intake: Intake, order: tuple[Arrival, Catalog], keep: Callable[[dict[str, Any]], None]
) -> dict[str, Any]:
    wanted, catalog = order
    problems = tuple(replace(problem, message=in_parameters(problem.message)) for problem in report.problems)
    told = replace(report, path=Path(report.path).name, problems=problems)
    done: dict[str, Any] = {"report": _report(told), "rejects": _rejects(report), "error": None, "told": []}
    done |= {"watching": None, "snapshot": None}
    parts = list(_parts_of_report(told))
    try:
        outcome, taken = _taken(intake, report, wanted, catalog)
    except JointSanctionError as error:
        said = {"code": error.code, "message": error.message, "hint": in_parameters(error.hint)}
        return {**done, "error": said, "imported": False, "outcome": None, "page": _page(parts)}
    parts += _parts_of_outcome(outcome, written=taken is not None)
    done |= {"imported": taken is not None, "outcome": asdict(outcome), "page": _page(parts)}
    if taken is None:
        return done
    keep({**done, "watching": _UNFINISHED, "snapshot": _UNFINISHED if intake.snapshot else None})
    after = _after(taken, intake, catalog)
    faults = {title: after[name] for name, title in _STEPS.items() if after[name] is not None}
    if faults:
        lines = tuple(Line(title, f"{fault['message']}{fault['hint']}") for title, fault in faults.items())
        parts.append(Block("已经导入，其后没有做完", lines))
    return {**done, **after, "page": _page(parts)}


def _after(taken: Taken, intake: Intake, catalog: Catalog) -> dict[str, Any]:
    """Do what comes after a list is in the store, each step whatever became of the other, and return what failed."""
    events: list[dict[str, Any]] = []
    watching = snapshot = None
    try:
        told = arrival.tell(taken, catalog, shanghai_now())
        events = [{"watch": each.watch, "turn": each.turn.value, "since": each.since.isoformat()} for each in told]
    except Exception as error:  # noqa: BLE001 - the list is in the store, whatever this is
        watching = _fault(error)
    try:
        _renew(taken, intake)
    except Exception as error:  # noqa: BLE001 - the same
        snapshot = _fault(error)
    return {"told": events, "watching": watching, "snapshot": snapshot}


def _fault(error: Exception) -> dict[str, str]:
    return error.as_json()["error"] if isinstance(error, JointSanctionError) else _UNFINISHED


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
