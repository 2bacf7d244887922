"""A registry in dictionaries (内存名单库): small, immutable, and as fast as a dictionary look-up."""

from __future__ import annotations

import hashlib
from array import array
from dataclasses import astuple, fields
from itertools import chain
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from jointsanction.identity.masks import mask_allows
from jointsanction.model.commitment import NO_COMMITMENTS, Commitment, CommitmentEvent, Commitments, Talk
from jointsanction.model.identity_verdict import IdentityVerdict, by_candidate
from jointsanction.model.repair_event import RepairEvent
from jointsanction.model.subject import Edition, Listing, Related
from jointsanction.registry.entries import asked_ends, by_mask, by_name, by_number, is_candidate, is_related
from jointsanction.registry.outline import Outline
from jointsanction.registry.plain import PlainRows
from jointsanction.registry.protocol import Hit
from jointsanction.registry.snapshot.layout import WORD, hash_of, mask_hash, name_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime
    from typing import Any

    from jointsanction.model.identity_verdict import Verdicts
    from jointsanction.registry.plain import Plain

# attrgetter gives the fields without the masked repr of the dataclasses, which would hide what differs.
_LISTING: Final[Callable[[Listing], tuple[Any, ...]]] = attrgetter(
    *(field.name for field in fields(Listing) if field.name not in {"related", "raw"})
)
_EDITION: Final[Callable[[Edition], tuple[Any, ...]]] = attrgetter(*(field.name for field in fields(Edition)))
_VERDICT: Final[Callable[[IdentityVerdict], tuple[Any, ...]]] = attrgetter(
    *(field.name for field in fields(IdentityVerdict))
)
_REPAIR: Final[Callable[[RepairEvent], tuple[Any, ...]]] = attrgetter(*(field.name for field in fields(RepairEvent)))
_NO_REPAIRS: Final[Mapping[str, tuple[RepairEvent, ...]]] = MappingProxyType({})
_RELATED: Final[Callable[[Related], tuple[Any, ...]]] = attrgetter(*(field.name for field in fields(Related)))


class MemoryRegistry:
    """Listings indexed by every key of their subjects, of those related to them, and by name (内存名单库).

    Immutable after construction, so threads may share it. `version` is given by whoever keeps the lists, else it is the
    hash of the contents, whatever their order.
    """

    __slots__ = (
        "_by_key",
        "_by_name",
        "_commitments",
        "_content",
        "_editions",
        "_known_at",
        "_masked",
        "_outline",
        "_plain",
        "_repairs",
        "_verdicts",
        "_version",
    )

    def __init__(  # noqa: PLR0913 - whatever a registry holds beside its listings
        self,
        listings: Iterable[Listing],
        editions: Iterable[Edition] = (),
        *,
        verdicts: Iterable[IdentityVerdict] = (),
        commitments: Commitments = NO_COMMITMENTS,
        repairs: Mapping[str, tuple[RepairEvent, ...]] = _NO_REPAIRS,
        version: str | None = None,
    ) -> None:
        """Index the listings; nothing is copied. Verdicts come in the order they were given."""
        rows, whole = tuple(listings), tuple(editions)
        self._by_key = _shared(_index(rows, by_number))
        self._by_name = _index(rows, by_name)
        self._masked = _masked(rows)
        self._editions = MappingProxyType(_newest_last(whole))
        decided = tuple(verdicts)
        self._verdicts: Verdicts = MappingProxyType(by_candidate(decided))
        self._commitments = _by_subject(commitments)
        self._repairs = MappingProxyType(dict(repairs))
        put_together = PlainRows(self._repairs)
        each_once = {id(hits): hits for hits in self._by_key.values()}
        self._plain = {at: plain for at, hits in each_once.items() if (plain := put_together.of(hits)) is not None}
        steps = (step for events in repairs.values() for step in events)
        self._known_at = _newest(rows, whole, (*decided, *steps), commitments)
        self._version = version
        self._outline: Outline | None = None
        self._content: tuple[tuple[Listing, ...], tuple[Edition, ...], Commitments] = (rows, whole, commitments)

    @property
    def version(self) -> str:
        """Return what identifies the state consulted; hashed on first use."""
        if self._version is None:
            listings, editions, commitments = self._content
            version = content_version(listings, editions, chain.from_iterable(self._verdicts.values()), commitments)
            self._version = _version_after(version, self._repairs)
        return self._version

    @property
    def known_at(self) -> datetime | None:
        """Return the instant of the newest batch, None when nothing was ever loaded."""
        return self._known_at

    @property
    def editions(self) -> Mapping[str, tuple[Edition, ...]]:
        """Return the complete editions of each list, newest last."""
        return self._editions

    @property
    def verdicts(self) -> Verdicts:
        """Return what persons decided about candidates, by the subject's key and the listing's record key."""
        return self._verdicts

    @property
    def repairs(self) -> Mapping[str, tuple[RepairEvent, ...]]:
        """Return the steps of repair and objection of each listing, in their order, by its record key."""
        return self._repairs

    def commitments(self, keys: tuple[str, ...]) -> Commitments:
        """Return the commitments of the subject of the keys and the talks with it; `NO_COMMITMENTS` when none."""
        if not self._commitments:
            return NO_COMMITMENTS
        found = [one for key in keys if (one := self._commitments.get(key)) is not None]
        if not found:
            return NO_COMMITMENTS
        made = dict.fromkeys(each for one in found for each in one.made)
        return Commitments(tuple(made), tuple(dict.fromkeys(each for one in found for each in one.talks)))

    def lookup(self, keys: tuple[str, ...], name_key: str | None) -> tuple[Hit, ...]:
        """Return the listings under any of the keys, own ones before related ones, then candidates by name."""
        hits = self._exact_hits(keys)
        if name_key is None:
            return hits + self._masked_hits(keys) if self._masked else hits
        if (named := self._by_name.get(name_key)) is None:
            return hits
        found = {id(hit.listing) for hit in hits}
        return hits + tuple(hit for hit in named if id(hit.listing) not in found and is_candidate(hit, keys))

    def plain(self, hits: tuple[Hit, ...]) -> Plain | None:
        """Return what `lookup` gave, put together, where all of it plainly stands; None where it takes a closer look.

        Told by which tuple it is: those that stand under a number live as long as the registry.
        """
        return self._plain.get(id(hits))

    def outline(self) -> Outline:
        """Return the digests of all keys under which something stands, commitments too; worked out on first use."""
        if self._outline is None:
            self._outline = Outline(
                numbers=(array(WORD, map(hash_of, chain(self._by_key, self._commitments))),),
                names=(array(WORD, map(name_hash, self._by_name)),),
                masks=(array(WORD, map(mask_hash, self._masked)),),
                shapes=tuple(sorted({(len(front), len(back)) for front, back in self._masked})),
            )
        return self._outline

    def _masked_hits(self, keys: tuple[str, ...]) -> tuple[Hit, ...]:
        """Asked by number alone, a masked number that may be the one asked for is a clue, and never more."""
        found: list[Hit] = []
        for full, ends in asked_ends(keys, sorted({(len(front), len(back)) for front, back in self._masked})):
            found += [hit for pattern, hit in self._masked.get(ends, ()) if mask_allows(pattern, full)]
        return tuple(dict.fromkeys(found))

    def _exact_hits(self, keys: tuple[str, ...]) -> tuple[Hit, ...]:
        groups: list[tuple[Hit, ...]] = []
        for key in keys:
            # A code and the organisation code inside it find the same hits; that is nearly always all there is.
            if (found := self._by_key.get(key)) is not None and found not in groups:
                groups.append(found)
        if len(groups) < 2:  # noqa: PLR2004 - one is all there is
            return groups[0] if groups else ()
        once = {(id(hit.listing), id(hit.related)): hit for found in groups for hit in found}
        return tuple(sorted(once.values(), key=is_related))


def content_version(
    listings: Iterable[Listing],
    editions: Iterable[Edition],
    verdicts: Iterable[IdentityVerdict] = (),
    commitments: Commitments = NO_COMMITMENTS,
) -> str:
    """Return the hash of what is listed, declared, decided and promised, whatever the order it came in."""
    contents = [*map(_listing_values, listings), *map(_EDITION, editions), *map(_VERDICT, verdicts)]
    contents += [*map(astuple, commitments.made), *map(astuple, commitments.talks)]
    rows = sorted(hashlib.sha256(repr(row).encode()).hexdigest() for row in contents)
    return "sha256:" + hashlib.sha256("\n".join(rows).encode()).hexdigest()


def _version_after(version: str, repairs: Mapping[str, tuple[RepairEvent, ...]]) -> str:
    """Return the version with what was done about listings; their order is part of it."""
    if not repairs:
        return version
    said = [tuple(map(_REPAIR, repairs[record])) for record in sorted(repairs)]
    return "sha256:" + hashlib.sha256(f"{version} {said!r}".encode()).hexdigest()


def _listing_values(row: Listing) -> tuple[object, ...]:
    return (*_LISTING(row), tuple(map(_RELATED, row.related)))


def _index(
    rows: tuple[Listing, ...], entries: Callable[[Listing], Iterable[tuple[str, Hit]]]
) -> dict[str, tuple[Hit, ...]]:
    index: dict[str, list[Hit]] = {}
    for row in rows:
        for key, hit in entries(row):
            index.setdefault(key, []).append(hit)
    return {key: tuple(sorted(hits, key=is_related)) for key, hits in index.items()}


def _shared(index: dict[str, tuple[Hit, ...]]) -> dict[str, tuple[Hit, ...]]:
    """Return an index in which the keys of one subject, a code and what is inside it, lead to the very same hits."""
    first: dict[int, tuple[Hit, ...]] = {}
    shared = {}
    for key, hits in index.items():
        known = first.setdefault(id(hits[0]), hits)
        shared[key] = known if known == hits else hits
    return shared


def _by_subject(commitments: Commitments) -> dict[str, Commitments]:
    """Index what was promised, and what was talked about, by every key of the subject."""
    found: dict[str, tuple[list[Commitment], list[Talk]]] = {}
    for commitment in commitments.made:
        for key in commitment.keys:
            found.setdefault(key, ([], []))[0].append(commitment)
    for talk in commitments.talks:
        for key in talk.keys:
            found.setdefault(key, ([], []))[1].append(talk)
    return {key: Commitments(tuple(made), tuple(talks)) for key, (made, talks) in found.items()}


def _masked(rows: tuple[Listing, ...]) -> dict[tuple[str, str], tuple[tuple[str, Hit], ...]]:
    """Index the masked numbers by what they show at the front and at the back."""
    index: dict[tuple[str, str], list[tuple[str, Hit]]] = {}
    for row in rows:
        for ends, pattern in by_mask(row):
            index.setdefault(ends, []).append((pattern, Hit(row, by_name=True)))
    return {ends: tuple(found) for ends, found in index.items()}


def _newest_last(editions: tuple[Edition, ...]) -> dict[str, tuple[Edition, ...]]:
    lists = dict.fromkeys(edition.list for edition in editions)
    newest_last = sorted(editions, key=lambda edition: edition.received_at)
    return {code: tuple(edition for edition in newest_last if edition.list == code) for code in sorted(lists)}


def _newest(
    listings: tuple[Listing, ...],
    editions: tuple[Edition, ...],
    verdicts: Iterable[IdentityVerdict | RepairEvent],
    commitments: Commitments,
) -> datetime | None:
    instants = [edition.received_at for edition in editions]
    instants += [verdict.recorded_at for verdict in verdicts if verdict.recorded_at is not None]
    events = (event for each in commitments.made for event in each.events)
    said: tuple[Commitment | CommitmentEvent | Talk, ...] = (*commitments.made, *events, *commitments.talks)
    instants += [each.recorded_at for each in said if each.recorded_at is not None]
    instants += [listing.recorded_at for listing in listings if listing.recorded_at is not None]
    return max(instants, default=None)
