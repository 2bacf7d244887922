"""One thing wrong within an entry (缺陷): where in it, a stable code, and what to do."""

from __future__ import annotations

from typing import Final, NamedTuple

TODO: Final = "TODO"
"""What a draft says where only its author can know (待补): the loader refuses it wherever it stands."""


class Fault(NamedTuple):
    """One thing wrong at a path of an entry (缺陷); whoever knows the file turns it into a problem."""

    path: tuple[int | str, ...]
    code: str
    message: str
