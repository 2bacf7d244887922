"""What may become of a commitment: every step has actor and day, and a breach its document."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest

from jointsanction.commitment.making import make_commitment
from jointsanction.commitment.states import FOLLOWING, follow, state_of
from jointsanction.errors import SubjectError
from jointsanction.model.commitment import Commitment, CommitmentEvent
from jointsanction.model.subject import Subject
from jointsanction.terms import CommitmentState

MADE = date(2024, 6, 1)
TODAY = date(2024, 7, 1)
S = CommitmentState


def promise(*states: str, on: date = MADE) -> Commitment:
    """Make a commitment that went through some states, all on one day."""
    made = make_commitment(Subject(uscc="91990000MA0000001B"), "proof", content="属实", made_on=MADE)
    for state in states:
        made = follow(made, event(state, happened_on=on), TODAY)
    return made


def event(state: str, **more: Any) -> CommitmentEvent:
    """Make an event with all that a breach needs."""
    plain = {"actor": "某局", "happened_on": MADE, "reason": "经核查", "evidence": "虚核〔2024〕1号"}
    return CommitmentEvent(state=S(state), **{**plain, **more})


def test_the_closed_loop() -> None:
    """已承诺 → 履行中 → 已履约 (闭环)."""
    assert state_of(promise()) is S.MADE
    assert state_of(promise("performing", "performed")) is S.PERFORMED


def test_a_breach_may_be_repaired_or_taken_back() -> None:
    """A finding taken back leaves the promise to be kept; a repaired one is closed."""
    assert state_of(promise("breached", "annulled", "performing", "falsified", "repaired")) is S.REPAIRED
    assert FOLLOWING[S.REPAIRED] == frozenset()


@pytest.mark.parametrize("state", ["repaired", "annulled"])
def test_who_frees_from_a_breach_says_why(state: str) -> None:
    """What the law ties to a breach ends with it: that is never unexplained."""
    with pytest.raises(SubjectError) as raised:
        follow(promise("breached"), event(state, reason=" "), TODAY)
    assert raised.value.code == "commitment.incomplete"


@pytest.mark.parametrize(("now", "then"), sorted(product(CommitmentState, CommitmentState)))
def test_no_state_follows_that_may_not(now: CommitmentState, then: CommitmentState) -> None:
    """Every pair of states is allowed or told to be not, with what is."""
    ways = {
        S.MADE: (), S.PERFORMING: ("performing",), S.PERFORMED: ("performed",), S.BREACHED: ("breached",),
        S.FALSIFIED: ("falsified",), S.REPAIRED: ("breached", "repaired"), S.ANNULLED: ("breached", "annulled"),
    }  # fmt: skip
    before = promise(*ways[now])
    if then in FOLLOWING[now]:
        assert state_of(follow(before, event(then), TODAY)) is then
        return
    with pytest.raises(SubjectError) as raised:
        follow(before, event(then), TODAY)
    assert raised.value.code == "commitment.state"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"happened_on": date(2024, 5, 31)}, "commitment.date"),
        ({"happened_on": date(2024, 7, 2)}, "commitment.date"),
        ({"actor": " "}, "commitment.incomplete"),
        ({"evidence": None}, "commitment.no_evidence"),
        ({"reason": " "}, "commitment.no_evidence"),
    ],
)
def test_a_breach_without_document_or_day_is_refused(words: dict[str, Any], code: str) -> None:
    """Without a document a breach is nothing to restrict by (FEATURES 80: events with evidence)."""
    with pytest.raises(SubjectError) as raised:
        follow(promise(), event("breached", **words), TODAY)
    assert raised.value.code == code


def test_an_event_lies_on_or_after_the_one_before() -> None:
    """Events come in the order in which they happened."""
    with pytest.raises(SubjectError) as raised:
        follow(promise("performing", on=date(2024, 6, 10)), event("performed", happened_on=date(2024, 6, 9)), TODAY)
    assert raised.value.code == "commitment.date"


def test_the_state_of_a_day() -> None:
    """What happened later is not looked at."""
    kept = promise("performed", on=date(2024, 6, 10))
    assert state_of(kept, date(2024, 6, 9)) is S.MADE
    assert state_of(kept, date(2024, 6, 10)) is S.PERFORMED
