"""How each column is read (单元格): one function a column, a value or a fault, and never a guess."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from jointsanction.identity.folding import letters, plain
from jointsanction.registry.readers.dates import read_date, read_last_day
from jointsanction.registry.readers.related_cell import RelatedCell
from jointsanction.registry.readers.report import Fault
from jointsanction.registry.readers.terms_cell import TermCell
from jointsanction.terms import (
    Field,
    Ground,
    ListKind,
    Operation,
    RowStatus,
    Severity,
    Size,
    SubjectKind,
    SubjectStatus,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jointsanction.terms import Term

_SEMICOLONS: Final = re.compile("[;；]")
_REGION: Final = re.compile("[0-9]{6}")
_YEAR: Final = re.compile("([0-9]{4})(?:年|年度|年度评价)?")
_ASSESSED: Final = range(2000, 2100)
_TERMS: Final[Mapping[str, type[Term]]] = {
    "severity": Severity,
    "field": Field,
    "ground": Ground,
    "size": Size,
    "subject_status": SubjectStatus,
    "list_kind": ListKind,
    "status": RowStatus,
    "operation": Operation,
}
_DAMAGED: Final = "\ufffd"
_DATES: Final = (
    "announced_on", "listed_on", "removed_on", "corrected_on", "instrument_date", "published_on", "status_on",
)  # fmt: skip


def cell_readers(values: Mapping[str, Mapping[str, str]]) -> dict[str, Callable[[str], object]]:
    """Return the reader of every column but `list` and the numbers, which depend on one another.

    `values` are further words of closed columns (`HeaderWords.values`).
    """
    kinds = TermCell(SubjectKind, values.get("subject_kind"))
    return {
        **dict.fromkeys(_DATES, read_date),
        "subject_kind": KindCell(kinds, values.get("subject_kind", {})).read,
        "name": read_text,
        "valid_to": read_last_day,
        "removal_reason": read_text,
        "removal_authority": read_text,
        "instrument_no": read_text,
        "designating_authority": read_text,
        "publishing_authority": read_text,
        "region": read_region,
        "grade": read_text,
        "related": RelatedCell(kinds).read,
        "source": read_text,
        "former_names": read_names,
        "assessed_year": read_year,
        **{name: TermCell(vocabulary, values.get(name)).read for name, vocabulary in _TERMS.items()},
    }


class KindCell:
    """Reads 主体类别; `unit` (法人、单位) says it is no person and leaves the kind to the number."""

    UNIT: Final = "unit"

    def __init__(self, kinds: TermCell[SubjectKind], words: Mapping[str, str]) -> None:
        """Know which words of offices mean any unit."""
        self._kinds = kinds
        self._units = frozenset(word for word, value in words.items() if value == self.UNIT) | {self.UNIT}

    def read(self, text: str) -> SubjectKind | str | Fault:
        """Return the kind, or `unit`."""
        return self.UNIT if letters(text) in self._units else self._kinds.read(text)


def read_text(text: str) -> str | Fault:
    """Return the text as printed; only outer spaces go."""
    if _DAMAGED in text:
        return Fault("cell.damaged", "含无法显示的乱码字符，原文已损坏，请从原系统重新导出。")
    return text.strip()


def read_names(text: str) -> tuple[str, ...] | Fault:
    """Return the names of a cell, which stand between semicolons (曾用名)."""
    whole = read_text(text)
    if isinstance(whole, Fault):
        return whole
    return tuple(name.strip() for name in _SEMICOLONS.split(whole) if name.strip())


def read_region(text: str) -> str | Fault:
    """Return the six digits of a region (行政区划代码, GB/T 2260)."""
    region = plain(text)
    if _REGION.fullmatch(region) is not None:
        return region
    return Fault("cell.region", "行政区划应为 6 位代码（GB/T 2260），例如 990000。")


def read_year(text: str) -> int | Fault:
    """Return the year that an assessment is of (评价年度).

    >>> read_year("2023年度")
    2023
    """
    found = _YEAR.fullmatch(plain(text).replace(" ", ""))
    if found is not None and int(found[1]) in _ASSESSED:
        return int(found[1])
    return Fault("cell.year", "评价年度应为四位年份，例如 2023。")
