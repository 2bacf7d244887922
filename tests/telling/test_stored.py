"""An answer read back from its document is told in the very words in which it was told when it was given."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from engine_side import ROOT, answer, registry_of, shipped
from jointsanction.engine import Engine
from jointsanction.telling.answer import answer_of, answer_parts
from jointsanction.telling.stored import result_of
from oracle_catalogue import World, read_world
from strategies import ASKED_AT, Case, cases
from worlds import ask, listing, matter, measure, tables, world

if TYPE_CHECKING:
    from jointsanction.catalog.compile import Tables
    from jointsanction.model.result import CheckResult


@cache
def engine() -> Engine:
    """Open one engine for all shipped cases."""
    return Engine(shipped(), clock=lambda: ASKED_AT)


@cache
def catalogue() -> World:
    """Read the shipped catalogue once, as the oracle reads it."""
    return read_world(ROOT)


def told(result: CheckResult, known: Tables) -> list[object]:
    """Return the page of an answer."""
    return list(answer_parts(answer_of(result, known.catalog)))


def again(result: CheckResult, known: Tables) -> CheckResult:
    """Return an answer filed as JSON and read back."""
    return result_of(json.loads(json.dumps(result.model_dump())), known)


@given(st.deferred(lambda: cases(catalogue())))
def test_what_was_filed_is_told_as_it_was_given(posed: Case) -> None:
    """Verdict, doubts, findings, trace, promises: none of it is lost or told otherwise, and the receipt is the same."""
    engine().swap(registry=registry_of(catalogue(), posed))
    given_then = answer(engine(), posed.question, explain=True)
    filed = again(given_then, engine().tables)
    assert told(filed, engine().tables) == told(given_then, engine().tables)
    assert filed.model_dump() == given_then.model_dump()
    assert filed == given_then


def test_a_measure_that_is_gone_is_told_all_the_same() -> None:
    """The document says what the officer needs; of an incentive only what it grants stands in the catalogue."""
    result = ask(world(measure()), listing())
    assert result.findings[0].applies
    filed = again(result, tables())
    assert [finding.shape.title for finding in filed.findings] == [finding.shape.title for finding in result.findings]
    assert filed.findings[0].basis == result.findings[0].basis


def test_a_convenience_that_is_withheld_restricts_in_a_stored_answer_too() -> None:
    """Whether a finding would restrict is in no document: it follows from the measure and the matter."""
    kind = {"class": "administrative", "degree": "withhold", "item": None}
    known = tables(measure(**kind), matter(kind="convenience", ordinary_way="M.X"))
    result = ask(known.catalog, listing())
    found, filed = result.findings, again(result, known).findings
    assert [each.shape.bites for each in filed] == [each.shape.bites for each in found] == [True]
