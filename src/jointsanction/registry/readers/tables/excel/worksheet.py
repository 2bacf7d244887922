"""A look ahead over the worksheets of a .xlsx (工作表预扫描), in bounded memory and before any library loads them.

A legal file of 5 KB with the cells A1 and XFD1048576 makes calamine abort the whole process, and Excel's Solver writes
such files. calamine also shows a failed formula as a blank cell, which would turn a failed 有效期止 into an open end.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from jointsanction.registry.readers.tables.excel.archive import WORKBOOK, corrupt
from jointsanction.registry.readers.tables.excel.scan import Scan, Sheet
from jointsanction.registry.readers.tables.grid import Merge, refuse_far
from jointsanction.registry.readers.tables.table import NOT_WORKED_OUT

if TYPE_CHECKING:
    from collections.abc import Callable

    from jointsanction.registry.readers.tables.excel.archive import Archive

_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_ROOTS: Final = frozenset({"worksheet", "macrosheet", "dialogsheet"})
_RANGE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")


def worksheets(archive: Archive) -> tuple[Sheet, ...]:
    """Return the worksheets in the order of the workbook (工作表), each with what it holds.

    Every part is unpacked to its end, so that none is larger than allowed; any that is a worksheet is looked at.

    Raises:
        RegistryError: `registry.corrupt`, `registry.too_large`; `registry.extent` for one that nothing names.
    """
    named = _named(archive)
    found = {}
    for part in archive.names:
        scan = _scan(archive, part, is_sheet=part in named)
        if scan is not None and part not in named:
            refuse_far(scan.rows, scan.columns, sheet=part)
        elif scan is not None:
            found[part] = scan
    return tuple(
        Sheet(each.get("name", ""), each.get("state", "visible") != "visible", found[part])
        for part, each in named.items()
        if part in found
    )


def _named(archive: Archive) -> dict[str, dict[str, str]]:
    """Return what the workbook says of each sheet, by the sheet's part."""
    targets = {
        each.get("Id", ""): _part(each.get("Target", ""))
        for each in _attributes(archive.read(_RELATIONS), "Relationship")
    }
    return {
        targets.get(value, ""): each
        for each in _attributes(archive.read(WORKBOOK), "sheet")
        for key, value in each.items()
        if key.endswith(":id")
    }


def _part(target: str) -> str:
    path = target.replace("\\", "/").lower()
    return path.removeprefix("/") if path.startswith(("/", "xl/")) else f"xl/{path}"


def _attributes(xml: bytes, wanted: str) -> list[dict[str, str]]:
    found = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == wanted:
            found.append(attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(xml, True)  # noqa: FBT003 - expat takes it by position only
    except expat.ExpatError as error:
        raise corrupt() from error
    return found


def _scan(archive: Archive, part: str, *, is_sheet: bool) -> Scan | None:
    """Return what a part holds, None when it is no worksheet."""
    scanner = _Scanner(is_sheet=is_sheet)
    for chunk in chain(archive.chunks(part), (b"",)):
        scanner.feed(chunk)
    return None if scanner.is_other else scanner.scan


def _refuse_doctype(*_: object) -> None:
    """No spreadsheet writes one; entities can be made to grow without bound or to read other files."""
    raise corrupt()


class _OtherRootError(Exception):
    """A part that is XML and no worksheet."""


class _Scanner:
    """Follows the cells of one worksheet; only starts of elements are heard, but for cells that need care."""

    def __init__(self, *, is_sheet: bool) -> None:
        """Start before the first element; `is_sheet` says that the part is named as a worksheet."""
        self.scan = Scan()
        self.is_other = False
        self._is_sheet = is_sheet
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._root
        self.parser.StartDoctypeDeclHandler = _refuse_doctype
        self._place = ""
        self._row = self._column = 0
        self._columns: dict[str, int] = {}
        self._handlers: dict[str, Callable[[dict[str, str]], None]] = {}
        self._kind = ""
        self._text: list[str] | None = None

    def feed(self, chunk: bytes) -> None:
        """Follow the next piece of the part, an empty one at its end; what is no worksheet is not followed.

        Raises:
            RegistryError: `registry.corrupt`.
        """
        if self.is_other:
            return
        try:
            self.parser.Parse(chunk, not chunk)
        except _OtherRootError:
            self.is_other = True
        except expat.ExpatError as error:
            if self._is_sheet:
                raise corrupt() from error
            self.is_other = True

    def _root(self, name: str, _attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] not in _ROOTS:
            raise _OtherRootError
        self._is_sheet = True
        self.parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        handler = self._handlers.get(name)
        if handler is None:
            handler = self._handlers[name] = self._handler(name.rpartition(":")[2])
        handler(attributes)

    def _handler(self, local: str) -> Callable[[dict[str, str]], None]:
        known = {
            "c": self._cell,
            "v": self._value,
            "is": self._value,
            "f": self._formula,
            "row": self._next_row,
            "mergeCell": self._merge,
        }
        return known.get(local, self._nothing)

    def _nothing(self, attributes: dict[str, str]) -> None:
        """Other elements say nothing about extents."""

    def _cell(self, attributes: dict[str, str]) -> None:
        self._place = attributes.get("r", "")
        self._kind = attributes.get("t", "")
        if not self._place:
            self._column += 1
        if self._kind == "e":
            self._follow()

    def _at(self) -> tuple[int, int]:
        """Return row and column of the cell, which may leave them to be counted."""
        letters = self._place.rstrip("0123456789")
        if letters and len(letters) < len(self._place):
            self._row, self._column = int(self._place[len(letters) :]), self._column_number(letters)
        return self._row, self._column

    def _value(self, _attributes: dict[str, str]) -> None:
        self.scan.fill(*self._at())
        if self._text is not None:
            self.parser.CharacterDataHandler = self._text.append

    def _formula(self, _attributes: dict[str, str]) -> None:
        self.scan.fill(*self._at())
        self._follow()

    def _next_row(self, attributes: dict[str, str]) -> None:
        self._row = int(attributes["r"]) if attributes.get("r", "").isdecimal() else self._row + 1
        self._column = 0

    def _column_number(self, letters: str) -> int:
        found = self._columns.get(letters)
        if found is None:
            found = 0
            for letter in letters.upper():
                found = found * 26 + ord(letter) - 64
            self._columns[letters] = found
        return found

    def _merge(self, attributes: dict[str, str]) -> None:
        match = _RANGE.fullmatch(attributes.get("ref", "").upper())
        if match is not None:
            left, right = self._column_number(match[1]) - 1, self._column_number(match[3]) - 1
            self.scan.merge(Merge(int(match[2]), left, int(match[4]), right))

    def _follow(self) -> None:
        """Listen to the rest of a cell: it is an error, or a formula whose value may not have been saved."""
        if self._text is None:
            self._text = []
            self.parser.EndElementHandler = self._end

    def _end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local in {"v", "is"}:
            self.parser.CharacterDataHandler = None
        if local != "c" or self._text is None:
            return
        text = "".join(self._text).strip()
        if self._kind == "e":
            self.scan.fill(*self._at())
            self.scan.mark(*self._at(), text or "#N/A")
        elif not text and self._kind != "str":
            self.scan.mark(*self._at(), NOT_WORKED_OUT)
        self._text = None
        self.parser.EndElementHandler = None
