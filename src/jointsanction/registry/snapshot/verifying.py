"""Reading a snapshot from end to end (快照核验): what no check happened to touch may be damaged too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.registry.snapshot.registry import SnapshotRegistry
from jointsanction.registry.snapshot.segment import Segment

if TYPE_CHECKING:
    from pathlib import Path

    from jointsanction.registry.snapshot.manifest import Manifest


def verify_snapshot(folder: Path) -> Manifest:
    """Read every piece of a snapshot, and return what it is made up of.

    Raises:
        RegistryError: `registry.no_snapshot`; `registry.snapshot_corrupt` with the file that is not as it was written.
    """
    manifest = SnapshotRegistry.open(folder).manifest
    for name in sorted(manifest.files):
        Segment(folder / name).verify()
    return manifest
