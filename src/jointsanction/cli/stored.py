"""The store a command works on (名单库): the one named, else the user's own; and the law in force there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.engine import open_catalog
from jointsanction.home import default_store
from jointsanction.store import Store
from jointsanction.store.docket.in_force import law_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jointsanction.model.catalogue import Catalog


def open_store(url: str | None) -> Store:
    """Return the store of a URL, the user's own when none is named; none is made.

    Raises:
        RegistryError: `registry.no_store` with the command to type.
    """
    return Store.open(url or default_store(), create=False)


def open_law(url: str | None, catalogues: Sequence[Path] = ()) -> Catalog:
    """Return the catalogue with what was approved in a store, the user's own when none is named (现行目录).

    Raises:
        CatalogError: a catalogue that can't be read.
        LoopError: `loop.approved_unreadable` when what was approved doesn't fit it.
    """
    return law_of(url or default_store(), open_catalog(catalogues)).catalog
