"""统一社会信用代码 (GB 32100-2015 and its amendment 1): the number of every body that is no natural person.

Eighteen characters: registering department, category, six digits of region, nine of 主体标识码, check character.
Amendment 1 made A (military), N (rural collectives) and Y (others) legal as the first character.
"""

from __future__ import annotations

import re
import string
from typing import Final

from jointsanction.identity.folding import bare, is_missing
from jointsanction.identity.masks import has_lost_precision, is_masked, is_zeroed
from jointsanction.terms import IdState, SubjectKind

ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Digits and capitals without I, O, S, V, Z, which are too easily misread."""

DEPARTMENTS: Final = "123456789ANY"
"""First characters that a registering department has (登记管理部门代码)."""

LENGTH: Final = 18

KINDS: Final = {
    "11": SubjectKind.GOVERNMENT,
    "12": SubjectKind.PUBLIC_INSTITUTION,
    "51": SubjectKind.SOCIAL_ORGANISATION,
    "52": SubjectKind.SOCIAL_ORGANISATION,
    "53": SubjectKind.SOCIAL_ORGANISATION,
    "91": SubjectKind.ENTERPRISE,
    "92": SubjectKind.INDIVIDUAL_BUSINESS,
    "93": SubjectKind.OTHER_ORGANISATION,
}
"""Department and category (GB 32100-2015 table 1); 93 is 农民专业合作社. Any other pair is another organisation."""

_SHAPE: Final = re.compile(f"[{DEPARTMENTS}][1-9][0-9]{{6}}[{ALPHABET}]{{10}}")
_SOLELY: Final = re.compile(f"(?![0-9]{{17}}){_SHAPE.pattern}")
ORGANISATION: Final = slice(8, 17)
"""Where the 组织机构代码 stands inside a code."""

_BASE: Final = 34
"""The weight of a place is 3 to its power, modulo 31, and 34 is 3 modulo 31: the code is a number of that base."""

_DIGITS: Final = string.digits + string.ascii_uppercase
_VALUES: Final = "".join(_DIGITS[max(ALPHABET.find(chr(byte)), 0)] for byte in range(256)).encode()


def compact(text: str) -> str:
    """Return the code in capitals, half-width, without spaces and hyphens."""
    return bare(text)


def check_digit(code: str) -> str:
    """Return the check character of the first seventeen (校验码).

    Worked out here and not by python-stdnum, whose import costs fifty milliseconds and each call five times as much;
    tests hold the two equal.

    >>> check_digit("91990000MA0000001")
    'B'
    """
    return ALPHABET[-int(code.encode()[LENGTH - 2 :: -1].translate(_VALUES), _BASE) % 31]


def fits(code: str) -> bool:
    """Tell whether a compact text has the shape of a code, whatever its check character."""
    return _SHAPE.fullmatch(code) is not None


def is_solely(text: str) -> bool:
    """Tell whether a text has the shape of a code as it stands, and of nothing else.

    With a letter among its first seventeen characters it can't be a resident id.
    """
    return _SOLELY.fullmatch(text) is not None


def is_sound(code: str) -> bool:
    """Tell whether the check character of a text that fits is right."""
    return check_digit(code) == code[-1]


def checked(code: str) -> IdState:
    """Return the state of a text that fits: sound, failing its check character, or rounded by a spreadsheet."""
    if is_sound(code):
        return IdState.OK
    return IdState.LOST_PRECISION if is_zeroed(code) else IdState.BAD_CHECK_DIGIT


def state(text: str) -> IdState:
    """Return what the code is worth for matching (号码状态)."""
    code = compact(text)
    if fits(code):
        return checked(code)
    if is_missing(text):
        return IdState.MISSING
    if is_masked(code):
        return IdState.MASKED
    return IdState.LOST_PRECISION if has_lost_precision(code) else IdState.MALFORMED


def kind_of(code: str) -> SubjectKind:
    """Return the kind that the first two characters of a code name (主体类别).

    >>> kind_of("92990000MA0000002B").zh
    '个体工商户'
    """
    return KINDS.get(code[:2], SubjectKind.OTHER_ORGANISATION)


def organisation_code(code: str) -> str:
    """Return the nine characters that were the body's 组织机构代码 before, and still are inside the code."""
    return code[ORGANISATION]
