"""What goes wrong with a snapshot, told to whoever runs it (快照故障)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.errors import RegistryError

if TYPE_CHECKING:
    from pathlib import Path


def corrupt(path: Path, what: str) -> RegistryError:
    """Return the error for a file that is not as it was written: nothing may be concluded from it (快照已损坏)."""
    message = f"名单快照 {path} 已损坏：{what}。不能据以作答。"
    return RegistryError("registry.snapshot_corrupt", message, "请由名单库重建：jointsanction snapshot build --anew")


def no_snapshot(folder: Path) -> RegistryError:
    """Return the error for a snapshot that isn't there (尚无快照)."""
    message = f"尚无名单快照 {folder}。"
    return RegistryError("registry.no_snapshot", message, "请由名单库生成：jointsanction snapshot build")


def being_built(folder: Path) -> RegistryError:
    """Return the error for a snapshot that another process is writing (快照正在更新)."""
    message = f"名单快照 {folder} 正由另一个进程更新，未作任何改动。"
    return RegistryError("registry.busy", message, "请等它结束后重试。")


def unwritable(folder: Path, reason: str) -> RegistryError:
    """Return the error for a snapshot that can't be written (无法写出快照)."""
    message = f"无法写出名单快照 {folder}：{reason}。原有快照未改动。"
    return RegistryError("registry.snapshot_unwritable", message, "请核对路径、权限和磁盘空间。")
