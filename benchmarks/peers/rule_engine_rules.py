"""rule-engine, in Python: an expression a measure, parsed once and typed (rule-engine 表达式).

It looks through listings only by making a new list, which takes longer than being given the lists a subject is on.
"""

from __future__ import annotations

import json

from peers.workload import TODAY, Ask, Peer, World, lists_today, names, number


def prepare(world: World) -> Peer:
    """Parse the expressions; types are told, so that what can be worked out beforehand is."""
    import rule_engine  # noqa: PLC0415 - takes part when it is there

    kinds = rule_engine.DataType
    types = {"matter": kinds.STRING, "day": kinds.FLOAT, "lists": kinds.ARRAY(kinds.STRING)}
    context = rule_engine.Context(type_resolver=rule_engine.type_resolver_from_dict(types))
    rules = []
    for one in world.measures:
        days = f"day >= {number(one.valid_from)} and day <= {number(one.valid_to)}"
        listed = " or ".join(f'"{name}" in lists' for name in one.lists)
        text = f"matter in {json.dumps(one.matters)} and {days} and ({listed})"
        rules.append((one.id, rule_engine.Rule(text, context=context)))

    def answer(ask: Ask) -> object:
        facts = world.listings.get(ask.subject)
        if facts is None:
            return ()
        asked = {"lists": lists_today(facts), "matter": ask.matter, "day": TODAY}
        return [name for name, rule in rules if rule.matches(asked)]

    return Peer(answer, names)
