"""The first line of an answer (首行): an officer has thirty seconds, so the verdict and what to do come first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jointsanction.telling.finding import rank
from jointsanction.telling.page import Headline
from jointsanction.terms import DOUBTS, Binding, IdentityStatus, Reason, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from jointsanction.model.catalogue import ListType
    from jointsanction.model.result import CheckResult, Finding

_SHOWN: Final = 2
"""How many titles or lists a line names before it counts."""


def headline(result: CheckResult, lists: Mapping[str, ListType]) -> Headline:
    """Return the verdict and what to do about it (结论)."""
    doubts = "；".join(_doubts(result, lists))
    if result.verdict is Verdict.INDETERMINATE:
        return Headline(f"{doubts or '有事项未能查明'}。", result.verdict)
    more = f"另有未能查明的：{doubts}。" if doubts and not result.complete else ""
    return Headline(_TOLD[result.verdict](result.findings) + more, result.verdict)


def _bites(findings: Sequence[Finding]) -> str:
    biting = [finding for finding in findings if finding.applies and finding.shape.bites]
    orders = [finding for finding in biting if finding.shape.binding is Binding.MUST]
    chosen = orders or biting
    who = "、".join(dict.fromkeys(name for finding in chosen for name in _authorities(finding)))
    if orders:
        return f"{_titles(chosen)}；应当执行（{who}）。"
    return f"{_titles(chosen)}；是否限制由{who}依法决定。"


def _attention(findings: Sequence[Finding]) -> str:
    shown = sorted(findings, key=rank)
    managed = [finding for finding in shown if finding.applies]
    if managed:
        return f"{_titles(managed)}；不影响其办理，按处置要求执行。"
    return f"{_titles(shown)}；仅作提示，不得据此限制。"


def _favoured(findings: Sequence[Finding]) -> str:
    return f"{_titles([finding for finding in findings if finding.applies])}；依规定给予。"


def _clear(_findings: Sequence[Finding]) -> str:
    return "所查名单中没有影响本事项的记录，按通常程序办理。"


_TOLD: Final[Mapping[Verdict, Callable[[Sequence[Finding]], str]]] = {
    Verdict.PROHIBITED: _bites,
    Verdict.RESTRICTED: _bites,
    Verdict.ATTENTION: _attention,
    Verdict.FAVOURED: _favoured,
    Verdict.CLEAR: _clear,
}


def _doubts(result: CheckResult, lists: Mapping[str, ListType]) -> Iterator[str]:
    """Yield what could not be known, each with how to find out."""
    if result.identity.status is not IdentityStatus.CONFIRMED:
        found = "仅名称或脱敏号码相同" if result.identity.candidates else "未提供可确认身份的号码"
        yield f"{found}，请以完整证件号码核实"
    unsure = [finding for finding in result.findings if finding.shape.bites and finding.reason in DOUBTS]
    for finding in unsure[:_SHOWN]:
        if finding.reason is not Reason.NAME_ONLY:
            yield f"{finding.shape.title}：{finding.reason.zh}"
    if result.coverage.missing:
        nothing = "" if result.coverage.consulted else "，没有查到任何名单"
        yield f"未导入名单：{_names(result.coverage.missing, lists)}{nothing}"
    if result.coverage.stale:
        yield f"名单已过期：{_names(result.coverage.stale, lists)}"


def _names(codes: tuple[str, ...], lists: Mapping[str, ListType]) -> str:
    return _counted([lists[code].title for code in codes])


def _titles(findings: Sequence[Finding]) -> str:
    return _counted(list(dict.fromkeys(finding.shape.title for finding in findings)))


def _counted(texts: Sequence[str]) -> str:
    shown = "、".join(texts[:_SHOWN])
    return f"{shown}等 {len(texts)} 项" if len(texts) > _SHOWN else shown


def _authorities(finding: Finding) -> tuple[str, ...]:
    return finding.shape.measure.implementing_authority if finding.shape.measure is not None else ()
