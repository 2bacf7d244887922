"""The ledger of commitments and talks (承诺台账): added to and never changed, each entry chained to the one before."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import insert, select

from jointsanction.commitment.making import refuse_future
from jointsanction.commitment.states import follow
from jointsanction.errors import RegistryError
from jointsanction.store.commitments import commitments_known, commitments_under
from jointsanction.store.instants import from_micros, to_micros
from jointsanction.store.sequence import instant_after
from jointsanction.store.tables import COMMITMENT, COMMITMENT_EVENT, COMMITMENT_KEY, TALK

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from sqlalchemy import Connection, Table

    from jointsanction.model.commitment import Commitment, CommitmentEvent, Commitments, Talk
    from jointsanction.store.database import Database

_LEDGER: Final = (COMMITMENT, COMMITMENT_EVENT, TALK)
_COMMITMENT: Final = ("id", "content", "made_on", "matter", "due", "public", "authority", "source", "measure")
_EVENT: Final = ("actor", "happened_on", "reason", "evidence")
_TALK: Final = ("id", "held_on", "authority", "reason", "commitment")


class Newest(NamedTuple):
    """The last entry of the ledger (最后一笔): when it was recorded, and the digest of all up to it."""

    recorded_at: int
    version: str


class CommitmentLedger:
    """The commitments and talks of a store (承诺台账). Nothing is changed or deleted: events are added."""

    def __init__(self, database: Database) -> None:
        """Take the database of an open store."""
        self._database = database

    def make(self, commitment: Commitment, *, recorded_at: datetime) -> Commitment:
        """Keep a commitment (登记信用承诺) and return it with the instant it was recorded.

        Raises:
            RegistryError: `registry.commitment_exists` when the same one is there; `registry.busy`, `registry.naive`.
            SubjectError: `commitment.date` when it is said to be made after that instant.
        """
        refuse_future(commitment.made_on, _day(recorded_at))
        with self._database.writing() as connection:
            if _is_there(connection, COMMITMENT, commitment.id):
                raise _there_already("信用承诺", commitment.id)
            values = {**_said(commitment, _COMMITMENT), "type": commitment.type.value}
            at = _enter(connection, COMMITMENT, values, recorded_at)
            _enter_keys(connection, commitment)
        return replace(commitment, recorded_at=at)

    def add(self, commitment: str, event: CommitmentEvent, *, recorded_at: datetime) -> Commitment:
        """Add what became of a commitment (登记履约事件), and return it as it now stands.

        Raises:
            RegistryError: `registry.no_commitment`; `registry.busy`, `registry.naive`.
            SubjectError: `commitment.…` when it can't have become so.
        """
        with self._database.writing() as connection:
            found = commitments_known(connection, only=(commitment,)).made
            if not found:
                raise _no_commitment(commitment)
            follow(found[0], event, _day(recorded_at))
            values = {**_said(event, _EVENT), "commitment": commitment, "state": event.state.value}
            at = _enter(connection, COMMITMENT_EVENT, values, recorded_at)
        return replace(found[0], events=(*found[0].events, replace(event, recorded_at=at)))

    def talk(self, talk: Talk, *, recorded_at: datetime) -> Talk:
        """Keep a talk (登记约谈) and return it with the instant it was recorded.

        Raises:
            RegistryError: `registry.commitment_exists` when the same one is there; `registry.no_commitment` when it is
                about one that isn't; `registry.busy`, `registry.naive`.
            SubjectError: `commitment.date` when it is said to be held after that instant.
        """
        refuse_future(talk.held_on, _day(recorded_at))
        with self._database.writing() as connection:
            if talk.commitment is not None and not _is_there(connection, COMMITMENT, talk.commitment):
                raise _no_commitment(talk.commitment)
            if _is_there(connection, TALK, talk.id):
                raise _there_already("约谈记录", talk.id)
            values = {**_said(talk, _TALK), "kind": talk.kind.value, "result": talk.result.value}
            at = _enter(connection, TALK, values, recorded_at)
            _enter_keys(connection, talk)
        return replace(talk, recorded_at=at)

    def everything(self) -> Commitments:
        """Return every commitment and talk, in the order they were recorded (全部承诺)."""
        with self._database.reading() as connection:
            return commitments_known(connection)

    def of(self, keys: tuple[str, ...]) -> Commitments:
        """Return the commitments and talks of the subject of some keys (某主体的承诺)."""
        with self._database.reading() as connection:
            return commitments_under(connection, keys)


def newest_entry(connection: Connection, at: int | None = None) -> Newest | None:
    """Return the last entry, or the last by an instant; None when nothing was recorded."""
    return max((found for table in _LEDGER if (found := _last(connection, table, at)) is not None), default=None)


def version_with_commitments(version: str, newest: Newest | None) -> str:
    """Return the version of a store with commitments: they are part of what it answers."""
    return version if newest is None else _digest(version, newest.version)


def _day(instant: datetime) -> date:
    """Return the day of an instant in China."""
    return from_micros(to_micros(instant)).date()


def _no_commitment(id_: str) -> RegistryError:
    message = f"名单库中没有信用承诺 {id_}。"
    return RegistryError("registry.no_commitment", message, "用 jointsanction commitment list 查看编号。")


def _there_already(what: str, id_: str) -> RegistryError:
    return RegistryError("registry.commitment_exists", f"{what} {id_} 已经登记过。", "不必重复登记；有变化的登记事件。")


def _said(value: object, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names}


def _is_there(connection: Connection, table: Table, id_: str) -> bool:
    return connection.execute(select(table.c.id).where(table.c.id == id_)).first() is not None


def _enter(connection: Connection, table: Table, values: Mapping[str, Any], recorded_at: datetime) -> datetime:
    """Add an entry, later than every one before it, and return its instant."""
    last = newest_entry(connection)
    at = instant_after(connection, to_micros(recorded_at))
    version = _digest("" if last is None else last.version, table.name, sorted(values.items()), at)
    connection.execute(insert(table), {**values, "recorded_at": at, "version": version})
    return from_micros(at)


def _enter_keys(connection: Connection, said: Commitment | Talk) -> None:
    rows = [{"key": key, "of": said.id, "place": place} for place, key in enumerate(said.keys)]
    connection.execute(insert(COMMITMENT_KEY), rows)


def _last(connection: Connection, table: Table, at: int | None) -> Newest | None:
    wanted = select(table.c.recorded_at, table.c.version).order_by(table.c.recorded_at.desc()).limit(1)
    row = connection.execute(wanted if at is None else wanted.where(table.c.recorded_at <= at)).first()
    return None if row is None else Newest(*row)


def _digest(*parts: object) -> str:
    return "sha256:" + hashlib.sha256(repr(parts).encode()).hexdigest()
