"""Masked numbers and names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jointsanction.identity.masks import has_lost_precision, is_masked, is_zeroed, mask_allows, mask_id, mask_name

FULL = "990000199001011239"


@pytest.mark.parametrize("text", ["9900**********1239", "张*三", "张某", "张某某", "恒泰??公司", "９９＊＊＊＊39"])
def test_a_mask_is_recognised(text: str) -> None:
    """个人信息保护法 makes publishers mask: a star, a question mark or 某 hides who it is."""
    assert is_masked(text)


@pytest.mark.parametrize("text", [FULL, "某地物流有限公司", "恒泰物流有限公司"])
def test_whole_text_is_not_masked(text: str) -> None:
    """某 at the beginning of a company's name hides nothing."""
    assert not is_masked(text)


@pytest.mark.parametrize("pattern", ["9900**********1239", "990000********1239", "990*39", "990****************239"])
def test_a_mask_allows_the_number_behind_it(pattern: str) -> None:
    """A mask of the same length hides place by place; a shorter or longer run stands for one or more characters."""
    assert mask_allows(pattern, FULL)


def test_a_mask_may_hide_an_old_number() -> None:
    """A fifteen-digit number masked before it was lengthened is the same person's."""
    assert mask_allows("990000******123", FULL)


@pytest.mark.parametrize("pattern", ["9900**********1238", "8900**********1239", "99*1238"])
def test_a_mask_rules_out_what_it_cannot_hide(pattern: str) -> None:
    """A visible digit that differs is another person."""
    assert not mask_allows(pattern, FULL)
    assert not mask_allows("91****000001B", "91990000MA0000002B")


@given(st.text("0123456789X", min_size=18, max_size=18), st.integers(0, 17), st.integers(0, 17))
def test_hiding_characters_of_a_number_never_rules_it_out(number: str, start: int, end: int) -> None:
    """Whatever is hidden, the number behind it stays possible."""
    first, last = sorted((start, end))
    assert mask_allows(number[:first] + "*" * (last - first + 1) + number[last + 1 :], number)


@given(st.text("0123456789ABCDX", max_size=30))
def test_what_we_show_never_shows_the_middle(number: str) -> None:
    """Messages show two characters at either end at most, so that no number can be read back from a log."""
    shown = mask_id(number)
    assert len(shown) == len(number)
    assert shown.count("*") >= min(len(number), max(0, len(number) - 4))


def test_a_name_shows_its_first_character() -> None:
    """A family name alone names nobody."""
    assert mask_name("张三丰") == "张**"
    assert mask_name("") == ""


def test_a_float_has_lost_its_digits() -> None:
    """A spreadsheet keeps fifteen digits of a number, so an eighteen-digit one stored as a number is gone."""
    assert has_lost_precision("9.1E+17")
    assert not has_lost_precision("91990000MA0000001B")
    assert is_zeroed("990000199001011000")
    assert not is_zeroed("99000019900101123X")
