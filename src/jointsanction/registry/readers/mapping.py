"""A mapping file (映射文件): how one office's file is read, when its headers are its own."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

from jointsanction.errors import RegistryError
from jointsanction.identity.folding import letters
from jointsanction.registry.readers.columns import COLUMNS
from jointsanction.registry.readers.dates import read_date
from jointsanction.registry.readers.report import Fault
from jointsanction.registry.readers.yaml_map import MapFile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    from jointsanction.catalog.yaml_text import Node

_KEYS: Final = ("list", "columns", "defaults", "covers", "regions", "covers_from", "provider")
_REGION_DIGITS: Final = 6

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMapping:
    """What a mapping file says (映射文件). `columns` are keyed by the letters of the header.

    `covers` are lists the file holds whole, within `regions` and from `covers_from` on, even with no row.
    """

    list: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    covers: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    covers_from: date | None = None
    provider: str | None = None


def load_mapping(path: Path) -> FileMapping:
    """Return what a mapping file says (读取映射文件).

    Raises:
        RegistryError: `registry.no_file`; `registry.mapping` with every problem, each with line and column.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise RegistryError("registry.no_file", f"无法读取映射文件 {path}。", "请核对路径和权限。") from error
    return read_mapping(raw, path.name)


def read_mapping(raw: bytes, name: str) -> FileMapping:
    """Return what the bytes of a mapping file say.

    Raises:
        RegistryError: `registry.mapping`.
    """
    file = MapFile(raw, name)
    parts = file.pairs(file.root)
    for key, node in parts.items():
        if key not in _KEYS:
            file.fault(node, f"未知字段“{key}”{_meant(key, _KEYS)}。")
    found = FileMapping(
        list=_maybe(parts, "list", file.text),
        columns={letters(header): column for header, column in _columns(file, parts.get("columns")).items()},
        defaults=_defaults(file, parts.get("defaults")),
        covers=_maybe(parts, "covers", file.texts) or (),
        regions=_regions(file, parts.get("regions")),
        covers_from=_day(file, parts.get("covers_from")),
        provider=_maybe(parts, "provider", file.text),
    )
    file.finish()
    return found


def _maybe(parts: dict[str, Node], key: str, read: Callable[[Node], T]) -> T | None:
    return None if key not in parts else read(parts[key])


def _columns(file: MapFile, node: Node | None) -> dict[str, str]:
    found = {}
    for header, value in ({} if node is None else file.pairs(node)).items():
        column = file.text(value)
        if column not in COLUMNS:
            file.fault(value, f"“{column}”不是可导入的列{_meant(column, COLUMNS)}。")
        found[header] = column
    return found


def _defaults(file: MapFile, node: Node | None) -> dict[str, str]:
    found = {}
    for column, value in ({} if node is None else file.pairs(node)).items():
        if column not in COLUMNS:
            file.fault(value, f"“{column}”不是可导入的列{_meant(column, COLUMNS)}。")
        found[column] = file.text(value)
    return found


def _regions(file: MapFile, node: Node | None) -> tuple[str, ...]:
    regions = () if node is None else file.texts(node)
    for region in regions:
        if not (region.isascii() and region.isdigit() and len(region) == _REGION_DIGITS) and node is not None:
            file.fault(node, "行政区划应为 6 位代码（GB/T 2260），例如 990000。")
    return regions


def _day(file: MapFile, node: Node | None) -> date | None:
    if node is None:
        return None
    found = read_date(file.text(node))
    if isinstance(found, Fault):
        file.fault(node, found.message)
        return None
    return found


def _meant(word: str, known: Mapping[str, str] | tuple[str, ...]) -> str:
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"，您是否想写“{near[0]}”？" if near else f"；可用的有：{'、'.join(known)}"
