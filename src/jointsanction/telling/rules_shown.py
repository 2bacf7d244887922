"""What the rules say of a subject, on a page (信用等级、监管措施、规则提示)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jointsanction.catalog.explaining.rule import supervision_text
from jointsanction.model.catalogue import Supervision
from jointsanction.telling.finding import cause_text
from jointsanction.telling.page import Block, Line
from jointsanction.terms import GradeLevel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.result import CheckResult
    from jointsanction.model.shown import RuleTraceShown, SetByShown, SupervisionShown


def rule_parts(result: CheckResult, catalog: Catalog) -> Iterator[Block]:
    """Yield grade, supervision and what rules tell, where there is something to say."""
    lines = tuple(_lines(result, catalog))
    if lines:
        yield Block("信用等级与监管", lines)


def _lines(result: CheckResult, catalog: Catalog) -> Iterator[Line]:
    grade = result.grade
    if grade.level is not None:
        open_ = "" if grade.complete else "（有名单未导入或者记录存疑，可能更差）"
        yield Line("信用等级", f"{GradeLevel(grade.level).zh}{open_}{_set_by(grade.set_by)}")
    if grade.independent and grade.level is not None:
        yield Line("独立管理", "、".join(catalog.lists[code].title for code in grade.independent))
    if result.supervision is not None:
        yield Line("监管措施", _supervision(result.supervision))
    for notice in result.notices:
        yield Line("规则提示", notice.message)


def _supervision(shown: SupervisionShown) -> str:
    said = supervision_text(Supervision.model_validate(shown.said))
    open_ = "" if shown.complete else "（有名单未导入或者记录存疑，可能更严）"
    return f"{said}{open_}{_set_by(shown.set_by)}"


def _set_by(rules: Iterable[SetByShown]) -> str:
    return "".join(f"；依{one.title}{_causes(one.causes)}" for one in rules)


def _causes(causes: Iterable[dict[str, Any]]) -> str:
    said = "、".join(map(cause_text, causes))
    return f"：{said}" if said else ""


def trace_line(trace: RuleTraceShown) -> Line:
    """Return one rule in force: that it holds and on what, or which of its conditions were not met (规则轨迹)."""
    if trace.fired is None:
        return Line("", f"{trace.title}：是否成立未能确定{_causes(trace.causes)}")
    if trace.fired:
        return Line("", f"{trace.title}：成立{_causes(trace.causes)}")
    return Line("", f"{trace.title}：不成立；{'；'.join(trace.unmet)}")
