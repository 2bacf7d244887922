"""An answer held against today's (复查结果): what changed since, and whether the law or the lists changed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from jointsanction.model.result import CheckResult
    from jointsanction.terms import ChangeCause


class Change(NamedTuple):
    """One thing that is otherwise now than it was then (一项变化).

    `what` is a part of the answer (`verdict`, `complete`, `identity`, `grade`, `commitments`, `missing`, `stale`) or
    `finding`; then `measure`, `title` and `cause` say which. `then` and `now` are what the answers say, None where they
    say nothing.
    """

    what: str
    measure: str | None
    title: str | None
    cause: dict[str, Any] | None
    then: Any
    now: Any
    because: tuple[ChangeCause, ...]

    def model_dump(self) -> dict[str, Any]:
        """Return the change as JSON values."""
        return {**self._asdict(), "because": [cause.value for cause in self.because]}


class Recheck(NamedTuple):
    """An answer given then beside the answer to the same question now (复查).

    `reproduced` says whether the catalogue and the lists of then, still kept, give the same answer today; None when one
    of them is not kept (`not_kept`), and then nobody can say what caused a change.
    """

    receipt: str
    reproduced: bool | None
    not_kept: tuple[str, ...]
    then: dict[str, Any]
    now: CheckResult
    changes: tuple[Change, ...]

    def model_dump(self, *, mode: str = "json") -> dict[str, Any]:
        """Return `{"receipt", "reproduced", "not_kept", "then", "now", "changes"}`."""
        return {
            "receipt": self.receipt,
            "reproduced": self.reproduced,
            "not_kept": list(self.not_kept),
            "then": self.then,
            "now": self.now.model_dump(mode=mode),
            "changes": [change.model_dump() for change in self.changes],
        }
