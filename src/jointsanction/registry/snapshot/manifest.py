"""Which files make up a snapshot (快照清单): one small file, put in place at once, so no reader ever sees half.

A snapshot is a folder. Its first file of listings holds all that was believed at one time; each further one holds what
was believed since, and which earlier rows are no longer. `last` is the number of the last row taken in by then.
"""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from zlib import crc32

from jointsanction.registry.snapshot.faults import corrupt, no_snapshot, unwritable

if TYPE_CHECKING:
    from pathlib import Path

NAME: Final = "snapshot.json"
FORM: Final = 4
"""The form of the files; a snapshot of another form is built anew."""

_OURS: Final = re.compile(r"(rows|side)-[0-9a-f]{8}\.(jss|part)|snapshot\.json\.\d+\.part")
"""What builders call their files."""


class Layer(NamedTuple):
    """One file of listings (分段): its name, the batch, row number and instant it goes up to, and its size."""

    file: str
    batch: str
    last: int
    at: int
    rows: int
    closed: int

    @property
    def size(self) -> int:
        """Return how much there is in it."""
        return self.rows + self.closed


class Manifest(NamedTuple):
    """What a snapshot is (快照清单): which state of the store it holds, and in which files."""

    version: str
    known_at: str | None
    layers: tuple[Layer, ...]
    side: str

    @property
    def files(self) -> frozenset[str]:
        """Return the names of all files."""
        return frozenset({self.side, *(layer.file for layer in self.layers)})


def read_manifest(folder: Path) -> Manifest:
    """Return what a snapshot is made up of.

    Raises:
        RegistryError: `registry.no_snapshot`, `registry.snapshot_corrupt`.
    """
    path = folder / NAME
    try:
        document = json.loads(path.read_bytes())
        said = document["snapshot"]
        sound = document["form"] == FORM and document["checksum"] == _checksum(said)
    except FileNotFoundError as error:
        raise no_snapshot(folder) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise corrupt(path, "清单无法读取") from error
    if not sound:
        raise corrupt(path, "清单校验不符，或者由别的版本写成")
    layers = tuple(Layer(*layer) for layer in said["layers"])
    return Manifest(said["version"], said["known_at"], layers, said["side"])


def put_manifest(folder: Path, manifest: Manifest) -> None:
    """Put a snapshot in place of the one before it, at once.

    Raises:
        RegistryError: `registry.snapshot_unwritable`.
    """
    said = {**manifest._asdict(), "layers": [list(layer) for layer in manifest.layers]}
    document = {"form": FORM, "checksum": _checksum(said), "snapshot": said}
    part = folder / f"{NAME}.{os.getpid()}.part"
    try:
        with part.open("wb") as file:
            file.write(json.dumps(document, ensure_ascii=False, indent=1).encode())
            file.flush()
            os.fsync(file.fileno())
        part.replace(folder / NAME)
        _sync(folder)
    except OSError as error:
        raise unwritable(folder, error.strerror or "文件系统不允许") from error


def sweep(folder: Path, manifest: Manifest) -> None:
    """Remove what is none of a snapshot's files: those of the one before it, of a builder that was killed (清理).

    Whoever has them open keeps them until he lets go.
    """
    for path in folder.iterdir():
        if _OURS.fullmatch(path.name) is not None and path.name not in manifest.files:
            # A system that keeps open files from being removed leaves them to the next time.
            with suppress(OSError):
                path.unlink()


def _checksum(said: Any) -> int:  # noqa: ANN401 - JSON values
    return crc32(json.dumps(said, ensure_ascii=True, sort_keys=True).encode())


def _sync(folder: Path) -> None:
    """See to it that the new name is on the disk; not every system lets a folder be opened."""
    with suppress(PermissionError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


RATIO: Final = 4
"""A file of listings is at least so many times as large as the next one: so there are few of them, and a change is
written again only a few times."""


def lasting(layers: tuple[Layer, ...], fresh: int) -> tuple[Layer, ...]:
    """Return the files that a change of so many rows leaves as they are; the others are written anew together with it.

    Of none that last, everything is.
    """
    while layers and layers[-1].size < RATIO * fresh:
        fresh += layers[-1].size
        layers = layers[:-1]
    return layers
