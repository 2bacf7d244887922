"""What a case wants and what came out (要求与结果): the two side by side, and what of an answer is otherwise."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jointsanction.model.case import Case, CaseRepair
    from jointsanction.model.result import CheckResult, Finding


def differences(case: Case, result: CheckResult) -> tuple[str, ...]:
    """Return what of an answer is otherwise than a case wants it."""
    return tuple(_differences(case, result))


def _differences(case: Case, result: CheckResult) -> Iterator[str]:
    for key, value in {**came_out(result), **_of_rules(result)}.items():
        yield from _unequal(key, getattr(case, key), value)
    if case.promised is not None:
        for key, value in _of_commitments(result).items():
            yield from _unequal(f"promised.{key}", getattr(case.promised, key), value)
    everything = (*result.findings, *(result.not_applied or ()))
    for measure, reason in case.reasons.items():
        reasons = sorted({finding.reason.value for finding in everything if finding.measure == measure})
        if reason.value not in reasons:
            yield f"reasons：{measure} 要求 {reason.value}，得到 {'、'.join(reasons) or '（不在本事项中）'}"
    for cause, wanted in case.repair.items():
        yield from _repair_unlike(cause, wanted, [one for one in everything if _cause(one.cause) == cause])


def _unequal(key: str, wanted: object, value: object) -> Iterator[str]:
    wanted = sorted(wanted) if isinstance(wanted, tuple) else wanted
    if wanted is not None and wanted != value:
        yield f"{key}：要求 {_shown(wanted)}，得到 {_shown(value)}"


def came_out(result: CheckResult) -> dict[str, Any]:
    """Return of an answer what a case can want of it, as cases write it."""
    applying = [finding for finding in result.findings if finding.applies]
    return {
        "want": sorted({finding.measure or "" for finding in applying}),
        "because": sorted({_cause(finding.cause) for finding in applying}),
        "verdict": result.verdict,
        "missing": sorted(result.coverage.missing),
        "stale": sorted(result.coverage.stale),
    }


def _of_rules(result: CheckResult) -> dict[str, Any]:
    """Return what rules and procedures came to, as cases write it."""
    told = {notice.code for notice in result.identity.warnings}
    return {
        "grade": result.grade.level or "unknown",
        "supervision": "none" if result.supervision is None else result.supervision.said["tier"],
        "notices": sorted({notice.rule for notice in result.notices}),
        "data_notices": sorted(code for code in told if code.startswith("data.")),
    }


def _of_commitments(result: CheckResult) -> dict[str, Any]:
    """Return what an answer says of commitments, as cases write it."""
    said = result.commitments
    return {
        "open": sorted(each.type for each in said.open),
        "breaches": sorted(each.type for each in said.breaches),
        "offers": {offer.type: offer.state for offer in said.offers},
        "warnings": sorted({notice.code for notice in said.warnings}),
    }


def _repair_unlike(cause: str, wanted: CaseRepair, findings: list[Finding]) -> Iterator[str]:
    """Yield what the answer says otherwise of a repair, of several records what it says of the first."""
    said: list[Mapping[str, Any]] = [one.repair for one in findings if one.repair is not None]
    unlike = [dict(_unmet(wanted, each)) for each in said]
    if not said:
        yield f"repair.{cause}：答案没有说到"
    elif all(unlike):
        for key, value in unlike[0].items():
            yield f"repair.{cause}.{key}：要求 {_shown(getattr(wanted, key))}，得到 {_shown(value)}"


def _unmet(wanted: CaseRepair, said: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    for key in sorted(wanted.model_fields_set):
        want, value = getattr(wanted, key), said[key]
        if (want.isoformat() if isinstance(want, date) else want) != (
            tuple(value) if isinstance(value, list) else value
        ):
            yield key, value


def _cause(cause: Mapping[str, Any] | None) -> str:
    return "" if cause is None else str(cause.get("list") or cause.get("act"))


def _shown(value: object) -> str:
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(str, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {one}" for key, one in value.items()) + "}"
    return str(value)
