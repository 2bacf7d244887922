"""Entities become rows of text (FtM 读取): one for each sanction of each subject, with those tied to it."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from jointsanction.identity.numbers import readings
from jointsanction.registry.readers.ftm.entities import Entity, read_entities
from jointsanction.registry.readers.ftm.numbers import sorted_numbers
from jointsanction.registry.readers.report import RowProblem
from jointsanction.registry.readers.tables.table import Table
from jointsanction.terms import Relation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from jointsanction.model.mapping import FileMapping

PERSON: Final = "Person"
SUBJECTS: Final = frozenset({PERSON, "LegalEntity", "Company", "Organization", "PublicBody"})
"""The schemata that a list of ours can name; ships, aircraft and crypto wallets are none of them."""

ENDED: Final = frozenset({"removed", "delisted", "revoked", "ended", "inactive", "移出", "已移出", "失效", "撤销"})
"""What `status` says of a sanction that ended, so that its last day is not an end still to come."""

NUMBERS: Final = ("uscCode", "idNumber", "registrationNumber", "taxNumber", "passportNumber", "innCode", "ogrnCode")
_NAMES: Final = ("name", "alias", "previousName", "weakAlias")
_TIES: Final = {"directorship": ("director", "organization", "role"), "representation": ("agent", "client", "role")}
_ROLES: Final = {term.zh: term.value for term in Relation} | {term.value: term.value for term in Relation}
_OF_SANCTION: Final = (
    "program", "programId", "authority", "authorityId", "recordId", "status", "reason", "listingDate", "startDate",
    "endDate", "summary", "sourceUrl",
)  # fmt: skip
HEADERS: Final = (
    "entityId", "schema", "name", "otherNames", "uscc", "resident_id", "other_id", "identifiers", "country",
    "subjectStatus", "sanctionId", *_OF_SANCTION, "removedDate", "related",
)  # fmt: skip


def read_ftm(text: str, is_known: Callable[[str], bool], plan: FileMapping) -> Table:  # noqa: ARG001 - as the readers of JSON and XML
    """Return a row for each sanction of each subject (FtM 读取); entities without one are told, and are no rows.

    Rows are counted in the order of the file, for a nested file has several in one line.

    Raises:
        RegistryError: `registry.ftm`, `registry.ftm_delta`.
    """
    graph = _Graph(read_entities(text))
    rows, broken = [], []
    for number, (sanction, subject) in enumerate(graph.pairs(), 1):
        if subject is None:
            message = "制裁（Sanction）所指的对象不在文件中，或者不是人和单位。"
            broken.append(RowProblem(number, "name", "row.no_entity", message))
        else:
            cells = graph.row(sanction, subject)
            rows.append((number, tuple(cells.get(header, "") for header in HEADERS)))
    notes: tuple[RowProblem, ...] = ()
    if graph.untouched:
        told = f"有 {graph.untouched} 个对象没有制裁（Sanction），不是列入记录，未读取。"
        notes = (RowProblem(0, "", "row.left_out", told, "warning"),)
    return Table(headers=HEADERS, header_row=0, rows=tuple(rows), broken=tuple(broken), notes=notes)


class _Graph:
    """The entities of one file by their ids, and what ties them (实体图)."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._by_id: dict[str, Entity] = {}
        self._sanctions: list[tuple[Entity, str]] = []
        self._ties: dict[str, list[tuple[Entity, str]]] = defaultdict(list)
        for entity in entities:
            self._take(entity, None)

    def pairs(self) -> Iterator[tuple[Entity, Entity | None]]:
        """Yield each sanction with each subject it is of, None where the file lacks it."""
        for sanction, key in self._sanctions:
            subject = self._by_id.get(key)
            yield sanction, subject if subject is not None and subject.schema in SUBJECTS else None

    @property
    def untouched(self) -> int:
        """Return how many subjects no sanction and no tie is about."""
        sanctioned = {key for _, key in self._sanctions}
        tied = {other for ties in self._ties.values() for _, other in ties}
        return sum(each.schema in SUBJECTS and each.id not in sanctioned | tied for each in self._by_id.values())

    def row(self, sanction: Entity, subject: Entity) -> Mapping[str, str]:
        """Return the cells of one sanction of one subject."""
        person = _is_person(subject)
        numbers = subject.texts(*NUMBERS)
        names = subject.texts(*_NAMES)
        name = subject.caption or next(iter(names), "")
        cells = {header: sanction.first(header) for header in _OF_SANCTION}
        if cells["status"].casefold() in ENDED:
            cells["removedDate"], cells["endDate"] = _day_after(cells["endDate"]), ""
        return {
            **cells,
            **sorted_numbers(numbers, person=person)._asdict(),
            "entityId": subject.id,
            "sanctionId": sanction.id,
            "schema": subject.schema,
            "name": name,
            "otherNames": "；".join(each for each in names if each != name),
            "identifiers": "；".join(numbers),
            "subjectStatus": subject.first("status"),
            "country": "；".join(subject.texts("country", "jurisdiction", "nationality")),
            "related": self._related(subject),
        }

    def _take(self, entity: Entity, parent: str | None) -> None:
        """Take in an entity and those nested in it; a nested one belongs to the one around it."""
        if entity.schema == "Sanction":
            named = entity.properties.get("entity", ())
            keys = [value if isinstance(value, str) else value.id for value in named] or [parent or ""]
            self._sanctions += [(entity, key) for key in keys]
        else:
            self._by_id.setdefault(entity.id, entity)
        ends = _TIES.get(entity.schema.casefold())
        if ends is not None:
            self._tie(entity, ends, parent)
        for value in (value for values in entity.properties.values() for value in values):
            if isinstance(value, Entity):
                self._take(value, entity.id)

    def _tie(self, tie: Entity, ends: tuple[str, str, str], parent: str | None) -> None:
        relation = _ROLES.get(tie.first(ends[2]))
        people, units = (_ids(tie, end) or [parent or ""] for end in ends[:2])
        if relation is not None:
            for unit in units:
                self._ties[unit] += [(tie._replace(caption=relation), person) for person in people]

    def _related(self, subject: Entity) -> str:
        tied = ((tie.caption, self._by_id.get(key)) for tie, key in self._ties.get(subject.id, ()))
        found = [_tied(relation, other) for relation, other in tied if other is not None]
        return json.dumps(found, ensure_ascii=False) if found else ""


def _tied(relation: str, other: Entity) -> Mapping[str, str]:
    """Return somebody tied to a subject; a number that is none of ours would refuse the row, and is left out."""
    person = _is_person(other)
    numbers = [text for text in sorted_numbers(other.texts(*NUMBERS), person=person) if readings(text, person=person)]
    kind = {"kind": "person"} if person else {}
    return {"relation": relation, **kind, "name": other.caption or other.first("name"), "id": next(iter(numbers), "")}


def _ids(tie: Entity, end: str) -> list[str]:
    return [value if isinstance(value, str) else value.id for value in tie.properties.get(end, ())]


def _is_person(entity: Entity) -> bool | None:
    return None if entity.schema == "LegalEntity" else entity.schema == PERSON


def _day_after(text: str) -> str:
    """Return the first day free after a last day; a text that is no whole day stays, and the row is told about it."""
    try:
        return (date.fromisoformat(text[:10]) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return text
