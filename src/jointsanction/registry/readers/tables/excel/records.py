"""A look ahead over the records of a .xls (BIFF 记录预扫描): extents, failed formulas, a password."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from jointsanction.errors import RegistryError
from jointsanction.registry.readers.tables.excel.archive import corrupt, password
from jointsanction.registry.readers.tables.excel.compound import Compound
from jointsanction.registry.readers.tables.excel.scan import Scan, Sheet
from jointsanction.registry.readers.tables.grid import Merge

if TYPE_CHECKING:
    from collections.abc import Iterator

_BOUND_SHEET: Final = 0x85
_WORKSHEET: Final = b"\0"
_BEGIN: Final = 0x809
_FILE_PASS: Final = 0x2F
_FORMULA: Final = 0x06
_ERROR: Final = 0x205
_MERGED: Final = 0xE5
_SEVERAL: Final = 0xBD
_DIMENSIONS: Final = 0x200
_CELLS: Final = frozenset({0x203, 0x27E, 0xFD, 0x204, 0xD6, _ERROR, _FORMULA})
_STRINGS: Final = 0xFC
_LONG: Final = 14
_ROWS: Final = 1 << 16
_COLUMNS: Final = 1 << 8
_CODES: Final = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_OTHERS: Final = (("WordDocument", "Word 文档"), ("PowerPoint Document", "PowerPoint 演示文稿"))


def record_scans(raw: bytes) -> tuple[Sheet, ...]:
    """Return the worksheets of a .xls in the order of the workbook (工作表), each with what it holds.

    Raises:
        RegistryError: `registry.corrupt`, `registry.password`, `registry.format`.
    """
    stream = _workbook(Compound(raw))
    sheets: dict[int, Sheet] = {}
    begun: set[int] = set()
    current = Scan()
    for start, kind, record in _records(stream):
        if kind == _BOUND_SHEET:
            sheets[_number("<I", record, 0)] = _bound(record)
        elif kind == _BEGIN:
            begun.add(start)
            current = sheets[start].scan if start in sheets else current
        elif kind in _CELLS:
            _note(current, kind, record)
        elif kind == _SEVERAL:
            current.fill(_number("<H", record, 0) + 1, _number("<H", record, len(record) - 2) + 1)
        elif kind == _MERGED:
            _merge(current, record)
        else:
            _refuse(kind, record, len(stream))
    if sheets.keys() - begun:
        raise corrupt()  # calamine would read on from the middle of something
    return tuple(sheet for sheet in sheets.values() if sheet.name)


def _workbook(container: Compound) -> bytes:
    name = next((name for name in ("Workbook", "Book", "WORKBOOK", "BOOK") if name in container.names), None)
    if name is not None:
        return container.stream(name)
    if "EncryptedPackage" in container.names:
        raise password()
    kind = next((title for part, title in _OTHERS if part in container.names), "其他 Office 文件")
    raise RegistryError("registry.format", f"文件内容是{kind}，不能导入。", "请把名单另存为 .xlsx 后导入。")


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield place, kind and content of each record."""
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<2H", stream, place)
        yield place, kind, stream[place + 4 : place + 4 + length]
        place += 4 + length


def _bound(record: bytes) -> Sheet:
    """Return the sheet a record announces, without a name when it is a chart or a module."""
    wide = record[7:8] == b"\1"
    name = record[8:].decode("utf-16-le" if wide else "latin-1", "replace")[: _number("B", record, 6)]
    return Sheet(name if record[5:6] == _WORKSHEET else "", record[4:5] != b"\0", Scan())


def _note(scan: Scan, kind: int, record: bytes) -> None:
    row, column = _number("<H", record, 0) + 1, _number("<H", record, 2) + 1
    scan.fill(row, column)
    if kind == _ERROR and record[7:8] == b"\1":
        scan.mark(row, column, _CODES.get(record[6], "#N/A"))
    elif kind == _FORMULA and (record[6:7], record[12:14]) == (b"\2", b"\xff\xff"):
        scan.mark(row, column, _CODES.get(record[8], "#N/A"))


def _merge(scan: Scan, record: bytes) -> None:
    for at in range(2, len(record) - 7, 8):
        top, bottom, left, right = struct.unpack_from("<4H", record, at)
        scan.merge(Merge(top + 1, left, bottom + 1, right))


def _refuse(kind: int, record: bytes, most: int) -> None:
    """Refuse a password, and counts that are too high to be true: calamine reserves what they say, and aborts."""
    if kind == _FILE_PASS:
        raise password()
    if kind == _STRINGS and _number("<I", record, 4) > most:
        raise corrupt()
    if kind == _DIMENSIONS:
        form = "<2I2H" if len(record) >= _LONG else "<4H"
        top, bottom, left, right = (_number(form, record, 0, at) for at in range(4))
        if not (top <= bottom <= _ROWS and left <= right <= _COLUMNS):
            raise corrupt()


def _number(form: str, record: bytes, place: int, at: int = 0) -> int:
    try:
        return int(struct.unpack_from(form, record, place)[at])
    except struct.error as error:
        raise corrupt() from error
