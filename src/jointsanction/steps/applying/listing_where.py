"""Further facts a measure asks of a listing (名单措施的附加条件): met, unmet or unknown (ENCODING §5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.steps.standing.where import any_of, combined, one_of
from jointsanction.terms import Reason

if TYPE_CHECKING:
    from jointsanction.model.catalogue import Where
    from jointsanction.steps.asking.context import Context
    from jointsanction.steps.deriving.profile import ListingProfile


def where_listing(where: Where | None, listing: ListingProfile, context: Context) -> Reason | None:
    """Return None when a listing meets the condition, else `condition-unmet` or `attribute-unknown`."""
    if where is None:
        return None
    return combined(
        (
            # What the question says of size and occupations it says of the subject asked about, not of a partner.
            one_of(where.size, listing.size or (context.size if listing.way == "own" else None)),
            one_of(where.ground, listing.ground),
            one_of(where.field, listing.field),
            one_of(where.severity, listing.severity),
            # A listing says nothing of sentences: unknown where a measure asks for them.
            one_of(where.crime, None),
            any_of(where.occupation, context.occupations if listing.way == "own" else ()),
            one_of(where.kinds, None),
            None if where.at_least is None and where.probation is None else Reason.ATTRIBUTE_UNKNOWN,
        )
    )
