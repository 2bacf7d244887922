"""A sheet as a grid of texts."""

from __future__ import annotations

import pytest

from jointsanction.errors import RegistryError
from jointsanction.registry.readers.tables import grid as grids
from jointsanction.registry.readers.tables.grid import Grid, Merge, padded, refuse_far

ROWS = ((1, ("名称", "日期")), (2, ("甲", "x")), (3, ("", "y")), (4, ("乙",)))


def test_a_merged_range_speaks_for_its_further_rows() -> None:
    """A name that spans three rows is the name of all three, as far as there are rows."""
    grid = Grid(rows=ROWS, merges=(Merge(2, 0, 9, 0), Merge(1, 0, 2, 0), Merge(3, 0, 3, 1), Merge(4, 5, 5, 5)))
    assert grid.filled_down(2) == {3: {0: "甲"}, 4: {0: "甲"}}
    assert grid.filled_down(5) == {}


def test_a_range_outside_its_rows_says_nothing() -> None:
    """Workbooks are made by programs; a range may lie where no cell is."""
    assert Grid(rows=ROWS, merges=(Merge(2, 7, 3, 7),)).filled_down(2) == {3: {7: ""}}


def test_ranges_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred thousand ranges over each other are no work of a person."""
    monkeypatch.setattr(grids, "MOST_CELLS", 3)
    with pytest.raises(RegistryError) as caught:
        Grid(rows=ROWS, merges=(Merge(2, 0, 4, 0), Merge(2, 0, 4, 0))).filled_down(2)
    assert caught.value.code == "registry.extent"


def test_a_grid_too_large_to_load_is_refused() -> None:
    """The limit is on the product: a long list is narrow, and a wide one short."""
    refuse_far(500_000, 10, sheet="名单")
    with pytest.raises(RegistryError, match="1048576 行 × 16384 列") as caught:
        refuse_far(1_048_576, 16_384, sheet="名单")
    assert caught.value.code == "registry.extent"


def test_rows_are_made_equally_long() -> None:
    """Pages leave out the empty cells at the end of a row."""
    assert padded([(1, ("a", "b")), (2, ("c",))]) == ((1, ("a", "b")), (2, ("c", "")))
    assert padded([]) == ()
