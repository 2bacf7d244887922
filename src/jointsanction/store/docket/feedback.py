"""What was told back about the findings of filed checks (执行反馈): added to, and never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import exists, func, insert, select

from jointsanction.errors import LoopError
from jointsanction.model.filed import Feedback, PendingFeedback
from jointsanction.store.docket.tables import CHECK, FEEDBACK, OBLIGATION
from jointsanction.store.instants import from_micros
from jointsanction.terms import Handling

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from sqlalchemy import ColumnElement, Connection, Row

    from jointsanction.model.caller import Caller

_SAID: Final = (
    "number", "item", "basis_instrument", "basis_article", "handling", "result", "amount", "done_on", "department",
    "officer", "typical", "on_time", "corrects",
)  # fmt: skip


def write_feedback(connection: Connection, feedback: Feedback, caller: Caller, *, at: int) -> None:
    """Keep one feedback that was found in order (登记反馈)."""
    said = {name: getattr(feedback, name) for name in _SAID}
    who = {"unit": caller.unit, "account": caller.account, "recorded_at": at}
    connection.execute(insert(FEEDBACK), {**said, "check_number": feedback.check, **who})


def feedback_of(connection: Connection, check: str) -> tuple[Feedback, ...]:
    """Return all that was told back about a check, corrected ones too, the newest last (反馈情况)."""
    among = select(FEEDBACK).where(FEEDBACK.c.check_number == check)
    return tuple(map(_feedback_of, connection.execute(among.order_by(FEEDBACK.c.recorded_at, FEEDBACK.c.number))))


def feedback_under(connection: Connection, number: str) -> Feedback:
    """Return the feedback of a number (取反馈).

    Raises:
        LoopError: `loop.no_such_feedback`.
    """
    row = connection.execute(select(FEEDBACK).where(FEEDBACK.c.number == number)).first()
    if row is None:
        code, message = "loop.no_such_feedback", "没有这个编号的反馈。"
        raise LoopError(code, message, "请核对反馈编号（FK 开头）。")
    return _feedback_of(row)


def kept_feedback(connection: Connection, number: str) -> list[dict[str, Any]]:
    """Return the row of a feedback, no row when there is none (反馈登记各列)."""
    rows = connection.execute(select(FEEDBACK).where(FEEDBACK.c.number == number))
    return [dict(row) for row in rows.mappings()]


def standing(*also: ColumnElement[bool]) -> tuple[ColumnElement[bool], ...]:
    """Return the condition that a feedback stands: none corrects it (有效反馈)."""
    later = FEEDBACK.alias("later")
    return (~exists().where(later.c.corrects == FEEDBACK.c.number), *also)


def standing_feedback(connection: Connection, span: tuple[int, int], unit: str | None = None) -> Iterator[Feedback]:
    """Yield the feedback that stands and was recorded from an instant on and before another (有效反馈)."""
    told = FEEDBACK.c.recorded_at
    among = select(FEEDBACK).where(*standing(told >= span[0], told < span[1]))
    if unit is not None:
        among = among.where(FEEDBACK.c.unit == unit)
    for row in connection.execute(among.order_by(told, FEEDBACK.c.number)):
        yield _feedback_of(row)


def earlier_like(connection: Connection, feedback: Feedback) -> tuple[str, ...]:
    """Return the standing feedback told before about the same subject, listing, measure and case (先前案例)."""
    mine, check = OBLIGATION.alias("mine"), CHECK.alias("mine_check")
    same = (
        select(mine.c.measure, mine.c.record, check.c.subject, check.c.case_no)
        .join(check, check.c.number == mine.c.check_number)
        .where(mine.c.check_number == feedback.check, mine.c.item == feedback.item)
    )
    told = connection.execute(same).one()
    rows = connection.execute(
        select(FEEDBACK.c.number, FEEDBACK.c.recorded_at)
        .join(
            OBLIGATION,
            (OBLIGATION.c.check_number == FEEDBACK.c.check_number) & (OBLIGATION.c.item == FEEDBACK.c.item),
        )
        .join(CHECK, CHECK.c.number == FEEDBACK.c.check_number)
        .where(
            *standing(FEEDBACK.c.number != feedback.number),
            OBLIGATION.c.measure == told.measure,
            OBLIGATION.c.record == told.record,
            CHECK.c.subject == told.subject,
            CHECK.c.case_no == told.case_no,
        )
        .order_by(FEEDBACK.c.recorded_at, FEEDBACK.c.number)
    )
    own = connection.execute(select(FEEDBACK.c.recorded_at).where(FEEDBACK.c.number == feedback.number)).scalar_one()
    return tuple(row.number for row in rows if (row.recorded_at, row.number) < (own, feedback.number))


def pending(
    connection: Connection,
    *,
    unit: str | None = None,
    due_by: date | None = None,
    check: str | None = None,
    subjects: Collection[str] | None = None,
) -> tuple[PendingFeedback, ...]:
    """Return what is owed and was not fed back, the soonest due first (待反馈).

    `due_by` is the last day of what is wanted, `unit` whoever filed the checks, `check` one of them, `subjects` the
    keys of whom they are about.
    """
    told = exists().where(FEEDBACK.c.check_number == OBLIGATION.c.check_number, FEEDBACK.c.item == OBLIGATION.c.item)
    wanted = (
        select(OBLIGATION, CHECK.c.matter, CHECK.c.region, CHECK.c.case_no, CHECK.c.unit, CHECK.c.account)
        .join(CHECK, CHECK.c.number == OBLIGATION.c.check_number)
        .where(OBLIGATION.c.owed, ~told)
    )
    for column, value in ((CHECK.c.unit, unit), (CHECK.c.number, check)):
        if value is not None:
            wanted = wanted.where(column == value)
    if subjects is not None:
        wanted = wanted.where(CHECK.c.subject.in_(subjects))
    if due_by is not None:
        wanted = wanted.where(OBLIGATION.c.due_on <= due_by)
    order = (OBLIGATION.c.due_on, OBLIGATION.c.check_number, OBLIGATION.c.item)
    return tuple(_pending_of(row) for row in connection.execute(wanted.order_by(*order)))


def owed_and_told(connection: Connection, check: str) -> tuple[int, int]:
    """Return how many findings of a check are to be fed back, and how many of them were (反馈进度)."""
    owed = connection.execute(
        select(func.count()).select_from(OBLIGATION).where(OBLIGATION.c.check_number == check, OBLIGATION.c.owed)
    ).scalar_one()
    return owed, owed - len(pending(connection, check=check))


def _pending_of(row: Row[Any]) -> PendingFeedback:
    return PendingFeedback(
        check=row.check_number,
        item=row.item,
        measure=row.measure,
        effect=row.effect,
        list=row.list,
        matter=row.matter,
        region=row.region,
        case_no=row.case_no,
        unit=row.unit,
        account=row.account,
        due_on=row.due_on,
    )


def _feedback_of(row: Row[Any]) -> Feedback:
    said = {name: getattr(row, name) for name in _SAID}
    said["handling"] = Handling(row.handling)
    return Feedback(check=row.check_number, **said, unit=row.unit, recorded_at=from_micros(row.recorded_at))
