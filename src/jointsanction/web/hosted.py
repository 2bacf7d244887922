"""What all doors of a service stand on (服务主体): the desk, the lists, the docket, the accounts, the writer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from starlette.concurrency import run_in_threadpool

from jointsanction.engine import Engine, shanghai_now
from jointsanction.errors import RegistryError
from jointsanction.home import default_store
from jointsanction.loop.desk import Desk, DeskRules
from jointsanction.model.serving import ServiceSettings
from jointsanction.store import Store
from jointsanction.store.docket.docket import Docket
from jointsanction.tracing import span
from jointsanction.web.access import AccountAccess, Rates
from jointsanction.web.relaying import Relay
from jointsanction.web.rolls import Rolls
from jointsanction.web.swapping import Swapper
from jointsanction.web.uploads import Uploads
from jointsanction.web.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from jointsanction.model.filed import Filed, Filing
    from jointsanction.model.recheck import Recheck

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Hosted:
    """One service in one process (服务主体): API and console both work through it."""

    def __init__(
        self,
        desk: Desk,
        settings: ServiceSettings | None = None,
        *,
        clock: Callable[[], datetime] = shanghai_now,
        mounted: bool = False,
    ) -> None:
        """Take the desk, and how the service is set up; `mounted` where the engine is a host's own."""
        self.desk = desk
        self.settings = settings or ServiceSettings()
        self.clock = clock
        self.writer = Writer(desk.file)
        self.rates = Rates()
        store = self.settings.store or default_store()
        self.uploads = Uploads(self.settings, store, lambda: self.engine.tables.catalog)
        self.rolls = Rolls(self.settings.uploads)
        self.swapper = Swapper(desk, self.settings, mounted=mounted)
        desk.before_asking = self.swapper.require
        self.relay = None if self.settings.receivers is None else Relay(desk, Path(self.settings.receivers))
        self.access = AccountAccess(desk.docket, clock=clock)

    @classmethod
    def open(cls, settings: ServiceSettings, *, clock: Callable[[], datetime] = shanghai_now) -> Hosted:
        """Open the lists, the docket beside them and the catalogue with all that was approved.

        Raises:
            RegistryError: `registry.no_store` and what opening a store raises.
            CatalogError: a catalogue that can't be read.
            LoopError: `loop.approved_unreadable` when what was approved doesn't fit it.
        """
        store = settings.store or default_store()
        lists = Store.open(store, create=False)
        engine = Engine.open(store, settings.catalogues, clock=clock)
        docket = Docket.open(store)
        docket.stay_open()
        desk = Desk(engine, lists, docket, rules=rules_of(settings), clock=clock)
        return cls(desk, settings, clock=clock)

    @property
    def engine(self) -> Engine:
        """Return the engine, in which catalogue and lists are swapped while requests run."""
        return self.desk.engine

    @property
    def lists(self) -> Store:
        """Return the store of lists."""
        return self.desk.lists

    @property
    def docket(self) -> Docket:
        """Return the docket."""
        return self.desk.docket

    def recheck(self, document: Mapping[str, Any]) -> Recheck:
        """Return what changed since an answer was given, by the law in force (复查).

        Raises:
            LoopError: `loop.approved_unreadable` while something that was approved is not in force here.
            ReceiptError, UnknownMatterError: as `Engine.recheck`.
        """
        self.swapper.require()
        return self.engine.recheck(document)

    async def file(self, filing: Filing) -> Filed:
        """Return what was filed, once it is kept: together with what others file at this moment."""
        with span("file"):
            return await self.writer.file(filing)

    async def run(self, function: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Run what waits for a database or a disk in a thread, so that checks go on meanwhile."""
        return await run_in_threadpool(function, *args, **kwargs)

    async def ready(self) -> None:
        """Return when all that was approved is in force (作答条件); what has to be looked at is looked at in a thread.

        Raises:
            LoopError, RegistryError: as `Swapper.require`.
        """
        if self.swapper.due:
            await self.run(self.swapper.require)

    def end_reading(self) -> None:
        """End what other processes are reading (停止读取)."""
        self.uploads.close()
        self.rolls.close()

    def close(self) -> None:
        """End what is being read, and let the last group be written (停止)."""
        self.end_reading()
        self.writer.close()
        self.docket.let_go()


def rules_of(settings: ServiceSettings) -> DeskRules:
    """Return by what rules the desk of a service works (窗口规则).

    Raises:
        RegistryError: `registry.no_file` when the file of the audit's secret can't be read.
    """
    secret = None
    if settings.audit_key is not None:
        try:
            secret = Path(settings.audit_key).read_bytes().strip()
        except OSError as error:
            message = f"无法读取审计密钥文件：{error.strerror}。"
            raise RegistryError("registry.no_file", message, "请核对服务设置中的 audit_key。") from error
    return DeskRules(settings.feedback_days, settings.algorithm, secret, receivers=settings.tell)
