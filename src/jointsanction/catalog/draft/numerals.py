"""Numbers as instruments print them (中文数字): 一百七十八, 178, １７８."""

from __future__ import annotations

import unicodedata
from typing import Final

_DIGITS: Final = "零一二三四五六七八九"
_UNITS: Final = {"十": 10, "百": 100, "千": 1000}
_TWINS: Final = str.maketrans({"〇": "零", "○": "零", "两": "二", "\u3000": ""})

NUMERAL: Final = "[0-9０-９零〇○一二两三四五六七八九十百千]+"
"""A number in either writing, as a pattern."""


def read_numeral(text: str) -> int | None:
    """Return the number a text prints, None when it prints none rightly.

    >>> read_numeral("一百七十八"), read_numeral("１７８"), read_numeral("二十百")
    (178, 178, None)
    """
    plain = unicodedata.normalize("NFKC", text.translate(_TWINS))
    if plain.isascii():
        return int(plain) if plain.isdigit() and not plain.startswith("0") else None
    number = _sum_of(plain)
    # Written back it must come out the same: 二十百 and 一二 are misprints and not numbers.
    return number if number is not None and plain in {in_chinese(number), _with_one(number)} else None


def in_chinese(number: int) -> str:
    """Return a number below ten thousand as instruments print it.

    >>> in_chinese(16), in_chinese(205)
    ('十六', '二百零五')
    """
    said = _with_one(number)
    return said.removeprefix("一") if said.startswith("一十") else said


def _with_one(number: int) -> str:
    """Return the number with its leading 一十 in full."""
    said = ""
    for unit, size in reversed(_UNITS.items()):
        digit = number // size % 10
        if digit:
            said += _DIGITS[digit] + unit
        elif said and not said.endswith("零"):
            said += "零"
    return said + _DIGITS[number % 10] if number % 10 else said.rstrip("零")


def _sum_of(text: str) -> int | None:
    total, digit = 0, None
    for sign in text:
        if sign in _UNITS:
            total, digit = total + (1 if digit is None else digit) * _UNITS[sign], None
        elif sign in _DIGITS:
            digit = _DIGITS.index(sign)
        else:
            return None
    return (total + (digit or 0)) or None
