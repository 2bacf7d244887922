"""What rules make of an answer: counts, grade, supervision, degrees, reviews, warnings, and the trace of every rule."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import worlds as w
from jointsanction.model.catalogue import Rule, Scheme
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


WATCHES = (w.list_type("WL.A", "watch"), w.list_type("WL.B", "watch"))
CANDIDATE: dict[str, Any] = {"uscc": None, "name": "虚构甲公司"}
NAMED = Subject(uscc=w.FIRM, name="虚构甲公司")
PARTNER_LISTED = {"listing": {"way": {"eq": "from-question"}, "in-force": {"eq": True}}}
MEMBER = {"related": [f"consortium-member:{w.PARTNER}"]}
ALWAYS = {"question": {"matter": {"within": ["M.X"]}}}


def on(code: str) -> dict[str, Any]:
    """Make a condition: the subject is on a list."""
    return {"listing": {"list": {"eq": code}, "in-force": {"eq": True}, "way": {"eq": "own"}}}


def test_two_doubts_make_every_combination_a_world_of_its_own() -> None:
    """One may hold and the other not: neither extreme shows it, and nobody is trustworthy meanwhile."""
    rows = [w.listing(code, **CANDIDATE) for code in ("WL.A", "WL.B")]
    between = rule("between", {"all": [on("WL.A"), {"none": [on("WL.B")]}]}, grade="serious-dishonesty")
    result = w.ask(w.world(*WATCHES, between), *rows, subject=NAMED)
    assert (fired(result), result.grade.level, result.grade.complete) == ({"between": None}, None, False)
    either = rule("either", {"any": [on("WL.A"), {"none": [on("WL.B")]}]}, warn="看")
    result = w.ask(w.world(*WATCHES, either), *rows, subject=NAMED)
    assert (fired(result), [notice.code for notice in result.notices]) == ({"either": None}, ["rule.unsure"])


def test_many_doubts_are_gone_through_one_by_one() -> None:
    """With more doubts than can be combined: none, all, each alone, all but each."""
    lists = [w.list_type(f"WL.{at}", "watch") for at in "ABCDEFGH"]
    rows = [w.listing(kind.code, **CANDIDATE) for kind in lists]
    rules = [rule(f"r{kind.code[-1].lower()}", on(kind.code), warn="有") for kind in lists]
    alone = rule("alone", {"all": [on("WL.A"), {"none": [on("WL.B")]}]}, warn="有")
    result = w.ask(w.world(*lists, *rules, alone), *rows, subject=NAMED)
    assert set(fired(result).values()) == {None}


def test_listings_no_rule_tells_apart_are_one_doubt() -> None:
    """Ten candidates on one list make two worlds, not a thousand; what turns on nothing makes none."""
    rows = [w.listing(instrument_no=f"文{at}", **CANDIDATE) for at in range(10)]
    result = w.ask(w.world(*WATCHES, rule(warn="有")), *rows, w.listing("WL.A", **CANDIDATE), subject=NAMED)
    assert fired(result) == {"r": None}


@pytest.mark.parametrize(
    ("when", "words", "rows", "holds"),
    [
        ({"none": [BLACK]}, {}, [], True),
        ({"none": [BLACK]}, {"without": ("BL.A",)}, [], None),
        ({"none": [BLACK]}, {"without": ("BL.A",), "coverage": "loaded"}, [], True),
        ({"none": [BLACK]}, {"subject": Subject(name="虚构甲公司")}, [], None),
        (counting(lte=0), {"without": ("BL.A",)}, [], None),
        (counting(eq=0), {"without": ("BL.A",)}, [], None),
        (counting(gte=0), {"without": ("BL.A",)}, [], True),
        ({"none": [{"any": [{"all": [{"none": [BLACK]}]}]}]}, {}, [w.listing()], True),
        ({"none": [{"listing": {"severity": {"eq": "serious"}}}]}, {}, [w.listing()], None),
        ({"none": [{"listing": {"severity": {"eq": "serious"}}}]}, {}, [w.listing(severity="minor")], True),
        ({"none": [{"listing": {"severity": {"known": True}}}]}, {}, [w.listing()], True),
        ({"none": [{"listing": {"list": {"eq": "RL.A"}, "field": {"eq": "food"}}}]}, {}, [w.listing()], True),
        ({"none": [{"listing": {"grade": {"eq": "D"}}}]}, {}, [w.listing()], True),
        ({"none": [{"question": {"size": {"eq": "small"}}}]}, {}, [], None),
        ({"none": [{"question": {"size": {"eq": "small"}}}]}, {"size": "large"}, [], True),
        ({"none": [{"act": {"type": {"eq": "commitment-breach"}}}]}, {}, [], None),
        ({"none": [{"act": {"relation": {"eq": "self"}}}]}, {}, [], None),
        (
            {"none": [{"act": {"type": {"in": ["commitment-breach"]}}}]},
            {"acts": [Act(type="commitment-breach", ruled_out=True)]}, [], True,
        ),
    ],
)  # fmt: skip
def test_an_absence_nobody_could_see_is_no_fact(
    when: dict[str, Any], words: dict[str, Any], rows: list[Any], *, holds: bool | None
) -> None:
    """没有 must be looked for: a list not loaded, an attribute left open, an act nobody spoke of leaves it unsure."""
    relaxed = rule(when=when, supervision={"tier": "relaxed"})
    result = w.ask(w.world(relaxed), *rows, **words)
    assert fired(result) == {"r": holds}
    given = result.supervision is not None
    assert given is (holds is True and "coverage" not in words and "without" not in words)


def test_what_builds_on_an_absence_nobody_could_see_is_unsure_too() -> None:
    """A doubt is handed on, through derived facts and through the grade."""
    clean = rule("clean", {"none": [BLACK]}, derive={"fact": "clean"})
    built = rule("built", {"derived": {"fact": {"eq": "clean"}}}, warn="好")
    result = w.ask(w.world(clean, built), without=("BL.A",))
    assert fired(result) == {"clean": None, "built": None}
    graded = rule("graded", grade="blacklisted")
    not_bad = rule("notbad", {"none": [{"grade": {"level": {"eq": "blacklisted"}}}]}, warn="好")
    assert fired(w.ask(w.world(graded, not_bad), without=("BL.A",))) == {"graded": False, "notbad": None}


def test_a_supervision_is_incomplete_while_a_list_it_turns_on_is_missing() -> None:
    """Somebody may be looked at closer once the list is there."""
    key, usual = rule("key", supervision={"tier": "key"}), rule("usual", ALWAYS, supervision={"tier": "tightened"})
    shown = w.ask(w.world(key, usual), without=("BL.A",)).supervision
    assert shown is not None
    assert (shown.said["tier"], shown.complete) == ("tightened", False)


@pytest.mark.parametrize(
    ("first", "second", "tier", "numbers", "rules"),
    [
        ({"tier": "tightened", "ratio": 0.5}, {"tier": "tightened", "inspections": 2}, "tightened", (2, 0.5), "ab"),
        ({"tier": "tightened", "ratio": 0.9}, {"tier": "key"}, "key", (None, 0.9), "ab"),
        ({"tier": "key", "ratio": 0.9}, {"tier": "tightened", "ratio": 0.2}, "key", (None, 0.9), "a"),
        ({"tier": "relaxed", "ratio": 0.01}, {"tier": "relaxed"}, "relaxed", (None, None), "ab"),
        ({"tier": "relaxed", "ratio": 0.01}, {"tier": "relaxed", "ratio": 0.02}, "relaxed", (None, 0.02), "ab"),
        ({"tier": "relaxed", "ratio": 0.9}, {"tier": "routine"}, "routine", (None, None), "b"),
    ],
)
def test_each_field_of_a_supervision_is_the_strictest(
    first: dict[str, Any], second: dict[str, Any], tier: str, numbers: tuple[Any, Any], rules: str
) -> None:
    """One more rule never makes a supervision milder in any of its parts."""
    result = w.ask(w.world(rule("a", ALWAYS, supervision=first), rule("b", ALWAYS, supervision=second)))
    shown = result.supervision
    assert shown is not None
    assert (shown.said["tier"], (shown.said["inspections"], shown.said["ratio"])) == (tier, numbers)
    assert "".join(one.rule for one in shown.set_by) == rules
    ResultDocument.model_validate(result.model_dump())


@pytest.mark.parametrize(
    ("first", "second", "manner"),
    [
        (["exempt"], ["on-site"], ["on-site"]),
        (["exempt"], ["exempt"], ["exempt"]),
        (["documentary"], ["on-site"], ["documentary", "on-site"]),
        (["exempt"], [], []),
    ],
)
def test_whoever_is_inspected_in_some_way_is_not_exempt(first: list[str], second: list[str], manner: list[str]) -> None:
    """Of two rules for less, what one leaves to the ordinary plan stays there."""
    rules = [
        rule(name, ALWAYS, supervision={"tier": "relaxed", "manner": ways})
        for name, ways in (("a", first), ("b", second))
    ]
    shown = w.ask(w.world(*rules)).supervision
    assert shown is not None
    assert shown.said["manner"] == manner


@pytest.mark.parametrize(
    "ended",
    [{"valid_to": "2024-06-09"}, {"valid_from": "2024-06-11"}, {"instrument_id": "here"}, {"instrument_id": "old"}],
)
def test_a_rule_ends_with_its_bases(ended: dict[str, Any]) -> None:
    """What no text carries on that day, in that place, is no rule: no grade, no suspension, no warning."""
    texts = [
        w.instrument("here", "local-regulation", region="410000"),
        w.instrument("old", valid_from="2001-01-01", valid_to="2024-06-09"),
    ]
    gone = rule(basis=[w.basis(**ended)], grade="blacklisted", suspend={"effect": "incentive"}, warn="有")
    result = w.ask(w.world(*texts, w.incentive(), gone), w.listing(), w.listing("RL.A"))
    assert (result.verdict, fired(result), result.grade.level) == (Verdict.FAVOURED, {}, None)
    assert fired(w.ask(w.world(*texts, gone), w.listing(), region="410100")) == (
        {"r": True} if ended == {"instrument_id": "here"} else {}
    )


@pytest.mark.parametrize(("rows", "holds"), [
    ([{"instrument_no": None, "removed_on": date(2024, 3, 1)}], False),
    ([{"instrument_no": "文〔2024〕1号"}, {"instrument_no": "文【2024】１号", "removed_on": date(2024, 3, 1)}], True),
])  # fmt: skip
def test_one_instrument_counts_once(rows: list[dict[str, Any]], *, holds: bool) -> None:
    """One decision on two lists, or twice in the data, is one event; without a decision there is none, ended or not."""
    listed = [w.listing(code, **row) for row, code in zip(rows, ("BL.A", "BL.B"), strict=False)]
    catalog = w.world(w.list_type("BL.B"), rule("one", counting(eq=1), warn="一次"))
    assert fired(w.ask(catalog, *listed)) == {"one": holds}


def test_two_partners_of_one_decision_are_two() -> None:
    """One decision on several persons is an event of each."""
    others = {"kind": {"eq": "black"}, "relation": {"eq": "investor"}}
    two = rule("two", {"count": {"listing": others, "within": {"days": 30}, "gte": 2}}, warn="有")
    related = [f"investor:{w.PARTNER}", f"investor:{w.PERSON}"]
    rows = [w.listing(uscc=w.PARTNER), w.listing(uscc=None, resident_id=w.PERSON)]
    assert fired(w.ask(w.world(two), *rows, related=related)) == {"two": True}


def test_a_rule_that_may_change_a_degree_leaves_the_answer_open() -> None:
    """Restricted for sure, prohibited perhaps: the answer says that something could not be known."""
    raised = rule("up", on("WL.A"), **{"raise": RAISE})
    catalog = w.world(*WATCHES, w.measure(degree="restrict"), raised, rule("tell", on("WL.A"), warn="看"))
    result = w.ask(catalog, w.listing(), w.listing("WL.A", **CANDIDATE), subject=NAMED)
    assert (result.verdict, result.complete) == (Verdict.RESTRICTED, False)
    assert w.ask(catalog, w.listing("WL.A", **CANDIDATE), subject=NAMED).complete is True


@pytest.mark.parametrize(
    ("carries", "verdict"),
    [
        ({"all": [PARTNER_LISTED]}, Verdict.PROHIBITED),
        ({"all": [PARTNER_LISTED, on("WL.A")]}, Verdict.INDETERMINATE),
        ({"all": [PARTNER_LISTED, {"none": [on("WL.A")]}]}, Verdict.INDETERMINATE),
        ({"any": [{"all": [PARTNER_LISTED, on("WL.A")]}, on("WL.B")]}, Verdict.INDETERMINATE),
    ],
)
def test_what_may_be_carried_over_neither_restricts_nor_clears(carries: dict[str, Any], verdict: Verdict) -> None:
    """A partner's listing bites only where the rule that carries it fires for sure."""
    catalog = w.world(*WATCHES, w.measure(), rule(when=carries, carry={"class": "adverse"}))
    rows = [w.listing(uscc=w.PARTNER), w.listing("WL.A", **CANDIDATE), w.listing("WL.B")]
    assert w.ask(catalog, *rows, subject=NAMED, **MEMBER).verdict is verdict


def test_a_rule_acts_on_what_it_names_only() -> None:
    """One that would suspend restrictions suspends no incentive; one for scrutiny carries no prohibition."""
    odd = [rule("s", suspend={"effect": "restriction"}), rule("c", PARTNER_LISTED, carry={"class": "administrative"})]
    assert w.ask(w.world(w.incentive(), *odd), w.listing(), w.listing("RL.A")).verdict is Verdict.FAVOURED
    assert w.ask(w.world(w.measure(), *odd), w.listing(uscc=w.PARTNER), **MEMBER).verdict is Verdict.CLEAR


def test_a_level_nobody_knows_meets_no_comparison() -> None:
    """A level the scheme has not that day, or that cannot be on that list, is unknown: it is not "another level"."""
    odd = rule("odd", {"listing": {"grade": {"not-in": ["A"]}}}, warn="非A")
    assert fired(w.ask(w.world(odd), w.listing(grade="五星"))) == {"odd": False}


@pytest.mark.parametrize(
    ("grade", "day", "level", "complete"),
    [
        ("A", "2024-06-10", "trustworthy", True),
        ("D", "2024-06-10", "general-dishonesty", True),
        ("五星", "2024-06-10", None, False),
        (None, "2024-06-10", None, False),
        ("D", "2024-03-31", None, False),
    ],
)
def test_an_outside_grade_nobody_can_read_leaves_the_grade_open(
    grade: str | None, day: str, level: str | None, *, complete: bool
) -> None:
    """An unknown level, or one told before its scheme began, could be a bad one: nobody is trustworthy by it."""
    words = {"id": "two", "title": "两级", "valid_from": "2024-04-01"}
    levels = [{"level": "A", "title": "甲"}, {"level": "D", "title": "丁"}]
    tables = [{"levels": {"A": "trustworthy", "D": "general-dishonesty"}}]
    scheme = Scheme.model_validate({**words, "levels": levels, "conversions": tables})
    rated = w.list_type("EV.A", "rating", scheme=[{"scheme": "two"}])
    bad = rule("bad", {"listing": {"converts-to": {"eq": "general-dishonesty"}}}, grade="general-dishonesty")
    catalog = w.world(rated, bad).model_copy(update={"schemes": {"two": scheme}})
    shown = w.ask(catalog, w.listing("EV.A", grade=grade), as_of=date.fromisoformat(day)).grade
    assert (shown.level, shown.complete) == (level, complete)


def test_a_list_of_one_level_leaves_none_open() -> None:
    """Whoever is on a list of one level has it, though the row does not say so."""
    scheme = Scheme.model_validate({"id": "one", "title": "一级", "levels": [{"level": "A", "title": "甲"}]})
    rated = w.list_type("EV.A", "rating", scheme=[{"scheme": "one", "levels": ["A"]}])
    catalog = w.world(
        rated,
        rule("bad", {"listing": {"kind": {"eq": "rating"}, "severity": {"eq": "serious"}}}, grade="general-dishonesty"),
    ).model_copy(update={"schemes": {"one": scheme}})
    assert w.ask(catalog, w.listing("EV.A")).grade.complete is True
