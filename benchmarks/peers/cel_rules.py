"""CEL, by a binding of its interpreter in Rust: an expression a measure, compiled once (CEL 表达式)."""

from __future__ import annotations

import json

from peers.workload import TODAY, Ask, Peer, World, names, number, plain


def prepare(world: World) -> Peer:
    """Compile the expressions; a table of measures among the variables would be copied at every question."""
    import cel  # noqa: PLC0415 - takes part when it is there

    programs = []
    for one in world.measures:
        days = f"{number(one.valid_from)} <= day && day <= {number(one.valid_to)}"
        held = f"listings.exists(l, l.list in {json.dumps(one.lists)} && l.on <= day && day <= l.to)"
        programs.append((one.id, cel.compile(f"matter in {json.dumps(one.matters)} && {days} && {held}")))
    subjects = plain(world)

    def answer(ask: Ask) -> object:
        if ask.subject not in subjects:
            return ()
        asked = cel.Context({"listings": subjects[ask.subject], "matter": ask.matter, "day": TODAY})
        return [name for name, program in programs if program.execute(asked)]

    return Peer(answer, names)
