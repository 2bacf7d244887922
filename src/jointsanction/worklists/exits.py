"""Who should leave a list, and when (退出清单): overdue, due soon, repairable by now, or in doubt."""

from __future__ import annotations

from array import array
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
    from jointsanction.store.scanning import Shape

CONCERNED: Final = frozenset({ListKind.BLACK, ListKind.INDEPENDENT, ListKind.WATCH, ListKind.RECORD})
_DOUBTS: Final = frozenset({Reason.MISSING_FROM_EDITION, Reason.TERM_UNKNOWN})
_ENDED: Final = frozenset({Reason.LAPSED, Reason.REPAIRED, Reason.REMOVED, Reason.OBJECTION_UPHELD})
_ORDER: Final = {state: place for place, state in enumerate(ExitState)}


class Exit(NamedTuple):
    """What somebody has to look at about the exit of rows (退出事项).

    `on` is the first day free, or the first day on which an application can be heard; None when nobody knows.
    """

    state: ExitState
    list: str
    on: date | None
    missing: tuple[str, ...] = ()


def exits(
    found: Iterable[tuple[Shape, Standing]], catalog: Catalog, day: date, *, within: int
) -> tuple[tuple[Exit, array[int]], ...]:
    """Return what is to be done about exits on a day, the most urgent first, each with its rows' places (退出清单).

    `found` are rows with their standings on that day, `within` is how many days ahead an end counts as due soon.
    """
    listed: dict[Exit, array[int]] = {}
    for shape, standing in found:
        for each in _of(shape.listing, standing, catalog, day, within):
            listed.setdefault(each, array("q")).extend(shape.ids)
    urgent = sorted(listed, key=lambda each: (_ORDER[each.state], str(each.on or ""), each.list, each.missing))
    return tuple((each, array("q", sorted(listed[each]))) for each in urgent)


def _of(listing: Listing, standing: Standing, catalog: Catalog, day: date, within: int) -> Iterator[Exit]:
    code, kind = listing.list, catalog.lists[listing.list]
    if kind.kind not in CONCERNED or (listing.removed_on is not None and listing.removed_on <= day):
        return
    until = None if standing.until is None else _after(standing.until)
    if standing.reason in _ENDED:
        freed = standing.found.listing.removed_on
        yield Exit(ExitState.OVERDUE, code, until if standing.reason is Reason.LAPSED else freed)
    elif standing.reason in _DOUBTS:
        yield Exit(ExitState.DOUBTFUL, code, listing.missing_since or until)
    elif standing.reason is Reason.APPLIES:
        if until is not None and (until - day).days <= within:
            yield Exit(ExitState.DUE, code, until)
        else:
            yield from _repair(code, repairable(standing, catalog, day), day)


def _repair(code: str, said: Repairable | None, day: date) -> Iterator[Exit]:
    if said is not None and said.repairable and said.earliest is not None and said.earliest <= day:
        yield Exit(ExitState.REPAIRABLE, code, said.earliest, said.missing)


def _after(day: date) -> date | None:
    return None if day == day.max else day + timedelta(days=1)
