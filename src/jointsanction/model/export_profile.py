"""How rows leave for another system (导出对应): its headers, its words, its way to write a date."""

from __future__ import annotations

from pydantic import Field

from jointsanction.model.value import Value
from jointsanction.terms import DateForm, ExportColumn, TextEncoding


class ExportProfile(Value):
    """How listings are written for one receiver (导出对应).

    `columns` are the receiver's headers in their order, each with what stands below it; `fixed` are headers below which
    the same text stands in every row. `values` are the receiver's words for ours. `root` and `record` name the elements
    of an XML file.
    """

    title: str | None = None
    columns: dict[str, ExportColumn]
    fixed: dict[str, str] = Field(default_factory=dict)
    values: dict[ExportColumn, dict[str, str]] = Field(default_factory=dict)
    dates: DateForm = DateForm.DASHED
    encoding: TextEncoding = TextEncoding.UTF_8_SIG
    root: str = "records"
    record: str = "record"
    note: str | None = None
