"""How the file of one source is read (映射文件): a closed set of words, and nothing that runs."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from jointsanction.model.value import Many, Value
from jointsanction.terms import Column


class TitledPairs(Value):
    """Cells that a record keeps as a list of titles and contents (成对的标题与内容)."""

    each: str
    name: str
    content: str


class ExitRows(Value):
    """Rows that only state the end of a listing (移出记录): which they are, and how their own columns are read."""

    when: dict[str, Many[str]]
    columns: dict[str, Many[Column]] = Field(default_factory=dict)


class YearSpan(Value):
    """The time for which the assessment of a year holds (评价年度的有效期间).

    It begins on a day (`MM-DD`) so many years `after` the year assessed, and lasts so many `years`.
    """

    begins: str
    after: int = 1
    years: int = 1


class HeaderFile(Value):
    """How the headers of list files are read (表头别名): every spelling met of each column; ships with the package.

    `numbered` are headers whose number means nothing, `not_read` those known and left out, each with the reason.
    """

    columns: dict[Column, Many[str]]
    numbered: Many[str] = ()
    not_read: dict[str, str] = Field(default_factory=dict)
    values: dict[Column, dict[str, str]] = Field(default_factory=dict)


class FileMapping(Value):
    """How the file of one source is read (映射文件).

    Headers are compared by their letters. Of several headers read as one column the first that says something counts,
    in the order in which they are written here. `covers` are lists the file holds whole, within `regions` and from
    `covers_from` on, even with no row.
    """

    title: str | None = None
    list: str | None = None
    records: str | None = None
    inherit: Many[str] = ()
    pairs: TitledPairs | None = None
    columns: dict[str, Many[Column]] = Field(default_factory=dict)
    ignore: dict[str, str] = Field(default_factory=dict)
    values: dict[Column, dict[str, str]] = Field(default_factory=dict)
    only: dict[str, Many[str]] = Field(default_factory=dict)
    skip: dict[str, Many[str]] = Field(default_factory=dict)
    exit: ExitRows | None = None
    assessed: YearSpan | None = None
    defaults: dict[Column, str] = Field(default_factory=dict)
    covers: Many[str] = ()
    regions: Many[str] = ()
    covers_from: date | None = None
    provider: str | None = None
    note: str | None = None

    @property
    def is_delta(self) -> bool:
        """Tell whether it reads a column of operations (增量), though a file may have come without any row."""
        return Column.OPERATION in self.defaults or any(Column.OPERATION in each for each in self.columns.values())
