"""Which lists an answer rests on (名单覆盖): loaded, missing or stale, and since when that holds."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from jointsanction.catalog.compile import lies_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from jointsanction.catalog.compile import Tables
    from jointsanction.model.catalogue import ListType
    from jointsanction.model.subject import Edition


class Loaded(NamedTuple):
    """The lists of a plan by state (覆盖状态). `until` is the first instant at which one more turns stale."""

    consulted: tuple[str, ...]
    missing: frozenset[str]
    stale: frozenset[str]
    until: datetime | None


def loaded_lists(
    codes: Iterable[str],
    tables: Tables,
    editions: Mapping[str, tuple[Edition, ...]],
    *,
    as_of: date,
    asked_at: datetime,
) -> Loaded:
    """Return the state of some lists for a day, judged at the instant of asking (稳妥：过期即视为不能确定)."""
    consulted, missing, stale, turns = [], set(), set(), []
    for code in codes:
        kind = tables.catalog.lists[code]
        whole = [edition for edition in editions.get(code, ()) if _speaks_for(edition, kind, as_of)]
        if not whole:
            missing.add(code)
            continue
        consulted.append(code)
        if kind.stale_after is not None:
            turns_on = max(edition.received_at for edition in whole) + timedelta(days=kind.stale_after)
            if turns_on < asked_at:
                stale.add(code)
            else:
                turns.append(turns_on)
    return Loaded(tuple(consulted), frozenset(missing), frozenset(stale), min(turns, default=None))


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
