"""The file of a tender, as the command line is given it (投标人名册)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.cli.files import read_bytes
from jointsanction.registry.readers.bidders import bidders_in

if TYPE_CHECKING:
    from pathlib import Path

    from jointsanction.model.subject import Subject


def read_bidders(path: Path) -> tuple[Subject, ...]:
    """Return the bidders of a file in order (投标人名册).

    Raises:
        RegistryError: a file that can't be read; what `bidders_in` raises.
    """
    return bidders_in(path, read_bytes(path))
