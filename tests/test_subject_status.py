"""登记状态 is told and filtered by, and no restriction follows from it (僵尸企业清理)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jointsanction
from engine_side import answer, registry_of
from jointsanction.catalog.schema import schemas
from jointsanction.terms import SubjectStatus
from strategies import Case
from test_properties import SHIPPED, catalogue, engine

if TYPE_CHECKING:
    from oracle_facts import Doc

SOURCE = Path(jointsanction.__file__).parent


def whole(case: Case) -> Doc:
    """Return all that is answered, the trace too, but what names the state of the lists: another row is another one."""
    engine().swap(registry=registry_of(catalogue(), case))
    document = answer(engine(), case.question, explain=True).model_dump()
    del document["receipt"], document["versions"]["registry"]
    return document


@given(SHIPPED, st.lists(st.sampled_from([None, *SubjectStatus]), min_size=1, max_size=8))
def test_no_answer_depends_on_it(case: Case, drawn: list[SubjectStatus | None]) -> None:
    """Verdict, findings, grade, reasons and notices: revoked, deregistered or unknown, the document is the same."""
    told = [{**row, "subject_status": drawn[at % len(drawn)]} for at, row in enumerate(case.listings)]
    untold = [{**row, "subject_status": None} for row in case.listings]
    questions, commitments = case.question, case.commitments
    assert whole(Case(questions, told, case.not_whole, commitments)) == whole(
        Case(questions, untold, case.not_whole, commitments)
    )


@cache
def words_of(name: str) -> str:
    """Return what a measure or a rule can say, as its schema."""
    return json.dumps(schemas()[name], ensure_ascii=False)


@pytest.mark.parametrize("name", ["measure", "rule"])
def test_no_measure_and_no_rule_can_ask_about_it(name: str) -> None:
    """There is no word for it in what triggers, in conditions, or in what rules test."""
    assert not any(word in words_of(name) for word in ("subject_status", "subject-status", "登记状态"))


@pytest.mark.parametrize(
    "place", ["steps", "inference", "catalog/compiling", "check.py", "catalog/compile.py", "receipt.py"]
)
def test_nothing_on_the_way_to_an_answer_reads_it(place: str) -> None:
    """Whoever wants it to count has to change the law, this test, and the page on work lists."""
    files = [SOURCE / place] if place.endswith(".py") else sorted((SOURCE / place).rglob("*.py"))
    assert files
    assert [file.name for file in files if "subject_status" in file.read_text(encoding="utf-8")] == []
