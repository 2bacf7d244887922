"""The audit chain (审计链): each record's digest is over the digest of the one before and what the record says.

The number of a subject stands in it only under a secret: who reads the audit can't make a register of it, and who holds
the secret can find what was done about a subject.
"""

from __future__ import annotations

import hmac
import json
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import insert, select

from jointsanction.model.audit import AuditRecord
from jointsanction.receipt import canonical, seal
from jointsanction.store.docket.tables import ABOUT, AUDIT
from jointsanction.store.instants import from_micros

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from jointsanction.model.audit import Deed

_KEY: Final = "audit-key"
_KEY_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Seal:
    """How audit records are sealed (审计封印): the algorithm of digests, and the secret that covers numbers."""

    algorithm: str
    key: bytes = field(repr=False)

    def covered(self, subject: str | None, algorithm: str | None = None) -> str | None:
        """Return what stands in the audit for a subject (主体摘要): `ALGORITHM:HEX` of its key under the secret."""
        if subject is None:
            return None
        chosen = algorithm or self.algorithm
        return f"{chosen}:{hmac.new(self.key, subject.encode(), chosen).hexdigest()}"


def append(connection: Connection, deeds: Iterable[Deed], *, at: int, seal_with: Seal) -> tuple[AuditRecord, ...]:
    """Put records at the end of the chain, at an instant in microseconds, and return them (追加审计记录).

    The writer's lock is held: nobody else appends meanwhile.
    """
    newest = connection.execute(select(AUDIT.c.seq, AUDIT.c.digest).order_by(AUDIT.c.seq.desc()).limit(1)).first()
    seq, digest = (0, "") if newest is None else (newest.seq, newest.digest)
    records, rows = list[AuditRecord](), list[dict[str, Any]]()
    for deed in deeds:
        seq += 1
        entry = _entry(seq, at, deed, seal_with)
        written = canonical(entry)
        digest = chained(digest, written, seal_with.algorithm)
        records.append(AuditRecord(seq=seq, entry=entry, digest=digest, recorded_at=from_micros(at)))
        rows.append({"seq": seq, "entry": written.decode(), "digest": digest, "recorded_at": at, **columns_of(entry)})
    if rows:
        connection.execute(insert(AUDIT), rows)
    return tuple(records)


def chained(before: str, entry: bytes, algorithm: str) -> str:
    """Return the digest of a record: over the digest of the one before and the record's own text."""
    return seal(before.encode() + b"\n" + entry, algorithm)


def columns_of(entry: dict[str, Any]) -> dict[str, Any]:
    """Return what of an entry stands in columns as well, to be searched by."""
    names = ("action", "account", "unit", "about", "subject")
    return {**{name: entry[name] for name in names}, "case_no": entry["case"]}


def _entry(seq: int, at: int, deed: Deed, seal_with: Seal) -> dict[str, Any]:
    caller = deed.caller
    return {
        "seq": seq,
        "at": from_micros(at).isoformat(),
        "action": deed.action.value,
        "account": caller.account,
        "unit": caller.unit,
        "officer": caller.officer,
        "address": caller.address,
        "request": caller.request,
        "purpose": deed.purpose,
        "matter": deed.matter,
        "about": deed.about,
        "case": deed.case_no,
        "subject": seal_with.covered(deed.subject),
        "detail": json.loads(canonical(dict(deed.detail))),
    }


def kept_key(connection: Connection) -> bytes | None:
    """Return the secret that the docket keeps, None when it has none yet (审计密钥)."""
    said = connection.execute(select(ABOUT.c.value).where(ABOUT.c.name == _KEY)).scalar()
    return None if said is None else bytes.fromhex(said)


def make_key(connection: Connection) -> bytes:
    """Return the secret that the docket keeps, a new one when it has none; another process may have made it."""
    key = kept_key(connection)
    if key is None:
        key = secrets.token_bytes(_KEY_BYTES)
        connection.execute(insert(ABOUT), {"name": _KEY, "value": key.hex()})
    return key
