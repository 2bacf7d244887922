"""What is filed under a number or a receipt (归档检索), and what of a document is not as it was filed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from jointsanction.errors import LoopError
from jointsanction.loop.filing.numbers import TENDER
from jointsanction.model.tender import whole_of
from jointsanction.store.docket.checks import check_of, checks_under, named_with
from jointsanction.terms import AccountRole, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from jointsanction.model.caller import Caller
    from jointsanction.model.filed import FiledCheck
    from jointsanction.store.docket.checks import Named
    from jointsanction.store.docket.docket import Docket

_COMPARED: Final = ("case", "not_applied", "rules", "ref")
"""What a receipt does not stand for, beside the number and the instant."""


def checks_filed(docket: Docket, number: str) -> tuple[FiledCheck, ...]:
    """Return the check of a number, or all that were filed under the number of a tender or batch (归档).

    Raises:
        LoopError: `loop.no_such_check`.
    """
    with docket.reading() as connection:
        return checks_under(connection, number) or (check_of(connection, number),)


def whole_tender(checks: Sequence[FiledCheck]) -> dict[str, Any]:
    """Return what was told of a tender beside its parts (投标核查结论): verdict, completeness, receipt."""
    parts = [(Verdict(each.verdict), bool(each.document["complete"]), each.receipt) for each in checks]
    verdict, complete, receipt = whole_of(parts)
    return {"verdict": verdict, "complete": complete, "receipt": receipt}


def unlike_filed(connection: Connection, document: Mapping[str, Any]) -> tuple[str, ...] | None:
    """Return what of a document whose receipt holds is not as it was filed, None when it was not (与归档核对).

    A receipt does not stand for the number, the instant, the case, nor for what did not apply.
    """
    if isinstance(document.get("results"), list):
        return _unlike_tender(connection, document)
    found = named_with(connection, str(document["receipt"]))
    return _unlike(document, check_of(connection, _nearest(found, document).number)) if found else None


def filed_for(connection: Connection, document: Mapping[str, Any], caller: Caller) -> FiledCheck:
    """Return the check that a document is of, filed by the caller's unit, or by any for an auditor (本单位归档).

    Raises:
        LoopError: `loop.no_such_receipt`, for one of another unit too.
    """
    found = named_with(connection, str(document["receipt"]))
    if AccountRole.AUDITOR not in caller.roles:
        found = tuple(each for each in found if each.unit == caller.unit)
    if not found:
        code, message = "loop.no_such_receipt", "本单位没有归档过这份核查结果。"
        raise LoopError(code, message, "只能复查本单位归档的核查；未归档的请用命令行复查，或者重新核查。")
    own = tuple(each for each in found if each.unit == caller.unit)
    return check_of(connection, _nearest(own or found, document).number)


def _nearest(found: Sequence[Named], document: Mapping[str, Any]) -> Named:
    """Return the one of equal answers that a document is of: that of its number, else that of its instant."""
    at = _instant(document.get("checked_at"))
    return min(found, key=lambda each: (each.number != document.get("number"), each.recorded_at != at))


def _unlike(document: Mapping[str, Any], check: FiledCheck) -> tuple[str, ...]:
    names = [name for name in _COMPARED if document.get(name) != check.document.get(name)]
    if _instant(document.get("checked_at")) != _instant(check.document["checked_at"]):
        names.insert(0, "checked_at")
    if document.get("number", check.number) != check.number:
        names.insert(0, "number")
    return tuple(names)


def _unlike_tender(connection: Connection, document: Mapping[str, Any]) -> tuple[str, ...] | None:
    parts = document["results"]
    checks = _tender_of(connection, document) if parts else ()
    if not checks:
        return None
    names = [
        f"results[{place}].{name}"
        for place, (part, check) in enumerate(zip(parts, checks, strict=True))
        for name in _unlike(part, check)
    ]
    return tuple(["number", *names] if document.get("number", checks[0].tender) != checks[0].tender else names)


def _tender_of(connection: Connection, document: Mapping[str, Any]) -> tuple[FiledCheck, ...]:
    """Return the checks of the tender that a document is of, none when it was not filed: its verdict among it."""
    parts = document["results"]
    at, receipts = _instant(parts[0].get("checked_at")), [part["receipt"] for part in parts]
    found = [each for each in named_with(connection, receipts[0]) if (each.tender or "").startswith(TENDER)]
    said = document.get("number")
    for each in sorted(found, key=lambda one: (one.tender != said, one.recorded_at != at)):
        checks = checks_under(connection, str(each.tender))
        if [check.receipt for check in checks] == receipts and whole_tender(checks)["receipt"] == document["receipt"]:
            return checks
    return ()


def _instant(said: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(said))
    except ValueError:
        return None
