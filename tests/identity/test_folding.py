"""How printed text is folded before it is compared."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jointsanction.identity.folding import bare, is_missing, label, letters, plain


@pytest.mark.parametrize(
    "text", ["９１99０000 ma000000-1b", "'91990000MA0000001B", "91990000ma0000001b\u200b", " 91990000MA0000001B\t"]
)
def test_a_number_is_the_same_however_it_is_typed(text: str) -> None:
    """Full-width twins, lower case, spaces, hyphens and Excel's apostrophe are no part of a number."""
    assert bare(text) == "91990000MA0000001B"


@pytest.mark.parametrize("text", ["", " ", "-", "——", "/", "无", "暂无", "null", "N/A", "　"])
def test_an_empty_cell_has_many_faces(text: str) -> None:
    """A dash, a slash or 无 says nothing; it is never an identifier."""
    assert is_missing(text)


def test_a_nought_says_something() -> None:
    """Missing, null and empty are not zero."""
    assert not is_missing("0")


def test_letters_drop_punctuation_and_keep_rare_characters() -> None:
    """A private-use character of a rare name stays: without it two persons would become one."""
    assert letters("行政相对人代码＿3（居民身份证号）") == "行政相对人代码3居民身份证号"
    assert letters("张\ue000·A") == "张\ue000a"


def test_a_label_is_what_can_be_seen_of_it() -> None:
    """Blanks, marks without width and letters that show nothing part no two labels; a hyphen and a rare sign do."""
    for hidden in " \t\u3000\u00a0\u00ad\u034f\u180b\u180e\u200b\u2060\u2800\u3164\ufe0f\ufeff\uffa0\U000e0101":
        assert label(f"联合体{hidden}Ａ") == label(f"{hidden}联合体a{hidden}") == "联合体a"
    assert label(" \u200b\u2060") == ""
    assert len({label("联合体1-1"), label("联合体11"), label("联合体1\ue000")}) == 3


@given(st.text())
def test_letters_are_stable_under_form_case_and_spaces(text: str) -> None:
    """Two spellings that differ by NFKC form or by spaces between the characters have equal letters."""
    assert letters(unicodedata.normalize("NFKC", text)) == letters(text)
    assert letters(letters(text)) == letters(text)
    assert letters(f" {text}　") == letters(text)


@given(st.text())
def test_plain_text_has_no_outer_spaces(text: str) -> None:
    """Folding twice changes nothing more."""
    assert plain(plain(text)) == plain(text)
