"""Whether a file may speak for a whole list."""

from __future__ import annotations

import pytest

from jointsanction.model.subject import Listing
from jointsanction.registry.readers.covers import still_whole
from jointsanction.registry.readers.report import Cover, RowProblem
from jointsanction.registry.readers.rows import RowReading
from jointsanction.registry.readers.tables.table import Found, Table

WAGE, TAX = WHOLE = (Cover("BL.WAGE"), Cover("BL.TAX"))
TAKEN = RowReading(Listing(list="BL.WAGE"), "BL.WAGE", ())


def table(*headers: str, rivals: tuple[str, ...] = (), broken: tuple[RowProblem, ...] = ()) -> Table:
    """Return a table without rows."""
    return Table(headers=headers, header_row=1, rows=(), broken=broken, found=Found(rivals=rivals))


def test_a_plain_file_speaks_for_what_it_declares() -> None:
    """Nothing was left aside."""
    assert still_whole(WHOLE, [TAKEN], table("名称")) == (WHOLE, ())
    assert still_whole((), [TAKEN], table("名称", "问题")) == ((), ())


@pytest.mark.parametrize(
    ("found", "word"), [(table("名称", rivals=("自然人",)), "自然人"), (table("名称", "问 题"), "退回改正的行")]
)
def test_a_part_of_a_list_is_not_the_whole(found: Table, word: str) -> None:
    """Taken for whole, it would let everybody go who stands on the other sheet, or in the rows that were taken in."""
    covers, told = still_whole(WHOLE, [TAKEN], found)
    assert covers == ()
    assert [(problem.column, problem.code) for problem in told] == [
        ("BL.WAGE", "cover.withheld"),
        ("BL.TAX", "cover.withheld"),
    ]
    assert word in told[0].message


@pytest.mark.parametrize(
    ("refused", "broken", "kept"),
    [
        ("BL.WAGE", (), (TAX,)),
        (None, (), ()),
        ("BL.SD", (RowProblem(3, "", "row.cells", "有 4 列。"),), ()),
        ("BL.SD", (), WHOLE),
    ],
)
def test_a_refused_row_is_missing_from_its_list(
    refused: str | None, broken: tuple[RowProblem, ...], kept: tuple[Cover, ...]
) -> None:
    """Its subject would come out clear; a row whose list can't be told may belong to any of them."""
    readings = [TAKEN, RowReading(None, refused, ())]
    assert still_whole(WHOLE, readings, table("名称", broken=broken)).covers == kept
