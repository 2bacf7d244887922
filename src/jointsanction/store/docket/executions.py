"""What was decided and done about the findings of filed checks (执行): each once, and never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from jointsanction.model.filed import Execution
from jointsanction.store.docket.tables import EXECUTION
from jointsanction.terms import ExecutionOutcome

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy import Connection, Row

    from jointsanction.model.caller import Caller


def write_executions(connection: Connection, executions: Iterable[Execution], caller: Caller, *, at: int) -> None:
    """Keep what was done, by whom (登记执行)."""
    who = {"unit": caller.unit, "account": caller.account, "recorded_at": at}
    rows = [_row_of(each) | who for each in executions]
    if rows:
        connection.execute(insert(EXECUTION), rows)


def executions_of(connection: Connection, check: str) -> tuple[Execution, ...]:
    """Return what was done about the findings of a check, by their place (执行情况)."""
    rows = connection.execute(select(EXECUTION).where(EXECUTION.c.check_number == check).order_by(EXECUTION.c.item))
    return tuple(map(_execution_of, rows))


def kept_executions(connection: Connection, check: str, items: Collection[int]) -> list[dict[str, Any]]:
    """Return the rows of what was done about some findings of a check, by their place (执行登记各列)."""
    wanted = (EXECUTION.c.check_number == check, EXECUTION.c.item.in_(items))
    columns = [column for column in EXECUTION.c if column.name != "id"]
    rows = connection.execute(select(*columns).where(*wanted).order_by(EXECUTION.c.item))
    return [dict(row) for row in rows.mappings()]


def count_executions(connection: Connection) -> int:
    """Return how much was done in all (执行件数)."""
    return connection.execute(select(func.count()).select_from(EXECUTION)).scalar_one()


def _row_of(execution: Execution) -> dict[str, Any]:
    return {
        "check_number": execution.check,
        "item": execution.item,
        "outcome": execution.outcome.value,
        "decider": execution.decider,
        "reason": execution.reason,
        "decided_on": execution.decided_on,
    }


def _execution_of(row: Row[Any]) -> Execution:
    return Execution(
        check=row.check_number,
        item=row.item,
        outcome=ExecutionOutcome(row.outcome),
        decider=row.decider,
        reason=row.reason,
        decided_on=row.decided_on,
    )
