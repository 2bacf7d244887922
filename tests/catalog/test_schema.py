"""Schemas for editors: as the loader reads, and as they are committed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from jointsanction.catalog.canonical.order import SHAPES, kind_of
from jointsanction.catalog.schema import schemas, write_schemas
from jointsanction.catalog.words.fields import FIELD_WORDS
from jointsanction.catalog.words.special import SPECIAL_WORDS
from jointsanction.terms import Degree

if TYPE_CHECKING:
    from collections.abc import Iterator

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


CHINESE = re.compile("[\u4e00-\u9fff]")


def _parts(value: object, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every mapping of a schema with where it stands."""
    if isinstance(value, dict):
        yield path, value
        for key, inner in value.items():
            yield from _parts(inner, f"{path}/{key}")
    if isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _parts(inner, f"{path}/{at}")


@pytest.mark.parametrize("name", sorted(schemas()))
def test_everything_is_said_in_chinese(name: str) -> None:
    """Every key, every word of every vocabulary, every title: an author reads no English but what he types."""
    silent = []
    for path, part in _parts(schemas()[name], name):
        keys = part.get("properties", {}) if "additionalProperties" in part else {}
        silent += [f"{path}/{key}" for key, body in keys.items() if not CHINESE.search(body.get("description", ""))]
        words = zip(part["enum"], part["enumDescriptions"], strict=True) if "enum" in part else ()
        silent += [f"{path}/{word}" for word, said in words if not CHINESE.search(said)]
        silent += [f"{path}/{key}" for key in ("title", "description") if _is_english(part.get(key))]
    assert silent == []


def _is_english(text: object) -> bool:
    return isinstance(text, str) and CHINESE.search(text) is None


def test_there_is_a_schema_for_every_kind_of_file() -> None:
    """Whatever the formatter knows, editors know, and the other way round."""
    assert set(SHAPES) == set(schemas())


ROOT = COMMITTED.parent
SHIPPED = [file for part in ("measures", "rules", "mappings", "samples") for file in (ROOT / part).rglob("*.yaml")]


def test_every_shipped_file_names_its_schema() -> None:
    """The first line leads editors to a schema that is there, the one of what the file is."""
    wrong = []
    for file in SHIPPED:
        first = file.read_text(encoding="utf-8").partition("\n")[0]
        found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+/([a-z]+)\.schema\.json)", first)
        if (
            found is None
            or not (file.parent / found[1]).resolve().is_file()
            or kind_of(file, "") not in (found[2], None)
        ):
            wrong.append(f"{file.relative_to(ROOT)}: {first}")
    assert wrong == []
