"""What a printed number may be (号码类型): one text, one or several readings.

3 % of all resident ids also pass the check of a 统一社会信用代码, so the type comes from whoever knows the kind, or it
is ambiguous; it is never guessed.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from jointsanction.identity import legacy, resident_id, uscc
from jointsanction.identity.folding import bare, is_missing
from jointsanction.identity.masks import has_lost_precision, is_masked
from jointsanction.terms import IdState, IdType

_OTHER: Final = re.compile(r"(?=.*[0-9])[0-9A-Z()./]{6,14}|[0-9A-Z]{20,30}")
"""Passports, travel permits, foreign register numbers; not 15 to 19 places, where a misprint of ours would hide."""

_PERSONAL: Final = frozenset({IdType.RESIDENT_ID})


class Number(NamedTuple):
    """One reading of a printed number (号码): its type, its normal form, what it is worth."""

    type: IdType
    text: str
    state: IdState


def readings(text: str, *, person: bool | None = None) -> tuple[Number, ...]:
    """Return what a number may be, none when it is no number at all.

    `person` says what is known of the subject: a person, a unit (False), or nothing (None). Without it a reading that
    passes its check stands before one that does not; two that pass are both returned.
    """
    number = bare(text)
    if is_missing(text):
        return ()
    if is_masked(number):
        return (Number(_masked_type(number, person=person), number, IdState.MASKED),)
    if has_lost_precision(number):
        return (Number(IdType.OTHER, number, IdState.LOST_PRECISION),)
    found = shapes(number)
    if person is None:
        return tuple(each for each in found if each.state is IdState.OK) or found or _other(number)
    fitting = tuple(each for each in found if (each.type in _PERSONAL) is person)
    return fitting or (() if len(number) in {uscc.LENGTH, resident_id.OLD_LENGTH} else _other(number))


def shapes(number: str) -> tuple[Number, ...]:
    """Return every reading that a compact number has the shape of, sound or not."""
    found = []
    if uscc.fits(number):
        found.append(Number(IdType.USCC, number, uscc.checked(number)))
    if resident_id.fits(number):
        found.append(Number(IdType.RESIDENT_ID, number, resident_id.checked(number)))
    if resident_id.fits_old(number):
        found.append(Number(IdType.RESIDENT_ID, resident_id.from_old(number), IdState.OK))
    if legacy.fits_registration_no(number):
        found.append(Number(IdType.REGISTRATION_NO, number, _if(legacy.registration_check_digit(number) == number[14])))
    if legacy.fits_organisation_code(number):
        found.append(
            Number(IdType.ORGANISATION_CODE, number, _if(legacy.organisation_check_digit(number) == number[8]))
        )
    return tuple(found)


def other_number(text: str, *, person: bool | None) -> Number:
    """Return the reading of a number given as some other one (其他证件号码), when only one is possible; else as is."""
    found = readings(text, person=person)
    other = Number(IdType.OTHER, bare(text), IdState.OK)
    if len(found) != 1:
        return other
    # Nine places that fail the check of an organisation code are more likely a passport, unless a unit gave them.
    unlikely = found[0].type is IdType.ORGANISATION_CODE and found[0].state is IdState.BAD_CHECK_DIGIT
    return other if unlikely and person is None else found[0]


def _if(passes: bool) -> IdState:  # noqa: FBT001
    return IdState.OK if passes else IdState.BAD_CHECK_DIGIT


def _other(number: str) -> tuple[Number, ...]:
    return (Number(IdType.OTHER, number, IdState.OK),) if _OTHER.fullmatch(number) else ()


def _masked_type(number: str, *, person: bool | None) -> IdType:
    if person is None:
        shown = number.rstrip("X")
        return IdType.USCC if any(char.isalpha() for char in shown) else IdType.OTHER
    return IdType.RESIDENT_ID if person else IdType.USCC
