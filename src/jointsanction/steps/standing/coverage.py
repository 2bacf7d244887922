"""Which lists an answer rests on (名单覆盖): loaded, missing or stale, and since when that holds."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from jointsanction.catalog.compile import lies_in
from jointsanction.model.shown import EditionShown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from jointsanction.catalog.compile import Tables
    from jointsanction.model.catalogue import ListType
    from jointsanction.model.subject import Edition


class Loaded(NamedTuple):
    """The lists of a plan by state (覆盖状态), and how old each is.

    `until` is the first instant at which one more turns stale.
    """

    consulted: tuple[str, ...]
    missing: frozenset[str]
    stale: frozenset[str]
    until: datetime | None
    editions: tuple[EditionShown, ...] = ()


def loaded_lists(
    codes: Iterable[str],
    tables: Tables,
    editions: Mapping[str, tuple[Edition, ...]],
    *,
    as_of: date,
    asked_at: datetime,
) -> Loaded:
    """Return the state of some lists for a day, judged at the instant of asking (稳妥：过期即视为不能确定)."""
    consulted, missing, turns = [], set(), []
    for code in codes:
        kind = tables.catalog.lists[code]
        whole = [edition for edition in editions.get(code, ()) if _speaks_for(edition, kind, as_of)]
        if not whole:
            missing.add(code)
            continue
        newest = max(whole, key=lambda edition: edition.received_at)
        turns_on = None if kind.stale_after is None else newest.received_at + timedelta(days=kind.stale_after)
        stale = turns_on is not None and turns_on < asked_at
        if turns_on is not None and not stale:
            turns.append(turns_on)
        consulted.append(EditionShown(code, newest.batch, newest.received_at, stale))
    return Loaded(
        consulted=tuple(edition.list for edition in consulted),
        missing=frozenset(missing),
        stale=frozenset(edition.list for edition in consulted if edition.stale),
        until=min(turns, default=None),
        editions=tuple(consulted),
    )


def _speaks_for(edition: Edition, kind: ListType, as_of: date) -> bool:
    """Return whether an edition holds the whole list for a day.

    Somebody entered on a national list in one province is bound in every other: a regional edition is only a part.
    """
    if edition.covers_from is not None and as_of < edition.covers_from:
        return False
    if not edition.regions:
        return True
    if kind.scope == "national":
        return False
    return all(any(lies_in(scope, region) for region in edition.regions) for scope in kind.scope)
