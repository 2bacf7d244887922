"""A list file from outside, read in a process of its own with limits set (隔离读取); this module is that process.

The order is JSON on stdin, and what came of it JSON in a file. The process opens the store and commits itself, so that
whoever started it takes over a report and not one row. Whatever happens to it, the store has the file whole or not.
"""

from __future__ import annotations

import base64
import json
import os
import sys
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.errors import JointSanctionError

if sys.platform != "win32":
    import resource

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jointsanction.loop.arriving.arrival import Arrival, Taken
    from jointsanction.model.catalogue import Catalog
    from jointsanction.registry.readers.report import ImportReport
    from jointsanction.store import BatchOutcome
    from jointsanction.telling.page import Part

MODULE: Final = __name__
SHOWN: Final = 1000
"""So many problems of rows are told one by one; each refused row is in the file that goes back."""

_OPEN_FILES: Final = 256
_GRACE: Final = 5  # seconds between the signal that asks and the one that ends


class Order(NamedTuple):
    """What is to be done with a file (导入指令); `bundle` is the catalogue, `result` where the outcome is written."""

    file: str
    result: str
    bundle: str
    memory: int
    cpu_seconds: int
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


def can_confine() -> bool:
    """Tell whether this system can limit a process (能否限额)."""
    return sys.platform != "win32"


def main() -> None:
    """Do what stdin says and write what came of it."""
    order = Order(**json.loads(sys.stdin.buffer.read()))
    _confine(order)
    try:
        done = _done(order)
    except MemoryError:
        done = {"fault": "memory"}
    except JointSanctionError as error:
        done = error.as_json()
    except Exception as error:  # noqa: BLE001 - its text could hold a cell of the file
        done = {"fault": type(error).__name__}
    half = Path(order.result + ".part")
    half.write_text(json.dumps(done, ensure_ascii=False), encoding="utf-8")
    half.replace(order.result)


def _confine(order: Order) -> None:
    """Take no more memory and time than allowed, leave no memory image behind, start nothing."""
    for what, most in (
        (resource.RLIMIT_AS, order.memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
    ):
        _lower(what, most, most)
    _lower(resource.RLIMIT_CPU, order.cpu_seconds, order.cpu_seconds + _GRACE)


def _lower(what: int, soft: int, hard: int) -> None:
    """Lower a limit; one that is lower already stays."""
    there = resource.getrlimit(what)[1]
    most = hard if there == resource.RLIM_INFINITY else min(hard, there)
    resource.setrlimit(what, (min(soft, most), most))


@contextmanager
def _writing_nothing() -> Iterator[None]:
    """Let the process write no byte into any file while it reads: nothing that reads has to."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def _done(order: Order) -> dict[str, Any]:
    from jointsanction.catalog.bundle import read_bundle  # noqa: PLC0415 - within the limits
    from jointsanction.loop.arriving import arrival  # noqa: PLC0415

    wanted = _arrival(order)
    with _writing_nothing():
        catalog = read_bundle(Path(order.bundle))
        report = arrival.read_arrival(wanted, catalog)
    told = replace(report, path=Path(report.path).name)
    done: dict[str, Any] = {"report": _report(told), "rejects": _rejects(report), "error": None}
    parts = list(_parts_of_report(told))
    try:
        outcome, taken = _taken(order, report, wanted, catalog)
    except JointSanctionError as error:
        return {**done, **error.as_json(), "imported": False, "outcome": None, "told": [], "page": _page(parts)}
    parts += _parts_of_outcome(outcome, written=taken is not None)
    if taken is not None:
        _renew(taken, order)
    told_to = [] if taken is None else taken.told
    events = [{"watch": each.watch, "turn": each.turn.value, "since": each.since.isoformat()} for each in told_to]
    return {
        **done, "imported": taken is not None, "outcome": asdict(outcome), "told": events, "page": _page(parts)
    }  # fmt: skip


def _taken(order: Order, report: ImportReport, wanted: Arrival, catalog: Catalog) -> tuple[BatchOutcome, Taken | None]:
    """Take a file in, or try what that would do, and return what changed and, when it was taken in, by whom."""
    from jointsanction.engine import shanghai_now  # noqa: PLC0415 - within the limits
    from jointsanction.loop.arriving import arrival  # noqa: PLC0415

    if order.dry_run:
        outcome = arrival.rehearse(report, wanted, catalog, shanghai_now())
        arrival.refuse_rejected(report, wanted)
        return outcome, None
    arrival.refuse_rejected(report, wanted)
    taken = arrival.take(report, wanted, catalog, shanghai_now())
    return taken.outcome, taken


def _arrival(order: Order) -> Arrival:
    from jointsanction.loop.arriving.arrival import Arrival, Place  # noqa: PLC0415 - within the limits

    return Arrival(
        Path(order.file),
        order.store,
        order.list_code,
        mapping=order.mapping,
        sheet=order.sheet,
        place=Place(order.sequence, order.after),
        partial=order.partial,
        accept_shrink=order.accept_shrink,
        accept_mismatch=order.accept_mismatch,
    )


def _renew(taken: Taken, order: Order) -> None:
    """Bring the snapshot beside the store up to date, where it is kept (更新快照)."""
    if order.snapshot:
        from jointsanction.home import default_store, snapshot_folder  # noqa: PLC0415 - within the limits

        taken.store.snapshot(snapshot_folder(order.store or default_store()))


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
    from jointsanction.registry.readers.rejects.give_back import give_back  # noqa: PLC0415 - within the limits

    given = give_back(report)
    if given is None:
        return None
    name = f"{Path(report.path).stem}.问题行{given.ending}"
    return {"name": name, "rows": given.rows, "content": base64.b64encode(given.content).decode()}


def _parts_of_report(report: ImportReport) -> Iterator[Part]:
    from jointsanction.telling.import_page import report_parts  # noqa: PLC0415 - within the limits

    return report_parts(replace(report, problems=report.problems[:SHOWN]))


def _parts_of_outcome(outcome: Any, *, written: bool) -> Iterator[Part]:  # noqa: ANN401 - a BatchOutcome
    from jointsanction.telling.import_page import commit_part, outcome_parts  # noqa: PLC0415 - within the limits

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
    from jointsanction.telling.page import Block, Grid, Headline, Line  # noqa: PLC0415 - for whoever shows it

    for each in page:
        if each["part"] == "Block":
            yield Block(each["title"], tuple(Line(*line) for line in each["lines"]))
        elif each["part"] == "Grid":
            yield Grid(each["title"], tuple(each["headers"]), tuple(map(tuple, each["rows"])))
        else:
            yield Headline(each["text"])


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    # Threads that libraries left behind, and what they hold, are nobody's business any more.
    os._exit(0)
