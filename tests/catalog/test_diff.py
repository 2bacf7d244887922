"""What changed between two catalogues is told in words, and which questions it can reach."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jointsanction.catalog.bundle import default_catalog
from jointsanction.catalog.compile import Tables, compile_catalog
from jointsanction.catalog.diff import EntryChange, FactChange, diff
from jointsanction.catalog.load import load_catalog
from jointsanction.catalog.probes import probes, touched_measures

if TYPE_CHECKING:
    from collections.abc import Callable

    from jointsanction.catalog.load import Loaded

WORLD = Path(__file__).parent / "world"
M = "measures/restriction/refuse-trade.yaml"


@pytest.fixture
def old() -> Tables:
    """Return the small catalogue, unspoiled."""
    return compile_catalog(load_catalog([WORLD]), "old")


def test_equal_catalogues_have_no_differences(old: Tables) -> None:
    """Whatever the files, equal content is the same law."""
    assert diff(old.catalog, load_catalog([WORLD])) == ()


def test_a_changed_measure_says_what_of_it_changed(old: Tables, spoiled: Callable[..., Loaded]) -> None:
    """Degree and basis are told as the explanation words them, the rest is not repeated."""
    new = spoiled(M, ("degree: prohibit", "degree: restrict"), ('article: "22"', 'article: "23"')).catalog
    (change,) = diff(old.catalog, new)
    assert change[:4] == ("measures", "refuse-trade", "不予贸易许可", "changed")
    kind, basis = change.facts
    assert (kind.label, "禁止" in kind.before[0], "限制" in kind.after[0]) == ("性质", True, True)
    assert (basis.label, "第22条" in basis.before[0], "第23条" in basis.after[0]) == ("依据", True, True)


def test_what_came_and_what_went(old: Tables, world: Path) -> None:
    """An entry that is in one catalogue only was added or removed."""
    (world / M).rename((world / M).with_name("refuse-trades.yaml"))
    path = world / "measures/restriction/refuse-trades.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("id: refuse-trade", "id: refuse-trades"), encoding="utf-8")
    found = diff(old.catalog, load_catalog([world]))
    assert [(change.id, change.how) for change in found] == [("refuse-trade", "removed"), ("refuse-trades", "added")]


def test_what_no_explanation_says_is_a_change_without_facts(old: Tables, spoiled: Callable[..., Loaded]) -> None:
    """An anchor changes no answer, but the entry is not the same."""
    new = spoiled(M, ("text: verified", "text: verified, anchor: 不予许可")).catalog
    assert diff(old.catalog, new) == (EntryChange("measures", "refuse-trade", "不予贸易许可", "changed"),)


def test_a_forbidden_behaviour_is_told_by_its_name(old: Tables, spoiled: Callable[..., Loaded]) -> None:
    """What may be on no list is law, too."""
    new = spoiled("measures/forbidden.yaml", ("title: ", "title: 修改后的")).catalog
    change = diff(old.catalog, new)[0]
    assert (change.section, change.how, [fact.label for fact in change.facts]) == ("forbidden", "changed", ["名称"])


def test_of_a_list_only_the_lines_that_differ_are_told(old: Tables, spoiled: Callable[..., Loaded]) -> None:
    """A second basis comes, the first is not told again."""
    cited = '- {instrument: trade-law, article: "22", carries: sets, text: verified}'
    more = f"{cited}\n  - {{instrument: trade-rule, article: '3', carries: implements, text: verified}}"
    ((fact,),) = (change.facts for change in diff(old.catalog, spoiled(M, (cited, more)).catalog))
    assert (fact.label, fact.before, len(fact.after)) == ("依据", (), 1)
    assert isinstance(fact, FactChange)


@pytest.mark.parametrize(
    ("section", "name", "measure"),
    [
        ("measures", "refuse-trade", "refuse-trade"),
        ("instruments", "trade-law", "refuse-trade"),
        ("lists", "BL.ONE", "refuse-trade"),
        ("lists", "GEN.ANY", "withhold-fast-lane"),
        ("matters", "TRADE.LIC", "refuse-trade"),
        ("schemes", "three-grades", "supervise-low-grade"),
        ("rules", "suspend-incentives", "favour-trade"),
    ],
)
def test_a_change_reaches_the_measures_that_look_at_it(old: Tables, section: str, name: str, measure: str) -> None:
    """Instruments reach whatever rests on them, lists what targets them, rules everything."""
    change = EntryChange(section, name, "", "changed")  # type: ignore[arg-type]
    assert measure in touched_measures([change], old)


def test_an_instrument_reaches_through_lists_and_groups() -> None:
    """What founds a list, or puts it into a group, carries the measures on it."""
    tables = compile_catalog(default_catalog(), "shipped")
    tax = touched_measures([EntryChange("instruments", "taxation-order-54", "", "changed")], tables)
    assert "refuse-government-procurement" in tax
    joint = tables.catalog.groups["JOINT"]
    for member in joint.members:
        found = touched_measures([EntryChange("lists", member.list, "", "changed")], tables)
        assert "bar-civil-servant-joint-discipline" in found
    cited = joint.members[0].basis[0].instrument
    assert "bar-civil-servant-joint-discipline" in touched_measures(
        [EntryChange("instruments", cited, "", "changed")], tables
    )


def test_a_department_reaches_no_answer(old: Tables) -> None:
    """Who carries a measure out is nothing that an answer turns on."""
    assert touched_measures([EntryChange("forbidden", "any", "", "changed")], old) == frozenset()


def test_the_questions_of_both_catalogues_are_asked_once(old: Tables, spoiled: Callable[..., Loaded]) -> None:
    """A measure that moves to another matter is asked about in both."""
    new = compile_catalog(spoiled(M, ("matters: [TRADE.LIC]", "matters: [TRADE.FAST]")).catalog, "new")
    found = probes(diff(old.catalog, new.catalog), old, new)
    assert {probe.matter for probe in found} == {"TRADE.LIC", "TRADE.FAST"}
    assert {probe.lists for probe in found} == {frozenset({"BL.ONE"})}
    assert len(probes(diff(old.catalog, new.catalog), old, old)) == 1
