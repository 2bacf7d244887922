"""Commitments and procedures in cases: as short as lawyers write them, and compared as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import worlds as w
from jointsanction import CatalogError
from jointsanction.engine import Engine
from jointsanction.model.subject import Subject
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.repair.making import Step, make_event
from jointsanction.terms import RepairState, RepairTrack
from jointsanction.testing import read_cases, run_case, run_cases
from jointsanction.testing.case_text import appended
from jointsanction.testing.cases import parse_cases
from jointsanction.testing.coverage import coverage
from jointsanction.testing.saved import saved_case

if TYPE_CHECKING:
    from pathlib import Path

    from jointsanction.model.catalogue import Catalog

HEAD = """
cases:
  - name: first
    subject: {kind: enterprise, uscc: 91990000MA0000001B}
    matter: M.X
    as_of: 2024-06-10
"""
PROOF = "    commitments: [{type: proof, made_on: 2024-01-01, %s}]\n"
LIFTED = "{state: lifted, on: 2024-06-01}"
ON_LIST = "    listings: [{list: BL.A, listed_on: 2024-01-01, events: [%s]}]\n"


def told(folder: Path, catalog: Catalog, *lines: str) -> tuple[str, ...]:
    """Return what came out otherwise than a case wants."""
    path = folder / "bar.test.yaml"
    path.write_text(HEAD + "".join(lines), encoding="utf-8")
    (outcome,) = run_cases([path], catalog)
    return outcome.faults


@pytest.mark.parametrize(
    ("events", "want", "reason", "notices"),
    [
        ("{state: effective, on: 2024-06-10}", "[]", "repaired", "[]"),
        ("{state: effective, on: 2024-06-11}", "[bar]", "applies", "[]"),
        ("{state: applied, on: 2024-06-01}", "[bar]", "applies", "data.repair-open"),
        ("{state: filed, on: 2024-06-10}", "[]", "under-objection", "data.under-objection"),
        ("{state: upheld, on: 2024-06-10}, {state: filed, on: 2024-06-01}", "[]", "objection-upheld", "[]"),
        ("{state: removed, on: 2024-06-10}", "[]", "removed", "[]"),
        ("{state: lifted, on: 2024-06-01, until: 2024-06-10}", "[]", "lifted", "data.lifted"),
        (f"{LIFTED}, {{track: reorganisation, state: restored, on: 2024-06-10}}", "[bar]", "applies", "[]"),
    ],
)  # fmt: skip
def test_steps_about_a_listing(tmp_path: Path, events: str, want: str, reason: str, notices: str) -> None:
    """The steps count from their days, in the order of their days; on this list an objection suspends."""
    catalog = w.world(w.measure(), w.list_type(objection="suspend"))
    wanted = f"    want: {want}\n    reasons: {{bar: {reason}}}\n    data_notices: {notices}\n"
    assert told(tmp_path, catalog, ON_LIST % events, wanted) == ()


def test_what_is_told_of_repair_is_compared(tmp_path: Path) -> None:
    """Only what is written; a wrong wish says what came instead."""
    repair = {"repairable": True, "after_months": 6, "counts_from": "listed", "text": "verified", "missing": ["缴清"]}
    catalog = w.world(w.measure(), w.list_type(repair=repair))
    on_list = ON_LIST % "{state: applied, on: 2024-06-01}"
    right = "    repair: {BL.A: {repairable: true, earliest: 2024-07-02, state: applied}}\n"
    assert told(tmp_path, catalog, on_list, "    want: [bar]\n", right) == ()
    wrong = "    repair: {BL.A: {earliest: 2024-07-01, missing: 缴清}, BL.B: {repairable: true}}\n"
    first, second, third = told(tmp_path, catalog, on_list, "    want: [bar]\n", wrong)
    assert first == "repair.BL.A.earliest：要求 2024-07-01，得到 2024-07-02"
    assert second.startswith("repair.BL.A.missing：要求 [缴清]，得到 [")
    assert third == "repair.BL.B：答案没有说到"


def accepting() -> Catalog:
    """Return a world whose matter accepts two types of commitment, and a measure on broken ones."""
    ways = [{"type": kind, "basis": [w.basis()]} for kind in ("approval", "proof")]
    bar = w.measure(trigger="commitment", targets={"acts": ["commitment-breach"]}, term={"indefinite": True})
    return w.world(bar, w.matter(commitment_types=ways))


def test_commitments_and_what_became_of_them(tmp_path: Path) -> None:
    """A broken promise is an act of its own; nobody need tell it again."""
    kept = "    commitments: [{type: approval, made_on: 2024-01-01, due: 2024-06-01}]\n    want: []\n"
    offers = "offers: {approval: open, proof: open}, warnings: commitment.overdue"
    wanted = f"    promised: {{open: approval, breaches: [], {offers}}}\n"
    assert told(tmp_path, accepting(), kept, wanted) == ()
    broken = "    commitments: [{type: approval, made_on: 2024-01-01, events: [{state: breached, on: 2024-06-10}]}]\n"
    wanted = (
        "    want: [bar]\n    because: [commitment-breach]\n    promised: {offers: {approval: open}, open: proof}\n"
    )
    assert told(tmp_path, accepting(), broken, wanted) == (
        "promised.open：要求 [proof]，得到 []",
        "promised.offers：要求 {approval: open}，得到 {approval: closed, proof: closed}",
    )
    found = coverage(accepting(), {"bar": tmp_path / "bar.test.yaml"})
    path = tmp_path / "bar.test.yaml"
    path.write_text(HEAD + broken + "    want: [bar]\n", encoding="utf-8")
    (covered,) = found
    assert (covered.failed, covered.hits.met) == ((), 1)


@pytest.mark.parametrize("state", ["lifted", "filed", "effective"])
def test_a_saved_case_keeps_what_happened(state: str) -> None:
    """A record lifted or disputed on the day is so in the case, too; what was done before the list is left out."""
    catalog = w.world(w.measure(), w.list_type(objection="suspend"))
    row = w.listing(batch="b", row=1)
    track = {"lifted": "reorganisation", "filed": "objection", "effective": "repair"}[state]
    event = make_event(row, Step(RepairTrack(track), RepairState(state), "张某", "真实事由", w.TODAY))
    registry = MemoryRegistry([row], w.whole(catalog), repairs={event.record: (event,)})
    engine = Engine(catalog, registry, clock=lambda: w.NOW)
    result = engine.check_subject(w.FIRM, "M.X", as_of=w.TODAY)
    case = saved_case(result, Subject(uscc=w.FIRM), tables=engine.tables, registry=registry)
    text, _ = appended(None, case, "a.test.yaml")
    assert "真实" not in text
    assert [run_case(each, engine.tables) for each in parse_cases(text.encode(), "a.test.yaml")] == [()]
    assert result.verdict == "clear"


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (ON_LIST % "{state: verifying, on: 2024-06-01}", "不能定出是哪一种办理程序"),
        (ON_LIST % "{state: filed, track: exit, on: 2024-06-01}", "不能定出是哪一种办理程序"),
        (ON_LIST % "{state: partly, on: 2024-06-01}", "更正的字段"),
        (PROOF % "events: [{state: repaired, on: 2024-02-01}]", "不能转为"),
        (PROOF % "due: 2023-01-01", "早于作出承诺之日"),
        (ON_LIST % "{state: filed, on: 2024-06-01, by: 甲}", "未知字段 'by'"),
    ],
)  # fmt: skip
def test_what_no_store_would_take_in_is_refused(tmp_path: Path, lines: str, words: str) -> None:
    """With the file, before anything is run."""
    path = tmp_path / "bar.test.yaml"
    path.write_text(HEAD + lines + "    want: []\n", encoding="utf-8")
    with pytest.raises(CatalogError) as refused:
        read_cases(path)
    (problem,) = refused.value.problems
    assert words in problem.message
    assert problem.code in {"catalog.case_events", "catalog.unknown_key"}


def test_what_happened_is_taken_from_an_earlier_case_and_the_wishes_are_not(tmp_path: Path) -> None:
    """`like` takes the question and what happened."""
    broken = "    commitments: [{type: proof, made_on: 2024-01-01, events: [{state: breached, on: 2024-06-10}]}]\n"
    path = tmp_path / "bar.test.yaml"
    wished = "    want: [bar]\n    promised: {breaches: proof}\n    data_notices: []\n"
    path.write_text(
        HEAD + broken + wished + "  - {name: next, like: first, as_of: 2024-06-09, want: []}\n", encoding="utf-8"
    )
    first, second = read_cases(path)
    assert (second.commitments, second.promised, second.data_notices) == (first.commitments, None, None)
    outcomes: list[Any] = [outcome.faults for outcome in run_cases([path], accepting())]
    assert outcomes == [(), ()]
