"""Every benchmark runs in a small size and checks its answers; the page is made of what they said."""

from __future__ import annotations

import importlib
import json
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
NAMES = [
    "check", "compare", "rules", "startup", "screen", "snapshot", "snapshot_formats", "reassess", "imports", "load",
    "store",
]  # fmt: skip
DURABLE = ["inference"] if find_spec("durable") else []
"""With the second engine only where it is installed, as its tests."""


@pytest.fixture
def scripts(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """Import the command that runs all, as Python does where it lies."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    yield importlib.import_module("all")
    for name in ("all", "page"):
        sys.modules.pop(name, None)


def test_every_benchmark_is_among_them(scripts: ModuleType) -> None:
    """A script that nobody runs grows wrong unseen: each one is run, the plot and the page apart."""
    found = {path.stem for path in BENCHMARKS.glob("*.py")} - {"all", "page", "snapshot_plot"}
    assert set(scripts.BENCHMARKS) == found
    assert {*NAMES, "inference", "spark"} == found


@pytest.mark.parametrize("name", [*NAMES, *DURABLE, pytest.param("spark", marks=pytest.mark.spark)])
def test_a_small_size_answers_rightly(scripts: ModuleType, name: str) -> None:
    """Each one stops when an answer is wrong; how long it took says nothing here."""
    if missing := scripts.lacking(name):
        pytest.skip(f"not installed: {', '.join(missing)}")
    told = scripts.run(name, "small")
    assert told["text"], "it says what it found"
    assert told["command"].startswith(f"python benchmarks/{name}.py --")
    assert (told["figures"] is not None) == scripts.BENCHMARKS[name].figures


def told(name: str, **more: Any) -> dict[str, Any]:
    """Return what a benchmark may have said."""
    return {
        "command": f"python benchmarks/{name}.py", "size": "full", "date": "2024-06-10", "machine": "某处理器，2 核",
        "versions": {"jointsanction": "0.1.0"}, "seconds": 1.5, "processor": 1.0, "text": "a  b", "figures": None,
        **more,
    }  # fmt: skip


def way(listed: float, **more: Any) -> dict[str, Any]:
    """Return the figures of a way."""
    times = {"listed": listed, "p99": listed * 3, "unlisted": 0.4, "first": 9.0, "ratio": listed / 2}
    return {"said": "某引擎", "shape": "某写法", "version": "1.0", "wrong": 0, "checks": 200, **times, **more}


def test_the_page_keeps_what_was_measured_before(scripts: ModuleType, tmp_path: Path) -> None:
    """One benchmark is run again: its figures change, the others stay, all in the order of the command."""
    scripts.keep(tmp_path / "new", "store", told("store"))
    scripts.keep(tmp_path / "new", "check", told("check"))
    scripts.keep(tmp_path / "new", "store", told("store", date="2024-06-11"))
    known = json.loads((tmp_path / "new" / "benchmarks.json").read_text(encoding="utf-8"))
    assert [(name, one["date"]) for name, one in known.items()] == [("check", "2024-06-10"), ("store", "2024-06-11")]
    page = (tmp_path / "new" / "benchmarks.md").read_text(encoding="utf-8")
    assert "$ python benchmarks/check.py\na  b\n" in page
    assert not (tmp_path / "new" / "benchmarks.svg").exists()


def test_other_engines_have_a_table_and_a_plot(scripts: ModuleType, tmp_path: Path) -> None:
    """A wrong engine is shown as wrong and without times; one that is not installed is not shown."""
    figures = {
        "floor": way(2.0, said="底线", version=None),
        "ours": way(20.0, said="本库", version=None),
        "zen": way(60.0, said="甲引擎"),
        "cel": {"said": "乙引擎", "shape": "某写法", "version": "2.0", "wrong": 3, "checks": 200},
        "cedar": {"missing": "cedarpy"},
    }
    scripts.keep(tmp_path, "compare", told("compare", figures=figures))
    page = (tmp_path / "benchmarks.md").read_text(encoding="utf-8")
    assert "| 甲引擎 1.0 | 某写法 | 60.0 | 180 | 0.40 | 9.0 | 30.0 | 3.0 | 0 / 200 错 |" in page
    assert "| 乙引擎 2.0 | 某写法 |  |  |  |  |  |  | 3 / 200 错 |" in page
    assert "cedar" not in page
    plot = (tmp_path / "benchmarks.svg").read_text(encoding="utf-8")
    assert plot.count("<rect") == 4
    assert "乙引擎" not in plot


def test_the_machine_is_named(scripts: ModuleType) -> None:
    """Figures of nobody knows which machine are none."""
    assert "核" in scripts.machine()
    assert "CPython" in scripts.machine()
