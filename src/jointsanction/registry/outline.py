"""By what it can be told of many subjects at once that they are on no list (检索项摘要).

Every key under which something stands has a digest of 32 bits, where it would stand in a snapshot. Whose digest isn't
there is listed nowhere; whose is there may be listed, and is looked up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias, runtime_checkable

if TYPE_CHECKING:
    from array import array

Digests: TypeAlias = "tuple[array[int] | memoryview, ...]"
"""Digests, four bytes each, in several pieces; noughts among them mean nothing."""


class Outline(NamedTuple):
    """Digests of all keys of a registry (检索项摘要): of numbers, of names, and of what masked numbers show.

    They are `hash_of`, `name_hash`, `mask_hash` of the layout of snapshots. `shapes` says of masked numbers how many
    signs they show at the front and at the back. The subjects of commitments and of talks are among the numbers too.
    """

    numbers: Digests
    names: Digests
    masks: Digests
    shapes: tuple[tuple[int, int], ...]


@runtime_checkable
class Outlined(Protocol):
    """A registry that can say of many subjects at once that it doesn't know them (可成批筛除的名单库)."""

    def outline(self) -> Outline:
        """Return the digests of all keys under which something stands.

        Raises:
            RegistryError: what is kept can't be read: nobody is taken for unlisted then.
        """
