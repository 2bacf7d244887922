"""The example packs laid over the shipped catalogue (自有目录示例): FEATURES rows 17, 18, 66, 68 and 69."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from jointsanction import Edition, Engine, Listing, MemoryRegistry
from jointsanction.catalog.explain import explain
from jointsanction.catalog.lint import lint
from jointsanction.catalog.load import load_with_sources
from jointsanction.terms import ExitBy, ListKind
from jointsanction.testing import run_cases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.catalog.load import Loaded
    from jointsanction.model.result import CheckResult

ROOT = Path(__file__).parents[2]
PACKS = ROOT / "samples" / "packs"
NAMES = ("credit-agencies", "graded-supervision", "resident-points", "trust-scenes")
FIRM, CITIZEN = "91990000MA0000001B", "990000199001010017"
DAY = date(2026, 6, 10)
NOW = datetime(2026, 6, 10, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@cache
def laid(*names: str) -> Loaded:
    """Return the shipped catalogue with packs over it."""
    return load_with_sources([ROOT, *(PACKS / name for name in names)])


def grants(answer: CheckResult, measure: str) -> dict[str, Any]:
    """Return what the answer says an incentive gives."""
    (found,) = [row for row in answer.model_dump()["findings"] if row["measure"] == measure and row["applies"]]
    return dict(found["grants"])


def asked(list_code: str, subject: str, matter: str) -> CheckResult:
    """Return the answer about a subject on one list of the scenes pack."""
    catalog = laid("trust-scenes").catalog
    person = subject == CITIZEN
    listing = Listing(
        list=list_code,
        uscc=None if person else subject,
        resident_id=subject if person else None,
        listed_on=date(2026, 3, 1),
    )
    whole = [Edition(list=code, batch="today", received_at=NOW) for code in catalog.lists]
    engine = Engine(catalog, MemoryRegistry([listing], whole), clock=lambda: NOW)
    return engine.check_subject(subject, matter, as_of=DAY, region="990000")


@pytest.mark.parametrize("name", NAMES)
def test_every_case_of_a_pack_holds(name: str) -> None:
    """A pack is tested like the shipped catalogue, by the cases beside its entries."""
    cases = sorted((PACKS / name).rglob("*.test.yaml"))
    outcomes = list(run_cases(cases, laid(name).catalog))
    assert len(outcomes) > len(cases)
    assert [outcome for outcome in outcomes if outcome.faults] == []


def remarks(name: str) -> Iterator[str]:
    """Yield what the linter has to say of a pack."""
    yield from (problem.code for problem in lint(laid(name), DAY) if f"packs/{name}" in problem.file)


@pytest.mark.parametrize("name", NAMES)
def test_the_linter_has_nothing_to_say_of_a_pack(name: str) -> None:
    """An example must be one to follow: no error, no warning, not even a remark."""
    assert list(remarks(name)) == []


def test_both_packs_may_be_laid_at_once() -> None:
    """No id or alias of one is taken by the other."""
    assert laid(*NAMES).catalog.roots[1:] == NAMES


def test_credit_agencies_are_admitted_graded_and_expelled() -> None:
    """FEATURES 17: 信用服务机构准入退出、分类监管 need nothing special, a list type and measures."""
    lists = laid("credit-agencies").catalog.lists
    kinds = [lists[code].kind for code in ("RL.EXAGENCY", "WL.EXAGENCY", "BL.EXAGENCY")]
    assert kinds == [ListKind.RED, ListKind.WATCH, ListKind.BLACK]
    assert all(lists[code].entry and lists[code].exit for code in ("RL.EXAGENCY", "WL.EXAGENCY", "BL.EXAGENCY"))


def test_red_lists_have_exit_rules_of_their_own() -> None:
    """FEATURES 18: a model enterprise leaves by decision after two years, a class-A taxpayer by the next evaluation."""
    lists = laid("trust-scenes").catalog.lists
    model, tax = lists["RL.EXMODEL"], lists["RL.TAXA"]
    assert [term.years for term in (*model.term, *tax.term)] == [2, 1]
    assert (model.exit_by, tax.exit_by) == (ExitBy.NOTICE, ExitBy.DISAPPEARANCE)
    assert model.exit != tax.exit


def test_an_approval_is_a_third_faster_and_two_papers_may_follow() -> None:
    """FEATURES 66: time, deferrable papers, conditions and what is never replaced are told with the grant."""
    faster = grants(asked("RL.EXMODEL", FIRM, "信易批"), "example-approve-faster")
    assert faster["time_factor"] == pytest.approx(2 / 3, abs=0.001)
    deferred = grants(asked("RL.EXMODEL", FIRM, "容缺受理"), "example-defer-documents")
    assert deferred["deferrable"] == ["营业场所证明", "年度审计报告"]
    assert deferred["except"] == ["statutory-documents"]
    told = [condition["condition"] for condition in deferred["conditions"]]
    assert told == ["clean-period", "no-serious-listing", "commitment"]


@pytest.mark.parametrize(
    ("matter", "measure", "figures"),
    [
        ("信易贷", "example-lend", {"amount": 3000000, "rate": 0.0345, "term_days": 1095}),
        ("FUND.SUBSIDY", "example-subsidise", {"amount": 100000, "capacity": 30}),
        ("CREDIT.GUAR", "example-guarantee", {"rate": 0.005, "term_days": 365}),
    ],
)
def test_policy_support_has_typed_figures(matter: str, measure: str, figures: dict[str, float]) -> None:
    """FEATURES 69: 资金补助、授信额度、期限、利率."""
    given = grants(asked("RL.EXMODEL", FIRM, matter), measure)
    assert {key: given[key] for key in figures} == figures


@pytest.mark.parametrize(
    ("scene", "measure", "figures"),
    [
        ("信易医", "example-medical", {"amount": 5000, "term_days": 30}),
        ("信易行", "example-transit", {"rate": 0.8, "capacity": 2000}),
        ("信易租", "example-rent", {"rate": 0, "capacity": 100}),
        ("信易游", "example-tour", {"rate": 0.5, "capacity": 500}),
    ],
)
def test_scenes_are_matters_with_benefits(scene: str, measure: str, figures: dict[str, float]) -> None:
    """FEATURES 68: a scene is a matter, the benefit has a capacity, and its dates are those of the measure."""
    given = grants(asked("RL.EXCITIZEN", CITIZEN, scene), measure)
    assert {key: given[key] for key in figures} == figures
    tour = laid("trust-scenes").catalog.measures["example-tour"]
    assert (tour.valid_from, tour.valid_to) == (date(2026, 4, 1), date(2026, 10, 31))


def test_a_pack_is_explained_with_its_figures() -> None:
    """Whoever gives the benefit reads what it is."""
    said = explain(laid("trust-scenes").catalog, "example-defer-documents")
    assert "办理时限系数 0.667、期限（天） 20、可以容缺后补的材料：营业场所证明、年度审计报告" in said
    assert "来源目录：990000" in said
