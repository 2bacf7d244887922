"""Bytes become text (解码): a ladder, not a detector, and never a guess.

Byte order mark, then strict UTF-8, then GB18030 (never GBK, which lacks rare characters of names), else an error.
"""

from __future__ import annotations

import codecs
from typing import Final, NamedTuple

from jointsanction.errors import RegistryError

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 (BOM)"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_LONGEST_CHARACTER: Final = 4


class Decoded(NamedTuple):
    """A text and the encoding it was in (编码)."""

    text: str
    encoding: str


def decode(raw: bytes) -> Decoded:
    """Return the text of a file (解码).

    Raises:
        RegistryError: `registry.encoding` with the place of the first byte that fits no encoding; `registry.truncated`
            for UTF-8 that ends inside a character.
    """
    for mark, codec, name in _MARKS:
        if raw.startswith(mark):
            return Decoded(_strictly(raw, codec, name), name)
    if b"\0" in raw:
        place = raw.index(b"\0") + 1
        message = f"第 {place} 字节是空字节：不是文本文件，或是没有标记的 UTF-16。"
        raise RegistryError("registry.encoding", message, "请另存为“CSV UTF-8”后重新导入。")
    try:
        return Decoded(raw.decode("utf-8"), "UTF-8")
    except UnicodeDecodeError as error:
        if error.end == len(raw) and len(raw) - error.start < _LONGEST_CHARACTER and error.start > 0:
            _refuse_truncated(raw, error)
    return Decoded(_strictly(raw, "gb18030", "UTF-8 或 GB18030"), "GB18030")


def _refuse_truncated(raw: bytes, error: UnicodeDecodeError) -> None:
    """Refuse UTF-8 cut off inside a character; plain GB18030 of two bytes may look alike, real UTF-8 before may not."""
    if any(byte >= 0x80 for byte in raw[: error.start]):  # noqa: PLR2004 - the first byte that is not ASCII
        message = f"文件在第 {error.start + 1} 字节处的一个字中间结束，可能没有下载完整。"
        raise RegistryError("registry.truncated", message, "请重新取得完整文件后导入。")


def _strictly(raw: bytes, codec: str, name: str) -> str:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError as error:
        message = f"第 {error.start + 1} 字节处无法按 {name} 解码，文件已损坏或混用了编码。"
        raise RegistryError("registry.encoding", message, "请在原系统中另存为“CSV UTF-8”后重新导入。") from error
