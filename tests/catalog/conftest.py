"""A small sound catalogue that each test may spoil (虚构目录)."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jointsanction.catalog.load import load_with_sources
from jointsanction.errors import CatalogError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from jointsanction.catalog.load import Loaded

WORLD = Path(__file__).parent / "world"


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """Return a copy of the small catalogue."""
    return Path(shutil.copytree(WORLD, tmp_path / "world"))


@pytest.fixture
def problems() -> Callable[..., tuple[Problem, ...]]:
    """Return a function that loads roots and returns what was wrong with them."""

    def load(*roots: Path) -> tuple[Problem, ...]:
        try:
            load_with_sources(roots)
        except CatalogError as error:
            return error.problems
        return ()

    return load


@pytest.fixture
def spoiled(world: Path) -> Callable[..., Loaded]:
    """Return a function that changes words in one file of the catalogue and loads it."""

    def change(file: str, *words: tuple[str, str]) -> Loaded:
        path = world / file
        text = path.read_text(encoding="utf-8")
        for old, new in words:
            assert old in text
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
        return load_with_sources([world])

    return change
