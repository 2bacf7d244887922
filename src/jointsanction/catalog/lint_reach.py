"""Whom and what measures reach (措施范围检查): never anybody, the wrong list, two degrees at once, too long."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from jointsanction.catalog.compile import in_time
from jointsanction.catalog.levels import withholds_a_right
from jointsanction.catalog.remark import Remark
from jointsanction.terms import ACT_TRIGGERS, UNIT_KINDS, Actor, Effect, ListKind, MeasureClass, SubjectKind, Trigger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from jointsanction.catalog.compile import Tables
    from jointsanction.model.catalogue import Measure

_LONGEST_LISTING: Final = 5
_LONGEST_BAN: Final = 10
_PUBLIC: Final = frozenset({Actor.PUBLIC, Actor.COURT})


def reach_remarks(tables: Tables, as_of: date) -> Iterator[Remark]:
    """Yield where a measure or list reaches nobody, or whom it should not."""
    active = [measure for measure in tables.catalog.measures.values() if measure.status == "active"]
    for measure in tables.catalog.measures.values():
        if measure.status == "retired" and measure.valid_to is None:
            yield Remark("measures", measure.id, ("status",), "retired-without-end")
    for measure in active:
        yield from _unreachable(measure, tables, as_of)
        yield from _list_kinds(measure, tables)
        yield from _manner(measure, tables)
        yield from _too_long(measure)
    yield from _contradictions(active, tables, as_of)
    yield from _lists_and_groups(tables)


def _unreachable(measure: Measure, tables: Tables, as_of: date) -> Iterator[Remark]:
    below = [node for code, node in tables.catalog.matters.items() if tables.enclosing[code] & set(measure.matters)]
    if all(set(measure.traits) & set(node.not_traits) for node in below):
        message = f"所列事项都不具备特征：{'、'.join(measure.traits)}。"
        yield Remark("measures", measure.id, ("traits",), "unreachable", message)
    lists = [tables.catalog.lists[code] for code in tables.lists_of(measure, as_of)]
    wanted = _plain(measure.targets.kinds)
    if measure.trigger is Trigger.LISTING and wanted and lists:
        entered = [_plain(kind.kinds) for kind in lists]
        if all(kinds and not kinds & wanted for kinds in entered):
            yield Remark("measures", measure.id, ("targets", "kinds"), "unreachable", "所列名单都不列入这些主体类别。")


def _plain(kinds: Iterable[str]) -> frozenset[SubjectKind]:
    """Return the subject kinds meant, `unit` resolved."""
    found: set[SubjectKind] = set()
    for kind in kinds:
        found |= UNIT_KINDS if kind == "unit" else {SubjectKind(kind)}
    return frozenset(found)


def _list_kinds(measure: Measure, tables: Tables) -> Iterator[Remark]:
    """A red list restricts nobody, any other list earns nobody an incentive, a record is no list."""
    for index, code in enumerate(measure.targets.lists):
        kind = tables.catalog.lists[code].kind
        favours = measure.effect is Effect.INCENTIVE
        wrong = (kind is ListKind.RED) is not favours
        wrong = wrong or kind is ListKind.PUBLICATION
        if measure.trigger is Trigger.LISTING:
            wrong = wrong or kind is ListKind.RECORD
        if measure.trigger is Trigger.RECORD:
            wrong = wrong or kind is not ListKind.RECORD
        if wrong:
            message = f"'{code}' 是{kind.zh}，不能触发{measure.effect.zh}（{measure.trigger.zh}）。"
            yield Remark("measures", measure.id, ("targets", "lists", index), "kind-mismatch", message)


def _manner(measure: Measure, tables: Tables) -> Iterator[Remark]:
    right = withholds_a_right(measure, tables.catalog)
    if right is not None:
        yield Remark("measures", measure.id, ("degree",), "withholds-a-right", f"事项 '{right}' 是权利。")
    if measure.measure_class is MeasureClass.VOLUNTARY and _PUBLIC & set(measure.actor):
        yield Remark("measures", measure.id, ("actor",), "voluntary-by-public")


def _too_long(measure: Measure) -> Iterator[Remark]:
    for index, duration in enumerate(measure.term):
        longest = max(duration.years) if isinstance(duration.years, tuple) else duration.years
        if longest is not None and longest > _LONGEST_BAN:
            message = f"{longest} 年：法律中按年计算的禁入至多 {_LONGEST_BAN} 年，更长的是终身（life: true）。"
            yield Remark("measures", measure.id, ("term", index, "years"), "over-long", message)


def _lists_and_groups(tables: Tables) -> Iterator[Remark]:
    for code, kind in tables.catalog.lists.items():
        for index, term in enumerate(kind.term):
            longest = max(term.years) if isinstance(term.years, tuple) else term.years
            if longest is not None and longest > _LONGEST_LISTING:
                message = f"{longest} 年：失信信息的公示、披露期限一般不超过 {_LONGEST_LISTING} 年。"
                yield Remark("lists", code, ("term", index, "years"), "over-long", message)
        names = (kind.title, *(alias.name for alias in kind.aliases))
        for forbidden in tables.catalog.forbidden.values():
            if any(word in name for word in forbidden.words for name in names):
                yield Remark(
                    "lists", code, ("title",), "forbidden-behaviour", f"见 '{forbidden.id}'：{forbidden.title}。"
                )
    for code, group in tables.catalog.groups.items():
        for index, member in enumerate(group.members):
            if tables.catalog.lists[member.list].kind in {ListKind.RECORD, ListKind.PUBLICATION}:
                yield Remark("groups", code, ("members", index), "record-in-group", f"'{member.list}'。")


def _contradictions(active: list[Measure], tables: Tables, as_of: date) -> Iterator[Remark]:
    standing = [measure for measure in active if _stands(measure, tables, as_of)]
    for first, second in combinations(standing, 2):
        if first.degree is second.degree or not _same_case(first, second):
            continue
        shared = _shared_target(first, second, tables, as_of)
        if shared and _meet(first, second, tables):
            message = f"'{shared}'：本措施为 {second.degree.zh}，'{first.id}' 为 {first.degree.zh}。"
            yield Remark("measures", second.id, ("degree",), "contradiction", message)


def _stands(measure: Measure, tables: Tables, as_of: date) -> bool:
    return in_time(measure.valid_from, measure.valid_to, as_of) and any(
        tables.basis_in_force(basis, as_of) for basis in measure.basis
    )


def _same_case(first: Measure, second: Measure) -> bool:
    """Return whether two measures speak of the same case; whatever sets one apart is meant to."""
    apart = ("effect", "measure_class", "trigger", "layer", "roles", "phase", "traits", "region", "bears", "actor")
    return all(getattr(first, key) == getattr(second, key) for key in apart) and (
        first.targets.where == second.targets.where
        and first.targets.kinds == second.targets.kinds
        and first.conditions == second.conditions
    )


def _shared_target(first: Measure, second: Measure, tables: Tables, as_of: date) -> str:
    lists = tables.lists_of(first, as_of) & tables.lists_of(second, as_of)
    acts = set(first.targets.acts) & set(second.targets.acts)
    if first.trigger in ACT_TRIGGERS:
        return min(acts, default="")
    same_level = first.targets.severity == second.targets.severity and first.targets.grades == second.targets.grades
    return min(lists, default="") if same_level else ""


def _meet(first: Measure, second: Measure, tables: Tables) -> bool:
    """Return whether some matter of one lies in a matter of the other."""
    return any(
        one in tables.enclosing[other] or other in tables.enclosing[one]
        for one in first.matters
        for other in second.matters
    )
