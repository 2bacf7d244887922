"""What rules make of an answer: counts, grade, supervision, degrees, reviews, warnings, and the trace of every rule."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import worlds as w
from jointsanction.model.catalogue import Rule
from jointsanction.model.document import ResultDocument
from jointsanction.model.subject import Act, Subject
from jointsanction.terms import Verdict

BLACK = {"listing": {"kind": {"eq": "black"}, "in-force": {"eq": True}}}
GRADES = {"grade": {"level": {"eq": "trustworthy"}}}


def rule(id_: str = "r", when: dict[str, Any] | None = None, *, basis: Any = None, **then: Any) -> Rule:  # noqa: ANN401
    """Make a rule on whoever is on a black list, resting on a law."""
    words = {"id": id_, "title": f"规则{id_}", "when": when or BLACK, "then": then, "explanation": f"因{id_}"}
    return Rule.model_validate({**words, "basis": [w.basis()] if basis is None else basis})


def counting(**limits: Any) -> dict[str, Any]:
    """Make a condition that counts black listings within a year."""
    return {"count": {"listing": {"kind": {"eq": "black"}}, "within": {"years": 1}, **limits}}


def fired(result: Any) -> dict[str, bool | None]:  # noqa: ANN401
    """Return of each rule whether it fired."""
    return {trace.rule: trace.fired for trace in result.rules}


@pytest.mark.parametrize(
    ("rows", "limits", "holds"),
    [
        ([{}], {"gte": 2}, False),
        ([{}, {"instrument_no": "文2"}], {"gte": 2}, True),
        ([], {"lte": 0}, True),
        ([{}], {"eq": 1}, True),
        ([{"removed_on": date(2023, 6, 11)}], {"gte": 1}, True),
        ([{"removed_on": date(2023, 6, 10)}], {"gte": 1}, False),
        ([{"valid_to": date(2023, 6, 10)}], {"gte": 1}, True),
        ([{"valid_to": date(2023, 6, 9)}], {"gte": 1}, False),
        ([{"removed_on": date(2024, 6, 1), "removal_reason": "信用修复"}], {"gte": 1}, False),
        ([{"removed_on": date(2024, 6, 1), "removal_reason": "信用修复"}], {"gte": 1, "repaired": True}, True),
        ([{"instrument_no": None}], {"gte": 1}, False),
        ([{"listed_on": None, "announced_on": date(2024, 1, 1)}], {"gte": 1}, False),
        ([{"missing_since": date(2024, 1, 1)}], {"gte": 1}, None),
        ([{"missing_since": date(2024, 1, 1)}, {"instrument_no": "文2"}], {"gte": 1}, True),
        ([{"missing_since": date(2024, 1, 1)}, {"instrument_no": "文2"}], {"lte": 1}, None),
        ([{"uscc": None, "name": "虚构甲公司"}], {"gte": 1}, None),
    ],
)
def test_a_count_looks_back_from_the_day_asked_about(
    rows: list[dict[str, Any]], limits: dict[str, Any], *, holds: bool | None
) -> None:
    """What held within the year counts, repaired ones only when told; what is doubtful leaves it unsure."""
    listed = [w.listing(**{"listed_on": date(2023, 1, 1), **row}) for row in rows]
    subject = Subject(uscc=w.FIRM, name="虚构甲公司")
    result = w.ask(w.world(rule(when=counting(**limits), warn="多次")), *listed, subject=subject)
    assert fired(result) == {"r": holds}
    assert [notice.code for notice in result.notices] == {True: ["rule.warning"], False: [], None: ["rule.unsure"]}[
        holds
    ]


def test_a_list_that_ends_by_disappearance_counts_until_it_disappeared() -> None:
    """The first complete edition without the subject is the first day free."""
    gone = w.list_type(exit_by="disappearance")
    for day, holds in ((date(2023, 6, 11), True), (date(2023, 6, 10), False)):
        row = w.listing(listed_on=date(2023, 1, 1), missing_since=day)
        assert fired(w.ask(w.world(gone, rule(when=counting(gte=1), warn="有")), row)) == {"r": holds}


def test_listings_of_others_count_only_where_the_rule_speaks_of_them() -> None:
    """A count is of the subject's own listings unless its tests name a relation."""
    related = ("investor:" + w.PARTNER,)
    partner = w.listing(uscc=w.PARTNER)
    own = rule("own", counting(gte=1), warn="有")
    others = {"kind": {"eq": "black"}, "relation": {"eq": "investor"}}
    theirs = rule("theirs", {"count": {"listing": others, "within": {"days": 30}, "gte": 1}}, warn="有")
    assert fired(w.ask(w.world(own, theirs), partner, related=related)) == {"own": False, "theirs": True}


def test_a_stretch_beyond_the_calendar_reaches_everything() -> None:
    """A term of thousands of years is no reason to fail."""
    when = {"count": {"listing": {"kind": {"eq": "black"}}, "within": {"years": 9000, "days": 9}, "gte": 1}}
    row = w.listing(removed_on=date(2024, 3, 1))
    assert fired(w.ask(w.world(rule(when=when, warn="有")), row)) == {"r": True}


def test_the_worst_grade_wins_and_names_what_set_it() -> None:
    """Four levels: the worst counts, with the rule and the rows that set it."""
    watch = w.list_type("WL.A", "watch")
    milder = rule("mild", {"listing": {"kind": {"eq": "watch"}}}, grade="general-dishonesty")
    count = rule("count", counting(gte=2), grade="serious-dishonesty")
    rows = [
        w.listing("WL.A"),
        w.listing(removed_on=date(2024, 3, 1)),
        w.listing(instrument_no="文2", removed_on=w.TODAY),
    ]
    result = w.ask(w.world(watch, milder, count), *rows)
    shown = result.model_dump()["grade"]
    assert (shown["level"], shown["complete"], [one["rule"] for one in shown["set_by"]]) == (
        "serious-dishonesty", True, ["count"],
    )  # fmt: skip
    assert [cause["list"] for cause in shown["set_by"][0]["causes"]] == ["BL.A", "BL.A"]
    ResultDocument.model_validate(result.model_dump())


def test_an_act_can_set_a_grade() -> None:
    """What a rule rests on may be an act as well as a listing."""
    by_act = rule("act", {"act": {"type": {"eq": "commitment-breach"}}}, grade="general-dishonesty")
    act = Act(type="commitment-breach", decision_made=date(2024, 5, 1), document_number="虚构1号")
    shown = w.ask(w.world(by_act), acts=[act]).model_dump()["grade"]
    assert (shown["level"], shown["set_by"][0]["causes"][0]["act"]) == ("general-dishonesty", "commitment-breach")


@pytest.mark.parametrize(
    ("rows", "words", "level", "complete"),
    [
        ([], {}, "trustworthy", True),
        ([], {"without": ("BL.A",)}, None, False),
        ([], {"without": ("BL.A",), "coverage": "loaded"}, "trustworthy", False),
        ([{}], {}, "blacklisted", True),
        ([{"missing_since": date(2024, 2, 1)}], {}, None, False),
        ([], {"subject": Subject(name="虚构甲公司")}, None, False),
    ],
)
def test_nobody_is_trustworthy_while_something_is_unknown(
    rows: list[dict[str, Any]], words: dict[str, Any], level: str | None, *, complete: bool
) -> None:
    """A doubt is never a favour; and where no rule grades, nobody is graded."""
    catalog = w.world(rule(grade="blacklisted"))
    grade = w.ask(catalog, *(w.listing(**row) for row in rows), **words).grade
    assert (grade.level, grade.complete) == (level, complete)
    assert w.ask(w.world(), w.listing()).grade.level is None


def test_a_doubtful_listing_leaves_a_sure_grade_open() -> None:
    """What is sure is said, and that it may be worse."""
    rules = [
        rule("a", grade="blacklisted"),
        rule("b", {"listing": {"kind": {"eq": "watch"}}}, grade="general-dishonesty"),
    ]
    rows = [w.listing("WL.A"), w.listing(missing_since=date(2024, 2, 1))]
    grade = w.ask(w.world(w.list_type("WL.A", "watch"), *rules), *rows).grade
    assert (grade.level, grade.complete) == ("general-dishonesty", False)


def test_the_strictest_supervision_wins() -> None:
    """Of several the strictest holds."""
    often = rule("often", supervision={"tier": "tightened", "inspections": 4, "ratio": 0.2, "manner": "on-site"})
    seldom = rule("seldom", supervision={"tier": "tightened", "inspections": 2})
    shown = w.ask(w.world(often, seldom), w.listing()).model_dump()
    assert shown["supervision"]["set_by"][0]["rule"] == "often"
    assert {key: shown["supervision"][key] for key in ("tier", "inspections", "ratio", "manner", "complete")} == {
        "tier": "tightened", "inspections": 4, "ratio": 0.2, "manner": ["on-site"], "complete": True,
    }  # fmt: skip
    assert w.ask(w.world(often)).supervision is None
    ResultDocument.model_validate(shown)


@pytest.mark.parametrize(
    ("rows", "words", "tier", "complete"),
    [
        ([], {}, "relaxed", True),
        ([], {"without": ("BL.A",)}, None, None),
        ([{"missing_since": date(2024, 2, 1)}], {}, None, None),
        ([{}], {}, "key", True),
    ],
)
def test_milder_supervision_is_no_gift_to_somebody_in_doubt(
    rows: list[dict[str, Any]], words: dict[str, Any], tier: str | None, *, complete: bool | None
) -> None:
    """Only the trustworthy are inspected less; whose grade is unknown is not."""
    rules = [rule("grade", grade="blacklisted"), rule("good", GRADES, supervision={"tier": "relaxed"}),
             rule("bad", {"grade": {"level": {"eq": "blacklisted"}}}, supervision={"tier": "key"})]  # fmt: skip
    shown = w.ask(w.world(*rules), *(w.listing(**row) for row in rows), **words).supervision
    assert (shown and shown.said["tier"], shown and shown.complete) == (tier, complete)


def test_a_stricter_supervision_that_may_hold_is_told() -> None:
    """What is sure is done; that it may be stricter is told, and a milder one that may hold changes nothing."""
    always = rule("always", {"question": {"matter": {"within": ["M.X"]}}}, supervision={"tier": "routine"})
    strict = rule("strict", supervision={"tier": "key"})
    mild = rule("mild", {"none": [BLACK]}, supervision={"tier": "relaxed"})
    row = w.listing(missing_since=date(2024, 2, 1))
    shown = w.ask(w.world(always, strict), row).supervision
    assert (shown and shown.said["tier"], shown and shown.complete) == ("routine", False)
    relaxed = rule("relaxed", {"question": {"matter": {"within": ["M.X"]}}}, supervision={"tier": "relaxed"})
    assert w.ask(w.world(relaxed, strict), row).supervision is None
    shown = w.ask(w.world(always, mild), row).supervision
    assert (shown and shown.said["tier"], shown and shown.complete) == ("routine", True)
    assert (
        w.ask(w.world(rule("other", {"none": [BLACK], **GRADES}, supervision={"tier": "relaxed"})), row).supervision
        is None
    )


CAP = {"degree": "restrict", "class": "adverse"}
RAISE = {"degree": "prohibit", "class": "adverse"}


def test_a_cap_is_a_ceiling() -> None:
    """A prohibition becomes a restriction, with the rule on its path; what is milder already stays."""
    result = w.ask(w.world(w.measure(), rule(cap=CAP)), w.listing(), w.listing("RL.A"))
    (finding,) = result.findings
    assert (result.verdict, finding.shape.degree, finding.path[-1]["rule"]) == (Verdict.RESTRICTED, "restrict", "r")
    mild = w.ask(w.world(w.measure(degree="downgrade"), rule(cap=CAP)), w.listing())
    assert (mild.findings[0].shape.degree, mild.findings[0].path) == ("downgrade", ())
    other = {"degree": "alert", "class": "administrative"}
    assert w.ask(w.world(w.measure(), rule(cap=other)), w.listing()).verdict is Verdict.PROHIBITED


@pytest.mark.parametrize(
    ("level", "text", "verdict"),
    [
        ("law", "verified", Verdict.RESTRICTED),
        ("law", "recalled", Verdict.PROHIBITED),
        ("local-regulation", "verified", Verdict.PROHIBITED),
        ("memorandum", "verified", Verdict.PROHIBITED),
    ],
)
def test_a_lesser_text_cannot_soften_a_law(level: str, text: str, verdict: Verdict) -> None:
    """What a law prohibits stays prohibited, whatever a city or a memorandum says."""
    region = {"region": "410000"} if level == "local-regulation" else {}
    lesser = rule(basis=[w.basis(text=text, instrument_id="other")], cap=CAP)
    catalog = w.world(w.instrument("other", level, **region), w.measure(), lesser)
    assert w.ask(catalog, w.listing(), region="410000").verdict is verdict


def test_what_no_longer_withholds_a_convenience_no_longer_restricts() -> None:
    """Scrutiny takes nothing away."""
    convenience = w.matter(kind="convenience", granted_by="department-rule")
    withheld = w.measure(**{"class": "administrative", "degree": "withhold"})
    softened = rule(cap={"degree": "scrutinise", "class": "administrative"})
    assert w.ask(w.world(convenience, withheld), w.listing()).verdict is Verdict.RESTRICTED
    assert w.ask(w.world(convenience, withheld, softened), w.listing()).verdict is Verdict.ATTENTION


@pytest.mark.parametrize(
    ("basis", "degree", "codes"),
    [
        ([w.basis()], "prohibit", []),
        ([w.basis("opens")], "restrict", []),
        ([w.basis(text="recalled")], "restrict", ["rule.raise-too-weak"]),
        ([w.basis("refers")], "restrict", ["rule.raise-too-weak"]),
        ([w.basis(instrument_id="memo")], "restrict", ["rule.raise-too-weak"]),
        ([w.basis(instrument_id="here"), w.basis("refers")], "restrict", ["rule.raise-too-weak"]),
        ([w.basis(valid_to="2024-01-01"), w.basis("refers")], "restrict", ["rule.raise-too-weak"]),
        ([w.basis(instrument_id="here")], "restrict", []),
        ([w.basis(valid_to="2024-01-01")], "restrict", []),
    ],
)
def test_a_raise_goes_no_further_than_the_rules_own_basis(basis: Any, degree: str, codes: list[str]) -> None:  # noqa: ANN401
    """An adverse raise needs a basis as strong as a measure's; else it only warns."""
    documents = [w.instrument("memo", "memorandum"), w.instrument("here", "local-regulation", region="410000")]
    catalog = w.world(*documents, w.measure(degree="restrict"), rule(basis=basis, **{"raise": RAISE}))
    result = w.ask(catalog, w.listing())
    assert (result.findings[0].shape.degree, [notice.code for notice in result.notices]) == (degree, codes)


def test_an_administrative_measure_may_be_raised_on_any_basis_that_says_so() -> None:
    """Administration takes no right away, so a department rule may raise it."""
    raised = rule(
        basis=[w.basis(instrument_id="rule")], **{"raise": {"degree": "supervise", "class": "administrative"}}
    )
    alert = w.measure(**{"class": "administrative", "degree": "alert"})
    catalog = w.world(w.instrument("rule", "department-rule"), alert, raised)
    assert w.ask(catalog, w.listing()).findings[0].shape.degree == "supervise"


def test_a_rule_for_another_matter_leaves_a_measure_alone() -> None:
    """Of several matters asked about at once, a rule touches the one it speaks of."""
    above, one, other = w.matter("M"), w.matter("M.X", parents=["M"]), w.matter("M.Y", parents=["M"])
    measures = [w.measure("x", matters=["M.X"]), w.measure("y", matters=["M.Y"])]
    only_x = rule(when={"all": [{"question": {"matter": {"within": ["M.X"]}}}, BLACK]}, cap=CAP, review="看一看")
    result = w.ask(w.world(above, one, other, *measures, only_x), w.listing(), matter="M")
    degrees = {finding.measure: (finding.shape.degree, finding.shape.needs_decision) for finding in result.findings}
    assert degrees == {"x": ("restrict", True), "y": ("prohibit", False)}


def test_a_review_leaves_the_decision_to_a_person() -> None:
    """It reaches what its own listings set off, or everything where it rests on none."""
    catalog = [w.list_type("BL.B"), w.measure("a"), w.measure("b", targets={"lists": ["BL.B"]})]
    tests = {"list": {"eq": "BL.A"}, "in-force": {"eq": True}}
    one = w.ask(w.world(*catalog, rule(when={"listing": tests}, review="情况复杂")), w.listing(), w.listing("BL.B"))
    assert {finding.measure: finding.shape.needs_decision for finding in one.findings} == {"a": True, "b": False}
    assert [(notice.code, notice.message) for notice in one.notices] == [("rule.review", "情况复杂")]
    always = rule(when={"question": {"matter": {"within": ["M.X"]}}}, review="一律")
    both = w.ask(w.world(*catalog, always), w.listing(), w.listing("BL.B"))
    assert all(finding.shape.needs_decision for finding in both.findings)


def test_a_review_follows_the_act_it_rests_on() -> None:
    """A review that rests on an act reaches what that act set off, with the rule on the path."""
    by_act = w.measure("act", trigger="act", targets={"acts": ["commitment-breach"]})
    review = rule(when={"act": {"type": {"eq": "commitment-breach"}}}, review="核对")
    act = Act(type="commitment-breach", decision_made=date(2024, 5, 1), document_number="虚构1号")
    result = w.ask(w.world(by_act, w.measure(), review), w.listing(), acts=[act])
    told = {finding.measure: (finding.shape.needs_decision, len(finding.path)) for finding in result.findings}
    assert told == {"act": (True, 1), "bar": (False, 0)}


def test_the_trace_tells_why_a_rule_fired_and_why_not() -> None:
    """Every rule in force is there: with what it rests on, or with what was not met."""
    red = rule("red", {"listing": {"kind": {"eq": "red"}, "in-force": {"eq": True}}}, warn="红")
    result = w.ask(w.world(rule(warn="黑"), red), w.listing())
    first, second = result.model_dump()["rules"]
    assert (first["fired"], first["causes"][0]["list"], first["unmet"]) == (True, "BL.A", [])
    assert (second["fired"], second["causes"]) == (False, [])
    assert second["unmet"] == ["列入记录要求类型为红名单（守信激励对象），最接近的一条类型为严重失信主体名单（黑名单）"]
    assert "rules" not in w.ask(w.world(rule(warn="黑")), w.listing(), explain=False).model_dump()
    ResultDocument.model_validate(result.model_dump())


def test_an_incentive_waits_for_lists_that_a_suspending_rule_reaches_through_others() -> None:
    """Whatever could change the grade could suspend the incentive."""
    suspending = rule("s", {"grade": {"level": {"eq": "blacklisted"}}}, suspend={"effect": "incentive"})
    catalog = w.world(w.incentive(), rule("g", grade="blacklisted"), suspending)
    given = w.ask(catalog, w.listing("RL.A"))
    assert given.verdict is Verdict.FAVOURED
    assert w.reasons(w.ask(catalog, w.listing("RL.A"), without=("BL.A",)))["gain"] == "list-not-loaded"
    assert w.reasons(w.ask(catalog, w.listing("RL.A"), w.listing()))["gain"] == "suspended-by"
