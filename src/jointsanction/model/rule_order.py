"""In which order rules must run (推导次序): whoever tests what another derives comes after it.

A rule that tests a grade, or that something was *not* derived, waits until every rule that could change it is through;
so the order of rules never matters. A ring of such rules has no right order: the linter reports it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jointsanction.model.rule import members

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jointsanction.model.rule import Rule, RuleClause


class Need(NamedTuple):
    """What a condition asks of other rules (依赖): a derived fact by name (None: any), or the grade; `strict` waits."""

    kind: str
    name: str | None
    strict: bool


def needs(clause: RuleClause, *, strict: bool = False) -> Iterator[Need]:
    """Yield what a condition asks of other rules."""
    if clause.derived is not None:
        names: list[str | None] = [
            str(word)
            for operator, wanted in clause.derived.get("fact", {}).items()
            if operator in {"eq", "in"}
            for word in members(wanted)
        ]
        yield from (Need("derived", name, strict) for name in names or [None])
    if clause.grade is not None:
        yield Need("grade", None, strict=True)
    for part in clause.affirmed:
        yield from needs(part, strict=strict)
    for part in clause.none or ():
        yield from needs(part, strict=True)


def gives(giver: Rule, need: Need) -> bool:
    """Return whether a rule brings about what another asks for."""
    if need.kind == "grade":
        return giver.then.grade is not None
    return giver.then.derive is not None and need.name in {None, giver.then.derive.fact}


def feeds(giver: Rule, taker: Rule) -> bool | None:
    """Return whether a rule must be through before another begins; None where they have nothing to do together."""
    strict = [need.strict for need in needs(taker.when) if gives(giver, need)]
    return any(strict) if strict else None


def strata(rules: Sequence[Rule]) -> tuple[tuple[Rule, ...], ...]:
    """Return the rules in groups to be run one after the other (分层); within a group the order never matters."""
    takers = [rule for rule in rules if any(True for _ in needs(rule.when))]
    if not takers:
        return (tuple(rules),)
    edges = [
        (giver.id, taker.id, strict)
        for taker in takers
        for giver in rules
        if (strict := feeds(giver, taker)) is not None
    ]
    level = {rule.id: 0 for rule in rules}
    for _ in rules:
        before = dict(level)
        for giver_id, taker_id, strict in edges:
            level[taker_id] = max(level[taker_id], level[giver_id] + strict)
        if level == before:
            break
    return tuple(tuple(rule for rule in rules if level[rule.id] == at) for at in sorted(set(level.values())))


def fed_by(takers: Sequence[Rule], rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """Return some rules together with every rule that can bring about what they test."""
    found = {rule.id: rule for rule in takers}
    waiting = list(takers)
    while waiting:
        taker = waiting.pop()
        for giver in rules:
            if giver.id not in found and feeds(giver, taker) is not None:
                found[giver.id] = giver
                waiting.append(giver)
    return tuple(found.values())
