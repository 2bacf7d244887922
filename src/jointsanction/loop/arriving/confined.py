"""A file from outside, read in a process of its own with limits set (隔离读取); this module is that process.

The order is JSON on stdin, and what came of it JSON in a file.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, NamedTuple

from jointsanction.errors import JointSanctionError
from jointsanction.loop.arriving.limits import confine, writing_nothing

MODULE: Final = __name__


class Order(NamedTuple):
    """What is to be read (读取指令), under which limits, and where the outcome is written, `result`.

    A list file is taken in as `intake` says, the words of an `Intake`; without it the file is a roll of bidders.
    """

    file: str
    result: str
    memory: int
    cpu_seconds: int
    intake: dict[str, Any] | None = None


def main() -> None:
    """Do what stdin says and write what came of it."""
    order = Order(**json.loads(sys.stdin.buffer.read()))
    confine(order.memory, order.cpu_seconds)
    try:
        done = _done(order)
    except MemoryError:
        done = {"fault": "memory"}
    except JointSanctionError as error:
        done = error.as_json()
    except Exception as error:  # noqa: BLE001 - its text could hold a cell of the file
        done = {"fault": type(error).__name__}
    _write(order, done)


def _done(order: Order) -> dict[str, Any]:
    if order.intake is None:
        return _roll(Path(order.file))
    from jointsanction.loop.arriving.intake import Intake, take_in  # noqa: PLC0415 - within the limits

    return take_in(Path(order.file), Intake(**order.intake), lambda done: _write(order, done))


def _write(order: Order, done: dict[str, Any]) -> None:
    """Write what came of it, whole: what is written before the end is what came of it, should this process be ended."""
    half = Path(order.result + ".part")
    half.write_text(json.dumps(done, ensure_ascii=False), encoding="utf-8")
    half.replace(order.result)


def _roll(file: Path) -> dict[str, Any]:
    from jointsanction.registry.readers.bidders import bidders_in  # noqa: PLC0415 - within the limits

    with writing_nothing():
        bidders = bidders_in(Path(file.name), file.read_bytes())
    return {"bidders": [asdict(bidder) for bidder in bidders]}


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    # Threads that libraries left behind, and what they hold, are nobody's business any more.
    os._exit(0)
