"""A snapshot made of a store, or brought up to its state (生成名单快照): all read in the one transaction handed in."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from sqlalchemy import Date, String, cast, func, select

from jointsanction.errors import RegistryError
from jointsanction.registry.snapshot.manifest import Layer, Manifest, lasting, put_manifest, read_manifest, sweep
from jointsanction.registry.snapshot.records import FIELDS
from jointsanction.registry.snapshot.registry import SnapshotRegistry
from jointsanction.registry.snapshot.side import Side, write_side
from jointsanction.registry.snapshot.spreading import write_rows
from jointsanction.store.batch_log import newest_batch
from jointsanction.store.commitments import commitments_known
from jointsanction.store.instants import from_micros
from jointsanction.store.state import state_of
from jointsanction.store.tables import BATCH, LISTING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import ColumnElement, Connection

    from jointsanction.registry.snapshot.spreading import Row

_PORTION: Final = 5000
_RECORDED: Final = FIELDS.index("recorded_at")
_ROW: Final = FIELDS.index("row")
_COLUMNS: Final[tuple[ColumnElement[Any], ...]] = tuple(
    # As text, for as text they stand in a snapshot: no date is made of ten million rows only to be written again.
    cast(LISTING.c[name], String) if isinstance(LISTING.c[name].type, Date) else LISTING.c[name]
    for name in FIELDS
)

Told: TypeAlias = Callable[[int], None]
"""Told how many rows are written."""


def bring_up(connection: Connection, folder: Path, *, anew: bool = False, progress: Told | None = None) -> Manifest:
    """Bring the snapshot in a folder to the state of the store, and return what it is then.

    Only what changed is written, unless there is no snapshot yet, it can't be read, or `anew` says so. What else
    builders left in the folder is removed: nobody but the caller may be building there.

    Raises:
        RegistryError: `registry.snapshot_unwritable`.
    """
    state, before = state_of(connection), _before(folder)
    layers = () if anew or before is None else _sound(connection, folder, before)
    if layers and before is not None and before.version == state.version:
        sweep(folder, before)
        return before
    layers = _with_changes(connection, folder, layers, progress)
    side = f"side-{secrets.token_hex(4)}.jss"
    write_side(folder / side, Side(state.editions, state.verdicts, state.repairs, commitments_known(connection)))
    known_at = None if state.known_at is None else state.known_at.isoformat()
    manifest = Manifest(state.version, known_at, layers, side)
    put_manifest(folder, manifest)
    sweep(folder, manifest)
    return manifest


def _before(folder: Path) -> Manifest | None:
    """Return what the folder holds, None when it holds nothing that can be read."""
    try:
        return read_manifest(folder)
    except RegistryError:
        return None


def _sound(connection: Connection, folder: Path, before: Manifest) -> tuple[Layer, ...]:
    """Return the files of a snapshot when it is one of this store and all of them open, else none."""
    batches = {layer.batch: layer.at for layer in before.layers}
    known = connection.execute(select(BATCH.c.id, BATCH.c.recorded_at).where(BATCH.c.id.in_(batches)))
    if dict(map(tuple, known)) != batches:
        return ()
    try:
        SnapshotRegistry(folder, before)
    except (RegistryError, OSError):
        return ()
    return before.layers


def _with_changes(
    connection: Connection, folder: Path, layers: tuple[Layer, ...], progress: Told | None
) -> tuple[Layer, ...]:
    """Write what changed since a snapshot, and what of its last files is worth writing again with it."""
    newest = newest_batch(connection)
    if newest is None:
        batch, at, last = "", 0, 0
    else:
        batch, at = newest.id, newest.recorded_at
        last = connection.execute(select(func.max(LISTING.c.id))).scalar() or 0
    if layers:
        changed = sum(connection.execute(select(func.count()).where(*each)).scalar_one() for each in _since(layers[-1]))
        if changed == 0:
            return layers
        layers = lasting(layers, changed)
    since = layers[-1] if layers else None
    name = f"rows-{secrets.token_hex(4)}.jss"
    fresh, closed = _since(since)
    rows, gone = write_rows(
        folder / name, _rows(connection, fresh, progress), () if since is None else _numbers(connection, closed)
    )
    return (*layers, Layer(name, batch, last, at, rows, gone))


def _since(layer: Layer | None) -> tuple[tuple[ColumnElement[bool], ...], tuple[ColumnElement[bool], ...]]:
    """Return which rows came since a file was written and are believed, and which that it knew are no longer."""
    last, at = (0, 0) if layer is None else (layer.last, layer.at)
    return (
        (LISTING.c.id > last, LISTING.c.superseded_at.is_(None)),
        (LISTING.c.id <= last, LISTING.c.superseded_at > at),
    )


def _rows(connection: Connection, among: tuple[ColumnElement[bool], ...], progress: Told | None) -> Iterator[Row]:
    """Yield rows with their texts, portion by portion: they may be ten million."""
    rows = select(LISTING.c.id, *_COLUMNS).where(*among).order_by(LISTING.c.id)
    found = connection.execute(rows, execution_options={"yield_per": _PORTION})
    instants: dict[int, str] = {}
    done = 0
    for portion in found.partitions():
        for number, *texts in portion:
            recorded = texts[_RECORDED]
            if recorded not in instants:
                instants[recorded] = from_micros(recorded).isoformat()
            texts[_RECORDED] = instants[recorded]
            texts[_ROW] = None if texts[_ROW] is None else str(texts[_ROW])
            yield number, texts
        done += len(portion)
        if progress is not None:
            progress(done)


def _numbers(connection: Connection, among: tuple[ColumnElement[bool], ...]) -> Iterator[int]:
    found = connection.execute(select(LISTING.c.id).where(*among), execution_options={"yield_per": _PORTION})
    yield from found.scalars()
