"""JSON and JSONL become rows of text (读取 JSON): numbers stay as written, so no digit of an identifier is lost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, cast

from jointsanction.errors import RegistryError
from jointsanction.model.mapping import FileMapping
from jointsanction.registry.readers.tables.tree_table import rows_table, tree_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from jointsanction.registry.readers.tables.table import Table
    from jointsanction.registry.readers.tables.tree_table import Json

_WHOLE: Final = FileMapping()


class _TwiceError(ValueError):
    """An object has a key twice; the second would silently win."""


def read_json(text: str, is_known: Callable[[str], bool], plan: FileMapping = _WHOLE) -> Table:
    """Return the rows of a JSON text (读取 JSON); `plan` may say where they are.

    Raises:
        RegistryError: `registry.json`, `registry.no_records`, `registry.empty`.
    """
    return tree_table(_parse(text, "文件"), is_known, plan)


def read_jsonl(text: str, is_known: Callable[[str], bool], plan: FileMapping = _WHOLE) -> Table:
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
    return rows_table(rows, is_known, plan.pairs)


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
