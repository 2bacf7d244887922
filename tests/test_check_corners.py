"""Corners of the straight line: regions, editions, groups, records by region, clean periods, memory of plans."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

import worlds as w
from jointsanction import Edition, Engine, MemoryRegistry, Related
from jointsanction.model.catalogue import Group, Measure, Rule, Scheme
from jointsanction.steps.applying import prepared

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


def test_published_penalties_are_no_records_of_dishonesty() -> None:
    """行政处罚法48: what is published is a penalty and no finding of dishonesty; it bites nobody and spoils nothing."""
    measure = w.measure(trigger="record", targets={"severity": ["general"]}, region="410000")
    lists = (w.list_type("GEN.CF", "publication"), w.list_type("GEN.A", "record"))
    catalog = w.world(measure, w.incentive(conditions=[{"clean-period": 3}]), *lists)
    result = w.ask(catalog, w.listing("RL.A"), w.listing("GEN.CF", severity="general"), region="410182", explain=True)
    assert [found.measure for found in result.findings] == ["gain"]
    published = [found for found in result.not_applied if (found.cause or {}).get("list") == "GEN.CF"]
    assert [(found.cause or {})["type"] for found in published] == ["record"]
    assert w.reasons(w.ask(catalog, w.listing("RL.A"), w.listing("GEN.A")))["gain"] == "condition-unmet"


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
        "repairable": True, "earliest": "2024-07-02",
        "missing": ["规定的等待期届满（2024-07-02 起可以申请）", "作出信用承诺"], "channel": "信用中国",
        "severity": "serious", "publicity_until": None, "rules": None, "state": None,
    }  # fmt: skip


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A full map is emptied; answers stay the same."""
    monkeypatch.setattr(prepared, "LIMIT", 1)
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


MATTERS = (
    w.matter("TOP", default_role="participant"),
    w.matter("A", parents=["TOP"], default_role="bidder"),
    w.matter("A.X", parents=["A"], default_role="bidder"),
    w.matter("B", parents=["TOP"], default_role="supplier"),
    w.matter("F", default_role="applicant"),
    w.matter("B.Y", parents=["B", "F"], default_role="supplier"),
)


@pytest.mark.parametrize(
    ("asked", "role", "applying"),
    [
        ("TOP", None, {"a", "b", "f"}),
        ("TOP", "bidder", {"a"}),
        ("TOP", "supplier", {"b", "f"}),
        ("A.X", None, {"a"}),
        ("B", None, {"b", "f"}),
        ("F", None, {"b", "f"}),
    ],
)
def test_a_first_level_code_asks_all_below_it_in_their_roles(asked: str, role: str | None, applying: set[str]) -> None:
    """ENCODING §6: a barred bidder must not come out clear because the trading platform asked for all trading."""
    a, b, f = (
        w.measure("a", matters=["A"]),
        w.measure("b", matters=["B.Y"], roles=["supplier"]),
        w.measure("f", matters=["F"]),
    )
    result = w.ask(w.world(a, b, f, *MATTERS), w.listing(), matter=asked, role=role)
    assert {found.measure for found in result.findings if found.applies} == applying


def test_a_role_no_measure_knows_is_told() -> None:
    """A tender file that calls suppliers bidders must not pass in silence."""
    result = w.ask(w.world(w.measure()), w.listing(), role="guarantor", region="410182")
    assert [notice.code for notice in result.identity.warnings] == ["question.no-such-role"]


def carrying(**more: Any) -> Rule:
    """Make a rule that carries a partner's listing."""
    when = {"listing": {"relation": {"eq": "consortium-member"}, "in-force": {"eq": True}}}
    plain = {
        "id": "r",
        "title": "联合体",
        "explanation": "整体受限。",
        "then": {"carry": {"class": "adverse"}},
        "when": when,
    }
    return Rule.model_validate({**plain, "basis": [w.basis()], **more})


def test_a_rule_and_its_ground_hold_in_their_region() -> None:
    """A local rule, or a local regulation under it, burdens nobody elsewhere; general words carry nobody over."""
    local, partner = w.instrument("loc", "local-regulation", region="410000"), [f"consortium-member:{w.PARTNER}"]
    grounded, opened = carrying(basis=[w.basis(instrument_id="loc")]), carrying(basis=[w.basis("opens")])
    for rule in (carrying(region="410000"), grounded):
        catalog = w.world(w.measure(), rule, local)
        assert w.ask(catalog, w.listing(uscc=w.PARTNER), related=partner, region="370102").verdict == "clear"
        assert w.ask(catalog, w.listing(uscc=w.PARTNER), related=partner, region="410182").verdict == "prohibited"
    assert w.ask(w.world(w.measure(), opened), w.listing(uscc=w.PARTNER), related=partner).verdict == "clear"


def test_what_is_unknown_of_a_partner_is_not_taken_from_the_asker() -> None:
    """`size` and kind of the question are those of the subject asked about."""
    partner, row = [f"consortium-member:{w.PARTNER}"], w.listing(uscc=w.PARTNER)
    sized = w.measure(targets={"lists": ["BL.A"], "where": {"size": ["large"]}})
    kinded = w.measure(targets={"lists": ["BL.A"], "kinds": ["enterprise"]})
    assert w.reasons(w.ask(w.world(sized, carrying()), row, related=partner, size="large")) == {
        "bar": "attribute-unknown"
    }
    assert w.reasons(w.ask(w.world(kinded, carrying()), row, related=partner)) == {"bar": "attribute-unknown"}


def test_an_unknown_condition_of_a_term_is_no_no() -> None:
    """Where it can't be told which term the law sets, the act bites, or no longer does, only if both ways agree."""
    either = w.measure(
        trigger="act",
        targets={"acts": ["administrative-penalty"]},
        term=[{"life": True, "when": {"severity": ["serious"]}}, {"years": 2}],
    )
    head = "administrative-penalty:2020-01-01"
    assert w.reasons(w.ask(w.world(either), acts=[head])) == {"bar": "attribute-unknown"}
    assert w.ask(w.world(either), acts=[f"{head}:severity=serious"]).verdict == "prohibited"
    assert w.ask(w.world(either), acts=[f"{head}:severity=general"]).verdict == "clear"
    assert w.ask(w.world(either), acts=["administrative-penalty:2024-01-01"]).verdict == "prohibited"


def test_a_member_of_a_consortium_is_not_touched_by_a_ban_as_agency() -> None:
    """政府采购法78 bans agencies as agencies."""
    ban = w.measure(trigger="order", targets={"acts": ["procurement-ban"]}, roles=["applicant", "consortium-member"])
    for named, verdict in (("agency", "clear"), ("applicant", "prohibited"), ("consortium-member", "prohibited")):
        acts = [f"procurement-ban:2024-01-01:role={named}"]
        assert w.ask(w.world(ban), acts=acts, role="consortium-member").verdict == verdict


def test_a_list_that_ends_by_disappearance_frees_whom_it_no_longer_names() -> None:
    """DESIGN §6: there a complete edition releases, where notice is needed it leaves a doubt."""
    for exit_by, verdict in (("disappearance", "clear"), ("notice", "indeterminate")):
        catalog = w.world(w.measure(), w.list_type(exit_by=exit_by))
        assert w.ask(catalog, w.listing(missing_since=w.TODAY)).verdict == verdict


def test_a_rule_may_name_lists_in_any_way_and_dead_acts_suspend_nothing() -> None:
    """Whatever test a rule makes, the lists that could meet it are needed before an incentive is sure."""
    for test in ({"list": {"eq": "BL.A"}}, {"kind": {"ne": "red"}}, {"kind": {"known": True}}):
        rule = carrying(
            when={"listing": {**test, "in-force": {"eq": True}, "list": {"ne": "RL.A", **test.get("list", {})}}},
            then={"suspend": {"effect": "incentive"}},
        )
        result = w.ask(w.world(w.incentive(), rule), w.listing("RL.A"), without=("BL.A",))
        assert w.reasons(result) == {"gain": "list-not-loaded"}
    by_act = carrying(when={"act": {"type": {"eq": "licence-revoked"}}}, then={"suspend": {"effect": "incentive"}})
    catalog = w.world(w.incentive(), by_act)
    assert w.reasons(w.ask(catalog, w.listing("RL.A"), acts=["licence-revoked:2024-01-01"]))["gain"] == "suspended-by"
    voided = ["licence-revoked:2024-01-01:set_aside=2024-02-01"]
    assert w.ask(catalog, w.listing("RL.A"), acts=voided).verdict == "favoured"


def test_a_doubtful_listing_leaves_a_tested_condition_open() -> None:
    """no-serious-listing is tested: a listing that may hold leaves the incentive unsure, and so does a missing list."""
    catalog = w.world(w.incentive(conditions=["no-serious-listing"]))
    perhaps = w.listing(missing_since=w.TODAY)
    assert w.reasons(w.ask(catalog, w.listing("RL.A"), perhaps))["gain"] == "attribute-unknown"
    assert w.reasons(w.ask(catalog, w.listing("RL.A"), without=("BL.A",)))["gain"] == "list-not-loaded"


def test_a_masked_number_is_a_clue_when_asked_by_number_alone() -> None:
    """A masked number never confirms: asked without a name, it makes a candidate of whom it may hide."""
    row = w.listing(uscc=w.FIRM[:8] + "*" * 8 + w.FIRM[-2:], name="示例甲")
    assert w.reasons(w.ask(w.world(w.measure()), row)) == {"bar": "name-only"}
    assert w.ask(w.world(w.measure()), row, subject=w.PARTNER).verdict == "clear"


def test_an_order_says_how_long_it_holds_where_the_measure_leaves_it_open() -> None:
    """ENCODING §2: term and scope are read from the order; an act of tomorrow bars nobody today."""
    open_term = w.measure(trigger="order", targets={"acts": ["exit-ban-order"]})
    reasons = {
        "exit-ban-order:2024-01-01": "applies",
        "exit-ban-order:2022-06-09:years=2": "term-ended",
        "exit-ban-order:2022-06-10:years=2": "applies",
        "exit-ban-order:2024-06-11": "not-in-force",
    }
    assert {act: w.reasons(w.ask(w.world(open_term), acts=[act]))["bar"] for act in reasons} == reasons


def test_a_listing_says_nothing_of_probation() -> None:
    """Unknown is not no."""
    asked = w.measure(targets={"lists": ["BL.A"], "where": {"probation": False}})
    assert w.reasons(w.ask(w.world(asked), w.listing())) == {"bar": "attribute-unknown"}


def test_a_rule_for_one_matter_carries_within_that_matter_when_all_were_asked() -> None:
    """Asked at the top, a partner's listing counts in procurement, and for nothing the rule does not speak of."""
    when = {
        "all": [
            {"question": {"matter": {"within": ["B"]}}},
            {"listing": {"relation": {"eq": "consortium-member"}, "in-force": {"eq": True}}},
        ]
    }
    a, b = w.measure("a", matters=["A"]), w.measure("b", matters=["B.Y"])
    result = w.ask(
        w.world(a, b, carrying(when=when), *MATTERS),
        w.listing(uscc=w.PARTNER),
        matter="TOP",
        related=[f"consortium-member:{w.PARTNER}"],
    )
    assert w.reasons(result) == {"a": "relation-not-reached", "b": "applies"}


def test_a_partner_named_in_anothers_listing_is_not_listed() -> None:
    """Two relations are not chained: what somebody else is listed for does not reach through a partner."""
    row = w.listing(uscc="91990000MA0000003H", related=(Related(relation="investor", id=w.PARTNER),))
    result = w.ask(w.world(w.measure(bears=["self", "investor"])), row, related=[f"consortium-member:{w.PARTNER}"])
    assert (result.verdict, w.reasons(result)) == ("clear", {"bar": "not-listed"})


def test_an_answer_says_that_a_credit_report_must_be_read() -> None:
    """Matters of the 信用报告应用目录 say so in every answer, whatever it comes to."""
    catalog = w.world(w.matter(credit_report_required=True), w.matter("M.Y"))
    document = w.ask(catalog).model_dump()
    assert (document["verdict"], document["credit_report_required"]) == ("clear", True)
    other = w.engine(catalog).check_subject(w.FIRM, "M.Y").model_dump()
    assert other["credit_report_required"] is False


def test_a_list_may_bind_an_occupation_only() -> None:
    """重点人群、职业人员: who is no teacher is not met, of whom nobody says what he is it is not known."""
    measure = w.measure(targets={"lists": ["BL.A"], "where": {"occupation": ["teacher", "doctor"]}})
    catalog, row = w.world(measure), w.listing(uscc=None, resident_id=w.PERSON)
    asked = {"subject": w.PERSON, "kind": "person"}
    assert w.ask(catalog, row, **asked, occupations=["lawyer", "teacher"]).verdict == "prohibited"
    assert w.reasons(w.ask(catalog, row, **asked, occupations=["lawyer"])) == {"bar": "condition-unmet"}
    assert w.reasons(w.ask(catalog, row, **asked)) == {"bar": "attribute-unknown"}
    answer = w.ask(catalog, row, **asked, occupations=["teacher", "lawyer"])
    assert answer.model_dump()["question"]["occupations"] == ["lawyer", "teacher"]


def test_an_occupation_asked_is_not_that_of_a_partner() -> None:
    """What the question says of occupations it says of the subject asked about."""
    measure = w.measure(
        targets={"lists": ["BL.A"], "where": {"occupation": ["teacher"]}}, bears=["self", "legal-representative"]
    )
    leader = Related(relation="legal-representative", kind="person", id=w.PERSON)
    answer = w.ask(
        w.world(measure), w.listing(related=(leader,)), subject=w.PERSON, kind="person", occupations=["teacher"]
    )
    assert w.reasons(answer) == {"bar": "attribute-unknown"}


def test_a_measure_of_one_phase_speaks_in_no_other() -> None:
    """事前、事中、事后: one matter, different measures for each (FEATURES 40)."""
    before = w.measure("refuse", phase=["before"])
    during = w.measure("watch", **{"class": "administrative"}, degree="supervise", phase=["during", "after"])
    catalog = w.world(before, during)
    said = {phase: w.reasons(w.ask(catalog, w.listing(), phase=phase)) for phase in ("before", "during", "after")}
    assert said["before"] == {"refuse": "applies", "watch": "other-phase"}
    assert said["during"] == said["after"] == {"refuse": "other-phase", "watch": "applies"}
