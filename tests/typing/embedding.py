"""What an embedder's type checker sees: nothing here runs, mypy --strict reads it."""

from __future__ import annotations

from datetime import date
from typing import Any, assert_type

import jointsanction
from jointsanction import (
    CheckResult,
    Engine,
    Finding,
    JointSanctionError,
    Listing,
    MemoryRegistry,
    Subject,
    SubjectKind,
    TenderResult,
    Verdict,
    hookimpl,
)


def one_check() -> None:
    """The module's own function and the engine's give the same types."""
    assert_type(jointsanction.check_subject("91990000MA0000001B", "procurement"), CheckResult)
    result = Engine.open().check_subject(
        Subject(kind=SubjectKind.ENTERPRISE, uscc="91990000MA0000001B"), "procurement", as_of=date(2024, 6, 10)
    )
    assert_type(result.verdict, Verdict)
    assert_type(result.verdict.zh, str)
    assert_type(result.findings, tuple[Finding, ...])
    assert_type(result.findings[0].measure, str | None)
    assert_type(result.receipt, str)
    assert_type(result.model_dump(mode="json"), dict[str, Any])


def many_checks(engine: Engine, bidders: list[Subject]) -> None:
    """A tender has one answer; screening yields an answer or an error for each row."""
    assert_type(engine.check_tender(bidders, "bidding", as_of="2024-06-10"), TenderResult)
    for answer in engine.screen(bidders, "procurement", as_of="2024-06-10"):
        assert_type(answer, CheckResult | JointSanctionError)


def own_lists() -> None:
    """Listings made by hand serve as a registry in memory."""
    listing = Listing(list="BL.SXBZXR", uscc="91990000MA0000001B", listed_on=date(2024, 3, 1), instrument_no="1")
    engine = Engine.open()
    engine.swap(registry=MemoryRegistry([listing]))


@hookimpl
def jointsanction_decided(result: CheckResult) -> None:
    """A hook of a host keeps its own signature under the marker."""
    assert_type(result.verdict, Verdict)
