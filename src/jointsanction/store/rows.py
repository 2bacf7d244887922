"""Listings as rows and back (列入记录与表行): the door between domain values and table columns."""

from __future__ import annotations

import json
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Date

from jointsanction.model.subject import Edition, Listing, Related
from jointsanction.store.instants import from_micros
from jointsanction.store.tables import LISTING
from jointsanction.terms import Field, Ground, Severity, Size, SubjectKind, SubjectStatus, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sqlalchemy import ColumnElement, Row

SAYS: Final = (
    "list", "subject_kind", "name", "uscc", "resident_id", "other_id", "announced_on", "listed_on", "valid_to",
    "removed_on", "removal_reason", "instrument_no", "instrument_date", "designating_authority", "region", "severity",
    "field", "ground", "size", "grade", "source", "removal_authority", "published_on", "publishing_authority",
    "corrected_on", "subject_status", "related", "former_names",
)  # fmt: skip
"""The columns that hold what the list says; the others hold what the store knows about it."""

_PLAIN: Final[Callable[[Listing], tuple[Any, ...]]] = attrgetter(*SAYS[:-2])
KNOWN: Final = ("missing_since", "batch", "row", "recorded_at")
_NAMES: Final = SAYS + KNOWN
COLUMNS: Final[tuple[ColumnElement[Any], ...]] = tuple(LISTING.c[name] for name in _NAMES)
"""The columns to select for `listings_of`."""

_TERMS: Final[Mapping[str, Mapping[str, Term]]] = {
    "subject_kind": {term.value: term for term in SubjectKind},
    "severity": {term.value: term for term in Severity},
    "field": {term.value: term for term in Field},
    "ground": {term.value: term for term in Ground},
    "size": {term.value: term for term in Size},
    "subject_status": {term.value: term for term in SubjectStatus},
}
"""The words of each column, by their text: in bulk the look-up of `terms.word` would be a fifth of reading a row."""

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_WORD_PLACES: Final = tuple(
    place for place, name in enumerate(SAYS) if name in _TERMS or isinstance(LISTING.c[name].type, Date)
)
"""Where terms and dates stand: `str` of either is its text."""


def said_by(listing: Listing) -> list[str | None]:
    """Return what a listing says, in the order of `SAYS` and in plain types: words and dates as text."""
    said: list[Any] = list(_PLAIN(listing))
    for place in _WORD_PLACES:
        if said[place] is not None:
            said[place] = str(said[place])
    said.append(_json([related.said() for related in listing.related]) if listing.related else None)
    said.append(_json(listing.former_names))
    return said


def listings_of(rows: Sequence[Sequence[Any]]) -> Iterator[Listing]:
    """Yield the listings of rows selected as `COLUMNS`.

    Who reads them holds them still believed: `superseded_at` is None, as it was at the instant they are read for.
    """
    instants = {micros: from_micros(micros) for micros in {row[-1] for row in rows}}
    for row in rows:
        values: dict[str, Any] = dict(zip(_NAMES, row, strict=True))
        for name, words in _TERMS.items():
            if values[name] is not None:
                values[name] = words[values[name]]
        values["related"] = _related_of(values["related"])
        values["former_names"] = () if values["former_names"] is None else tuple(json.loads(values["former_names"]))
        values["recorded_at"] = instants[values["recorded_at"]]
        yield Listing(**values)


def with_listings(rows: Sequence[Sequence[Any]], before: int = 1) -> Iterator[tuple[Sequence[Any], Listing]]:
    """Yield rows selected as so many columns and then `COLUMNS`: what stands before, and the listing."""
    return zip((row[:before] for row in rows), listings_of([row[before:] for row in rows]), strict=True)


def edition_of(row: Row[Any]) -> Edition:
    """Return the edition of a row of the edition table."""
    return Edition(
        list=row.list,
        batch=row.batch,
        received_at=from_micros(row.received_at),
        regions=tuple(json.loads(row.regions)),
        covers_from=row.covers_from,
    )


def _json(values: Sequence[Any]) -> str | None:
    return _ENCODER.encode(values) if values else None


def _related_of(text: str | None) -> tuple[Related, ...]:
    return () if text is None else tuple(Related(**row) for row in json.loads(text))
