"""Workbooks become grids of text."""

from __future__ import annotations

import struct
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest
import xlwt

from jointsanction.errors import RegistryError
from jointsanction.registry.readers.tables.excel import book as books
from jointsanction.registry.readers.tables.excel.book import open_xls, open_xlsx
from jointsanction.registry.readers.tables.grid import Merge
from sheet_files import repacked, sheet_xml, with_sheet, xls, xlsx

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook


def texts(raw: bytes, *, old: bool = False) -> list[tuple[str, ...]]:
    """Return the texts of the first sheet."""
    book = open_xls(raw) if old else open_xlsx(raw)
    return [cells for _, cells in book.grid(book.sheets[0]).rows]


def test_cells_of_every_type_become_text() -> None:
    """Dates in ISO form, numbers without a point, formulas by the value that was saved."""
    cells = sheet_xml(
        '<row r="2"><c r="B2"><v>20240301</v></c><c r="C2" t="b"><v>1</v></c><c r="D2"><f>1+1</f><v>2</v></c>'
        '<c r="E2" t="str"><f>"a"</f><v>文</v></c><c r="F2" t="e"><v>#N/A</v></c><c r="G2"><f>1</f></c></row>'
    )
    assert texts(repacked(xlsx([]), sheet1=cells)) == [
        ("", "", "", "", "", "", ""),
        ("", "20240301", "TRUE", "2", "文", "#N/A", "#未计算!"),
    ]
    assert texts(xlsx([(date(2024, 3, 1), "=1+1", 1.5)])) == [("2024-03-01", "#未计算!", "1.5")]


def test_an_old_workbook_is_read_alike() -> None:
    """A .xls says the same as a .xlsx."""

    def more(book: xlwt.Workbook) -> None:
        sheet = book.get_sheet(0)
        sheet.write(1, 0, date(2024, 3, 1), xlwt.easyxf(num_format_str='yyyy"年"m"月"d"日"'))
        sheet.row(1).set_cell_error(2, 0x2A)
        sheet.write_merge(2, 3, 0, 0, "合")

    raw = xls([("甲", 410882199001011234, 7)], more=more)
    assert texts(raw, old=True) == [
        ("甲", "4.10882199001011E+17", "7"),
        ("2024-03-01", "", "#N/A"),
        ("合", "", ""),
    ]
    book = open_xls(raw)
    assert book.grid(book.sheets[0]).merges == (Merge(3, 0, 4, 0),)


def test_an_empty_sheet_is_an_empty_grid() -> None:
    """Nothing is no error."""
    assert texts(xlsx([])) == []


@pytest.mark.parametrize("error", ["#SPILL!", "#FIELD!"])
def test_what_calamine_gives_up_on_openpyxl_reads(error: str) -> None:
    """Errors that Excel learned later make calamine refuse the sheet."""
    cells = f'<row r="1"><c r="A1" t="e"><v>{error}</v></c><c r="B1"><v>7</v></c></row><row r="3"/>'
    assert texts(with_sheet(cells))[0] == (error, "7")


def test_a_sheet_that_calamine_finds_empty_openpyxl_reads() -> None:
    """Of a sheet in UTF-16 calamine says that it is empty; the look ahead knows better."""
    xml = sheet_xml('<row r="1"><c r="A1"><v>7</v></c></row>').decode()
    wide = f'<?xml version="1.0" encoding="UTF-16"?>{xml}'.encode("utf-16")
    assert texts(repacked(xlsx([]), sheet1=wide)) == [("7",)]


def test_what_neither_reads_is_corrupt() -> None:
    """A text that is not in the table of texts is lost."""
    with pytest.raises(RegistryError) as caught:
        texts(with_sheet('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'))
    assert caught.value.code == "registry.corrupt"


def test_a_stray_cell_far_away_is_refused_and_crashes_nothing(tmp_path: Path) -> None:
    """A legal file of 5 KB with A1 and XFD1048576 aborts a process in which calamine reads it, so ask another one."""

    def more(book: Workbook) -> None:
        book["名单"]["XFD1048576"] = "x"

    raw = xlsx([("a",)], more=more)
    assert len(raw) < 6000
    (tmp_path / "bomb.xlsx").write_bytes(raw)
    code = (
        "import sys\n"
        "from jointsanction.errors import RegistryError\n"
        "from jointsanction.registry.readers.tables.excel.book import open_xlsx\n"
        "book = open_xlsx(open(sys.argv[1], 'rb').read())\n"
        "try:\n    book.grid(book.sheets[0])\n"
        "except RegistryError as error:\n    print(error.code, error.message)\n"
    )
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-X", "utf8", "-c", code, str(tmp_path / "bomb.xlsx")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("registry.extent “名单”的范围有 1048576 行 × 16384 列")


def test_an_old_workbook_with_a_stray_cell_is_refused_at_once() -> None:
    """This format is loaded whole, so no sheet may be too large."""
    raw = xls([("a",)], more=lambda book: book.get_sheet(0).write(65535, 255, "x"))
    with pytest.raises(RegistryError) as caught:
        open_xls(raw)
    assert caught.value.code == "registry.extent"


@pytest.mark.parametrize(("record", "place", "content"), [(0xFC, 8, b"\xff\x7f"), (0x06, 20, b"\xc9\x00")])
def test_an_old_workbook_that_calamine_cannot_read_is_corrupt(record: int, place: int, content: bytes) -> None:
    """A text, or a formula, longer than the file: the library refuses the one and panics over the other."""
    raw, at = bytearray(xls([("甲",)], more=lambda book: book.get_sheet(0).write(1, 0, xlwt.Formula("1+1")))), 512
    while struct.unpack_from("<H", raw, at)[0] != record:
        at += 4 + struct.unpack_from("<H", raw, at + 2)[0]
    raw[at + 4 + place : at + 4 + place + len(content)] = content
    with pytest.raises(RegistryError) as caught:
        texts(bytes(raw), old=True)
    assert caught.value.code == "registry.corrupt"


def test_a_password_that_only_calamine_notices_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The look ahead finds the usual ones; this is for the rest."""
    import python_calamine  # noqa: PLC0415 - patched for this test only

    def locked(_raw: object) -> None:
        raise python_calamine.PasswordError

    monkeypatch.setattr(python_calamine, "load_workbook", locked)
    with pytest.raises(RegistryError) as caught:
        texts(xlsx([("a",)]))
    assert caught.value.code == "registry.password"


def test_a_bug_is_left_to_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what the library raises for a damaged file means a damaged file."""
    import python_calamine  # noqa: PLC0415 - patched for this test only

    def broken(_raw: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(python_calamine, "load_workbook", broken)
    with pytest.raises(KeyboardInterrupt):
        texts(xlsx([("a",)]))
    assert books.open_xlsx is open_xlsx
