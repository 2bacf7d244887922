"""Looking at a subject (查阅、查看明文): in clear only for a reason, and only once the audit holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.loop.filing.sealing import reason_stated
from jointsanction.model.audit import Deed
from jointsanction.store.docket.initiations import subject_key
from jointsanction.terms import AuditAction

if TYPE_CHECKING:
    from jointsanction.loop.desk import Desk
    from jointsanction.model.caller import Caller
    from jointsanction.model.subject import Subject


def note_reveal(desk: Desk, caller: Caller, subject: Subject, *, about: str, reason: str) -> None:
    """Put into the audit that somebody looks at a subject in clear, and why (查看明文).

    Raises:
        LoopError: `loop.no_reason`.
    """
    said, key = reason_stated(reason), subject_key(subject)
    desk.note(Deed(action=AuditAction.REVEAL, caller=caller, purpose=said, about=about, subject=key))


def note_read(desk: Desk, caller: Caller, subject: Subject, *, about: str) -> None:
    """Put into the audit that somebody looked at a subject, masked (查阅)."""
    desk.note(Deed(action=AuditAction.READ, caller=caller, about=about, subject=subject_key(subject)))
