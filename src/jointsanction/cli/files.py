"""Files that a command is given (文件)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.errors import RegistryError

if TYPE_CHECKING:
    from pathlib import Path


def read_bytes(path: Path) -> bytes:
    """Return what is in a file.

    Raises:
        RegistryError: `registry.no_file`.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise RegistryError("registry.no_file", f"无法读取文件 {path}。", "请核对路径和权限。") from error


def read_text(path: Path) -> str:
    """Return the text of a file in UTF-8, with or without a mark; what is no text at all comes out as no document."""
    return read_bytes(path).decode("utf-8-sig", errors="replace")
