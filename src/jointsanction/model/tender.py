"""The answer for a whole tender (投标人批量核查结果)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jointsanction.receipt import digest, tender_body
from jointsanction.terms import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jointsanction.model.result import CheckResult


def whole_of(parts: Iterable[tuple[Verdict, bool, str]]) -> tuple[Verdict, bool, str]:
    """Return the strongest verdict of several answers, whether all are complete, and the receipt over theirs (合并).

    `parts` are the verdict, completeness and receipt of each, in order.
    """
    verdicts, completes, receipts = zip(*parts, strict=True)
    verdict, complete = min(verdicts, key=list(Verdict).index), all(completes)
    return verdict, complete, digest(tender_body(verdict, list(receipts), complete))


class TenderResult(NamedTuple):
    """The answer for a whole tender (投标人批量核查): the strongest verdict, and each subject's own answer in order."""

    verdict: Verdict
    complete: bool
    results: tuple[CheckResult, ...]
    receipt: str

    def model_dump(self, *, mode: str = "json") -> dict[str, Any]:
        """Return `{"verdict", "complete", "results", "receipt"}`."""
        return {
            "verdict": self.verdict,
            "complete": self.complete,
            "results": [result.model_dump(mode=mode) for result in self.results],
            "receipt": self.receipt,
        }
