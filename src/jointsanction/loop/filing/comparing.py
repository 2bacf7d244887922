"""What is kept held against the audit (台账核对): checks, executions, feedback, each as its record says."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from jointsanction.errors import ReceiptError
from jointsanction.loop.filing.merkle import root_of
from jointsanction.loop.filing.sealing import digest_of
from jointsanction.receipt import verify
from jointsanction.store.docket.chain import Unlike, entries_of, unspoken
from jointsanction.store.docket.checks import columns_of_check, kept_check, kept_obligations, numbers_under
from jointsanction.store.docket.executions import count_executions, kept_executions
from jointsanction.store.docket.feedback import kept_feedback
from jointsanction.store.instants import to_micros
from jointsanction.terms import AuditAction

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy import Connection

    from jointsanction.model.filed import FiledCheck

_MISSING: Final = "audit.row_missing"
_ALTERED: Final = "audit.row_altered"
_UNKNOWN: Final = "audit.row_unknown"


class _UnlikeError(Exception):
    """What was found ends the search."""

    def __init__(self, about: str, code: str, message: str) -> None:
        super().__init__(about)
        self.unlike = Unlike(about, code, message)


def compare(connection: Connection) -> tuple[int, Unlike | None]:
    """Return how many checks and acts are kept as the audit says, up to the first that is not, and that one (核对).

    The chain holds. Of a batch, each row that was hit has a record of its own, and one root stands for all of them.
    """
    held = executed = 0
    try:
        for entry in entries_of(connection, _COMPARED):
            rows = _COMPARED[entry["action"]](connection, str(entry["about"]), entry["detail"])
            held += rows
            executed += rows if entry["action"] == AuditAction.DECISION else 0
    except _UnlikeError as found:
        return held, found.unlike
    number = unspoken(connection)
    if number is not None:
        return held, Unlike(number, _UNKNOWN, "审计中没有它的记录：不是经本程序登记的。")
    if count_executions(connection) != executed:
        return held, Unlike("执行", _UNKNOWN, "登记比审计所记的多：有的不是经本程序登记的。")
    return held, None


def _check(connection: Connection, number: str, said: Mapping[str, Any]) -> int:
    check, columns = _sound(connection, number)
    if check.receipt != said["receipt"]:
        raise _UnlikeError(number, _ALTERED, "核查的凭证与审计所记不符：归档被改动。")
    if digest_of((columns, *kept_obligations(connection, number))) != said["kept"]:
        raise _UnlikeError(number, _ALTERED, "核查的登记或者应执行事项与审计所记不符：归档被改动。")
    return 1


def _batch(connection: Connection, number: str, said: Mapping[str, Any]) -> int:
    checks = [_sound(connection, each)[0] for each in numbers_under(connection, number)]
    if len(checks) + len(said["errors"]) < said["rows"]:
        raise _UnlikeError(number, _MISSING, "这一批的核查少于审计所记：归档被删除。")
    leaves = said["errors"] | {str(check.place): check.receipt for check in checks}
    whole = [leaves.get(str(place), "") for place in range(said["rows"])]
    if root_of(whole, said["root"].partition(":")[0]) != said["root"]:
        raise _UnlikeError(number, _ALTERED, "这一批的凭证合起来与审计所记不符：归档被改动。")
    return len(checks) - int(said["hits"])


def _sound(connection: Connection, number: str) -> tuple[FiledCheck, Mapping[str, Any]]:
    """Return a check whose answer bears its receipt out, with the columns it is found by, which say the same."""
    try:
        kept = kept_check(connection, number)
        if kept is None:
            raise _UnlikeError(number, _MISSING, "审计中有这份核查，台账中没有：归档被删除。")
        verify(dict(kept[0].document))
        told = columns_of_check(kept[0])
        filed = to_micros(datetime.fromisoformat(kept[0].document["checked_at"]))
    except (ReceiptError, ValueError, LookupError, TypeError) as error:
        raise _UnlikeError(number, _ALTERED, "核查的答案与凭证不符：归档被改动。") from error
    if (told, filed) != (kept[1], kept[1]["recorded_at"]):
        raise _UnlikeError(number, _ALTERED, "核查的检索列与答案不符：归档被改动。")
    return kept[0], kept[1]


def _executions(connection: Connection, number: str, said: Mapping[str, Any]) -> int:
    items = [each["item"] for each in said["executions"]]
    rows = kept_executions(connection, number, items)
    if len(rows) < len(items):
        raise _UnlikeError(number, _MISSING, "审计中有执行的登记，台账中没有：执行登记被删除。")
    if digest_of(rows) != said["kept"]:
        raise _UnlikeError(number, _ALTERED, "执行的登记与审计所记不符：被改动。")
    return len(items)


def _feedback(connection: Connection, number: str, said: Mapping[str, Any]) -> int:
    rows = kept_feedback(connection, number)
    if not rows:
        raise _UnlikeError(number, _MISSING, "审计中有这条反馈，台账中没有：反馈被删除。")
    if digest_of(rows) != said["kept"]:
        raise _UnlikeError(number, _ALTERED, "反馈与审计所记不符：被改动。")
    return 1


_COMPARED: Final[Mapping[str, Callable[[Connection, str, Mapping[str, Any]], int]]] = {
    AuditAction.CHECK: _check,
    AuditAction.BATCH: _batch,
    AuditAction.DECISION: _executions,
    AuditAction.FEEDBACK: _feedback,
}
