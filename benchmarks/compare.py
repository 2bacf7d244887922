"""The same questions to this library and to others (与同类引擎比较).

    pip install --group peers
    python benchmarks/compare.py [--measures 1000] [--subjects 100000] [--checks 20000] [--only WAY …] [--json FILE]

So many made-up measures; so many subjects, one in twenty with one to four listings; so many questions in an order of
chance. Each way runs in a process of its own: it is made ready, every answer is compared with brute force, and then
the floor and it take turns at all questions, or as many as twenty seconds allow, up to five rounds. A way that answers
wrongly is shown as wrong and not timed. Each call is timed by itself, the clock included; the figures are medians of
the rounds, in microseconds. The ratio is to the floor for a listed subject in the same process. Unlisted subjects never
reach another engine: the look-up before it is the same for all. Ours is asked through its front door either way.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import json
import statistics
import subprocess
import sys
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from peers import floor
from peers.workload import Fired, expected, make_world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from peers.workload import Ask, Peer, Prepare, World

ROUNDS, SECONDS, FEWEST = 5, 20.0, 2_000


class Way(NamedTuple):
    """One line of the table: its module and function, the distribution it needs, and what shape it has there."""

    said: str
    place: str
    distribution: str | None
    shape: str


WAYS = {
    "floor": Way("底线", "floor:prepare", None, "字典、预先算好的措施名称、日期比较"),
    "ours": Way("本库", "ours:prepare", None, "读出结论、各条发现的措施、文号、依据，覆盖，提示"),
    "document": Way("本库，全文", "ours:prepare_document", None, "写出全文，算出核查凭证"),
    "regorus-rvm": Way("regorus，虚拟机", "rego:prepare_machine", "gordon-to-regorus", "按名单、事项索引；预先编译"),
    "regorus-whole": Way("regorus，连同依据", "rego:prepare_whole", "gordon-to-regorus", "同上；还答出文号和依据"),
    "regorus": Way("regorus，解释器", "rego:prepare", "gordon-to-regorus", "按名单、事项索引"),
    "rego-cpp": Way("rego-cpp", "rego:prepare_cpp", "regopy", "按名单、事项索引；预先编译"),
    "zen": Way("GoRules zen", "zen_tables:prepare", "zen-engine", "一份名单一张决策表，预先编译"),
    "zen-one": Way("GoRules zen，一张表", "zen_tables:prepare_whole", "zen-engine", "全部措施一张决策表"),
    "datalogic": Way("datalogic", "json_logic_rules:prepare_rust_nested", "datalogic-py", "全部措施一条嵌套规则"),
    "datalogic-each": Way("datalogic，逐条", "json_logic_rules:prepare_rust_each", "datalogic-py", "一项措施一条规则"),
    "json-logic": Way(
        "json-logic-qubit", "json_logic_rules:prepare_python_nested", "json-logic-qubit", "全部措施一条嵌套规则"
    ),
    "json-logic-each": Way(
        "json-logic-qubit，逐条", "json_logic_rules:prepare_python_each", "json-logic-qubit", "一项措施一条规则"
    ),
    "cel": Way("CEL", "cel_rules:prepare", "common-expression-language", "一项措施一个表达式，预先编译"),
    "cedar": Way("Cedar", "cedar:prepare", "cedarpy", "一项措施一条策略，预先解析"),
    "rule-engine": Way("rule-engine", "rule_engine_rules:prepare", "rule-engine", "一项措施一个表达式，预先解析"),
}


def main() -> None:
    """Run each way by itself, print a row for each."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--measures", type=int, default=1_000)
    options.add_argument("--subjects", type=int, default=100_000)
    options.add_argument("--checks", type=int, default=20_000)
    options.add_argument("--only", nargs="+", choices=WAYS, default=list(WAYS))
    options.add_argument("--json", type=Path)
    options.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    args = options.parse_args()
    if args.way is not None:
        print(json.dumps(measure(args.way, make_world(args.measures, args.subjects, args.checks))))
        return
    told: dict[str, dict[str, Any]] = {}
    print(f"{'way':<17}{'listed p50':>12}{'p99':>10}{'unlisted p50':>14}{'ratio':>9}{'ours':>8}{'first':>10}  µs")
    for way in args.only:
        told[way] = run(way, args)
        print(line(way, told), flush=True)
    if args.json is not None:
        args.json.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def run(way: str, args: argparse.Namespace) -> dict[str, Any]:
    """Run one way in a process of its own, when what it needs is installed."""
    distribution = WAYS[way].distribution
    if distribution is not None and not installed(distribution):
        return {"missing": distribution}
    sizes = [f"--{name}={getattr(args, name)}" for name in ("measures", "subjects", "checks")]
    command = [sys.executable, __file__, "--way", way, *sizes]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603 - ourselves
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def installed(distribution: str) -> bool:
    """Return whether a distribution is installed."""
    try:
        version(distribution)
    except PackageNotFoundError:
        return False
    return True


def prepare_of(way: str) -> Prepare:
    """Return the function that makes a way ready."""
    module, _, function = WAYS[way].place.partition(":")
    found: Prepare = getattr(importlib.import_module(f"peers.{module}"), function)
    return found


def measure(way: str, world: World) -> dict[str, Any]:
    """Make a way ready, compare all its answers, and time it when all are right."""
    begin = time.perf_counter()
    peer = prepare_of(way)(world)
    distribution = WAYS[way].distribution
    told: dict[str, Any] = {
        "said": WAYS[way].said,
        "shape": WAYS[way].shape,
        "distribution": distribution,
        "version": version(distribution) if distribution else None,
        "ready": time.perf_counter() - begin,
        "checks": len(world.asks),
    }
    bare = floor.prepare(world)
    gc.collect()
    gc.freeze()
    told["wrong"], cold = compared(peer, world)
    if not told["wrong"]:
        # A slow one is timed by as many questions as it answers in its time; all of them were compared.
        share = min(1.0, SECONDS * 1e6 / sum(cold))
        some = world._replace(asks=world.asks[: max(FEWEST, int(len(world.asks) * share))])
        told |= timed(some, bare, peer) | {"first": median(cold)}
    return told


def compared(peer: Peer, world: World) -> tuple[int, list[float]]:
    """Return how many answers are wrong, and what a listed subject took the first time that it was asked about."""
    wrong, cold = 0, []
    for ask in world.asks:
        begin = time.perf_counter_ns()
        answer = peer.answer(ask)
        spent = (time.perf_counter_ns() - begin) / 1000
        if ask.subject in world.listings:
            cold.append(spent)
        right = expected(world, ask)
        found = peer.read(answer)
        whole = any(isinstance(one, Fired) for one in found)
        wrong += found != (right if whole else {one.measure for one in right})
    return wrong, cold


def timed(world: World, bare: Peer, peer: Peer) -> dict[str, Any]:
    """Let the floor and another answer all questions in turn."""
    rounds: list[dict[str, float]] = []
    begin = time.perf_counter()
    while len(rounds) < ROUNDS and (not rounds or time.perf_counter() - begin < SECONDS):
        least, _ = asked(bare.answer, world)
        processor = time.process_time()
        listed, unlisted = asked(peer.answer, world)
        rounds.append(
            {
                "floor": median(least),
                "listed": median(listed),
                "p99": statistics.quantiles(listed, n=100)[98],
                "unlisted": median(unlisted),
                "processor": (time.process_time() - processor) / len(world.asks) * 1e6,
                "ratio": median(listed) / median(least),
            }
        )
    return {name: median(one[name] for one in rounds) for name in rounds[0]} | {"rounds": len(rounds)}


def asked(answer: Callable[[Ask], object], world: World) -> tuple[list[float], list[float]]:
    """Return the microseconds of every question about a listed subject, and of every other."""
    listed: list[float] = []
    unlisted: list[float] = []
    clock = time.perf_counter_ns
    for ask in world.asks:
        begin = clock()
        answer(ask)
        spent = clock() - begin
        (listed if ask.subject in world.listings else unlisted).append(spent / 1000)
    return listed, unlisted


def median(figures: Iterable[float]) -> float:
    """Return the median."""
    found: Sequence[float] = list(figures)
    return statistics.median(found)


def line(way: str, told: dict[str, dict[str, Any]]) -> str:
    """Return the row of a way; `ours` says how many times as long as this library it takes."""
    found = told[way]
    if "missing" in found:
        return f"{way:<17}{'not installed: ' + found['missing']}"
    if found["wrong"]:
        return f"{way:<17}{found['wrong']:,} of {found['checks']:,} answers wrong"
    ours = f"{found['ratio'] / told['ours']['ratio']:>8.1f}" if "ratio" in told.get("ours", {}) else f"{'':>8}"
    figures = f"{found['listed']:>12.2f}{found['p99']:>10.1f}{found['unlisted']:>14.2f}{found['ratio']:>9.1f}"
    return f"{way:<17}{figures}{ours}{found['first']:>10.1f}"


if __name__ == "__main__":
    main()
