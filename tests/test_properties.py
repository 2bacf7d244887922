"""What holds for every question (性质): engine and naive reading of the law say the same, and neither is fickle."""

from __future__ import annotations

import copy
import json
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine_side import ROOT, answer, checked, in_oracle_words, registry_of, shipped
from jointsanction.engine import Engine
from jointsanction.errors import ReceiptError
from jointsanction.model.subject import Subject
from jointsanction.receipt import verify
from jointsanction.terms import Verdict
from made_up import worlds
from oracle import check, loaded, posed
from oracle_catalogue import World, read_world
from oracle_inference import rules_here
from oracle_rules import grade
from strategies import ASKED_AT, POOL, Case, cases, editions_of, number, of, whole

if TYPE_CHECKING:
    import random

    from jointsanction.model.result import CheckResult
    from oracle_facts import Doc

GRADING = 3
"""How many of the shipped rules set a grade."""

BLACK = ["BL.TAX", "BL.SAMR", "BL.WAGE", "BL.SXBZXR", "BL.HN", "BL.HOME"]


@cache
def catalogue() -> World:
    """Read the shipped catalogue once, as the oracle reads it."""
    return read_world(ROOT)


@cache
def engine() -> Engine:
    """Open one engine for all shipped cases: what it remembers of one must not spoil the next."""
    return Engine(shipped(), clock=lambda: ASKED_AT)


def asked(posed: Case, **more: Any) -> CheckResult:
    """Put a case to the engine of the shipped catalogue."""
    engine().swap(registry=registry_of(catalogue(), posed))
    return answer(engine(), posed.question, **more)


def said(result: CheckResult) -> Doc:
    """Return what an answer says, without the question, data notices, and what identifies the registry it came from."""
    document = result.model_dump()
    for key in ("receipt", "checked_at", "versions", "question"):
        del document[key]
    del document["identity"]["warnings"]
    return document


def by_oracle(world: World, case: Case) -> Doc:
    """Put a case to the oracle."""
    return check(world, case.question, case.listings, editions_of(world, case), case.commitments)


SHIPPED = st.deferred(lambda: cases(catalogue()))


@given(SHIPPED)
def test_shipped_catalogue_agrees_with_the_oracle(case: Case) -> None:
    """The compiled check of the shipped catalogue equals the naive reading of its YAML."""
    want = by_oracle(catalogue(), case)
    assert in_oracle_words(asked(case), want) == want


@given(st.data())
def test_any_catalogue_agrees_with_the_oracle(data: st.DataObject) -> None:
    """The same holds of measures nobody has written yet."""
    world = data.draw(worlds())
    case = data.draw(cases(world))
    want = by_oracle(world, case)
    assert in_oracle_words(checked(world, case), want) == want


@given(SHIPPED)
def test_the_grade_is_what_the_rows_say(case: Case) -> None:
    """The shipped rules grade as a careful reader of the rows would, and the independent lists stand beside."""
    ask = posed(catalogue(), case.question, case.listings, editions_of(catalogue(), case), case.commitments)
    assume(sum("grade" in rule["then"] for rule in rules_here(ask).values()) == GRADING)
    want, got = grade(ask, loaded), asked(case).grade
    assert (got.level, got.complete, set(got.independent)) == (want["level"], want["complete"], want["independent"])


def extra(case: Case, **columns: Any) -> Case:
    """Add one row about the subject, surely recognised and in force unless told otherwise."""
    who, day = whole(case.question["subject"]), case.question["as_of"] - timedelta(days=3)
    row = {key: who[key] for key in ("uscc", "resident_id") if key in who}
    row |= {"subject_kind": who["kind"], "listed_on": day, "instrument_no": "虚构字99号", "row": 99, "batch": "b-99"}
    return Case(case.question, [*case.listings, {**row, **columns}], case.not_whole, case.commitments)


@given(SHIPPED, st.sampled_from(BLACK))
def test_one_more_black_listing_removes_no_restriction(case: Case, code: str) -> None:
    """Whoever is restricted stays restricted when he is listed once more."""
    before, after = (restrictions(asked(one)) for one in (case, extra(case, list=code)))
    assert before <= after


def restrictions(result: CheckResult) -> set[str]:
    """Name the restrictions that apply, each with its cause."""
    findings = [finding.model_dump() for finding in result.findings if finding.applies]
    found = [finding for finding in findings if finding["effect"] == "restriction"]
    return {json.dumps([finding["measure"], finding["cause"], finding["binding"]], sort_keys=True) for finding in found}


@given(SHIPPED, st.sampled_from([*BLACK, "RL.HN", "GEN.HN", "BL.CUS"]), st.sampled_from(["removed_on", "valid_to"]))
def test_an_ended_listing_equals_none(case: Case, code: str, column: str) -> None:
    """Removed or run out, a listing leaves no trace but its explanation."""
    day = case.question["as_of"] - timedelta(days=column == "valid_to")  # the first day free, the last day bound
    assert said(asked(extra(case, list=code, **{column: day}))) == said(asked(case))


@given(SHIPPED, st.randoms(use_true_random=False))
def test_order_never_matters(case: Case, chance: random.Random) -> None:
    """The order of listings, acts, ties and traits changes nothing that is said."""
    other = copy.deepcopy(case)
    for shuffled in (other.listings, *(other.question[key] for key in ("acts", "related", "traits", "fields"))):
        chance.shuffle(shuffled)
    assert said(asked(other)) == said(asked(case))


@given(st.data())
def test_an_unrelated_measure_changes_nothing(data: st.DataObject) -> None:
    """What is written about another matter does not touch this one (禁止不当联结)."""
    world = data.draw(worlds())
    case = data.draw(cases(world))
    more = copy.copy(world)
    more.matters = {**world.matters, "XXX": {**world.matters["GPC"], "parents": [], "aliases": []}}
    elsewhere = [{**measure, "id": f"{name}-elsewhere", "matters": ["XXX"]} for name, measure in world.measures.items()]
    more.measures = world.measures | {measure["id"]: measure for measure in elsewhere}
    assert said(checked(more, case)) == said(checked(world, case))


@given(SHIPPED)
def test_an_answer_survives_json_and_its_receipt_verifies(case: Case) -> None:
    """A filed answer can be read again and shown to be unaltered; an altered one is found out."""
    document = asked(case, explain=True).model_dump()
    read = json.loads(json.dumps(document, ensure_ascii=False))
    assert read == document
    verify(read)
    read["verdict"] = next(str(word) for word in Verdict if word != read["verdict"])
    with pytest.raises(ReceiptError):
        verify(read)


@given(SHIPPED)
def test_equal_questions_give_equal_receipts(case: Case) -> None:
    """Case number and explanation are no part of the receipt."""
    one, two = asked(case), asked(case, explain=True, case="2028-001")
    assert one.receipt == two.receipt
    assert one == two


@given(SHIPPED)
def test_a_question_written_out_is_the_same_question(case: Case) -> None:
    """What the answer says was asked, asked again of the same lists, gives the same receipt."""
    one = asked(case)
    words = one.model_dump()["question"]
    keys = ("matter", "as_of", "role", "phase", "region", "traits", "fields", "size", "related", "acts", "coverage")
    two = engine().check_subject(of(Subject, case.question["subject"]), **{key: words[key] for key in keys})
    assert two.receipt == one.receipt


def test_subjects_are_made_up() -> None:
    """No real person or firm: every number is of region 990000."""
    assert all("990000" in number(who)[:8] for who in POOL)
