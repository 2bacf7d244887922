"""Who is tied to whom (关联关系): a walk along the relations that listings name, of bounded depth, never in a circle.

It is for analysis alone. What bites along a relation is said by measures (`bears`) and rules, one step and no further.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.errors import QuestionError
from jointsanction.identity.keys import own_keys, own_numbers, related_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.model.subject import Listing, Related
    from jointsanction.registry.protocol import Registry
    from jointsanction.terms import Relation

DEEPEST: Final = 5
"""So many steps at most: further away everybody is tied to everybody."""


class Step(NamedTuple):
    """One step of a walk (关联路径): `relation` is what the one is to the other, said by a listing.

    `forward` says that the walk goes from the listed subject to whom its listing names, else the other way round.
    """

    relation: Relation
    forward: bool
    id: str
    name: str | None
    list: str


class Tie(NamedTuple):
    """Somebody tied to the subject (关联主体): the shortest way there, and the listings under his own number."""

    steps: tuple[Step, ...]
    listings: tuple[Listing, ...]


class _Node(NamedTuple):
    keys: tuple[str, ...]
    steps: tuple[Step, ...]


def ties(keys: tuple[str, ...], registry: Registry, *, depth: int) -> tuple[Tie, ...]:
    """Return everybody tied to a subject within some steps, the nearest first (关联度分析).

    Only whole numbers lead on: a name is nobody.

    Raises:
        QuestionError: `question.depth`.
    """
    if not 1 <= depth <= DEEPEST:
        raise QuestionError("question.depth", f"关联层数 {depth} 超出范围。", f"写 1 到 {DEEPEST}。")
    seen, found, here = set(keys), list[Tie](), [_Node(keys, ())]
    for _ in range(depth):
        reached: list[_Node] = []
        for node in (further for each in here for further in _neighbours(each, registry)):
            if seen.isdisjoint(node.keys):
                seen.update(node.keys)
                reached.append(node)
        found += [Tie(node.steps, _own(node, registry)) for node in reached]
        here = reached
    return tuple(found)


def _own(node: _Node, registry: Registry) -> tuple[Listing, ...]:
    return tuple(hit.listing for hit in registry.lookup(node.keys, None) if hit.related is None and not hit.by_name)


def _neighbours(node: _Node, registry: Registry) -> Iterator[_Node]:
    for hit in registry.lookup(node.keys, None):
        if hit.by_name:
            continue
        if hit.related is None:
            yield from (_to(node, hit.listing, related) for related in hit.listing.related if related_keys(related))
        elif own_keys(hit.listing):
            number = own_numbers(hit.listing)[0].text
            step = Step(hit.related.relation, forward=False, id=number, name=hit.listing.name, list=hit.listing.list)
            yield _Node(own_keys(hit.listing), (*node.steps, step))


def _to(node: _Node, listing: Listing, related: Related) -> _Node:
    step = Step(related.relation, forward=True, id=str(related.id), name=related.name, list=listing.list)
    return _Node(related_keys(related), (*node.steps, step))
