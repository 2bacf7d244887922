"""Hooks for hosts (插件): more catalogues, more readers, an observer of every decision.

A host registers a module under the entry point group `jointsanction`, with functions marked `@hookimpl`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import pluggy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from jointsanction.model.result import CheckResult
    from jointsanction.registry.readers.tables.table import TableReader

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
    def jointsanction_decided(self, result: CheckResult) -> None:
        """See a decision after it was made (核查后通知); it cannot be changed here."""


@cache
def plugin_manager() -> pluggy.PluginManager:
    """Return the manager with every installed plugin; made once a process."""
    manager = pluggy.PluginManager("jointsanction")
    manager.add_hookspecs(Hooks)
    manager.load_setuptools_entrypoints("jointsanction")
    return manager
