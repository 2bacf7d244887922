"""JsonLogic, by datalogic in Rust and by json-logic-qubit in Python (JsonLogic 规则).

`…_each` has a rule a measure. `…_nested` has one rule that was made of all measures, list by list and matter by matter,
so that a question goes straight to its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from peers.workload import TODAY, Ask, Peer, World, names, number, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from peers.workload import Measure


def prepare_rust_each(world: World) -> Peer:
    """Compile a rule a measure with datalogic, and ask all of them in one call."""
    import datalogic_py  # noqa: PLC0415 - takes part when it is there

    engine = datalogic_py.Engine()
    session, ids = engine.session(), [one.id for one in world.measures]
    rules, subjects = [engine.compile(_rule(one)) for one in world.measures], plain(world)

    def answer(ask: Ask) -> object:
        if ask.subject not in subjects:
            return ()
        asked = datalogic_py.DataHandle({"listings": subjects[ask.subject], "matter": ask.matter, "day": TODAY})
        told = session.evaluate_many(rules, asked)
        return [name for name, held in zip(ids, told, strict=True) if held == "true"]

    return Peer(answer, names)


def prepare_rust_nested(world: World) -> Peer:
    """Compile one rule of nested choices with datalogic."""
    import datalogic_py  # noqa: PLC0415 - takes part when it is there

    def switch(variable: str, cases: Sequence[tuple[str, Any]]) -> dict[str, Any]:
        return {"switch": [{"var": variable}, [list(case) for case in cases], []]}

    engine = datalogic_py.Engine()
    session, rule = engine.session(), engine.compile(_nested(world, switch))
    return _asking(world, lambda asked: session.evaluate(rule, asked))


def prepare_python_each(world: World) -> Peer:
    """Keep a rule a measure for json-logic-qubit, which compiles nothing."""
    from json_logic import jsonLogic  # noqa: PLC0415 - takes part when it is there

    rules, subjects = [(one.id, _rule(one)) for one in world.measures], plain(world)

    def answer(ask: Ask) -> object:
        if ask.subject not in subjects:
            return ()
        asked = {"listings": subjects[ask.subject], "matter": ask.matter, "day": TODAY}
        return [name for name, rule in rules if jsonLogic(rule, asked)]

    return Peer(answer, names)


def prepare_python_nested(world: World) -> Peer:
    """Keep one rule of nested choices for json-logic-qubit."""
    from json_logic import jsonLogic  # noqa: PLC0415 - takes part when it is there

    def chain(variable: str, cases: Sequence[tuple[str, Any]]) -> dict[str, Any]:
        return {"if": [part for key, found in cases for part in ({"==": [{"var": variable}, key]}, found)] + [[]]}

    rule = _nested(world, chain)
    return _asking(world, lambda asked: jsonLogic(rule, asked))


def _rule(one: Measure) -> dict[str, Any]:
    days = {"<=": [number(one.valid_from), {"var": "day"}, number(one.valid_to)]}
    listed = {"and": [{"in": [{"var": "list"}, list(one.lists)]}, {"<=": [{"var": "on"}, TODAY, {"var": "to"}]}]}
    held = {"some": [{"var": "listings"}, listed]}
    return {"and": [{"in": [{"var": "matter"}, list(one.matters)]}, days, held]}


def _nested(world: World, choose: Callable[[str, Sequence[tuple[str, Any]]], dict[str, Any]]) -> dict[str, Any]:
    """Return the rule: of every listing in force, the measures of its list, of those the matter's, of those today's."""
    lists = []
    for name, matters in world.by_list().items():
        cells = [
            (
                matter,
                [
                    {"if": [{"<=": [number(one.valid_from), {"var": "day"}, number(one.valid_to)]}, one.id, None]}
                    for one in rows
                ],
            )
            for matter, rows in matters.items()
        ]
        lists.append((name, choose("matter", cells)))
    in_force = {"filter": [{"var": "listings"}, {"<=": [{"var": "on"}, {"var": "day"}, {"var": "to"}]}]}
    return {"map": [in_force, choose("list", lists)]}


def _asking(world: World, evaluate: Callable[[dict[str, Any]], list[list[str | None]]]) -> Peer:
    """Ask the one rule; inside a listing it sees nothing else, so that each brings matter and day along."""
    subjects = plain(world)

    def answer(ask: Ask) -> object:
        if ask.subject not in subjects:
            return ()
        told = evaluate(
            {"listings": [{**one, "matter": ask.matter, "day": TODAY} for one in subjects[ask.subject]]},
        )
        return [name for found in told for name in found if name is not None]

    return Peer(answer, names)
