"""A commitment out of an answer: conditional incentives bring an obligation with its due date (FEATURES 67)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

import worlds as w
from jointsanction.commitment.from_answer import commitment_from
from jointsanction.errors import QuestionError
from jointsanction.model.subject import Subject
from jointsanction.terms import CommitmentType

if TYPE_CHECKING:
    from jointsanction.model.commitment import Commitment

FIRM = Subject(uscc=w.FIRM)
DAY = date(2024, 2, 15)


def drafted(*incentives: Any, measure: str | None = None, **said: Any) -> Commitment:
    """Make a commitment from the answer of a red-listed firm."""
    document = w.ask(w.world(*incentives), w.listing("RL.A"), w.listing(), as_of=DAY).model_dump()
    return commitment_from(document, FIRM, measure=measure, made_on=DAY, said={"due": None, "content": None, **said})


@pytest.mark.parametrize("made_on", [date(2024, 2, 14), date(2024, 2, 16)])
def test_an_answer_of_another_day_grants_nothing(made_on: date) -> None:
    """What was open to the firm on one day may be closed on another: it is asked again."""
    gain = w.incentive("gain", grants={"deferrable": ["章程"], "obligation": {"within_days": 14}})
    document = w.ask(w.world(gain), w.listing("RL.A"), as_of=DAY).model_dump()
    with pytest.raises(QuestionError) as raised:
        commitment_from(document, FIRM, measure=None, made_on=made_on, said={})
    assert raised.value.code == "question.another_day"


def test_the_days_of_the_obligation_are_counted_from_the_morrow() -> None:
    """民法典 201: the day of the promise is not counted."""
    grants = {"deferrable": ["验资报告", "章程"], "obligation": {"within_days": 14}}
    made = drafted(w.incentive("defer", degree="defer-documents", grants=grants))
    assert (made.type, made.due, made.content) == (
        CommitmentType.DEFERRED_DOCUMENTS, date(2024, 2, 29), "按期补齐：验资报告、章程",
    )  # fmt: skip
    assert (made.matter, made.measure, made.source is not None) == ("M.X", "defer", True)


def test_what_the_officer_says_stands_in_place() -> None:
    """An incentive on a written commitment without a number of days needs one said."""
    gain = w.incentive("gain", conditions=["commitment"])
    made = drafted(gain, due=date(2024, 3, 1), content="如期投产", type="self-discipline", public=True)
    assert (made.due, made.content, made.public) == (date(2024, 3, 1), "如期投产", True)
    assert drafted(gain, due=DAY).type is CommitmentType.APPROVAL
    assert drafted(gain, due=DAY).content == "措施gain：按书面承诺履行"


def test_which_incentive_and_until_when() -> None:
    """Nothing is guessed: no promise asked for, several, or no due date are told."""
    gain, more = (w.incentive(name, conditions=["commitment"]) for name in ("gain", "more"))
    for wanted, code in (
        (lambda: drafted(w.incentive("plain"), w.measure("bar")), "question.nothing_promised"),
        (lambda: drafted(gain, more), "question.which_incentive"),
        (lambda: drafted(gain, more, measure="more"), "question.no_due"),
    ):
        with pytest.raises(QuestionError) as raised:
            wanted()
        assert raised.value.code == code
