"""Mapping files (映射文件): how one source's file is read, from a path or one of those that ship with the package."""

from __future__ import annotations

import difflib
import re
from calendar import monthrange
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jointsanction.catalog.reading.typed import Reading
from jointsanction.catalog.reading.yaml_text import MapNode, place_of, read_yaml
from jointsanction.errors import RegistryError
from jointsanction.identity.folding import is_missing
from jointsanction.model.mapping import FileMapping
from jointsanction.registry.readers.cells import cell_readers, read_region
from jointsanction.registry.readers.report import Fault
from jointsanction.registry.readers.yaml_map import HINT, mapping_error
from jointsanction.root import default_root

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    from jointsanction.errors import Problem

__all__ = ["FileMapping", "load_mapping", "read_mapping", "ready_mappings", "refuse_unsound"]

_NOT_OF_A_SOURCE: Final = "headers.yaml"
_DAY_OF_YEAR: Final = re.compile("[0-9]{2}-[0-9]{2}")
_NO_LEAP_YEAR: Final = 2001


def ready_mappings() -> dict[str, Traversable]:
    """Return the mapping files that ship with the package, by name (随附映射)."""
    folder = default_root() / "mappings"
    files = (file for file in folder.iterdir() if file.name.endswith(".yaml") and file.name != _NOT_OF_A_SOURCE)
    return {file.name.removesuffix(".yaml"): file for file in sorted(files, key=lambda file: file.name)}


def load_mapping(wanted: Path | str) -> FileMapping:
    """Return what a mapping file says (读取映射文件): one at a path, or one of the package by its name.

    >>> load_mapping("court-shixin-json").list
    'BL.SXBZXR'

    Raises:
        RegistryError: `registry.no_file`, `registry.unknown_mapping` with the nearest names; `registry.mapping` with
            every problem, each with line and column.
    """
    path = Path(wanted)
    if len(path.parts) == 1 and not path.suffix and not path.is_file():
        file = _ready(path.name)
        return read_mapping(file.read_bytes(), f"mappings/{file.name}")
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise RegistryError("registry.no_file", f"无法读取映射文件 {path}。", "请核对路径和权限。") from error
    return read_mapping(raw, path.name)


def _ready(name: str) -> Traversable:
    ready = ready_mappings()
    found = ready.get(name.casefold().replace("-", "_"))
    if found is None:
        near = difflib.get_close_matches(name.casefold().replace("-", "_"), list(ready), n=3, cutoff=0.5)
        meant = f"您是否想写：{'、'.join(near)}？" if near else f"随附的有：{'、'.join(ready)}。"
        hint = f"{meant}自己的映射文件请写带后缀的路径，例如 映射.yaml。"
        raise RegistryError("registry.unknown_mapping", f"没有名为“{name}”的映射。", hint)
    return found


def read_mapping(raw: bytes, name: str) -> FileMapping:
    """Return what the bytes of a mapping file say.

    Raises:
        RegistryError: `registry.mapping`.
    """
    document = read_yaml(raw, name)
    reading = Reading(name)
    found = None
    if document.root is not None:
        found = reading.read(document.root, FileMapping, {})
        if found is not None:
            _check(found, document.root, reading)
    problems = [*document.problems, *reading.problems]
    if found is None or problems:
        raise mapping_error(_as_mapping(problem) for problem in problems)
    return found


def refuse_unsound(found: FileMapping) -> None:
    """Refuse a mapping made in a program that no row could be read with.

    Raises:
        RegistryError: `registry.mapping`.
    """
    told = [f"{'.'.join(map(str, path))}：{fault.message}" for path, fault in _faults(found)]
    if told:
        raise RegistryError("registry.mapping", "\n".join(told), HINT)


def _as_mapping(problem: Problem) -> Problem:
    return problem._replace(code="registry.mapping")


def _check(found: FileMapping, root: MapNode, reading: Reading) -> None:
    """Note every value that no row could be read with."""
    for path, fault in _faults(found):
        reading.fault(place_of(root, path), "registry.mapping", f"{'.'.join(map(str, path))}：{fault.message}")


def _faults(found: FileMapping) -> Iterator[tuple[tuple[str | int, ...], Fault]]:
    readers = cell_readers({})
    for path, text in _texts(found):
        column = path[1]
        read = readers[column](text) if column in readers and not is_missing(text) else None
        if isinstance(read, Fault):
            yield path, read
    for at, region in enumerate(found.regions):
        wrong = read_region(region)
        if isinstance(wrong, Fault):
            yield ("regions", at), wrong
    if found.assessed is not None and not _is_day_of_year(found.assessed.begins):
        yield ("assessed", "begins"), Fault("registry.mapping", "应为“月-日”，例如 04-30，且每年都有这一天。")


def _texts(found: FileMapping) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the texts that rows will be read with in place of their own, each with where it stands."""
    for column, text in found.defaults.items():
        yield ("defaults", column), text
    for column, words in found.values.items():
        for word, text in words.items():
            yield ("values", column, word), text


def _is_day_of_year(text: str) -> bool:
    if _DAY_OF_YEAR.fullmatch(text) is None:
        return False
    month, day = map(int, text.split("-"))
    return month in range(1, 13) and day in range(1, monthrange(_NO_LEAP_YEAR, month)[1] + 1)
