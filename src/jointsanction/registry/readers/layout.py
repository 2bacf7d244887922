"""Which cells of a row say what (列的对应): the headers of a file, by its mapping and by the words that we know."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.errors import RegistryError, veil
from jointsanction.identity.folding import letters
from jointsanction.model.mapping import FileMapping
from jointsanction.registry.readers.columns import COLUMNS, NUMBER_COLUMNS, SEVERAL_ALLOWED, title_of
from jointsanction.registry.readers.report import RowProblem
from jointsanction.registry.readers.terms_cell import TermCell
from jointsanction.terms import Operation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jointsanction.registry.readers.headers import HeaderWords
    from jointsanction.registry.readers.tables.table import Table

_NUMBER: Final = 6
"""So many digits are no header: the file has none, and its first row is a record that no message may show."""
_SUBJECT: Final = ("name", *NUMBER_COLUMNS)
_DATED: Final = ("listed_on", "announced_on", "removed_on", "assessed_year", "operation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How the rows of one file are read: our columns with the places of their cells, and what else was said about it.

    `exits` are the places in rows that only state the end of a listing, `exit_when` the cells that tell such a row.
    """

    columns: Mapping[str, tuple[int, ...]]
    headers: tuple[str, ...] = ()
    plan: FileMapping = field(default_factory=FileMapping)
    exits: Mapping[str, tuple[int, ...]] | None = None
    exit_when: tuple[tuple[int, frozenset[str]], ...] = ()
    notes: tuple[RowProblem, ...] = ()

    @property
    def is_delta(self) -> bool:
        """Tell whether its rows say what to do with records (增量), so that the file is none of a whole list."""
        return "operation" in self.columns or self.plan.is_delta

    @property
    def mapped(self) -> tuple[tuple[str, str], ...]:
        """Return the headers that are read, each with its column."""
        return tuple((self.headers[place], column) for column, places in self.columns.items() for place in places)

    def is_exit(self, cells: Sequence[str]) -> bool:
        """Tell whether a row only states the end of a listing (移出记录)."""
        return any(letters(cells[place]) in words for place, words in self.exit_when)


class HeaderReader:
    """Reads headers by a mapping, and by the words we know where it says nothing (表头识别).

    Calling it tells whether a header is known, by which readers of files find the header row or the records.
    """

    def __init__(self, plan: FileMapping, words: HeaderWords) -> None:
        """Index the mapping by the letters of its headers."""
        self.plan = plan
        self._words = words
        self._said = {letters(header): columns for header, columns in plan.columns.items()}
        self._order = {key: at for at, key in enumerate(self._said)}
        self._ignored = {letters(header): reason for header, reason in plan.ignore.items()}
        columns = {} if plan.exit is None else plan.exit.columns
        self._at_exit = {letters(header): said for header, said in columns.items()}
        self._operation = TermCell(Operation, words.values.get("operation"))

    def __call__(self, header: str) -> bool:
        """Tell whether a header is one that is read."""
        return bool(self.columns_of(header)) or letters(header) in self._at_exit

    def columns_of(self, header: str) -> tuple[str, ...]:
        """Return the columns that a header fills, none when it is unknown or left out."""
        key = letters(header)
        if key in self._said:
            return self._said[key]
        found = None if key in self._ignored else self._words.column_of(header)
        return () if found is None else (found,)

    def at_exit(self, header: str) -> tuple[str, ...]:
        """Return the columns that a header fills in a row that only states an end (移出记录)."""
        return self._at_exit.get(letters(header)) or self.columns_of(header)

    def rank(self, header: str) -> int | None:
        """Return where the mapping names a header, None where only our words know it."""
        return self._order.get(letters(header))

    def reason_left_out(self, header: str) -> str | None:
        """Return why a header is not read, None when nobody said so."""
        return self._ignored.get(letters(header)) or self._words.reason_left_out(header)

    def nearest(self, header: str) -> tuple[str, ...]:
        """Return the columns nearest to an unknown header."""
        return self._words.nearest(header)

    def operation(self, text: str) -> Operation | None:
        """Return what a cell would do in a delta (增量操作), None when it is no such word."""
        found = self._operation.read(text)
        return found if isinstance(found, Operation) else None


class _Claim(NamedTuple):
    """A header that says it fills a column; those the mapping names go first, in its order."""

    implied: bool
    rank: int
    place: int


def chosen_rows(table: Table, plan: FileMapping) -> Table:
    """Return a table with the rows that its mapping wants (行条件); those left out are counted and told.

    Raises:
        RegistryError: `registry.header` when the header that a row has to be chosen by is not there.
    """
    if not (plan.only or plan.skip):
        return table
    only, skip = _cells_of(table, plan.only), _cells_of(table, plan.skip)
    if len(only) < len(plan.only) and table.rows:
        message = f"映射文件按“{'、'.join(plan.only)}”选取记录（only），文件中缺少这样的列。"
        raise RegistryError("registry.header", message, "请核对文件是否与映射文件相符，或改用另一个映射文件。")
    kept = tuple(
        row
        for row in table.rows
        if all(letters(row[1][place]) in words for place, words in only)
        and not any(letters(row[1][place]) in words for place, words in skip)
    )
    left_out = len(table.rows) - len(kept)
    if not left_out:
        return table
    told = RowProblem(0, "", "row.left_out", f"有 {left_out} 行不符合映射文件的行条件，未读取。", "warning")
    return replace(table, rows=kept, notes=(*table.notes, told))


def _cells_of(table: Table, said: Mapping[str, Iterable[str]]) -> tuple[tuple[int, frozenset[str]], ...]:
    """Return where the headers that a mapping names stand in a file, each with its words; some may not be there."""
    places = {letters(header): place for place, header in enumerate(table.headers)}
    return tuple(
        (places[letters(header)], frozenset(map(letters, words)))
        for header, words in said.items()
        if letters(header) in places
    )


def make_layout(table: Table, read: HeaderReader, *, has_list: bool) -> Layout:
    """Return which cells of a table say what (列的对应).

    Raises:
        RegistryError: `registry.header` when a column is missing or filled twice; `registry.operation_unread` when a
            column that nobody reads says which rows end records.
    """
    claims = _claims(table, read)
    kept, notes = _settled(claims, table, read)
    columns = _dated_by_publication(kept, read.plan)
    if table.rows or table.broken:
        _require(columns.keys() | read.plan.defaults.keys() | ({"list"} if has_list else set()), table)
    layout = Layout(columns=columns, headers=table.headers, plan=read.plan, notes=(*_unread(table, read), *notes))
    return _with_exits(layout, table, read)


def _claims(table: Table, read: HeaderReader) -> dict[str, list[_Claim]]:
    claims: dict[str, list[_Claim]] = defaultdict(list)
    for place, header in enumerate(table.headers):
        rank = read.rank(header)
        for column in read.columns_of(header):
            claims[column].append(_Claim(rank is None, rank or 0, place))
    return {column: sorted(found) for column, found in claims.items()}


def _settled(
    claims: Mapping[str, list[_Claim]], table: Table, read: HeaderReader
) -> tuple[dict[str, tuple[int, ...]], list[RowProblem]]:
    """Return the places of each column; where the mapping names a header, one that only our words know is left out."""
    kept, notes = {}, []
    for column, found in claims.items():
        if column == "assessed_year" and read.plan.assessed is None:
            reason = "评价年度不是日期；请用映射文件（assessed）说明该年度评价的有效期间。"
            notes += [_left_out(table, claim.place, reason) for claim in found]
            continue
        several = column in SEVERAL_ALLOWED or len(found) == 1
        chosen = found if several else [claim for claim in found if not claim.implied] or found
        if not several and chosen[0].implied:
            _refuse_twice(column, [table.headers[claim.place] for claim in chosen])
        reason = f"映射文件已指明“{title_of(column)}”取自别的列。"
        notes += [_left_out(table, claim.place, reason) for claim in found if claim not in chosen]
        kept[column] = tuple(claim.place for claim in chosen)
    return kept, notes


def _dated_by_publication(columns: dict[str, tuple[int, ...]], plan: FileMapping) -> dict[str, tuple[int, ...]]:
    """Let the day of publication stand for the day of listing in a file that has no other (公布日期)."""
    if "listed_on" in columns or "listed_on" in plan.defaults or "published_on" not in columns:
        return columns
    if "assessed_year" in columns:
        return columns
    return {"listed_on" if column == "published_on" else column: places for column, places in columns.items()}


def _with_exits(layout: Layout, table: Table, read: HeaderReader) -> Layout:
    if read.plan.exit is None:
        return layout
    when = _cells_of(table, read.plan.exit.when)
    if not when:
        return layout
    columns: dict[str, list[int]] = defaultdict(list)
    for place, header in enumerate(table.headers):
        for column in read.at_exit(header):
            columns[column].append(place)
    exits = {column: tuple(found) for column, found in columns.items() if column != "assessed_year"}
    return replace(layout, exits=exits, exit_when=when)


def _unread(table: Table, read: HeaderReader) -> Iterable[RowProblem]:
    known = set() if read.plan.exit is None else {letters(header) for header in read.plan.exit.when}
    for place, header in enumerate(table.headers):
        if not read(header) and letters(header) not in known:
            yield _unknown(table, place, header, read)


def _unknown(table: Table, place: int, header: str, read: HeaderReader) -> RowProblem:
    reason = read.reason_left_out(header)
    if reason is not None:
        return _left_out(table, place, reason)
    _refuse_operations(table, place, header, read)
    shown = header or f"第 {place + 1} 列"
    near = "、".join(f"{column}（{title_of(column)}）" for column in read.nearest(header)) if header else ""
    meant = f"，可能是：{near}；确认后请写入映射文件" if near else ""
    return RowProblem(table.header_row, shown, "header.unknown", f"未知表头，该列未读取{meant}。", "warning")


def _refuse_operations(table: Table, place: int, header: str, read: HeaderReader) -> None:
    """Refuse a column of operations under a header of its own: unread, a row that ends a record would begin one."""
    told = set[Operation]()
    for _, cells in table.rows:
        if cells[place].strip():
            operation = read.operation(cells[place])
            if operation is None:
                return
            told.add(operation)
    if Operation.DEL in told:
        message = f"“{header}”一列写的是增量操作（含移出），但不认识该表头：不读它，移出的记录会被当作在列。"
        hint = f"在映射文件 columns 中写 {header}: operation，并用 --sequence 写明期号；不是增量的，在 ignore 中写明。"
        raise RegistryError("registry.operation_unread", message, hint)


def _left_out(table: Table, place: int, reason: str) -> RowProblem:
    header = table.headers[place]
    return RowProblem(table.header_row, header, "header.left_out", f"该列未读取：{reason}", "warning")


def _refuse_twice(column: str, headers: list[str]) -> None:
    message = f"多个表头都是“{title_of(column)}”：{'、'.join(headers)}。"
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
