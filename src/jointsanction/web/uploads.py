"""List files that are sent to the service (名单上传): read in a process of their own with limits, whole or not at all.

A file from outside may be a bomb or have been made to break what reads it. Neither memory nor time of the service is
spent on it, and a reader that dies takes nobody with it.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool

from jointsanction.catalog.bundle import write_bundle
from jointsanction.errors import RegistryError
from jointsanction.loop.arriving.confined import MODULE, Order, can_confine
from jointsanction.registry.readers.mapping import ready_mappings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.serving import ServiceSettings

_LONGEST_NAME: Final = 80
_LARGEST_REPORT: Final = 256 * 2**20
_MEMORY: Final = frozenset({signal.SIGABRT, signal.SIGKILL}) if sys.platform != "win32" else frozenset()
"""How a process ends that got no more memory where it could not say so: in a library, or by the system's own hand."""
_SURROUNDINGS: Final = (
    "PATH",
    "HOME",
    "LANG",
    "LC_",
    "TZ",
    "PG",
    "XDG_",
    "LD_LIBRARY_PATH",
    "PYTHON",
    "COVERAGE",
    "COV_",
)
"""What of the environment is handed on, by the beginnings of names: no secret of the service's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A list file that is sent, and how it is to be read (上传的名单文件); as the options of `jointsanction import`.

    `mapping` is the name of a mapping that ships with the package, `mapping_text` the text of one's own.
    """

    name: str
    list_code: str | None = None
    mapping: str | None = None
    mapping_text: str | None = None
    sheet: str | None = None
    sequence: str | None = None
    after: str | None = None
    partial: bool = False
    accept_shrink: bool = False
    accept_mismatch: bool = False
    dry_run: bool = False


class Uploads:
    """Takes list files in, one at a time (名单上传)."""

    def __init__(self, settings: ServiceSettings, store: str, catalog: Callable[[], Catalog]) -> None:
        """Take the limits, the store by its URL, and what gives the catalogue in use."""
        self.limits = settings.uploads
        self._snapshot = settings.snapshot
        self._store = store
        self._catalog = catalog
        self._one = Lock()
        self._running: subprocess.Popen[bytes] | None = None

    async def take(self, parts: AsyncIterator[bytes], upload: Upload) -> dict[str, Any]:
        """Take a file in, and return what came of it (导入): `imported`, `report`, `outcome`, `rejects`, `page`.

        A file whose rows are refused is an answer: `imported` is false, `error` says why, `rejects` holds the rows.

        Raises:
            RegistryError: `registry.upload_too_large`, `registry.upload_memory`, `registry.upload_time`,
                `registry.upload_failed`, `registry.upload_unlimited`, `registry.busy`; and what concerns the whole
                file, as `read_listings` raises it. Nothing is taken in then.
        """
        if not can_confine():
            message = "本系统不能限制进程的内存和时间，不接受上传的名单文件。"
            raise RegistryError("registry.upload_unlimited", message, "请在服务器上用 jointsanction import 导入。")
        mapping = _mapping(upload)
        with tempfile.TemporaryDirectory(prefix="jointsanction-upload-") as private:
            folder = Path(private)
            file = folder / "file" / _clean(upload.name)
            file.parent.mkdir()
            await self._receive(parts, file)
            if upload.mapping_text is not None:
                (folder / "mapping.yaml").write_text(upload.mapping_text, encoding="utf-8")
                mapping = str(folder / "mapping.yaml")
            return await run_in_threadpool(self._confined, folder, file, mapping, upload)

    def close(self) -> None:
        """End what is being read (停止): what is not committed yet is not taken in."""
        running = self._running
        if running is not None:
            _end(running)

    async def _receive(self, parts: AsyncIterator[bytes], file: Path) -> None:
        size = 0
        with file.open("xb") as kept:
            async for part in parts:
                size += len(part)
                if size > self.limits.bytes:
                    message = f"名单文件超过 {self.limits.bytes:,} 字节，没有读取。"
                    hint = "请分成几个文件；确实需要的，请运维人员调整 uploads.bytes，或者在服务器上导入。"
                    raise RegistryError("registry.upload_too_large", message, hint)
                kept.write(part)

    def _confined(self, folder: Path, file: Path, mapping: str | None, upload: Upload) -> dict[str, Any]:
        if not self._one.acquire(blocking=False):
            raise RegistryError("registry.busy", "另一个名单文件正在导入。", "请等它结束后再试。")
        try:
            write_bundle(self._catalog(), folder / "catalogue.json")
            order = Order(
                file=str(file),
                result=str(folder / "result.json"),
                bundle=str(folder / "catalogue.json"),
                memory=self.limits.memory,
                cpu_seconds=self.limits.cpu_seconds,
                store=self._store,
                list_code=upload.list_code,
                mapping=mapping,
                sheet=upload.sheet,
                sequence=upload.sequence,
                after=upload.after,
                partial=upload.partial,
                accept_shrink=upload.accept_shrink,
                accept_mismatch=upload.accept_mismatch,
                dry_run=upload.dry_run,
                snapshot=self._snapshot,
            )
            self._run(order, folder)
            return _result(Path(order.result))
        finally:
            self._running = None
            self._one.release()

    def _run(self, order: Order, folder: Path) -> None:
        """Let another process do it: a fresh interpreter, for a copy of one with threads may stand still for ever."""
        surroundings = {name: value for name, value in os.environ.items() if name.startswith(_SURROUNDINGS)}
        self._running = process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-P", "-B", "-m", MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**surroundings, "TMPDIR": str(folder)},
            start_new_session=True,
        )
        with process:
            try:
                process.communicate(json.dumps(order._asdict()).encode(), timeout=self.limits.seconds)
            except subprocess.TimeoutExpired as error:
                _end(process)
                raise _too_long() from error
        if process.returncode:
            raise _died(process.returncode)


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _result(path: Path) -> dict[str, Any]:
    """Return what the other process says came of it; that is data, and nothing of it is run."""
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST_REPORT + 1)
        done: dict[str, Any] = json.loads(raw if len(raw) <= _LARGEST_REPORT else b"")
    except (OSError, ValueError) as error:
        raise _failed() from error
    if "fault" in done:
        raise _no_memory() if done["fault"] == "memory" else _failed()
    if "report" not in done:
        raise RegistryError(**done["error"])
    return done


def _died(code: int) -> RegistryError:
    ended = -code
    if ended == signal.SIGXCPU:
        return _too_long()
    return _no_memory() if ended in _MEMORY else _failed()


def _no_memory() -> RegistryError:
    message = "读取名单文件所需的内存超过限额，已经中止；名单库没有任何改动。"
    return RegistryError("registry.upload_memory", message, "请核对文件；确实很大的，请分成几个，或者在服务器上导入。")


def _too_long() -> RegistryError:
    message = "读取名单文件所需的时间超过限额，已经中止；名单库没有任何改动。"
    return RegistryError("registry.upload_time", message, "请核对文件；确实很大的，请分成几个，或者在服务器上导入。")


def _failed() -> RegistryError:
    message = "读取名单文件的程序异常中止；文件没有导入，或者已整份导入（见最近的批次）。"
    return RegistryError("registry.upload_failed", message, "请核对批次和文件；再次发生的，请把文件交给运维人员。")


def _mapping(upload: Upload) -> str | None:
    """Return the name of a mapping that ships; a path in the words of a caller would be one on our disk.

    Raises:
        RegistryError: `registry.unknown_mapping`.
    """
    if upload.mapping is None:
        return None
    name = upload.mapping.casefold().replace("-", "_")
    ready = ready_mappings()
    if name not in ready:
        hint = f"随附的有：{'、'.join(ready)}；自己的映射请随文件发送。"
        raise RegistryError("registry.unknown_mapping", "没有这个名称的映射。", hint)
    return name


def _clean(name: str) -> str:
    r"""Return the name of a file without any folder or odd sign in it: batches keep it, and pages show it.

    >>> _clean("../../etc/名单 2024.xlsx"), _clean(r"C:\up\a.csv"), _clean("..")
    ('名单 2024.xlsx', 'a.csv', 'upload')
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(sign for sign in last if sign.isprintable() and sign not in '<>:"|?*')[-_LONGEST_NAME:].strip(" .")
    return kept or "upload"
