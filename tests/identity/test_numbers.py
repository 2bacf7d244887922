"""What a printed number may be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jointsanction.identity import legacy, resident_id, uscc
from jointsanction.identity.numbers import Number, other_number, readings
from jointsanction.terms import IdState, IdType


def both() -> str:
    """Return a made-up resident id that also passes the check of a code: region 990000 begins with 99."""
    for tail in range(1000):
        body = f"99000019900101{tail:03}"
        number = body + resident_id.check_digit(body)
        if uscc.state(number) is IdState.OK:
            return number
    raise AssertionError


def types(text: str, *, person: bool | None = None) -> list[IdType]:
    """Return the types a text may be read as."""
    return [number.type for number in readings(text, person=person)]


def test_a_number_that_passes_both_checks_is_two_things() -> None:
    """3 % of resident ids pass the check of a code: without a kind both readings stand, with one the kind decides."""
    assert types(both()) == [IdType.USCC, IdType.RESIDENT_ID]
    assert types(both(), person=True) == [IdType.RESIDENT_ID]
    assert types(both(), person=False) == [IdType.USCC]


def test_the_sound_reading_stands_before_the_unsound() -> None:
    """Where only one check passes, the other reading would be a misprint."""
    body = "99000019900101123"
    assert types(body + resident_id.check_digit(body)) == [IdType.RESIDENT_ID]


def test_two_unsound_readings_both_stand() -> None:
    """Where neither check passes nobody can tell which number was misprinted."""
    assert types("990000199001011230") == [IdType.USCC, IdType.RESIDENT_ID]


@pytest.mark.parametrize(
    ("text", "person", "expected"),
    [
        ("91990000MA0000001B", None, [IdType.USCC]),
        ("91990000MA0000001B", True, []),
        ("990000900101123", True, [IdType.RESIDENT_ID]),
        ("990000999999999", None, [IdType.REGISTRATION_NO]),
        ("D2143569-X", None, [IdType.ORGANISATION_CODE]),
        ("E12345678", True, [IdType.OTHER]),
        ("H0123456789", None, [IdType.OTHER]),
        ("9199****MA0000001B", None, [IdType.USCC]),
        ("9900**********1237", None, [IdType.OTHER]),
        ("9900**********1237", True, [IdType.RESIDENT_ID]),
        ("9900**********1237", False, [IdType.USCC]),
        ("12345", None, []),
        ("91990000MA0000001", None, []),
        ("无", None, []),
    ],
)
def test_a_text_has_readings(text: str, person: bool | None, expected: list[IdType]) -> None:  # noqa: FBT001
    """Length, characters and check say what a number may be; seventeen places are a misprint and no number."""
    assert types(text, person=person) == expected


def test_a_float_is_read_as_lost() -> None:
    """A number that a spreadsheet rounded is told, not matched."""
    assert readings("9.1E+17") == (Number(IdType.OTHER, "9.1E+17", IdState.LOST_PRECISION),)


def test_another_number_keeps_its_type_only_when_sure() -> None:
    """Nine places that fail the check of an organisation code are more likely a passport, unless a unit gave them."""
    assert other_number("E12345678", person=None).type is IdType.OTHER
    assert other_number("E12345678", person=False).type is IdType.ORGANISATION_CODE
    assert other_number("军字第0012号", person=True) == Number(IdType.OTHER, "军字第0012号", IdState.OK)


@given(st.from_regex(r"[0-9]{14}", fullmatch=True))
def test_a_registration_number_that_passes_is_sound(body: str) -> None:
    """GS 15-2006: whoever says unit gets the registration number, sound when its check digit holds."""
    number = readings(body + legacy.registration_check_digit(body), person=False)
    assert number == (Number(IdType.REGISTRATION_NO, body + legacy.registration_check_digit(body), IdState.OK),)
