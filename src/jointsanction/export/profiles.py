"""Profiles of receivers (导出对应文件): a path, or one of those that ship with the package, by its name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from jointsanction.catalog.reading.typed import Reading
from jointsanction.catalog.reading.yaml_text import read_yaml
from jointsanction.errors import RegistryError
from jointsanction.export.rows import standard_columns
from jointsanction.model.export_profile import CaseProfile, ExportProfile, Profile
from jointsanction.root import default_root

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

P = TypeVar("P", bound=Profile)

_FOLDERS: Final[dict[type[Profile], str]] = {ExportProfile: "export", CaseProfile: "cases"}
"""Where the profiles of each sort lie, among those that ship with the package."""

_ELEMENT: Final = re.compile(r"[^\W\d][\w.-]*")


def standard_profile(*, delta: bool) -> ExportProfile:
    """Return how rows leave when no profile is named (通用格式): `import` reads such a file as it is."""
    return ExportProfile(columns=standard_columns(delta=delta))


def ready_profiles(model: type[Profile]) -> dict[str, Traversable]:
    """Return the profiles of a sort that ship with the package, by name (随附导出对应)."""
    folder = default_root() / "mappings" / _FOLDERS[model]
    files = (file for file in folder.iterdir() if file.name.endswith(".yaml"))
    return {file.name.removesuffix(".yaml"): file for file in sorted(files, key=lambda file: file.name)}


def load_profile(wanted: str, model: type[P]) -> P:
    """Return what a profile says.

    Raises:
        RegistryError: `registry.no_file`; `registry.unknown_profile`; `registry.profile` with every problem, each with
            line and column.
    """
    path = Path(wanted)
    if len(path.parts) == 1 and not path.suffix and not path.is_file():
        ready = ready_profiles(model)
        found = ready.get(path.name.casefold().replace("-", "_"))
        if found is None:
            hint = f"随附的有：{'、'.join(ready)}；自己的请写带后缀的路径，例如 省平台.yaml。"
            raise RegistryError("registry.unknown_profile", f"没有名为“{wanted}”的导出对应。", hint)
        return read_profile(found.read_bytes(), f"mappings/{_FOLDERS[model]}/{found.name}", model)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise RegistryError("registry.no_file", f"无法读取导出对应文件 {path}。", "请核对路径和权限。") from error
    return read_profile(raw, path.name, model)


def read_profile(raw: bytes, name: str, model: type[P]) -> P:
    """Return what the bytes of a profile say.

    Raises:
        RegistryError: `registry.profile`.
    """
    document = read_yaml(raw, name)
    reading = Reading(name)
    found = None if document.root is None else reading.read(document.root, model, {})
    problems = [*document.problems, *reading.problems]
    if found is None or problems:
        raise _wrong("\n".join(map(str, sorted(problems))) or f"{name}：文件是空的。")
    doubled = sorted(found.columns.keys() & found.fixed.keys())
    if doubled or not found.columns:
        raise _wrong(f"{name}：columns 应至少写一列，且不与 fixed 重复（{'、'.join(doubled)}）。")
    return found


def refuse_unfit(profile: Profile) -> None:
    """Refuse a profile whose headers can't name elements of an XML file.

    Raises:
        RegistryError: `registry.profile`.
    """
    names = (profile.root, profile.record, *profile.columns, *profile.fixed)
    wrong = [name for name in names if _ELEMENT.fullmatch(name) is None]
    if wrong:
        raise _wrong(f"不能作为 XML 元素的名称：{'、'.join(wrong)}。")


def _wrong(message: str) -> RegistryError:
    return RegistryError("registry.profile", message, "逐条改正导出对应文件后重新导出。")
