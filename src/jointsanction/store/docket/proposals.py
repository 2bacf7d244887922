"""Changes of the catalogue that were proposed (目录修改申请台账): decided once, and never changed otherwise."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from jointsanction.model.proposal import Proposal
from jointsanction.store.docket.tables import PROPOSAL
from jointsanction.store.instants import from_micros, to_micros
from jointsanction.terms import ProposalState

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, Row


def write_proposal(connection: Connection, proposal: Proposal) -> None:
    """Keep a change that was proposed (提出)."""
    said = {
        "number": proposal.number,
        "title": proposal.title,
        "files": json.dumps(dict(proposal.files), ensure_ascii=False, sort_keys=True),
        "against": json.dumps(dict(proposal.against), sort_keys=True),
        "author": proposal.author,
        "state": proposal.state.value,
        "recorded_at": to_micros(proposal.recorded_at),
    }
    connection.execute(insert(PROPOSAL), said)


def decide_proposal(connection: Connection, proposal: Proposal, decided_at: datetime) -> bool:
    """Keep what became of a change; false when somebody had decided it already."""
    still_open = (PROPOSAL.c.number == proposal.number, PROPOSAL.c.state == ProposalState.PROPOSED.value)
    said = {
        "state": proposal.state.value,
        "reviewer": proposal.reviewer,
        "reason": proposal.reason,
        "decided_at": to_micros(decided_at),
    }
    return connection.execute(update(PROPOSAL).where(*still_open).values(said)).rowcount == 1


def proposal_of(connection: Connection, number: str) -> Proposal | None:
    """Return a change by its number, None when there is none."""
    row = connection.execute(select(PROPOSAL).where(PROPOSAL.c.number == number)).first()
    return None if row is None else _proposal_of(row)


def proposals_known(connection: Connection, state: ProposalState | None = None) -> tuple[Proposal, ...]:
    """Return all changes, or those of one state: in the order in which they were decided, the open ones last."""
    wanted = select(PROPOSAL) if state is None else select(PROPOSAL).where(PROPOSAL.c.state == state.value)
    return tuple(sorted(map(_proposal_of, connection.execute(wanted)), key=_when))


def approved_numbers(connection: Connection) -> tuple[str, ...]:
    """Return the numbers of all approved changes, in the order in which they were decided (已通过的修改)."""
    wanted = select(PROPOSAL.c.number).where(PROPOSAL.c.state == ProposalState.APPROVED.value)
    return tuple(connection.execute(wanted.order_by(PROPOSAL.c.decided_at, PROPOSAL.c.number)).scalars())


def instant_of_decision(connection: Connection, now: datetime) -> datetime:
    """Return the instant of a decision made now (决定时刻): after every earlier one, whatever clock that was told by.

    Of two changes of one file the later approved is the one in force.
    """
    last = connection.execute(select(func.max(PROPOSAL.c.decided_at))).scalar()
    return now if last is None else from_micros(max(to_micros(now), last + 1))


def _when(proposal: Proposal) -> tuple[bool, datetime, str]:
    return (proposal.decided_at is None, proposal.decided_at or proposal.recorded_at, proposal.number)


def _proposal_of(row: Row[Any]) -> Proposal:
    return Proposal(
        number=row.number,
        title=row.title,
        files=json.loads(row.files),
        against=json.loads(row.against),
        author=row.author,
        state=ProposalState(row.state),
        reviewer=row.reviewer,
        reason=row.reason,
        recorded_at=from_micros(row.recorded_at),
        decided_at=None if row.decided_at is None else from_micros(row.decided_at),
    )
