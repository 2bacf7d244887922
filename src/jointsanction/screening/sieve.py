"""Who is certainly on no list (筛除): the digests of a registry as a sieve through which whole columns go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from jointsanction.registry.outline import WITHIN, key_digest, name_digest
from jointsanction.screening.forms import LENGTH, Crc, pairs_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jointsanction.registry.outline import Outline
    from jointsanction.screening.forms import Bytes, Digests, Truths

_BITS: Final = 27
"""So many bits of a digest have a bit in a table of 16 MB, small enough to stay near the processor."""

_REST: Final = 32 - _BITS


class Sieve:
    """The digests of a registry, and of further keys that concern the question (筛子). Threads may share it."""

    def __init__(self, outline: Outline, also: Iterable[str] = ()) -> None:
        """Put the digests in order; `also` are keys of numbers that have to be looked at by themselves."""
        asked = np.fromiter(map(key_digest, also), np.uint32)
        self._numbers = _Held(np.concatenate([np.frombuffer(outline.numbers, np.uint32), asked]))
        self._names = frozenset(outline.names)
        self._masks = _Held(np.frombuffer(outline.masks, np.uint32))
        shown = [(front, back) for front, back in outline.shapes if max(front, back) <= LENGTH]
        self._shapes = [(front, back, Crc(front + back + len(WITHIN))) for front, back in shown]

    def holds(self, rows: Bytes, digests: Digests) -> Truths:
        """Tell whose number may stand in the registry, whole or with signs hidden."""
        found = self._numbers.holds(digests)
        between = np.full((len(rows), len(WITHIN)), ord(WITHIN), np.uint8)
        for front, back, crc in self._shapes:
            ends = np.concatenate([rows[:, :front], between, rows[:, LENGTH - back :]], axis=1)
            found |= self._masks.holds(crc.of(pairs_of(ends)))
        return found

    @property
    def knows_names(self) -> bool:
        """Return whether anybody stands in the registry by name."""
        return bool(self._names)

    def holds_name(self, key: str) -> bool:
        """Tell whether somebody of a name may stand in the registry."""
        return name_digest(key) in self._names


class _Held:
    """A set of digests (摘要集合): a bit for the front of each, and all of them in order."""

    def __init__(self, digests: Digests) -> None:
        self._sorted = np.unique(digests)
        front = self._sorted >> _REST
        of_byte = np.left_shift(1, front & 7).astype(np.uint8)
        places, begins = np.unique(front >> 3, return_index=True)
        self._bits = np.zeros(1 << _BITS - 3, np.uint8)
        if len(places):
            self._bits[places] = np.bitwise_or.reduceat(of_byte, begins)

    def holds(self, digests: Digests) -> Truths:
        """Tell which are among them."""
        if not len(self._sorted):
            return np.zeros(len(digests), np.bool_)
        front = digests >> _REST
        found: Truths = (self._bits[front >> 3] >> (front & 7).astype(np.uint8) & 1).astype(np.bool_)
        (near,) = np.nonzero(found)
        at = np.searchsorted(self._sorted, digests[near])
        found[near] = self._sorted[np.minimum(at, len(self._sorted) - 1)] == digests[near]
        return found
