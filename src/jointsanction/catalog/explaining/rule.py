"""Rules in Chinese words (规则措辞): their conditions and results for readers, and why a condition was not met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jointsanction.catalog.reading.rule_facts import FACT_KEYS
from jointsanction.catalog.wording import joined
from jointsanction.terms import GradeLevel, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jointsanction.inference.why import Miss
    from jointsanction.model.catalogue import (
        Consequence,
        DegreeChange,
        RuleClause,
        RuleCount,
        RuleTest,
        RuleValue,
        Stretch,
        Supervision,
    )

_KINDS: Final = {
    "listing": "列入记录",
    "act": "法律事实",
    "question": "提问",
    "derived": "推导事实",
    "grade": "信用等级",
}

_KEYS: Final = {
    "list": "名单", "scheme": "等级方案", "kind": "类型", "in-force": "在列", "founded": "有法定设立依据",
    "way": "查得途径", "relation": "关联关系", "severity": "失信程度", "field": "领域", "grade": "等级",
    "converts-to": "换算等级", "region": "地域", "matter": "事项", "role": "角色", "phase": "环节", "fields": "领域",
    "traits": "特征", "size": "规模", "type": "类型", "fact": "事实", "value": "取值", "level": "等级",
}  # fmt: skip

_WAYS: Final = {"own": "本主体自己的", "from-listing": "名单上载明的关联", "from-question": "提问说明的关联"}

_OPERATORS: Final = {
    "eq": "为", "ne": "不为", "in": "为其一：", "not-in": "不为其一：", "gte": "不小于", "lte": "不大于",
    "within": "属于", "as": "记作", "same": "同于", "differs": "不同于",
}  # fmt: skip


def clause_text(clause: RuleClause) -> str:
    """Return a condition in words (规则条件)."""
    said = [f"{word}（{fact_text(kind, tests)}）" for kind, word in _KINDS.items() if (tests := getattr(clause, kind))]
    if clause.count is not None:
        said.append(count_text(clause.count))
    for key, word in (("all", "且"), ("any", "或")):
        parts = getattr(clause, key)
        if parts:
            said.append(f" {word} ".join(map(_bracketed, parts)))
    if clause.none:
        said.append(f"没有：{'；'.join(map(clause_text, clause.none))}")
    return " 且 ".join(said)


def _bracketed(clause: RuleClause) -> str:
    several = sum(getattr(clause, key) is not None for key in type(clause).model_fields) > 1 or clause.any
    return f"〔{clause_text(clause)}〕" if several else clause_text(clause)


def fact_text(kind: str, tests: Mapping[str, RuleTest], keys: Iterable[str] | None = None) -> str:
    """Return tests on one kind of fact in words; with `keys`, those only."""
    wanted = tests if keys is None else keys
    return joined(_test(kind, key, operator, value) for key in wanted for operator, value in tests[key].items())


def _test(kind: str, key: str, operator: str, wanted: RuleValue) -> str:
    if operator == "known":
        return f"{_KEYS[key]}{'已知' if wanted else '不明'}"
    return f"{_KEYS[key]}{_OPERATORS[operator]}{value_text(kind, key, wanted)}"


def value_text(kind: str, key: str, value: RuleValue) -> str:
    """Return a value in the word of its vocabulary."""
    if isinstance(value, tuple):
        return "、".join(value_text(kind, key, each) for each in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if key == "way":
        return _WAYS.get(str(value), str(value))
    words = FACT_KEYS[kind].get(key)
    if isinstance(words, type) and issubclass(words, Term) and value in set(words):
        return words(value).zh
    return str(value)


def count_text(count: RuleCount) -> str:
    """Return a count in words (期间次数)."""
    limits = (("gte", count.gte), ("lte", count.lte), ("eq", count.eq))
    said = joined(f"{_OPERATORS[word]} {limit} 次" for word, limit in limits if limit is not None)
    repaired = "（已修复的也计）" if count.repaired else "（已修复的不计）"
    return f"最近{stretch_text(count.within)}内，列入记录（{fact_text('listing', count.listing)}）{said}{repaired}"


def stretch_text(within: Stretch) -> str:
    """Return a stretch of time in words."""
    parts = ((within.years, "年"), (within.months, "个月"), (within.days, "日"))
    return "".join(f"{number} {unit}" for number, unit in parts if number is not None)


def miss_text(miss: Miss) -> str:
    """Return why a condition was not met (未触发的原因)."""
    if miss.negated:
        return f"不应有而有：{clause_text(miss.clause)}"
    if miss.nearest is None:
        return f"没有：{clause_text(miss.clause)}"
    kind = miss.nearest.type
    tests = getattr(miss.clause, kind)
    found = joined(_found(kind, key, miss.nearest.values.get(key)) for key in miss.keys)
    which = "而" if kind in {"question", "grade"} else "最接近的一条"
    return f"{_KINDS[kind]}要求{fact_text(kind, tests, miss.keys)}，{which}{found}"


def _found(kind: str, key: str, value: RuleValue | None) -> str:
    said = "不明" if value is None or value == () else value_text(kind, key, value)
    return f"{_KEYS[key]}为{said}"


def result_texts(then: Consequence) -> Iterator[str]:
    """Yield what follows when a rule fires, in words (规则结果)."""
    if then.suspend is not None:
        yield f"中止{then.suspend.effect.zh}"
    if then.carry is not None:
        yield f"“{then.carry.measure_class.zh}”的措施及于本主体"
    if then.derive is not None:
        yield f"推导事实：{then.derive.fact}"
    if then.grade is not None:
        yield f"信用等级：{GradeLevel(then.grade).zh}（几条规则同时成立的，取最差的）"
    if then.supervision is not None:
        yield f"监管措施：{supervision_text(then.supervision)}（几条规则同时成立的，取最严的）"
    if then.cap is not None:
        yield f"{_change(then.cap)}，至多{then.cap.degree.zh}"
    if then.raise_ is not None:
        yield f"{_change(then.raise_)}，加重为{then.raise_.degree.zh}（以规则依据足以支撑为限）"
    if then.review is not None:
        yield f"须经审查决定：{then.review}"
    if then.warn is not None:
        yield f"提示：{then.warn}"


def _change(change: DegreeChange) -> str:
    return f"“{change.measure_class.zh}”的措施"


def supervision_text(said: Supervision) -> str:
    """Return a supervision output in words (监管措施)."""
    parts = [said.tier.zh]
    if said.inspections is not None:
        parts.append(f"每年 {said.inspections} 次")
    if said.ratio is not None:
        parts.append(f"抽查比例 {said.ratio * 100:g}%")
    parts += [manner.zh for manner in said.manner]
    return "，".join(parts)
