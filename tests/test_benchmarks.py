"""The benchmark of one check times right answers only, and has a line for whatever it promises."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jointsanction.catalog.bundle import default_catalog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """Import the benchmark as its command line does."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import check  # noqa: PLC0415 - a script, found only now

    monkeypatch.setattr(check, "ROUNDS", 1)
    monkeypatch.setattr(check, "FIRST", 2)
    yield check
    del sys.modules["check"]


def test_a_small_size_answers_as_expected(bench: ModuleType) -> None:
    """Every line is there, and every answer was compared before it was timed; how long it took says nothing here."""
    args = Namespace(subjects=20, checks=20, profiles=5, measures=[100, 500], listings=[10, 20])
    assert [row.name for row in bench.measured(args)] == [
        "unlisted",
        "listed",
        "unlisted, document",
        "listed, document",
        "1 profiles",
        "5 profiles",
        "first of a profile",
        "first of a question",
        "100 measures",
        "500 measures",
        "10 listings",
        "20 listings",
    ]


def test_wrong_answers_are_not_timed(bench: ModuleType) -> None:
    """A listed subject without a finding, and an unlisted one with a verdict, stop the benchmark."""
    listed, unlisted = bench.code(1), bench.code(2)
    engine = bench.open_engine([bench.row(listed, bench.random.Random(1), 1)])
    bench.expect(engine, [listed], [unlisted])
    with pytest.raises(AssertionError, match="a listed subject"):
        bench.expect(engine, [unlisted], [])
    with pytest.raises(AssertionError):
        bench.expect(engine, [], [listed])


def test_a_larger_catalogue_says_the_same_of_the_matter_asked_about(bench: ModuleType) -> None:
    """What is added concerns other matters: findings stay as they are, and the number of measures is as told."""
    catalog = default_catalog()
    for size in (100, len(catalog.measures) + 50):
        larger = bench.with_measures(catalog, size)
        assert len(larger.measures) == size
        rows = [bench.row(bench.code(1), bench.random.Random(1), 1)]
        said = [bench.read_all(bench.open_engine(rows, which), bench.code(1)) for which in (catalog, larger)]
        assert said[0] == said[1]
