"""A row of text becomes a listing (逐行读取), or is refused with every reason at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.identity.keys import is_person, own_keys
from jointsanction.model.subject import Listing, Related
from jointsanction.registry.readers.cells import KindCell, cell_readers, read_text
from jointsanction.registry.readers.columns import NUMBER_COLUMNS
from jointsanction.registry.readers.doubts import Stranger, document_doubts, stranger
from jointsanction.registry.readers.endings import list_kind_fault, settle_span, settle_status
from jointsanction.registry.readers.grade_doubts import grade_doubts
from jointsanction.registry.readers.identifiers import Numbers, place_numbers
from jointsanction.registry.readers.related_cell import fault_of
from jointsanction.registry.readers.report import Fault, RowProblem
from jointsanction.registry.readers.row_texts import RowTexts
from jointsanction.terms import Operation, Relation, SubjectKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from jointsanction.model.catalogue import ListType
    from jointsanction.registry.readers.layout import Layout
    from jointsanction.registry.readers.lists import ListFinder

_TIES: Final = (
    ("legal_representative", "legal_representative_id", Relation.LEGAL_REPRESENTATIVE),
    ("principal", "principal_id", Relation.PRINCIPAL),
    ("directly_responsible", "directly_responsible_id", Relation.DIRECTLY_RESPONSIBLE),
)
"""Columns of a person's name and number, and how he is tied to the listed subject."""


class RowReading(NamedTuple):
    """What a row came to (行读取结果). `list` is told even of a refused row, when it could be.

    `ends` says that it states the end of a listing that another row states (移出记录). `operation` is what a row of a
    delta does.
    """

    listing: Listing | None
    list: str | None
    problems: tuple[RowProblem, ...]
    ends: bool = False
    operation: Operation | None = None


@dataclass(slots=True)
class _Draft:
    """A row on its way: texts by column, values read so far, and what was found wrong or doubtful."""

    row: int
    texts: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[tuple[str, Fault]] = field(default_factory=list)
    warnings: list[tuple[str, Fault]] = field(default_factory=list)

    def keep(self, column: str, found: object) -> None:
        """Keep a value, or note why there is none; the day of a status matters only where the status needs it.

        No restriction follows from 登记状态, so a word for it that nobody knows is told, and left unknown.
        """
        if not isinstance(found, Fault):
            self.values[column] = found
        elif column == "subject_status":
            message = f"登记状态按不明读取：{found.message}"
            self.warnings.append((column, Fault("row.status_unknown", message)))
        elif column != "status_on":
            self.faults.append((column, found))

    def reading(self, listing: Listing | None, code: str | None) -> RowReading:
        """Return what the row came to; with a fault there is no listing."""
        problems = [RowProblem(self.row, column, *fault) for column, fault in self.faults]
        problems += [RowProblem(self.row, column, *fault, "warning") for column, fault in self.warnings]
        return RowReading(None if self.faults else listing, code, tuple(problems))


class RowReader:
    """Reads the rows of one file (逐行读取). Equal cells are read once: a file of dates holds few days."""

    def __init__(
        self,
        layout: Layout,
        finder: ListFinder,
        *,
        only_list: ListType | None = None,
        values: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        """Read rows as a layout says.

        `only_list` is the list of rows that name none, `values` are further words of closed columns.
        """
        self._layout = layout
        self._row_texts = RowTexts(layout)
        self._finder = finder
        self._only = only_list
        self._readers = cell_readers(values or {})
        self._seen: dict[str, dict[str, object]] = {column: {} for column in self._readers}
        self._lists: dict[tuple[str, str | None, date | None], ListType | Fault] = {}
        self._authorities: dict[tuple[str, str], Stranger | None] = {}

    def read(self, row: int, cells: Sequence[str]) -> RowReading:
        """Return the listing of a row, or why there is none."""
        draft = self._draft(row, cells)
        kind = self._own_list(draft)
        numbers = _numbers(draft)
        _add_ties(draft)
        if kind is None or draft.faults:
            return draft.reading(None, None if kind is None else kind.code)
        draft.values["subject_kind"] = _subject_kind(draft, numbers, kind)
        operation = draft.values.pop("operation", None)
        listing = Listing(
            list=kind.code,
            uscc=numbers.uscc,
            resident_id=numbers.resident_id,
            other_id=numbers.other_id,
            row=row,
            raw=self._row_texts.printed(cells),
            **draft.values,
        )
        ends = operation is Operation.DEL or only_ends(listing) or self._layout.is_exit(cells)
        draft.faults += _contradictions(listing, ends=ends)
        if not ends:
            draft.warnings += document_doubts(listing, kind)
            draft.warnings += grade_doubts(listing, kind, self._finder.catalog)
            self._add_stranger(draft, listing, kind)
        does = Operation.DEL if ends and operation is not None else operation
        return draft.reading(listing, kind.code)._replace(ends=ends, operation=does)

    def _draft(self, row: int, cells: Sequence[str]) -> _Draft:
        draft = _Draft(row, self._row_texts.of(cells))
        for column, text in draft.texts.items():
            if column in self._readers:
                draft.keep(column, self._value(column, text))
        if self._layout.is_delta and "operation" not in draft.texts:
            draft.faults.append(
                ("operation", Fault("row.no_operation", "增量文件的该行没有写明是新增、变更还是移出。"))
            )
        draft.warnings += self._differing(cells)
        settle_span(draft.values, self._layout.plan.assessed)
        for column, fault, refuses in settle_status(draft.values):
            (draft.faults if refuses else draft.warnings).append((column, fault))
        return draft

    def _differing(self, cells: Sequence[str]) -> Iterator[tuple[str, Fault]]:
        """Yield the columns that a row fills twice, with two different things."""
        for column, said in self._row_texts.told_twice(cells):
            if column in self._readers and len({repr(self._value(column, text)) for text in said}) > 1:
                yield column, Fault("row.differs", "该行的几列都写了这一项，但不一致，已按先列的读取，请核对。")

    def _value(self, column: str, text: str) -> object:
        reader = self._readers[column]
        if reader is read_text:
            return read_text(text)
        seen = self._seen[column]
        if text not in seen:
            seen[text] = reader(text)
        return seen[text]

    def _list(self, draft: _Draft) -> ListType | None:
        text = draft.texts.get("list")
        if text is None:
            if self._only is None:
                draft.faults.append(("list", Fault("row.no_list", "没有写明属于哪个名单。")))
            return self._only
        asked = (text, draft.values.get("region"), draft.values.get("listed_on"))
        found = self._lists.get(asked)
        if found is None:
            found = self._lists[asked] = self._finder.find(text, region=asked[1], day=asked[2])
        if isinstance(found, Fault):
            draft.faults.append(("list", found))
            return self._only
        if self._only is not None and found.code != self._only.code:
            message = f"该行写明的名单是 {found.code}，与指定的 {self._only.code} 不同。"
            draft.faults.append(("list", Fault("row.other_list", message)))
        return found

    def _own_list(self, draft: _Draft) -> ListType | None:
        kind = self._list(draft)
        fault = None if kind is None else list_kind_fault(draft.values.pop("list_kind", None), kind)
        if fault is not None:
            draft.faults.append(("list_kind", fault))
        return kind

    def _add_stranger(self, draft: _Draft, listing: Listing, kind: ListType) -> None:
        """Refuse a row signed by who keeps another list (谁监管、谁认定); tell once of whom nobody knows."""
        printed = listing.designating_authority
        if printed is None:
            return
        asked = (kind.code, printed)
        told = asked in self._authorities
        if not told:
            self._authorities[asked] = stranger(printed, kind, self._finder)
        found = self._authorities[asked]
        if found is not None and found.refuses:
            draft.faults.append(("designating_authority", found.fault))
        elif found is not None and not told:
            draft.warnings.append(("designating_authority", found.fault))


def only_ends(listing: Listing) -> bool:
    """Tell whether a row only states the end of a listing (移出记录), so that another must say what ended."""
    return listing.removed_on is not None and listing.listed_on is None and listing.announced_on is None


def _numbers(draft: _Draft) -> Numbers:
    declared = draft.values.get("subject_kind")
    person = False if declared == KindCell.UNIT else is_person(declared)
    cells = {column.value: draft.texts[column] for column in NUMBER_COLUMNS if column in draft.texts}
    numbers = place_numbers(cells, draft.values.get("name"), person=person)
    for told in numbers.told:
        (draft.faults if told.refuses else draft.warnings).append((told.column, told.fault))
    return numbers


def _add_ties(draft: _Draft) -> None:
    for of_name, of_number, relation in _TIES:
        name, number = draft.texts.get(of_name), draft.texts.get(of_number)
        if name is None and number is None:
            continue
        tie = Related(relation=relation, kind=SubjectKind.PERSON, name=name, id=number)
        fault = fault_of(tie)
        if fault is not None:
            draft.faults.append((of_number, fault))
        draft.values["related"] = (*draft.values.get("related", ()), tie)


def _subject_kind(draft: _Draft, numbers: Numbers, kind: ListType) -> SubjectKind | None:
    """The column says it, else the number, else the list when it takes one kind only (主体类别)."""
    declared, derived = draft.values.get("subject_kind"), numbers.derived_kind()
    if isinstance(declared, SubjectKind):
        if derived is None or (declared is SubjectKind.PERSON) is (derived is SubjectKind.PERSON):
            return declared
        if declared is SubjectKind.INDIVIDUAL_BUSINESS:
            return declared  # 个体工商户 is often listed under its operator's resident id
        message = f"主体类别为“{declared.zh}”，号码对应“{derived.zh}”，已按号码读取。"
        draft.warnings.append(("subject_kind", Fault("row.kind_differs", message)))
        return derived
    if derived is not None:
        return derived
    only = kind.kinds[0] if len(kind.kinds) == 1 else None
    return only if isinstance(only, SubjectKind) else None


def _contradictions(listing: Listing, *, ends: bool) -> Iterator[tuple[str, Fault]]:
    if listing.name is None and not own_keys(listing):
        yield "name", Fault("row.nobody", "既无名称也无可用的证件号码，不知道是谁。")
    if not ends and listing.listed_on is None and listing.announced_on is None and listing.removed_on is None:
        yield "listed_on", Fault("row.undated", "缺少列入日期（也无事前告知日期），无法判断何时生效。")
    for column, day in (("valid_to", listing.valid_to), ("removed_on", listing.removed_on)):
        if day is not None and listing.listed_on is not None and day < listing.listed_on:
            yield column, Fault("row.date_order", "早于列入日期，请核对。")
