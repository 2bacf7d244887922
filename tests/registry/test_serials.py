"""Which delivery a file is: however its number is written, one number is one delivery."""

from __future__ import annotations

import pytest

from jointsanction.registry.serials import Serial, undeclared, unnamed


@pytest.mark.parametrize("text", ["18", "018", " 18 ", "１８", "第18期", "18期", "第 18 期"])
def test_one_number_in_any_spelling(text: str) -> None:
    """018 after 17 and 18 before 19 are the same delivery: else the stream would stand still for ever."""
    assert Serial.read("某局 BL.TAX", text, text) == ("某局 BL.TAX", "18", "18")


@pytest.mark.parametrize(("text", "read"), [("", None), (" ", None), (None, None), ("20240601-abc", "20240601-abc")])
def test_a_blank_number_is_none_and_a_name_stays(text: str | None, read: str | None) -> None:
    """A variable that a script forgot to set is no delivery."""
    assert Serial.read("某局 BL.TAX", text).number == read


def test_what_is_missing_is_said_with_what_to_do() -> None:
    """A delta that doesn't say which one it is, or of which stream, can't be put in any order."""
    assert (undeclared().code, unnamed().code) == ("registry.delta_undeclared", "registry.delta_unnamed")
    assert "--sequence" in str(undeclared().hint)
    assert "--list" in str(unnamed().hint)
