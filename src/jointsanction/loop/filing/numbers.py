"""Numbers of what the docket keeps (编号): the day in front, so that they sort, and then what nobody guesses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    Draw: TypeAlias = Callable[[int], int]

_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O and U: a number is read out on the telephone."""
_PLACES: Final = 12
_BITS: Final = 5

CHECK: Final = "HC"
TENDER: Final = "TB"
BATCH: Final = "PL"
FEEDBACK: Final = "FK"
INITIATION: Final = "FQ"
NOTICE: Final = "TZ"


def number_of(prefix: str, day: date, draw: Draw) -> str:
    """Return a new number (编号); `draw` gives that many random bits.

    >>> from datetime import date
    >>> number_of("HC", date(2026, 11, 22), lambda bits: 31)
    'HC20261122-00000000000Z'
    """
    drawn = draw(_PLACES * _BITS)
    signs = [_SIGNS[drawn >> (_BITS * place) & (len(_SIGNS) - 1)] for place in range(_PLACES)]
    return f"{prefix}{day:%Y%m%d}-{''.join(reversed(signs))}"


def kind_of(number: str) -> str:
    """Return what a number is of, by the letters it begins with (编号类别).

    >>> kind_of("PL20261122-00000000000Z") == BATCH
    True
    """
    return number[: len(CHECK)].upper()
