"""Lists in a snapshot (快照名单库): answers what the lists in memory would, without having them in memory."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Final

from jointsanction.errors import RegistryError
from jointsanction.registry.entries import asked_ends
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.registry.outline import Outline
from jointsanction.registry.protocol import Hit
from jointsanction.registry.snapshot.faults import corrupt
from jointsanction.registry.snapshot.layout import WORD_SIZE, hash_of, is_code
from jointsanction.registry.snapshot.manifest import Manifest, read_manifest
from jointsanction.registry.snapshot.records import CODED, number_of
from jointsanction.registry.snapshot.rows import RowsFile
from jointsanction.registry.snapshot.segment import Segment
from jointsanction.registry.snapshot.side import SideFile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from jointsanction.model.commitment import Commitments
    from jointsanction.model.identity_verdict import Verdicts
    from jointsanction.model.repair_event import RepairEvent
    from jointsanction.model.subject import Edition

_ATTEMPTS: Final = 5
"""So many times a snapshot is opened anew that was replaced while it was being opened."""


class SnapshotRegistry:
    """The lists of a snapshot (快照名单库). Immutable, safe between threads; processes share its pages."""

    __slots__ = ("_closing", "_files", "_known_at", "_masks", "_side", "_under", "folder", "manifest")

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        """Open the files of a snapshot.

        Raises:
            RegistryError: `registry.snapshot_corrupt`.
            FileNotFoundError: a file is gone: another snapshot has taken this one's place.
        """
        self.folder, self.manifest = folder, manifest
        self._known_at = None if manifest.known_at is None else datetime.fromisoformat(manifest.known_at)
        self._files = tuple(RowsFile(Segment(folder / layer.file)) for layer in manifest.layers)
        self._under = tuple((file, file.numbers.record) for file in self._files)
        self._closing = any(file.closed is not None for file in self._files[1:])
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
    def verdicts(self) -> Verdicts:
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
        if name_key is None:
            ends = [shown for _, shown in asked_ends(keys, self._masks)] if self._masks else ()
            if ends and any(file.masked(ends) for file in self._files):
                return self._closely(keys, None, ends)
        elif any(file.named(name_key) for file in self._files):
            return self._closely(keys, name_key)
        rows = self.rows(keys)
        if rows is None:
            return self._closely(keys, name_key)
        return tuple([Hit(file.decoder.listing(record)) for file, record in rows]) if rows else ()

    def outline(self) -> Outline:
        """Return the digests of all keys under which something stands, where they lie in the files.

        A row that is believed no longer is among them: it is looked up, and found to be none.

        Raises:
            RegistryError: `registry.snapshot_corrupt`.
        """
        marks = [file.marks() for file in self._files]
        return Outline(
            numbers=(*(each.numbers for each in marks), *self._side.promised()),
            names=tuple(each.names for each in marks),
            masks=tuple(each.masks for each in marks),
            shapes=tuple(self._masks),
        )

    def rows(self, keys: tuple[str, ...]) -> Sequence[tuple[RowsFile, bytes]] | None:
        """Return the records of the subject of the keys, None where what stands under them takes a closer look.

        Nearly always one record or none, and nobody else's: an organisation asked for by its code, and the organisation
        code inside it, which have one hash, or a person asked for by his number.

        Raises:
            RegistryError: `registry.snapshot_corrupt`.
        """
        if not keys:
            return ()
        first, *others = keys
        coded = is_code(first)
        if others and not (coded and others == ["o:" + first[10:19]]):
            return None
        hashed = hash_of(first)
        found: list[tuple[RowsFile, bytes]] = []
        for file, record_under in self._under:
            record = record_under(hashed)
            if record is not None:
                begin = f"{CODED + first[2:] if coded else first}\x1f".encode(errors="surrogatepass")
                if record.startswith(begin, WORD_SIZE):
                    found.append((file, record))
                    continue
                several = file.numbers.several(record)
                if not all(each.startswith(begin, WORD_SIZE) for each in several):
                    return None
                found += [(file, each) for each in several]
        return self._standing(found) if found and self._closing else found

    def _standing(self, found: list[tuple[RowsFile, bytes]]) -> list[tuple[RowsFile, bytes]]:
        """Return what is believed still: a later file may say of a row of an earlier one that it is no longer."""
        places = {file: at for at, file in enumerate(self._files, 1)}
        return [
            (file, record)
            for file, record in found
            if not any(later.closes(number_of(record)) for later in self._files[places[file] :])
        ]

    def _closely(
        self, keys: tuple[str, ...], name_key: str | None, ends: Sequence[tuple[str, str]] = ()
    ) -> tuple[Hit, ...]:
        """Take a closer look at all rows that may be meant: what makes a hit is decided in one place for all lists."""
        near = [(file, record) for file in self._files for record in file.near(keys, name_key, ends)]
        listings = [file.decoder.listing(record) for file, record in self._standing(near)]
        return MemoryRegistry(listings).lookup(keys, name_key)
