"""One measure → text (措施说明): whom it hits, in what matter, how far, on what ground, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.catalog.explaining.department import chain_text
from jointsanction.catalog.files import NATIONAL
from jointsanction.catalog.wording import Lines, cited, condition_text, dated, granted, joined, named
from jointsanction.terms import Event, SetBy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.model.catalogue import Bearer, Catalog, Duration, Measure, Where


def explain_measure(measure: Measure, catalog: Catalog) -> str:
    """Return the text of a measure."""
    kinds = [measure.effect.zh, measure.degree.zh, measure.binding.zh]
    if measure.measure_class is not None:
        kinds.insert(1, measure.measure_class.zh)
    lines = Lines(measure.title, measure.id, *kinds)
    lines.add("措施种类", measure.item.zh if measure.item is not None else None)
    lines.add("触发", measure.trigger.zh)
    lines.add("对象", joined(targets_text(measure, catalog)))
    lines.add("附加条件", joined(_where(measure.targets.where)))
    lines.add("承担者", joined(map(_bearer, measure.bears)))
    lines.add("期限", joined(map(_duration, measure.term)))
    lines.add("事项", joined(named(catalog.matters, code) for code in measure.matters))
    lines.add("角色", joined(role.zh for role in measure.roles))
    lines.add("环节", joined(phase.zh for phase in measure.phase))
    lines.add("项目特征", joined(trait.zh for trait in measure.traits))
    lines.add("限同一行业", "是" if measure.same_trade else None)
    lines.add("限相关联事项", "是" if measure.related_only else None)
    lines.add("条件", joined(map(condition_text, measure.conditions)))
    lines.add("除外", joined(one.zh for one in measure.except_))
    lines.add("参数", joined(granted(measure.grants)))
    _closing(lines, measure, catalog)
    return lines.text()


def _closing(lines: Lines, measure: Measure, catalog: Catalog) -> None:
    lines.add("实施主体", joined(measure.implementing_authority))
    lines.listed("对应部门", chain_text(measure, catalog))
    lines.add("实施主体类型", joined(actor.zh for actor in measure.actor))
    lines.add("处置", measure.duty)
    lines.add("需要核实", measure.ask)
    lines.listed("依据", (cited(basis, catalog) for basis in measure.basis))
    lines.add("适用", dated(measure.valid_from, measure.valid_to))
    lines.add("地域", measure.region)
    lines.add("来源目录", measure.layer if measure.layer != NATIONAL else None)
    lines.add("全国清单", measure.in_list.zh if measure.in_list is not None else None)
    lines.add("状态", "已停用" if measure.status == "retired" else None)
    lines.add("备注", measure.note)


def targets_text(measure: Measure, catalog: Catalog) -> Iterator[str]:
    """Yield whom a measure is for, part by part (对象)."""
    targets = measure.targets
    yield from (named(catalog.lists, code) for code in targets.lists)
    yield from (named(catalog.groups, code) for code in targets.groups)
    yield from (act.zh for act in targets.acts)
    yield from (f"{severity.zh}失信记录" for severity in targets.severity)
    if targets.grades is not None:
        yield f"{named(catalog.schemes, targets.grades.scheme)}：{joined(targets.grades.levels)}"
    if targets.kinds:
        yield "限" + joined("单位" if kind == "unit" else kind.zh for kind in targets.kinds)
    if targets.clue_lists:
        yield "线索：" + joined(named(catalog.lists, code) for code in targets.clue_lists)


def _where(where: Where | None) -> Iterator[str]:
    if where is None:
        return
    for words in (where.size, where.ground, where.crime, where.field, where.occupation, where.severity):
        if words:
            yield "或".join(word.zh for word in words)
    if where.at_least is not None:
        yield f"{where.at_least.zh}以上"
    if where.kinds:
        yield "或".join(where.kinds)
    if where.probation is not None:
        yield "宣告缓刑" if where.probation else "未宣告缓刑"


def _bearer(bearer: Bearer) -> str:
    facts = joined(
        filter(
            None,
            (bearer.at.zh if bearer.at is not None else "", "负有个人责任" if bearer.personally_responsible else ""),
        )
    )
    return f"{bearer.role.zh}（{facts}）" if facts else bearer.role.zh


def _duration(duration: Duration) -> str:
    said = "".join(_how_long(duration)) or "以决定为准"
    facts = []
    if duration.bites_from is not None:
        facts.append(f"{duration.bites_from.zh}起受限")
    if duration.runs_from:
        started = "或".join(event.zh for event in duration.runs_from)
        facts.append("起算日法条未载明" if duration.runs_from == (Event.UNSTATED,) else f"自{started}起算")
    if duration.set_by is SetBy.ORDER:
        facts.append(duration.set_by.zh)
    if duration.when is not None:
        facts.append(f"限{joined(_where(duration.when))}")
    return f"{said}（{'，'.join(facts)}）" if facts else said


def _how_long(duration: Duration) -> Iterator[str]:
    if duration.years is not None:
        low, high = duration.years if isinstance(duration.years, tuple) else (duration.years, duration.years)
        yield f"{low} 年" if low == high else f"{low} 至 {high} 年"
    if duration.months is not None:
        yield f"{duration.months} 个月"
    for holds, said in (
        (duration.life, "终身"),
        (duration.indefinite, "不限期"),
        (duration.calendar_year, "当年度内"),
        (duration.while_listed, "列入名单期间"),
    ):
        if holds:
            yield said
    if duration.until is not None:
        yield f"至{duration.until.zh}"
