"""How every row of a store stands on a day (名单状态), repair and objection taken into account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.identity.record_key import record_key
from jointsanction.repair.standing import standing_on
from jointsanction.steps.standing.in_force import in_force
from jointsanction.steps.standing.lookup import Found

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.repair_event import RepairEvent
    from jointsanction.model.subject import Listing
    from jointsanction.steps.standing.in_force import Standing

    Repairs = Mapping[str, tuple[RepairEvent, ...]]


def standings(
    listings: Iterable[Listing], catalog: Catalog, repairs: Repairs, day: date
) -> Iterator[tuple[Listing, Standing]]:
    """Yield each row as its list printed it, and how it stands on a day; rows of lists nobody knows are left out."""
    for listing in listings:
        now, process = standing_on(listing, repairs.get(record_key(listing), ()), day)
        for standing in in_force((Found(now, process=process),), catalog, day):
            yield listing, standing
