"""Numbers and names that don't show everything (脱敏、丢失精度), and how we mask what we show.

A mask is never filled: ten and four visible digits of a resident id still leave some thirty persons.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MASKS: Final = "*＊●×■□?？"
"""What stands for a hidden character in lists met."""

MARK: Final = "\ufffd"
"""What stands for a character that nobody sees."""

_MASKED: Final = re.compile(f"[{re.escape(MASKS)}]")
_RUN: Final = re.compile(f"[{re.escape(MASKS)}]+")
_HIDDEN_NAME: Final = re.compile(r".{1,2}某{1,3}")
_FLOAT: Final = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]+|[0-9]{16,}\.0*")
_ZEROED: Final = re.compile(r"[0-9]{15}000")
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_FILLERS: Final = "\u115f\u1160\u3164\uffa0"
_SHOWN: Final = 2
_WHOLE: Final = 18


def is_masked(text: str) -> bool:
    """Tell whether some characters of a number or name are hidden (是否脱敏)."""
    return _MASKED.search(text) is not None or _HIDDEN_NAME.fullmatch(text) is not None


def has_lost_precision(number: str) -> bool:
    """Tell whether a spreadsheet turned the number into a float and lost its last digits (丢失精度)."""
    return _FLOAT.fullmatch(number) is not None


def is_zeroed(number: str) -> bool:
    """Tell whether an eighteen-digit number ends as a spreadsheet leaves it: fifteen digits kept, three noughts."""
    return _ZEROED.fullmatch(number) is not None


def mask_allows(pattern: str, number: str) -> bool:
    """Tell whether a full number could be the one behind a masked one (脱敏号码是否相容).

    Of equal length, place by place; else a run of masks stands for one or more characters. A mask over fifteen places
    may hide the old form of a resident id.
    """
    if len(pattern) == len(number):
        return all(hidden in MASKS or hidden == shown for hidden, shown in zip(pattern, number, strict=True))
    rule = ".+".join(re.escape(part) for part in _RUN.split(pattern))
    if re.fullmatch(rule, number) is not None:
        return True
    return len(number) == _WHOLE and re.fullmatch(rule, number[:6] + number[8:17]) is not None


def shown_ends(pattern: str) -> tuple[str, str]:
    """Return what a masked number shows before its first and after its last mask.

    >>> shown_ends("4105**********1234")
    ('4105', '1234')
    """
    parts = _RUN.split(pattern)
    return parts[0], parts[-1]


def mask_id(text: str) -> str:
    """Return a number that may be shown: its first and last two characters.

    >>> mask_id("91990000MA0000001B")
    '91**************1B'
    """
    if len(text) < 4 * _SHOWN:
        return "*" * len(text)
    return text[:_SHOWN] + "*" * (len(text) - 2 * _SHOWN) + text[-_SHOWN:]


def mask_name(text: str) -> str:
    """Return a name that may be shown: its first character.

    >>> mask_name("张三丰")
    '张**'
    """
    return text[:1] + "*" * (len(text) - 1)


def printable(text: str) -> str:
    r"""Return a text without control characters: what stands in a file must not steer its reader's terminal.

    >>> printable("文〔2024〕1号\x1b[2J\n假行")
    '文〔2024〕1号 [2J 假行'
    """
    return "".join(sign if sign.isprintable() else " " for sign in text)


def visible(text: str, mark: str = MARK) -> str:
    r"""Return a text with a mark for each character that nobody sees: those that turn the order of a line round too.

    Line ends and blanks stay, for a page breaks its lines itself.

    >>> visible("北境\u202e有限\u200b公司\n二行")
    '北境�有限�公司\n二行'
    """
    return text if text.isprintable() else "".join(mark if _is_hidden(sign) else sign for sign in text)


def stated(text: str | None) -> str:
    r"""Return who somebody is, or why, as a person wrote it down (写明); nothing, where nobody could read a word of it.

    Zero-width characters, blanks that pass for letters, and dashes alone are nobody's name and no reason.

    >>> stated(" 王经办\u200b"), stated("\u200b"), stated("\u3164"), stated("——")
    ('王经办', '', '', '')
    """
    said = printable(text or "").strip()
    return said if any(sign.isalnum() and sign not in _FILLERS for sign in said) else ""


def _is_hidden(sign: str) -> bool:
    return sign not in "\n\r\t" and unicodedata.category(sign) in _HIDDEN
