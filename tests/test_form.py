"""Parts of documents that are kept: copied without sharing, and written as the receipt's own writing has them."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from jointsanction.model.form import Form, copier
from jointsanction.receipt import canonical

ATOMS = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
VALUES = st.recursive(
    ATOMS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)
OBJECTS = st.dictionaries(st.text(max_size=3), VALUES, max_size=5)


@given(template=OBJECTS, filled=OBJECTS)
def test_a_form_filled_in_is_written_as_the_whole_would_be(template: dict[str, Any], filled: dict[str, Any]) -> None:
    """The blanks come in the order of the canonical text, whatever was in them."""
    blanks = tuple(sorted(filled))
    form = Form({**template, **dict.fromkeys(blanks)}, blanks)
    assert form.text([canonical(filled[key]) for key in blanks]) == canonical({**template, **filled})


@given(template=OBJECTS)
def test_a_copy_shares_nothing_that_can_be_changed(template: dict[str, Any]) -> None:
    """Whatever is done to a copy, the next one is as the first was."""
    copy, said = copier(template), json.dumps(template)
    _spoil(copy())
    assert json.dumps(copy()) == said
    assert json.dumps(template) == said


def _spoil(value: object) -> None:
    """Change every list and object of a value."""
    if isinstance(value, dict):
        for each in list(value.values()):
            _spoil(each)
        value["spoilt"] = True
    elif isinstance(value, list):
        for each in value:
            _spoil(each)
        value.append("spoilt")
