"""New lists and catalogues put in place while requests run (热更新): each process looks for them, and swaps at once.

What is new is made ready beside what answers. A request that began on the old ends on the old; one that begins later
is answered by the new. What can't be loaded changes nothing but the readiness.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from starlette.concurrency import run_in_threadpool

from jointsanction.engine import open_catalog
from jointsanction.errors import JointSanctionError
from jointsanction.home import default_store, snapshot_folder
from jointsanction.loop.law_making.proposals import with_approved
from jointsanction.plugins import plugin_manager
from jointsanction.registry.snapshot.registry import SnapshotRegistry
from jointsanction.store.docket.proposals import approved_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jointsanction.loop.desk import Desk
    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.serving import ServiceSettings
    from jointsanction.registry.protocol import Registry

_LOG: Final = logging.getLogger("jointsanction.swapping")

Marks: TypeAlias = tuple[tuple[str, int, int], ...]
"""The files of catalogue folders, each with when it was written and its size."""


class Law(NamedTuple):
    """What a catalogue is made of (目录来源): files in folders, and the approved changes."""

    files: Marks
    approved: tuple[str, ...]


class Swapper:
    """Looks for new lists and catalogues, and puts them in place (热更新). One a process; one look at a time."""

    def __init__(self, desk: Desk, settings: ServiceSettings) -> None:
        """Take what answers, and how it is set up."""
        self._desk = desk
        self._settings = settings
        self._roots = settings.catalogues
        self._law: Law | None = None
        self._base: Catalog | None = None
        self._unfit: JointSanctionError | None = None
        self._lock = Lock()
        self.fault: str | None = None
        """The code of what keeps the newest lists or catalogue from answering, None while they do."""

    @property
    def base(self) -> Catalog:
        """Return the catalogue without any approved change, as its files were at the last look (基础目录)."""
        if self._base is None:
            self._base = open_catalog(self._roots)
        return self._base

    def look(self) -> bool:
        """Put in place what is new, and tell whether there was something; `fault` says what went wrong (查看更新)."""
        with self._lock:
            try:
                is_new = self._renew()
            except JointSanctionError as error:
                self._failed(error.code)
            except Exception as error:  # noqa: BLE001 - whatever it is, the old state answers on
                self._failed(type(error).__qualname__)
            else:
                self.fault = None
                return is_new
        return False

    def _renew(self) -> bool:
        unfit: JointSanctionError | None = None
        catalog: Catalog | None = None
        try:
            catalog = self._new_catalog()
        except JointSanctionError as error:  # the lists are renewed all the same
            unfit = error
        registry = self._new_registry()
        is_new = catalog is not None or registry is not None
        if is_new:
            self._desk.engine.swap(catalog=catalog, registry=registry)
            self._tell(lists=registry is not None, catalogue=catalog is not None)
        if unfit is not None:
            raise unfit
        return is_new

    async def watch(self) -> None:
        """Look again and again, until cancelled (持续查看)."""
        while True:
            await asyncio.sleep(self._settings.watch_seconds)
            await run_in_threadpool(self.look)

    def _law_now(self) -> Law:
        """Return what the catalogue is made of now."""
        with self._desk.docket.reading() as connection:
            return Law(tuple(marks(self._roots)), approved_numbers(connection))

    def _new_catalog(self) -> Catalog | None:
        """Return the catalogue when its files or the approved changes are others than those in place."""
        law, before = self._law_now(), self._law
        if law == before or (before is None and not law.approved):
            self._law = law
            if self._unfit is not None:  # not read again every second, and told until it is mended
                raise self._unfit
            return None
        self._law = law
        if before is not None and law.files != before.files:
            self._base = None
        try:
            catalog = with_approved(self.base, self._desk.docket)
        except JointSanctionError as error:
            self._unfit = error
            raise
        self._unfit = None
        return catalog

    def _new_registry(self) -> Registry | None:
        """Return the lists when they are another state of the store than those in place."""
        lists, version = self._desk.lists, self._desk.lists.version()
        if version == self._desk.engine.registry.version:
            return None
        folder = snapshot_folder(self._settings.store or default_store())
        if self._settings.snapshot:
            return SnapshotRegistry.of_version(folder, version) or lists.snapshot(folder)
        return SnapshotRegistry.of_version(folder, version) or lists.registry()

    def _failed(self, code: str) -> None:
        if code != self.fault:
            _LOG.error("new lists or a new catalogue can't be put in place: %s", code)
        self.fault = code

    def _tell(self, *, lists: bool, catalogue: bool) -> None:
        engine = self._desk.engine
        what = ", ".join(name for name, is_new in (("lists", lists), ("catalogue", catalogue)) if is_new)
        _LOG.info("in place: %s; lists %s, catalogue %s", what, engine.registry.version, engine.tables.version)


def marks(roots: Sequence[str | Path]) -> Iterator[tuple[str, int, int]]:
    """Yield the files of catalogue folders, those of plugins too, each with when it was written and its size."""
    hooked = (root for group in plugin_manager().hook.jointsanction_catalogues() for root in group)
    for root in (*hooked, *roots):
        for file in sorted(Path(root).rglob("*.yaml")):
            with suppress(FileNotFoundError):
                there = file.stat()
                yield str(file), there.st_mtime_ns, there.st_size
