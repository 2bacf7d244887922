"""Numbers of articles as instruments print them."""

from __future__ import annotations

import pytest

from jointsanction.catalog.draft.numerals import in_chinese, read_numeral


def test_every_number_is_read_as_it_is_printed() -> None:
    """What is written in Chinese below ten thousand is read back as the same number."""
    assert [number for number in range(1, 10_000) if read_numeral(in_chinese(number)) != number] == []
    assert [number for number in range(1, 10_000) if read_numeral(str(number)) != number] == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10),
        ("一十六", 16),
        ("二百〇五", 205),
        ("二百零五", 205),
        ("两千", 2000),
        ("１７８", 178),
        ("二十百", None),
        ("十百", None),
        ("一二", None),
        ("二百五", None),
        ("零", None),
        ("0", None),
        ("007", None),
        ("1十", None),
        ("", None),
    ],
)
def test_what_is_no_number_is_not_guessed_at(text: str, number: int | None) -> None:
    """A misprinted number is refused: nobody may cite an article that a program made up."""
    assert read_numeral(text) == number
