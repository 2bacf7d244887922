"""Numbers and names that are nobody's (虚构主体): of region 990000, with right check digits, one for each original."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jointsanction.identity import uscc
from jointsanction.identity.legacy import organisation_check_digit, registration_check_digit
from jointsanction.identity.resident_id import check_digit as resident_check_digit
from jointsanction.terms import IdType

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class MadeUp:
    """Stands in for real subjects (虚构替换): equal originals get equal numbers, different ones different ones."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._numbers: dict[tuple[IdType, str], str] = {}

    def number(self, original: str, kind: IdType) -> str:
        """Return the number that stands for one; a code keeps its first two characters, which say what it is given to.

        >>> MadeUp().number("92110000MA01ABCD5X", IdType.USCC)[:8]
        '92990000'
        """
        made = self._numbers.get((kind, original))
        if made is None:
            made = _MAKERS[kind](original, len(self._numbers) + 1)
            self._numbers[kind, original] = made
        return made


def _uscc(original: str, count: int) -> str:
    code = f"{original[:2]}990000{_organisation_code(original, count)}"
    return code + uscc.check_digit(code)


def _organisation_code(_: str, count: int) -> str:
    code = f"MA{count:06d}"
    return code + organisation_check_digit(code)


def _registration_no(_: str, count: int) -> str:
    number = f"990000{count:08d}"
    return number + registration_check_digit(number)


def _resident_id(_: str, count: int) -> str:
    """Three in a hundred would pass for a code of a unit as well, and nobody could say which it is."""
    numbers = (f"99000019900101{place:03d}" for place in range(10 * count, 1000))
    return next(made for number in numbers if not _is_code(made := number + resident_check_digit(number)))


def _is_code(number: str) -> bool:
    return uscc.fits(number) and uscc.check_digit(number) == number[-1]


def _other(_: str, count: int) -> str:
    return f"X990000{count:03d}"


_MAKERS: Final[Mapping[IdType, Callable[[str, int], str]]] = {
    IdType.USCC: _uscc,
    IdType.RESIDENT_ID: _resident_id,
    IdType.ORGANISATION_CODE: _organisation_code,
    IdType.REGISTRATION_NO: _registration_no,
    IdType.OTHER: _other,
}
