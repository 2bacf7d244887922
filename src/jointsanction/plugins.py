"""Hooks for hosts (插件): more catalogues, more readers, an observer of every decision.

A host registers a module under the entry point group `jointsanction`, with functions marked `@hookimpl`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import pluggy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from fastapi import APIRouter

    from jointsanction.loop.pushing.transports.parcel import Transport
    from jointsanction.model.result import CheckResult
    from jointsanction.registry.readers.tables.table import TableReader
    from jointsanction.web.hosted import Hosted

hookspec: Final = pluggy.HookspecMarker("jointsanction")
hookimpl: Final = pluggy.HookimplMarker("jointsanction")


class Hooks:
    """What a host may add (插件接口)."""

    @hookspec
    def jointsanction_catalogues(self) -> Sequence[str | Path]:
        """Return catalogue roots to lay over the shipped one (附加目录)."""
        raise NotImplementedError

    @hookspec
    def jointsanction_readers(self) -> Mapping[str, TableReader]:
        """Return readers by file ending, such as `.xml` (附加读取器)."""
        raise NotImplementedError

    @hookspec
    def jointsanction_transports(self) -> Mapping[str, Transport]:
        """Return further ways for messages to leave, by name, such as one for a message broker (附加推送方式)."""
        raise NotImplementedError

    @hookspec
    def jointsanction_decided(self, result: CheckResult) -> None:
        """See a decision after it was made (核查后通知); it cannot be changed here."""

    @hookspec
    def jointsanction_routers(self) -> Mapping[str, Callable[[Hosted], APIRouter]]:
        """Return what makes further doors of the service, by name (附加接入方式); settings say which are opened."""
        raise NotImplementedError


@cache
def plugin_manager() -> pluggy.PluginManager:
    """Return the manager with every installed plugin; made once a process."""
    manager = pluggy.PluginManager("jointsanction")
    manager.add_hookspecs(Hooks)
    manager.load_setuptools_entrypoints("jointsanction")
    return manager
