"""Who watches is told (关注): after lists or ledgers changed, what became of those watched since the last look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.asking import make_state
from jointsanction.catalog.bundle import catalog_version
from jointsanction.catalog.compile import compile_catalog
from jointsanction.identity.identify import identify
from jointsanction.loop.arriving.reassess import subjects_of
from jointsanction.loop.arriving.watching import look, watched

if TYPE_CHECKING:
    from datetime import datetime

    from jointsanction.asking import State
    from jointsanction.catalog.compile import Tables
    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.watch import WatchEvent
    from jointsanction.store import Store


def tell_watchers(store: Store, catalog: Catalog, now: datetime) -> tuple[WatchEvent, ...]:
    """Look at all who are watched, keep what became of them since the last look, and return it; free where nobody is.

    Told is what was recorded since, in lists and ledgers, and what ended or began by its date.
    """
    watches = store.watches.watches()
    if not watches:
        return ()
    tables = compile_catalog(catalog, catalog_version(catalog))
    keys = frozenset(key for watch in watches for key in identify(watched(watch)).keys)
    instants = {watch.looked_at for watch in watches if watch.looked_at is not None}
    then = {at: state_then(store, tables, at, keys) for at in instants}
    entered = {at: subjects_of(store.entered(at)) for at in instants}
    newest = state_then(store, tables, newest_instant(store, now), keys)
    looks = [
        look(
            watch,
            (then[watch.looked_at], newest),
            entered[watch.looked_at],
            at=max(watch.looked_at, newest.registry.known_at or watch.looked_at),
            on=now.date(),
        )
        for watch in watches
        if watch.looked_at is not None
    ]
    return store.watches.tell(looks, recorded_at=now)


def state_then(store: Store, tables: Tables, known_at: datetime, asked: frozenset[str]) -> State:
    """Return a catalogue with the lists as they were known at an instant, ready for those who will be asked about."""
    return make_state(tables, store.registry_at(known_at, asked=asked))


def newest_instant(store: Store, now: datetime) -> datetime:
    """Return an instant not earlier than the newest batch, whatever this machine's clock says."""
    return max([now, *(each.recorded_at for each in store.batches()[-1:])])
