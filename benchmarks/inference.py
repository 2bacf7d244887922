"""What the second inference engine costs, as a ratio to ours (两个推导引擎的耗时).

    pip install 'jointsanction[durable]'
    python benchmarks/inference.py [--subjects 2000] [--checks 5000]

Prints microseconds with each engine: getting hold of it, the first run of a set of rules (which compiles them), a run
of those rules, a check whose profile was never seen before, and one whose profile was. Every answer of the two is
compared before anything is timed. All figures are of one process and one run; compare rows, not machines.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from functools import partial
from typing import TYPE_CHECKING

from check import NOW, ROUNDS, code, first, open_engine, pick, read_all, row

from jointsanction import Engine
from jointsanction.catalog.bundle import default_catalog
from jointsanction.inference import ENGINES, Fact, engine_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from jointsanction.inference import Infer
    from jointsanction.model.catalogue import Rule

RUNS = 100
FACTS = [
    Fact("question", {"matter": ("GPC", "GPC.SUPPLIER"), "region": ("410000", "410182"), "kind": "enterprise"}),
    *(
        Fact("listing", {"list": name, "kind": "black", "in-force": True, "founded": True, "way": "own"}, at)
        for at, name in enumerate(("BL.SXBZXR", "BL.TAX", "BL.WAGE"))
    ),
]


def main() -> None:
    """Load both, compare their answers, time, print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--subjects", type=int, default=2_000)
    options.add_argument("--checks", type=int, default=5_000)
    args = options.parse_args()
    rules = tuple(default_catalog().rules.values())
    engines, load = {}, {}
    for name in ENGINES:
        load[name], engines[name] = spent(lambda name=name: engine_of(name))
    print(f"{len(rules)} rules{'own µs':>24}{'durable µs':>14}{'ratio':>10}")
    show("load", load)
    show("first run", {name: spent(lambda infer=infer: infer(FACTS, rules))[0] for name, infer in engines.items()})
    assert len({infer(FACTS, rules).fired for infer in engines.values()}) == 1
    show("run", in_turn({name: partial(running, infer, rules) for name, infer in engines.items()}))
    checks(args.subjects, args.checks)


def checks(subjects: int, checked: int) -> None:
    """Time whole checks by both engines."""
    dice = random.Random(20240610)  # noqa: S311 - a fixed order, not a secret
    listed = [code(number) for number in range(subjects)]
    rows = [row(subject, dice, at) for at, subject in enumerate(listed) for _ in range(dice.randint(1, 4))]
    catalog, registry = default_catalog(), open_engine(rows).registry
    engines = {name: Engine(catalog, registry, clock=lambda: NOW, inference=name) for name in ENGINES}
    for subject in listed:
        own, durable = (read_all(engine, subject) for engine in engines.values())
        assert own == durable, "two engines, two answers"
    asked = pick(listed, dice, checked)
    show("new profile", in_turn({name: partial(first, engine, listed) for name, engine in engines.items()}))
    show("seen profile", in_turn({name: partial(seen, engine, asked) for name, engine in engines.items()}))


def spent(call: Callable[[], object]) -> tuple[float, object]:
    """Return the microseconds of one call, and what it gave."""
    start = time.perf_counter()
    given = call()
    return (time.perf_counter() - start) * 1e6, given


def in_turn(timings: dict[str, Callable[[], float]]) -> dict[str, float]:
    """Return the median of some rounds in which each is timed once: what else the machine does meets all alike."""
    rounds = [{name: timing() for name, timing in timings.items()} for _ in range(ROUNDS)]
    return {name: statistics.median(each[name] for each in rounds) for name in timings}


def seen(engine: Engine, asked: list[str]) -> float:
    """Return the microseconds of a check of a profile that was worked out before."""
    return spent(lambda: [read_all(engine, subject) for subject in asked])[0] / len(asked)


def running(infer: Infer, rules: tuple[Rule, ...]) -> float:
    """Return the microseconds of a run of rules that were run before."""
    return spent(lambda: [infer(FACTS, rules) for _ in range(RUNS)])[0] / RUNS


def show(name: str, figures: dict[str, float]) -> None:
    """Print a row."""
    print(f"{name:<16}{figures['own']:>16.1f}{figures['durable']:>14.1f}{figures['durable'] / figures['own']:>10.1f}")


if __name__ == "__main__":
    main()
