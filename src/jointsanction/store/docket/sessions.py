"""Who is at the console (登录会话): kept at the server, known by the digest of a token; and sign-ins that failed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import delete, insert, select, update

from jointsanction.store.docket.tables import SESSION, TRIAL
from jointsanction.store.instants import from_micros, to_micros

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection


class Session(NamedTuple):
    """Somebody signed in (登录会话): `csrf` is what his forms bring back, `officer` who he says he is."""

    digest: str
    account: str
    officer: str
    csrf: str
    began_at: datetime
    seen_at: datetime


class Trials(NamedTuple):
    """How often somebody failed to sign in under one name, one time after another (连续登录失败)."""

    failures: int = 0
    last_at: datetime | None = None


def begin_session(connection: Connection, session: Session, *, idle_before: datetime) -> None:
    """Keep a new session (登录); sessions nobody was seen in since an instant are over and go (超时退出)."""
    connection.execute(delete(SESSION).where(SESSION.c.seen_at < to_micros(idle_before)))
    instants = {"began_at": to_micros(session.began_at), "seen_at": to_micros(session.seen_at)}
    connection.execute(insert(SESSION), session._asdict() | instants)


def session_of(connection: Connection, digest: str) -> Session | None:
    """Return the session of a token's digest, None when there is none (or no longer)."""
    row = connection.execute(select(SESSION).where(SESSION.c.digest == digest)).first()
    if row is None:
        return None
    instants = from_micros(row.began_at), from_micros(row.seen_at)
    return Session(row.digest, row.account, row.officer, row.csrf, *instants)


def see_session(connection: Connection, digest: str, now: datetime) -> None:
    """Note that somebody is still there."""
    connection.execute(update(SESSION).where(SESSION.c.digest == digest).values(seen_at=to_micros(now)))


def end_session(connection: Connection, digest: str) -> None:
    """End a session (退出)."""
    connection.execute(delete(SESSION).where(SESSION.c.digest == digest))


def trials_of(connection: Connection, name: str) -> Trials:
    """Return the sign-ins that failed under the digest of a name since the last that did not."""
    row = connection.execute(select(TRIAL).where(TRIAL.c.name == name)).first()
    return Trials() if row is None else Trials(row.failures, from_micros(row.last_at))


def keep_trials(connection: Connection, name: str, trials: Trials) -> None:
    """Keep how often a sign-in failed under the digest of a name; of none nothing is kept."""
    connection.execute(delete(TRIAL).where(TRIAL.c.name == name))
    if trials.last_at is not None:
        said = {"name": name, "failures": trials.failures, "last_at": to_micros(trials.last_at)}
        connection.execute(insert(TRIAL), said)
