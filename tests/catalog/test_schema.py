"""Schemas for editors: as the loader reads, and as they are committed."""

from __future__ import annotations

from pathlib import Path

from jointsanction.catalog.field_words import FIELD_WORDS, SPECIAL_WORDS
from jointsanction.catalog.schema import schemas, write_schemas
from jointsanction.terms import Degree

COMMITTED = Path(__file__).parents[2] / "schemas"


def test_the_committed_schemas_are_those_of_the_models(tmp_path: Path) -> None:
    """Editors open the committed files; after a change: `jointsanction catalog schema --output schemas`."""
    names = write_schemas(tmp_path / "schemas")
    assert set(names) <= {path.name for path in COMMITTED.iterdir()}
    for name in names:
        assert (tmp_path / "schemas" / name).read_text(encoding="utf-8") == (COMMITTED / name).read_text(
            encoding="utf-8"
        )


def test_a_measure_is_offered_no_key_it_must_not_write() -> None:
    """The folder says the effect; an editor that offered `effect` would mislead."""
    measure = schemas()["measure"]
    assert not {"effect", "layer"} & set(measure["properties"])
    assert "class" in measure["properties"]
    assert "duty" in measure["required"]


def test_every_word_carries_its_statutory_term() -> None:
    """An editor shows 禁止 beside `prohibit`."""
    degree = schemas()["measure"]["properties"]["degree"]
    assert degree["enum"] == [str(word) for word in Degree]
    assert degree["enumDescriptions"][0] == Degree.PROHIBIT.zh


def test_short_forms_are_offered() -> None:
    """What the loader reads, the schema allows: one for a list of one, a word for a mapping."""
    written = schemas()
    term = written["measure"]["properties"]["term"]["anyOf"]
    assert [choice.get("type", "ref") for choice in term] == ["ref", "array"]
    condition = written["measure"]["properties"]["conditions"]["items"]["anyOf"]
    assert condition[1]["maxProperties"] == 1
    assert "propertyNames" in written["matters"]["$defs"]["MatterNode"]["properties"]["roles"]


def test_no_field_word_is_left_over() -> None:
    """A key that is gone takes its word along."""
    used = {
        key
        for schema in schemas().values()
        for body in (schema, *schema["$defs"].values())
        for key in body["properties"]
    }
    used |= {key for name in ("groups", "schemes", "forbidden", "publicity") for key in _entry(name)}
    assert set(FIELD_WORDS) - used <= {"effect", "layer"}
    assert {key.partition(".")[2] for key in SPECIAL_WORDS} <= set(FIELD_WORDS)


def _entry(name: str) -> dict[str, object]:
    properties: dict[str, object] = schemas()[name]["properties"][name]["additionalProperties"]["properties"]
    return properties
