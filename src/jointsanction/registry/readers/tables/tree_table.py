"""A tree of values becomes rows of text (读取嵌套记录), whether it was JSON or XML.

A mapping may say where (`records`), which values above a record belong to it (`inherit`), and which of its parts are
titles with contents (`pairs`); without it the records are found by the headers we know.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, TypeAlias

from jointsanction.errors import RegistryError
from jointsanction.identity.folding import letters
from jointsanction.model.mapping import FileMapping
from jointsanction.registry.readers.tables.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jointsanction.model.mapping import TitledPairs

Json: TypeAlias = "str | bool | list[Json] | dict[str, Json] | None"
"""What a JSON or XML text holds when numbers are kept as text."""

Record: TypeAlias = dict[str, Json]
"""One record: its values by their names."""

_DEPTH: Final = 3
_DEEPEST: Final = 32
_ROW_HAS: Final = 2
_WHOLE: Final = FileMapping()


def tree_table(whole: Json, is_known: Callable[[str], bool], plan: FileMapping = _WHOLE) -> Table:
    """Return the rows of a tree: an array of objects, alone or inside an object (`data.list`), or one object.

    An object with two headers we know is a row itself, so that its `related` is not taken for the table.

    Raises:
        RegistryError: `registry.no_records`; `registry.empty` when an interface answered none.
    """
    records = _found(whole, is_known) if plan.records is None else [above | own for own, above in _named(whole, plan)]
    return rows_table(enumerate(records, 1), is_known, plan.pairs)


def records_of(whole: Json, is_known: Callable[[str], bool], plan: FileMapping = _WHOLE) -> list[Record]:
    """Return the records of a tree themselves, in the order in which its rows are numbered.

    Raises:
        RegistryError: as `tree_table`.
    """
    return _found(whole, is_known) if plan.records is None else [own for own, _ in _named(whole, plan)]


def rows_table(
    records: Iterable[tuple[int, Record]], is_known: Callable[[str], bool], pairs: TitledPairs | None = None
) -> Table:
    """Return records with their numbers as rows of text; a name that a record leaves out says nothing there."""
    rows = tuple((number, _flat(row, is_known, pairs)) for number, row in records)
    headers = tuple(dict.fromkeys(key for _, row in rows for key in row))
    return Table(
        headers=headers,
        header_row=0,
        rows=tuple((number, tuple(_text(row.get(header)) for header in headers)) for number, row in rows),
    )


def _found(whole: Json, is_known: Callable[[str], bool]) -> list[Record]:
    found = _rows_in(whole, is_known, _DEPTH)
    if found is None and isinstance(whole, dict) and not any(isinstance(each, list | dict) for each in whole.values()):
        found = [whole]
    if found == [] and isinstance(whole, dict):
        # An interface that failed answers with an empty table, too; only a bare empty array says that nobody is listed.
        raise _empty("文件")
    if found is None:
        hint = '应为对象数组，例如 [{"list": …, "name": …}]；记录在更深处的，用映射文件的 records 指明。'
        raise RegistryError("registry.no_records", "文件中没有记录数组。", hint)
    return found


def _rows_in(value: Json, is_known: Callable[[str], bool], depth: int) -> list[Record] | None:
    if isinstance(value, list):
        rows = [row for row in value if isinstance(row, dict)]
        return rows if len(rows) == len(value) else None
    if not isinstance(value, dict):
        return None
    if sum(map(is_known, value)) >= _ROW_HAS:
        return [value]
    if depth == 0:
        return None
    found = [table for each in value.values() if (table := _rows_in(each, is_known, depth - 1)) is not None]
    filled = [each for each in found if each] or found[:1]
    if len(filled) > 1:
        filled = [each for each in filled if sum(map(is_known, each[0])) >= _ROW_HAS]
    return filled[0] if len(filled) == 1 else None


def _named(whole: Json, plan: FileMapping) -> list[tuple[Record, Record]]:
    """Return each record with what it inherits from above."""
    path = tuple(letters(step) for step in str(plan.records).split("."))
    inherited = frozenset(map(letters, plan.inherit))
    found = list(_Walk(path, inherited).below(whole, (), {}))
    if not found:
        raise _empty(f"映射文件 records 所指的“{plan.records}”处")
    return found


class _Walk:
    """Walks a tree to the records at the end of a path, and takes along what they inherit from above."""

    def __init__(self, path: tuple[str, ...], inherited: frozenset[str]) -> None:
        self._path = path
        self._inherited = inherited

    def below(self, value: Json, path: tuple[str, ...], above: Record) -> Iterator[tuple[Record, Record]]:
        """Yield the records below a value, each with what it inherits; an array adds no step to the path."""
        if isinstance(value, list):
            for item in value:
                yield from self.below(item, path, above)
        elif isinstance(value, dict) and path[-len(self._path) :] == self._path:
            yield value, above
        elif isinstance(value, dict) and len(path) < _DEEPEST:
            handed = above | {
                key: child
                for key, child in value.items()
                if letters(key) in self._inherited and not isinstance(child, list | dict)
            }
            for key, child in value.items():
                yield from self.below(child, (*path, letters(key)), handed)


def _flat(record: Record, is_known: Callable[[str], bool], pairs: TitledPairs | None) -> Record:
    """Return a record with its titled contents under their titles, and parts that we know under `part.name`."""
    if not any(isinstance(value, list | dict) for value in record.values()):
        return record
    flat: Record = {}
    for key, value in record.items():
        if pairs is not None and letters(key) == letters(pairs.each):
            flat |= dict(_titled(value, pairs))
        elif isinstance(value, dict) and any(is_known(f"{key}.{part}") for part in value):
            flat |= {f"{key}.{part}": inner for part, inner in value.items()}
        else:
            flat[key] = value
    return flat


def _titled(value: Json, pairs: TitledPairs) -> Iterator[tuple[str, Json]]:
    for each in value if isinstance(value, list) else [value]:
        title = each.get(pairs.name) if isinstance(each, dict) else None
        if isinstance(each, dict) and isinstance(title, str) and title.strip():
            yield title.strip(), each.get(pairs.content)


def _text(value: Json) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if any("\ud800" <= character <= "\udfff" for character in text):
        message = "JSON 中有不成对的 Unicode 代理字符，文件可能已损坏。"
        raise RegistryError("registry.json", message, "请重新导出完整文件。")
    return text


def _empty(where: str) -> RegistryError:
    hint = "确实没有记录的名单，请用只含表头的 CSV 或空数组 [] 导入。"
    return RegistryError("registry.empty", f"{where}没有任何记录，可能是接口出错时的返回。", hint)
