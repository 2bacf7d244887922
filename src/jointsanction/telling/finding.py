"""One finding in an officer's words (核查发现): what, on which article, why, what to do, until when, whom to call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jointsanction.catalog.wording import article, condition_text, granted, joined
from jointsanction.telling.page import Block, Line
from jointsanction.terms import (
    DOUBTS,
    HINTS,
    Effect,
    IdentityOutcome,
    Level,
    Reason,
    Relation,
    RepairState,
    RepairTrack,
    TextState,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jointsanction.model.catalogue import Measure
    from jointsanction.model.result import Finding
    from jointsanction.model.shown import BasisShown


def rank(finding: Finding) -> int:
    """Return where a finding stands in an answer: what binds first, then doubts, management, hints, incentives."""
    shape = finding.shape
    if shape.bites and shape.applies:
        return 0
    if shape.bites and shape.reason in DOUBTS:
        return 1
    if shape.measure is not None and shape.measure.effect is Effect.INCENTIVE:
        return 4
    return 2 if shape.applies else 3


def group(finding: Finding) -> str:
    """Return the word over a finding: what sort of answer it is."""
    if finding.shape.applies or finding.reason in HINTS:
        return ("惩戒", "", "管理", "提示", "激励")[rank(finding)]
    return "待核实" if finding.reason in DOUBTS else "提示"


def finding_block(number: str, finding: Finding) -> Block:
    """Return a finding as a block: title with degree and binding, then one line for each thing to know."""
    shape = finding.shape
    strength = " · ".join(word.zh for word in (shape.binding, shape.degree) if word is not None)
    title = f"{number}【{group(finding)}】{shape.title}{f'（{strength}）' if strength else ''}"
    return Block(title, tuple(line for line in _lines(finding) if line.text))


def _lines(finding: Finding) -> Iterator[Line]:
    shape = finding.shape
    yield Line("原因", f"{shape.reason.zh}{_because(finding)}")
    for step in finding.path:
        yield Line("经由", _step(step))
    yield Line("处置", shape.duty)
    yield Line("审慎", "；".join(word.zh for word in shape.warnings))
    yield from _offer(shape.measure)
    for basis in finding.basis:
        yield Line("依据", basis_text(basis))
    yield Line("截止", _until(finding))
    yield Line("实施主体", "、".join(shape.measure.implementing_authority) if shape.measure is not None else "")
    yield Line("修复", repair_text(finding.repair))


def _offer(measure: Measure | None) -> Iterator[Line]:
    """Yield what an incentive gives, on what conditions, and what it never replaces (激励内容)."""
    if measure is None or measure.effect is not Effect.INCENTIVE:
        return
    yield Line("给予", joined(granted(measure.grants)))
    yield Line("条件", joined(map(condition_text, measure.conditions)))
    yield Line("除外", joined(one.zh for one in measure.except_))


def basis_text(basis: BasisShown) -> str:
    """Return a basis as it is cited, with its level, and with a warning when its text was not read (依据)."""
    number = f"（{basis.document_number}）" if basis.document_number else ""
    state = "" if basis.text == TextState.VERIFIED else f"；{TextState(basis.text).zh}"
    return f"《{basis.title}》{number}{article(basis)}（{Level(basis.level).zh}{state}）"


def repair_text(repair: dict[str, Any] | None) -> str:
    """Return whether, when and where it can be repaired (信用修复)."""
    if repair is None:
        return ""
    if not repair["repairable"]:
        return "不因信用修复而解除。"
    parts = ["可以修复"]
    waiting = bool(repair["earliest"]) and any(repair["earliest"] in text for text in repair["missing"])
    parts += [f"最早 {repair['earliest']}"] if repair["earliest"] and not waiting else []
    parts += [f"须{'；'.join(repair['missing'])}"] if repair["missing"] else []
    parts += [f"向{repair['channel']}提出"] if repair["channel"] else []
    return "，".join(parts) + "。"


def cause_text(cause: dict[str, Any]) -> str:
    """Return what a finding rests on: a listing with its document, or an act with its date."""
    if "list" in cause:
        day = f"{cause['listed_on']} 列入" if cause["listed_on"] else "列入日期不明"
        number = f"，文书 {cause['instrument_no']}" if cause["instrument_no"] else ""
        return f"{cause['list_name']}（{day}{number}）"
    day = f"{cause['decision_made']}" if cause["decision_made"] else "日期不明"
    number = f"，{cause['document_number']}" if cause["document_number"] else ""
    return f"{cause['act_name']}（{day}{number}）"


def _because(finding: Finding) -> str:
    return f"：{cause_text(finding.cause)}" if finding.cause is not None else ""


def _step(step: dict[str, Any]) -> str:
    if "rule" in step:
        return f"{step['title']}。{step['explanation']}"
    if "relation" in step:
        word = Relation(step["relation"]).zh
        return f"{word} {step['subject']}" if step["subject"] else f"名单载明本主体为其{word}"
    if "track" in step:
        return process_text(step)
    if "verdict" in step:
        return f"{IdentityOutcome(step['verdict']).zh}（{step['author']}，{step['decided_on']}：{step['reason']}）"
    return cause_text(step)


def process_text(step: dict[str, Any]) -> str:
    """Return a step of repair, objection or reorganisation (信用修复、异议)."""
    changed = f"；{step['field']}：{step['old'] or '空'} → {step['new'] or '空'}" if step["field"] else ""
    track, state = RepairTrack(step["track"]).zh, RepairState(step["state"]).zh
    return f"{track}：{state}（{step['actor']}，{step['on']}：{step['reason']}{changed}）"


def _until(finding: Finding) -> str:
    if finding.until is not None:
        latest = "最迟 " if finding.reason is Reason.TERM_UNKNOWN else ""
        return f"{latest}{finding.until.isoformat()}（含当日）"
    return "未载明；移出或者解除之前有效。" if finding.applies and finding.cause is not None else ""


def silent_lines(findings: Iterable[Finding]) -> Iterator[Line]:
    """Yield one line for each measure that did not apply, with its reason and what was looked at (未适用的措施)."""
    for finding in findings:
        cause = f"；{cause_text(finding.cause)}" if finding.cause is not None else ""
        rules = "".join(f"；{step['title']}" for step in finding.path if "rule" in step)
        yield Line("", f"{finding.shape.title}：{finding.reason.zh}{cause}{rules}")
