"""Files that a command writes (写出文件): new ones all or none, never over another; one in its own place at once."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from jointsanction.errors import QuestionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path


def write_new(files: Mapping[Path, bytes]) -> None:
    """Write new files with the folders they need, all or none.

    Raises:
        QuestionError: `catalog.output_exists`, `question.output`.
    """
    made: list[Path] = []
    try:
        _refuse_taken(files)
        for path, content in files.items():
            _make_folders(path.parent, made)
            with path.open("xb") as file:
                made.append(path)
                file.write(content)
    except BaseException as error:
        _take_back(made)
        if isinstance(error, OSError):
            raise QuestionError("question.output", f"无法写入 {error.filename}。", "请核对路径和权限。") from error
        raise


def replace_file(path: Path, text: str) -> None:
    """Put a file in place at once, with the folders it needs: a reader sees the old one or the new one.

    Raises:
        QuestionError: `question.output`.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(path) from error
    write_pieces(path, [text.encode()])


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """Put a large file in place at once (逐块写出): readers see the old one or the new one, memory holds neither.

    Raises:
        QuestionError: `question.output`.
    """
    with put_in_place(path) as beside, beside.open("xb") as file:
        file.writelines(pieces)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def put_in_place(path: Path) -> Iterator[Path]:
    """Give the name of a file that takes the place of another at once when all of it is written (整体就位).

    Raises:
        QuestionError: `question.output`.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield beside
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    except OSError as error:
        raise _unwritable(path) from error
    finally:
        with suppress(OSError):
            beside.unlink()


def _unwritable(path: Path) -> QuestionError:
    return QuestionError("question.output", f"无法写入 {path}。", "请核对路径、权限和磁盘空间。")


def _refuse_taken(paths: Iterable[Path]) -> None:
    taken = [path for path in paths if path.exists()]
    if taken:
        more = f" 等 {len(taken)} 个文件" if len(taken) > 1 else ""
        raise QuestionError("catalog.output_exists", f"已有 {taken[0]}{more}，不覆盖。", "请换一个位置，或先移走。")


def _make_folders(folder: Path, made: list[Path]) -> None:
    """Make a folder with those above it, and add the new ones to what was made."""
    for each in (*reversed(folder.parents), folder):
        if not each.exists():
            each.mkdir()
            made.append(each)


def _take_back(made: list[Path]) -> None:
    for path in reversed(made):
        with suppress(OSError):
            if path.is_dir():
                path.rmdir()
            else:
                path.unlink()
