"""Where the data that ship with the package lie (随包数据)."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def default_root() -> Traversable:
    """Return the root of the data that ship with the package: `data/` of a wheel, else the checkout."""
    packaged = files("jointsanction") / "data"
    return packaged if packaged.is_dir() else Path(__file__).parents[2]
