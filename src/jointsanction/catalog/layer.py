"""A change of the catalogue laid over it as a layer of its own (叠加修改): whole files, path to text."""

from __future__ import annotations

import re
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jointsanction.catalog.load import load_with_sources
from jointsanction.errors import CatalogError, LoopError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jointsanction.errors import Problem
    from jointsanction.model.catalogue import Catalog

LAYER: Final = "approved"
"""The layer of measures and rules that were proposed and approved; findings name it (审核通过的目录)."""

_PATH: Final = re.compile(r"(?:measures|rules)(?:/[A-Za-z0-9._-]+){1,4}\.yaml")
_MOST: Final = 256 * 1024


def laid_over(catalog: Catalog, files: Mapping[str, str]) -> Catalog:
    """Return a catalogue with a change laid over it, as the layer `approved` (叠加修改).

    Raises:
        CatalogError: with every problem of every file, by the paths of the change.
        LoopError: `loop.proposal_files`.
    """
    if not files:
        return catalog
    with laid_out(files) as root:
        try:
            return load_with_sources([root], base=catalog).catalog
        except CatalogError as error:
            raise CatalogError(inside(each, root) for each in error.problems) from error


def refuse_strange(files: Mapping[str, str]) -> None:
    """Return when paths and sizes are those of a change.

    Raises:
        LoopError: `loop.proposal_files`.
    """
    _refuse_paths(files)
    if sum(len(text.encode()) for text in files.values()) > _MOST:
        raise LoopError("loop.proposal_files", "修改内容过大。", "一次修改不超过 256 KB；请分几次提出。")


@contextmanager
def laid_out(files: Mapping[str, str]) -> Iterator[Path]:
    """Give a root of a catalogue that holds these files, for as long as it is read (摆放文件).

    Raises:
        LoopError: `loop.proposal_files` for paths that no change has.
    """
    _refuse_paths(files)
    with tempfile.TemporaryDirectory(prefix="jointsanction-") as folder:
        root = Path(folder) / LAYER
        for path, text in files.items():
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text.replace("\r\n", "\n"), encoding="utf-8")
        # A root is known by its measures, though a change may hold rules alone.
        (root / "measures").mkdir(parents=True, exist_ok=True)
        yield root


def inside(problem: Problem, root: Path) -> Problem:
    """Return a problem by the path that the author wrote: nobody needs to know where it lay while it was read."""
    shown = problem.message.replace(f"{root.as_posix()}/", "")
    return problem._replace(file=within(problem.file, root), message=shown)


def within(file: str, root: Path) -> str:
    """Return a path as the author wrote it (修改中的路径)."""
    return file.removeprefix(f"{root.as_posix()}/")


def _refuse_paths(files: Mapping[str, str]) -> None:
    strange = [path for path in files if _PATH.fullmatch(path) is None or ".." in path]
    if not files or strange:
        message = f"文件位置不对：{strange[0] if strange else '没有文件'}。"
        places = "measures/restriction/代码.yaml、measures/incentive/代码.yaml 或 rules/代码.yaml"
        hint = f"写 {places}，用例写在旁边的 .test.yaml。"
        raise LoopError("loop.proposal_files", message, hint)
