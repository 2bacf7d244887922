"""An act and its text are the same act."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jointsanction import Act
from jointsanction.steps.asking.act_text import act_text, parse_act
from jointsanction.terms import ActType, Crime, Field, Punishment, Relation, Role

DAYS = st.none() | st.dates()
ACTS = st.builds(
    Act,
    type=st.sampled_from(ActType),
    decision_made=st.dates(),
    relation=st.sampled_from(Relation),
    personally_responsible=st.none() | st.booleans(),
    field=st.none() | st.sampled_from(Field),
    charge=st.none() | st.sampled_from(Crime),
    punishment=st.none() | st.sampled_from(Punishment),
    role=st.none() | st.sampled_from(Role),
    effective=DAYS,
    sentence_served=DAYS,
    until=DAYS,
    probation=st.none() | st.booleans(),
    years=st.none() | st.integers(1, 10),
    life=st.booleans(),
    kinds=st.sampled_from([(), ("fine",), ("fine", "warning")]),
    document_number=st.none() | st.just("示例罚〔2024〕1号"),
)


@given(ACTS)
def test_written_and_read_back(act: Act) -> None:
    """A stored question can be asked again."""
    assert parse_act(act_text(act)) == act


@given(st.sampled_from(ActType))
def test_ruled_out(kind: ActType) -> None:
    """`TYPE:none` says that it was looked for and is not there."""
    assert parse_act(f"{kind.value}:none") == Act(type=kind, ruled_out=True)
    assert act_text(Act(type=kind, ruled_out=True)) == f"{kind.value}:none"


def test_served_of_a_sentence_is_the_day_it_was_served_in_full() -> None:
    """刑罚执行完毕, not 送达."""
    act = parse_act("criminal-sentence:2015-01-01:served=2019-06-10")
    assert (act.served, str(act.sentence_served)) == (None, "2019-06-10")
