"""Snapshots of rows written in a test: in one file, or in several as changes come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.registry.snapshot.manifest import Layer, Manifest, put_manifest
from jointsanction.registry.snapshot.records import texts_of
from jointsanction.registry.snapshot.registry import SnapshotRegistry
from jointsanction.registry.snapshot.side import Side, write_side
from jointsanction.registry.snapshot.spreading import write_rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jointsanction.model.subject import Listing


def write(folder: Path, *files: tuple[Sequence[Listing], Sequence[int]], side: Side | None = None) -> SnapshotRegistry:
    """Write files of rows, each with the numbers of earlier rows that it closes, and open the snapshot.

    Rows are numbered from 1, through all files.
    """
    folder.mkdir(exist_ok=True)
    layers, last = [], 0
    for at, (rows, closed) in enumerate(files):
        numbered = [(last + place, texts_of(row)) for place, row in enumerate(rows, 1)]
        last += len(rows)
        counts = write_rows(folder / f"{at}.jss", numbered, closed)
        layers.append(Layer(f"{at}.jss", f"b{at}", last, at, *counts))
    write_side(folder / "side.jss", side or Side({}))
    put_manifest(folder, Manifest("v", None, tuple(layers), "side.jss"))
    return SnapshotRegistry.open(folder)
