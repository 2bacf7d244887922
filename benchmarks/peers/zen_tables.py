"""GoRules zen, in Rust: decision tables (决策表).

`prepare` keeps a table a list, compiled beforehand and asked for by name through the loader, and asks it once for every
listing; `prepare_whole` has all measures in one table.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from peers.workload import TODAY, Ask, Peer, World, names, number, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from peers.workload import Measure

COLUMNS = {"list": "list", "matter": "matter", "on": "on", "to": "to", "day": "day"}
PLACE = {"x": 0, "y": 0}


def prepare(world: World) -> Peer:
    """Compile a table for every list."""
    return _asking(world, lambda listing: str(listing["list"]))


def prepare_whole(world: World) -> Peer:
    """Compile one table of all measures."""
    return _asking(world, lambda _: "all")


def _asking(world: World, key: Callable[[dict[str, str | int]], str]) -> Peer:
    import zen  # noqa: PLC0415 - takes part when it is there

    rows: dict[str, list[dict[str, str]]] = {}
    for name, matters in world.by_list().items():
        for matter, measures in matters.items():
            rows.setdefault(key({"list": name}), []).extend(_rows(name, matter, measures))
    tables = {name: zen.ZenDecisionContent(json.dumps(_decision(found))) for name, found in rows.items()}
    engine, subjects = zen.ZenEngine({"loader": tables.__getitem__}), plain(world)

    def answer(ask: Ask) -> object:
        found: list[str] = []
        for listing in subjects.get(ask.subject, ()):
            name = key(listing)
            if name in tables:
                told = engine.evaluate(name, {**listing, "matter": ask.matter, "day": TODAY})
                found += [row["id"] for row in told["result"]]
        return found

    return Peer(answer, names)


def _rows(name: str, matter: str, measures: Iterable[Measure]) -> list[dict[str, str]]:
    return [
        {
            "_id": f"{name}-{matter}-{one.id}",
            "list": json.dumps(name),
            "matter": json.dumps(matter),
            "on": "$ <= day",
            "to": "$ >= day",
            "day": f"[{number(one.valid_from)}..{number(one.valid_to)}]",
            "id": json.dumps(one.id),
        }
        for one in measures
    ]


def _decision(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Return a graph of one table that names every row that fits."""
    table = {
        "hitPolicy": "collect",
        "inputs": [{"id": key, "name": key, "field": field} for key, field in COLUMNS.items()],
        "outputs": [{"id": "id", "name": "id", "field": "id"}],
        "rules": rows,
        "passThrough": False,
        "inputField": None,
        "outputPath": None,
        "executionMode": "single",
    }
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "position": PLACE},
        {"id": "table", "type": "decisionTableNode", "name": "table", "position": PLACE, "content": table},
        {"id": "out", "type": "outputNode", "name": "out", "position": PLACE},
    ]
    ends = [("in", "table"), ("table", "out")]
    edges = [{"id": f"{a}-{b}", "sourceId": a, "targetId": b, "type": "edge"} for a, b in ends]
    return {"nodes": nodes, "edges": edges}
