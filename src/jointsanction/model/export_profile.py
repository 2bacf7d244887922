"""How rows leave for another system (导出对应): its headers, its words, its way to write a date."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from jointsanction.model.value import Value
from jointsanction.terms import CaseColumn, DateForm, Degree, ExportColumn, TextEncoding


class Profile(Value):
    """How rows of any sort are written for one receiver (导出对应).

    `columns` are the receiver's headers in their order, each with what stands below it; `fixed` are headers below which
    the same text stands in every row. `values` are the receiver's words for ours. `root` and `record` name the elements
    of an XML file.
    """

    title: str | None = None
    columns: Mapping[str, str]
    fixed: dict[str, str] = Field(default_factory=dict)
    values: Mapping[Any, dict[str, str]] = Field(default_factory=dict)
    dates: DateForm = DateForm.DASHED
    encoding: TextEncoding = TextEncoding.UTF_8_SIG
    root: str = "records"
    record: str = "record"
    note: str | None = None


class ExportProfile(Profile):
    """How listings are written for one receiver (名单导出对应)."""

    columns: dict[str, ExportColumn]
    values: dict[ExportColumn, dict[str, str]] = Field(default_factory=dict)


class Typical(Value):
    """What makes a case a typical one (典型案例认定标准).

    Told in at least so many characters, and of weight: of so much money in 元, or by a measure of one of these degrees.
    """

    words: int = 20
    amount: str = "1000000"
    degrees: tuple[Degree, ...] = (Degree.PROHIBIT, Degree.REVOKE)


class CaseProfile(Profile):
    """How cases are written for one receiver (案例导出对应), and what it takes for a typical one."""

    columns: dict[str, CaseColumn]
    values: dict[CaseColumn, dict[str, str]] = Field(default_factory=dict)
    typical: Typical = Typical()
