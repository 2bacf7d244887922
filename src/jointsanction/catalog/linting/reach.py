"""Whom and when measures reach (措施范围检查): never anybody, nobody today, or only whoever asks in so many words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.catalog.compile import ALWAYS, FOR_EVER, basis_start, in_time
from jointsanction.catalog.compiling.levels import carrying_bases
from jointsanction.catalog.remark import Remark
from jointsanction.terms import UNIT_KINDS, Role, SubjectKind, Trigger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from jointsanction.catalog.compile import Tables
    from jointsanction.model.catalogue import ListType, Matter, Measure


def reach_remarks(tables: Tables, as_of: date) -> Iterator[Remark]:
    """Yield where a measure reaches nobody, ever or on this day."""
    for measure in tables.catalog.measures.values():
        if measure.status == "retired":
            if measure.valid_to is None:
                yield Remark("measures", measure.id, ("status",), "retired-without-end")
            continue
        below = [node for code, node in tables.catalog.matters.items() if tables.enclosing[code] & set(measure.matters)]
        yield from _traits(measure, below)
        yield from _dates(measure, tables)
        yield from _asked_only(measure, below)
        yield from _kinds(measure, tables, as_of)
        if stands(measure, tables, as_of):
            yield from _idle(measure, tables, as_of)


def stands(measure: Measure, tables: Tables, as_of: date) -> bool:
    """Return whether a measure is in time on a day, with some basis in force (有效)."""
    return in_time(measure.valid_from, measure.valid_to, as_of) and any(
        tables.basis_in_force(basis, as_of) for basis in measure.basis
    )


def plain_kinds(kinds: Iterable[str]) -> frozenset[SubjectKind]:
    """Return the subject kinds meant, `unit` resolved (主体类别)."""
    found: set[SubjectKind] = set()
    for kind in kinds:
        found |= UNIT_KINDS if kind == "unit" else {SubjectKind(kind)}
    return frozenset(found)


def _traits(measure: Measure, below: list[Matter]) -> Iterator[Remark]:
    if all(set(measure.traits) & set(node.not_traits) for node in below):
        message = f"所列事项都不具备特征：{'、'.join(measure.traits)}。"
        yield Remark("measures", measure.id, ("traits",), "unreachable", message)


def _dates(measure: Measure, tables: Tables) -> Iterator[Remark]:
    """A measure that ends before its law begins was never in force; nor was one that begins after it."""
    bases = carrying_bases(measure, tables.catalog) or measure.basis
    first, last = measure.valid_from or ALWAYS, measure.valid_to or FOR_EVER
    instruments = tables.catalog.instruments
    spans = [(basis_start(basis, instruments[basis.instrument]), tables.basis_end(basis)) for basis in bases]
    if not any(start <= last and first <= end for start, end in spans):
        path = ("valid_from",) if measure.valid_from is not None else ("valid_to",)
        yield Remark("measures", measure.id, path, "unreachable", "措施的起止日期与依据的起止日期没有交集。")


def _asked_only(measure: Measure, below: list[Matter]) -> Iterator[Remark]:
    """No role and no phase comes of itself but the matter's own; aliases bring a role with them."""
    roles = {node.default_role for node in below} | {Role.CONSORTIUM_MEMBER}
    for node in below:
        roles |= {alias.role for alias in node.aliases if alias.role is not None}
    if measure.roles and not roles & set(measure.roles):
        said = f"角色 {'、'.join(role.zh for role in measure.roles)} 须在提问中写明。"
        yield Remark("measures", measure.id, ("roles",), "asked-only", said)
    if measure.phase and not {node.default_phase for node in below} & set(measure.phase):
        said = f"环节 {'、'.join(phase.zh for phase in measure.phase)} 须在提问中写明。"
        yield Remark("measures", measure.id, ("phase",), "asked-only", said)


def _kinds(measure: Measure, tables: Tables, as_of: date) -> Iterator[Remark]:
    """Yield the kinds of subject that none of the lists enters: a measure's kinds are those of whoever is listed."""
    wanted = plain_kinds(measure.targets.kinds)
    lists = [tables.catalog.lists[code] for code in sorted(tables.lists_of(measure, as_of))]
    if measure.trigger is not Trigger.LISTING or not wanted or not lists:
        return
    entered = [_entered(kind) for kind in lists]
    if not all(entered):
        return
    idle = wanted - frozenset().union(*entered)
    if idle == wanted:
        yield Remark("measures", measure.id, ("targets", "kinds"), "unreachable", "所列名单都不列入这些主体类别。")
    elif idle and "unit" not in measure.targets.kinds:
        said = f"{'、'.join(sorted(kind.zh for kind in idle))}。"
        yield Remark("measures", measure.id, ("targets", "kinds"), "idle-kind", said)


def _entered(kind: ListType) -> frozenset[SubjectKind]:
    """Return whom a list enters, those beside the unit included; nothing where it doesn't say."""
    beside = {SubjectKind.PERSON} if kind.kinds and kind.entered_with else set()
    return plain_kinds(kind.kinds) | beside


def _idle(measure: Measure, tables: Tables, as_of: date) -> Iterator[Remark]:
    """On this day: a group without members, or lists none of which rests on anything in force."""
    if measure.trigger is not Trigger.LISTING:
        return
    lists = [tables.catalog.lists[code] for code in sorted(tables.lists_of(measure, as_of))]
    if not lists:
        said = f"对象组 {'、'.join(measure.targets.groups)} 在 {as_of} 没有组成名单。"
        yield Remark("measures", measure.id, ("targets", "groups"), "idle", said)
    elif all(_ended(kind, tables, as_of) for kind in lists):
        said = f"名单 {'、'.join(kind.code for kind in lists)} 在 {as_of} 都没有有效的设立依据。"
        yield Remark("measures", measure.id, ("targets",), "idle", said)


def _ended(kind: ListType, tables: Tables, as_of: date) -> bool:
    """Return whether a list once rested on something and no longer does."""
    return bool(kind.basis) and not any(tables.basis_in_force(basis, as_of) for basis in kind.basis)
