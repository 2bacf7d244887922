"""Which engine runs the rules: ours unless another is named, and the same answers from both."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from jointsanction import Edition, Engine, InferenceError, Listing, MemoryRegistry, MissingExtraError
from jointsanction.inference import engine_of, run

if TYPE_CHECKING:
    from jointsanction.inference import Infer

NOW = datetime(2025, 6, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
SUBJECT = "91990000MA0000001B"


def test_ours_is_the_default() -> None:
    """No compiler, no extra."""
    assert engine_of("own") is run


def test_an_engine_nobody_knows_is_refused_with_those_there_are() -> None:
    """A misspelt name never means the default."""
    with pytest.raises(InferenceError) as error:
        Engine.open(inference="durabel")
    assert (error.value.code, "durable" in error.value.hint) == ("inference.unknown_engine", True)


def test_a_missing_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not built, or built where it can't be imported: either way the command."""
    for name in [name for name in sys.modules if name.startswith("jointsanction.inference.durable")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "durable", None)
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    with pytest.raises(MissingExtraError) as error:
        Engine.open(inference="durable")
    assert (error.value.code, "jointsanction[durable]" in error.value.hint) == ("inference.no_durable", True)


def test_an_engine_answers_the_same_with_either(durable: Infer) -> None:
    """Swapped, asked again, checked again: the answer and its receipt are the same."""
    assert durable is not run
    rows = [
        Listing(list="BL.TAX", uscc=SUBJECT, listed_on=NOW.date(), instrument_no="示例文〔2025〕1号", batch="b", row=1)
    ]
    editions = [Edition(list="BL.TAX", batch="b", received_at=NOW)]
    answers = []
    for name in ("own", "durable"):
        engine = Engine.open(clock=lambda: NOW, inference=name)
        engine.swap(registry=MemoryRegistry(rows, editions, version="test"))
        answer = engine.check_subject(SUBJECT, "INSP.CLASS", as_of="2025-06-01", coverage="loaded", explain=True)
        again = engine.recheck(answer.model_dump(mode="json"))
        answers.append((answer.model_dump(mode="json"), again.reproduced, answer.grade.level))
    assert answers[0] == answers[1]
    assert answers[0][1:] == (True, "blacklisted")
