"""How the audit of a docket is sealed (审计封印), and records of what wrote nothing else (留痕)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from jointsanction.errors import LoopError
from jointsanction.home import audit_key
from jointsanction.identity.masks import stated
from jointsanction.model.audit import Deed
from jointsanction.receipt import canonical, seal
from jointsanction.store.docket.audit import Seal, append, kept_key, make_key
from jointsanction.store.instants import to_micros

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jointsanction.model.caller import Caller
    from jointsanction.model.filed import FiledCheck
    from jointsanction.store.docket.docket import Docket
    from jointsanction.terms import AuditAction


def seal_of(docket: Docket, algorithm: str = "sha256", key: bytes | None = None) -> Seal:
    """Return how the audit of a docket is sealed: under a secret said, that of the environment, or its own."""
    return Seal(algorithm, key or audit_key() or _key_of(docket))


def note(docket: Docket, seal_with: Seal, at: datetime, *deeds: Deed) -> None:
    """Put into the audit what was done without writing anything else."""
    with docket.writing() as connection:
        append(connection, deeds, at=to_micros(at), seal_with=seal_with)


def digest_of(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return a digest over what is kept beside the audit (台账摘要): names stand in no audit, yet can't be changed."""
    return seal(canonical([{name: _plain(value) for name, value in row.items()} for row in rows]))


def deed_of(action: AuditAction, caller: Caller, check: FiledCheck | None = None, **said: Any) -> Deed:
    """Return what the audit keeps of an act, about a filed check or not (留痕), with further words of a `Deed`."""
    if check is None:
        return Deed(action=action, caller=caller, **said)
    words = {"about": check.number, "matter": check.matter, "case_no": check.case_no, "subject": check.subject}
    return Deed(action=action, caller=caller, **(words | said))


def reason_stated(reason: str) -> str:
    """Return why somebody wants to see a subject in clear, as the audit keeps it (查看明文的理由).

    Raises:
        LoopError: `loop.no_reason`.
    """
    said = stated(reason)
    if not said:
        raise LoopError("loop.no_reason", "查看明文须写明理由。", "例如“处理当事人异议”。")
    return said


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return to_micros(value)
    return value if value is None or isinstance(value, bool | int) else str(value)


def _key_of(docket: Docket) -> bytes:
    """Return the secret that a docket keeps, made when there is none."""
    with docket.reading() as connection:
        key = kept_key(connection)
    if key is not None:
        return key
    with docket.writing() as connection:
        return make_key(connection)
