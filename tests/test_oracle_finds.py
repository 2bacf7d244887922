"""What the oracle found: one fixed case for each difference that was the engine's to mend."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import worlds as w
from jointsanction.engine import Engine
from jointsanction.identity.identify import identify
from jointsanction.model.catalogue import Group, Rule
from jointsanction.model.commitment import Commitment, CommitmentEvent, Commitments
from jointsanction.model.subject import Act, Subject
from jointsanction.registry.memory import MemoryRegistry


def rule(id_: str, **more: Any) -> Rule:
    """Make a rule that rests on the law."""
    return Rule.model_validate({"id": id_, "title": id_, "basis": [w.basis()], "explanation": "。", **more})


BLACK_FIRST = rule(
    "black-first",
    when={"listing": {"kind": {"eq": "black"}, "in-force": {"eq": True}, "relation": {"eq": "self"}}},
    then={"suspend": {"effect": "incentive"}},
)


def test_what_is_suspended_for_sure_is_no_doubt() -> None:
    """黑名单优先: a serious listing in force settles it, whatever the red row leaves open."""
    gain = w.incentive(targets={"lists": ["RL.A"], "where": {"size": "large"}})
    rows = [w.listing(), w.listing("RL.A", instrument_no="文〔2024〕2号")]
    result = w.ask(w.world(gain, BLACK_FIRST), *rows)
    assert (w.reasons(result)["gain"], result.verdict, result.complete) == ("suspended-by", "clear", True)


def test_a_list_leaves_its_group_with_the_text_that_put_it_there() -> None:
    """When an instrument is repealed, everything resting on it ends on that date."""
    old = w.instrument("old", valid_to="2023-12-31")
    group = {"code": "G", "title": "组", "members": [{"list": "BL.A", "basis": [w.basis(instrument_id="old")]}]}
    catalog = w.world(old, w.measure(targets={"groups": ["G"]}))
    catalog = catalog.model_copy(update={"groups": {"G": Group.model_validate(group)}})
    assert w.ask(catalog, w.listing(listed_on=date(2023, 1, 1)), as_of=date(2023, 12, 31)).verdict == "prohibited"
    assert w.ask(catalog, w.listing(listed_on=date(2023, 1, 1)), as_of=date(2024, 1, 1)).findings == ()


@pytest.mark.parametrize(("text", "complete"), [("verified", False), ("recalled", True)])
def test_a_list_that_could_only_be_a_hint_stops_no_check(text: str, complete: bool) -> None:  # noqa: FBT001 - a parameter
    """A list whose place in the group nobody read restricts nobody: that it is missing leaves nothing open."""
    group = {"code": "G", "title": "组", "members": [{"list": "BL.A", "basis": [w.basis(text=text)]}]}
    catalog = w.world(w.measure(targets={"groups": ["G"]}))
    catalog = catalog.model_copy(update={"groups": {"G": Group.model_validate(group)}})
    result = w.ask(catalog, without=("BL.A",))
    assert (result.complete, result.coverage.missing) == (complete, ("BL.A",))


def test_an_act_that_is_yet_to_come_is_no_fact_for_a_rule() -> None:
    """What will be decided tomorrow follows from nothing today."""
    told = rule("told", when={"act": {"type": {"eq": "licence-revoked"}}}, then={"warn": "有吊销许可证的决定"})
    said = [w.ask(w.world(told), acts=(f"licence-revoked:{day}",)).notices for day in ("2024-06-10", "2024-06-11")]
    assert [len(notices) for notices in said] == [1, 0]


@pytest.mark.parametrize(("field", "reason"), [("food", "applies"), ("tax", "unrelated"), (None, "attribute-unknown")])
def test_an_act_of_another_field_is_unrelated_too(field: str | None, reason: str) -> None:
    """河南条例32: 就相关联的事项, whether a listing or an act sets it off."""
    bar = w.measure(trigger="act", targets={"acts": ["licence-revoked"]}, term={"life": True}, related_only=True)
    act = "licence-revoked:2024-01-01" + (f":field={field}" if field else "")
    assert w.reasons(w.ask(w.world(bar), acts=(act,), fields=("food",)))["bar"] == reason


@pytest.mark.parametrize(
    ("said", "reason"),
    [({"size": "large"}, "applies"), ({"size": "small"}, "condition-unmet"), ({}, "attribute-unknown")],
)
def test_the_size_told_with_the_question_is_that_of_whom_the_act_hit(said: dict[str, str], reason: str) -> None:
    """ENCODING §5: the facts come with the act or with the question."""
    targets = {"acts": ["licence-revoked"], "where": {"size": "large"}}
    bar = w.measure(trigger="act", targets=targets, term={"life": True})
    assert w.reasons(w.ask(w.world(bar), acts=("licence-revoked:2024-01-01",), **said))["bar"] == reason


def test_an_incentive_set_by_an_unread_text_is_as_binding_as_written() -> None:
    """Whether the text was read gates burdens only: the basis that sets decides before one that opens."""
    gain = w.incentive(basis=[w.basis("sets", "recalled"), w.basis("opens", "verified")])
    (found,) = w.ask(w.world(gain), w.listing("RL.A")).findings
    assert (found.applies, found.shape.binding) == (True, "must")


def test_somebody_elses_breach_of_the_same_day_does_not_hide_the_subjects_own() -> None:
    """A breach told of the legal representative is not the one on record."""
    bar = w.measure(trigger="commitment", targets={"acts": ["commitment-breach"]}, term={"indefinite": True})
    broken = CommitmentEvent(state="breached", actor="甲", happened_on=date(2024, 3, 1), reason="乙", evidence="1号")  # type: ignore[arg-type]
    made = Commitment(
        id="c",
        keys=identify(Subject(uscc=w.FIRM)).keys,
        type="proof",
        content="。",
        made_on=date(2024, 1, 1),
        events=(broken,),  # type: ignore[arg-type]
    )
    registry = MemoryRegistry((), w.whole(w.world(bar)), commitments=Commitments((made,)))
    engine = Engine(w.world(bar), registry, clock=lambda: w.NOW)
    act = Act(type="commitment-breach", decision_made=date(2024, 3, 1), relation="legal-representative")  # type: ignore[arg-type]
    assert engine.check_subject(w.FIRM, "M.X", as_of=w.TODAY, acts=[act]).verdict == "prohibited"
