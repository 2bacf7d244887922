"""Messages as files in a folder (文件推送): one file a key, there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from jointsanction.loop.pushing.transports.parcel import undelivered

if TYPE_CHECKING:
    from jointsanction.loop.pushing.transports.parcel import Parcel

TAKEN: Final = "taken"
"""The folder into which a receiver moves what it has read: what lies there was delivered."""


def to_folder(folder: Path, parcel: Parcel) -> None:
    """Put a message into a folder under its key; one that is there, or was taken, is left (递送到文件夹).

    Raises:
        LoopError: `loop.undelivered`.
    """
    name = f"{quote(parcel.key, safe='')}.json"
    if (folder / name).exists() or (folder / TAKEN / name).exists():
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        number, written = tempfile.mkstemp(prefix=".", suffix=".part", dir=folder)
        with os.fdopen(number, "wb") as file:
            file.write(parcel.body)
            file.flush()
            os.fsync(file.fileno())
        Path(written).replace(folder / name)
        _settle(folder)
    except OSError as error:
        raise undelivered(f"写入文件夹失败：{error.strerror or type(error).__name__}") from error


def _settle(folder: Path) -> None:
    """Let a file's name outlast a power cut, where a folder can be opened."""
    if os.name != "posix":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
