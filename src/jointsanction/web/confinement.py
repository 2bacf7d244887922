"""Files from outside, read in another process with limits (隔离读取): started, waited for, ended, and its outcome read.

A file may be a bomb or have been made to break what reads it. Neither memory nor time of the service is spent on it,
and a reader that dies takes nobody with it.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.errors import RegistryError
from jointsanction.loop.arriving.confined import MODULE, Order
from jointsanction.loop.arriving.limits import can_confine

if TYPE_CHECKING:
    from pathlib import Path

    from jointsanction.model.serving import UploadLimits

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


class Kind(NamedTuple):
    """What kind of file is read (文件种类): by which name, and in which words what did not come to an end is told.

    `ended` is what a reader that was ended leaves, `broke` what one that broke off does; `hint` and `elsewhere` are
    what to do then.
    """

    name: str
    ended: str
    broke: str
    hint: str
    elsewhere: str


class Confinement:
    """Reads files of a kind in another process, one at a time (隔离读取)."""

    def __init__(self, limits: UploadLimits, kind: Kind) -> None:
        """Take what a file may take."""
        self._limits = limits
        self._kind = kind
        self._one = Lock()
        self._running: subprocess.Popen[bytes] | None = None

    def refuse_unlimited(self) -> None:
        """Refuse every file where a process can't be limited.

        Raises:
            RegistryError: `registry.upload_unlimited`.
        """
        if not can_confine():
            message = f"本系统不能限制进程的内存和时间，不接受上传的{self._kind.name}。"
            raise RegistryError("registry.upload_unlimited", message, self._kind.elsewhere)

    def read(self, folder: Path, file: Path, intake: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return what came of a file; `folder` is nobody else's, and the file lies in it.

        Raises:
            RegistryError: `registry.upload_memory`, `registry.upload_time`, `registry.upload_failed`, `registry.busy`,
                and what the other process says is wrong with the file.
        """
        if not self._one.acquire(blocking=False):
            raise RegistryError("registry.busy", f"另一个{self._kind.name}正在读取。", "请等它结束后再试。")
        try:
            result = folder / "result.json"
            order = Order(str(file), str(result), self._limits.memory, self._limits.cpu_seconds, intake)
            try:
                self._run(order, folder)
            except RegistryError:
                if not result.exists():  # else it ended after what it was to do: that was done, and is told
                    raise
            return self._result(result)
        finally:
            self._running = None
            self._one.release()

    def close(self) -> None:
        """End what is being read (停止)."""
        running = self._running
        if running is not None:
            _end(running)

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
                process.communicate(json.dumps(order._asdict()).encode(), timeout=self._limits.seconds)
            except subprocess.TimeoutExpired as error:
                _end(process)
                raise self._too_long() from error
        if process.returncode:
            raise self._died(process.returncode)

    def _result(self, path: Path) -> dict[str, Any]:
        """Return what the other process says came of it; that is data, and nothing of it is run."""
        try:
            with path.open("rb") as file:
                raw = file.read(_LARGEST_REPORT + 1)
            done: dict[str, Any] = json.loads(raw if len(raw) <= _LARGEST_REPORT else b"")
        except (OSError, ValueError) as error:
            raise self._failed() from error
        if "fault" in done:
            raise self._no_memory() if done["fault"] == "memory" else self._failed()
        if done.keys() == {"error"}:
            raise RegistryError(**done["error"])
        return done

    def _died(self, code: int) -> RegistryError:
        ended = -code
        if ended == signal.SIGXCPU:
            return self._too_long()
        return self._no_memory() if ended in _MEMORY else self._failed()

    def _no_memory(self) -> RegistryError:
        message = f"读取{self._kind.name}所需的内存超过限额，已经中止；{self._kind.ended}。"
        return RegistryError("registry.upload_memory", message, self._kind.hint)

    def _too_long(self) -> RegistryError:
        message = f"读取{self._kind.name}所需的时间超过限额，已经中止；{self._kind.ended}。"
        return RegistryError("registry.upload_time", message, self._kind.hint)

    def _failed(self) -> RegistryError:
        message = f"读取{self._kind.name}的程序异常中止；{self._kind.broke}。"
        return RegistryError("registry.upload_failed", message, "请核对文件；再次发生的，请把文件交给运维人员。")


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def clean_name(name: str) -> str:
    r"""Return the name of a file without any folder or odd sign in it (文件名): batches keep it, and pages show it.

    >>> clean_name("../../etc/名单 2024.xlsx"), clean_name(r"C:\up\a.csv"), clean_name("..")
    ('名单 2024.xlsx', 'a.csv', 'upload')
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(sign for sign in last if sign.isprintable() and sign not in '<>:"|?*')[-_LONGEST_NAME:].strip(" .")
    return kept or "upload"
