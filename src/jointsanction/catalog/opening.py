"""Opening a catalogue (打开目录): the shipped one, what plugins bring, and the user's own, laid over one another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jointsanction.catalog.bundle import default_catalog
from jointsanction.plugins import plugin_manager

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jointsanction.model.catalogue import Catalog


def open_catalog(catalogues: Sequence[str | Path] = ()) -> Catalog:
    """Return the shipped catalogue with further roots laid over it, those of plugins first (打开目录).

    What was approved in a store is not in it: `store.docket.in_force.law_of` lays that over.

    Raises:
        CatalogError: with every problem of every file.
    """
    hooked = plugin_manager().hook.jointsanction_catalogues()
    roots = [Path(root) for group in hooked for root in group] + [Path(root) for root in catalogues]
    if not roots:
        return default_catalog()
    from jointsanction.catalog.load import load_over  # noqa: PLC0415 - the shipped bundle needs no YAML

    return load_over(default_catalog(), roots)
