"""Who is certainly on no list (筛除): the digests of a registry as a sieve through which whole columns go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from jointsanction.registry.snapshot.layout import SHOWN, WITHIN, hash_of, name_hash
from jointsanction.screening.forms import LENGTH, Hashes, pairs_of

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable

    from jointsanction.registry.outline import Outline
    from jointsanction.screening.forms import Bytes, Digests, Truths

_BITS: Final = 27
"""So many bits of a digest have a bit in a table of 16 MB, small enough to stay near the processor."""

_REST: Final = 32 - _BITS


class Sieve:
    """The digests of a registry, and of further keys that concern the question (筛子). Threads may share it."""

    def __init__(self, outline: Outline, also: Iterable[str] = (), *, named: bool = False) -> None:
        """Put the digests in order; `also` are keys of numbers that have to be looked at by themselves.

        `named` says that names are asked about too.
        """
        self._numbers = _Held(*map(_digests, outline.numbers), np.fromiter(map(hash_of, also), np.uint32))
        self._names = _Held(*map(_digests, outline.names if named else ()))
        self._masks = _Held(*map(_digests, outline.masks))
        shown = [(front, back) for front, back in outline.shapes if max(front, back) <= LENGTH]
        self._shapes = [(front, back, Hashes(SHOWN, front + back + len(WITHIN))) for front, back in shown]

    def holds(self, rows: Bytes, digests: Digests) -> Truths:
        """Tell whose number may stand in the registry, whole or with signs hidden."""
        found = self._numbers.holds(digests)
        between = np.full((len(rows), len(WITHIN)), ord(WITHIN), np.uint8)
        for front, back, hashes in self._shapes:
            ends = np.concatenate([rows[:, :front], between, rows[:, LENGTH - back :]], axis=1)
            found |= self._masks.holds(hashes.of(pairs_of(ends)))
        return found

    @property
    def knows_names(self) -> bool:
        """Return whether names are asked about, and anybody stands in the registry by his."""
        return bool(self._names)

    def holds_names(self, keys: Iterable[str | None]) -> Truths:
        """Tell which of some names, by their keys, may stand in the registry; None is nobody's."""
        return self._names.holds(np.fromiter((0 if key is None else name_hash(key) for key in keys), np.uint32))


class _Held:
    """A set of digests (摘要集合): a bit for the front of each, and all of them in order. Nought is no digest."""

    def __init__(self, *pieces: Digests) -> None:
        together = np.concatenate([*pieces, np.zeros(0, np.uint32)])
        self._sorted = together[together != 0]
        self._sorted.sort()
        self._bits = np.zeros(1 << _BITS - 3 if self else 0, np.uint8)
        if self:
            front = self._sorted >> _REST
            places, of_byte = front >> 3, np.left_shift(1, front & 7).astype(np.uint8)
            (begins,) = np.nonzero(np.concatenate([[True], places[1:] != places[:-1]]))
            self._bits[places[begins]] = np.bitwise_or.reduceat(of_byte, begins)

    def __bool__(self) -> bool:
        return bool(len(self._sorted))

    def holds(self, digests: Digests) -> Truths:
        """Tell which are among them."""
        if not self:
            return np.zeros(len(digests), np.bool_)
        front = digests >> _REST
        found: Truths = (self._bits[front >> 3] >> (front & 7).astype(np.uint8) & 1).astype(np.bool_)
        (near,) = np.nonzero(found)
        at = np.searchsorted(self._sorted, digests[near])
        found[near] = self._sorted[np.minimum(at, len(self._sorted) - 1)] == digests[near]
        return found


def _digests(piece: array[int] | memoryview) -> Digests:
    """Return a piece of an outline where it lies."""
    return np.frombuffer(piece, np.uint32)
