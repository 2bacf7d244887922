"""The report on paper: one page, to be kept for years, its text searchable, its code readable by any telephone."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pypdf
import pytest

from jointsanction.errors import LoopError, MissingExtraError
from jointsanction.report import pdf
from jointsanction.report.pdf import pdf_of, qr_of
from jointsanction.report.sheet import Filing, sheet_of
from report_side import FILING, needs_font, tender

if TYPE_CHECKING:
    from pathlib import Path

    from jointsanction.report.sheet import Sheet


_ = pytest.fixture(autouse=True)(needs_font)


def sheet(filing: Filing = FILING) -> Sheet:
    """Return the sheet of the made-up tender."""
    made, document = tender()
    return sheet_of(document, made.tables, filing)


def read(written: bytes) -> pypdf.PdfReader:
    """Return a PDF as a reader of PDFs finds it."""
    return pypdf.PdfReader(io.BytesIO(written))


def test_it_is_one_page_of_pdf_a() -> None:
    """电子档案: PDF/A holds all that is needed to show it, its font too; printed again it is the same file."""
    written = pdf_of(sheet())
    found = read(written)
    assert len(found.pages) == 1
    assert found.xmp_metadata is not None
    told = found.xmp_metadata.stream.get_data().decode()
    assert ("pdfaid:part>2<" in told, "pdfaid:conformance>B<" in told) == (True, True)
    assert pdf_of(sheet()) == written


def test_its_words_can_be_searched_and_a_name_is_no_markup() -> None:
    """What stands in a register is printed as it is, whatever it means to a typesetter."""
    text = read(pdf_of(sheet())).pages[0].extract_text().replace(" ", "").replace("\n", "")
    for word in ("核查报告", "HC20240610-TEST", '*#import"x"', "<b>", "未命中", "未导入", "BL.B", "44X7-QHEJ-L4PQ"):
        assert word in text, word


def test_what_does_not_fit_goes_on_to_a_next_page() -> None:
    """A tender of very many members is not cut off: the last size runs on, and says of how many pages each is."""
    made, document = tender()
    many = sheet_of({**document, "results": document["results"] * 40}, made.tables, FILING)
    assert len(read(pdf_of(many)).pages) > 1


def test_without_a_font_nothing_is_printed() -> None:
    """Without Chinese characters a report would be blank boxes; that is an error that says what to install."""
    with pytest.raises(LoopError, match="没有中文字体") as caught:
        pdf_of(sheet(), system_fonts=False)
    assert caught.value.code == "report.no_font"
    assert "fonts-noto-cjk" in caught.value.hint


def test_a_report_that_nobody_can_verify_has_no_code() -> None:
    """Without the address of a verification page there is nothing to scan."""
    assert qr_of(sheet(Filing())) == ""
    assert len(read(pdf_of(sheet(Filing()))).pages) == 1


@pytest.mark.parametrize("missing", ["typst", "segno"])
def test_without_the_extra_it_says_what_to_install(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing part names itself."""
    monkeypatch.setitem(sys.modules, missing, None)
    pdf._typst.cache_clear()
    with pytest.raises(MissingExtraError, match="可选组件 report") as caught:
        pdf_of(sheet())
    assert caught.value.code == "report.no_typst"
    pdf._typst.cache_clear()


def test_fonts_of_a_folder_are_used(tmp_path: Path) -> None:
    """An office may keep its fonts beside the program; an empty folder changes nothing."""
    assert pdf_of(sheet(), font_folders=[tmp_path]) == pdf_of(sheet())
