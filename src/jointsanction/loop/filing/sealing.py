"""How the audit of a docket is sealed (审计封印), and records of what wrote nothing else (留痕)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.home import audit_key
from jointsanction.store.docket.audit import Seal, append, kept_key, make_key
from jointsanction.store.instants import to_micros

if TYPE_CHECKING:
    from datetime import datetime

    from jointsanction.model.audit import Deed
    from jointsanction.store.docket.docket import Docket


def seal_of(docket: Docket, algorithm: str = "sha256", key: bytes | None = None) -> Seal:
    """Return how the audit of a docket is sealed: under a secret said, that of the environment, or its own."""
    return Seal(algorithm, key or audit_key() or _key_of(docket))


def note(docket: Docket, seal: Seal, at: datetime, *deeds: Deed) -> None:
    """Put into the audit what was done without writing anything else."""
    with docket.writing() as connection:
        append(connection, deeds, at=to_micros(at), seal_with=seal)


def _key_of(docket: Docket) -> bytes:
    """Return the secret that a docket keeps, made when there is none."""
    with docket.reading() as connection:
        key = kept_key(connection)
    if key is not None:
        return key
    with docket.writing() as connection:
        return make_key(connection)
