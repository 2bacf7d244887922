"""Which rows go back, with what to say of each, and in which format (退回问题行)."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.errors import RegistryError
from jointsanction.registry.readers.columns import title_of
from jointsanction.registry.readers.rejects.markup import xml_back
from jointsanction.registry.readers.rejects.records import json_back, jsonl_back
from jointsanction.registry.readers.rejects.text_rows import csv_back
from jointsanction.registry.readers.rejects.workbook import workbook_back

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jointsanction.registry.readers.report import ImportReport

    Said = Mapping[int, str]

WRITERS: Final[Mapping[str, tuple[str, Callable[[bytes, ImportReport, Said], bytes]]]] = {
    "csv": (".csv", csv_back),
    "html": (".xlsx", workbook_back),
    "json": (".json", json_back),
    "jsonl": (".jsonl", jsonl_back),
    "xls": (".xlsx", workbook_back),
    "xlsx": (".xlsx", workbook_back),
    "xml": (".xml", xml_back),
}
"""The ending and the writer for each format that rows come in; a .xls and a page go back as .xlsx."""


class GivenBack(NamedTuple):
    """The file that refused rows go back in (退回文件): its ending, its bytes, how many rows."""

    ending: str
    content: bytes
    rows: int


def give_back(report: ImportReport) -> GivenBack | None:
    """Return the refused rows of a file as a file of the same format; None when no row was refused.

    Every cell is as it was, titles and header stand above, and a column 问题 says what is wrong; it is not read when
    the corrected file is imported. None as well for a format that a host reads and nobody writes.

    Raises:
        RegistryError: `registry.rejects` when the file has changed since it was read.
    """
    said = problems_by_row(report)
    if not said or report.format not in WRITERS:
        return None
    raw = Path(report.path).read_bytes()
    if "sha256:" + hashlib.sha256(raw).hexdigest() != report.sha256:
        raise RegistryError("registry.rejects", "文件在读取之后被改动，无法取出问题行。", "请重新导入。")
    ending, write = WRITERS[report.format]
    return GivenBack(ending, write(raw, report, said), len(said))


def problems_by_row(report: ImportReport) -> dict[int, str]:
    """Return what is wrong with each refused row, in words (问题)."""
    said: dict[int, list[str]] = {}
    for problem in report.errors:
        column = f"{title_of(problem.column)}：" if problem.column else ""
        said.setdefault(problem.row, []).append(f"{column}{problem.message}（{problem.code}）")
    return {row: "；".join(texts) for row, texts in said.items() if row}
