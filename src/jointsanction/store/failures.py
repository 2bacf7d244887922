"""What goes wrong with a store, told to whoever runs it (名单库故障)."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from jointsanction.errors import RegistryError
from jointsanction.store.tables import SCHEMA

if TYPE_CHECKING:
    from pathlib import Path

_BUSY: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_OURS: Final = frozenset(
    {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_MISUSE}
)
"""Failures that are bugs of ours and not of the file: they are left alone to be seen."""

_REASONS: Final = {
    sqlite3.SQLITE_NOTADB: "文件不是 SQLite 数据库",
    sqlite3.SQLITE_CORRUPT: "文件已损坏",
    sqlite3.SQLITE_CANTOPEN: "无法打开文件",
    sqlite3.SQLITE_READONLY: "没有写入权限",
    sqlite3.SQLITE_FULL: "磁盘空间已满",
}
_PRIMARY: Final = 0xFF  # SQLite's extended codes carry the primary one in their low byte


def told(error: BaseException | None, path: Path) -> RegistryError | None:
    """Return what a failure of the database means for its user, None when it is a bug of ours."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _PRIMARY
    if code in _OURS:
        return None
    if code in _BUSY:
        message = f"名单库 {path} 正被另一个导入占用，未作任何改动。"
        return RegistryError("registry.busy", message, "请等另一个导入结束后重试。")
    return unreachable(path, _REASONS.get(code, str(error)))


def unreachable(path: Path, reason: str) -> RegistryError:
    """Return the error for a file that can't be used as a store (名单库无法读取)."""
    message = f"名单库 {path} 无法读取：{reason}。"
    return RegistryError(
        "registry.unreachable", message, "请核对路径和权限；文件已损坏的，请从备份恢复，或另建名单库重新导入。"
    )


def no_store(path: Path, url: str) -> RegistryError:
    """Return the error for a store that isn't there yet, with the command that makes it (尚无名单库)."""
    message = f"尚无名单库 {path}：还没有导入过名单。"
    return RegistryError("registry.no_store", message, f"请先导入名单：jointsanction import FILE --store {url}")


def schema_differs(path: Path, written: str | None) -> RegistryError:
    """Return the error for a store of another layout of tables (库结构版本不符)."""
    message = f"名单库 {path} 的库结构版本为 {written}，本程序只认识版本 {SCHEMA}。"
    return RegistryError("registry.schema", message, "请升级后重试：pip install --upgrade jointsanction")


def clock_behind(last: str, given: str) -> RegistryError:
    """Return the error for a batch whose clock is well behind that of the last one (时钟倒退)."""
    message = f"本次导入的时刻 {given} 早于上一批次的时刻 {last}，先后次序无法成立，未作任何改动。"
    return RegistryError(
        "registry.clock", message, "请核对本机时钟；上一批次的时刻有误的，请从备份恢复，或另建名单库重新导入。"
    )
