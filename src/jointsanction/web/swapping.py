"""New lists and catalogues put in place while requests run (热更新): each process looks for them, and swaps at once.

What is new is made ready beside what answers. A request that began on the old ends on the old; one that begins later
is answered by the new. What can't be loaded changes nothing but the readiness; but while something that was approved
is not in force, nothing is answered at all.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from math import inf
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from starlette.concurrency import run_in_threadpool

from jointsanction.engine import open_catalog
from jointsanction.errors import CatalogError, JointSanctionError, LoopError, RegistryError
from jointsanction.home import default_store, snapshot_folder
from jointsanction.plugins import plugin_manager
from jointsanction.registry.snapshot.registry import SnapshotRegistry
from jointsanction.store.docket.in_force import with_approved
from jointsanction.store.docket.proposals import approved_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jointsanction.loop.desk import Desk
    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.in_force import LawInForce
    from jointsanction.model.serving import ServiceSettings
    from jointsanction.registry.protocol import Registry

_LOG: Final = logging.getLogger("jointsanction.swapping")
_LATE: Final = 3
"""After so many times the usual wait without a look, nobody seems to be watching."""

_WAIT: Final = 5.0
"""Seconds that whoever asks waits for a catalogue that another one is making ready."""

_AGAIN: Final = 0.5
"""Seconds after which a catalogue that could not be put in place is looked at again for somebody who asks."""

_NOT_YET: Final = "有已通过的目录修改还没有换上，不能作答。"
_LATER: Final = "请稍后再试；一直如此的，请运维人员看 /readyz，核对目录的文件。"

Marks: TypeAlias = tuple[tuple[str, int, int], ...]
"""The files of catalogue folders, each with when it was written and its size."""


class Seen(NamedTuple):
    """What a catalogue is to be made of (目录来源): files in folders, and the approved changes."""

    files: Marks
    approved: tuple[str, ...]


class Unfit(NamedTuple):
    """What could not be put in place (未能换上): made of what, instead of what, and why not."""

    seen: Seen
    instead: LawInForce
    error: JointSanctionError


class Swapper:
    """Looks for new lists and catalogues, and puts them in place (热更新). One a process; one look at a time.

    Where a host gave the engine (`mounted`), its catalogue is the host's own: what is approved is laid over that, and
    no file is looked at.
    """

    def __init__(self, desk: Desk, settings: ServiceSettings, *, mounted: bool = False) -> None:
        """Take what answers, and how it is set up."""
        self._desk = desk
        self._settings = settings
        self._mounted = mounted
        self._seen: Seen | None = None
        self._files: Marks | None = None
        self._coming: tuple[Marks, Catalog] | None = None
        self._unfit: Unfit | None = None
        self._trouble: JointSanctionError | None = None
        self._looked = -inf
        self._look = Lock()
        self._lock = Lock()
        self.fault: str | None = None
        """The code of what keeps the newest lists or catalogue from answering, None while they do."""

    @property
    def base(self) -> Catalog:
        """Return the catalogue without any approved change, as its files were at the last look (基础目录).

        Raises:
            CatalogError: the files can't be read as they are now.
        """
        unfit = self._unfit
        if unfit is None or unfit.seen.files == self._files:
            return self._desk.engine.law.base
        return self._read(unfit.seen.files)

    @property
    def missing(self) -> JointSanctionError | None:
        """Return why something that was approved is not in force in this process, None when all of it is (未生效)."""
        if self._seen is not None and self._seen.approved == self._desk.engine.law.approved:
            return None
        if self._trouble is None or isinstance(self._trouble, CatalogError):  # files of which a caller knows nothing
            return LoopError("loop.approved_unreadable", _NOT_YET, _LATER)
        return self._trouble

    def begin(self) -> None:
        """Put in place what was approved before anything is answered (启动).

        Raises:
            LoopError: `loop.approved_unreadable` when that can't be done: nothing may be answered without it.
            RegistryError: the docket can't be read.
        """
        with self._lock:
            self._renew_law()
        self._refuse()

    def require(self) -> None:
        """Return while all that was approved is in force; where nobody watches, this looks for itself (作答条件).

        Raises:
            LoopError, RegistryError: as `begin`.
        """
        if self.due:
            if not self._lock.acquire(timeout=_WAIT):
                raise LoopError("loop.approved_unreadable", _NOT_YET, _LATER)
            try:
                if self.due:
                    self._renew_law()
            finally:
                self._lock.release()
        self._refuse()

    @property
    def due(self) -> bool:
        """Tell whether `require` has to look for itself before anything is answered (应否查看)."""
        is_late = monotonic() - self._looked > _LATE * self._settings.watch_seconds
        return is_late or (self.missing is not None and monotonic() - self._looked > _AGAIN)

    def _refuse(self) -> None:
        error = self.missing
        if error is not None:
            # Another each time: one that is raised again and again keeps what was asked by everybody it refused.
            raise type(error)(error.code, error.message, error.hint)

    def look(self) -> bool:
        """Put in place what is new, and tell whether there was something; `fault` says what went wrong (查看更新)."""
        with self._look:
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

    async def watch(self) -> None:
        """Look again and again, until cancelled (持续查看)."""
        while True:
            await asyncio.sleep(self._settings.watch_seconds)
            await run_in_threadpool(self.look)

    def _renew(self) -> bool:
        """Put in place a new catalogue and new lists, either of them though the other can't be had."""
        is_new, fault = False, None
        with self._lock:
            try:
                is_new = self._place(self._new_law(), None)
            except JointSanctionError as error:
                fault = error
        try:
            registry = self._new_registry()  # nobody who asks waits for this
        except JointSanctionError as error:
            fault = fault or error
        else:
            with self._lock:
                is_new = self._place(None, registry) or is_new
        if fault is not None:
            raise fault
        return is_new

    def _renew_law(self) -> None:
        with suppress(JointSanctionError):  # `missing` tells it
            self._place(self._new_law(), None)

    def _place(self, law: LawInForce | None, registry: Registry | None) -> bool:
        if law is None and registry is None:
            return False
        self._desk.engine.swap(catalog=law, registry=registry)
        if law is not None and self._seen is not None:
            self._files, self._coming = self._seen.files, None
        self._tell(lists=registry is not None, catalogue=law is not None)
        return True

    def _seen_now(self) -> Seen:
        """Return what the catalogue is to be made of now."""
        files = () if self._mounted else tuple(marks(self._settings.catalogues))
        with self._desk.docket.reading() as connection:
            return Seen(files, approved_numbers(connection))

    def _new_law(self) -> LawInForce | None:
        """Return the catalogue when its files or the approved changes are others than those in place."""
        try:
            law = self._law_of(self._seen_now())
        except JointSanctionError as error:
            self._trouble = error
            raise
        finally:
            self._looked = monotonic()
        self._trouble = None
        return law

    def _law_of(self, seen: Seen) -> LawInForce | None:
        self._seen, in_place = seen, self._desk.engine.law
        if self._files is None:
            self._files = seen.files
        if seen == (self._files, in_place.approved):
            self._unfit = None
            return None
        if self._unfit is not None and self._unfit.seen == seen and self._unfit.instead is in_place:
            raise self._unfit.error.with_traceback(None)  # not read again every second, and told until it is mended
        try:
            base = in_place.base if seen.files == self._files else self._read(seen.files)
            law = with_approved(base, self._desk.docket)
        except JointSanctionError as error:
            self._unfit = Unfit(seen, in_place, error)
            raise
        self._unfit = None
        return law

    def _read(self, files: Marks) -> Catalog:
        """Return the catalogue of files that are not in place, read once."""
        if self._coming is None or self._coming[0] != files:
            self._coming = files, open_catalog(self._settings.catalogues)
        return self._coming[1]

    def _new_registry(self) -> Registry | None:
        """Return the lists when they are another state of the store than those in place."""
        lists, version = self._desk.lists, self._desk.lists.version()
        if version == self._desk.engine.registry.version:
            return None
        folder = snapshot_folder(self._settings.store or default_store())
        ready = SnapshotRegistry.of_version(folder, version)
        if ready is None and self._settings.snapshot:
            try:
                return lists.snapshot(folder)
            except RegistryError as error:  # whoever was listed since must not wait for a disk
                _LOG.error("lists are read into memory, for the snapshot can't be written: %s", error.code)
        return ready or lists.registry()

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
