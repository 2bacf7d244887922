"""Refused rows of a CSV file go back as CSV (退回 CSV): same encoding, same delimiter, same cells."""

from __future__ import annotations

import codecs
import csv
import io
from typing import TYPE_CHECKING, Final

from jointsanction.registry.readers.rejects.lines import Line, lines_back
from jointsanction.registry.readers.tables.csv_table import records
from jointsanction.registry.readers.tables.decode import decode
from jointsanction.registry.readers.tables.formulas import harmless

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jointsanction.registry.readers.report import ImportReport

_CODECS: Final = {"UTF-8": "utf-8", "UTF-8 (BOM)": "utf-8-sig", "GB18030": "gb18030"}


def csv_back(raw: bytes, report: ImportReport, said: Mapping[int, str]) -> bytes:
    """Return the refused rows as CSV; what a spreadsheet would run as a formula is marked as text."""
    text, encoding = decode(raw)
    delimiter = report.found.delimiter
    rows = [Line(number, cells) for number, cells in records(text, delimiter)]
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, lineterminator="\r\n" if "\r\n" in text else "\n")
    for cells in lines_back(rows, report.found.header, said):
        writer.writerow([harmless(str(cell)) for cell in cells])
    return encoded(written.getvalue(), encoding, raw)


def encoded(text: str, encoding: str, raw: bytes) -> bytes:
    """Return a text in the encoding it came in, with the mark that its bytes had."""
    if encoding in _CODECS:
        return text.encode(_CODECS[encoding])
    if raw.startswith(codecs.BOM_UTF16_BE):
        return codecs.BOM_UTF16_BE + text.encode("utf-16-be")
    return codecs.BOM_UTF16_LE + text.encode("utf-16-le")
