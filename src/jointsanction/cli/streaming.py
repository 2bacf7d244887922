"""A large file in its own place at once (逐块写出): readers see the old one or the new one, memory holds neither."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from jointsanction.errors import QuestionError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """Write the pieces of a file beside its place, and put it there when it is whole.

    Raises:
        QuestionError: `question.output`.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("xb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise QuestionError("question.output", f"无法写入 {path}。", "请核对路径、权限和磁盘空间。") from error
    finally:
        with suppress(OSError):
            beside.unlink()
