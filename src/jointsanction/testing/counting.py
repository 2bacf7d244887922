"""How many cases lie beside the entries (用例数)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jointsanction.catalog.files import TEST_SUFFIX
from jointsanction.testing.cases import read_cases

if TYPE_CHECKING:
    from collections.abc import Iterable
    from importlib.resources.abc import Traversable


def count_cases(roots: Iterable[Path | Traversable]) -> dict[str, int] | None:
    """Return how many cases lie beside each entry of some roots; None where there are none at all, as in the wheel.

    Raises:
        CatalogError: a file of cases that can't be read.
    """
    folders = [Path(str(root)) / part for root in roots for part in ("measures", "rules")]
    files = [path for folder in folders for path in sorted(folder.rglob(f"*{TEST_SUFFIX}"))]
    return {path.name.removesuffix(TEST_SUFFIX): len(read_cases(path)) for path in files} or None
