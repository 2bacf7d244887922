"""How every row of a store stands on a day (名单状态), repair and objection taken into account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.identity.record_key import record_key
from jointsanction.repair.standing import standing_on
from jointsanction.steps.standing.in_force import in_force
from jointsanction.steps.standing.lookup import Found
from jointsanction.steps.standing.term_end import ListTerms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.repair_event import RepairEvent
    from jointsanction.model.subject import Listing
    from jointsanction.steps.standing.in_force import Standing
    from jointsanction.store.scanning import Shape

    Repairs = Mapping[str, tuple[RepairEvent, ...]]


def standings(
    listings: Iterable[Listing], catalog: Catalog, repairs: Repairs, day: date
) -> Iterator[tuple[Listing, Standing]]:
    """Yield each row as its list printed it, and how it stands on a day; rows of lists nobody knows are left out."""
    terms = ListTerms(catalog.lists)
    for listing in listings:
        events = repairs.get(record_key(listing), ()) if repairs else ()
        now, process = standing_on(listing, events, day)
        for standing in in_force((Found(now, process=process),), terms, day):
            yield listing, standing


def shape_standings(
    shapes: Iterable[Shape], catalog: Catalog, repairs: Repairs, day: date
) -> Iterator[tuple[Shape, Standing]]:
    """Yield rows that stand alike, with how they stand on a day; each row with steps of its own comes by itself."""
    for shape in shapes:
        for _, standing in standings((shape.listing,), catalog, repairs, day):
            yield shape, standing
