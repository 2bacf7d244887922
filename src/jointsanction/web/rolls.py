"""Rolls of bidders sent as files (投标人名册上传): read in a process of their own, as list files are."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool

from jointsanction.errors import RegistryError
from jointsanction.model.subject import Subject
from jointsanction.web.confinement import Confinement, Kind, clean_name

if TYPE_CHECKING:
    from jointsanction.model.serving import UploadLimits

_MEMORY: Final = 512 * 2**20
_SECONDS: Final = 30
_PATIENCE: Final = 30.0
"""Seconds that a roll waits for those before it."""

_ROLL: Final = Kind(
    "投标人名册",
    ended="未对任何一家作答",
    broke="未对任何一家作答",
    hint="请核对文件，或者把名册粘贴到页面上。",
    elsewhere="请把名册粘贴到页面上。",
)


class Rolls:
    """Reads rolls of bidders, one after another (名册读取): somebody waits for each at a window."""

    def __init__(self, limits: UploadLimits) -> None:
        """Take what a file may take; a roll takes no more than a window has time for."""
        most = {"memory": _MEMORY, "cpu_seconds": _SECONDS, "seconds": _SECONDS}
        lower = {name: min(value, getattr(limits, name)) for name, value in most.items()}
        self._confinement = Confinement(limits.model_copy(update=lower), _ROLL)
        self._turn = asyncio.Lock()

    async def bidders(self, name: str, raw: bytes) -> tuple[Subject, ...]:
        """Return the bidders of a file in order (投标人名册); those that wait hold no thread of the service.

        Raises:
            RegistryError: as `bidders_in` and `Confinement.read`; `registry.upload_unlimited`; `registry.busy` when
                those before take too long.
        """
        self._confinement.refuse_unlimited()
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._turn.acquire()
        except TimeoutError as error:
            raise RegistryError("registry.busy", "在读的名册太多。", "请稍后再试，或者把名册粘贴到页面上。") from error
        try:
            return await run_in_threadpool(self._read, name, raw)
        finally:
            self._turn.release()

    def _read(self, name: str, raw: bytes) -> tuple[Subject, ...]:
        with tempfile.TemporaryDirectory(prefix="jointsanction-roll-") as private:
            file = Path(private) / "file" / clean_name(name)
            file.parent.mkdir()
            file.write_bytes(raw)
            found = self._confinement.read(Path(private), file)
        return tuple(Subject(**bidder) for bidder in found["bidders"])

    def close(self) -> None:
        """End what is being read (停止)."""
        self._confinement.close()
