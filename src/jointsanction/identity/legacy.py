"""Numbers from before 统一社会信用代码: 组织机构代码 (GB 11714) and the fifteen-digit 工商注册号 (GS 15-2006).

Both are still printed on lists; the first lives on inside the code of today.
"""

from __future__ import annotations

import re
from operator import mul
from typing import Final

ORGANISATION_LENGTH: Final = 9
REGISTRATION_LENGTH: Final = 15

_ORGANISATION: Final = re.compile(r"[0-9A-Z]{8}[0-9X]")
_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)


def fits_organisation_code(number: str) -> bool:
    """Tell whether a compact text has the shape of a 组织机构代码."""
    return _ORGANISATION.fullmatch(number) is not None


def organisation_check_digit(number: str) -> str:
    """Return the check character of the first eight of a 组织机构代码 (GB 11714).

    >>> organisation_check_digit("D2143569")
    'X'
    """
    rest = 11 - sum(map(mul, (int(char, 36) for char in number[:8]), _WEIGHTS)) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def fits_registration_no(number: str) -> bool:
    """Tell whether a compact text has the shape of a 工商注册号."""
    return len(number) == REGISTRATION_LENGTH and number.isascii() and number.isdigit()


def registration_check_digit(number: str) -> str:
    """Return the check digit of the first fourteen of a 工商注册号 (GB/T 17710, MOD 11,10).

    >>> registration_check_digit("11010800000001")
    '6'
    """
    rest = 10
    for digit in number[:14]:
        rest = ((rest + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - rest) % 10)
