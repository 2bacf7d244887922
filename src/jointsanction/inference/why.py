"""Why a rule did not fire (未触发的原因): the innermost conditions that failed, and what came nearest."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jointsanction.inference.evaluate import LEAVES, Solution, solve, unmet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jointsanction.inference.evaluate import Names
    from jointsanction.inference.facts import Fact
    from jointsanction.model.catalogue import RuleClause


class Miss(NamedTuple):
    """A condition that failed (不成立的条件): `nearest` met the most of its tests, all but `keys`.

    `negated` says that it failed by being true, under `none`.
    """

    clause: RuleClause
    nearest: Fact | None = None
    keys: tuple[str, ...] = ()
    negated: bool = False


def misses(clause: RuleClause, facts: Sequence[Fact], names: Names = ()) -> Iterator[Miss]:
    """Yield the innermost conditions that keep a clause from being true; nothing when it is true."""
    if solve(clause, facts, names):
        return
    for kind in LEAVES:
        tests = getattr(clause, kind)
        alone = type(clause).model_construct(**{kind: tests})
        if tests is not None and not solve(alone, facts, names):
            yield Miss(alone, *_nearest([fact for fact in facts if fact.type == kind], tests, dict(names)))
    counted = type(clause).model_construct(count=clause.count)
    if clause.count is not None and not solve(counted, facts, names):
        yield Miss(counted)
    yield from _of_all(clause, facts, names)
    if clause.any is not None and not any(solve(part, facts, names) for part in clause.any):
        for part in clause.any:
            yield from misses(part, facts, names)
    yield from (Miss(part, negated=True) for part in clause.none or () if solve(part, facts, names))


def _of_all(clause: RuleClause, facts: Sequence[Fact], names: Names) -> Iterator[Miss]:
    """Go on after a part that failed with the names kept before it, so that every part that fails is told."""
    held: tuple[Solution, ...] = (Solution(names),)
    for part in clause.all or ():
        found = tuple(one for before in held for one in solve(part, facts, before.names))
        if not found:
            yield from misses(part, facts, held[0].names)
        held = found or held


def _nearest(
    facts: Sequence[Fact], tests: Mapping[str, object], names: dict[str, object]
) -> tuple[Fact | None, tuple[str, ...]]:
    failing = [(unmet(fact, tests, names), fact) for fact in facts]  # type: ignore[arg-type]
    if not failing:
        return None, ()
    keys, fact = min(failing, key=lambda pair: (len(pair[0]), pair[1].ref))
    return fact, keys
