"""Making commitments and recording talks: whoever has no number promises nothing, and nothing is kept half said."""

from __future__ import annotations

from datetime import date

import pytest

from jointsanction.commitment.making import make_commitment, make_talk
from jointsanction.errors import QuestionError, SubjectError
from jointsanction.identity.keys import keys_of
from jointsanction.identity.numbers import Number
from jointsanction.model.subject import Subject
from jointsanction.terms import CommitmentType, IdState, IdType, TalkKind, TalkResult

FIRM = Subject(uscc="91990000MA0000001B")
DAY = date(2024, 6, 1)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("主动公示型", CommitmentType.PROACTIVE),
        ("主动承诺型", CommitmentType.PROACTIVE),
        ("失信修复型", CommitmentType.REPAIR),
        ("repair", CommitmentType.REPAIR),
        (CommitmentType.PROOF, CommitmentType.PROOF),
    ],
)
def test_the_names_of_the_plans_are_known(name: str, kind: CommitmentType) -> None:
    """The plans call two of the six types by other names."""
    assert make_commitment(FIRM, name, content="按期补齐", made_on=DAY).type is kind


def test_the_same_promise_is_the_same_by_its_id() -> None:
    """A commitment is found by the keys of its number, and made twice it is one."""
    one = make_commitment(FIRM, "容缺受理型", content=" 按期补齐 ", made_on=DAY, matter="LIC.TOL")
    two = make_commitment(FIRM, "deferred-documents", content="按期补齐", made_on=DAY, matter="LIC.TOL")
    assert one == two
    assert one.keys == keys_of(Number(IdType.USCC, "91990000MA0000001B", IdState.OK))
    assert make_commitment(FIRM, "proof", content="按期补齐", made_on=DAY).id != one.id
    assert "MA0000001B" not in repr(one)


@pytest.mark.parametrize(
    ("subject", "words", "code"),
    [
        (Subject(name="虚构甲公司"), {}, "commitment.no_number"),
        (FIRM, {"content": "  "}, "commitment.empty"),
        (FIRM, {"due": date(2024, 5, 31)}, "commitment.due"),
    ],
)
def test_what_can_t_be_kept_is_refused(subject: Subject, words: dict[str, object], code: str) -> None:
    """A commitment names somebody, says something, and falls due after it was made."""
    with pytest.raises(SubjectError) as raised:
        make_commitment(subject, "proof", **{"content": "按期补齐", "made_on": DAY, **words})  # type: ignore[arg-type]
    assert raised.value.code == code


def test_an_unknown_type_is_refused() -> None:
    """The vocabulary is closed."""
    with pytest.raises(QuestionError) as raised:
        make_commitment(FIRM, "口头型", content="按期补齐", made_on=DAY)
    assert raised.value.code == "question.unknown_word"


def test_a_talk_says_who_held_it_and_why() -> None:
    """约谈 is recorded with kind, reason and result."""
    talk = make_talk(FIRM, "警示约谈", held_on=DAY, authority=" 某局 ", reason="逾期未履约", result="agreed")
    assert (talk.kind, talk.result, talk.authority) == (TalkKind.WARNING, TalkResult.AGREED, "某局")
    assert "MA0000001B" not in repr(talk)
    with pytest.raises(SubjectError) as raised:
        make_talk(FIRM, "reminder", held_on=DAY, authority="某局", reason=" ", result="agreed")
    assert raised.value.code == "commitment.incomplete"
