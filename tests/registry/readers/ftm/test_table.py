"""Entities as rows: one for each sanction of each subject."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from jointsanction.model.mapping import FileMapping
from jointsanction.registry.readers.ftm.numbers import sorted_numbers
from jointsanction.registry.readers.ftm.table import read_ftm

if TYPE_CHECKING:
    from jointsanction.registry.readers.tables.table import Table

FIRM, PERSON = "91990000MA0000001B", "990000199001010017"


def one(key: str, schema: str, **properties: Any) -> dict[str, Any]:
    """Return an entity."""
    return {"id": key, "schema": schema, "properties": properties}


def rows(*entities: dict[str, Any]) -> list[dict[str, str]]:
    """Return the rows of a file, each with the cells that say something."""
    table = read(*entities)
    return [{name: cell for name, cell in zip(table.headers, cells, strict=True) if cell} for _, cells in table.rows]


def read(*entities: dict[str, Any]) -> Table:
    """Return the table of a file."""
    return read_ftm("\n".join(map(json.dumps, entities)), lambda _: True, FileMapping())


def test_each_sanction_is_a_row() -> None:
    """Several designations of one subject each live their own life; one sanction may name two subjects."""
    firm, person = one("c", "Company", name=["甲"]), one("p", "Person", name=["乙"])
    found = rows(firm, one("s1", "Sanction", entity=["c"]), one("s2", "Sanction", entity=["c", "p"]), person)
    assert [(row["sanctionId"], row["entityId"]) for row in found] == [("s1", "c"), ("s2", "c"), ("s2", "p")]


def test_a_sanction_of_nobody_is_no_row() -> None:
    """A file that lost the subject, or a ship: the row is refused, and the file holds no list whole."""
    table = read(one("s", "Sanction", entity=["gone"]), one("s2", "Sanction"), one("v", "Vessel", name=["轮"]))
    assert [problem.code for problem in table.broken] == ["row.no_entity", "row.no_entity"]
    assert (table.rows, table.notes) == ((), ())


def test_a_subject_without_a_sanction_is_told() -> None:
    """A politically exposed person is on no list; those tied to the listed are no subjects of their own."""
    tie = one("d", "Directorship", director=["p"], organization=["c"], role=["法定代表人"])
    table = read(one("c", "Company"), one("p", "Person"), tie, one("q", "Person"), one("s", "Sanction", entity=["c"]))
    assert [note.message[:7] for note in table.notes] == ["有 1 个对象"]


def test_an_ended_sanction_has_its_first_free_day() -> None:
    """`endDate` is the last day: what has ended is free on the next; a month is no day, and is told by the row."""
    said = [{"status": ["Removed"], "endDate": ["2024-02-29"]}, {"status": ["removed"], "endDate": ["2024-02"]}]
    found = rows(one("c", "Company"), *(one("s", "Sanction", entity=["c"], **each) for each in said))
    assert [row.get("removedDate") for row in found] == ["2024-03-01", "2024-02"]
    assert [row.get("endDate") for row in found] == [None, None]
    open_end = one("s", "Sanction", entity=["c"], status=["active"], endDate=["2024-02-29"])
    assert rows(one("c", "Company"), open_end)[0]["endDate"] == "2024-02-29"


def test_nested_entities_belong_to_the_one_around_them() -> None:
    """`targets.nested.json` puts sanctions and ties inside the subject."""
    boss = one("p", "Person", name=["张三"], idNumber=["no number"])
    tie = one("d", "Directorship", director=[boss], role=["principal"])
    (row,) = rows(one("c", "Company", name=["甲"], sanctions=[one("s", "Sanction")], directors=[tie]))
    assert json.loads(row["related"]) == [{"relation": "principal", "kind": "person", "name": "张三", "id": ""}]


def test_a_tie_of_an_unknown_sort_or_to_nobody_is_left_out() -> None:
    """Only ties that our vocabulary knows can carry a measure."""
    firm, sanction = one("c", "Company"), one("s", "Sanction", entity=["c"])
    strange = one("d", "Directorship", director=["p"], organization=["c"], role=["Board member"])
    gone = one("d2", "Directorship", director=["gone"], organization=["c"], role=["法定代表人"])
    assert "related" not in rows(firm, sanction, strange, one("p", "Person"))[0]
    assert "related" not in rows(firm, sanction, gone)[0]


@pytest.mark.parametrize(
    ("texts", "person", "wanted"),
    [
        (["HE 1", FIRM], False, (FIRM, "", "HE 1")),
        ([PERSON], True, ("", PERSON, "")),
        (["91990000MA00000011", FIRM], None, (FIRM, "", "")),
        (["91990000MA00000011"], None, ("91990000MA00000011", "", "")),
        ([], None, ("", "", "")),
    ],
)
def test_numbers_are_told_apart(texts: list[str], person: bool | None, wanted: tuple[str, ...]) -> None:  # noqa: FBT001
    """A sound number goes first, a misprinted one is kept."""
    assert sorted_numbers(texts, person=person) == wanted
