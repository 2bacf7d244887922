"""Lists in a snapshot (快照名单库): answers what the lists in memory would, without having them in memory."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Final

from jointsanction.errors import RegistryError
from jointsanction.identity.masks import mask_allows
from jointsanction.registry.entries import asked_ends, is_candidate
from jointsanction.registry.snapshot.faults import corrupt
from jointsanction.registry.snapshot.manifest import read_manifest
from jointsanction.registry.snapshot.rows import RowsFile, key_bytes
from jointsanction.registry.snapshot.segment import Segment
from jointsanction.registry.snapshot.side import SideFile

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from jointsanction.model.commitment import Commitments
    from jointsanction.model.identity_verdict import IdentityVerdict
    from jointsanction.model.repair_event import RepairEvent
    from jointsanction.model.subject import Edition
    from jointsanction.registry.protocol import Hit
    from jointsanction.registry.snapshot.manifest import Manifest
    from jointsanction.registry.snapshot.rows import Found

_ATTEMPTS: Final = 5
"""So many times a snapshot is opened anew that was replaced while it was being opened."""


class SnapshotRegistry:
    """The lists of a snapshot (快照名单库). Immutable, safe between threads; processes share its pages."""

    __slots__ = ("_files", "_known_at", "_masks", "_side", "folder", "manifest")

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        """Open the files of a snapshot.

        Raises:
            RegistryError: `registry.snapshot_corrupt`.
            FileNotFoundError: a file is gone: another snapshot has taken this one's place.
        """
        self.folder, self.manifest = folder, manifest
        self._known_at = None if manifest.known_at is None else datetime.fromisoformat(manifest.known_at)
        self._files = tuple(RowsFile(Segment(folder / layer.file)) for layer in manifest.layers)
        self._side = SideFile(Segment(folder / manifest.side))
        self._masks = sorted(set[tuple[int, int]]().union(*(file.shapes for file in self._files)))

    @classmethod
    def open(cls, folder: Path) -> SnapshotRegistry:
        """Open the snapshot in a folder; its headers are checked now, everything else whenever it is read.

        Raises:
            RegistryError: `registry.no_snapshot`, `registry.snapshot_corrupt`.
        """
        for _ in range(_ATTEMPTS):
            manifest = read_manifest(folder)
            try:
                return cls(folder, manifest)
            except FileNotFoundError:
                continue
        raise corrupt(folder, "缺少文件")

    @classmethod
    def of_version(cls, folder: Path, version: str) -> SnapshotRegistry | None:
        """Return the snapshot in a folder when it is of that version; any other one would answer from old lists."""
        with suppress(RegistryError):
            registry = cls.open(folder)
            if registry.version == version:
                return registry
        return None

    @property
    def version(self) -> str:
        """Return what identifies the state consulted: that of the store it was built from."""
        return self.manifest.version

    @property
    def known_at(self) -> datetime | None:
        """Return the instant of the newest batch, None when nothing was ever loaded."""
        return self._known_at

    @property
    def editions(self) -> Mapping[str, tuple[Edition, ...]]:
        """Return the complete editions of each list, newest last."""
        return self._side.editions

    @property
    def verdicts(self) -> Mapping[tuple[str, str], IdentityVerdict]:
        """Return what persons decided about candidates, by the subject's key and the listing's record key."""
        return self._side.verdicts

    @property
    def repairs(self) -> Mapping[str, tuple[RepairEvent, ...]]:
        """Return the steps of repair and objection of each listing, in their order, by its record key."""
        return self._side.repairs

    def commitments(self, keys: tuple[str, ...]) -> Commitments:
        """Return the commitments of the subject of the keys and the talks with it; `NO_COMMITMENTS` when none."""
        return self._side.commitments(keys)

    def lookup(self, keys: tuple[str, ...], name_key: str | None) -> tuple[Hit, ...]:
        """Return the listings under any of the keys, own ones before related ones, then candidates by name.

        Raises:
            RegistryError: `registry.snapshot_corrupt`: it can't be known what is listed.
        """
        by_file = [file.by_number(keys) for file in self._files]
        if name_key is None and len(by_file) == 1 and len(by_file[0]) < 2:  # noqa: PLR2004 - one is nearly always all
            return self._straight(by_file[0], keys)
        exact = self._exact(by_file, keys)
        hits = tuple([found.hit() for found in exact])
        if name_key is None:
            return hits + self._masked(keys) if self._masks else hits
        rows = {found.number for found in exact}
        named = self._standing([file.by_name(key_bytes("n:" + name_key)) for file in self._files])
        candidates = (found.hit(by_name=True) for found in named if found.number not in rows)
        return hits + tuple(hit for hit in candidates if is_candidate(hit, keys))

    def _straight(self, groups: list[tuple[int, list[bytes]]], keys: tuple[str, ...]) -> tuple[Hit, ...]:
        """Return what stands under one key of the one file there is: already in order, and nothing of it superseded."""
        hits = tuple([self._files[0].found(item).hit() for _, items in groups for item in items])
        return hits + self._masked(keys) if self._masks else hits

    def _exact(self, by_file: list[list[tuple[int, list[bytes]]]], keys: tuple[str, ...]) -> list[Found]:
        """Return what of all files stands under any of the keys, key by key and each row once, own before related."""
        once: dict[tuple[int, int | None], Found] = {}
        for key in range(len(keys)):
            under = [[item for at, items in groups if at == key for item in items] for groups in by_file]
            found = [[file.found(item) for item in items] for file, items in zip(self._files, under, strict=True)]
            for one in self._standing(found):
                once.setdefault((one.number, one.tie), one)
        return sorted(once.values(), key=_is_tied)

    def _standing(self, by_file: list[list[Found]]) -> list[Found]:
        """Return what of all files is believed still, own before related, in the order the rows were taken in."""
        found = [
            one
            for at, group in enumerate(by_file)
            for one in group
            if not any(later.closes(one.number) for later in self._files[at + 1 :])
        ]
        return sorted(found, key=_is_tied)

    def _masked(self, keys: tuple[str, ...]) -> tuple[Hit, ...]:
        """Asked by number alone, a masked number that may be the one asked for is a clue, and never more."""
        found: list[Hit] = []
        for full, ends in asked_ends(keys, self._masks):
            shown = [[one for pattern, one in file.by_mask(ends) if mask_allows(pattern, full)] for file in self._files]
            found += [one.hit(by_name=True) for one in self._standing(shown)]
        return tuple(dict.fromkeys(found))


def _is_tied(found: Found) -> bool:
    return found.tie is not None
