"""Figures of the loop (闭环统计), counted by the database day by day: queried, hit, executed, fed back, in time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from sqlalchemy import and_, case, distinct, func, or_, select, true

from jointsanction.store.docket.feedback import standing
from jointsanction.store.docket.tables import CHECK, EXECUTION, FEEDBACK, OBLIGATION
from jointsanction.terms import ExecutionOutcome, Handling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Connection, Subquery

Words: TypeAlias = "tuple[str | None, ...]"

_SHIFT: Final = 8 * 3_600_000_000
_DAY: Final = 24 * 3_600_000_000
_EPOCH: Final = date(1970, 1, 1)
_DONE: Final = (ExecutionOutcome.AUTOMATIC.value, ExecutionOutcome.DECIDED.value)

OF_CHECKS: Final = ("unit", "region", "matter")
"""What a check as a whole has one of."""

OF_ITEMS: Final = ("list", "list_kind", "measure", "effect", "department")
"""What each thing that a check asks for has one of; the department is the one that its feedback names."""


class Scope(NamedTuple):
    """Which checks are counted (统计范围): filed from an instant on and before another, by one unit or by any."""

    start: int
    end: int
    unit: str | None = None


class ItemFigures(NamedTuple):
    """What is counted of things to be done (事项统计数): checks that ask for them, they, done, owed, told, in time."""

    hit: int
    items: int
    executed: int
    owed: int
    fed_back: int
    on_time: int


def queried(connection: Connection, by: Sequence[str], scope: Scope) -> dict[tuple[date, Words], int]:
    """Return how many checks of a scope were filed each day, by some of their words."""
    checks = _checks(scope)
    groups = (checks.c.day, *(checks.c[name] for name in by))
    rows = connection.execute(select(*groups, func.count()).group_by(*groups))
    return {(_day(row[0]), tuple(row[1:-1])): row[-1] for row in rows}


def counted(connection: Connection, by: Sequence[str], scope: Scope) -> dict[tuple[date, Words], ItemFigures]:
    """Return the figures of what checks of each day ask for, by some words of theirs and of the checks.

    What could not be carried out, or was decided against, is not done, whatever was told back of it.
    """
    checks, told = _checks(scope), select(FEEDBACK).where(*standing()).subquery()
    words = {**{name: checks.c[name] for name in OF_CHECKS}, "department": told.c.department}
    groups = (checks.c.day, *(words[name] if name in words else OBLIGATION.c[name] for name in by))
    here = and_(EXECUTION.c.check_number == OBLIGATION.c.check_number, EXECUTION.c.item == OBLIGATION.c.item)
    back = and_(told.c.check_number == OBLIGATION.c.check_number, told.c.item == OBLIGATION.c.item)
    is_told = told.c.number.is_not(None)
    applied = and_(EXECUTION.c.outcome.is_(None), told.c.handling == Handling.APPLIED.value)
    done = or_(EXECUTION.c.outcome.in_(_DONE), applied)
    figures = (
        func.count(distinct(OBLIGATION.c.check_number)),
        func.count(),
        _how_many(done),
        _how_many(OBLIGATION.c.owed),
        _how_many(and_(OBLIGATION.c.owed, is_told)),
        _how_many(and_(OBLIGATION.c.owed, is_told, told.c.on_time)),
    )
    rows = connection.execute(
        select(*groups, *figures)
        .select_from(OBLIGATION)
        .join(checks, checks.c.number == OBLIGATION.c.check_number)
        .outerjoin(EXECUTION, here)
        .outerjoin(told, back)
        .group_by(*groups)
    )
    size = len(by) + 1
    return {(_day(row[0]), tuple(row[1:size])): ItemFigures(*row[size:]) for row in rows}


def _checks(scope: Scope) -> Subquery:
    """Return the checks of a scope with the day, in China, on which each was filed."""
    at = CHECK.c.recorded_at
    words = (CHECK.c.number, *(CHECK.c[name] for name in OF_CHECKS))
    mine = true() if scope.unit is None else CHECK.c.unit == scope.unit
    filed = select(*words, ((at + _SHIFT) // _DAY).label("day"))
    return filed.where(at >= scope.start, at < scope.end, mine).subquery()


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _day(number: int) -> date:
    return _EPOCH + timedelta(days=int(number))
