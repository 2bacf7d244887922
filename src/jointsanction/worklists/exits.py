"""Who should leave a list, and when (退出清单): overdue, due soon, repairable by now, or in doubt."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.steps.standing.repairable import repairable
from jointsanction.terms import ExitState, ListKind, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.subject import Listing
    from jointsanction.steps.standing.in_force import Standing
    from jointsanction.steps.standing.repairable import Repairable

CONCERNED: Final = frozenset({ListKind.BLACK, ListKind.INDEPENDENT, ListKind.WATCH, ListKind.RECORD})
_DOUBTS: Final = frozenset({Reason.MISSING_FROM_EDITION, Reason.TERM_UNKNOWN})
_ENDED: Final = frozenset({Reason.LAPSED, Reason.REPAIRED, Reason.REMOVED, Reason.OBJECTION_UPHELD})
_ORDER: Final = {state: place for place, state in enumerate(ExitState)}


class Exit(NamedTuple):
    """One row that somebody has to look at (退出事项).

    `on` is the first day free, or the first day on which an application can be heard; None when nobody knows.
    """

    state: ExitState
    listing: Listing
    on: date | None
    missing: tuple[str, ...] = ()


def exits(found: Iterable[tuple[Listing, Standing]], catalog: Catalog, day: date, *, within: int) -> tuple[Exit, ...]:
    """Return what is to be done about exits on a day, the most urgent first (退出清单).

    `found` are rows with their standings on that day, `within` is how many days ahead an end counts as due soon.
    """
    listed = (each for listing, standing in found for each in _of(listing, standing, catalog, day, within))
    return tuple(sorted(listed, key=lambda each: (_ORDER[each.state], str(each.on or ""), each.listing.list)))


def _of(listing: Listing, standing: Standing, catalog: Catalog, day: date, within: int) -> Iterator[Exit]:
    kind = catalog.lists[listing.list]
    if kind.kind not in CONCERNED or (listing.removed_on is not None and listing.removed_on <= day):
        return
    until = None if standing.until is None else _after(standing.until)
    if standing.reason in _ENDED:
        freed = standing.found.listing.removed_on
        yield Exit(ExitState.OVERDUE, listing, until if standing.reason is Reason.LAPSED else freed)
    elif standing.reason in _DOUBTS:
        yield Exit(ExitState.DOUBTFUL, listing, listing.missing_since or until)
    elif standing.reason is Reason.APPLIES:
        if until is not None and (until - day).days <= within:
            yield Exit(ExitState.DUE, listing, until)
        else:
            yield from _repair(listing, repairable(standing, catalog, day), day)


def _repair(listing: Listing, said: Repairable | None, day: date) -> Iterator[Exit]:
    if said is not None and said.repairable and said.earliest is not None and said.earliest <= day:
        yield Exit(ExitState.REPAIRABLE, listing, said.earliest, said.missing)


def _after(day: date) -> date | None:
    return None if day == day.max else day + timedelta(days=1)
