"""Reports of checks that were filed (归档核查的报告), and the verification of one that somebody holds."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.errors import LoopError
from jointsanction.loop.access.permits import of_unit
from jointsanction.loop.filing.kept import checks_filed, whole_tender
from jointsanction.loop.filing.numbers import BATCH, kind_of
from jointsanction.report.codes import code_of, is_code
from jointsanction.report.sheet import Filing, sheet_of
from jointsanction.terms import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jointsanction.loop.desk import Desk
    from jointsanction.model.filed import FiledCheck
    from jointsanction.report.sheet import Sheet

_MEANT: Final = b"verification codes of reports"
"""What the key of codes is derived for, so that a code tells nothing of the key of the audit."""


class Verified(NamedTuple):
    """What the verification page says of a report (验证结果): nothing about anybody."""

    number: str
    verdict: Verdict
    checked_at: str
    subjects: int


def filed_sheet(
    desk: Desk, number: str, *, page: str | None = None, masked: bool = True, unit: str | None = None
) -> Sheet:
    """Return what the report of a filed check, or of a filed tender, says (核查报告内容); a batch has none.

    `page` is the address of the verification page. The numbers and names of persons are covered unless `masked` is
    false. `unit` is whose check it has to be, anybody's when None.

    Raises:
        LoopError: `loop.no_such_check`, for one of another unit too: that it exists is none of its business;
            `report.batch` for the number of a batch.
    """
    checks = _filed(desk, number)
    document, first = _document(checks, number), checks[0]
    if unit is not None:
        of_unit(first, unit)
    code = code_of(number, document["receipt"], _key(desk))
    filing = Filing(
        number=number,
        unit=first.unit,
        officer=first.officer or first.account,
        purpose=first.purpose,
        case=first.case_no,
        code=code if page is not None else None,
        address=f"{page}/{number}/{code.replace('-', '')}" if page is not None else None,
        masked=masked,
    )
    return sheet_of(document, desk.engine.tables, filing)


def verified(desk: Desk, number: str, code: str) -> Verified | None:
    """Return what a report of that number and code was of, None when there is none: which of them is wrong isn't said.

    Whoever holds the report learns that it is genuine, and nothing that does not stand on it (核查报告验证).
    """
    try:
        checks = _filed(desk, number)
    except LoopError:
        return None
    document = _document(checks, number)
    if not is_code(code, number, document["receipt"], key=_key(desk)):
        return None
    asked = max(str(check.document["checked_at"]) for check in checks)
    return Verified(number, Verdict(document["verdict"]), asked, len(checks))


def _key(desk: Desk) -> bytes:
    return hmac.digest(desk.seal.key, _MEANT, "sha256")


def _filed(desk: Desk, number: str) -> tuple[FiledCheck, ...]:
    # Rows of a batch that nobody could read have no check: put together from the others it would say too much.
    if kind_of(number) == BATCH:
        message = "批量核查不出具核查报告：不能作答的各行不在其中，合成一个结论会说得太多。"
        raise LoopError("report.batch", message, "请用其中每一份核查自己的编号（HC 开头）出具，或者用投标人批量核查。")
    return checks_filed(desk.docket, number)


def _document(checks: Sequence[FiledCheck], number: str) -> Mapping[str, Any]:
    """Return the answer of a check, or that of a tender as it was put together when it was given."""
    if checks[0].number == number:
        return checks[0].document
    return {**whole_tender(checks), "results": [check.document for check in checks]}
