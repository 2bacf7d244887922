"""Every row of some lists at a glance (名单扫描): filtered by the database, and no more of a row than is asked for.

A province of rows is neither held nor made into objects: rows alike in all that decides how they stand come as one.
"""

from __future__ import annotations

import json
from array import array
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import case, func, or_, select

from jointsanction.model.subject import Listing
from jointsanction.store.instants import from_micros
from jointsanction.store.portions import LOOKED_UP, STREAMED, portions
from jointsanction.store.rows import COLUMNS, with_listings
from jointsanction.store.tables import KEY, LISTING
from jointsanction.terms import SubjectKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Connection

    from jointsanction.terms import SubjectStatus

_BLANK: Final = " \t\r\n\u00a0\u3000"
_LISTED: Final = LISTING.c
_DECIDES: Final[Mapping[str, ColumnElement[Any]]] = {
    "list": _LISTED.list,
    "announced_on": _LISTED.announced_on,
    "listed_on": _LISTED.listed_on,
    "valid_to": _LISTED.valid_to,
    "removed_on": _LISTED.removed_on,
    "removal_reason": case((_LISTED.removal_reason.contains("修复"), "信用修复")),
    "instrument_no": case((func.trim(_LISTED.instrument_no, _BLANK) != "", "有")),
    "severity": _LISTED.severity,
    "field": _LISTED.field,
    "corrected_on": _LISTED.corrected_on,
    "missing_since": _LISTED.missing_since,
}
"""What decides how a row stands: that it names a document does, and not which; that a repair removed it does."""

_WHO: Final = ("list", "subject_kind", "name", "former_names", "uscc", "resident_id", "other_id", "listed_on", "batch")

_KINDS: Final = {term.value: term for term in SubjectKind}


@dataclass(frozen=True, slots=True, kw_only=True)
class Among:
    """Which rows are looked at (范围). `region` is the beginning of region codes, `authority` a part of a name.

    `statuses` are those wanted of 登记状态, None being unknown; without any, every row is.
    """

    lists: Collection[str]
    kind: SubjectKind | None = None
    region: str | None = None
    authority: str | None = None
    statuses: Collection[SubjectStatus | None] = ()


class Shape(NamedTuple):
    """Rows alike in all that decides how they stand (同类记录): `listing` says that alone, `ids` are their places.

    A row of its own, because something was done about it, is there whole.
    """

    listing: Listing
    ids: array[int]


def among_rows(among: Among) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of the rows of a scope that are believed now."""
    told: list[ColumnElement[bool]] = [_LISTED.superseded_at.is_(None), _LISTED.list.in_(sorted(among.lists))]
    if among.kind is not None:
        told.append(_LISTED.subject_kind == among.kind.value)
    if among.region is not None:
        told.append(_LISTED.region.startswith(among.region, autoescape=True))
    if among.authority is not None:
        told.append(func.lower(_LISTED.designating_authority).contains(among.authority.lower(), autoescape=True))
    if among.statuses:
        words = sorted(status.value for status in among.statuses if status is not None)
        unknown = (_LISTED.subject_status.is_(None),) if None in among.statuses else ()
        told.append(or_(_LISTED.subject_status.in_(words), *unknown))
    return tuple(told)


def shapes(connection: Connection, among: Among, apart: Collection[str]) -> Iterator[Shape]:
    """Yield the rows of a scope, those alike together, and the records `apart` each by itself (同类记录)."""
    decides, alone = tuple(_DECIDES.values()), array("q")
    wanted = select(*decides, _LISTED.id, _LISTED.natural_key).where(*among_rows(among))
    with connection.execute(wanted.order_by(*decides, _LISTED.id).execution_options(**STREAMED)) as rows:
        for said, alike in groupby(rows, key=lambda row: row[:-2]):
            ids = array("q")
            for row in alike:
                (alone if row[-1] in apart else ids).append(row[-2])
            if ids:
                yield Shape(Listing(**dict(zip(_DECIDES, said, strict=True))), ids)
    for each, listing in rows_at(connection, alone):
        yield Shape(listing, array("q", [each]))


def glances(connection: Connection, among: Among) -> Iterator[Listing]:
    """Yield who each row of a scope is about, in the order of the store (记录的主体).

    Each is a listing of list, day, kind, names, numbers and batch alone, and its `row` is its place in the store.
    """
    wanted = select(_LISTED.id, *(_LISTED[name] for name in _WHO)).where(*among_rows(among)).order_by(_LISTED.id)
    with connection.execute(wanted.execution_options(**STREAMED)) as rows:
        yield from map(_glance, rows)


def glances_sharing(connection: Connection, among: Among, how: str) -> Iterator[tuple[str, tuple[Listing, ...]]]:
    """Yield each key of a sort that several rows of a scope have, with those rows (同一检索键的记录)."""
    found = select(KEY.c.key).join(LISTING, _LISTED.id == KEY.c.listing_id).where(KEY.c.how == how, *among_rows(among))
    shared = found.group_by(KEY.c.key).having(func.count() > 1).order_by(KEY.c.key)
    who = (KEY.c.key, _LISTED.id, *(_LISTED[name] for name in _WHO))
    for portion in portions(connection.execute(shared).scalars().all(), LOOKED_UP):
        rows = select(*who).join(LISTING, _LISTED.id == KEY.c.listing_id)
        rows = rows.where(KEY.c.key.in_(portion), KEY.c.how == how, *among_rows(among))
        for key, group in groupby(connection.execute(rows.order_by(KEY.c.key, _LISTED.id)), key=lambda row: row[0]):
            yield key, tuple(_glance(row[1:]) for row in group)


class Arrived(NamedTuple):
    """When a row first came (送达时间): `began` is the day of its document, else the first day listed."""

    id: int
    batch: str
    began: date | None
    received: date


def arrivals(connection: Connection, among: Among) -> Iterator[Arrived]:
    """Yield when each record of a scope was first heard of, whatever was said of it since (送达时间)."""
    earlier = select(_LISTED.natural_key, func.min(_LISTED.recorded_at).label("at"))
    first = earlier.where(_LISTED.superseded_at.is_not(None)).group_by(_LISTED.natural_key).subquery()
    began = func.coalesce(_LISTED.instrument_date, _LISTED.listed_on)
    wanted = select(_LISTED.id, _LISTED.batch, began, func.coalesce(first.c.at, _LISTED.recorded_at))
    wanted = wanted.outerjoin(first, first.c.natural_key == _LISTED.natural_key).where(*among_rows(among))
    with connection.execute(wanted.order_by(_LISTED.id).execution_options(**STREAMED)) as rows:
        yield from (Arrived(place, batch, day, from_micros(at).date()) for place, batch, day, at in rows)


def batches_of(connection: Connection, records: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the batch of each row believed now of some records, with its record (记录的批次)."""
    for portion in portions(sorted(records), LOOKED_UP):
        wanted = select(_LISTED.natural_key, _LISTED.batch).where(_LISTED.natural_key.in_(portion))
        found = connection.execute(wanted.where(_LISTED.superseded_at.is_(None)).order_by(_LISTED.id))
        yield from ((record, batch) for record, batch in found)


def rows_at(connection: Connection, ids: Iterable[int]) -> Iterator[tuple[int, Listing]]:
    """Yield the rows at some places, in the order asked for (按位置取记录)."""
    for portion in portions(ids, LOOKED_UP):
        found = connection.execute(select(_LISTED.id, *COLUMNS).where(_LISTED.id.in_(portion))).all()
        rows = {number: listing for (number,), listing in with_listings(found)}
        yield from ((each, rows[each]) for each in portion)


def _glance(row: Sequence[Any]) -> Listing:
    said = dict(zip(_WHO, row[1:], strict=True))
    said["subject_kind"] = _KINDS.get(said["subject_kind"])
    said["former_names"] = () if said["former_names"] is None else tuple(json.loads(said["former_names"]))
    return Listing(**said, row=row[0])
