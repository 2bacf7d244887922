"""What goes wrong with a store, told to whoever runs it (名单库故障)."""

from __future__ import annotations

from typing import Final

from jointsanction.errors import RegistryError

INCOMPLETE: Final = "不是名单库，或名单库不完整"


def busy(store: str) -> RegistryError:
    """Return the error for a store that another import writes to (名单库占用中)."""
    message = f"名单库 {store} 正被另一个导入占用，未作任何改动。"
    return RegistryError("registry.busy", message, "请等另一个导入结束后重试。")


def unreachable(store: str, reason: str) -> RegistryError:
    """Return the error for what can't be used as a store (名单库无法读取)."""
    message = f"名单库 {store} 无法读取：{reason}。"
    return RegistryError(
        "registry.unreachable", message, "请核对地址和权限；已损坏的，请从备份恢复，或另建名单库重新导入。"
    )


def no_store(store: str, url: str) -> RegistryError:
    """Return the error for a store that isn't there yet, with the command that makes it (尚无名单库)."""
    message = f"尚无名单库 {store}：还没有导入过名单。"
    return RegistryError("registry.no_store", message, f"请先导入名单：jointsanction import FILE --store {url}")


def schema_differs(store: str, written: str | None, known: str) -> RegistryError:
    """Return the error for a store of a layout that this program does not know (库结构版本不符)."""
    message = f"名单库 {store} 的库结构版本为 {written}，本程序只认识到版本 {known}。"
    return RegistryError("registry.schema", message, "请升级后重试：pip install --upgrade jointsanction")


def schema_behind(store: str, written: str | None, url: str) -> RegistryError:
    """Return the error for a store of an earlier layout that somebody has to bring up to date (库结构待升级)."""
    message = f"名单库 {store} 的库结构版本为 {written or '最初'}，需要先升级。"
    hint = f"请先备份，停止其他程序的导入，再升级：jointsanction store upgrade --store {url}"
    return RegistryError("registry.schema", message, hint)


def clock_behind(last: str, given: str) -> RegistryError:
    """Return the error for a batch whose clock is well behind that of the last one (时钟倒退)."""
    message = f"本次导入的时刻 {given} 早于上一批次的时刻 {last}，先后次序无法成立，未作任何改动。"
    return RegistryError(
        "registry.clock", message, "请核对本机时钟；上一批次的时刻有误的，请从备份恢复，或另建名单库重新导入。"
    )


def unstorable(code: str, row: int | None) -> RegistryError:
    """Return the error for a listing with characters that no database holds as text (无法保存的字符)."""
    message = f"名单 {code} 第 {row or '…'} 行含有空字符或者不完整的字符，无法保存，未作任何改动。"
    return RegistryError("registry.unstorable", message, "请在交给名单库之前去掉这些字符。")
