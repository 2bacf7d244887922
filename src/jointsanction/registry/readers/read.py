"""Reading a list file from beginning to end (名单导入): sniff, decode, find the header, map columns, read rows."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jointsanction.errors import RegistryError, veil
from jointsanction.identity.folding import letters
from jointsanction.plugins import plugin_manager
from jointsanction.registry.readers.columns import COLUMNS, NUMBER_COLUMNS, SEVERAL_ALLOWED, title_of
from jointsanction.registry.readers.csv_table import read_csv
from jointsanction.registry.readers.decode import decode
from jointsanction.registry.readers.headers import HeaderWords, header_words
from jointsanction.registry.readers.json_table import read_json, read_jsonl
from jointsanction.registry.readers.lists import ListFinder
from jointsanction.registry.readers.mapping import FileMapping, load_mapping
from jointsanction.registry.readers.report import Cover, Fault, ImportReport, RowProblem
from jointsanction.registry.readers.rows import RowReader, RowReading
from jointsanction.registry.readers.sniff import format_of, refuse_foreign

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from jointsanction.model.catalogue import Catalog, ListType
    from jointsanction.registry.readers.table import Table, TableReader

READERS: Final[Mapping[str, Callable[[str, Callable[[str], bool]], Table]]] = {
    "csv": read_csv,
    "json": read_json,
    "jsonl": read_jsonl,
}
"""Which function reads a format; the format is told by the content, never by the file's name."""

_STEP: Final = 1_000
_NUMBER: Final = 6
"""So many digits are no header: the file has none, and its first row is a record that no message may show."""
_SUBJECT: Final = ("name", *NUMBER_COLUMNS)
_DATED: Final = ("listed_on", "announced_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """How one file is read: our columns with the places of their cells, and what else was said about it."""

    columns: Mapping[str, tuple[int, ...]]
    notes: tuple[RowProblem, ...]


def read_listings(
    path: Path | str,
    catalog: Catalog,
    *,
    list_code: str | None = None,
    mapping: FileMapping | Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> ImportReport:
    """Return the listings of a file and everything wrong with it (名单导入); nothing is stored.

    `list_code` is the list of rows that name none, and declares the file a complete edition of it. `progress` is told
    the rows done and the rows in all.

    Raises:
        RegistryError: what concerns the whole file: `registry.no_file`, `registry.empty`, `registry.format`,
            `registry.encoding`, `registry.truncated`, `registry.csv`, `registry.json`, `registry.header`,
            `registry.mapping`, `registry.unknown_list`, `registry.forbidden_list`.
    """
    raw = _bytes(Path(path))
    plan = load_mapping(mapping) if isinstance(mapping, Path) else mapping or FileMapping()
    finder, words = ListFinder(catalog), header_words()
    declared, only = _declared(finder, plan, list_code), _list(finder, list_code or plan.list)
    table, encoding, form = _table(Path(path), raw, lambda header: _column_of(header, plan, words) is not None)
    layout = _layout(table, plan, words, has_list=only is not None)
    _refuse_empty(table, declared)
    reader = RowReader(layout.columns, finder, only_list=only, defaults=plan.defaults, values=words.values)
    readings = tuple(_read(table, reader, progress))
    covers, withheld = _covers(declared, readings, all_lists=bool(table.broken))
    return ImportReport(
        path=str(path),
        sha256="sha256:" + hashlib.sha256(raw).hexdigest(),
        encoding=encoding,
        format=form,
        rows=len(table.rows) + len(table.broken),
        listings=tuple(found.listing for found in readings if found.listing is not None),
        problems=_in_order(layout.notes, table.notes, table.broken, withheld, *(found.problems for found in readings)),
        covers=covers,
        provider=plan.provider,
        headers=tuple((table.headers[place], column) for column, places in layout.columns.items() for place in places),
    )


def _in_order(*problems: tuple[RowProblem, ...]) -> tuple[RowProblem, ...]:
    return tuple(sorted((each for some in problems for each in some), key=lambda problem: problem.row))


def _refuse_empty(table: Table, declared: tuple[Cover, ...]) -> None:
    if not (table.rows or table.broken or declared):
        raise RegistryError("registry.empty", "文件没有任何记录。", "声明空名单请用 --list 或映射文件的 covers。")


def _table(path: Path, raw: bytes, is_known: Callable[[str], bool]) -> tuple[Table, str, str]:
    """A host's reader goes by the file's ending, since only the host knows its format; ours by the content."""
    added = _added_reader(path.suffix.lower())
    if added is not None:
        return added(raw, is_known), "", path.suffix.lower()
    refuse_foreign(raw)
    text, encoding = decode(raw)
    form = format_of(text)
    return READERS[form](text, is_known), encoding, form


def _added_reader(ending: str) -> TableReader | None:
    added: dict[str, TableReader] = {}
    for readers in plugin_manager().hook.jointsanction_readers():
        added |= readers
    return added.get(ending)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise RegistryError("registry.no_file", f"无法读取文件 {path}。", "请核对路径和权限。") from error


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


def _column_of(header: str, plan: FileMapping, words: HeaderWords) -> str | None:
    return plan.columns.get(letters(header)) or words.column_of(header)


def _layout(table: Table, plan: FileMapping, words: HeaderWords, *, has_list: bool) -> _Layout:
    columns: dict[str, list[int]] = {}
    notes = []
    for place, header in enumerate(table.headers):
        column = _column_of(header, plan, words)
        if column is None:
            notes.append(_unread(table, place, header, words))
        else:
            columns.setdefault(column, []).append(place)
    _refuse_twice(columns, table)
    if table.rows or table.broken:
        _require(columns.keys() | plan.defaults.keys() | ({"list"} if has_list else set()), table)
    return _Layout(columns={column: tuple(places) for column, places in columns.items()}, notes=tuple(notes))


def _unread(table: Table, place: int, header: str, words: HeaderWords) -> RowProblem:
    reason = words.reason_left_out(header)
    if reason is not None:
        return RowProblem(table.header_row, header, "header.left_out", f"该列未读取：{reason}", "warning")
    shown = header or f"第 {place + 1} 列"
    near = "、".join(f"{column}（{title_of(column)}）" for column in words.nearest(header)) if header else ""
    meant = f"，可能是：{near}；确认后请写入映射文件" if near else ""
    return RowProblem(table.header_row, shown, "header.unknown", f"未知表头，该列未读取{meant}。", "warning")


def _refuse_twice(columns: Mapping[str, list[int]], table: Table) -> None:
    for column, places in columns.items():
        if len(places) > 1 and column not in SEVERAL_ALLOWED:
            seen = "、".join(table.headers[place] for place in places)
            message = f"多个表头都是“{title_of(column)}”：{seen}。"
            raise RegistryError("registry.header", message, "请用映射文件指明只读哪一列，或删去多余的列。")


def _require(columns: Iterable[str], table: Table) -> None:
    have = set(columns)
    missing = [title_of("list")] if "list" not in have else []
    missing += ["名称或证件号码"] if have.isdisjoint(_SUBJECT) else []
    missing += [title_of("listed_on")] if have.isdisjoint(_DATED) else []
    if missing:
        record = any(sum(map(str.isdigit, header)) >= _NUMBER for header in table.headers)
        seen = "、".join(veil(header) if record else header for header in table.headers if header)
        message = f"缺少必需的列：{'、'.join(missing)}；文件中的表头为：{seen}。"
        hint = f"请用映射文件（--mapping）指明各列；可用的列：{'、'.join(COLUMNS)}。"
        raise RegistryError("registry.header", message, hint)


def _read(table: Table, reader: RowReader, progress: Callable[[int, int], None] | None) -> Iterator[RowReading]:
    for done, (number, cells) in enumerate(table.rows, 1):
        yield reader.read(number, cells)
        if progress is not None and (done % _STEP == 0 or done == len(table.rows)):
            progress(done, len(table.rows))


def _covers(
    declared: tuple[Cover, ...], readings: Iterable[RowReading], *, all_lists: bool
) -> tuple[tuple[Cover, ...], tuple[RowProblem, ...]]:
    """Leave out lists of which a row was refused; a refused row whose list can't be told may belong to any of them."""
    refused = Counter(found.list for found in readings if found.listing is None)
    unsure = all_lists or None in refused
    kept = tuple(cover for cover in declared if not (unsure or cover.list in refused))
    message = "有记录被拒绝，本文件不能作为该名单的完整一期。"
    withheld = tuple(
        RowProblem(0, cover.list, "cover.withheld", message, "warning") for cover in declared if cover not in kept
    )
    return kept, withheld
