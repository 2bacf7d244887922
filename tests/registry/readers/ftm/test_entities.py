"""FollowTheMoney files: what a line is, and what a delta makes of a whole file."""

from __future__ import annotations

import json
from typing import Any

import pytest

from jointsanction.errors import RegistryError
from jointsanction.registry.readers.ftm.entities import applied, is_ftm, read_entities


def line(key: str, schema: str = "Company", **properties: Any) -> str:
    """Return a line of a file of entities."""
    return json.dumps({"id": key, "schema": schema, "properties": properties}) + "\n"


def change(op: str, key: str, **properties: Any) -> str:
    """Return a line of a delta; of what it takes out it gives the id alone."""
    entity = {"id": key} if op == "DEL" else json.loads(line(key, **properties))
    return json.dumps({"op": op, "entity": entity}) + "\n"


def after(whole: str, delta: str) -> str:
    """Return a whole file after a delta."""
    return "".join(each + "\n" for each in applied(whole, delta))


def test_entities_are_told_from_other_json() -> None:
    """Any other JSON is read by its keys."""
    assert is_ftm(line("a"))
    assert is_ftm(change("DEL", "a"))
    assert not is_ftm('{"list": "BL.TAX", "name": "甲"}\n{"list": "BL.TAX", "name": "乙"}')
    assert not is_ftm('{\n"schema": "Company"}')
    assert not is_ftm("[1]")


def test_texts_are_told_once_and_in_order() -> None:
    """A number stays as written, a single value is a list of one, and what is neither text nor entity says nothing."""
    (found,) = read_entities(line("a", name=["甲", "", "甲"], alias="乙", weight=[None, 7]))
    assert found.texts("alias", "name") == ("乙", "甲")
    assert (found.first("weight"), found.first("missing")) == ("7", "")


def test_a_delta_makes_the_next_version() -> None:
    """Adding, changing, taking out: in this order, and the same delta a second time changes nothing."""
    whole = line("a", name=["甲"]) + line("b", name=["乙"])
    delta = change("ADD", "c", name=["丙"]) + "\n" + change("MOD", "a", name=["甲甲"]) + change("DEL", "b")
    wanted = line("a", name=["甲甲"]) + line("c", name=["丙"])
    assert [json.loads(each) for each in after(whole, delta).splitlines()] == [
        json.loads(each) for each in wanted.splitlines()
    ]
    assert after(after(whole, delta), delta) == after(whole, delta)
    assert after(after(whole, delta), "") == after(whole, delta)


@pytest.mark.parametrize(
    ("whole", "delta", "code"),
    [
        ("", change("MOD", "a"), "registry.ftm_order"),
        (line("a"), line("a"), "registry.ftm"),
        (line("a"), '{"op": "ADD", "entity": {"id": "b"}}', "registry.ftm"),
        ("{}", "", "registry.ftm"),
        ("no json", "", "registry.ftm"),
    ],
)
def test_a_delta_that_does_not_fit_is_refused(whole: str, delta: str, code: str) -> None:
    """A change of what nobody has shows that a delta between was left out."""
    with pytest.raises(RegistryError) as raised:
        after(whole, delta)
    assert raised.value.code == code


def test_a_delta_alone_is_no_list() -> None:
    """What ended is there by its id only; read as a list, it would release nobody, or everybody."""
    with pytest.raises(RegistryError) as raised:
        list(read_entities(change("DEL", "a")))
    assert raised.value.code == "registry.ftm_delta"
