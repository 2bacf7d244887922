"""One digest over many (默克尔根): that an answer was among those of a batch can be shown without the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.receipt import seal

if TYPE_CHECKING:
    from collections.abc import Sequence


def root_of(leaves: Sequence[str], algorithm: str) -> str:
    """Return the root over some texts in their order (默克尔根); leaves and nodes are told apart, an odd one moves up.

    >>> root_of(["a"], "sha256") == root_of(["a", "a"], "sha256")
    False
    """
    level = [seal(b"\0" + leaf.encode(), algorithm) for leaf in leaves] or [seal(b"", algorithm)]
    while len(level) > 1:
        pairs = [seal(b"\1" + f"{a}{b}".encode(), algorithm) for a, b in zip(level[::2], level[1::2], strict=False)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]
