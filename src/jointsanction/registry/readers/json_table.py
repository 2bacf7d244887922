"""JSON and JSONL become rows of text (读取 JSON): numbers stay as written, so no digit of an identifier is lost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from jointsanction.errors import RegistryError
from jointsanction.registry.readers.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable

Json: TypeAlias = "str | bool | list[Json] | dict[str, Json] | None"
"""What a JSON text holds when numbers are kept as text."""

_DEPTH: Final = 3
_ROW_HAS: Final = 2


class _TwiceError(ValueError):
    """An object has a key twice; the second would silently win."""


def read_json(text: str, is_known: Callable[[str], bool]) -> Table:
    """Return the rows of a JSON text: an array of objects, alone or inside an object (`data.list`), or one object.

    An object with two headers we know is a row itself, so that its `related` is not taken for the table.

    Raises:
        RegistryError: `registry.json`.
    """
    whole = _parse(text, "文件")
    found = _rows_in(whole, is_known, _DEPTH)
    if found is None and isinstance(whole, dict) and not any(isinstance(each, list | dict) for each in whole.values()):
        found = [whole]
    if found == [] and isinstance(whole, dict):
        # An interface that failed answers with an empty table, too; only a bare empty array says that nobody is listed.
        hint = "确实没有记录的名单，请用只含表头的 CSV 或空数组 [] 导入。"
        raise RegistryError("registry.empty", "JSON 对象中没有任何记录，可能是接口出错时的返回。", hint)
    if found is None:
        hint = '应为对象数组，例如 [{"list": …, "name": …}]。'
        raise RegistryError("registry.json", "JSON 中没有记录数组。", hint)
    return _table(tuple(enumerate(found, 1)))


def read_jsonl(text: str, is_known: Callable[[str], bool]) -> Table:  # noqa: ARG001 - readers have one signature
    """Return the rows of a JSONL text, one object a line; blank lines are left out.

    Raises:
        RegistryError: `registry.json` with the line.
    """
    rows = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            row = _parse(line, f"第 {number} 行")
            if not isinstance(row, dict):
                raise RegistryError("registry.json", f"第 {number} 行不是 JSON 对象。", "JSONL 每行应为一个对象。")
            rows.append((number, row))
    return _table(tuple(rows))


def _parse(text: str, where: str) -> Json:
    try:
        return cast("Json", json.loads(text, **_AS_TEXT))
    except json.JSONDecodeError as error:
        place = f"{where}第 {error.lineno} 行第 {error.colno} 列" if where == "文件" else f"{where}第 {error.colno} 列"
        message = f"{place}不是合法的 JSON，文件可能没有下载完整。"
        raise RegistryError("registry.json", message, "请重新导出完整文件。") from error
    except _TwiceError as error:
        raise RegistryError("registry.json", f"{where}中有重复的键“{error}”。", "同一对象的键不能重复。") from error
    except RecursionError as error:
        raise RegistryError("registry.json", f"{where}嵌套过深。", "记录应为平铺的对象。") from error


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    row = dict(pairs)
    if len(row) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _TwiceError(next(key for key in keys if keys.count(key) > 1))
    return row


_AS_TEXT: Final[dict[str, Any]] = {
    "parse_int": str,
    "parse_float": str,
    "parse_constant": str,
    "object_pairs_hook": _once,
}


def _rows_in(value: Json, is_known: Callable[[str], bool], depth: int) -> list[dict[str, Json]] | None:
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
    return filled[0] if len(filled) == 1 else None


def _table(rows: tuple[tuple[int, dict[str, Json]], ...]) -> Table:
    headers = tuple(dict.fromkeys(key for _, row in rows for key in row))
    return Table(
        headers=headers,
        header_row=0,
        rows=tuple((number, tuple(_text(row.get(header)) for header in headers)) for number, row in rows),
    )


def _text(value: Json) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise RegistryError(
            "registry.json", "JSON 中有不成对的 Unicode 代理字符，文件可能已损坏。", "请重新导出完整文件。"
        )
    return text
