"""Making and showing snapshots (名单快照)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from jointsanction.cli.screen import show
from jointsanction.errors import RegistryError
from jointsanction.home import default_store, snapshot_folder
from jointsanction.registry.snapshot.manifest import read_manifest
from jointsanction.registry.snapshot.verifying import verify_snapshot
from jointsanction.telling.page import Grid, Headline

if TYPE_CHECKING:
    from pathlib import Path

    from jointsanction.registry.snapshot.manifest import Manifest
    from jointsanction.store import Store


def build(folder: Path | None, store: str | None, *, anew: bool) -> None:
    """Bring a snapshot up to the state of the store, and show what it is then (生成快照)."""
    from jointsanction.store import Store  # noqa: PLC0415 - the other commands need no database

    url = store or default_store()
    where = folder or snapshot_folder(url)
    registry = Store.open(url, create=False).snapshot(where, anew=anew, progress=_tell if _on_terminal() else None)
    _show("快照已是名单库的当前状态", where, registry.manifest)


def after_import(store: Store, url: str | None, *, renew: bool) -> list[Headline]:
    """Bring the snapshot beside a store up to what was just imported, or tell that it is old now (导入后的快照).

    Where there is none and none was asked for, nothing is said.
    """
    folder = snapshot_folder(url or default_store())
    if renew:
        store.snapshot(folder, progress=_tell if _on_terminal() else None)
        return [Headline(f"快照已是名单库的当前状态：{folder}")]
    try:
        is_old = read_manifest(folder).version != store.version()
    except RegistryError as error:
        is_old = error.code != "registry.no_snapshot"
    named = "" if url is None else f" --store {store.address}"
    told = f"名单库旁边的快照是旧的，核查不用它；更新：jointsanction snapshot build{named}（或者导入时加 --snapshot）。"
    return [Headline(told)] if is_old else []


def verify(folder: Path | None, store: str | None) -> None:
    """Read every piece of a snapshot (核验快照)."""
    where = folder or snapshot_folder(store or default_store())
    _show("快照完好", where, verify_snapshot(where))


def info(folder: Path | None, store: str | None) -> None:
    """Show what a snapshot is made up of (快照概况)."""
    where = folder or snapshot_folder(store or default_store())
    _show("快照", where, read_manifest(where))


def _show(said: str, folder: Path, manifest: Manifest) -> None:
    headers = ("文件", "批次", "记录", "失效", "字节")
    rows = [
        (*map(str, (each.file, each.batch, each.rows, each.closed)), _size(folder, each.file))
        for each in manifest.layers
    ]
    rows.append((manifest.side, "", "", "", _size(folder, manifest.side)))
    show(
        [
            Headline(f"{said}：{folder}"),
            Headline(f"版本 {manifest.version}，名单时点 {manifest.known_at or '无'}"),
            Grid("组成", headers, tuple(rows)),
        ]
    )


def _size(folder: Path, name: str) -> str:
    return f"{(folder / name).stat().st_size:,}"


def _on_terminal() -> bool:
    return sys.stderr.isatty()


def _tell(rows: int) -> None:
    sys.stderr.write(f"\r已写 {rows:,} 条")
    sys.stderr.flush()
