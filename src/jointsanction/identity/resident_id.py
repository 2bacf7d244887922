"""公民身份号码 (GB 11643-1999): the number of a natural person, and its fifteen-digit forerunner.

Residence permits of Hong Kong, Macao and Taiwan residents and the permanent residence cards of foreigners are built
alike. The region digits are not compared with any list: regions were merged and numbers live on.
"""

from __future__ import annotations

from datetime import date
from operator import mul
from typing import Final

from jointsanction.identity.folding import bare, is_missing
from jointsanction.identity.masks import has_lost_precision, is_masked, is_zeroed
from jointsanction.terms import IdState

LENGTH: Final = 18
OLD_LENGTH: Final = 15

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
_CENTURIES: Final = ("19", "20")


def compact(text: str) -> str:
    """Return the number half-width, without spaces and hyphens, a final x as X."""
    return bare(text)


def check_digit(number: str) -> str:
    """Return the check character of the first seventeen digits (校验码).

    >>> check_digit("99000019900101123")
    '9'
    """
    return _CHECKS[sum(map(mul, map(int, number[:17]), _WEIGHTS)) % 11]


def fits(number: str) -> bool:
    """Tell whether a compact text has eighteen places and a birthday, whatever its check character."""
    return (
        len(number) == LENGTH
        and number.isascii()
        and number[:17].isdigit()
        and (number[17] in "0123456789X")
        and number[6:8] in _CENTURIES
        and _is_day(number[6:14])
    )


def fits_old(number: str) -> bool:
    """Tell whether a compact text is a fifteen-digit number (15位身份证号) with a birthday."""
    return len(number) == OLD_LENGTH and number.isascii() and number.isdigit() and _is_day("19" + number[6:12])


def from_old(number: str) -> str:
    """Return the eighteen-digit number of a fifteen-digit one, which all belong to people born before 2000.

    >>> from_old("990000900101123")
    '990000199001011239'
    """
    longer = number[:6] + "19" + number[6:]
    return longer + check_digit(longer)


def checked(number: str) -> IdState:
    """Return the state of a text that fits: sound, failing its check character, or rounded by a spreadsheet."""
    if check_digit(number) == number[17]:
        return IdState.OK
    return IdState.LOST_PRECISION if is_zeroed(number) else IdState.BAD_CHECK_DIGIT


def state(text: str) -> IdState:
    """Return what the number is worth for matching (号码状态)."""
    number = compact(text)
    if fits(number):
        return checked(number)
    if fits_old(number):
        return IdState.OK
    if is_missing(text):
        return IdState.MISSING
    if is_masked(number):
        return IdState.MASKED
    return IdState.LOST_PRECISION if has_lost_precision(number) else IdState.MALFORMED


def _is_day(text: str) -> bool:
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return True
