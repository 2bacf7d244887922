"""By what it can be told of many subjects at once that they are on no list (检索项摘要).

Every key under which something stands has a digest of 32 bits. Whose digest isn't there is listed nowhere; whose is
there may be listed, and is looked up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, runtime_checkable
from zlib import crc32

if TYPE_CHECKING:
    from array import array

_USCC: Final = 20  # the length of a key `u:` with eighteen signs
WITHIN: Final = "\x1e"
"""What stands between the ends of a masked number."""


class Outline(NamedTuple):
    """Digests of all keys of a registry (检索项摘要): of numbers, of names, and of what masked numbers show.

    `shapes` says of masked numbers how many signs they show at the front and at the back. The subjects of commitments
    and of talks are among the numbers too.
    """

    numbers: array[int]
    names: array[int]
    masks: array[int]
    shapes: tuple[tuple[int, int], ...]


@runtime_checkable
class Outlined(Protocol):
    """A registry that can say of many subjects at once that it doesn't know them (可成批筛除的名单库)."""

    def outline(self) -> Outline:
        """Return the digests of all keys under which something stands."""


def key_digest(key: str) -> int:
    """Return the digest of the key of a number.

    A 统一社会信用代码 shares that of the 组织机构代码 inside it, for who is asked by the one is found by the other.

    >>> key_digest("u:91990000MA0000001B") == key_digest("o:MA0000001")
    True
    """
    return crc32((key[10:19] if len(key) == _USCC and key[:2] == "u:" else key[2:]).encode(errors="surrogatepass"))


def name_digest(name_key: str) -> int:
    """Return the digest of the key of a name."""
    return crc32(name_key.encode(errors="surrogatepass"))


def mask_digest(ends: tuple[str, str]) -> int:
    """Return the digest of what a masked number shows at the front and at the back."""
    return crc32(WITHIN.join(ends).encode(errors="surrogatepass"))
