"""Numbers that are nobody's: right in form, of region 990000, and the same for the same original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jointsanction.identity.numbers import shapes
from jointsanction.terms import IdState, IdType
from jointsanction.testing.made_up import MadeUp


@pytest.mark.parametrize("kind", [kind for kind in IdType if kind is not IdType.OTHER])
def test_made_up_numbers_are_sound(kind: IdType) -> None:
    """Each has a right check digit and can be read as what it stands for, a person's as nothing else."""
    made = MadeUp()
    for original in ("91110000MA01ABCD5X", "92110000MA01ABCD5X", "12110000MA01ABCD5X"):
        number = made.number(original, kind)
        read = [found for found in shapes(number) if found.state is IdState.OK]
        assert kind in {found.type for found in read}
        assert made.number(original, kind) == number
        if kind is IdType.USCC:
            assert number[:8] == original[:2] + "990000"
        if kind is IdType.RESIDENT_ID:
            assert {found.type for found in read} == {kind}


@given(st.lists(st.tuples(st.sampled_from(IdType), st.text(min_size=2, max_size=4)), unique=True, max_size=40))
def test_different_originals_stay_different(originals: list[tuple[IdType, str]]) -> None:
    """Two persons never become one."""
    made = MadeUp()
    numbers = [(kind, made.number(original, kind)) for kind, original in originals]
    assert len(set(numbers)) == len(numbers)
