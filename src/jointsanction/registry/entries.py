"""Under what a listing is found (检索项): the one place that says so, for every registry.

What stands under a number is certain; what stands under a name, or under a masked number, is a candidate only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.identity.keys import contradicts, name_keys_of, own_keys, own_numbers, related_keys
from jointsanction.identity.masks import is_masked, mask_allows, shown_ends
from jointsanction.identity.names import name_key
from jointsanction.registry.protocol import Hit
from jointsanction.terms import IdState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jointsanction.model.subject import Listing


def by_number(row: Listing) -> Iterator[tuple[str, Hit]]:
    """Yield the keys of the listed subject and of those tied to it, each with the hit (号码检索项)."""
    own = Hit(row)
    for key in own_keys(row):
        yield key, own
    for related in row.related:
        tied = Hit(row, related)
        for key in related_keys(related):
            yield key, tied


def by_name(row: Listing) -> Iterator[tuple[str, Hit]]:
    """Yield the name keys under which a listing is a candidate (名称检索项)."""
    candidate = Hit(row, by_name=True)
    for key in name_keys_of(row):
        yield key, candidate
    for related in row.related:
        # Without a number a relative's name alone points at half the country; with a masked one it points at somebody.
        if related.name is not None and related.id is not None and is_masked(related.id):
            name = name_key(related.name)
            if name is not None:
                yield name, Hit(row, related, by_name=True)


def by_mask(row: Listing) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield what the masked numbers of a listing show at the front and at the back, each with the number as shown."""
    given = f"{row.uscc or ''}{row.resident_id or ''}{row.other_id or ''}"
    if not given or (given.isascii() and given.isalnum()):
        return  # nothing hidden, which in bulk is worth telling at once
    for number in own_numbers(row):
        if number.state is IdState.MASKED:
            yield shown_ends(number.text), number.text


def asked_ends(keys: tuple[str, ...], shown: Iterable[tuple[int, int]]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield each whole number asked for with its own ends, cut as masked numbers show theirs (`shown`: how many)."""
    for key in keys:
        if key[:2] in ("u:", "p:"):
            for front, back in shown:
                yield key[2:], (key[2 : 2 + front], key[-back:] if back else "")


def is_candidate(hit: Hit, keys: tuple[str, ...]) -> bool:
    """Tell whether a listing of the same name may be that of the subject whose keys these are (可能同一)."""
    if hit.related is None:
        return not contradicts(hit.listing, keys)
    asked = [key[2:] for key in keys if key[:2] in ("p:", "u:")]
    return not asked or any(mask_allows(hit.related.id or "", full) for full in asked)


def is_related(hit: Hit) -> bool:
    """Tell whether somebody was found through a listing of somebody else."""
    return hit.related is not None
