"""What the oracle found: one fixed case for each difference that was the engine's to mend."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import worlds as w
from jointsanction.engine import Engine
from jointsanction.identity.identify import identify
from jointsanction.model.catalogue import Group, Rule, Scheme
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


@pytest.mark.parametrize(
    ("dates", "reason", "verdict"),
    [
        ({}, "term-unknown", "indeterminate"),
        ({"valid_to": date(2023, 1, 1)}, "lapsed", "clear"),
        ({"removed_on": date(2023, 1, 1)}, "removed", "clear"),
        ({"announced_on": date(2023, 1, 1)}, "announced-only", "clear"),
    ],
)
def test_a_row_without_any_day_of_listing_may_hold(dates: dict[str, date], reason: str, verdict: str) -> None:
    """A doubt never becomes "clear": files with such a row are refused, a program can hand one in."""
    result = w.ask(w.world(w.measure()), w.listing(listed_on=None, **dates))
    assert (w.reasons(result)["bar"], result.verdict) == (reason, verdict)


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


@pytest.mark.parametrize("relation", ["legal-representative", "principal"])
def test_whom_the_subject_leads_need_not_be_blamed(relation: str) -> None:
    """Whether the subject is to blame is asked where the listing names him, not where he leads the listed unit."""
    bears = ["units-led", {"role": relation, "personally_responsible": True}]
    result = w.ask(w.world(w.measure(bears=bears)), w.listing(uscc=w.PARTNER), related=(f"{relation}:{w.PARTNER}",))
    assert w.reasons(result)["bar"] == "applies"


@pytest.mark.parametrize(
    ("gone", "bad", "level", "complete"),
    [
        ({}, "general-dishonesty", None, False),
        ({"missing_since": date(2024, 6, 1)}, "general-dishonesty", None, False),
        ({"removed_on": date(2024, 6, 1)}, "general-dishonesty", "trustworthy", True),
        ({}, "trustworthy", "trustworthy", True),
    ],
)
def test_a_level_unread_leaves_the_grade_open_only_where_it_could_worsen_it(
    gone: dict[str, Any], bad: str, level: str | None, *, complete: bool
) -> None:
    """It may be any level of its scheme: the grade is open where one of them makes a rule say worse, and only there."""
    levels = [{"level": "A", "title": "甲"}, {"level": "D", "title": "丁"}]
    tables = [{"levels": {"A": "trustworthy", "D": bad}}]
    scheme = Scheme.model_validate({"id": "two", "title": "两级", "levels": levels, "conversions": tables})
    rated = w.list_type("EV.A", "rating", scheme=[{"scheme": "two"}])
    tests = {"converts-to": {"eq": "general-dishonesty"}, "in-force": {"eq": True}}
    worse = rule("worse", when={"listing": tests}, then={"grade": "general-dishonesty"})
    catalog = w.world(rated, worse).model_copy(update={"schemes": {"two": scheme}})
    shown = w.ask(catalog, w.listing("EV.A", grade="五星", **gone)).grade
    assert (shown.level, shown.complete) == (level, complete)


@pytest.mark.parametrize(("grade", "told"), [("A", None), ("D", "rule.warning"), ("五星", "rule.unsure")])
def test_a_count_of_levels_is_unsure_of_one_nobody_can_read(grade: str, told: str | None) -> None:
    """What may be the level that is counted leaves the count open."""
    levels = [{"level": "A", "title": "甲"}, {"level": "D", "title": "丁"}]
    scheme = Scheme.model_validate({"id": "two", "title": "两级", "levels": levels})
    rated = w.list_type("EV.A", "rating", scheme=[{"scheme": "two"}])
    count = {"listing": {"grade": {"eq": "D"}}, "within": {"years": 2}, "gte": 1}
    often = rule("often", when={"count": count}, then={"warn": "有D级评价"})
    catalog = w.world(rated, often).model_copy(update={"schemes": {"two": scheme}})
    assert [notice.code for notice in w.ask(catalog, w.listing("EV.A", grade=grade)).notices] == [told][
        : told is not None
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"removed_on": date(2024, 5, 1), "removal_reason": "信用修复"}, "applies"),
        ({"removed_on": date(2024, 5, 1)}, "condition-unmet"),
        ({"missing_since": date(2024, 5, 1)}, "attribute-unknown"),
        ({"listed_on": None, "announced_on": date(2024, 5, 1)}, "attribute-unknown"),
        ({"instrument_no": None}, "applies"),
    ],
)
def test_no_incentive_on_a_record_in_doubt_and_none_lost_by_one_repaired(row: dict[str, Any], reason: str) -> None:
    """信用修复管理办法 3: what is repaired is no longer used; what is in doubt leaves a clean period open."""
    gain = w.incentive(conditions=[{"clean-period": 3}])
    catalog = w.world(gain, w.list_type("WL.A", "watch"))
    assert w.reasons(w.ask(catalog, w.listing("RL.A"), w.listing("WL.A", **row)))["gain"] == reason
