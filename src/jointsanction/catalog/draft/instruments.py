"""Instruments that a table cites and the catalogue has not (新依据文件): one draft each, whoever cites it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jointsanction.catalog.draft.yaml_out import comment, head, scalar
from jointsanction.catalog.reading.faults import TODO
from jointsanction.identity.folding import letters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.catalog.draft.citations import Document
    from jointsanction.catalog.draft.known import Known


@dataclass(slots=True)
class NewInstrument:
    """An instrument to be drafted (待写依据文件): all that is said of it anywhere, and in which rows."""

    document: Document
    id: str = ""
    rows: dict[int, None] = field(default_factory=dict)
    remarks: dict[str, None] = field(default_factory=dict)

    def text(self, file: str) -> str:
        """Return its draft."""
        title, number, edition = self.document
        lines = [*head("instrument", file, self.rows)]
        lines += [comment("注意", remark) for remark in self.remarks]
        if title is not None and "备忘录" in title:
            lines.append(comment("注意", "名称中有“备忘录”；是合作备忘录的，level 写 memorandum"))
        lines += [f"id: {self.id}", f"title: {TODO if title is None else scalar(_titled(title, edition))}"]
        if number is not None:
            lines.append(f"document_number: {scalar(number)}")
        lines += [f"{key}: {TODO}" for key in ("level", "issuer", "valid_from")]
        return "\n".join([*lines, "dates: recalled", ""])


class NewInstruments:
    """All instruments to be drafted (新依据文件); two ways of citing one lead to one."""

    def __init__(self, known: Known) -> None:
        """Begin with none."""
        self._known = known
        self._found: list[NewInstrument] = []

    def cite(self, document: Document, row: int, remark: str | None) -> None:
        """Take in that a row cites an instrument that the catalogue has not."""
        one = self._same(document)
        if one is None:
            one = NewInstrument(document)
            self._found.append(one)
        one.document = one.document._replace(
            title=one.document.title or document.title, number=one.document.number or document.number
        )
        one.rows[row] = None
        if remark is not None:
            one.remarks[remark] = None

    def settle(self) -> tuple[NewInstrument, ...]:
        """Give every instrument its id, once all rows are read, and return them."""
        unnamed = 0
        for one in self._found:
            custom = self._known.id_of(one.document.number)
            unnamed += custom is None
            one.id = custom or f"{TODO}-{unnamed}"
        return tuple(self._found)

    def id_of(self, document: Document) -> str:
        """Return the id under which an instrument is drafted."""
        one = self._same(document)
        assert one is not None  # noqa: S101 - cited before
        return one.id

    def _same(self, document: Document) -> NewInstrument | None:
        return next((one for one in self._found if _is_same(one.document, document)), None)


def _is_same(first: Document, second: Document) -> bool:
    if first.number is not None and second.number is not None:
        return first.number == second.number
    return bool(set(_keys(first)) & set(_keys(second)))


def _keys(document: Document) -> Iterator[str]:
    if document.number is not None:
        yield document.number
    if document.title is not None:
        yield letters(_titled(document.title, document.edition))


def _titled(title: str, edition: str | None) -> str:
    return title if edition is None else f"{title}（{edition}）"
