"""What the linter knows of the law beyond bases: proportion, doubles, reach, lists, words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

import worlds as w
from jointsanction.catalog.compiling.proportion import in_years
from jointsanction.catalog.lint import LINTS, lint
from jointsanction.catalog.linting.help_words import HELP
from jointsanction.catalog.load import Loaded
from jointsanction.model.catalogue import Catalog, Forbidden, Group, Rule, Scheme

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = date(2024, 6, 10)
OPENS = [w.basis("opens", article="3", anchor="依法依规予以限制")]


def remarks(catalog: Catalog, name: str, day: date = DAY) -> set[str]:
    """Return the codes of what is said of one entry of a catalogue without files."""
    return {problem.code for problem in lint(Loaded(catalog, {}), day) if problem.file == name}


def of(*entries: object, **measure: Any) -> set[str]:
    """Return what is said of a measure `bar` in a small world."""
    return remarks(w.world(*entries, w.measure(**measure)), "bar")


def anchored(words: str, **more: Any) -> list[dict[str, Any]]:
    """Make the bases of a measure: one article of the law, with these words of it."""
    return [w.basis(anchor=words, **more)]


def test_every_remark_is_explained() -> None:
    """SARIF and the documentation tell of each code why it is said and what to do, in the same order."""
    assert list(HELP) == list(LINTS)
    assert all(text.endswith("。") for text in HELP.values())


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        ({"title": "限制其子女就读高收费私立学校"}, {"relatives-unnamed"}),
        ({"duty": "其配偶、父母一并限制。"}, {"relatives-unnamed"}),
        ({"duty": "限制其家属。", "degree": "restrict", "binding": "may"}, {"relatives-unnamed"}),
        ({"title": "限制其子女就读高收费私立学校", "basis": anchored("子女就读高收费私立学校")}, set()),
        ({"title": "由专家属地办理"}, set()),
        ({"title": "国家属于所有人"}, set()),
        ({"basis": [w.basis("implements")]}, {"basis-too-weak", "hint-overstated"}),
        ({"basis": [w.basis("refers")], "degree": "restrict"}, {"refers-only", "hint-overstated"}),
        ({"basis": [w.basis("refers")], "degree": "revoke", "binding": "may"}, {"refers-only", "hint-overstated"}),
        ({"basis": [w.basis("refers")], "degree": "restrict", "binding": "may"}, {"refers-only"}),
        ({"basis": OPENS, "degree": "restrict", "binding": "may"}, set()),
        ({"basis": OPENS, "degree": "restrict"}, {"opens-capped", "must-for-may"}),
        ({"basis": anchored("可以禁止其从业")}, {"must-for-may"}),
        ({"basis": anchored("可以禁止其从业"), "binding": "may"}, set()),
        ({"item": "supervision"}, {"item-class"}),
        ({"item": "lending"}, set()),
        ({"judged_on": "act"}, {"judged-on-listing"}),
        ({"judged_on": "asking"}, set()),
    ],
)
def test_a_measure_says_no_more_than_its_law(measure: dict[str, Any], said: set[str]) -> None:
    """依法依规 is `may`, what only refers is a hint, and relatives are nobody's hostages (国办发〔2020〕49号)."""
    assert of(**measure) - {"never-tested"} == said


def test_an_order_binds_although_the_law_said_may() -> None:
    """Where the law says 可以 and the authority has decided, it is order and must (ENCODING §2)."""
    order = {"trigger": "order", "targets": {"acts": ["procurement-ban"]}, "term": {"set_by": "order"}}
    assert of(basis=anchored("可以禁止其参加"), **order) == set()


ACT = {"trigger": "act", "targets": {"acts": ["licence-revoked"]}}


@pytest.mark.parametrize(
    ("term", "said"),
    [
        ({"years": 10, "runs_from": "decision-made"}, set()),
        ({"months": 121, "runs_from": "decision-made"}, {"over-long"}),
        ({"years": [1, 3], "runs_from": "decision-made"}, {"term-range"}),
        ({"years": [1, 3], "set_by": "order"}, set()),
        ({"years": [3, 3], "set_by": "order"}, {"term-range"}),
        ({"life": True}, set()),
    ],
)
def test_terms_are_those_a_law_can_set(term: dict[str, Any], said: set[str]) -> None:
    """A law fixes a number of years or leaves a range to the decision; ten years is the longest it counts."""
    assert of(**ACT, term=term) == said


def test_months_are_told_in_years_where_they_are() -> None:
    """Thirty months stay thirty months."""
    assert (in_years(60), in_years(30)) == ("5 年", "30 个月")


def test_bans_say_by_which_law_they_are_judged() -> None:
    """Penalties follow the law of their day, eligibility the law when asked (ENCODING §4)."""
    post = w.matter("POST.DJG")
    ban = {**ACT, "term": {"years": 3, "runs_from": "decision-made"}, "matters": ["POST.DJG"]}
    assert of(post, **ban) == {"judged-on-unsaid"}
    assert of(post, **ban, judged_on="asking") == set()


def test_a_clue_says_whom_to_ask() -> None:
    """A list that only points to an order leaves the officer with a telephone call to make."""
    order = {"trigger": "order", "term": {"set_by": "order"}}
    clue = {"targets": {"acts": ["exit-ban-order"], "clue_lists": ["BL.A"]}}
    assert of(**order, **clue) == {"clue-without-ask"}
    assert of(**order, **clue, ask="向作出决定的机关核实。") == set()


def test_a_record_of_general_dishonesty_takes_no_right_of_itself() -> None:
    """GEN.* are records, not lists (ENCODING §7)."""
    record = w.list_type("GEN.A", "record", basis=[])
    adverse = {"trigger": "record", "targets": {"lists": ["GEN.A"]}, "degree": "restrict", "binding": "may"}
    assert of(record, **adverse, basis=OPENS) == {"record-restricts"}
    assert of(record, **adverse) == set()


def rule(**more: Any) -> Rule:
    """Make a rule that carries burdens over to members of a consortium."""
    when = {"all": [{"listing": {"relation": {"eq": "consortium-member"}}}, {"any": [{"question": {"role": {}}}]}]}
    plain = {"id": "carried", "title": "联合体", "when": when, "then": {"carry": {"class": "adverse"}}}
    return Rule.model_validate({**plain, "basis": anchored("联合体各方均应当"), "explanation": "一并限制。", **more})


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, set()),
        ({"basis": anchored("各方均应当")}, {"relation-unnamed"}),
        ({"when": {"listing": {"relation": {"in": ["investor", "branch"]}}}}, {"relation-unnamed"}),
        ({"when": {"listing": {"relation": {"ne": "self"}}}}, {"relation-unnamed"}),
        ({"when": {"listing": {"relation": {"eq": "self"}}}}, set()),
        ({"when": {"listing": {"kind": {"eq": "black"}}}, "then": {"suspend": {"effect": "incentive"}}}, set()),
        ({"explanation": "近亲属一并限制。"}, {"relatives-unnamed"}),
        ({"then": {"carry": {"class": "administrative"}}, "basis": anchored("各方均应当")}, set()),
    ],
)
def test_a_rule_reaches_whom_its_law_names(more: dict[str, Any], said: set[str]) -> None:
    """招标投标法31 names every party of a consortium; nobody else is carried along with them."""
    assert remarks(w.world(rule(**more)), "carried") == said


def test_a_rule_whose_relation_is_unnamed_says_so_of_each() -> None:
    """Two relations, two remarks."""
    catalog = w.world(rule(when={"listing": {"relation": {"in": ["investor", "branch"]}}}))
    assert [problem.code for problem in lint(Loaded(catalog, {}), DAY)] == ["relation-unnamed", "relation-unnamed"]


WIDE: dict[str, Any] = {"targets": {"lists": ["BL.A", "BL.B"]}, "matters": ["M"]}


def doubled(inner: dict[str, Any], outer: dict[str, Any]) -> dict[str, set[str]]:
    """Return what is said of two measures, `inner` and `outer`, in a small world."""
    top, below = w.matter("M"), w.matter("M.X", parents=("M",))
    entries = (top, below, w.matter("M.Y", parents=("M",), default_role="bidder"), w.list_type("BL.B"))
    catalog = w.world(*entries, w.measure("inner", **inner), w.measure("outer", **outer))
    return {name: remarks(catalog, name) & {"shadowed", "duplicate"} for name in ("inner", "outer")}


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        ({}, WIDE),
        ({"roles": ["applicant"]}, WIDE),
        ({"phase": ["before"]}, WIDE),
        ({"phase": ["before"]}, {**WIDE, "phase": ["before", "during"]}),
        ({"traits": ["engineering"], "region": "990100"}, {**WIDE, "region": "990000"}),
        ({"bears": ["self"]}, {**WIDE, "bears": ["self", "investor"]}),
        ({"bears": [{"role": "investor", "personally_responsible": True}]}, {**WIDE, "bears": ["investor"]}),
        ({"targets": {"lists": ["BL.A"], "kinds": ["enterprise"]}}, WIDE),
        ({"targets": {"lists": ["BL.A"], "where": {"size": "large"}}}, WIDE),
        ({"same_trade": True, "related_only": True}, WIDE),
        ({"basis": [w.basis(text="recalled")]}, WIDE),
        ({"actor": ["public"]}, {**WIDE, "actor": ["public", "court"]}),
    ],
)
def test_what_another_holds_wholly_is_superfluous(inner: dict[str, Any], outer: dict[str, Any]) -> None:
    """The same case would be told twice in one answer."""
    assert doubled(inner, outer) == {"inner": {"shadowed"}, "outer": set()}


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        ({}, {**WIDE, "degree": "suspend"}),
        ({}, {**WIDE, "binding": "may"}),
        ({}, {**WIDE, "roles": ["bidder"]}),
        ({"matters": ["M"]}, {**WIDE, "roles": ["applicant", "consortium-member"]}),
        ({}, {**WIDE, "phase": ["before"]}),
        ({"phase": ["before", "during"]}, {**WIDE, "phase": ["before"]}),
        ({}, {**WIDE, "traits": ["engineering"]}),
        ({}, {**WIDE, "region": "990000"}),
        ({}, {**WIDE, "bears": ["investor"]}),
        ({"bears": ["investor"]}, {**WIDE, "bears": [{"role": "investor", "personally_responsible": True}]}),
        ({}, {**WIDE, "targets": {"lists": ["BL.B"]}}),
        ({}, {**WIDE, "targets": {"lists": ["BL.A"], "kinds": ["enterprise"]}}),
        ({}, {**WIDE, "targets": {"lists": ["BL.A"], "where": {"size": "large"}}}),
        ({}, {**WIDE, "targets": {"lists": ["BL.A"], "severity": ["serious"]}}),
        ({}, {**WIDE, "basis": [w.basis(text="recalled")]}),
        ({}, {**WIDE, "basis": [w.basis("refers")]}),
        ({}, {**WIDE, "valid_to": "2023-12-31"}),
        ({}, {**WIDE, "same_trade": True}),
        ({}, {**WIDE, "related_only": True}),
        ({"matters": ["M.X", "M.Y"]}, {**WIDE, "matters": ["M.X"]}),
        ({"actor": ["court"]}, WIDE),
    ],
)
def test_what_differs_stands_for_itself(inner: dict[str, Any], outer: dict[str, Any]) -> None:
    """Where one says more or other than the other, both are needed."""
    assert doubled(inner, outer) == {"inner": set(), "outer": set()}


def test_of_two_equal_measures_the_later_is_too_many() -> None:
    """Equal but for the id and notes: one of them is a slip; with words of their own, one holds the other."""
    assert doubled({}, {}) == {"inner": set(), "outer": {"shadowed"}}
    same = {"title": "同一措施"}
    assert doubled(same, {**same, "note": "另一份"}) == {"inner": set(), "outer": {"duplicate"}}


def test_acts_and_grades_double_too() -> None:
    """The same act and the same level of a scheme are the same case."""
    term = {"years": 3, "runs_from": "decision-made"}
    both = {"trigger": "act", "term": term, "targets": {"acts": ["licence-revoked", "shut-down"]}}
    assert doubled({**ACT, "term": term}, both)["inner"] == {"shadowed"}
    scheme = Scheme.model_validate({"id": "s", "title": "等级", "levels": [{"level": c, "title": c} for c in "AB"]})
    graded = {"trigger": "grade", "class": "administrative", "degree": "supervise", "matters": ["M.X"]}
    low = w.measure("low", **graded, targets={"grades": {"scheme": "s", "levels": ["B"]}})
    any_ = w.measure("any", **graded, targets={"grades": {"scheme": "s", "levels": ["A", "B"]}})
    catalog = w.world(low, any_).model_copy(update={"schemes": {"s": scheme}})
    assert remarks(catalog, "low") == {"shadowed"}
    assert remarks(catalog, "any") == set()


def test_incentives_double_with_equal_conditions_only() -> None:
    """An incentive without a condition holds one with it, not the other way round."""
    free, bound = w.incentive("free"), w.incentive("bound", conditions=["commitment"])
    assert remarks(w.world(free, bound), "bound") == {"shadowed"}
    assert remarks(w.world(free, bound), "free") == set()


def group(*members: dict[str, Any]) -> Catalog:
    """Make a world whose measure aims at a group with these members."""
    made = Group.model_validate({"code": "G", "title": "对象组", "members": members})
    return w.world(w.measure(targets={"groups": ["G"]})).model_copy(update={"groups": {"G": made}})


def test_a_group_without_members_sets_nothing_off() -> None:
    """A group whose members are of another time is empty today."""
    member = {"list": "BL.A", "basis": [w.basis()], "valid_from": "2025-01-01"}
    assert remarks(group(member), "bar") == {"idle"}
    assert remarks(group(member), "bar", date(2025, 1, 1)) == set()


def test_a_list_whose_ground_is_gone_sets_nothing_off() -> None:
    """When what founds a list is repealed, measures on that list alone are idle."""
    founds = [w.basis("founds", valid_to="2024-01-01")]
    assert of(w.list_type(basis=founds)) == {"idle"}
    assert of(w.list_type(basis=[])) == set()


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ({"valid_to": "1999-12-31"}, {"unreachable"}),
        ({"valid_to": "2000-01-01"}, set()),
        ({"valid_from": "2020-01-01"}, set()),
        ({"valid_from": "2020-01-01", "basis": [w.basis(valid_to="2019-12-31")]}, {"unreachable"}),
        ({"valid_from": "2020-01-01", "basis": [w.basis("refers", valid_to="2019-12-31")]}, {"unreachable"}),
    ],
)
def test_a_measure_and_its_law_meet_in_time(dates: dict[str, Any], said: set[str]) -> None:
    """A measure that ends before its law begins was never in force."""
    assert of(**dates) & {"unreachable"} == said


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        ({"roles": ["permit-holder"]}, {"asked-only"}),
        ({"roles": ["permit-holder", "applicant"]}, set()),
        ({"roles": ["agency"]}, set()),
        ({"phase": ["during"]}, {"asked-only"}),
        ({"phase": ["during", "before"]}, set()),
    ],
)
def test_what_no_matter_brings_must_be_asked_for(measure: dict[str, Any], said: set[str]) -> None:
    """A role that neither the matter nor an alias of it brings is met only by whoever types it."""
    aliased = w.matter("M.X", aliases=("乙事项", {"name": "乙代理", "role": "agency"}))
    assert of(aliased, **measure) == said


@pytest.mark.parametrize(
    ("kinds", "entered", "said"),
    [
        (["enterprise", "person"], {"kinds": ["enterprise"]}, {"idle-kind"}),
        (["enterprise", "person"], {"kinds": ["enterprise"], "entered_with": ["principal"]}, set()),
        (["person"], {"kinds": ["unit"]}, {"unreachable"}),
        (["unit"], {"kinds": ["enterprise"]}, set()),
        (["person"], {}, set()),
    ],
)
def test_kinds_are_those_a_list_enters(kinds: list[str], entered: dict[str, Any], said: set[str]) -> None:
    """A measure on persons of a list that enters only firms is half idle, or all."""
    assert of(w.list_type(**entered), targets={"lists": ["BL.A"], "kinds": kinds}) == said


def test_a_list_reaches_no_further_than_its_regulation() -> None:
    """A city's regulation founds a city's list."""
    city = w.instrument("city", "local-regulation", region="990100")
    founds = [w.basis("founds", instrument_id="city")]

    def said(scope: Any) -> set[str]:  # noqa: ANN401 - as YAML gives it
        return remarks(w.world(city, w.list_type(basis=founds, scope=scope)), "BL.A")

    assert said("national") == {"wider-than-basis", "unfounded-list"}
    assert said(["990100", "990200"]) == {"wider-than-basis"}
    assert said(["990100"]) == set()
    both = [*founds, w.basis("founds")]
    assert remarks(w.world(city, w.list_type(basis=both)), "BL.A") == set()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"term": [{"years": 5, "text": "verified"}]}, set()),
        ({"term": [{"months": 61, "text": "verified"}]}, {"over-long"}),
        ({"term": [{"years": [1, 3], "text": "verified"}]}, {"term-range"}),
        ({"term": [{"years": [1, 3], "text": "uncertain"}]}, set()),
        ({"term": [{"years": [1, 3], "text": "verified", "set_by": "order"}]}, set()),
        ({"term": [{"years": [3, 3], "text": "verified", "set_by": "order"}]}, {"term-range"}),
        ({"term": [{"years": 1, "text": "verified"}], "repair": {"after_months": 12}}, {"repair-after-term"}),
        ({"term": [{"years": 1, "text": "verified"}], "repair": {"after_months": 11}}, set()),
        (
            {"term": [{"years": 1, "text": "verified"}], "repair": {"after_months": 12, "counts_from": "corrected"}},
            set(),
        ),
        ({"term": [{"years": 1, "text": "verified"}], "repair": {}}, set()),
    ],
)
def test_a_listing_ends_and_can_be_repaired_before(more: dict[str, Any], said: set[str]) -> None:
    """Five years of publicity at most; a repair that comes after the end is none."""
    if "repair" in more:
        more = {**more, "repair": {"repairable": True, **more["repair"]}}
    assert remarks(w.world(w.list_type(**more)), "BL.A") == said


def forbidden(*entries: object, region: str | None = None) -> Catalog:
    """Make a world that forbids a behaviour, everywhere or in a region."""
    doc = {"id": "dogs", "title": "养犬", "words": ["不文明养犬"], "region": region, "basis": [w.basis()]}
    return w.world(*entries).model_copy(update={"forbidden": {"dogs": Forbidden.model_validate(doc)}})


def entries() -> Iterator[tuple[str, object]]:
    """Yield entries that name what may not be recorded."""
    yield "BL.B", w.list_type("BL.B", entry="不文明养犬，经查处两次以上的。")
    yield "BL.B", w.list_type("BL.B", aliases=["不文明养犬名单"])
    yield "bar", w.measure(title="限制不文明养犬者")
    yield "bar", w.measure(targets={"lists": ["BL.A"], "where": {"kinds": ["不文明养犬"]}})


def test_what_may_not_be_recorded_may_not_be_aimed_at() -> None:
    """信访, 养犬 and the like enter no list, no entry standard and no measure without a law (国办发〔2020〕49号)."""
    for name, entry in entries():
        assert remarks(forbidden(entry), name) == {"forbidden-behaviour"}
        assert remarks(forbidden(entry, region="990000"), name) == set()
    assert remarks(forbidden(w.incentive(title="文明养犬者优先，不文明养犬除外")), "gain") == set()
    local = w.list_type("BL.B", scope=["990100"], entry="不文明养犬")
    assert remarks(forbidden(local, region="990000"), "BL.B") == {"forbidden-behaviour"}
    measure = w.measure(title="限制不文明养犬者", region="990100")
    assert remarks(forbidden(measure, region="990000"), "bar") == {"forbidden-behaviour"}


def test_points_of_residents_restrict_nobody() -> None:
    """居民诚信积分 may feed incentives, never restrictions (FEATURES 78)."""
    points = w.list_type("BL.P", "watch", title="信用积分不足人员名单", basis=[])
    assert of(points, targets={"lists": ["BL.P"]}) == {"points-restrict"}
    assert of(title="居民诚信积分过低者不予办理") == {"points-restrict"}
    assert remarks(w.world(w.incentive(title="诚信积分高者优先")), "gain") == set()
    scheme = Scheme.model_validate({"id": "s", "title": "村民积分", "levels": [{"level": "C", "title": "差"}]})
    low = w.measure(trigger="grade", targets={"grades": {"scheme": "s", "levels": ["C"]}})
    assert remarks(w.world(low).model_copy(update={"schemes": {"s": scheme}}), "bar") == {"points-restrict"}
    assert of(title="积分落户的申请不予受理") == set()


def test_records_of_two_degrees_of_dishonesty_contradict_nobody() -> None:
    """General and serious dishonesty may be met differently."""
    record = w.list_type("GEN.A", "record", basis=[])
    managed = {"trigger": "record", "class": "administrative", "binding": "may"}
    general = w.measure("general", **managed, degree="scrutinise", targets={"severity": ["general"]})
    serious = w.measure("serious", **managed, degree="supervise", targets={"severity": ["serious"]})
    assert remarks(w.world(record, general, serious), "serious") == set()
    same = w.measure("serious", **managed, degree="supervise", targets={"severity": ["general"]})
    assert remarks(w.world(record, general, same), "serious") == {"contradiction"}


def test_what_was_retired_with_its_last_day_is_left_in_peace() -> None:
    """An ended entry keeps its file, its id and its dates."""
    assert of(status="retired", valid_to="2020-01-01") == set()
    assert of(status="retired") == {"retired-without-end"}


def test_policy_is_known_by_its_number() -> None:
    """A law is known by its name, a policy document by its 文号 (FEATURES 29)."""
    assert remarks(w.world(w.instrument("policy", "central-policy")), "policy") == {"no-document-number"}
    assert (
        remarks(w.world(w.instrument("policy", "central-policy", document_number="虚发〔2020〕1号")), "policy") == set()
    )
    assert remarks(w.world(), "law") == set()
