"""What the law would not allow, or not carry, is told; nothing of it stops a load."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jointsanction.catalog.lint import LINTS, lint
from jointsanction.catalog.load import Loaded, load_catalog, load_with_sources

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = date(2024, 6, 1)
M = "measures/restriction/refuse-trade.yaml"
BASIS = '- {instrument: trade-law, article: "22", carries: sets, text: verified}'
ACT = "measures/restriction/bar-after-sentence.yaml"
LOCAL = "measures/local/990000/restriction/withhold-fast-lane.yaml"
LIST = "measures/lists/BL.ONE.yaml"
INCENTIVE = "measures/incentive/favour-trade.yaml"
RULE = "rules/suspend-incentives.yaml"


def codes(loaded: Loaded, file: str, day: date = DAY) -> set[str]:
    """Return what the linter says of one file, but for missing cases."""
    found = {problem.code for problem in lint(loaded, day) if problem.file.endswith(file)}
    return found - {"never-tested"}


def test_a_sound_catalogue_is_left_in_peace(world: Path) -> None:
    """Only that hardly anything was ever tested is to be said of the small catalogue."""
    found = lint(load_with_sources([world]), DAY)
    assert {(problem.code, problem.level) for problem in found} == {("never-tested", "warning")}
    assert not any(problem.file.endswith(M) for problem in found)


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (M, BASIS, BASIS.replace("law", "rule"), "basis-too-weak overclaimed-basis"),
        (M, BASIS, BASIS.replace("sets", "refers"), "refers-only hint-overstated"),
        (M, "text: verified", "text: recalled", "unverified"),
        (M, "carries: sets", "carries: opens", "opens-capped"),
        (M, "instrument: trade-law", "instrument: old-trade-law", None),
        (M, 'article: "22", ', "", "no-article"),
        (M, "duty:", "status: retired\nduty:", "retired-without-end"),
        (M, "lists: [BL.ONE]", "lists: [RL.GOOD]", "kind-mismatch"),
        (M, "lists: [BL.ONE]", "lists: [GEN.ANY]", "kind-mismatch"),
        (M, "lists: [BL.ONE]", "lists: [BL.ONE], kinds: [person]", "unreachable"),
        (M, "lists: [BL.ONE]", "lists: [BL.ONE], kinds: [enterprise]", None),
        (INCENTIVE, "lists: [RL.GOOD]", "lists: [BL.ONE]", "kind-mismatch"),
        (LOCAL, "targets: {severity: [general]}", "targets: {lists: [BL.ONE]}", "kind-mismatch"),
        (LOCAL, "matters: [TRADE.FAST]", "matters: [TRADE.LIC]", "withholds-a-right"),
        (LOCAL, "instrument: trade-rule", "instrument: notice", "basis-too-weak"),
        (ACT, "{years: 5, ", "{years: 11, ", "over-long"),
        (ACT, "{years: 5, ", "{years: [5, 20], ", "over-long term-range"),
        (LIST, "{years: 3, ", "{years: 6, ", "over-long"),
        (LIST, "{years: 3, ", "{years: [3, 6], ", "over-long term-range"),
        (LIST, "carries: founds", "carries: refers", "unfounded-list"),
        (LIST, "text: verified}\nkinds", "text: recalled}\nkinds", "founded-by-recall"),
        (LIST, "第一黑名单", "上访人员名单", "forbidden-behaviour"),
        (RULE, "{suspend: {effect: incentive}}", "{carry: {class: adverse}}", "relation-unnamed"),
        (RULE, "trade-law, article", "trade-rule, article", None),
        ("measures/groups.yaml", "list: BL.ONE", "list: GEN.ANY", "record-in-group"),
        ("measures/instruments/trade-rule.yaml", "valid_from: 2001年7月1日\n", "", "instrument-without-start"),
    ],
)
def test_each_remark_is_made_where_it_belongs(  # noqa: PLR0913, PLR0917 - the table of what is spoiled how
    file: str, old: str, new: str, code: str | None, world: Path, spoiled: Callable[..., Loaded]
) -> None:
    """One word changed brings the one remark, and none where the law allows it."""
    notice = "id: notice\ntitle: 通知\nlevel: normative-document\nvalid_from: 2000-01-01\n"
    (world / "measures/instruments/notice.yaml").write_text(notice, encoding="utf-8")
    found = codes(spoiled(file, (old, new)), file)
    assert found == set((code or "").split())


def test_every_remark_has_its_case() -> None:
    """The table of remarks is met whole by the tests beside this one."""
    text = "".join(file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("test_*.py"))
    assert [code for code in LINTS if not re.search(rf'["\s]{code}["\s]', text)] == []


def test_a_rule_that_adds_a_bearer_needs_the_law(spoiled: Callable[..., Loaded]) -> None:
    """A department rule can't extend a burden to partners (ENCODING §3)."""
    loaded = spoiled(RULE, ("{suspend: {effect: incentive}}", "{carry: {class: adverse}}"), ("trade-law", "trade-rule"))
    assert codes(loaded, RULE) == {"weak-rule", "relation-unnamed"}


def test_a_law_that_ended_asks_for_its_successor(world: Path, spoiled: Callable[..., Loaded]) -> None:
    """When an instrument is repealed every measure on it ends; somebody must look at what came after."""
    law = "measures/instruments/trade-law.yaml"
    notice = "id: notice\ntitle: 通知\nlevel: normative-document\nvalid_from: 2000-01-01\n"
    (world / "measures/instruments/notice.yaml").write_text(notice, encoding="utf-8")
    loaded = spoiled(law, ("valid_from", "valid_to: 2020-01-01\nvalid_from"))
    (ended,) = [one for one in lint(loaded, DAY) if one.code == "basis-ended" and one.file.endswith(M)]
    assert "也没有写明后续文件" in ended.message
    assert codes(loaded, M, date(2019, 1, 1)) == set()
    unused = spoiled(law, ("valid_to", "superseded_by: notice\nvalid_to"))
    (ended,) = [one for one in lint(unused, DAY) if one.code == "basis-ended" and one.file.endswith(M)]
    assert "后续文件：notice。" in ended.message
    assert codes(spoiled(law, ("superseded_by: notice", "superseded_by: trade-rule")), M) == set()


def test_a_local_basis_binds_its_region_only(world: Path, spoiled: Callable[..., Loaded]) -> None:
    """A city's regulation can't bar anybody elsewhere."""
    law = "id: city-law\ntitle: 市条例\nlevel: local-regulation\nregion: '990100'\nvalid_from: 2000-01-01\n"
    (world / "measures/instruments/city-law.yaml").write_text(law, encoding="utf-8")
    assert codes(spoiled(M, ("trade-law", "city-law")), M) == {"local-basis-everywhere"}
    assert codes(spoiled(LOCAL, ("trade-rule", "city-law")), LOCAL) == {"wider-than-basis"}
    law = "measures/instruments/city-law.yaml"
    assert codes(spoiled(law, ("990100", "990000")), LOCAL) == set()
    spoiled(law, ("990000", "990100"))
    assert codes(spoiled("measures/instruments/city-law.yaml", ("990100", "110000")), LOCAL) == {"basis-outside-region"}


def test_courts_rules_carry_what_courts_order(world: Path, spoiled: Callable[..., Loaded]) -> None:
    """A judicial interpretation carries an order of a court and nothing else (ENCODING §1)."""
    text = "id: court-rules\ntitle: 司法解释\nlevel: judicial-interpretation\nvalid_from: 2000-01-01\n"
    (world / "measures/instruments/court-rules.yaml").write_text(text, encoding="utf-8")
    assert codes(spoiled(M, ("trade-law", "court-rules")), M) == {"basis-too-weak"}
    assert codes(spoiled(M, ("duty:", "actor: [court]\nduty:")), M) == set()


def test_voluntary_is_nobodys_order(spoiled: Callable[..., Loaded]) -> None:
    """What institutions do of themselves no authority carries out (国办发〔2020〕49号)."""
    loaded = spoiled(M, ("class: adverse", "class: voluntary"), ("prohibit", "consider"), ("must", "reference"))
    assert codes(loaded, M) == {"voluntary-by-public"}
    assert codes(spoiled(M, ("duty:", "actor: [financial]\nduty:")), M) == set()


def test_traits_that_no_matter_has_are_never_met(spoiled: Callable[..., Loaded]) -> None:
    """A measure for mandatory tenders can't apply where tenders are not mandatory."""
    spoiled("measures/matters.yaml", ("{title: 贸易许可}", "{title: 贸易许可, not_traits: [engineering]}"))
    assert codes(spoiled(M, ("duty:", "traits: [engineering]\nduty:")), M) == {"unreachable"}
    assert codes(spoiled(M, ("matters: [TRADE.LIC]", "matters: [TRADE]")), M) == set()


def test_a_role_decides_what_is_withheld(spoiled: Callable[..., Loaded]) -> None:
    """An engagement may be withheld by what grants it, here a law."""
    found = spoiled(LOCAL, ("matters: [TRADE.FAST]", "matters: [TRADE]\nroles: [evaluation-expert]"))
    assert codes(found, LOCAL) == {"basis-too-weak", "asked-only"}
    assert codes(spoiled(LOCAL, ("trade-rule", "trade-law")), LOCAL) == {"asked-only"}


@pytest.mark.parametrize(
    ("words", "contradicts"),
    [
        ([("degree: prohibit", "degree: restrict")], True),
        ([("degree: prohibit", "degree: restrict"), ("matters: [TRADE.LIC]", "matters: [TRADE]")], True),
        ([("degree: prohibit", "degree: restrict"), ("matters: [TRADE.LIC]", "matters: [WATCH]")], False),
        ([("degree: prohibit", "degree: restrict"), ("lists: [BL.ONE]", "groups: [JOINT]")], True),
        ([("degree: prohibit", "degree: restrict"), ("duty:", "valid_to: 2020-01-01\nduty:")], False),
        ([("degree: prohibit", "degree: restrict"), ("duty:", "roles: [bidder]\nduty:")], False),
        ([("degree: prohibit", "degree: restrict"), ("[BL.ONE]", "[BL.ONE], where: {size: large}")], False),
        ([("duty: 不予许可。", "duty: 不予办理。")], False),
    ],
)
def test_one_case_has_one_degree(words: list[tuple[str, str]], contradicts: bool, world: Path) -> None:  # noqa: FBT001
    """Prohibited and restricted for the same list in the same matter: one of them is wrong."""
    text = (world / M).read_text(encoding="utf-8").replace("id: refuse-trade", "id: restrict-trade")
    for old, new in words:
        assert old in text
        text = text.replace(old, new)
    (world / "measures/restriction/restrict-trade.yaml").write_text(text, encoding="utf-8")
    found = [problem for problem in lint(load_with_sources([world]), DAY) if problem.code == "contradiction"]
    assert [problem.file.endswith("restrict-trade.yaml") for problem in found] == ([True] if contradicts else [])


def test_one_act_has_one_degree(world: Path) -> None:
    """The same sentence can't bar for good and restrict."""
    text = (world / ACT).read_text(encoding="utf-8").replace("bar-after", "restrict-after")
    text = text.replace("degree: prohibit", "degree: restrict")
    (world / "measures/restriction/restrict-after-sentence.yaml").write_text(text, encoding="utf-8")
    found = [problem for problem in lint(load_with_sources([world]), DAY) if problem.code == "contradiction"]
    assert len(found) == 1


def test_a_measure_is_shown_to_bite_and_to_stay_silent(world: Path) -> None:
    """One side alone proves nothing; a hint counts as biting for what can only hint."""
    cases = world / "measures/restriction/refuse-trade.test.yaml"
    text = cases.read_text(encoding="utf-8")

    def said() -> list[str]:
        found = lint(load_with_sources([world]), DAY)
        return [one.message for one in found if one.code == "never-tested" and one.file.endswith(M)]

    assert said() == []
    cases.write_text(text.replace("want: []", "want: [refuse-trade]"), encoding="utf-8")
    assert ["没有不适用的用例" in message for message in said()] == [True]
    cases.write_text(text.replace("want: [refuse-trade]", "want: []"), encoding="utf-8")
    assert ["没有适用的用例" in message for message in said()] == [True]
    hint = "want: []\n    reasons: {refuse-trade: unverified}"
    cases.write_text(text.replace("want: [refuse-trade]", hint), encoding="utf-8")
    assert said() == []
    cases.unlink()
    assert ["缺少 refuse-trade.test.yaml" in message for message in said()] == [True]


@pytest.mark.parametrize(("text", "line"), [("cases: 无\n", 1), ("cases:\n  - title: 甲\n", 2), ("cases: ['\n", 1)])
def test_cases_nobody_can_read_are_an_error(text: str, line: int, world: Path) -> None:
    """A case with a mistyped key would test nothing."""
    cases = world / "rules/suspend-incentives.test.yaml"
    cases.write_text(text, encoding="utf-8")
    found = [problem for problem in lint(load_with_sources([world]), DAY) if problem.level == "error"]
    assert {(problem.file, problem.line, problem.code) for problem in found} == {
        (cases.as_posix(), line, "unreadable-cases")
    }


def test_a_rule_with_two_cases_is_tested(world: Path) -> None:
    """What a rule brings about shows in the measures of its cases."""
    cases = (world / "measures/restriction/refuse-trade.test.yaml").read_text(encoding="utf-8")
    (world / "rules/suspend-incentives.test.yaml").write_text(cases, encoding="utf-8")
    assert not [one for one in lint(load_with_sources([world]), DAY) if one.file.endswith(RULE)]


def test_a_bundle_is_linted_by_id(world: Path, spoiled: Callable[..., Loaded]) -> None:
    """Without files a remark names the entry."""
    spoiled(M, ("text: verified", "text: recalled"))
    (problem,) = lint(Loaded(load_catalog([world]), {}), DAY)
    assert str(problem) == "refuse-trade:0:0: info unverified refuse-trade：足以支撑的依据都未核对原文，只作提示。"


@pytest.mark.parametrize("trigger", ["listing", "record"])
def test_what_is_only_published_sets_nothing_off(world: Path, spoiled: Callable[..., Loaded], trigger: str) -> None:
    """双公示: a penalty or a licence that was made public is no list and no finding of dishonesty."""
    published = world / "measures/lists/GEN.ANY.yaml"
    published.write_text(published.read_text(encoding="utf-8").replace("record", "publication"), encoding="utf-8")
    changed = [("lists: [BL.ONE]", "lists: [GEN.ANY]"), ("trigger: listing", f"trigger: {trigger}")]
    assert codes(spoiled(M, *changed), M) == {"kind-mismatch"}
