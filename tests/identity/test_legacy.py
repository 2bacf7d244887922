"""组织机构代码 and 工商注册号."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064.mod_11_10 import calc_check_digit

from jointsanction.identity import legacy


@given(st.from_regex(r"[0-9]{14}", fullmatch=True))
def test_a_registration_number_is_checked_by_mod_11_10(body: str) -> None:
    """GS 15-2006: the fifteenth digit is that of GB/T 17710, as an independent implementation works it out."""
    assert legacy.registration_check_digit(body) == calc_check_digit(body)
    assert legacy.fits_registration_no(body + "0")


@given(st.from_regex(r"[0-9A-Z]{8}", fullmatch=True))
def test_an_organisation_code_is_checked_by_weights(body: str) -> None:
    """GB 11714: eight weighed characters and the check make a multiple of eleven; ten is X."""
    check = legacy.organisation_check_digit(body)
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(char, 36) * weight for char, weight in zip(body, weights, strict=True))
    assert (total + (10 if check == "X" else int(check))) % 11 == 0
    assert legacy.fits_organisation_code(body + check)


def test_shapes_are_told_apart_by_length() -> None:
    """Neither number has eighteen places, and letters stand only in the older one."""
    assert not legacy.fits_registration_no("99000090010112A")
    assert not legacy.fits_organisation_code("990000900101123")
