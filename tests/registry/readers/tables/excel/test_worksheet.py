"""A look ahead over the worksheets of a .xlsx."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jointsanction.errors import RegistryError
from jointsanction.registry.readers.tables.excel import scan as scans
from jointsanction.registry.readers.tables.excel.archive import Archive
from jointsanction.registry.readers.tables.excel.worksheet import worksheets
from jointsanction.registry.readers.tables.grid import Merge
from sheet_files import NAMESPACE, repacked, sheet_xml, with_sheet, xlsx

if TYPE_CHECKING:
    from openpyxl import Workbook

    from jointsanction.registry.readers.tables.excel.scan import Scan


def scanned(cells: str, *, after: str = "") -> Scan:
    """Return what a look ahead finds in a sheet."""
    (sheet,) = worksheets(Archive(with_sheet(cells, after=after)))
    return sheet.scan


@pytest.mark.parametrize(
    ("cells", "extent"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c></row>', (1, 1)),
        ('<row r="3"><c r="AB3"><v>1</v></c></row>', (3, 28)),
        ("<row r='3'><c foo='>' r='ab3'><v>1</v></c></row>", (3, 28)),
        ('<row><c><v>1</v></c><c t="inlineStr"><is><t>x</t></is></c></row><row><c><v>1</v></c></row>', (2, 2)),
        ('<row r="7"><c><v>1</v></c></row>', (7, 1)),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="4"/></row><row r="1048576"/>', (1, 1)),
        ('<row r="1"><c r="B1"><f>A1</f></c></row>', (1, 2)),
        ('<row r="1"><c r="C1" t="e"/></row>', (1, 3)),
        ("", (0, 0)),
    ],
)
def test_extents_are_of_what_is_filled(cells: str, extent: tuple[int, int]) -> None:
    """Borders and colours far away say nothing; whatever has a value counts, however it is written."""
    found = scanned(cells)
    assert (found.rows, found.columns) == extent


def test_names_may_have_a_prefix() -> None:
    """Another spelling of the same XML is the same sheet."""
    xml = sheet_xml('<row r="2"><c r="B2" t="e"><v>#N/A</v></c></row>').decode()
    prefixed = xml.replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
    (sheet,) = worksheets(Archive(repacked(xlsx([]), sheet1=prefixed.encode())))
    assert sheet.scan.odd == {(2, 2): "#N/A"}


def test_failed_formulas_are_kept() -> None:
    """The library shows them as blank: a 有效期止 that failed would become an open end."""
    found = scanned(
        '<row r="1"><c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B1" t="e"><v></v></c>'
        '<c r="C1"><f>A1</f><v>3</v></c><c r="D1"><f>A1</f><v></v></c><c r="E1"><f>A1</f></c>'
        '<c r="F1" t="str"><f>A1</f><v></v></c><c r="G1"><v>7</v></c></row>'
    )
    assert found.odd == {(1, 1): "#DIV/0!", (1, 2): "#N/A", (1, 4): "#未计算!", (1, 5): "#未计算!"}


def test_merged_ranges_are_kept() -> None:
    """Rows from one, columns from nought; what is no range is passed over."""
    found = scanned("", after='<mergeCells><mergeCell ref="A1:C2"/><mergeCell ref="A5"/><mergeCell/></mergeCells>')
    assert found.merges == [Merge(1, 0, 2, 2)]


def test_too_many_odd_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The look ahead itself must not fill the memory."""
    monkeypatch.setattr(scans, "_MOST", 1)
    with pytest.raises(RegistryError) as caught:
        scanned('<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1" t="e"><v>#N/A</v></c></row>')
    assert caught.value.code == "registry.too_large"


def test_sheets_stand_in_the_order_of_the_workbook() -> None:
    """Hidden and very hidden sheets are told; a chart is no worksheet."""

    def more(book: Workbook) -> None:
        book.create_sheet("隐").sheet_state = "hidden"
        book.create_sheet("深").sheet_state = "veryHidden"
        book.create_chartsheet("图")

    found = worksheets(Archive(xlsx([], more=more)))
    assert [(sheet.name, sheet.hidden) for sheet in found] == [("名单", False), ("隐", True), ("深", True)]


@pytest.mark.parametrize("target", ["/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml", "worksheets\\Sheet1.xml"])
def test_targets_are_written_in_several_ways(target: str) -> None:
    """From the root, from the folder, with backslashes and capitals."""
    raw = repacked(
        xlsx([("a", "b")]),
        **{"workbook.xml.rels": lambda xml: xml.replace(b"/xl/worksheets/sheet1.xml", target.encode())},
    )
    (sheet,) = worksheets(Archive(raw))
    assert sheet.scan.columns == 2


@pytest.mark.parametrize(
    "parts",
    [
        {"sheet1": b"<worksheet><sheetData><row>"},
        {"sheet1": b"no xml"},
        {"sheet1": b""},
        {"sheet1": f'<!DOCTYPE x [<!ENTITY a "b">]><worksheet {NAMESPACE}/>'.encode()},
        {"xl__workbook": b"<workbook"},
        {"xl__workbook": b"<!DOCTYPE x><workbook/>"},
    ],
)
def test_a_damaged_sheet_is_corrupt(parts: dict[str, bytes]) -> None:
    """What the look ahead can't follow is not handed on; no spreadsheet writes a document type."""
    with pytest.raises(RegistryError) as caught:
        worksheets(Archive(repacked(xlsx([]), **parts)))
    assert caught.value.code == "registry.corrupt"


def test_other_parts_may_be_anything() -> None:
    """A picture, a drawing in an old dialect of XML: none of it is a sheet."""
    raw = repacked(xlsx([("a",)]), theme1=b"<br>", styles=b"\x89PNG")
    assert [sheet.name for sheet in worksheets(Archive(raw))] == ["名单"]


def test_a_sheet_that_nothing_names_is_looked_at_all_the_same() -> None:
    """Whatever a library takes for a sheet must be safe; a small one left over does no harm."""
    far = sheet_xml('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    with pytest.raises(RegistryError) as caught:
        worksheets(Archive(repacked(xlsx([]), theme1=far)))
    assert caught.value.code == "registry.extent"
    near = sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')
    assert len(worksheets(Archive(repacked(xlsx([]), theme1=near)))) == 1
