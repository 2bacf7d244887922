"""FollowTheMoney entities (FtM 实体): one JSON object a line, and what a delta of them makes of a whole file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias, cast

from jointsanction.errors import RegistryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Value: TypeAlias = "str | Entity"
"""A value of a property: a text, the id of another entity, or that entity itself where a file is nested."""

OPERATIONS: Final = ("ADD", "MOD", "DEL")
"""What a delta says of an entity (增量操作)."""


class Entity(NamedTuple):
    """One entity (实体): a subject, a sanction, a tie between two."""

    id: str
    schema: str
    caption: str
    properties: dict[str, tuple[Value, ...]]

    def texts(self, *names: str) -> tuple[str, ...]:
        """Return the texts of some properties, in their order, each once."""
        found = (value for name in names for value in self.properties.get(name, ()))
        return tuple(dict.fromkeys(value for value in found if isinstance(value, str) and value.strip()))

    def first(self, *names: str) -> str:
        """Return the first text of some properties, an empty one without any."""
        return next(iter(self.texts(*names)), "")


def is_ftm(text: str) -> bool:
    """Tell whether a text of JSON lines holds entities, or a delta of them, by its first line."""
    found = _parsed(text.lstrip().partition("\n")[0])
    return _is_change(found) or _is_entity(found)


def read_entities(text: str) -> Iterator[Entity]:
    """Yield the entities of a file.

    Raises:
        RegistryError: `registry.ftm` with the line; `registry.ftm_delta` of a delta, which names what ended by its id
            alone and so says nothing without the whole file before it.
    """
    for number, record in _lines(text):
        if _is_change(record):
            message = "文件是 FtM 增量（entities.delta.json），删除的对象只有编号，单独无法导入。"
            hint = "先与上一版合并：jointsanction ftm apply 上一版 增量 --output 新一版，再导入新一版。"
            raise RegistryError("registry.ftm_delta", message, hint)
        yield _entity(record, number)


def applied(whole: str, delta: str) -> Iterator[str]:
    """Yield the lines of a whole file after a delta (合并增量): what it adds comes last, the same delta twice is once.

    Raises:
        RegistryError: `registry.ftm` when a line is no entity or no operation; `registry.ftm_order` when it changes or
            takes out what the whole file doesn't have, and so belongs behind another version.
    """
    lines = {_entity(record, number).id: record for number, record in _lines(whole)}
    for number, change in _lines(delta):
        if not _is_change(change):
            raise _not_ftm(number, "增量文件的每一行应为 op 和 entity")
        operation, entity = change["op"], cast("dict[str, object]", change["entity"])
        if operation != "DEL":
            _entity(entity, number)
        key = str(entity.get("id") or "")
        if operation == "MOD" and key not in lines:
            message = f"增量第 {number} 行变更的对象不在上一版中，增量与上一版接不上。"
            raise RegistryError("registry.ftm_order", message, "请按版本顺序逐个合并，中间不能缺。")
        if operation == "DEL":
            lines.pop(key, None)
        else:
            lines[key] = entity
    yield from (json.dumps(record, ensure_ascii=False) for record in lines.values())


def _lines(text: str) -> Iterator[tuple[int, dict[str, object]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            found = _parsed(line)
            if found is None:
                raise _not_ftm(number, "不是 JSON 对象，文件可能没有下载完整")
            yield number, found


def _parsed(line: str) -> dict[str, object] | None:
    try:
        found = json.loads(line, parse_int=str, parse_float=str, parse_constant=str)
    except (json.JSONDecodeError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _is_entity(record: dict[str, object] | None) -> bool:
    return record is not None and isinstance(record.get("schema"), str) and isinstance(record.get("properties"), dict)


def _is_change(record: dict[str, object] | None) -> bool:
    return record is not None and record.get("op") in OPERATIONS and isinstance(record.get("entity"), dict)


def _entity(record: dict[str, object], number: int) -> Entity:
    if not _is_entity(record) or not isinstance(record.get("id"), str):
        raise _not_ftm(number, "实体应有 id、schema 和 properties")
    properties = cast("dict[str, object]", record["properties"])
    return Entity(
        id=str(record["id"]),
        schema=str(record["schema"]),
        caption=str(record.get("caption") or ""),
        properties={name: tuple(_values(said, number)) for name, said in properties.items()},
    )


def _values(said: object, number: int) -> Iterable[Value]:
    for value in said if isinstance(said, list) else [said]:
        if isinstance(value, dict):
            yield _entity(value, number)
        elif isinstance(value, str):
            yield value


def _not_ftm(number: int, why: str) -> RegistryError:
    return RegistryError("registry.ftm", f"第 {number} 行{why}。", "请重新导出完整文件。")
