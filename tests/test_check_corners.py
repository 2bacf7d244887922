"""Corners of the straight line: regions, editions, groups, records by region, clean periods, memory of plans."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

import worlds as w
from jointsanction import Edition, Engine, MemoryRegistry
from jointsanction.model.catalogue import Group, Measure, Rule, Scheme
from jointsanction.steps import memo

GRADES: dict[str, Any] = {"class": "administrative", "degree": "supervise", "trigger": "grade"}


@pytest.mark.parametrize(
    ("scope", "regions", "covers_from", "loaded"),
    [
        ("national", (), None, True),
        ("national", ("410000",), None, False),
        (("410000",), ("410000",), None, True),
        (("410000",), ("410100",), None, False),
        (("410100",), ("410000",), None, True),
        (("410000", "370000"), ("410000",), None, False),
        ("national", (), date(2024, 6, 10), True),
        ("national", (), date(2024, 6, 11), False),
    ],
)
def test_an_edition_speaks_for_the_whole_list_or_not_at_all(
    scope: str | tuple[str, ...], regions: tuple[str, ...], covers_from: date | None, *, loaded: bool
) -> None:
    """Somebody listed in one province is bound in every other: part of a national list is no edition of it."""
    founds = [{"instrument": "law", "article": "1", "carries": "founds", "text": "verified"}]
    catalog = w.world(w.measure(), w.list_type(scope=scope, basis=founds))
    edition = Edition(list="BL.A", batch="b", received_at=w.NOW, regions=regions, covers_from=covers_from)
    engine = Engine(catalog, MemoryRegistry((), [edition]), clock=lambda: w.NOW)
    result = engine.check_subject(w.FIRM, "M.X", as_of="2024-06-10", region="410182")
    assert (result.verdict == "clear") == loaded


def test_a_list_turns_stale_between_two_checks() -> None:
    """Staleness is judged against the instant of asking, also when nothing else changed."""
    catalog = w.world(w.measure(), w.list_type(stale_after=1))
    clock = [w.NOW]
    engine = Engine(catalog, MemoryRegistry((), w.whole(catalog)), clock=lambda: clock[0])
    words = {"as_of": "2024-06-10", "region": "410182"}
    assert engine.check_subject(w.FIRM, "M.X", **words).verdict == "clear"
    clock[0] += timedelta(days=2)
    assert engine.check_subject(w.FIRM, "M.X", **words).verdict == "indeterminate"


def group(text: str) -> Group:
    """Make a group of list BL.A, its membership read or recalled."""
    return Group.model_validate(
        {"code": "JOINT", "title": "对象", "members": [{"list": "BL.A", "basis": [w.basis(text=text)]}]}
    )


@pytest.mark.parametrize(("text", "verdict"), [("verified", "prohibited"), ("recalled", "attention")])
def test_a_list_stands_in_a_group_by_a_basis_of_its_own(text: str, verdict: str) -> None:
    """公务员法26(4) says 被依法列为: membership nobody read is a hint."""
    catalog = w.world(w.measure(targets={"groups": ["JOINT"]})).model_copy(update={"groups": {"JOINT": group(text)}})
    assert w.ask(catalog, w.listing()).verdict == verdict


def test_records_without_a_list_are_those_of_the_region() -> None:
    """河南条例32: records of general dishonesty of that province, whatever code they came under."""
    measure = w.measure(
        **{"class": "administrative"},
        degree="scrutinise",
        trigger="record",
        targets={"severity": ["general"]},
        region="410000",
    )
    catalog = w.world(
        measure, w.list_type("GEN.HN", "record", scope=["410000"]), w.list_type("GEN.SD", "record", scope=["370000"])
    )
    rows = [w.listing("GEN.HN", severity="general"), w.listing("GEN.SD", severity="general")]
    result = w.ask(catalog, *rows, region="410182")
    assert [(found.measure, (found.cause or {})["list"]) for found in result.findings] == [("bar", "GEN.HN")]
    assert w.ask(catalog, *rows, region="370102").verdict == "clear"


def test_a_clean_period_counts_from_the_last_day_bound() -> None:
    """Three years without a bad record: the day after they are over, and not the day before."""
    catalog = w.world(w.incentive(conditions=[{"clean-period": 3}]))
    for end, verdict in ((date(2021, 6, 10), "clear"), (date(2021, 6, 9), "favoured")):
        lapsed = w.listing(listed_on=date(2020, 1, 1), valid_to=end)
        assert w.ask(catalog, w.listing("RL.A"), lapsed).verdict == verdict
        removed = w.listing(listed_on=date(2020, 1, 1), removed_on=end + timedelta(days=1))
        assert w.ask(catalog, w.listing("RL.A"), removed).verdict == verdict


def graded(**more: Any) -> Measure:
    """Make a measure for bad grades."""
    return w.measure(**{**GRADES, "targets": {"grades": {"scheme": "five", "levels": ["bad"]}}, **more})


def test_a_grade_of_a_list_that_speaks_another_scheme_says_nothing() -> None:
    """A level means something within its scheme only."""
    five = Scheme.model_validate({"id": "five", "title": "五级", "levels": [{"level": "bad", "title": "失信"}]})
    targets = {"lists": ["BL.A"], "grades": {"scheme": "five", "levels": ["bad"]}}
    catalog = w.world(graded(targets=targets)).model_copy(update={"schemes": {"five": five}})
    assert w.reasons(w.ask(catalog, w.listing(grade="bad"))) == {"bar": "condition-unmet"}


def test_same_trade_on_a_listing() -> None:
    """The field of the listing and the field of the matter must be one."""
    catalog = w.world(w.measure(same_trade=True), w.list_type(field="food"))
    assert w.ask(catalog, w.listing(), fields=["food"]).verdict == "prohibited"
    assert w.reasons(w.ask(catalog, w.listing(), fields=["drug"])) == {"bar": "same-trade-unmet"}
    assert w.reasons(w.ask(catalog, w.listing())) == {"bar": "attribute-unknown"}


@pytest.mark.parametrize(
    ("valid", "reason"), [({"valid_from": "2024-06-11"}, "basis-not-yet"), ({"valid_to": "2024-06-09"}, "basis-ended")]
)
def test_a_measure_has_dates_of_its_own(valid: dict[str, str], reason: str) -> None:
    """An ended entry keeps its dates, and both are inclusive."""
    assert w.reasons(w.ask(w.world(w.measure(**valid)), w.listing())) == {"bar": reason}


def test_an_act_of_a_unit_bars_no_measure_for_persons() -> None:
    """Kinds are those of whom the act hit."""
    person = w.measure(
        trigger="act", targets={"acts": ["licence-revoked"], "kinds": ["person"]}, bears=["self", "investor"]
    )
    assert w.reasons(w.ask(w.world(person), acts=["licence-revoked:2024-01-01"])) == {"bar": "other-kind"}


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        ("administrative-penalty:2024-01-01:kinds=fine+warning", "applies"),
        ("administrative-penalty:2024-01-01:kinds=warning", "condition-unmet"),
        ("administrative-penalty:2024-01-01", "attribute-unknown"),
    ],
)
def test_kinds_of_penalty(act: str, reason: str) -> None:
    """Where the law names the penalty, another is not meant and an unstated one is unknown."""
    fined = w.measure(trigger="act", targets={"acts": ["administrative-penalty"], "where": {"kinds": ["fine"]}})
    assert w.reasons(w.ask(w.world(fined), acts=[act])) == {"bar": reason}


@pytest.mark.parametrize(
    ("stated", "reason"),
    [(":probation=yes", "applies"), (":probation=no", "condition-unmet"), ("", "attribute-unknown")],
)
def test_probation_as_a_condition(stated: str, reason: str) -> None:
    """A sentence on probation and one without are two facts; silence is neither."""
    sentence = w.measure(trigger="act", targets={"acts": ["criminal-sentence"], "where": {"probation": True}})
    assert w.reasons(w.ask(w.world(sentence), acts=[f"criminal-sentence:2024-01-01{stated}"])) == {"bar": reason}


def test_a_rule_carries_a_partner_only_where_a_law_carries_it() -> None:
    """法〔2016〕285号 alone adds no bearer to an adverse measure; nor does any rule to an administrative one."""
    plain = {
        "id": "r",
        "title": "联合体",
        "explanation": "任一成员受限，整体受限。",
        "then": {"carry": {"class": "adverse"}},
    }
    plain["when"] = {"listing": {"relation": {"eq": "consortium-member"}, "in-force": {"eq": True}}}
    partner, row = [f"consortium-member:{w.PARTNER}"], w.listing(uscc=w.PARTNER)
    by_law = Rule.model_validate({**plain, "basis": [w.basis()]})
    by_letter = Rule.model_validate({**plain, "basis": [w.basis(instrument_id="letter")]})
    letter, soft = (
        w.instrument("letter", "joint-document"),
        w.measure(**{"class": "administrative"}, degree="scrutinise"),
    )
    carried = w.ask(w.world(w.measure(), by_law), row, related=partner)
    assert (carried.verdict, carried.findings[0].path[1]["rule"]) == ("prohibited", "r")
    assert w.reasons(w.ask(w.world(w.measure(), by_letter, letter), row, related=partner)) == {
        "bar": "relation-not-reached"
    }
    assert w.reasons(w.ask(w.world(soft, by_law), row, related=partner)) == {"bar": "relation-not-reached"}


def test_rule_with_several_conditions_names_the_lists_it_needs() -> None:
    """The lists that would suspend an incentive are read out of the rule, however it is nested."""
    black = {"listing": {"kind": {"eq": "black"}, "in-force": {"eq": True}}}
    rule = Rule.model_validate(
        {
            "id": "r",
            "title": "中止",
            "explanation": "中止。",
            "when": {"any": [{"all": [black]}]},
            "then": {"suspend": {"effect": "incentive"}},
            "basis": [w.basis()],
        }
    )
    result = w.ask(w.world(w.incentive(), rule), w.listing("RL.A"), without=("BL.A",))
    assert w.reasons(result) == {"gain": "list-not-loaded"}


def test_repair_says_whether_when_and_what_is_missing() -> None:
    """Each black finding carries whether it can be repaired; a statutory ban does not fall with a listing."""
    repair = {"repairable": True, "after_months": 6, "missing": ["作出信用承诺"], "channel": "信用中国"}
    result = w.ask(w.world(w.measure(), w.list_type(repair=repair)), w.listing())
    assert result.findings[0].repair == {
        "repairable": True, "earliest": "2024-07-01", "missing": ["作出信用承诺"], "channel": "信用中国",
    }  # fmt: skip


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A full map is emptied; answers stay the same."""
    monkeypatch.setattr(memo, "LIMIT", 1)
    engine = w.engine(w.world(w.measure()), w.listing())
    days = ["2024-06-10", "2023-06-10", "2024-06-10"]
    assert [engine.check_subject(w.FIRM, "M.X", as_of=day).verdict for day in days] == [
        "prohibited",
        "clear",
        "prohibited",
    ]


def test_words_given_as_lists_are_as_good_as_tuples() -> None:
    """JSON brings lists; they can't be remembered by, and answer the same."""
    engine = w.engine(w.world(w.measure()), w.listing())
    one = engine.check_subject(w.FIRM, "M.X", as_of="2024-06-10", traits=["engineering"])
    assert one == engine.check_subject(w.FIRM, "M.X", as_of="2024-06-10", traits=("engineering",))
    assert one == engine.check_subject(w.FIRM, "M.X", as_of="2024-06-10", traits="engineering")
