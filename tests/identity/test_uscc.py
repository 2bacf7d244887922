"""统一社会信用代码, GB 32100-2015 and its amendment 1."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn.uscc import calc_check_digit

from jointsanction.identity import uscc
from jointsanction.terms import IdState, SubjectKind

BODIES = st.from_regex(rf"[{uscc.DEPARTMENTS}][1-9][0-9]{{6}}[{uscc.ALPHABET}]{{9}}", fullmatch=True)


def whole(body: str) -> str:
    """Return a code with its right check character."""
    return body + uscc.check_digit(body)


@given(BODIES)
def test_the_check_character_is_that_of_the_standard(body: str) -> None:
    """GB 32100-2015: the check character agrees with an independent implementation for every code."""
    assert uscc.check_digit(body) == calc_check_digit(body)


@given(BODIES, st.integers(0, 16), st.sampled_from(uscc.ALPHABET))
def test_one_wrong_character_is_always_noticed(body: str, place: int, char: str) -> None:
    """GB 32100-2015: the weights are prime to 31, so no single misprint passes the check."""
    misprint = body[:place] + char + body[place + 1 :]
    if uscc.fits(misprint + "0"):
        assert (uscc.state(misprint + uscc.check_digit(body)) is IdState.OK) == (misprint == body)


@pytest.mark.parametrize("body", ["N2990000MF0000001", "A1990000MA0000001", "Y1990000MA0000001"])
def test_codes_of_amendment_one_are_legal(body: str) -> None:
    """Amendment 1 of GB 32100-2015 lets rural collectives (N), the military (A) and others (Y) register."""
    assert uscc.state(whole(body)) is IdState.OK


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("91990000MA0000001B", IdState.OK),
        ("９１990000 ma000000-1B", IdState.OK),
        ("91990000MA0000001C", IdState.BAD_CHECK_DIGIT),
        ("9199****MA0000001B", IdState.MASKED),
        ("9.1E+17", IdState.LOST_PRECISION),
        ("910000000000000000.0", IdState.LOST_PRECISION),
        ("911299001234567000", IdState.LOST_PRECISION),
        ("91990000MA000000IB", IdState.MALFORMED),
        ("B1990000MA0000001B", IdState.MALFORMED),
        ("91990000MA0000001", IdState.MALFORMED),
        ("无", IdState.MISSING),
    ],
)
def test_a_code_has_a_state(text: str, state: IdState) -> None:
    """A failing check character is a state of its own and no reason to refuse: registers hold such codes."""
    assert uscc.state(text) is state


@pytest.mark.parametrize(
    ("prefix", "kind"),
    [
        ("91", SubjectKind.ENTERPRISE),
        ("92", SubjectKind.INDIVIDUAL_BUSINESS),
        ("93", SubjectKind.OTHER_ORGANISATION),
        ("51", SubjectKind.SOCIAL_ORGANISATION),
        ("52", SubjectKind.SOCIAL_ORGANISATION),
        ("53", SubjectKind.SOCIAL_ORGANISATION),
        ("11", SubjectKind.GOVERNMENT),
        ("12", SubjectKind.PUBLIC_INSTITUTION),
        ("N2", SubjectKind.OTHER_ORGANISATION),
    ],
)
def test_the_first_two_characters_name_the_kind(prefix: str, kind: SubjectKind) -> None:
    """GB 32100-2015, table 1: department and category tell what sort of body it is."""
    assert uscc.kind_of(whole(prefix + "990000MA0000001")) is kind


def test_the_organisation_code_lives_on_inside() -> None:
    """GB 32100-2015: characters 9 to 17 are the 主体标识码, the former 组织机构代码."""
    assert uscc.organisation_code("91990000MA0000001B") == "MA0000001"
