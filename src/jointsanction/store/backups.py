"""Backups of a store (备份): every table and the catalogue in one file, each part with its checksum.

The file is a ZIP of lines of JSON that any database can take in again, so that a store can also move from a file to a
server and back. It says no time of its own: two backups of one state are the same file to the last byte. It holds
personal data, as the store does: nobody but who wrote it may read it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import zlib
from contextlib import contextmanager, suppress
from datetime import date
from lzma import LZMAError
from struct import error as StructError  # noqa: N812 - of a name that says what it is
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from sqlalchemy import cast, select

from jointsanction.catalog.bundle import bundle_text, catalog_version
from jointsanction.errors import RegistryError
from jointsanction.registry.snapshot.locking import is_alone
from jointsanction.store.docket.tables import FEEDBACK
from jointsanction.store.docket.tables import SHAPE as DOCKET
from jointsanction.store.layout import LAYOUT
from jointsanction.store.state import state_of
from jointsanction.store.tables import KEY, METADATA, PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import ColumnElement, Connection, Table

    from jointsanction.model.catalogue import Catalog

FORM: Final = 2
"""The newest form: with the docket. One without a docket is of the first, which every program reads."""
MANIFEST: Final = "manifest.json"
CATALOGUE: Final = "catalogue.json"
_BROKEN: Final = (
    AttributeError, KeyError, TypeError, ValueError, EOFError, OSError, RuntimeError, BadZipFile, zlib.error, LZMAError,
    StructError,
)  # fmt: skip
"""What reading a ZIP raises in which bytes were changed: a RuntimeError where it now looks encrypted."""
_WITHOUT_DOCKET: Final = 1
_FETCHED: Final = 5000
_COMPRESSION: Final = 3  # higher costs twice the time for a tenth of the size


class Part(NamedTuple):
    """One table in a backup (备份中的表): its columns in the order of its lines."""

    name: str
    columns: tuple[str, ...]
    rows: int
    sha256: str


class Manifest(NamedTuple):
    """What a backup holds (备份清单).

    `version` is that of the store and `known_at` the instant of its newest entry, None when it had none; `catalogue` is
    the version of the catalogue beside it. `docket` are the tables of the docket, without a layout when there was none.
    """

    layout: str
    version: str
    known_at: str | None
    catalogue: str
    catalogue_sha256: str
    tables: tuple[Part, ...]
    docket_layout: str | None = None
    docket: tuple[Part, ...] = ()

    @property
    def rows(self) -> int:
        """Return how many rows of listings it holds, superseded ones included."""
        return self.rows_of("listing")

    def rows_of(self, table: str) -> int:
        """Return how many rows of a table it holds."""
        return next((part.rows for part in (*self.tables, *self.docket) if part.name == table), 0)


def write_backup(connection: Connection, path: Path, catalog: Catalog, docket: Connection | None = None) -> Manifest:
    """Write one state of a store, a catalogue and a docket into a file, which is there when it is whole (备份).

    The docket is read first: nothing in it speaks of lists that are not in the backup.

    Raises:
        RegistryError: `registry.backup_unwritable`; `registry.busy` while somebody else writes the very same file.
    """
    try:
        with _whole(path) as file, ZipFile(file, "w", ZIP_DEFLATED, compresslevel=_COMPRESSION) as archive:
            return _write(connection, archive, catalog, docket)
    except OSError as error:
        message = f"备份文件 {path} 无法写入：{error.strerror or '文件系统不允许'}。"
        raise RegistryError("registry.backup_unwritable", message, "请核对路径、权限和磁盘空间。") from error


def read_manifest(archive: ZipFile, path: Path) -> Manifest:
    """Return what a backup says it holds.

    Raises:
        RegistryError: `registry.backup_damaged`, or `registry.backup_form` of a newer program's.
    """
    try:
        said = json.loads(archive.read(MANIFEST))
        form, parts, docket = said.pop("form"), said.pop("tables"), said.pop("docket", ())
        manifest = Manifest(**said, tables=_parts(parts), docket=_parts(docket))
    except _BROKEN as error:
        raise _damaged(path) from error
    if form > FORM or manifest.layout > LAYOUT or (manifest.docket_layout or "") > DOCKET.layout:
        message = f"备份 {path} 由较新的程序写成，本程序读不了。"
        raise RegistryError("registry.backup_form", message, "请升级后重试：pip install --upgrade jointsanction")
    return manifest


def verify_backup(path: Path) -> Manifest:
    """Read a backup from end to end and hold every part against its checksum (校验备份).

    Raises:
        RegistryError: `registry.backup_damaged`, `registry.backup_form`.
    """
    with opened(path) as archive:
        manifest = read_manifest(archive, path)
        for part in (*manifest.tables, *manifest.docket):
            seen, rows = hashlib.sha256(), 0
            for line in _lines(archive, part.name, path):
                seen.update(line)
                rows += 1
            if (seen.hexdigest(), rows) != (part.sha256, part.rows):
                raise _damaged(path)
        if hashlib.sha256(member(archive, CATALOGUE, path)).hexdigest() != manifest.catalogue_sha256:
            raise _damaged(path)
    return manifest


def opened(path: Path) -> ZipFile:
    """Open a backup.

    Raises:
        RegistryError: `registry.no_file`, `registry.backup_damaged`.
    """
    try:
        return ZipFile(path)
    except FileNotFoundError as error:
        raise RegistryError("registry.no_file", f"没有文件 {path}。", "请核对路径。") from error
    except (OSError, BadZipFile) as error:
        raise _damaged(path) from error


def member(archive: ZipFile, name: str, path: Path) -> bytes:
    """Return a whole part of a backup."""
    return b"".join(_lines(archive, name, path))


def rows_of(archive: ZipFile, table: Table, part: Part, path: Path) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a table as they are inserted."""
    binary = [part.columns.index(name) for name in part.columns if table.c[name].type.python_type is bytes]
    for line in _lines(archive, part.name, path):
        row = json.loads(line)
        for place in binary:
            row[place] = None if row[place] is None else base64.b64decode(row[place])
        yield tuple(row)


@contextmanager
def _whole(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to write that takes its name when it is whole; what a killed writer left is overwritten."""
    half = path.with_name(path.name + ".part")
    with open(os.open(half, os.O_CREAT | os.O_RDWR, 0o600), "w+b") as file:  # noqa: PTH123 - of a descriptor
        if not is_alone(file.fileno()) or not _is_at(half, file):
            message = f"备份文件 {path} 正由另一个备份写入。"
            raise RegistryError("registry.busy", message, "请换一个文件名，或者等它结束。")
        try:
            file.truncate()
            yield file
            file.flush()
            os.fsync(file.fileno())
            half.replace(path)
        except OSError:
            with suppress(OSError):
                half.unlink()
            raise


def _parts(said: list[dict[str, Any]]) -> tuple[Part, ...]:
    return tuple(Part(**{**part, "columns": tuple(part["columns"])}) for part in said)


def _is_at(path: Path, file: IO[bytes]) -> bool:
    """Tell whether an open file has its name still: whoever had the lock may have renamed it."""
    return path.exists() and os.path.samestat(path.stat(), os.fstat(file.fileno()))


def _write(connection: Connection, archive: ZipFile, catalog: Catalog, docket: Connection | None) -> Manifest:
    filed = () if docket is None else [_write_table(docket, archive, table) for table in DOCKET.metadata.sorted_tables]
    parts = [_write_table(connection, archive, table) for table in METADATA.sorted_tables]
    bundle, state = bundle_text(catalog).encode(), state_of(connection)
    archive.writestr(_timeless(CATALOGUE), bundle)
    manifest = Manifest(
        layout=LAYOUT,
        version=state.version,
        known_at=None if state.known_at is None else state.known_at.isoformat(),
        catalogue=catalog_version(catalog),
        catalogue_sha256=hashlib.sha256(bundle).hexdigest(),
        tables=tuple(parts),
        docket_layout=None if docket is None else DOCKET.layout,
        docket=tuple(filed),
    )
    said = {**manifest._asdict(), "form": FORM, "tables": [part._asdict() for part in parts]}
    said["docket"] = [part._asdict() for part in filed]
    if docket is None:
        del said["docket"], said["docket_layout"]
        said["form"] = _WITHOUT_DOCKET
    archive.writestr(_timeless(MANIFEST), json.dumps(said, ensure_ascii=False, indent=1))
    return manifest


def _timeless(name: str) -> ZipInfo:
    """Return an entry that doesn't say when it was written, nor by what system."""
    entry = ZipInfo(name)
    entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
    return entry


def _write_table(connection: Connection, archive: ZipFile, table: Table) -> Part:
    seen, count = hashlib.sha256(), 0
    wanted = select(table).order_by(*_in_order(table)).execution_options(stream_results=True)
    with archive.open(_timeless(f"{table.name}.jsonl"), "w", force_zip64=True) as file:
        for rows in connection.execute(wanted).partitions(_FETCHED):
            lines = "".join(_ENCODER.encode(list(row)) + "\n" for row in rows).encode()
            seen.update(lines)
            file.write(lines)
            count += len(rows)
    return Part(table.name, tuple(column.name for column in table.columns), count, seen.hexdigest())


def _in_order(table: Table) -> Iterator[ColumnElement[Any]]:
    """Yield the key of a table so that every database sorts it alike, by bytes; the keys of listings lie so already."""
    if table is FEEDBACK:
        yield table.c.recorded_at  # one that stands in the place of another comes after it
    for column in table.primary_key.columns:
        yield cast(column, PLAIN) if column.type.python_type is str and table is not KEY else column


def _plain(value: date | bytes) -> str:
    return value.isoformat() if isinstance(value, date) else base64.b64encode(value).decode()


def _lines(archive: ZipFile, name: str, path: Path) -> Iterator[bytes]:
    try:
        with archive.open(name if name.endswith(".json") else f"{name}.jsonl") as file:
            yield from file
    except _BROKEN as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> RegistryError:
    message = f"备份 {path} 已损坏，或不是备份文件：校验不符。"
    return RegistryError("registry.backup_damaged", message, "请改用另一份备份；名单库没有任何改动。")


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain)
