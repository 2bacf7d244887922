"""Reading a list file from beginning to end (名单导入): sniff, decode, find the header, map columns, read rows."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jointsanction.errors import RegistryError
from jointsanction.registry.readers.covers import Whole, still_whole
from jointsanction.registry.readers.flaws import with_flaws
from jointsanction.registry.readers.headers import header_words
from jointsanction.registry.readers.layout import HeaderReader, chosen_rows, make_layout
from jointsanction.registry.readers.lists import ListFinder
from jointsanction.registry.readers.mapping import FileMapping, load_mapping, refuse_unsound
from jointsanction.registry.readers.pairs import Paired, pair_up
from jointsanction.registry.readers.quality.compared import compared
from jointsanction.registry.readers.quality.figures import tidied
from jointsanction.registry.readers.report import Cover, Fault, ImportReport, RowProblem
from jointsanction.registry.readers.rows import RowReader, RowReading
from jointsanction.registry.readers.tables.containers import open_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jointsanction.model.catalogue import Catalog, ListType
    from jointsanction.registry.readers.tables.table import Table
    from jointsanction.terms import Operation

_STEP: Final = 1_000


def read_listings(  # noqa: PLR0913 - what an office may have to say of a file
    path: Path | str,
    catalog: Catalog,
    *,
    list_code: str | None = None,
    mapping: FileMapping | Path | str | None = None,
    sheet: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> ImportReport:
    """Return the listings of a file and everything wrong with it (名单导入); nothing is stored.

    `list_code` is the list of rows that name none, and declares the file a complete edition of it. `mapping` is the
    path of a mapping file or the name of one that ships with the package. `sheet` names the worksheet of a workbook;
    without it the one with the best header is read. `progress` is told the rows done and the rows in all.

    Raises:
        RegistryError: what concerns the whole file: `registry.no_file`, `registry.empty`, `registry.format`,
            `registry.encoding`, `registry.truncated`, `registry.csv`, `registry.json`, `registry.xml`,
            `registry.no_records`, `registry.header`, `registry.mapping`, `registry.unknown_mapping`,
            `registry.unknown_list`, `registry.forbidden_list`; of a workbook also `registry.sheet`,
            `registry.corrupt`, `registry.password`, `registry.too_large`, `registry.extent`.
    """
    raw, plan = _bytes(Path(path)), _plan(mapping)
    finder, words = ListFinder(catalog), header_words()
    declared, only = _declared(finder, plan, list_code), _list(finder, list_code or plan.list)
    read = HeaderReader(plan, words)
    whole, encoding, form, told = open_file(Path(path), raw, read, plan=plan, sheet=sheet)
    layout = make_layout(table := chosen_rows(whole, plan), read, has_list=only is not None)
    _refuse_empty(whole, declared, is_delta=layout.is_delta)
    reader = RowReader(layout, finder, only_list=only, values=words.values)
    single = tuple(with_flaws(table, layout, _read(table, reader, progress)))
    (readings, joined, notes), (covers, withheld) = _together(single, declared, table, is_delta=layout.is_delta)
    rows = len(table.rows) + len(table.broken) - joined
    repeated, quality = compared(readings, rows)
    around = (told, layout.notes, table.notes, notes, table.broken, withheld, repeated)
    return ImportReport(
        path=str(path),
        sha256="sha256:" + hashlib.sha256(raw).hexdigest(),
        encoding=encoding,
        format=form,
        rows=rows,
        listings=tuple(found.listing for found in readings if found.listing is not None),
        problems=_in_order(*around, *(found.problems for found in readings)),
        covers=covers,
        operations=_operations(readings) if layout.is_delta else None,
        list=None if only is None else only.code,
        headers=layout.mapped,
        found=table.found,
        plan=plan,
        tidied=tidied(table.rows, layout.columns),
        quality=quality,
    )


def _together(
    readings: tuple[RowReading, ...], declared: tuple[Cover, ...], table: Table, *, is_delta: bool
) -> tuple[Paired, Whole]:
    """Return the rows with every end put to its beginning, and which lists the file holds whole.

    The ends that a delta states are of records known before it, and of no list does it hold the whole.
    """
    if is_delta:
        return Paired(readings, 0), Whole((), ())
    paired = pair_up(readings)
    return paired, still_whole(declared, paired.readings, table)


def _operations(readings: Iterable[RowReading]) -> tuple[Operation, ...]:
    return tuple(found.operation for found in readings if found.listing is not None and found.operation is not None)


def _in_order(*problems: tuple[RowProblem, ...]) -> tuple[RowProblem, ...]:
    return tuple(sorted((each for some in problems for each in some), key=lambda problem: problem.row))


def _refuse_empty(table: Table, declared: tuple[Cover, ...], *, is_delta: bool) -> None:
    if not (table.rows or table.broken or declared or is_delta):
        raise RegistryError("registry.empty", "文件没有任何记录。", "声明空名单请用 --list 或映射文件的 covers。")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise RegistryError("registry.no_file", f"无法读取文件 {path}。", "请核对路径和权限。") from error


def _plan(mapping: FileMapping | Path | str | None) -> FileMapping:
    if mapping is None:
        return FileMapping()
    if isinstance(mapping, FileMapping):
        refuse_unsound(mapping)
        return mapping
    return load_mapping(mapping)


def _list(finder: ListFinder, text: str | None) -> ListType | None:
    if text is None:
        return None
    found = finder.find(text)
    if isinstance(found, Fault):
        code = "registry.forbidden_list" if found.code == "list.forbidden" else "registry.unknown_list"
        raise RegistryError(code, found.message, "请改用目录中的名单代码；自有名单须先写入自己的目录。")
    return found


def _declared(finder: ListFinder, plan: FileMapping, list_code: str | None) -> tuple[Cover, ...]:
    named = (*(() if list_code is None else (list_code,)), *plan.covers)
    kinds = (kind for text in named if (kind := _list(finder, text)) is not None)
    return tuple(dict.fromkeys(Cover(kind.code, plan.regions, plan.covers_from) for kind in kinds))


def _read(table: Table, reader: RowReader, progress: Callable[[int, int], None] | None) -> Iterator[RowReading]:
    for done, (number, cells) in enumerate(table.rows, 1):
        yield reader.read(number, cells)
        if progress is not None and (done % _STEP == 0 or done == len(table.rows)):
            progress(done, len(table.rows))
