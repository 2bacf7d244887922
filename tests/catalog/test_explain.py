"""One entry as an officer or a lawyer reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jointsanction.catalog.explain import explain
from jointsanction.catalog.load import load_catalog
from jointsanction.errors import QuestionError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from jointsanction.catalog.load import Loaded

GOLDEN = """## 不予贸易许可

`refuse-trade` · 惩戒措施 · 减损权益或增加义务 · 禁止 · 应当

- 措施种类：限制市场或行业准入
- 触发：列入名单
- 对象：第一严重失信主体名单（BL.ONE）
- 承担者：本主体、法定代表人（核查时）
- 事项：贸易许可（TRADE.LIC）
- 实施主体：虚构部
- 实施主体类型：公共管理机构
- 处置：不予许可。
- 依据：
  1. 《虚构贸易法》（虚令〔2000〕1号）第22条［法律、规定后果、已核对原文、自 2000-01-01 起］"""


def test_a_measure_says_whom_why_and_what_to_do(world: Path) -> None:
    """The officer must be able to defend the refusal with this text."""
    assert explain(load_catalog([world]), "refuse-trade") == GOLDEN


def test_an_entry_is_found_by_any_of_its_names(world: Path) -> None:
    """Nobody knows codes by heart."""
    catalog = load_catalog([world])
    assert explain(catalog, "第一黑名单") == explain(catalog, "BL.ONE")
    assert explain(catalog, "虚令〔2000〕1号") == explain(catalog, "trade-law")
    assert explain(catalog, "fast-lane") == explain(catalog, "TRADE.FAST")


def test_an_unknown_name_brings_the_nearest(world: Path) -> None:
    """A slip of the pen must not end in a search."""
    catalog = load_catalog([world])
    with pytest.raises(QuestionError) as near:
        explain(catalog, "refuse-trad")
    assert near.value.code == "catalog.unknown_entry"
    assert "refuse-trade" in near.value.hint
    with pytest.raises(QuestionError) as far:
        explain(catalog, "无")
    assert "代码" in far.value.hint


def test_a_ban_says_how_long_and_from_when(spoiled: Callable[..., Loaded]) -> None:
    """Five years from what, and for whom, is half of the answer."""
    file = "measures/restriction/bar-after-sentence.yaml"
    text = explain(spoiled(file).catalog, "bar-after-sentence")
    assert "- 期限：5 年（判决生效之日起受限，自刑罚执行完毕之日起算）" in text
    assert "- 附加条件：贪污贿赂、侵占、挪用或破坏市场经济秩序犯罪、有期徒刑以上、未宣告缓刑" in text
    assert "- 对象：刑事处罚、限自然人" in text


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{years: [1, 3], set_by: order}", "1 至 3 年（决定载明）"),
        ("{set_by: order}", "以决定为准（决定载明）"),
        ("{months: 6, runs_from: unstated}", "6 个月（起算日法条未载明）"),
        ("{life: true, when: {kinds: 罚款}}", "终身（限罚款）"),
        ("{indefinite: true, until: liquidation-completed}", "不限期至清算完结之日"),
        ("[{calendar_year: true}, {while_listed: true}]", "当年度内、列入名单期间"),
    ],
)
def test_every_kind_of_term_has_words(written: str, said: str, spoiled: Callable[..., Loaded]) -> None:
    """A term that reads wrong is a term that is applied wrong."""
    term = "{years: 5, runs_from: sentence-served, bites_from: sentence-final}"
    loaded = spoiled("measures/restriction/bar-after-sentence.yaml", (term, written))
    assert f"- 期限：{said}\n" in explain(loaded.catalog, "bar-after-sentence")


def test_what_narrows_a_measure_is_told(spoiled: Callable[..., Loaded]) -> None:
    """Roles, traits, trade and region decide whether it is the case at hand."""
    loaded = spoiled(
        "measures/restriction/refuse-trade.yaml",
        ("targets: {lists: [BL.ONE]}", "targets: {groups: [JOINT], kinds: [unit, person]}"),
        ("at: asking}", "personally_responsible: true}"),
        (
            "duty:",
            "same_trade: true\nrelated_only: true\ntraits: [engineering]\nroles: [bidder]\nphase: [before]\nduty:",
        ),
        (
            "implementing_authority:",
            "status: retired\nvalid_to: 2020-01-01\nin_list: recalled\nask: 甲\nnote: 乙\nimplementing_authority:",
        ),
    )
    text = explain(loaded.catalog, "refuse-trade")
    for line in (
        "对象：联合惩戒对象（JOINT）、限单位、自然人", "承担者：本主体、法定代表人（负有个人责任）", "限同一行业：是",
        "限相关联事项：是", "项目特征：工程建设项目", "角色：投标人", "环节：事前", "状态：已停用",
        "适用：至 2020-01-01 止", "全国清单：未核对全国清单", "需要核实：甲", "备注：乙",
    ):  # fmt: skip
        assert f"- {line}" in text


def test_records_grades_clues_and_grants_are_told(spoiled: Callable[..., Loaded]) -> None:
    """Each trigger names its own kind of object."""
    grants = "{time_factor: 0.5, rate: 0.1, term_days: 30, deferrable: [章程], obligation: {within_days: 15}}"
    loaded = spoiled("measures/incentive/favour-trade.yaml", ("duty:", f"grants: {grants}\nduty:"))
    favour = explain(loaded.catalog, "favour-trade")
    assert "- 条件：3 年内无不良记录、守信承诺、同等条件下" in favour
    assert "- 参数：办理时限系数 0.5、利率、费率或比例 0.1、期限（天） 30" in favour
    assert "可以容缺后补的材料：章程、须书面承诺，自承诺次日起 15 日内履行" in favour
    assert "- 除外：法律法规要求提供的材料除外" in favour
    assert "- 对象：一般失信记录\n" in explain(loaded.catalog, "withhold-fast-lane")
    assert "- 地域：990000\n- 来源目录：990000" in explain(loaded.catalog, "withhold-fast-lane")
    assert "- 对象：三级评价（three-grades）：C" in explain(loaded.catalog, "supervise-low-grade")
    clue = spoiled("measures/restriction/bar-after-sentence.yaml", ("  kinds: [person]", "  clue_lists: [BL.ONE]"))
    assert "线索：第一严重失信主体名单（BL.ONE）" in explain(clue.catalog, "bar-after-sentence")
    assert "受刑罚者五年内不得从事贸易（bar-after-sentence，仅作线索）" in explain(clue.catalog, "BL.ONE")


def test_a_list_says_who_decides_and_how_it_ends(spoiled: Callable[..., Loaded]) -> None:
    """Whoever is listed asks how to get off."""
    loaded = spoiled(
        "measures/lists/BL.ONE.yaml",
        ("  - {years: 3, text: verified}", "  - {years: [1, 3], text: verified}\n  - {months: 6, text: recalled}"),
        (
            "kinds: [unit]",
            "kinds: [unit, person]\nrepair: {repairable: true, after_months: 12, missing: [改正], channel: 窗口}",
        ),
    )
    text = explain(loaded.catalog, "BL.ONE")
    for line in (
        "列入的主体：单位、自然人", "期限：1 至 3 年（法律规定，已核对原文）、6 个月（法律规定，未核对原文）",
        "信用修复：可以修复", "修复等待：12 个月", "修复条件：改正", "修复渠道：窗口",
        "等级方案：三级评价（three-grades）",
        "别名：旧黑名单［至 2009-12-31 止］、第一黑名单", "触发的措施：不予贸易许可（refuse-trade）", "范围：全国",
    ):  # fmt: skip
        assert f"- {line}" in text
    unlimited = spoiled("measures/lists/BL.ONE.yaml", ("repairable: true, after_months: 12, ", "repairable: false, "))
    assert "- 信用修复：不可修复\n- 修复条件" in explain(unlimited.catalog, "BL.ONE")
    assert "- 期限：无统一期限，依记录所载" in explain(unlimited.catalog, "RL.GOOD")
    assert "- 范围：990000" in explain(unlimited.catalog, "RL.GOOD")


def test_the_other_entries_have_texts_too(world: Path, tmp_path: Path) -> None:
    """A lawyer follows a citation from measure to instrument and back."""
    (tmp_path / "more/rules").mkdir(parents=True)
    rule = (world / "rules/suspend-incentives.yaml").read_text(encoding="utf-8")
    other = rule.replace("id: suspend-incentives", "id: carry-over").replace(
        "then: {suspend: {effect: incentive}}", "then: {carry: {class: adverse}, derive: {fact: tier}}"
    )
    (tmp_path / "more/rules/carry-over.yaml").write_text(other, encoding="utf-8")
    catalog = load_catalog([world, tmp_path / "more"])
    assert "- 后续文件：虚构贸易法（trade-law）" in explain(catalog, "old-trade-law")
    assert "不予贸易许可（refuse-trade）" in explain(catalog, "trade-law")
    assert "- 结果：中止激励措施" in explain(catalog, "suspend-incentives")
    assert "- 结果：“减损权益或增加义务”的措施及于本主体\n- 结果：推导事实：tier" in explain(catalog, "carry-over")
    assert "  1. 优秀（A）" in explain(catalog, "three-grades")
    assert "  1. 第一严重失信主体名单（BL.ONE）：《虚构贸易法》" in explain(catalog, "JOINT")
    matter = explain(catalog, "TRADE.FAST")
    assert "- 由何级文件给予：部门规章\n- 一般途径：仍可按一般程序办理。" in matter
    assert "- 角色另定：评标（评审）专家：聘用" in matter
    assert "- 别名：fast-lane（申请人）" in matter
    assert "- 下级：快速通道（TRADE.FAST）、贸易许可（TRADE.LIC）、贸易检查（WATCH.TRADE）" in explain(catalog, "TRADE")


def test_rules_on_publicity_are_told_and_which_a_list_follows(spoiled: Callable[..., Loaded]) -> None:
    """By severity how long, what an application takes, where, and how soon it is answered."""
    words = "repair: {repairable: true, publicity: general, two_step: true}\nobjection: suspend\nkinds: [unit]"
    loaded = spoiled("measures/lists/BL.ONE.yaml", ("kinds: [unit]", words))
    text = explain(loaded.catalog, "BL.ONE")
    for line in ("公示期规则：第一公示办法、第二公示办法", "修复审批：信用办、数据单位两方同意", "异议期间：暂停适用"):
        assert f"- {line}" in text
    rules = explain(loaded.catalog, "second-rules")
    for line in (
        "一般（食品）：最短 3 个月，最长 12 个月（已核对原文）", "严重：最短 12 个月，未设最长（已核对原文）",
        "1. 改正",
        "渠道：窗口", "反馈时限：10 个工作日", "骗取修复后：36 个月内不得申请", "备注：虚构。",
    ):  # fmt: skip
        assert line in rules
    assert "未设最短，最长 36 个月" in explain(loaded.catalog, "first-rules")
