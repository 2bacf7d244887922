"""An answer as a page (核查结果): verdict and what to do, findings, doubts, what was consulted, the receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.steps.asking.days import SHANGHAI
from jointsanction.telling.finding import finding_block, rank, silent_lines
from jointsanction.telling.headline import headline
from jointsanction.telling.page import Block, Line
from jointsanction.telling.promises import commitment_blocks
from jointsanction.telling.rules_shown import rule_parts, trace_line
from jointsanction.terms import Coverage, IdentityStatus, IdType, Phase, Reason, Role, SubjectKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.result import CheckResult
    from jointsanction.telling.page import Part

_SHORT: Final = 19
"""How much of a digest a line shows: `sha256:` and twelve characters."""


ACTS_TITLE: Final = "未提供的法律事实（查询后填报；无此情形的，请其签署声明）"


class Answer(NamedTuple):
    """A result with what is needed to show it (核查结果及其目录): `question` as the contract writes it."""

    result: CheckResult
    question: dict[str, Any]
    catalog: Catalog


def answer_of(result: CheckResult, catalog: Catalog) -> Answer:
    """Return a result made ready to be shown."""
    return Answer(result, result.model_dump()["question"], catalog)


def answer_parts(answer: Answer) -> Iterator[Part]:
    """Yield the page of an answer (核查结果), most urgent first."""
    yield headline(answer.result, answer.catalog.lists)
    yield _asked(answer)
    yield from detail_parts(answer)
    if answer.result.coverage.acts_unknown:
        yield Block(ACTS_TITLE, tuple(act_line(act) for act in answer.result.coverage.acts_unknown))
    lines = (*record_lines(answer), Line("结论完整", _complete(answer)), Line("核查凭证", answer.result.receipt))
    yield Block("查询记录", lines)


def detail_parts(answer: Answer, prefix: str = "") -> Iterator[Part]:
    """Yield what an answer rests on: findings, candidates, warnings, and the trace when asked for."""
    result = answer.result
    for number, finding in enumerate(sorted(result.findings, key=rank), 1):
        yield finding_block(f"{prefix}{number}", finding)
    yield from rule_parts(answer.result, answer.catalog)
    yield from _doubts(answer)
    yield from commitment_blocks(result.commitments, answer.catalog)
    if result.not_applied is not None:
        yield Block(f"未适用的措施（{len(result.not_applied)} 项）及原因", tuple(silent_lines(result.not_applied)))
    if result.rules is not None:
        yield Block(f"推导规则（{len(result.rules)} 条）", tuple(map(trace_line, result.rules)))


def subject_text(answer: Answer) -> str:
    """Return who was asked about, as the user wrote it (主体)."""
    shown = answer.result.subject
    kind = SubjectKind(shown.kind).zh if shown.kind is not None else "主体类别不明"
    number = f"{IdType(shown.id_type).zh} {shown.id}" if shown.id_type is not None and shown.id else ""
    return "，".join(part for part in (shown.name or "", number, kind) if part)


def _asked(answer: Answer) -> Block:
    question, catalog = answer.question, answer.catalog
    matter = catalog.matters[question["matter"]]
    lines = [
        Line("主体", subject_text(answer)),
        Line("身份", IdentityStatus(answer.result.identity.status).zh),
        Line("事项", f"{matter.title}（{matter.code}），{Role(question['role']).zh}，{Phase(question['phase']).zh}"),
        Line("基准日", question["as_of"]),
        Line("地域", question["region"] or "未指定：只适用全国层面的措施"),
    ]
    if answer.result.credit_report_required:
        lines.append(Line("信用报告", "本事项须查阅信用报告"))
    lines.extend(_window(answer))
    if question["coverage"] == Coverage.LOADED:
        lines.append(Line("口径", Coverage.LOADED.zh))
    return Block("核查问题", tuple(lines))


def _window(answer: Answer) -> Iterator[Line]:
    """Yield what was answered on each date of the case: a listing that came or went between them can be seen."""
    window = answer.result.window
    for day in () if window is None else window.days:
        titles = "、".join(answer.catalog.measures[measure].title for measure in day.measures)
        decides = "（以此为准）" if window is not None and day.which is window.decides else ""
        yield Line(day.which.zh, f"{day.on} {day.verdict.zh}{f'：{titles}' if titles else ''}{decides}")


def _doubts(answer: Answer) -> Iterator[Block]:
    result = answer.result
    if result.identity.candidates:
        yield Block("候选记录（号码、名称已脱敏）", tuple(_candidate(each) for each in result.identity.candidates))
    if result.identity.warnings:
        yield Block("提示", tuple(Line("", notice.message) for notice in result.identity.warnings))


def act_line(act: dict[str, Any]) -> Line:
    """Return an act nobody spoke of, with the declaration to sign (待声明事项)."""
    return Line(act["name"], act["declaration"])


def _candidate(candidate: dict[str, Any]) -> Line:
    parts = [candidate["name"], candidate["id"]]
    parts.append(f"{candidate['listed_on']} 列入" if candidate["listed_on"] else "列入日期不明")
    if candidate["state"] != Reason.APPLIES:
        parts.append(Reason(candidate["state"]).zh)
    parts.append(f"批次 {candidate['source']['batch']} 第 {candidate['source']['row']} 行")
    return Line(candidate["list_name"], "，".join(part for part in parts if part))


def record_lines(answer: Answer) -> tuple[Line, ...]:
    """Return what is filed with the case: lists searched and of when, when it was asked, which versions (查询记录)."""
    result, catalog = answer.result, answer.catalog
    return (
        Line("已查名单", _ages(result, catalog) or "无"),
        Line("未导入名单", _names(result.coverage.missing, catalog) or "无"),
        Line("已过期名单", _names(result.coverage.stale, catalog) or "无"),
        Line("名单时点", answer.question["known_at"] or "从未导入名单"),
        Line("核查时刻", result.checked_at.isoformat(timespec="seconds")),
        Line("版本", "，".join(f"{key} {str(version)[:_SHORT]}" for key, version in result.versions.items())),
    )


def _complete(answer: Answer) -> str:
    return "是" if answer.result.complete else "否，有事项未能查明"


def _ages(result: CheckResult, catalog: Catalog) -> str:
    """Return the lists consulted, each with the day of the edition it rests on."""
    days = {edition.list: edition.received_at.astimezone(SHANGHAI).date() for edition in result.editions}
    consulted = result.coverage.consulted
    return "、".join(f"{catalog.lists[code].title}（{code}，{days[code]} 导入）" for code in consulted)


def _names(codes: tuple[str, ...], catalog: Catalog) -> str:
    return "、".join(f"{catalog.lists[code].title}（{code}）" for code in codes)
