"""Filing for many callers at once (合并归档): one transaction for all who wait; nobody is answered before it is kept.

A transaction of its own for each check would cost each a write to the disk. While one group is being written the next
gathers, so that under load a hundred checks share one write, and alone a check waits for nobody.
"""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from jointsanction.errors import JointSanctionError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jointsanction.loop.filing.filing import Outcome
    from jointsanction.model.filed import Filed, Filing

MOST: Final = 256
"""So many filings are written at once."""


class Writer:
    """Gathers the filings of requests that run side by side (合并归档). Belongs to one event loop at a time."""

    def __init__(self, file: Callable[[Sequence[Filing]], Sequence[Outcome]]) -> None:
        """Take what writes a group of filings in one transaction: `Desk.file`."""
        self._file = file
        self._waiting: deque[tuple[Filing, asyncio.Future[Filed]]] = deque()
        self._writing: asyncio.Task[None] | None = None
        # One thread: a second could only wait for the first one's transaction.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="docket")

    async def file(self, filing: Filing) -> Filed:
        """Return what was filed, once it is kept (归档).

        Raises:
            LoopError: `loop.key_reused`.
            RegistryError: the docket can't be written to; nothing is kept then.
        """
        future: asyncio.Future[Filed] = asyncio.get_running_loop().create_future()
        self._waiting.append((filing, future))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        return await future

    def close(self) -> None:
        """Wait for the group that is being written, and take no more (停止)."""
        self._thread.shutdown()

    async def _write(self) -> None:
        try:
            while self._waiting:
                group = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
                await self._write_group(group)
        finally:
            self._writing = None

    async def _write_group(self, group: list[tuple[Filing, asyncio.Future[Filed]]]) -> None:
        run = asyncio.get_running_loop().run_in_executor
        try:
            filed = await run(self._thread, self._file, [filing for filing, _ in group])
        except JointSanctionError as error:
            for _, future in group:
                _fail(future, error)
        except Exception as error:  # noqa: BLE001 - it is handed to whoever waits
            if len(group) == 1:
                _fail(group[0][1], error)
                return
            # One that can't be written must not take the others with it.
            for each in group:
                await self._write_group([each])
        else:
            for (_, future), outcome in zip(group, filed, strict=True):
                if isinstance(outcome, JointSanctionError):
                    _fail(future, outcome)
                elif not future.done():
                    future.set_result(outcome)


def _fail(future: asyncio.Future[Filed], error: Exception) -> None:
    if not future.done():
        future.set_exception(error)
