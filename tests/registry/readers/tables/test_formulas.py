"""Cells that a spreadsheet would run."""

from __future__ import annotations

import pytest

from jointsanction.registry.readers.tables.formulas import as_printed, harmless


@pytest.mark.parametrize("cell", ["=1+1", "+86", "-", "@x", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠1"])
def test_what_would_run_is_marked_and_read_back(cell: str) -> None:
    """ECOSYSTEM §5: libraries leave a tab or a full-width sign alone."""
    assert harmless(cell) == "'" + cell
    assert as_printed(harmless(cell)) == cell


@pytest.mark.parametrize("cell", ["", "恒泰", "'恒泰", "1-1", "'"])
def test_anything_else_stays_as_it_is(cell: str) -> None:
    """An apostrophe that a person wrote is part of the cell."""
    assert (harmless(cell), as_printed(cell)) == (cell, cell)
