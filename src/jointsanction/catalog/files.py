"""Which files make up a catalogue (目录文件): what each is follows from where it lies, and nothing lies unread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from jointsanction.catalog.nearest import nearest
from jointsanction.errors import Problem
from jointsanction.terms import Effect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Section: TypeAlias = Literal[
    "instruments", "lists", "groups", "schemes", "matters", "measures", "rules", "forbidden", "departments",
    "publicity",
]  # fmt: skip
"""Which part of a catalogue an entry belongs to, by the name it has there."""

NATIONAL: Final = "national"
TEST_SUFFIX: Final = ".test.yaml"

FOLDERS: Final[dict[str, Section]] = {
    "instruments": "instruments", "lists": "lists", "rules": "rules", "departments": "departments",
}  # fmt: skip
SINGLES: Final[dict[str, Section]] = {
    "matters.yaml": "matters", "groups.yaml": "groups", "schemes.yaml": "schemes", "forbidden.yaml": "forbidden",
    "publicity.yaml": "publicity",
}  # fmt: skip
_EFFECTS: Final = {"restriction": Effect.RESTRICTION, "incentive": Effect.INCENTIVE}
_KNOWN: Final = (*FOLDERS, *SINGLES, *_EFFECTS, "local")
_REGION_DIGITS: Final = 6


class CatalogFile(NamedTuple):
    """One file of a catalogue (目录文件): what it holds, and what follows from its folder."""

    path: Path
    section: Section
    layer: str
    effect: Effect | None = None
    region: str | None = None

    @property
    def shown(self) -> str:
        """Return the path as messages show it."""
        return self.path.as_posix()

    @property
    def stem(self) -> str:
        """Return the file's name without its suffix, which is the id of what it holds."""
        return self.path.name.removesuffix(".yaml")

    @property
    def cases(self) -> Path:
        """Return where the cases of this file lie (测试用例)."""
        return self.path.with_name(self.stem + TEST_SUFFIX)


class RootFiles(NamedTuple):
    """The files of one root, and those nobody would read (根目录)."""

    files: tuple[CatalogFile, ...]
    problems: tuple[Problem, ...]


def find_files(root: Path, layer: str) -> RootFiles:
    """Return every file of a root (查找目录文件): its parts lie in `measures/` and `rules/`, or directly in the root.

    Files ending in `.test.yaml` are cases and no part of the catalogue.
    """
    if not root.is_dir():
        message = "目录不存在或不是文件夹；请检查路径。"
        return RootFiles((), (Problem(root.as_posix(), 1, 1, "catalog.no_root", message),))
    bases = [base for base in (root / "measures", root / "rules") if base.is_dir()]
    if not (root / "measures").is_dir():
        bases = [root / name for name in _KNOWN if (root / name).exists()]
    if not bases:
        message = "其中没有 measures/ 或 instruments/、lists/、restriction/、incentive/、rules/ 等内容；请检查路径。"
        return RootFiles((), (Problem(root.as_posix(), 1, 1, "catalog.empty_root", message),))
    ground = root / "measures" if (root / "measures").is_dir() else root
    sorted_out = [_sort_out(path, ground, root, layer) for base in bases for path in _yaml_files(base)]
    strays = [_stray(path, path.relative_to(root).parts) for path in _strays(root, ground)]
    return RootFiles(
        tuple(found for found in sorted_out if isinstance(found, CatalogFile)),
        (*(found for found in sorted_out if isinstance(found, Problem)), *strays),
    )


def _yaml_files(base: Path) -> Iterator[Path]:
    """Yield the YAML files below a folder, hidden ones and cases left out."""
    if base.is_file():
        yield base
        return
    for path in sorted(base.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(base).parts)
        if path.suffix in {".yaml", ".yml"} and not hidden and not path.name.endswith(TEST_SUFFIX) and path.is_file():
            yield path


def _strays(root: Path, ground: Path) -> list[Path]:
    """Return what lies beside `measures/` although it belongs into it: it would silently go unread."""
    if ground == root:
        return []
    return [root / name for name in _KNOWN if name != "rules" and (root / name).exists()]


def _sort_out(path: Path, ground: Path, root: Path, layer: str) -> CatalogFile | Problem:
    """Return what a file holds, by its folder, or why nobody can tell."""
    if path.suffix == ".yml":
        return Problem(path.as_posix(), 1, 1, "catalog.suffix", "文件后缀应为 .yaml；请改名，否则不会被读取。")
    in_rules = path.is_relative_to(root / "rules")
    parts = path.relative_to(root if in_rules else ground).parts
    match parts:
        case (name,) if name in SINGLES:
            return CatalogFile(path, SINGLES[name], layer)
        case (folder, _) if folder in FOLDERS and (folder != "rules" or in_rules):
            return CatalogFile(path, FOLDERS[folder], layer)
        case (folder, _) if folder in _EFFECTS:
            return CatalogFile(path, "measures", layer, _EFFECTS[folder])
        case ("local", region, folder, _) if folder in _EFFECTS:
            return _local(path, region, _EFFECTS[folder])
    return _stray(path, parts)


def _local(path: Path, region: str, effect: Effect) -> CatalogFile | Problem:
    if len(region) == _REGION_DIGITS and region.isdecimal():
        return CatalogFile(path, "measures", region, effect, region)
    message = f"文件夹 '{region}' 不是六位行政区划代码（GB/T 2260）；请改名，如 410000。"
    return Problem(path.as_posix(), 1, 1, "catalog.bad_region", message)


def _stray(path: Path, parts: tuple[str, ...]) -> Problem:
    hint = nearest(parts[0], _KNOWN) or "；措施放在 restriction/ 或 incentive/，一个文件一条"
    message = f"不知道这个文件是什么：'{'/'.join(parts)}' 不在约定的位置{hint}"
    return Problem(path.as_posix(), 1, 1, "catalog.misplaced_file", message)
