"""How many checks a service takes (服务负载): HTTP on this machine, with imports and new catalogues going on meanwhile.

    python benchmarks/load.py [--listings 100000] [--seconds 20] [--workers 1 2] [--connections 16] [--in-memory]
                              [--json FILE]

A real service (`jointsanction serve`) answers questions about made-up firms, one in three of them listed. Told are
requests per second and how long half, and 99 of 100, of the answers took; first by itself, then while a delta is
imported every other second and the catalogue changes as often, so that every process swaps both under load. On Linux
the most memory that one of its processes ever held is told too, what it shares with the others included.

Every answer is compared with the engine's own on the very same lists and catalogue, which the answer names
(`versions`): after the run, the deliveries are taken in again into a store of its own, at the same instants, and each
state so met once more. One wrong answer ends the program. The client shares the processors with the service.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction import Engine
from jointsanction.engine import open_catalog, shanghai_now
from jointsanction.identity.uscc import check_digit
from jointsanction.loop.access.accounts import open_account
from jointsanction.loop.desk import Desk
from jointsanction.model.caller import Account, Caller
from jointsanction.model.subject import Edition, Listing
from jointsanction.store import Delivery, Store
from jointsanction.store.docket.docket import Docket
from jointsanction.terms import AccountRole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CHINA = timezone(timedelta(hours=8))
START: Final = datetime(2026, 6, 1, 9, tzinfo=CHINA)
LISTS: Final = ("BL.TAX", "BL.WAGE", "BL.SXBZXR", "BL.GPC")
AS_OF: Final = "2026-06-10"
MATTER: Final = "procurement"
DELTA: Final = 500
"""Rows that come with each import under load."""
EVERY: Final = 2.0
"""Seconds between two imports, and between two catalogues."""
WARM: Final = 2.0

INSTRUMENT: Final = """id: a-load-test
title: 负载测试第{number}号文件
document_number: 测〔2026〕{number}号
level: normative-document
issuer: 测试
adopted: 2026-01-01
valid_from: 2026-01-01
source: 虚构
"""


class Told(NamedTuple):
    """What one run came to (一次负载)."""

    workers: int
    busy: bool
    answers: int
    seconds: float
    times: list[float]
    states: int
    memory: int | None

    def share(self, part: float) -> float:
        """Return within how many milliseconds a share of the answers came."""
        return 1000 * sorted(self.times)[min(len(self.times) - 1, int(part * len(self.times)))]

    def __str__(self) -> str:
        """Show it as a line."""
        what = "imports and swaps" if self.busy else "by itself"
        speed = f"{self.answers / self.seconds:>8,.0f} requests/s"
        shares = f"p50 {self.share(0.5):>6.1f} ms   p99 {self.share(0.99):>6.1f} ms"
        held = "" if self.memory is None else f"   {self.memory} MiB"
        counted = f"{self.answers:,} answers, {self.states} states"
        return f"{self.workers} workers  {what:<18}{speed}   {shares}{held}   {counted}"


def code(number: int) -> str:
    """Return the code of a made-up firm."""
    first = f"91990000MA{number:07d}"
    return first + check_digit(first)


def listing(number: int) -> Listing:
    """Return the row of a made-up firm."""
    day = date(2026, 1, 1) + timedelta(days=number % 120)
    return Listing(
        list=LISTS[number % 4], uscc=code(number), listed_on=day, instrument_no=f"测〔2026〕{number}号", row=number
    )


def deliveries(listings: int) -> Iterator[tuple[Delivery, Sequence[Listing], datetime]]:
    """Yield what is imported, in order: the lists whole, then more rows again and again, each at its instant."""
    rows = [listing(number) for number in range(listings)]
    covers = tuple(Edition(list=name, batch="", received_at=START) for name in LISTS)
    yield Delivery(sha256="first", file_name="first.csv", covers=covers), rows, START
    for at in range(1, 10_000):
        more = [listing(listings + (at - 1) * DELTA + number) for number in range(DELTA)]
        yield Delivery(sha256=f"more{at}", file_name="more.csv"), more, START + timedelta(minutes=at)


class Service:
    """A service of so many processes, on a port of its own (被测服务)."""

    def __init__(self, folder: Path, workers: int, *, in_memory: bool = False) -> None:
        """Start it and wait until it is ready; the lists are read from the snapshot, or kept in each process."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        command = [
            sys.executable, "-c", "from jointsanction.cli import main; raise SystemExit(main())", "serve",
            "--store", url(folder), "--port", str(self.port),
            "--workers", str(workers), "--catalogue", str(folder / "law"),
        ]  # fmt: skip
        command += [] if in_memory else ["--snapshot"]
        with (folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stderr=log, stdout=log)  # noqa: S603 - our own
        until = time.monotonic() + 60
        while not self._answers():
            assert self._process.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < until, "the service does not start"
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as asked:
                asked.sendall(b"GET /readyz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                return asked.recv(64).startswith(b"HTTP/1.1 200")
        except OSError:
            return False

    def memory(self) -> int | None:
        """Return the most memory that one of its processes ever held, in MiB; None where the system does not say."""
        try:
            children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text(encoding="ascii")
            said = [
                Path(f"/proc/{process}/status").read_text(encoding="ascii")
                for process in (self._process.pid, *children.split())
            ]
        except OSError:
            return None
        held = [line.split()[1] for status in said for line in status.splitlines() if line.startswith("VmHWM:")]
        return max(map(int, held)) // 1024

    def stop(self) -> None:
        """Stop it as a system does, and wait."""
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(60)


def url(folder: Path) -> str:
    """Return the address of the store."""
    return f"sqlite:///{folder / 'credit.db'}"


def write_law(folder: Path, number: int) -> None:
    """Write the catalogue's own layer anew, as an office does that changes it."""
    place = folder / "law" / "measures" / "instruments"
    place.mkdir(parents=True, exist_ok=True)
    half = place / "half"
    half.write_text(INSTRUMENT.format(number=number), encoding="utf-8")
    half.replace(place / "a-load-test.yaml")


def made_account(folder: Path) -> str:
    """Open an account and return its key."""
    docket = Docket.open(url(folder))
    desk = Desk(Engine.open(), Store.open(url(folder)), docket)
    account = Account(name="load", unit="测试单位", roles=frozenset({AccountRole.WINDOW}))
    return open_account(docket, account, Caller(account="load", unit="测试单位"), at=shanghai_now(), seal=desk.seal)


async def ask(
    port: int, key: str, numbers: Iterator[int], until: float, seen: list[tuple[str, float, float, bytes]]
) -> None:
    """Ask on one connection, one question after another, and keep what came and how long it took."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"POST /v1/checks HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\n"
    while (began := time.perf_counter()) < until:
        subject = code(next(numbers))
        said = {"subject": subject, "matter": MATTER, "as_of": AS_OF, "purpose": "负载测试", "region": "990000"}
        body = json.dumps(said).encode()
        writer.write(head.encode() + f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 200"), answer
        length = next(line for line in answer.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        document = await reader.readexactly(int(length.partition(b":")[2]))
        seen.append((subject, began, time.perf_counter(), document))
    writer.close()


async def change(folder: Path, until: float, first: int, *, busy: bool) -> int:
    """Import and change the catalogue every other second, in processes of their own; return how often."""
    at = first
    while busy and time.perf_counter() + EVERY < until:
        write_law(folder, at)
        importing = [sys.executable, __file__, "--take", str(at), "--folder", str(folder)]
        process = await asyncio.create_subprocess_exec(*importing, "--listings", os.environ["JS_LISTINGS"])
        assert await process.wait() == 0
        await asyncio.sleep(EVERY)
        at += 1
    return at


async def load(  # noqa: PLR0913 - whom to ask, and how
    folder: Path, port: int, key: str, options: argparse.Namespace, *, first: int, busy: bool
) -> tuple[Any, int]:
    """Put the service under load and return what was seen, and which delivery is next."""
    drawn = random.Random(first)  # noqa: S311 - questions
    numbers = iter(lambda: drawn.randrange(3 * options.listings), -1)
    until = time.perf_counter() + options.seconds + WARM
    seen: list[tuple[str, float, float, bytes]] = []
    askers = [ask(port, key, numbers, until, seen) for _ in range(options.connections)]
    *_, after = await asyncio.gather(*askers, change(folder, until, first, busy=busy))
    return seen, after


def compare(seen: list[tuple[str, float, float, bytes]], last: int, listings: int) -> int:
    """Hold every answer against the engine on the state that the answer names; return how many states there were."""
    asked: dict[tuple[str, str], list[tuple[str, dict[str, Any]]]] = {}
    for subject, _, _, raw in seen:
        document = json.loads(raw)
        asked.setdefault((document["versions"]["catalogue"], document["versions"]["registry"]), []).append(
            (subject, document)
        )
    laws = {}
    with tempfile.TemporaryDirectory() as again:
        for number in range(last):
            write_law(Path(again), number)
            engine = Engine(open_catalog([Path(again) / "law"]))
            laws[engine.tables.version] = engine
        store = Store.open(f"sqlite:///{Path(again) / 'again.db'}")
        for at, (delivery, rows, instant) in enumerate(deliveries(listings)):
            if at == last:
                break
            store.commit(delivery, rows, recorded_at=instant)
            version = store.version()
            wanted = [key for key in asked if key[1] == version]
            registry = store.registry() if wanted else None
            for key in wanted:
                engine = laws[key[0]]
                engine.swap(registry=registry)
                for subject, document in asked.pop(key):
                    words = {"subject": subject, "matter": MATTER, "as_of": AS_OF, "region": "990000"}
                    right = json.loads(json.dumps(engine.ask(words).model_dump(mode="json")))
                    document.pop("number")
                    right["checked_at"] = document["checked_at"]
                    assert document == right, (subject, key)
    assert not asked, f"answers of states that never were: {list(asked)}"
    return len(
        {(json.loads(raw)["versions"]["catalogue"], json.loads(raw)["versions"]["registry"]) for *_, raw in seen}
    )


def run(options: argparse.Namespace, workers: int) -> Iterator[Told]:
    """Measure a service of so many processes."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_law(folder, 0)
        delivery, rows, instant = next(deliveries(options.listings))
        Store.open(url(folder)).commit(delivery, rows, recorded_at=instant)
        key, after = made_account(folder), 1
        service = Service(folder, workers, in_memory=options.in_memory)
        try:
            for busy in (False, True):
                began = time.perf_counter() + WARM
                seen, after = asyncio.run(load(folder, service.port, key, options, first=after, busy=busy))
                states = compare(seen, after, options.listings)
                counted = [each for each in seen if each[1] >= began]
                seconds = max(each[2] for each in counted) - began
                times = [end - start for _, start, end, _ in counted]
                yield Told(workers, busy, len(counted), seconds, times, states, service.memory())
        finally:
            service.stop()


def main() -> None:
    """Measure and show."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the service is stopped with it
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--listings", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--in-memory", action="store_true")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--take", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.environ["JS_LISTINGS"] = str(options.listings)
    if options.take is not None:
        more = [listing(options.listings + (options.take - 1) * DELTA + number) for number in range(DELTA)]
        delivery = Delivery(sha256=f"more{options.take}", file_name="more.csv")
        store = Store.open(url(options.folder))
        store.commit(delivery, more, recorded_at=START + timedelta(minutes=options.take))
        return
    told = [each for workers in options.workers for each in shown(run(options, workers))]
    if options.json:
        figures = [{**each._asdict(), "times": None, "p50": each.share(0.5), "p99": each.share(0.99)} for each in told]
        options.json.write_text(json.dumps(figures), encoding="utf-8")


def shown(runs: Iterator[Told]) -> Iterator[Told]:
    """Show each run as it ends."""
    for each in runs:
        print(each, flush=True)
        yield each


if __name__ == "__main__":
    main()
