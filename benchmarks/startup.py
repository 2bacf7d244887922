"""What it costs to begin (启动耗时): whole processes, from an installed package with its bundle.

    python benchmarks/startup.py [--rounds 10]

Prints milliseconds by the clock and by the processor, and the ratio to a Python that does nothing, of importing the
package, of the first check from the bundle, of `--help`, and of one `check` on the command line. The package is laid
out as a wheel lays it out, in a folder of its own, and compiled as pip compiles it. Each round runs all of them in
turn. Each answer is looked at; a check may load none of the libraries that it has no use for.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import jointsanction
from jointsanction.catalog.bundle import BUNDLE_NAME, default_catalog, write_bundle
from jointsanction.root import default_root
from jointsanction.store import Store

CODE = "91990000MA0000001B"
CHECK = f"import jointsanction as j; r = j.Engine.open().check_subject({CODE!r}, 'procurement', coverage='loaded')"
NOT_FOR_A_CHECK = ("alembic", "openpyxl", "pyarrow", "rapidfuzz", "rich", "sqlalchemy", "sqlmodel", "typer", "yaml")
LOADED = f"import sys; print(r.verdict.value, [name for name in {NOT_FOR_A_CHECK!r} if name in sys.modules])"
COMMAND = "from jointsanction.cli import main; main()"
WAYS = {
    "python": ["-c", "pass"],
    "import": ["-c", "import jointsanction"],
    "engine": ["-c", "from jointsanction import Engine"],
    "first check": ["-c", CHECK],
    "--help": ["-c", COMMAND, "--help"],
    "check": ["-c", COMMAND, "check", CODE, "--matter", "procurement", "--coverage", "loaded", "--json"],
}


def main() -> None:
    """Lay the package out, look at the answers, time, print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=10)
    rounds = options.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        home = laid_out(Path(folder))
        expect(home)
        print(f"{'what':<14}{'ms':>8}{'ratio':>8}{'processor ms':>14}{'ratio':>8}")
        turns = [{name: spent(words, home) for name, words in WAYS.items()} for _ in range(rounds)]
        figures = {
            name: tuple(map(statistics.median, zip(*(turn[name] for turn in turns), strict=True))) for name in WAYS
        }
        bare, least = figures["python"]
        for name, (took, processor) in figures.items():
            print(f"{name:<14}{took:>8.0f}{took / bare:>8.1f}{processor:>14.0f}{processor / least:>8.1f}")


def laid_out(folder: Path) -> dict[str, str]:
    """Return the environment of a package that has its bundle, as a wheel brings it, and an empty store beside it."""
    package = folder / "jointsanction"
    shutil.copytree(Path(jointsanction.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(Path(str(default_root())) / "mappings", package / "data" / "mappings", dirs_exist_ok=True)
    write_bundle(default_catalog(), package / "data" / BUNDLE_NAME)
    assert compileall.compile_dir(package, quiet=1), "as pip does after it has unpacked a wheel"
    home = {**os.environ, "PYTHONPATH": str(folder), "JOINTSANCTION_STORE": f"sqlite:///{folder / 'registry.db'}"}
    Store.open(home["JOINTSANCTION_STORE"])
    return home


def expect(home: dict[str, str]) -> None:
    """Refuse to time wrong answers, or a check that loads what it has no use for."""
    assert ran(["-c", f"{CHECK}; {LOADED}"], home) == "indeterminate []"
    assert json.loads(ran(WAYS["check"], home))["verdict"] == "indeterminate"
    assert "check" in ran(WAYS["--help"], home)


def ran(words: list[str], home: dict[str, str]) -> str:
    """Run Python and return what it printed."""
    command = [sys.executable, *words]
    done = subprocess.run(command, env=home, capture_output=True, text=True, check=True)  # noqa: S603 - our own words
    return done.stdout.strip()


def spent(words: list[str], home: dict[str, str]) -> tuple[float, float]:
    """Return milliseconds of a whole process, and of the processor."""
    used, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    ran(words, home)
    took, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return took * 1000, (after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime) * 1000


if __name__ == "__main__":
    main()
