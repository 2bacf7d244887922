"""The keys under which listings are found by SQL (检索键): writing them, and looking listings up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, or_, select

from jointsanction.identity.keys import name_keys_of, related_keys
from jointsanction.identity.names import name_key as key_of_name
from jointsanction.store.rows import COLUMNS, listings_of
from jointsanction.store.tables import KEY, LISTING

if TYPE_CHECKING:
    from sqlalchemy import BindParameter, Connection, Select

    from jointsanction.model.subject import Listing


def keys_of(listing: Listing, own_keys: tuple[str, ...]) -> set[tuple[str, str]]:
    """Return the keys under which a listing is found, each with how."""
    found = {(key, "own") for key in own_keys}
    found.update((key, "name") for key in name_keys_of(listing))
    for related in listing.related:
        comparable = related_keys(related)
        found.update((key, "related") for key in comparable)
        # Who has no number that can be compared is kept by name; whether that makes a candidate, the registry decides.
        by_name = None if comparable or related.name is None else key_of_name(related.name)
        if by_name is not None:
            found.add((by_name, "name"))
    return found


def listings_under(
    connection: Connection, keys: tuple[str, ...], *, name_key: str | None, at: int
) -> tuple[Listing, ...]:
    """Return the listings that were believed at an instant and stand under any of the keys, or under the name key."""
    found = connection.execute(_UNDER, {"keys": keys, "name_key": name_key, "at": at})
    return tuple(listings_of(found.all()))


def _under() -> Select[Any]:
    by_number = select(KEY.c.listing_id).where(KEY.c.key.in_(bindparam("keys", expanding=True)), KEY.c.how != "name")
    by_name = select(KEY.c.listing_id).where(KEY.c.key == bindparam("name_key"), KEY.c.how == "name")
    at: BindParameter[int] = bindparam("at")
    not_superseded = or_(LISTING.c.superseded_at.is_(None), LISTING.c.superseded_at > at)
    found = LISTING.c.id.in_(by_number.union(by_name)), LISTING.c.recorded_at <= at, not_superseded
    return select(*COLUMNS).where(*found).order_by(LISTING.c.id)


_UNDER: Final = _under()
