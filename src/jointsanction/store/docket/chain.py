"""Reading the audit chain (审计链核验与检索): whether it holds, where its end is, and what it says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import exists, or_, select

from jointsanction.model.audit import AuditRecord
from jointsanction.receipt import ALGORITHMS, canonical
from jointsanction.store.docket.audit import chained, columns_of
from jointsanction.store.docket.tables import AUDIT, CHECK, FEEDBACK
from jointsanction.store.instants import from_micros
from jointsanction.terms import AuditAction

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sqlalchemy import Connection, Row

_AT_ONCE: Final = 1000
"""So many records are in memory at once."""


class Head(NamedTuple):
    """The end of the chain (审计链末端), to be kept elsewhere: how many records, and the digest over them all."""

    seq: int
    digest: str


class Broken(NamedTuple):
    """The first record that doesn't hold (首条不符的记录): its place, a stable code, and what is wrong."""

    seq: int
    code: str
    message: str


class Unlike(NamedTuple):
    """What is kept otherwise than the audit says (台账与审计不符): under which number, a stable code, and what."""

    about: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What verifying found (审计核验结果): how many records hold, the head they lead to, and the first that doesn't.

    Where the chain holds, `rows` counts the checks and acts that are kept as it says, up to the first that is `unlike`.
    """

    records: int
    head: Head
    broken: Broken | None = None
    rows: int = 0
    unlike: Unlike | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSearch:
    """Which records are wanted (审计检索): `subjects` are covered numbers, any of them; instants are microseconds."""

    action: str | None = None
    account: str | None = None
    unit: str | None = None
    about: str | None = None
    case_no: str | None = None
    subjects: tuple[str, ...] = ()
    since: int | None = None
    before: int | None = None


def head_of(connection: Connection) -> Head:
    """Return the end of the chain (审计链末端)."""
    newest = select(AUDIT.c.seq, AUDIT.c.digest).order_by(AUDIT.c.seq.desc()).limit(1)
    row = connection.execute(newest).first()
    return Head(0, "") if row is None else Head(row.seq, row.digest)


def verify_chain(connection: Connection, head: Head | None = None) -> ChainReport:
    """Go through the chain from its beginning and return the first record that doesn't hold (核验审计链).

    `head` is an end that was kept elsewhere: the chain must still lead through it. Without one, a chain that was cut at
    its end, or written anew from somewhere on, holds.
    """
    last = Head(0, "")
    for row in _rows(connection):
        broken = _wrong(row, last)
        if broken is None and head is not None and row.seq == head.seq and row.digest != head.digest:
            broken = Broken(row.seq, "audit.rewritten", "与先前保存的链首摘要不符：此前的记录被改写过。")
        if broken is not None:
            return ChainReport(last.seq, last, broken)
        last = Head(row.seq, row.digest)
    if head is not None and last.seq < head.seq:
        message = f"先前保存的末端是第 {head.seq} 条，现在只有 {last.seq} 条：末尾被截去。"
        return ChainReport(last.seq, last, Broken(last.seq + 1, "audit.cut", message))
    return ChainReport(last.seq, last)


def _wrong(row: Row[Any], last: Head) -> Broken | None:
    """Return what is wrong with a record that should follow another."""
    if row.seq != last.seq + 1:
        return Broken(last.seq + 1, "audit.missing", f"缺第 {last.seq + 1} 条，其后是第 {row.seq} 条。")
    entry = _parsed(row.entry)
    algorithm = row.digest.partition(":")[0]
    if entry is None or algorithm not in ALGORITHMS:
        return Broken(row.seq, "audit.altered", "记录的内容或者摘要不是本程序所写。")
    if entry.get("seq") != row.seq:
        return Broken(row.seq, "audit.order", f"这里是第 {entry.get('seq')} 条的内容：记录被调换过。")
    if chained(last.digest, canonical(entry), algorithm) != row.digest:
        return Broken(row.seq, "audit.altered", "摘要与内容不符：记录被改动、插入或者其前的记录被改动。")
    columns = {**columns_of(entry), "recorded_at": entry["at"]}
    stood = {**{name: getattr(row, name) for name in columns}, "recorded_at": from_micros(row.recorded_at).isoformat()}
    if columns != stood:
        return Broken(row.seq, "audit.columns", "检索用的列与记录内容不符：列被改动。")
    return None


def entries_of(connection: Connection, actions: Collection[str]) -> Iterator[dict[str, Any]]:
    """Yield what the records of some kinds say, in their order (审计内容)."""
    for row in _rows(connection):
        if row.action in actions:
            yield json.loads(row.entry)


def unspoken(connection: Connection) -> str | None:
    """Return the number of a check or feedback that is kept and of which no record speaks (审计外的登记)."""
    spoken = exists().where(AUDIT.c.about == CHECK.c.number, AUDIT.c.action == AuditAction.CHECK)
    together = exists().where(AUDIT.c.about == CHECK.c.tender, AUDIT.c.action == AuditAction.BATCH)
    told = exists().where(AUDIT.c.about == FEEDBACK.c.number, AUDIT.c.action == AuditAction.FEEDBACK)
    check = select(CHECK.c.number).where(~spoken, ~together).order_by(CHECK.c.number).limit(1)
    feedback = select(FEEDBACK.c.number).where(~told).order_by(FEEDBACK.c.number).limit(1)
    found: str | None = connection.execute(check).scalar() or connection.execute(feedback).scalar()
    return found


def found_records(connection: Connection, wanted: AuditSearch, limit: int | None = None) -> tuple[AuditRecord, ...]:
    """Return the records that fit a search, the newest first (审计检索); `limit` is how many at most."""
    asked = select(AUDIT).order_by(AUDIT.c.seq.desc()).limit(limit)
    for name in ("action", "account", "unit", "about", "case_no"):
        value = getattr(wanted, name)
        if value is not None:
            asked = asked.where(AUDIT.c[name] == value)
    if wanted.subjects:
        asked = asked.where(or_(*(AUDIT.c.subject == covered for covered in wanted.subjects)))
    if wanted.since is not None:
        asked = asked.where(AUDIT.c.recorded_at >= wanted.since)
    if wanted.before is not None:
        asked = asked.where(AUDIT.c.recorded_at < wanted.before)
    return tuple(map(_record_of, connection.execute(asked)))


def _rows(connection: Connection) -> Iterator[Row[Any]]:
    """Yield all rows by their place, some at a time."""
    seq: int | None = None
    while True:
        asked = select(AUDIT).order_by(AUDIT.c.seq).limit(_AT_ONCE)
        rows = connection.execute(asked if seq is None else asked.where(AUDIT.c.seq > seq)).all()
        yield from rows
        if len(rows) < _AT_ONCE:
            return
        seq = rows[-1].seq


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        entry = json.loads(text)
        columns_of(entry)
        return entry if isinstance(entry["at"], str) and canonical(entry).decode() == text else None
    except (ValueError, KeyError, TypeError):
        return None


def _record_of(row: Row[Any]) -> AuditRecord:
    return AuditRecord(
        seq=row.seq, entry=json.loads(row.entry), digest=row.digest, recorded_at=from_micros(row.recorded_at)
    )
