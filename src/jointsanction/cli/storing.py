"""Keeping a store (名单库维护): its layout, and its backups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.cli.screen import show
from jointsanction.engine import open_catalog
from jointsanction.errors import RegistryError
from jointsanction.home import default_store
from jointsanction.store import Store, backup_store, layouts_of, migrate_store, restore_store, verify_backup
from jointsanction.telling.page import Block, Headline, Line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jointsanction.store import Manifest


def show_version(url: str | None) -> None:
    """Show layout, version and how many batches (名单库版本)."""
    layout = layouts_of(url or default_store())
    lines = [Line("库结构版本", layout.there or "最初"), Line("本程序的版本", layout.known)]
    if layout.there == layout.known:
        opened = Store.open(url or default_store(), create=False)
        lines += [Line("名单库", opened.address), Line("名单版本", opened.version())]
        lines += [Line("导入批次", str(len(opened.batches())))]
    show([Block("名单库", tuple(lines))])


def migrate(url: str | None, to: str | None) -> None:
    """Bring the tables to a layout, the newest unless told (升级、降级)."""
    layout = migrate_store(url or default_store(), to)
    show([Headline(f"库结构版本：{layout}。")])


def backup(file: Path, url: str | None, catalogues: Sequence[Path]) -> None:
    """Write a backup and show what it holds (备份).

    Raises:
        RegistryError: `registry.backup_unwritable`, also when there is such a file already.
    """
    if file.exists():
        raise RegistryError("registry.backup_unwritable", f"文件 {file} 已经存在。", "请换一个文件名；旧的备份不覆盖。")
    manifest = backup_store(url or default_store(), file, catalog=open_catalog(catalogues))
    show([Headline(f"已备份到 {file}。"), _held(manifest)])


def verify(file: Path) -> None:
    """Check a backup and show what it holds (校验备份)."""
    show([Headline("校验相符。"), _held(verify_backup(file))])


def restore(file: Path, url: str | None) -> None:
    """Restore a backup and show what came of it (恢复)."""
    manifest = restore_store(url or default_store(), file)
    address = Store.open(url or default_store(), create=False).address
    show([Headline(f"已恢复到 {address}。"), _held(manifest)])


def _held(manifest: Manifest) -> Block:
    lines = [
        Line("名单时点", manifest.known_at or "无"),
        Line("库结构版本", manifest.layout),
        Line("名单版本", manifest.version),
        Line("目录版本", manifest.catalogue),
        Line("列入记录", f"{manifest.rows} 条（含已被取代的）"),
        Line("办理台账", _filed(manifest)),
    ]
    return Block("备份内容", tuple(lines))


def _filed(manifest: Manifest) -> str:
    if manifest.docket_layout is None:
        return "没有"
    named = {"docket_check": "核查", "docket_feedback": "反馈", "docket_message": "推送", "docket_audit": "审计记录"}
    return "，".join(f"{word} {manifest.rows_of(table)} 条" for table, word in named.items())
