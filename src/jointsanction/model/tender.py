"""The answer for a whole tender (投标人批量核查结果)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from jointsanction.model.result import CheckResult
    from jointsanction.terms import Verdict


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
