"""Grade, supervision, warnings and the trace of rules on the page of an answer."""

from __future__ import annotations

from datetime import date
from typing import Any

import worlds as w
from jointsanction.model.catalogue import Rule
from jointsanction.telling.rules_shown import rule_parts, trace_line


def rule(id_: str, when: dict[str, Any], **then: Any) -> Rule:
    """Make a rule."""
    words = {"id": id_, "title": f"规则{id_}", "when": when, "then": then, "explanation": id_, "basis": [w.basis()]}
    return Rule.model_validate(words)


BLACK = {"listing": {"kind": {"eq": "black"}, "in-force": {"eq": True}}}
RULES = (
    rule("a", BLACK, grade="blacklisted"),
    rule(
        "b", {"grade": {"level": {"eq": "blacklisted"}}}, supervision={"tier": "key", "inspections": 4}, warn="请约谈"
    ),
    rule("c", {"question": {"matter": {"within": ["M.X"]}}}, supervision={"tier": "routine"}),
)


def shown(*rows: Any, rules: tuple[Rule, ...] = RULES, **words: Any) -> list[str]:
    """Return the lines about rules on the page of an answer."""
    catalog = w.world(w.list_type("IL.A", "independent"), *rules)
    parts = rule_parts(w.ask(catalog, *rows, **words), catalog)
    return [f"{line.label}：{line.text}" for part in parts for line in part.lines]


def test_a_grade_and_what_follows_are_shown_with_what_set_them() -> None:
    """Which rule, and which listing with its document."""
    lines = shown(w.listing(), w.listing("IL.A"))
    assert lines == [
        "信用等级：黑名单；依规则a：BL.A名单（2024-01-01 列入，文书 文〔2024〕1号）",
        "独立管理：IL.A名单",
        "监管措施：重点监管，每年 4 次；依规则b",
        "规则提示：请约谈",
    ]


def test_what_could_be_worse_is_said_to_be() -> None:
    """A missing list and a doubtful listing leave grade and supervision open."""
    assert shown(without=("BL.A",), coverage="loaded") == [
        "信用等级：守信（有名单未导入或者记录存疑，可能更差）",
        "监管措施：按常规比例和频次抽查（有名单未导入或者记录存疑，可能更严）；依规则c",
    ]
    assert shown(rules=()) == []


def test_the_trace_has_one_line_a_rule() -> None:
    """Held, not held and why, or unsure."""
    catalog = w.world(*RULES)
    told = [trace_line(one).text for one in w.ask(catalog, w.listing()).rules or ()]
    assert told[0] == "规则a：成立：BL.A名单（2024-01-01 列入，文书 文〔2024〕1号）"
    told = [trace_line(one).text for one in w.ask(catalog, w.listing(removed_on=w.TODAY)).rules or ()]
    assert told[0] == "规则a：不成立；列入记录要求在列为是，最接近的一条在列为否"
    told = [trace_line(one).text for one in w.ask(catalog, w.listing(missing_since=date(2024, 2, 1))).rules or ()]
    assert told[0].startswith("规则a：是否成立未能确定：BL.A名单")
