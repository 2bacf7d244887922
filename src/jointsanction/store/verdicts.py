"""What persons decided about candidates (身份核实结论): kept for ever, however many on one candidate."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from jointsanction.model.identity_verdict import IdentityVerdict
from jointsanction.store.instants import from_micros
from jointsanction.store.tables import VERDICT
from jointsanction.terms import IdentityOutcome

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row


def write_verdict(connection: Connection, verdict: IdentityVerdict, recorded_at: int) -> None:
    """Add a verdict; none is ever changed."""
    connection.execute(
        insert(VERDICT),
        {
            "subject": verdict.subject,
            "record": verdict.record,
            "list": verdict.list,
            "outcome": verdict.outcome.value,
            "author": verdict.author,
            "reason": verdict.reason,
            "decided_on": verdict.decided_on,
            "expires_on": verdict.expires_on,
            "recorded_at": recorded_at,
        },
    )


def verdicts_known(connection: Connection, at: int | None = None) -> tuple[IdentityVerdict, ...]:
    """Return all verdicts, or those given by an instant, the newest last."""
    given = select(VERDICT).order_by(VERDICT.c.id)
    if at is not None:
        given = given.where(VERDICT.c.recorded_at <= at)
    return tuple(map(_verdict_of, connection.execute(given)))


def version_with(version: str, verdicts: tuple[IdentityVerdict, ...]) -> str:
    """Return the version of a store in which verdicts were given: they are part of what it answers."""
    if not verdicts:
        return version
    said = [
        (each.subject, each.record, each.outcome.value, str(each.expires_on), str(each.recorded_at))
        for each in verdicts
    ]
    return "sha256:" + hashlib.sha256(f"{version} {said}".encode()).hexdigest()


def _verdict_of(row: Row[Any]) -> IdentityVerdict:
    return IdentityVerdict(
        subject=row.subject,
        record=row.record,
        list=row.list,
        outcome=IdentityOutcome(row.outcome),
        author=row.author,
        reason=row.reason,
        decided_on=row.decided_on,
        expires_on=row.expires_on,
        recorded_at=from_micros(row.recorded_at),
    )
