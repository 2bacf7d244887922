"""All benchmarks by one command (全部测量): each in a process of its own, what it said kept, the page written.

    python benchmarks/all.py [--size small|full] [--only NAME …] [--output FOLDER]

`full` takes the sizes that the pages tell of, and writes `benchmarks.json`, `benchmarks.md` and `benchmarks.svg` into
`docs`; those measured earlier and not now keep their figures, each with its own date and machine. `small` takes sizes
that are over in seconds: whether the answers are right shows there too, how long it took means nothing, so that
nothing is written unless a folder is given. A benchmark whose libraries are not installed is left out with a word.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import page

HERE = Path(__file__).resolve().parent


class Benchmark(NamedTuple):
    """One script: what its page says of it, its two sizes, and the modules that it cannot do without."""

    said: str
    small: str
    full: str = ""
    needs: tuple[str, ...] = ()
    figures: bool = False
    """Whether it writes its figures as JSON too (`--json FILE`)."""


BENCHMARKS = {
    "check": Benchmark(
        "一次核查",
        "--subjects 40 --checks 100 --profiles 10 --measures 100 --listings 40",
        "--listings 10000 100000 1000000",
    ),
    "compare": Benchmark("与同类引擎比较", "--measures 60 --subjects 600 --checks 200", figures=True),
    "rules": Benchmark("规则使核查慢多少", "--subjects 20 --checks 100"),
    "inference": Benchmark("两个推导引擎", "--subjects 5 --checks 50", "", ("durable",)),
    "startup": Benchmark("启动", "--rounds 1", "--rounds 20"),
    "screen": Benchmark(
        "批量核查", "--rows 2000 --listings 500", "--rows 10000000 --listings 1000000", ("pyarrow", "polars")
    ),
    "spark": Benchmark("集群核查", "--rows 2000 --listings 500", "--rows 100000 1000000 10000000", ("pyspark",)),
    "snapshot": Benchmark("名单快照", "--growth 2000 --checks 400 --delta 100", "--growth 1e5,1e6", figures=True),
    "snapshot_formats": Benchmark("快照的各种存法", "--rows 2000 --checks 400"),
    "reassess": Benchmark("增量与重评", "--subjects 300 --delta 40 --matters 1 --days 30"),
    "imports": Benchmark("名单导入，各种格式", "--rows 200", "", ("xlwt",)),
    "load": Benchmark("服务负载", "--listings 300 --seconds 2 --workers 1 --connections 4", "", ("fastapi", "uvicorn")),
    "store": Benchmark("名单库写入", "--rows 10000 --database sqlite --step first", "--database sqlite"),
}


def main() -> None:
    """Run what is asked for, and write the page."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--size", choices=("small", "full"), default="full")
    options.add_argument("--only", nargs="+", choices=BENCHMARKS, default=list(BENCHMARKS))
    options.add_argument("--output", type=Path, help="where the page goes; docs when the size is full")
    args = options.parse_args()
    folder = args.output or (HERE.parent / "docs" if args.size == "full" else None)
    for name in args.only:
        if missing := lacking(name):
            print(f"== {name}: left out, not installed: {', '.join(missing)}", flush=True)
            continue
        told = run(name, args.size)
        print(f"== {told['command']}\n{told['text']}", flush=True)
        if folder is not None:
            keep(folder, name, told)


def lacking(name: str) -> list[str]:
    """Return what a benchmark needs and is not installed; Spark runs in Java."""
    missing = [module for module in BENCHMARKS[name].needs if find_spec(module) is None]
    return [*missing, *(["java"] if name == "spark" and shutil.which("java") is None else [])]


def keep(folder: Path, name: str, told: dict[str, Any]) -> None:
    """Put what a benchmark said beside what others said before, and write the page anew."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "benchmarks.json"
    known = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    known = {one: told if one == name else known[one] for one in BENCHMARKS if one == name or one in known}
    file.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for written, text in page.written(known, {one: each.said for one, each in BENCHMARKS.items()}).items():
        (folder / written).write_text(text, encoding="utf-8")


def run(name: str, size: str) -> dict[str, Any]:
    """Run one benchmark in a process of its own; it stops with an error when an answer is wrong."""
    asked = getattr(BENCHMARKS[name], size).split()
    spent, begin = _processor(), time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "figures.json"
        more = ["--json", str(file)] if BENCHMARKS[name].figures else []
        command = [sys.executable, str(HERE / f"{name}.py"), *asked, *more]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603 - ourselves
        figures = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None
    return {
        "command": " ".join([f"python benchmarks/{name}.py", *asked]),
        "size": size,
        "date": f"{datetime.now(ZoneInfo('Asia/Shanghai')):%Y-%m-%d}",
        "machine": machine(),
        "versions": {one: version(one) for one in ("jointsanction", *_distributions(name))},
        "seconds": round(time.perf_counter() - begin, 1),
        "processor": round(_processor() - spent, 1),
        "text": done.stdout.rstrip(),
        "figures": figures,
    }


def _distributions(name: str) -> list[str]:
    named = {"durable": "durable-rules"}
    return [named.get(module, module) for module in BENCHMARKS[name].needs]


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def machine() -> str:
    """Return what figures depend on: the processor, how many, memory, Python."""
    model = platform.machine()
    told = Path("/proc/cpuinfo")
    if told.is_file():
        named = [line.partition(":")[2].strip() for line in told.read_text().splitlines() if "model name" in line]
        model = named[0] if named else model
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{model}，{os.cpu_count()} 核，{memory:.0f} GiB，{platform.system()}，{python}"


if __name__ == "__main__":
    main()
