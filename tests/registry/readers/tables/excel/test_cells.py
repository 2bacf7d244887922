"""A cell of a workbook becomes text."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from jointsanction.registry.readers.tables.excel.cells import Cell, text_of
from jointsanction.registry.readers.tables.table import Numeral


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("恒泰", "恒泰"),
        (None, ""),
        (20240301.0, "20240301"),
        (410105900101123.0, "410105900101123"),
        (-3, "-3"),
        (1.5, "1.5"),
        (4.108821990010112e17, "4.10882199001011E+17"),
        (1e15, "1.00000000000000E+15"),
        (True, "TRUE"),
        (False, "FALSE"),
        (date(2024, 3, 1), "2024-03-01"),
        (datetime(2024, 3, 1), "2024-03-01"),  # noqa: DTZ001 - a spreadsheet knows no zone
        (datetime(2024, 3, 1, 9, 30), "2024-03-01 09:30:00"),  # noqa: DTZ001 - as above
        (time(9, 30), "09:30:00"),
        (timedelta(hours=30), "1 day, 6:00:00"),
    ],
)
def test_every_cell_becomes_text(cell: Cell, text: str) -> None:
    """Whole numbers without a point, dates in ISO form, and what a spreadsheet has rounded as such."""
    assert text_of(cell) == text


def test_what_was_a_number_is_known_as_one() -> None:
    """Of an identifier the leading noughts may be gone."""
    assert isinstance(text_of(7.0), Numeral)
    assert not isinstance(text_of("7"), Numeral)
