"""Checks as they were filed (核查归档): written once, with what they ask to be done, and never changed."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import insert, select

from jointsanction.errors import LoopError
from jointsanction.model.filed import FiledCheck
from jointsanction.store.docket.tables import CHECK, OBLIGATION
from jointsanction.store.instants import from_micros, to_micros

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from sqlalchemy import Connection, Row

_QUICK: Final = 1
"""How hard answers are compressed: what the next levels save costs more time than it is worth."""

_OBLIGATION: Final = (
    "item", "measure", "effect", "binding", "automatic", "owed", "list", "list_kind", "batch", "row", "record",
    "due_on",
)  # fmt: skip


class Named(NamedTuple):
    """A filed check without its answer (核查归档): by which number, when and by whom, as part of which tender."""

    number: str
    recorded_at: datetime
    unit: str
    tender: str | None


class CheckRows:
    """The rows of some checks, made before the lock is taken (待写入行)."""

    def __init__(self, checks: Iterable[FiledCheck]) -> None:
        """Write the answers out and compress them."""
        self.checks = tuple(checks)
        self._rows = {check.number: _row_of(check) for check in self.checks}

    def write(self, connection: Connection, numbers: Iterable[str]) -> None:
        """Write those of some numbers, each with what it asks to be done."""
        wanted = frozenset(numbers)
        checks = [check for check in self.checks if check.number in wanted]
        if checks:
            connection.execute(insert(CHECK), [self._rows[check.number] for check in checks])
        asked = [row for check in checks for row in obligations_of(check)]
        if asked:
            connection.execute(insert(OBLIGATION), asked)


def check_of(connection: Connection, number: str) -> FiledCheck:
    """Return the check of a number, without its items (取核查归档).

    Raises:
        LoopError: `loop.no_such_check`.
    """
    row = connection.execute(select(CHECK).where(CHECK.c.number == number)).first()
    if row is None:
        raise no_such_check()
    return _check_of(row)


def no_such_check() -> LoopError:
    """Return the error for a number under which nothing was filed, or nothing that is for whoever asks."""
    code, message = "loop.no_such_check", "没有这个编号的核查归档。"
    return LoopError(code, message, "请核对核查编号（HC 开头）；未归档的核查只有凭证。")


def obligations_of(check: FiledCheck) -> list[dict[str, Any]]:
    """Return what a check asks to be done as it is kept (应执行事项)."""
    return [
        {"check_number": check.number, **{name: getattr(item, name) for name in _OBLIGATION}} for item in check.items
    ]


def kept_obligations(connection: Connection, number: str) -> list[dict[str, Any]]:
    """Return what is kept of what a check asks to be done, by its place; as `obligations_of` returns it."""
    columns = [OBLIGATION.c[name] for name in ("check_number", *_OBLIGATION)]
    wanted = select(*columns).where(OBLIGATION.c.check_number == number).order_by(OBLIGATION.c.item)
    return [dict(row) for row in connection.execute(wanted).mappings()]


def kept_check(connection: Connection, number: str) -> tuple[FiledCheck, dict[str, Any]] | None:
    """Return the check of a number, and its columns as they stand; None when there is none (归档及其各列).

    Raises:
        ValueError: an answer that can't be read.
    """
    row = connection.execute(select(CHECK).where(CHECK.c.number == number)).first()
    if row is None:
        return None
    try:
        return _check_of(row), {each.name: getattr(row, each.name) for each in CHECK.c if each.name != "document"}
    except zlib.error as error:
        raise ValueError(number) from error


def named_with(connection: Connection, receipt: str) -> tuple[Named, ...]:
    """Return the checks of a receipt without their answers; of equal answers there may be several (按凭证检索)."""
    columns = (CHECK.c.number, CHECK.c.recorded_at, CHECK.c.unit, CHECK.c.tender)
    rows = connection.execute(select(*columns).where(CHECK.c.receipt == receipt).order_by(CHECK.c.number))
    return tuple(Named(row.number, from_micros(row.recorded_at), row.unit, row.tender) for row in rows)


def numbers_under(connection: Connection, tender: str) -> tuple[str, ...]:
    """Return the numbers of the checks filed under the number of a tender or batch, in their order."""
    wanted = select(CHECK.c.number).where(CHECK.c.tender == tender).order_by(CHECK.c.place)
    return tuple(connection.execute(wanted).scalars())


def checks_under(connection: Connection, tender: str) -> tuple[FiledCheck, ...]:
    """Return the checks filed under the number of a tender or batch, in their order, without their items."""
    rows = connection.execute(select(CHECK).where(CHECK.c.tender == tender).order_by(CHECK.c.place))
    return tuple(map(_check_of, rows))


def checks_of_case(connection: Connection, case_no: str) -> tuple[FiledCheck, ...]:
    """Return the checks filed in a case, the newest first, without their items (本案核查)."""
    rows = connection.execute(select(CHECK).where(CHECK.c.case_no == case_no).order_by(CHECK.c.recorded_at.desc()))
    return tuple(map(_check_of, rows))


def doubtful_checks(connection: Connection, unit: str, *, limit: int) -> tuple[FiledCheck, ...]:
    """Return the newest checks of a unit that could not know everything, without their items (存疑核查)."""
    among = select(CHECK).where(CHECK.c.unit == unit, CHECK.c.complete.is_(False))
    newest = among.order_by(CHECK.c.recorded_at.desc(), CHECK.c.number).limit(limit)
    return tuple(map(_check_of, connection.execute(newest)))


def due_day(connection: Connection, number: str) -> date | None:
    """Return the day by which what a check asks for is to be fed back, None when it asks for nothing (反馈期限)."""
    due: date | None = connection.execute(
        select(OBLIGATION.c.due_on).where(OBLIGATION.c.check_number == number).limit(1)
    ).scalar()
    return due


def columns_of_check(check: FiledCheck) -> dict[str, Any]:
    """Return the columns that a check is found by: all but its answer (检索列)."""
    names = ("number", "receipt", "subject", "matter", "region", "verdict", "purpose", "case_no", "tender", "place")
    return {
        **{name: getattr(check, name) for name in names},
        "complete": check.document["complete"],
        "unit": check.unit,
        "account": check.account,
        "officer": check.officer,
        "recorded_at": to_micros(check.recorded_at),
    }


def _row_of(check: FiledCheck) -> dict[str, Any]:
    document = zlib.compress(json.dumps(check.document, ensure_ascii=False).encode(), _QUICK)
    return {**columns_of_check(check), "document": document}


def _check_of(row: Row[Any]) -> FiledCheck:
    return FiledCheck(
        number=row.number,
        document=json.loads(zlib.decompress(row.document)),
        subject=row.subject,
        purpose=row.purpose,
        unit=row.unit,
        account=row.account,
        region=row.region,
        officer=row.officer,
        tender=row.tender,
        place=row.place,
        recorded_at=from_micros(row.recorded_at),
    )
