"""公民身份号码, GB 11643-1999."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn.ric import calc_check_digit

from jointsanction.identity import resident_id
from jointsanction.terms import IdState


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """Draw the first seventeen digits of a made-up number."""
    born = draw(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
    return f"990000{born:%Y%m%d}{draw(st.integers(0, 999)):03}"


@given(bodies())
def test_the_check_character_is_that_of_the_standard(body: str) -> None:
    """GB 11643-1999: the check character agrees with an independent implementation."""
    assert resident_id.check_digit(body) == calc_check_digit(body + "0")
    assert resident_id.state(body + resident_id.check_digit(body)) is IdState.OK


@given(bodies().filter(lambda body: body[6:8] == "19"))
def test_an_old_number_is_lengthened_and_checked(body: str) -> None:
    """GB 11643-1989: a fifteen-digit number is that of the same person born in the nineteen-hundreds."""
    old = body[:6] + body[8:]
    assert resident_id.state(old) is IdState.OK
    assert resident_id.from_old(old) == body + resident_id.check_digit(body)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("９90000199001011239", IdState.OK),
        ("990000 19900101 1238", IdState.BAD_CHECK_DIGIT),
        ("990000199013011237", IdState.MALFORMED),
        ("990000189901011237", IdState.MALFORMED),
        ("990000901301123", IdState.MALFORMED),
        ("9900**********1237", IdState.MASKED),
        ("9.90000199001011E+17", IdState.LOST_PRECISION),
        ("990000199001011000", IdState.LOST_PRECISION),
        ("/", IdState.MISSING),
    ],
)
def test_a_number_has_a_state(text: str, state: IdState) -> None:
    """A number without a birthday is no number; one that fails its check may still be somebody's on a register."""
    assert resident_id.state(text) is state


def test_a_small_x_is_the_check_character() -> None:
    """GB 11643-1999: ten is written X, and people write x."""
    body = next(body for tail in range(1000) if resident_id.check_digit(body := f"99000019900101{tail:03}") == "X")
    assert resident_id.state(body + "x") is IdState.OK
