"""How commitments stand on a day: open, overdue, broken, and what is warned of before a decision."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from jointsanction.commitment.making import make_commitment, make_talk
from jointsanction.commitment.standing import DAYS_AHEAD, promised_on
from jointsanction.commitment.states import follow
from jointsanction.model.commitment import Commitment, CommitmentEvent, Commitments
from jointsanction.model.subject import Subject
from jointsanction.terms import ActType, CommitmentState

FIRM = Subject(uscc="91990000MA0000001B")
MADE = date(2024, 6, 1)
DUE = date(2024, 6, 20)


def promise(content: str = "补齐甲", **more: Any) -> Commitment:
    """Make a commitment due on 2024-06-20."""
    return make_commitment(FIRM, "容缺受理型", content=content, made_on=MADE, **{"due": DUE, **more})


def then(made: Commitment, state: str, day: date, evidence: str = "虚核〔2024〕1号") -> Commitment:
    """Let something become of a commitment."""
    said = CommitmentEvent(
        state=CommitmentState(state), actor="某局", happened_on=day, reason="经核查", evidence=evidence
    )
    return follow(made, said, date(2030, 1, 1))


def warned(day: date, *made: Commitment) -> list[str]:
    """Return the codes of the warnings of a day."""
    return [notice.code for notice in promised_on(Commitments(made), day).warnings]


def test_a_commitment_is_open_from_the_day_it_is_made() -> None:
    """Nothing is known of it on the day before."""
    found = Commitments((promise(),))
    assert promised_on(found, MADE - timedelta(days=1)).open == ()
    (standing,) = promised_on(found, MADE).open
    assert (standing.state, standing.overdue, standing.event) == (CommitmentState.MADE, False, None)


def test_the_reader_is_warned_before_and_after_the_due_date() -> None:
    """事前信用预警: fifteen days ahead; overdue from the day after the last day."""
    assert warned(DUE - timedelta(days=DAYS_AHEAD + 1), promise()) == []
    assert warned(DUE - timedelta(days=DAYS_AHEAD), promise()) == ["commitment.due-soon"]
    assert warned(DUE, promise()) == ["commitment.due-soon"]
    assert warned(DUE + timedelta(days=1), promise()) == ["commitment.overdue"]
    assert warned(DUE, promise(due=None)) == []
    assert warned(DUE + timedelta(days=1), then(promise(), "performed", DUE)) == []


def test_a_second_breach_is_warned_of() -> None:
    """再次违诺: two unrepaired breaches, or one with another promise still to be kept."""
    broken, other = then(promise(), "breached", DUE), then(promise("补齐乙"), "falsified", DUE)
    open_one = promise("补齐丙", due=None)
    assert warned(DUE, broken) == []
    assert warned(DUE, broken, open_one) == ["commitment.breach-and-open"]
    assert warned(DUE, broken, other, open_one) == ["commitment.second-breach"]
    assert warned(DUE, then(broken, "repaired", DUE), other) == []


def test_a_breach_is_an_act() -> None:
    """A breach is the act `commitment-breach`, with its document; repair lifts it, annulment sets it aside."""
    broken = then(promise(), "breached", DUE)
    (act,) = promised_on(Commitments((broken,)), DUE).acts
    assert (act.type, act.decision_made, act.document_number) == (ActType.COMMITMENT_BREACH, DUE, "虚核〔2024〕1号")
    assert (act.kinds, act.lifted, act.set_aside) == (("容缺受理型", "违背"), None, None)
    assert promised_on(Commitments((broken,)), DUE - timedelta(days=1)).acts == ()
    later = DUE + timedelta(days=9)
    (lifted,) = promised_on(Commitments((then(broken, "repaired", later),)), later).acts
    assert (lifted.lifted, lifted.set_aside) == (later, None)
    (annulled,) = promised_on(Commitments((then(broken, "annulled", later),)), later).acts
    assert (annulled.lifted, annulled.set_aside) == (None, later)
    (false,) = promised_on(Commitments((then(broken, "falsified", later, "虚核〔2024〕2号"),)), later).acts
    assert (false.decision_made, false.kinds[1]) == (later, "虚假")
    twice = then(then(broken, "annulled", later), "breached", later)
    assert [act.set_aside for act in promised_on(Commitments((twice,)), later).acts] == [later, None]


def test_talks_of_the_day_are_there_in_order() -> None:
    """A talk that was held later is not known of."""
    talks = [
        make_talk(FIRM, "reminder", held_on=day, authority="某局", reason="逾期", result="agreed")
        for day in (DUE, MADE, DUE + timedelta(days=1))
    ]
    assert [talk.held_on for talk in promised_on(Commitments((), tuple(talks)), DUE).talks] == [MADE, DUE]
