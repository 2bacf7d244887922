"""The audit chain as its readers meet it (审计): verified, searched, its end told, and what it holds of a case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from jointsanction.errors import LoopError
from jointsanction.identity.identify import identify
from jointsanction.identity.masks import mask_name
from jointsanction.loop.filing.comparing import compare
from jointsanction.receipt import ALGORITHMS, canonical
from jointsanction.steps.asking.ask import read_subject
from jointsanction.store.docket.chain import AuditSearch, Head, found_records, head_of, verify_chain
from jointsanction.store.instants import first_instant, to_micros

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from jointsanction.model.audit import AuditRecord
    from jointsanction.store.docket.audit import Seal
    from jointsanction.store.docket.chain import ChainReport
    from jointsanction.store.docket.docket import Docket

_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is looked for in the audit (审计检索条件); days are inclusive, `subject` is a full number."""

    action: str | None = None
    account: str | None = None
    unit: str | None = None
    about: str | None = None
    case_no: str | None = None
    subject: str | None = None
    kind: str | None = None
    since: date | None = None
    until: date | None = None
    limit: int | None = None


class Audit:
    """The audit chain of a docket (审计)."""

    def __init__(self, docket: Docket, seal: Seal) -> None:
        """Take a docket, and the secret under which numbers stand in its audit."""
        self._docket = docket
        self._seal = seal

    def verify(self, head: Head | None = None) -> ChainReport:
        """Go through the chain and return the first record that doesn't hold (核验); `head` is one kept elsewhere.

        Where the chain holds, so must what is kept beside it: each check, execution and feedback is held against it.
        """
        with self._docket.reading() as connection:
            report = verify_chain(connection, head)
            if report.broken is not None:
                return report
            rows, unlike = compare(connection)
        return replace(report, rows=rows, unlike=unlike)

    def head(self) -> Head:
        """Return the end of the chain, to be kept elsewhere (审计链末端)."""
        with self._docket.reading() as connection:
            return head_of(connection)

    def search(self, sought: Sought | None = None) -> tuple[AuditRecord, ...]:
        """Return the records that fit, the newest first (审计检索); a subject is found by its number under the secret.

        Raises:
            SubjectError: a number that is none.
        """
        wanted = sought or Sought()
        asked = AuditSearch(
            action=wanted.action,
            account=wanted.account,
            unit=wanted.unit,
            about=wanted.about,
            case_no=wanted.case_no,
            subjects=() if wanted.subject is None else self._covered(wanted.subject, wanted.kind),
            since=None if wanted.since is None else _start(wanted.since),
            before=None if wanted.until is None else _start(wanted.until + _ONE_DAY),
        )
        with self._docket.reading() as connection:
            return found_records(connection, asked, wanted.limit)

    def of_case(self, case_no: str) -> Iterator[str]:
        """Yield what was done in a case as lines of JSON, the oldest first, each with its digest (按案导出)."""
        for record in reversed(self.search(Sought(case_no=case_no))):
            said = {"seq": record.seq, "digest": record.digest, "entry": dict(record.entry)}
            yield canonical(said).decode() + "\n"

    def _covered(self, number: str, kind: str | None) -> tuple[str, ...]:
        keys = identify(read_subject(number, kind)).keys
        return tuple(str(self._seal.covered(key, algorithm)) for key in keys for algorithm in ALGORITHMS)


def head_document(head: Head, at: datetime) -> dict[str, Any]:
    """Return the end of a chain as a document, to be kept elsewhere."""
    return {"seq": head.seq, "digest": head.digest, "at": at.isoformat()}


def read_head(document: Mapping[str, Any] | None) -> Head:
    """Return the end of a chain that was kept.

    Raises:
        LoopError: `audit.head` when the document is none.
    """
    said = document or {}
    seq, digest = said.get("seq"), said.get("digest")
    if not isinstance(seq, int) or not isinstance(digest, str):
        message = "不是审计链末端的记录。"
        raise LoopError("audit.head", message, "请提供 audit head 输出的文件。")
    return Head(seq, digest)


def masked_entry(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record as it may be shown (脱敏): an officer by the first character, of a digest its beginning."""
    officer, subject = entry["officer"], entry["subject"]
    shown = None if subject is None else f"{subject.split(':', 1)[1][:8]}…"
    return {**entry, "officer": None if officer is None else mask_name(officer), "subject": shown}


def _start(day: date) -> int:
    return to_micros(first_instant(day))
