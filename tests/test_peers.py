"""The same questions to other engines: every answer of each is right, or it is not timed."""

from __future__ import annotations

import importlib
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
OWN = ("floor", "ours", "document")
OTHERS = {
    "regorus-rvm": "regorus",
    "regorus-whole": "regorus",
    "regorus": "regorus",
    "rego-cpp": "regopy",
    "zen": "zen",
    "zen-one": "zen",
    "datalogic": "datalogic_py",
    "datalogic-each": "datalogic_py",
    "json-logic": "json_logic",
    "json-logic-each": "json_logic",
    "cel": "cel",
    "cedar": "cedarpy",
    "rule-engine": "rule_engine",
}


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """Import the benchmark as its command line does."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    yield importlib.import_module("compare")
    for name in [name for name in sys.modules if name in {"compare", "check"} or name.partition(".")[0] == "peers"]:
        del sys.modules[name]


def compared(bench: ModuleType, way: str) -> None:
    """Compare every answer of a way with brute force, in a small world in which much applies."""
    world = bench.make_world(60, 400, 400)
    wrong, cold = bench.compared(bench.prepare_of(way)(world), world)
    assert wrong == 0
    assert len(cold) == sum(ask.subject in world.listings for ask in world.asks) > 0
    assert any(bench.expected(world, ask) for ask in world.asks)


def test_every_way_is_here(bench: ModuleType) -> None:
    """A way that no test looks at could answer anything."""
    assert list(bench.WAYS) == [*OWN, *OTHERS]


def test_every_other_engine_is_pinned(bench: ModuleType) -> None:
    """Figures are of a version: what is measured is what the group installs."""
    groups = tomllib.loads((BENCHMARKS.parent / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    needed = {way.distribution for way in bench.WAYS.values() if way.distribution}
    assert {line.partition("==")[0] for line in groups["peers"]} == needed
    assert all("==" in line for line in groups["peers"])


@pytest.mark.parametrize("way", OWN)
def test_ours_and_the_floor_answer_rightly(bench: ModuleType, way: str) -> None:
    """Measures, documents and laws of every answer are those of brute force."""
    compared(bench, way)


@pytest.mark.peers
@pytest.mark.parametrize("way", OTHERS)
def test_others_answer_rightly(bench: ModuleType, way: str) -> None:
    """What is compared does the same work: each names the same measures."""
    pytest.importorskip(OTHERS[way], reason=f"no {OTHERS[way]}: `tox -e peers` installs it")
    compared(bench, way)


def test_wrong_answers_are_counted_and_not_timed(bench: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that names nothing is shown as wrong, however quick it is."""
    world = bench.make_world(60, 400, 200)
    silent = importlib.import_module("peers.workload").Peer(lambda _: (), frozenset)
    monkeypatch.setattr(bench, "prepare_of", lambda _: lambda _: silent)
    told = bench.measure("ours", world)
    assert told["wrong"] == sum(bool(bench.expected(world, ask)) for ask in world.asks) > 0
    assert "listed" not in told
    assert "answers wrong" in bench.line("ours", {"ours": told})


def test_times_come_with_a_ratio_to_the_floor(bench: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both are timed in the same rounds; what is not installed says so."""
    monkeypatch.setattr(bench, "ROUNDS", 1)
    told = bench.measure("ours", bench.make_world(60, 2000, 2000))
    assert told["listed"] / told["floor"] == pytest.approx(told["ratio"])
    assert "1.0" in bench.line("ours", {"ours": told})
    assert "not installed: cedarpy" in bench.line("cedar", {"cedar": {"missing": "cedarpy"}})
