"""Cases that were not checked as they had to be (未核查办件): of each, why no filed check will do for it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.errors import ReceiptError
from jointsanction.loop.filing.duty import require_check, require_known
from jointsanction.store.docket.checks import checks_of_case
from jointsanction.store.instants import first_instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from jointsanction.loop.desk import Desk
    from jointsanction.model.filed import FiledCheck

_DAY: Final = timedelta(days=1)
_LEAST: Final = timedelta.resolution


class CaseHandled(NamedTuple):
    """A case that was handled (办件): what it was about, and on which day it was decided; None holds it to nothing."""

    case_no: str
    matter: str | None = None
    subject: str | None = None
    on: date | None = None


class Unchecked(NamedTuple):
    """A case without a check that will do (未核查办件): a code of `require_check`, and a sentence."""

    case: CaseHandled
    code: str
    message: str


def unchecked(desk: Desk, cases: Iterable[CaseHandled], max_age: timedelta) -> Iterator[Unchecked]:
    """Yield the cases without a valid check filed under their number (未核查办件), in their order.

    A check will do when it is unaltered, of the matter and subject, was filed at most `max_age` before the day on which
    the case was decided or on it, and asked about a day, and was answered from lists, no older than that.

    Raises:
        UnknownMatterError: a matter in no catalogue. SubjectError: a number that is none.
    """
    for case in cases:
        with desk.docket.reading() as connection:
            filed = checks_of_case(connection, case.case_no)
        faults = [_fault(desk, check, case, max_age) for check in filed]
        if not filed:
            yield Unchecked(case, "receipt.missing", "没有归档的核查。")
        elif all(faults):
            newest = faults[0]
            assert newest is not None  # noqa: S101 - all of them are there
            yield Unchecked(case, newest.code, newest.message)


def _fault(desk: Desk, check: FiledCheck, case: CaseHandled, max_age: timedelta) -> ReceiptError | None:
    matter = check.matter if case.matter is None else case.matter
    # A day in full, to its last instant: whoever allows no age at all still allows the day itself.
    end = check.recorded_at if case.on is None else first_instant(case.on + _DAY) - _LEAST
    age = max_age if case.on is None else max_age + _DAY - _LEAST
    try:
        answer = require_check(check, matter, age, subject=case.subject, now=end, tables=desk.engine.tables)
        require_known(answer, desk.lists, end - age)
    except ReceiptError as error:
        return error
    return None
