"""Listings as FollowTheMoney entities (FtM 导出): the subject, the sanction, those tied to it; a delta since a version.

Written by hand: the library of that name brings some forty packages, and drops dates that it doesn't like.
Ids are digests: no number can be read from them, and the same subject has the same id in every export.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from jointsanction.identity.keys import name_keys_of, own_keys, related_keys
from jointsanction.identity.record_key import digest_of
from jointsanction.terms import ListKind, Operation, SubjectKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from jointsanction.export.changes import Change
    from jointsanction.model.catalogue import ListType
    from jointsanction.model.subject import Listing, Related

    Record = dict[str, Any]

SANCTIONS: Final = frozenset({ListKind.BLACK, ListKind.INDEPENDENT, ListKind.WATCH})
"""The sorts of list that are sanctions; a praise, a rating or a publication is none."""

_SCHEMATA: Final = {
    SubjectKind.PERSON: "Person",
    SubjectKind.ENTERPRISE: "Company",
    SubjectKind.INDIVIDUAL_BUSINESS: "Company",
    SubjectKind.GOVERNMENT: "PublicBody",
    None: "LegalEntity",
}


def ftm_text(changes: Iterable[Change], lists: Mapping[str, ListType], *, delta: bool) -> Iterator[str]:
    """Yield entities, one a line; of a delta each with its operation (`entities.delta.json`).

    Rows that were only announced are no sanctions, nor are those of other sorts of lists: they are left out. Subjects
    and ties are always told as `ADD`, which replaces what was there.
    """
    seen: set[str] = set()
    for operation, listing, record in changes:
        if lists[listing.list].kind not in SANCTIONS or listing.listed_on is None:
            continue
        for entity in (*_subjects(listing, record), _sanction(listing, record, lists[listing.list].title)):
            is_sanction = entity["schema"] == "Sanction"
            if is_sanction or entity["id"] not in seen:
                seen.add(entity["id"])
                yield _line(entity, (operation if is_sanction else Operation.ADD) if delta else None)


def _line(entity: Record, operation: Operation | None) -> str:
    # A sanction that ended is still there, with its last day: it has changed, and is not taken out.
    op = "MOD" if operation is Operation.DEL else str(operation).upper()
    said = entity if operation is None else {"op": op, "entity": entity}
    return json.dumps(said, ensure_ascii=False) + "\n"


def _subjects(listing: Listing, record: str) -> Iterator[Record]:
    key = _subject_id(listing, record)
    person = listing.subject_kind is SubjectKind.PERSON
    numbers = (listing.uscc, listing.resident_id, listing.other_id)
    schema = _SCHEMATA.get(listing.subject_kind, "Organization")
    place = "idNumber" if person else "registrationNumber"
    properties = {
        "name": _texts(listing.name),
        "previousName": list(listing.former_names),
        "uscCode": _texts(listing.uscc) if schema == "Company" else [],
        place: _texts(*(numbers if schema != "Company" else numbers[1:])),
        "status": _texts(listing.subject_status),
        "country": ["cn"],
        "topics": ["sanction"],
    }
    yield _entity(key, schema, listing.name or "", properties)
    for related in listing.related:
        yield from _tie(related, key, record)


def _tie(related: Related, unit: str, record: str) -> Iterator[Record]:
    known = related_keys(related)[:1] or (record, f"{related.name}")
    other = "js-" + digest_of(known)
    person = related.kind is SubjectKind.PERSON
    properties = {"name": _texts(related.name), ("idNumber" if person else "registrationNumber"): _texts(related.id)}
    yield _entity(other, "Person" if person else "LegalEntity", related.name or "", properties)
    ends = {"director": [other], "organization": [unit], "role": [related.relation.zh]}
    yield _entity("js-" + digest_of((unit, other, related.relation.value)), "Directorship", related.relation.zh, ends)


def _sanction(listing: Listing, record: str, title: str) -> Record:
    last = listing.valid_to if listing.removed_on is None else listing.removed_on - timedelta(days=1)
    properties = {
        "entity": [_subject_id(listing, record)],
        "authority": _texts(listing.designating_authority),
        "program": [title],
        "programId": [listing.list],
        "recordId": _texts(listing.instrument_no),
        "listingDate": _days(listing.published_on),
        "startDate": _days(listing.listed_on),
        "endDate": _days(last),
        "status": ["active" if listing.removed_on is None else "removed"],
        "country": ["cn"],
    }
    return _entity("js-" + record, "Sanction", title, properties)


def _entity(key: str, schema: str, caption: str, properties: Mapping[str, list[str]]) -> Record:
    said = {name: values for name, values in properties.items() if values}
    return {"id": key, "caption": caption, "schema": schema, "properties": said}


def _subject_id(listing: Listing, record: str) -> str:
    known = own_keys(listing)[:1] or (*name_keys_of(listing)[:1], record)
    return "js-" + digest_of(known)


def _texts(*values: str | None) -> list[str]:
    return [value for value in values if value is not None]


def _days(day: date | None) -> list[str]:
    return [] if day is None else [day.isoformat()]
