"""Measures that say the same twice, or two things of the same case (重复、包含、矛盾)."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.catalog.compile import lies_in
from jointsanction.catalog.compiling.levels import carrying_bases
from jointsanction.catalog.linting.reach import plain_kinds, stands
from jointsanction.catalog.remark import Remark
from jointsanction.terms import ACT_TRIGGERS, Role, SubjectKind, TextState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from jointsanction.catalog.compile import Tables
    from jointsanction.model.catalogue import Bearer, Measure

_APART: Final = (
    "effect", "measure_class", "trigger", "layer", "roles", "phase", "traits", "region", "bears", "actor", "conditions",
)  # fmt: skip
"""What sets two measures apart: whoever made them different meant to."""

_ALIKE: Final = (
    "effect", "measure_class", "degree", "binding", "trigger", "term", "judged_on", "except_", "grants",
)  # fmt: skip
"""What must be equal before one measure can hold all of another."""

_BY_THE_WAY: Final = {"id", "row", "note", "in_list", "overrides", "layer"}
"""What makes no other measure of it."""


class Pair(NamedTuple):
    """A measure and the one that holds all of it (包含); `equal` where they differ by the way only."""

    inner: Measure
    outer: Measure
    equal: bool


def double_remarks(tables: Tables, as_of: date) -> Iterator[Remark]:
    """Yield contradictions, and measures that another one makes superfluous, as the law stands on a day."""
    standing = [
        measure
        for measure in tables.catalog.measures.values()
        if measure.status == "active" and stands(measure, tables, as_of)
    ]
    yield from _contradictions(standing, tables, as_of)
    for inner, outer, equal in doubles(standing, tables, as_of):
        yield Remark("measures", inner.id, (), "duplicate" if equal else "shadowed", f"见 '{outer.id}'。")


def doubles(standing: Iterable[Measure], tables: Tables, as_of: date) -> Iterator[Pair]:
    """Yield each measure that another one wholly holds, once, with the first that does (重复、包含).

    Of two that hold each other the later id is the superfluous one.
    """
    scopes = [_Scope.of(measure, tables, as_of) for measure in standing]
    index: dict[tuple[Any, ...], list[_Scope]] = defaultdict(list)
    for scope in scopes:
        for matter in scope.measure.matters:
            index[*_key(scope.measure), matter].append(scope)
    for inner in scopes:
        key = _key(inner.measure)
        above = sorted(tables.enclosing[inner.measure.matters[0]])
        candidates = {outer.measure.id: outer for matter in above for outer in index[*key, matter]}
        outer = next((one for _, one in sorted(candidates.items()) if _supersedes(one, inner, tables)), None)
        if outer is not None:
            yield Pair(inner.measure, outer.measure, _content(inner.measure) == _content(outer.measure))


def _supersedes(outer: _Scope, inner: _Scope, tables: Tables) -> bool:
    """Return whether a measure makes another superfluous; of two equal ones, the earlier id does."""
    if outer.measure.id == inner.measure.id or not outer.holds(inner, tables):
        return False
    return outer.measure.id < inner.measure.id or not inner.holds(outer, tables)


def _key(measure: Measure) -> tuple[Any, ...]:
    return tuple(getattr(measure, name) for name in _ALIKE)


def _content(measure: Measure) -> dict[str, Any]:
    return measure.model_dump(exclude=_BY_THE_WAY)


class _Scope(NamedTuple):
    """A measure with what it reaches, worked out once (范围)."""

    measure: Measure
    causes: frozenset[str]
    kinds: frozenset[SubjectKind]
    read: int

    @classmethod
    def of(cls, measure: Measure, tables: Tables, as_of: date) -> _Scope:
        targets = measure.targets
        causes: Iterable[str] = tables.lists_of(measure, as_of)
        if measure.trigger in ACT_TRIGGERS:
            causes = targets.acts
        elif targets.grades is not None:
            causes = (f"{targets.grades.scheme}:{level}" for level in targets.grades.levels)
        carriers = carrying_bases(measure, tables.catalog)
        read = 1 + any(basis.text is TextState.VERIFIED for basis in carriers) if carriers else 0
        return cls(measure, frozenset(causes), plain_kinds(targets.kinds) or frozenset(SubjectKind), read)

    def holds(self, other: _Scope, tables: Tables) -> bool:
        """Return whether every case of the other measure is one of this, and this bites at least as well."""
        mine, theirs = self.measure, other.measure
        return (
            bool(other.causes)
            and other.causes <= self.causes
            and other.kinds <= self.kinds
            and other.read <= self.read
            and _holds_targets(mine, theirs)
            and _holds_place(mine, theirs)
            and all(_holds_bearer(mine, bearer) for bearer in theirs.bears)
            and all(_holds_matter(mine, theirs, matter, tables) for matter in theirs.matters)
        )


def _holds_targets(mine: Measure, theirs: Measure) -> bool:
    severe = set(mine.targets.severity)
    return (
        mine.targets.where in (None, theirs.targets.where)
        and (not severe or (bool(theirs.targets.severity) and severe >= set(theirs.targets.severity)))
        and (not mine.same_trade or theirs.same_trade)
        and (not mine.related_only or theirs.related_only)
    )


def _holds_place(mine: Measure, theirs: Measure) -> bool:
    return (
        (mine.region is None or lies_in(theirs.region, mine.region))
        and (not mine.phase or (bool(theirs.phase) and set(mine.phase) >= set(theirs.phase)))
        and set(mine.traits) <= set(theirs.traits)
        and set(mine.actor) >= set(theirs.actor)
        and all(condition in theirs.conditions for condition in mine.conditions)
    )


def _holds_bearer(mine: Measure, bearer: Bearer) -> bool:
    return any(
        own.role is bearer.role
        and own.at == bearer.at
        and (not own.personally_responsible or bearer.personally_responsible)
        for own in mine.bears
    )


def _holds_matter(mine: Measure, theirs: Measure, matter: str, tables: Tables) -> bool:
    """Return whether this measure speaks of a matter, and of all below it, in every role the other does."""
    if not tables.enclosing[matter] & set(mine.matters):
        return False
    below = [node for code, node in tables.catalog.matters.items() if matter in tables.enclosing[code]]
    return all(_roles(theirs, node.default_role) <= _roles(mine, node.default_role) for node in below)


def _roles(measure: Measure, default: Role) -> frozenset[Role]:
    return frozenset(measure.roles or (default, Role.CONSORTIUM_MEMBER))


def _contradictions(standing: list[Measure], tables: Tables, as_of: date) -> Iterator[Remark]:
    cases: dict[str, list[Measure]] = defaultdict(list)
    for measure in standing:
        cases[_case(measure)].append(measure)
    for first, second in (pair for alike in cases.values() for pair in combinations(alike, 2)):
        if first.degree is second.degree:
            continue
        shared = _shared_target(first, second, tables, as_of)
        if shared and _meet(first, second, tables):
            message = f"'{shared}'：本措施为 {second.degree.zh}，'{first.id}' 为 {first.degree.zh}。"
            yield Remark("measures", second.id, ("degree",), "contradiction", message)


def _case(measure: Measure) -> str:
    """Return what two measures must have in common to speak of the same case."""
    return repr([*(getattr(measure, key) for key in _APART), measure.targets.where, measure.targets.kinds])


def _shared_target(first: Measure, second: Measure, tables: Tables, as_of: date) -> str:
    if first.trigger in ACT_TRIGGERS:
        return min(set(first.targets.acts) & set(second.targets.acts), default="")
    if (first.targets.severity, first.targets.grades) != (second.targets.severity, second.targets.grades):
        return ""
    return min(tables.lists_of(first, as_of) & tables.lists_of(second, as_of), default="")


def _meet(first: Measure, second: Measure, tables: Tables) -> bool:
    """Return whether some matter of one lies in a matter of the other."""
    return any(
        one in tables.enclosing[other] or other in tables.enclosing[one]
        for one in first.matters
        for other in second.matters
    )
