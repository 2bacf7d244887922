"""What holds for every question (性质): the engine and a naive reading of the law say the same, and neither is fickle."""

from __future__ import annotations

import copy
import json
import random
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine_side import ROOT, answer, catalog_of, checked, in_oracle_words, registry_of, shipped
from jointsanction.engine import Engine
from jointsanction.errors import ReceiptError
from jointsanction.receipt import verify
from jointsanction.terms import Verdict
from made_up import made_up, worlds
from oracle import World, check, read_world
from strategies import ASKED_AT, POOL, Case, cases, number, whole

if TYPE_CHECKING:
    from jointsanction.model.result import CheckResult
    from oracle_facts import Doc


@cache
def catalogue() -> World:
    """Read the shipped catalogue once, as the oracle reads it."""
    return read_world(ROOT)


@cache
def engine() -> Engine:
    """Open one engine for all shipped cases: what it remembers of one must not spoil the next."""
    return Engine(shipped(), clock=lambda: ASKED_AT)


def asked(case: Case, **more: Any) -> CheckResult:
    """Put a case to the engine of the shipped catalogue."""
    engine().swap(registry=registry_of(case))
    return answer(engine(), case.question, **more)


def said(result: CheckResult) -> Doc:
    """Return what an answer says, without what identifies the registry it came from."""
    document = result.model_dump()
    for key in ("receipt", "checked_at", "versions", "question"):
        del document[key]
    return document


SHIPPED = st.deferred(lambda: cases(catalogue()))


@given(SHIPPED)
def test_shipped_catalogue_agrees_with_the_oracle(case: Case) -> None:
    """The compiled check of the shipped catalogue equals the naive reading of its YAML."""
    want = check(catalogue(), case.question, case.listings, case.editions)
    assert in_oracle_words(asked(case)) == want


@given(st.data())
def test_any_catalogue_agrees_with_the_oracle(data: st.DataObject) -> None:
    """The same holds of measures nobody has written yet."""
    world = data.draw(worlds())
    case = data.draw(cases(world))
    want = check(world, case.question, case.listings, case.editions)
    assert in_oracle_words(checked(catalog_of(world), case)) == want


def extra(case: Case, **columns: Any) -> Case:
    """Add one row about the subject, surely recognised and in force unless told otherwise."""
    who = whole(case.question["subject"])
    row = {key: who[key] for key in ("uscc", "resident_id") if key in who}
    row |= {"subject_kind": who["kind"], "listed_on": case.question["as_of"] - timedelta(days=3), "row": 99, "batch": "b-99"}
    return Case(case.question, [*case.listings, {**row, "instrument_no": "虚构字99号", **columns}], case.editions, case.not_whole)


@given(SHIPPED, st.sampled_from(["BL.TAX", "BL.SAMR", "BL.WAGE", "BL.SXBZXR", "BL.HN", "BL.HOME"]))
def test_one_more_black_listing_removes_no_restriction(case: Case, code: str) -> None:
    """Whoever is restricted stays restricted when he is listed once more."""
    before, after = (restrictions(asked(c)) for c in (case, extra(case, list=code)))
    assert before <= after


def restrictions(result: CheckResult) -> set[tuple[str, str]]:
    """Name the restrictions that apply, each with its cause."""
    found = [f for f in result.findings if f.applies and f.shape.measure and f.shape.measure.effect == "restriction"]
    return {(str(f.measure), json.dumps(f.cause, sort_keys=True, ensure_ascii=False)) for f in found}


@given(SHIPPED, st.sampled_from(["BL.TAX", "BL.SXBZXR", "BL.HN", "RL.HN", "GEN.HN", "BL.CUS"]), st.booleans())
def test_an_ended_listing_equals_none(case: Case, code: str, by_removal: bool) -> None:  # noqa: FBT001 - drawn
    """Removed or run out, a listing leaves no trace but its explanation."""
    day = case.question["as_of"]
    ended = {"removed_on": day} if by_removal else {"valid_to": day - timedelta(days=1)}
    assume("uscc" in case.question["subject"] or "resident_id" in case.question["subject"])
    assert said(asked(extra(case, list=code, **ended))) == said(asked(case))


@given(SHIPPED, st.randoms(use_true_random=False))
def test_order_never_matters(case: Case, chance: random.Random) -> None:
    """The order of listings, editions, acts, ties and traits changes nothing that is said."""
    other = copy.deepcopy(case)
    for sequence in (other.listings, other.editions, *(other.question[key] for key in ("acts", "related", "traits", "fields"))):
        chance.shuffle(sequence)
    assert said(asked(case)) == said(asked(other))


@given(st.data())
def test_an_unrelated_measure_changes_nothing(data: st.DataObject) -> None:
    """What is written about another matter does not touch this one (禁止不当联结)."""
    world = data.draw(worlds())
    case = data.draw(cases(world))
    apart = made_up()
    apart.measures = dict(world.measures)
    apart.matters = {**world.matters, "XXX": {**world.matters["GPC"], "parents": [], "aliases": []}}
    for measure in world.measures.values():
        apart.measures[f"{measure['id']}-elsewhere"] = {**measure, "id": f"{measure['id']}-elsewhere", "matters": ["XXX"]}
    assert said(checked(catalog_of(world), case)) == said(checked(catalog_of(apart), case))


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
    """Case number, explanation and the hour of asking are no part of the receipt."""
    one, two = asked(case), asked(case, explain=True, case="2028-001")
    assert one.receipt == two.receipt
    assert one == two


def test_subjects_are_made_up() -> None:
    """No real person or firm: every number is of region 990000."""
    assert all("990000" in number(who)[:8] for who in POOL)
