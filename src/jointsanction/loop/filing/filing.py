"""Filing (归档): the answers of many callers are written in one transaction, each whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from jointsanction.errors import LoopError
from jointsanction.model.filed import Filed, Filing
from jointsanction.store.docket.audit import append
from jointsanction.store.docket.checks import CheckRows, check_of, checks_under
from jointsanction.store.docket.messages import write
from jointsanction.store.docket.requests import Taken, take, taken
from jointsanction.terms import FilingKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from jointsanction.store.docket.audit import Seal
    from jointsanction.store.docket.docket import Docket

Outcome: TypeAlias = "Filed | LoopError"
"""What became of a filing (归档结果): what was filed, or why it could not be."""


def file(docket: Docket, filings: Sequence[Filing], *, at: int, seal: Seal) -> tuple[Outcome, ...]:
    """Write filings down and return what became of each, in their order (归档).

    One whose key was used already gives what was filed then; one whose key stood for something else, its error.

    Raises:
        RegistryError: `registry.busy`, `registry.unreachable`; then nothing was filed.
    """
    rows = CheckRows(check for filing in filings for check in filing.checks)
    with docket.writing() as connection:
        group = _Group(connection, at)
        outcomes = tuple(group.settle(filing) for filing in filings)
        new = tuple(group.new.values())
        rows.write(connection, (check.number for filing in new for check in filing.checks))
        append(connection, [deed for filing in new for deed in filing.deeds], at=at, seal_with=seal)
        write(connection, [message for filing in new for message in filing.messages])
    return outcomes


class _Group:
    """The filings of one transaction (同批归档): `new` are those not filed before, by number."""

    def __init__(self, connection: Connection, at: int) -> None:
        self._connection = connection
        self._at = at
        self.new: dict[str, Filing] = {}

    def settle(self, filing: Filing) -> Outcome:
        """Return what becomes of a filing; one that came a moment ago in the same group came before too."""
        account = filing.caller.account
        try:
            before = taken(self._connection, account, filing.key)
            if before is not None:
                return self._again(before)
        except LoopError as error:
            return error
        self.new[filing.number] = filing
        take(self._connection, account, filing.key, _made(filing), at=self._at)
        return _filed(filing)

    def _again(self, before: Taken) -> Filed:
        if before.number in self.new:
            return _filed(self.new[before.number], again=True)
        kind = FilingKind(before.kind)
        one = kind is FilingKind.CHECK
        found = (check_of(self._connection, before.number),) if one else checks_under(self._connection, before.number)
        return Filed(kind=kind, number=before.number, checks=found, answer=before.answer, again=True)


def _made(filing: Filing) -> Taken:
    return Taken(filing.kind.value, filing.number, filing.answer)


def _filed(filing: Filing, *, again: bool = False) -> Filed:
    return Filed(kind=filing.kind, number=filing.number, checks=filing.checks, answer=filing.answer, again=again)
