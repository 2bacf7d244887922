"""Cedar, in Rust: a policy a measure, parsed once (Cedar 策略).

Cedar says which policies allowed a request: those are the measures. It cannot look through listings, so that the lists
a subject is on today are put into the question; matter and days of the measure are the policy's.
"""

from __future__ import annotations

import json

from peers.workload import TODAY, Ask, Peer, World, lists_today, names, number


def prepare(world: World) -> Peer:
    """Parse the policies."""
    import cedarpy  # noqa: PLC0415 - takes part when it is there

    policies = []
    for one in world.measures:
        matters = ", ".join(f'Action::"{matter}"' for matter in one.matters)
        days = f"{number(one.valid_from)} <= context.day && context.day <= {number(one.valid_to)}"
        held = f"context.lists.containsAny({json.dumps(list(one.lists))}) && {days}"
        policies.append(f'@id("{one.id}")\npermit(principal, action in [{matters}], resource) when {{ {held} }};')
    parsed, entities = cedarpy.PolicySet.from_str("\n".join(policies)), cedarpy.Entities.from_json_str("[]")

    def answer(ask: Ask) -> object:
        facts = world.listings.get(ask.subject)
        if facts is None:
            return ()
        request = {
            "principal": 'Subject::"it"',
            "action": f'Action::"{ask.matter}"',
            "resource": 'Matter::"any"',
            "context": {"day": TODAY, "lists": lists_today(facts)},
        }
        told = cedarpy.is_authorized(request, parsed, entities)
        return list(told.diagnostics.id_annotations_by_reason.values())

    return Peer(answer, names)
