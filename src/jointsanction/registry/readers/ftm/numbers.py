"""Which number of several is which (号码归类): files of this sort give all numbers of a subject in one heap."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jointsanction.identity.numbers import readings
from jointsanction.terms import IdState, IdType

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jointsanction.identity.numbers import Number


class Sorted(NamedTuple):
    """The numbers of a subject by what they are (号码归类), each empty where there is none."""

    uscc: str = ""
    resident_id: str = ""
    other_id: str = ""


def sorted_numbers(texts: Iterable[str], *, person: bool | None) -> Sorted:
    """Return a subject's numbers by what they are; of several of one type a sound one goes first.

    >>> sorted_numbers(["DE 123", "91990000MA0000001B"], person=False)
    Sorted(uscc='91990000MA0000001B', resident_id='', other_id='DE 123')
    """
    found = [(text, readings(text, person=person)) for text in texts]
    codes = [text for text, read in found if _is(read, IdType.USCC)]
    residents = [text for text, read in found if _is(read, IdType.RESIDENT_ID) and text not in codes]
    ordered = sorted(found, key=lambda each: not any(number.state is IdState.OK for number in each[1]))
    best = [text for text, _ in ordered]
    others = [text for text in best if text not in codes and text not in residents]
    return Sorted(*(next((text for text in best if text in some), "") for some in (codes, residents, others)))


def _is(read: Iterable[Number], wanted: IdType) -> bool:
    return any(number.type is wanted for number in read)
