"""What of a row is covered before it leaves (脱敏): nothing for authorities, persons' numbers for everybody else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jointsanction.identity.masks import mask_id, mask_name
from jointsanction.identity.names import may_be_a_person
from jointsanction.terms import Audience, SubjectKind

if TYPE_CHECKING:
    from jointsanction.model.subject import Listing, Related


def masked(listing: Listing, audience: Audience, *, all_of_it: bool = False) -> Listing:
    """Return a row as it may leave (脱敏).

    To another authority and to the subject himself it leaves whole. Anybody else sees persons' numbers masked, whether
    they are listed or tied to the listed; `all_of_it` masks every number and persons' names, for any audience.
    """
    if audience is not Audience.ANYBODY and not all_of_it:
        return listing
    person = may_be_a_person(listing.subject_kind, listing.name, resident=listing.resident_id is not None)
    hide = person or all_of_it
    return replace(
        listing,
        uscc=_number(listing.uscc, hide=hide),
        resident_id=_number(listing.resident_id, hide=True),
        other_id=_number(listing.other_id, hide=hide or listing.subject_kind is None),
        name=mask_name(listing.name) if person and all_of_it and listing.name else listing.name,
        former_names=() if person and all_of_it else listing.former_names,
        related=tuple(_related(each, all_of_it=all_of_it) for each in listing.related),
        raw=None,
    )


def _related(related: Related, *, all_of_it: bool) -> Related:
    person = related.kind is SubjectKind.PERSON
    name = mask_name(related.name) if related.name and person and all_of_it else related.name
    return replace(related, id=_number(related.id, hide=True), name=name)


def _number(text: str | None, *, hide: bool) -> str | None:
    return mask_id(text) if text is not None and hide else text
