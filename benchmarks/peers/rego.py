"""Rego: the policy language of OPA, by regorus in Rust and by rego-cpp (Rego 策略).

One rule joins the listings of the subject with the measures of each list and matter; measures and listings are data,
loaded once. `prepare_machine` compiles it for the virtual machine that regorus has beside its interpreter, and
`prepare_whole` has it name the document and the law as well, as ours does.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from peers.workload import TODAY, Ask, Fired, Peer, World, names, number, plain

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "data.peer.applies"
POLICY = """package peer
import rego.v1
applies contains NAMED if {
  some f in FACTS
  f.on <= input.day
  input.day <= f.to
  some m in data.index[f.list][input.matter]
  m.from <= input.day
  input.day <= m.to
}
"""
"""What is named and where the listings come from, data of the engine or the question, is put in."""
BROUGHT = POLICY.replace("NAMED", "m.id").replace("FACTS", "input.listings")
LOADED = BROUGHT.replace("input.listings", "data.subjects[input.subject]")
WHOLE = LOADED.replace("contains m.id", "contains [m.id, f.number, m.law]")


def index(world: World) -> dict[str, Any]:
    """Return the measures by list and matter."""
    return {
        name: {
            matter: [
                {"id": one.id, "law": one.law, "from": number(one.valid_from), "to": number(one.valid_to)}
                for one in rows
            ]
            for matter, rows in matters.items()
        }
        for name, matters in world.by_list().items()
    }


def prepare(world: World) -> Peer:
    """Load regorus' interpreter."""
    import regorus  # noqa: PLC0415 - takes part when it is there

    engine = regorus.Engine()
    engine.add_policy("peer.rego", LOADED)
    engine.add_data({"index": index(world), "subjects": plain(world)})

    def answer(ask: Ask) -> object:
        if ask.subject not in world.listings:
            return ()
        engine.set_input({"subject": ask.subject, "matter": ask.matter, "day": TODAY})
        return engine.eval_rule(RULE)

    return Peer(answer, names)


def prepare_machine(world: World) -> Peer:
    """Compile the rule that names measures."""
    return Peer(_machine(world, LOADED), names)


def prepare_whole(world: World) -> Peer:
    """Compile the rule that names measure, document and law."""
    return Peer(_machine(world, WHOLE), _fired)


def _fired(answer: Any) -> frozenset[Fired]:  # noqa: ANN401 - what the engine gave
    return frozenset(Fired(*one) for one in answer)


def _machine(world: World, policy: str) -> Callable[[Ask], object]:
    """Load regorus' virtual machine, which takes questions as JSON only."""
    import regorus  # noqa: PLC0415 - takes part when it is there

    subjects = {
        subject: [
            {**told, "number": fact.number} for told, fact in zip(plain_one, world.listings[subject], strict=True)
        ]
        for subject, plain_one in plain(world).items()
    }
    data = json.dumps({"index": index(world), "subjects": subjects})
    machine = regorus.Rvm()
    machine.load_program(regorus.Program.compile_from_modules(data, [("peer.rego", policy)], [RULE]))
    machine.set_data_json(data)

    def answer(ask: Ask) -> object:
        if ask.subject not in world.listings:
            return ()
        machine.set_input_json(f'{{"subject":"{ask.subject}","matter":"{ask.matter}","day":{TODAY}}}')
        return json.loads(machine.execute())

    return answer


def prepare_cpp(world: World) -> Peer:
    """Build a bundle of rego-cpp; with the listings among its data an answer takes longer, so the question has them."""
    from regopy import Interpreter  # noqa: PLC0415 - takes part when it is there

    engine, subjects = Interpreter(), plain(world)
    engine.add_module("peer", BROUGHT)
    engine.add_data({"index": index(world)})
    bundle = engine.build(None, ["peer/applies"])

    def answer(ask: Ask) -> object:
        if ask.subject not in subjects:
            return ()
        engine.set_input({"listings": subjects[ask.subject], "matter": ask.matter, "day": TODAY})
        return json.loads(str(engine.query_bundle_entrypoint(bundle, "peer/applies")))["expressions"][0]

    return Peer(answer, names)
