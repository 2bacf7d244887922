"""Opening all that is answered from (打开): the store, its lists as they are now, and the catalogue in force there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jointsanction.home import snapshot_folder
from jointsanction.registry.snapshot.registry import SnapshotRegistry
from jointsanction.store.docket.in_force import law_of
from jointsanction.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.in_force import LawInForce
    from jointsanction.registry.protocol import Registry


class Opened(NamedTuple):
    """What is answered from (作答所据)."""

    law: LawInForce
    registry: Registry
    store: Store


def opened(url: str, base: Catalog, snapshot: Path | None = None) -> Opened:
    """Open a store, and lay over a catalogue what was approved there.

    A snapshot that is named is brought up first; one that lies beside the store is used while it is of its state.

    Raises:
        RegistryError: `registry.no_store`; what opening a store raises.
        LoopError: `loop.approved_unreadable`.
    """
    store = Store.open(url, create=False)
    law = law_of(url, base)
    if snapshot is not None:
        return Opened(law, store.snapshot(snapshot), store)
    found = SnapshotRegistry.of_version(snapshot_folder(url), store.version())
    return Opened(law, found or store.registry(), store)
