"""The least an answer could cost (底线): a dictionary, precomputed names, a date filter; names only, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peers.workload import DAY, LAST, Ask, Peer, World, names

if TYPE_CHECKING:
    from datetime import date


def prepare(world: World) -> Peer:
    """Work out the names of every listed subject in every matter beforehand; the day is left to be compared."""
    table, nothing = world.by_list(), ()
    index: dict[str, dict[str, list[tuple[date, date, tuple[str, ...]]]]] = {}
    for subject, facts in world.listings.items():
        for fact in facts:
            for matter, rows in table.get(fact.list, {}).items():
                known = tuple(one.id for one in rows if one.valid_from <= DAY <= (one.valid_to or LAST))
                found = index.setdefault(subject, {}).setdefault(matter, [])
                found.append((fact.listed_on, fact.valid_to or LAST, known))

    def answer(ask: Ask) -> object:
        facts = index.get(ask.subject)
        if facts is None:
            return nothing
        return [name for begins, ends, known in facts.get(ask.matter, ()) if begins <= DAY <= ends for name in known]

    return Peer(answer, names)
