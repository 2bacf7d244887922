"""Subjects one after another: order, errors as values, how far it is, and nothing read ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import worlds as w
from jointsanction.errors import JointSanctionError, QuestionError, UnknownMatterError
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.screening import rows
from jointsanction.screening.run import Row, row_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.model.subject import Subject


def test_one_is_answered_for_each_that_is_asked() -> None:
    """A stream may be endless: nobody is read before the one in front is answered; words hold for all."""
    read: list[str] = []

    def subjects() -> Iterator[Subject | str]:
        for each in (w.FIRM, "123", w.PARTNER):
            read.append(each)
            yield each

    engine = w.engine(w.world(w.measure()), w.listing())
    answers = engine.screen(subjects(), "M.X", as_of="2024-06-10", traits=iter(["mandatory-tender"]))
    assert read == []
    assert getattr(next(answers), "verdict", None) == "prohibited"
    assert read == [w.FIRM]
    engine.swap(registry=MemoryRegistry(()))
    broken, unlisted = answers
    assert isinstance(broken, JointSanctionError)
    assert getattr(unlisted, "verdict", None) == "clear"


def test_progress_is_told_now_and_then_and_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits for a province wants to see it move."""
    monkeypatch.setattr(rows, "EVERY", 2)
    engine, done = w.engine(w.world(w.measure())), list[int]()
    assert len(list(engine.screen([w.FIRM] * 5, "M.X", progress=done.append))) == 5
    assert done == [2, 4, 5]
    assert len(list(engine.screen([w.FIRM] * 2, "M.X", progress=done.append))) == 2
    assert done == [2, 4, 5, 2]


def test_a_wrong_question_is_wrong_before_the_first_row() -> None:
    """Ten million rows are not at fault for a matter that nobody has."""
    engine = w.engine(w.world(w.measure()))
    with pytest.raises(UnknownMatterError):
        engine.screen([], "M.Y")
    with pytest.raises(QuestionError):
        engine.screen([], "M.X", kind="firm")


def test_what_rests_on_an_act_rests_on_no_list() -> None:
    """The row tells the measure; an act stands on no list."""
    engine = w.engine(w.world(w.measure(trigger="act", targets={"acts": ["licence-revoked"]})))
    (answer,) = engine.screen([w.FIRM], "M.X", acts=["licence-revoked:2024-01-01"])
    assert row_of(answer) == Row("prohibited", ("bar",))


def test_an_earlier_instant_needs_its_lists() -> None:
    """As for one subject: what nobody kept can't be answered for many either."""
    engine = w.engine(w.world(w.measure()))
    with pytest.raises(JointSanctionError) as fault:
        engine.screen([], "M.X", known_at="2020-01-01T00:00:00+08:00")
    assert fault.value.code == "registry.history_unavailable"
    assert len(list(engine.screen([w.FIRM], "M.X", known_at=w.NOW))) == 1
