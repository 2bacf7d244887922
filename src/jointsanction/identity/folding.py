"""How printed text is folded before it is compared (文本归一), never before it is stored."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_BETWEEN: Final = re.compile(r"[\s'\"`‘’“”‐-―−﹘﹣\-\u200b-\u200f\u2060\ufeff]+")
"""What people put between or before the characters of a number: spaces, hyphens, quotes, Excel's apostrophe."""

_NOT_A_WORD: Final = re.compile(r"[\W_]+")

_KEPT: Final = frozenset({"Co", "Cn", "Mn", "Mc"})
"""Rare characters of names live in private-use code points (Co); dropping them would make two persons one."""

_UNSEEN: Final = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_FILLERS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and marks that show nothing (variation selectors beside them), so that no two labels differ by one."""

_MISSING: Final = frozenset(
    {"", "/", "\\", "无", "暂无", "没有", "空", "NULL", "NONE", "N/A", "NA", "NAN", "不详", "未知"}
)
"""What offices write into a cell that has nothing to say."""


def plain(text: str) -> str:
    """Return the text without full-width twins and outer spaces (全角转半角)."""
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).strip()


def bare(text: str) -> str:
    """Return a number in capitals, half-width, without spaces, hyphens and quotes (号码归一)."""
    if text.isascii() and text.isalnum():
        return text.upper()
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()


def letters(text: str) -> str:
    """Return the letters and digits only, case folded: two spellings of one header or title agree (词形归一)."""
    half = text if text.isascii() else unicodedata.normalize("NFKC", text)
    folded = half.casefold()
    if folded != half:
        folded = unicodedata.normalize("NFKC", folded)
    if folded.isalnum():
        return folded
    # Composed once more: an accent may now stand beside its letter.
    return unicodedata.normalize("NFKC", _NOT_A_WORD.sub(_keep, folded))


def _keep(match: re.Match[str]) -> str:
    return "".join(char for char in match[0] if unicodedata.category(char) in _KEPT)


def label(text: str) -> str:
    """Return a label somebody made up, by what can be seen of it (名称归一): no blanks, half-width, case folded.

    >>> label("联合体 一\u200b") == label("联合体一\u3000")
    True
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(filter(_is_seen, folded))


def _is_seen(char: str) -> bool:
    if unicodedata.category(char) in _UNSEEN or char in _FILLERS:
        return False
    return not ("\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef" or "\u180b" <= char <= "\u180f")


def is_missing(text: str) -> bool:
    """Tell whether a cell says nothing (缺失): empty, a dash, a slash, 无."""
    return bare(text) in _MISSING
