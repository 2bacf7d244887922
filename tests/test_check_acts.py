"""Acts, orders, records and grades on the straight line."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import worlds as w
from jointsanction import Act
from jointsanction.model.catalogue import Measure, Scheme

BAN: dict[str, Any] = {
    "trigger": "order",
    "targets": {"acts": ["procurement-ban"]},
    "term": {"years": [1, 3], "set_by": "order"},
}
LICENCE: dict[str, Any] = {
    "trigger": "act",
    "targets": {"acts": ["licence-revoked"], "where": {"field": ["food"]}},
    "term": {"years": 5, "runs_from": "decision-made"},
    "bears": ["self", {"role": "legal-representative", "at": "act"}],
}


def by_act(**more: Any) -> Measure:
    """Make a measure set off by a revoked licence."""
    return w.measure(**{**LICENCE, **more})


@pytest.mark.parametrize(
    ("act", "verdict", "reason"),
    [
        ("procurement-ban:2023-06-10:years=1", "prohibited", "applies"),
        ("procurement-ban:2023-06-09:years=1", "clear", "term-ended"),
        ("procurement-ban:2021-06-10", "indeterminate", "term-unknown"),
        ("procurement-ban:2021-06-09", "clear", "term-ended"),
        ("procurement-ban:2020-01-01:until=2024-06-10", "prohibited", "applies"),
        ("procurement-ban:2020-01-01:until=2024-06-09", "clear", "term-ended"),
        ("procurement-ban:2020-01-01:life=yes", "prohibited", "applies"),
        ("procurement-ban:2024-06-11", "clear", "not-in-force"),
        ("procurement-ban:2024-01-01:stayed=2024-06-10", "clear", "stayed"),
        ("procurement-ban:2024-01-01:stayed=2024-06-11", "prohibited", "applies"),
        ("procurement-ban:2024-01-01:set_aside=2024-06-10", "clear", "set-aside"),
        ("procurement-ban:2024-01-01:lifted=2024-06-10", "clear", "term-ended"),
        ("procurement-ban:2024-01-01:role=agency", "clear", "other-role"),
        ("procurement-ban:none", "clear", "act-ruled-out"),
    ],
)
def test_an_order_bites_as_long_as_it_says(act: str, verdict: str, reason: str) -> None:
    """政府采购法77: one to three years, as the decision says; past the least term nobody knows unless it says."""
    result = w.ask(w.world(w.measure(**BAN)), acts=[act])
    assert (result.verdict, w.reasons(result)) == (verdict, {"bar": reason})


@pytest.mark.parametrize(
    ("act", "repair"), [("procurement-ban:none", None), ("procurement-ban:2020-01-01:until=2024-06-09", False)]
)
def test_a_decision_is_repaired_by_nothing(act: str, repair: object) -> None:
    """There is nothing to repair in a ban that is none; one that was is not ended by the repair of a listing."""
    (finding,) = w.ask(w.world(w.measure(**BAN)), acts=[act], explain=True).not_applied or ()
    assert (finding.repair and finding.repair["repairable"]) == repair


@pytest.mark.parametrize(
    ("said", "reason"),
    [("", "attribute-unknown"), (":role=agency", "applies"), (":role=supplier", "other-role")],
)
def test_a_ban_that_names_no_role_is_not_taken_for_an_agency_s(said: str, reason: str) -> None:
    """政府采购法77, 78: the one bars suppliers, the other agencies; who was banned is asked and never assumed."""
    agencies = w.measure(**BAN, roles=["agency"])
    result = w.ask(w.world(agencies), acts=[f"procurement-ban:2024-01-01:years=1{said}"], role="agency")
    assert w.reasons(result) == {"bar": reason}


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        ("licence-revoked:2019-06-10:field=food", "applies"),
        ("licence-revoked:2019-06-09:field=food", "term-ended"),
        ("licence-revoked:2023-01-01:field=drug", "condition-unmet"),
        ("licence-revoked:2023-01-01", "attribute-unknown"),
        ("licence-revoked:2023-01-01:field=food:relation=legal-representative", "applies"),
        ("licence-revoked:2023-01-01:field=food:relation=investor", "relation-not-reached"),
    ],
)
def test_a_statutory_ban_rests_on_the_act(act: str, reason: str) -> None:
    """食品安全法135: five years from the decision, for the unit and for whoever led it then."""
    assert w.reasons(w.ask(w.world(by_act()), acts=[act])) == {"bar": reason}


def test_unknown_act_without_a_clue_is_told_with_its_declaration() -> None:
    """Else every clean applicant would be indeterminate for ever."""
    result = w.ask(w.world(by_act()))
    (open_act,) = result.coverage.acts_unknown
    assert (result.verdict, result.complete, open_act["act"]) == ("clear", True, "licence-revoked")
    assert "《law》" in open_act["declaration"]
    assert w.reasons(result) == {"bar": "act-unknown"}


def test_required_act_unknown_is_indeterminate() -> None:
    """A matter may make the applicant prove that there is none."""
    catalog = w.world(by_act(), w.matter(requires_acts=["licence-revoked"]))
    assert w.ask(catalog).verdict == "indeterminate"
    assert w.ask(catalog, acts=["licence-revoked:none"]).verdict == "clear"


def test_a_listing_in_force_is_a_clue_to_an_order_and_an_ended_one_is_none() -> None:
    """民诉法266 is 可以 by the court: membership of the list says whom to ask, not what he decided."""
    clued = w.measure(
        **{**BAN, "targets": {"acts": ["procurement-ban"], "clue_lists": ["BL.A"]}, "ask": "问财政部门。"}
    )
    result = w.ask(w.world(clued), w.listing())
    assert (result.verdict, w.reasons(result)) == ("indeterminate", {"bar": "act-not-shown"})
    assert result.findings[0].shape.duty == "问财政部门。"
    assert w.ask(w.world(clued), w.listing(removed_on=w.TODAY)).verdict == "clear"
    assert w.ask(w.world(clued), w.listing(), acts=["procurement-ban:none"]).verdict == "clear"
    assert w.ask(w.world(clued), without=("BL.A",)).verdict == "indeterminate"


def test_penalties_follow_the_law_of_then_and_eligibility_the_law_of_now() -> None:
    """ENCODING §4: later repeal does not end a running ban; eligibility follows the law in force when asked."""
    old = w.instrument(valid_to="2024-01-01")
    act = "licence-revoked:2023-01-01:field=food"
    assert w.ask(w.world(by_act(), old), acts=[act]).verdict == "prohibited"
    assert w.reasons(w.ask(w.world(by_act(judged_on="asking"), old), acts=[act])) == {"bar": "basis-ended"}


def test_sentence_bites_when_final_and_runs_when_served() -> None:
    """公司法178(1)(2): barred from the final sentence on, five years from its having been served; probation two."""
    sentence = w.measure(
        trigger="act",
        targets={"acts": ["criminal-sentence"], "where": {"crime": ["economic"]}},
        term=[
            {"years": 2, "bites_from": "sentence-final", "runs_from": "probation-ended", "when": {"probation": True}},
            {"years": 5, "bites_from": "sentence-final", "runs_from": "sentence-served"},
        ],
        judged_on="asking",
    )
    head = "criminal-sentence:2015-01-01:charge=economic"
    catalog = w.world(sentence)
    assert w.ask(catalog, acts=[head]).verdict == "prohibited"
    assert w.ask(catalog, acts=[f"{head}:served=2019-06-10"]).findings[0].until is not None
    assert w.ask(catalog, acts=[f"{head}:served=2019-06-09"]).verdict == "clear"
    assert w.ask(catalog, acts=[f"{head}:probation=yes:probation_ended=2022-06-10"]).verdict == "prohibited"
    assert w.ask(catalog, acts=[f"{head}:probation=yes:probation_ended=2022-06-09"]).verdict == "clear"


def test_at_least_compares_punishments() -> None:
    """食品安全法135(2): 有期徒刑以上."""
    heavy = w.measure(
        trigger="act",
        targets={"acts": ["criminal-sentence"], "where": {"crime": ["food-safety"], "at_least": "fixed-term"}},
        term={"life": True},
    )
    head = "criminal-sentence:2015-01-01:charge=food-safety"
    assert w.ask(w.world(heavy), acts=[f"{head}:punishment=life"]).verdict == "prohibited"
    assert w.reasons(w.ask(w.world(heavy), acts=[f"{head}:punishment=fine"])) == {"bar": "condition-unmet"}
    assert w.reasons(w.ask(w.world(heavy), acts=[head])) == {"bar": "attribute-unknown"}


def test_same_trade_bars_the_trade_of_the_act_only() -> None:
    """出版管理条例70: ten years no principal of a unit of the same trade."""
    trade = by_act(targets={"acts": ["licence-revoked"]}, same_trade=True)
    act = "licence-revoked:2023-01-01:field=publishing"
    assert w.ask(w.world(trade), acts=[act], fields=["publishing"]).verdict == "prohibited"
    assert w.reasons(w.ask(w.world(trade), acts=[act], fields=["food"])) == {"bar": "same-trade-unmet"}
    assert w.reasons(w.ask(w.world(trade), acts=[act])) == {"bar": "attribute-unknown"}


def test_personally_responsible_is_asked_where_the_law_asks_it() -> None:
    """公司法178(1)(3): only the director who is personally responsible."""
    director = by_act(
        targets={"acts": ["licence-revoked"]},
        bears=[{"role": "principal", "at": "act", "personally_responsible": True}],
    )
    head = "licence-revoked:2023-01-01:relation=principal"
    assert w.ask(w.world(director), acts=[f"{head}:personally_responsible=yes"]).verdict == "prohibited"
    assert w.reasons(w.ask(w.world(director), acts=[f"{head}:personally_responsible=no"])) == {
        "bar": "relation-not-reached"
    }
    assert w.reasons(w.ask(w.world(director), acts=[head])) == {"bar": "attribute-unknown"}


def test_records_set_off_only_measures_for_records() -> None:
    """GEN.*: general dishonesty is a record, no list; its severity decides."""
    catalog = w.world(
        w.list_type("GEN.A", "record"),
        w.measure(
            **{"class": "administrative"},
            degree="scrutinise",
            trigger="record",
            targets={"lists": ["GEN.A"], "severity": ["general"]},
        ),
    )
    assert w.ask(catalog, w.listing("GEN.A", severity="general")).verdict == "attention"
    assert w.reasons(w.ask(catalog, w.listing("GEN.A", severity="minor"))) == {"bar": "condition-unmet"}
    assert w.reasons(w.ask(catalog, w.listing("GEN.A"))) == {"bar": "attribute-unknown"}


def test_grades_speak_the_scheme_of_their_day() -> None:
    """A level unknown on that day is no guess."""
    scheme = Scheme.model_validate(
        {
            "id": "five",
            "title": "五级",
            "levels": [{"level": "good", "title": "好"}, {"level": "bad", "title": "失信", "aliases": ["失信企业"]}],
        }
    )
    measure = w.measure(
        **{"class": "administrative"},
        degree="supervise",
        trigger="grade",
        targets={"grades": {"scheme": "five", "levels": ["bad"]}},
    )
    catalog = w.world(measure, w.list_type(scheme=[{"scheme": "five"}])).model_copy(
        update={"schemes": {"five": scheme}}
    )
    assert w.ask(catalog, w.listing(grade="失信企业")).verdict == "attention"
    assert w.reasons(w.ask(catalog, w.listing(grade="好"))) == {"bar": "condition-unmet"}
    assert w.reasons(w.ask(catalog, w.listing(grade="D"))) == {"bar": "attribute-unknown"}


def test_tested_and_told_conditions_of_an_incentive() -> None:
    """clean-period and no-serious-listing are tested; the others are told with the grant."""
    clean = w.world(w.incentive(conditions=[{"clean-period": 3}, {"other-things-equal": True}, "no-serious-listing"]))
    granted = w.ask(clean, w.listing("RL.A"))
    assert (granted.verdict, granted.findings[0].shape.needs_decision) == ("favoured", True)
    for old, verdict in (("2021-06-11", "clear"), ("2021-06-09", "favoured")):
        row = w.listing(listed_on=w.TODAY.replace(year=2020), removed_on=w.TODAY.fromisoformat(old))
        assert w.ask(clean, w.listing("RL.A"), row).verdict == verdict
    assert w.reasons(w.ask(clean, w.listing("RL.A"), w.listing()))["gain"] == "condition-unmet"


def test_acts_may_be_given_as_values() -> None:
    """An Act and its text are the same act, and the document writes the text."""
    catalog = w.world(w.measure(**BAN))
    act = Act(type="procurement-ban", decision_made=w.TODAY, years=2)
    result = w.ask(catalog, acts=[act])
    text = result.model_dump()["question"]["acts"]
    assert text == ["procurement-ban:2024-06-10:years=2"]
    assert w.ask(catalog, acts=text) == result


def test_exemption_from_punishment_is_no_punishment() -> None:
    """公司法178(1)(2) speaks of 被判处刑罚: a conviction without punishment is not meant."""
    sentence = w.measure(
        trigger="act", targets={"acts": ["criminal-sentence"], "where": {"crime": ["economic"]}}, term={"life": True}
    )
    head = "criminal-sentence:2015-01-01:charge=economic"
    assert w.reasons(w.ask(w.world(sentence), acts=[f"{head}:punishment=exempted"])) == {"bar": "condition-unmet"}
    assert w.ask(w.world(sentence), acts=[f"{head}:punishment=fine"]).verdict == "prohibited"


@pytest.mark.parametrize(("large", "reason"), [("yes", "applies"), ("no", "condition-unmet")])
def test_a_large_debt_is_the_ground_the_company_law_asks_for(large: str, reason: str) -> None:
    """公司法178(1)(5): 个人因所负数额较大债务到期未清偿."""
    debt = w.measure(
        trigger="act",
        targets={"acts": ["debt-unpaid"], "where": {"ground": ["large-personal-debt"]}},
        term={"indefinite": True},
    )
    assert w.reasons(w.ask(w.world(debt), acts=[f"debt-unpaid:2024-01-01:large={large}"])) == {"bar": reason}
    assert w.reasons(w.ask(w.world(debt), acts=["debt-unpaid:2024-01-01"])) == {"bar": "attribute-unknown"}
    assert w.ask(w.world(debt), acts=["debt-unpaid:2024-01-01:large=yes:cleared=2024-06-10"]).verdict == "clear"


def test_the_fields_of_a_matter_stand_where_none_are_given() -> None:
    """ENCODING §5: the question's fields, else the matter's."""
    catalog = w.world(w.measure(related_only=True), w.list_type(field="food"), w.matter(fields=["food"]))
    assert w.ask(catalog, w.listing()).verdict == "prohibited"
    assert w.reasons(w.ask(catalog, w.listing(), fields=["drug"])) == {"bar": "unrelated"}


@pytest.mark.parametrize(
    ("as_of", "reason", "verdict"),
    [
        ("2020-12-31", "act-not-shown", "indeterminate"),
        ("2021-01-01", "act-not-shown", "indeterminate"),
        ("2026-12-31", "act-not-shown", "indeterminate"),
        ("2027-01-01", "basis-ended", "clear"),
    ],
)
def test_a_ban_of_repealed_law_may_still_run(as_of: str, reason: str, verdict: str) -> None:
    """Repeal ends no ban decided before it, so whoever is on the clue list is still asked, until none can run on."""
    old = w.instrument("old", valid_to="2020-12-31")
    bar = w.measure(
        trigger="act",
        targets={"acts": ["licence-revoked"], "clue_lists": ["BL.A"]},
        term={"years": 5, "runs_from": "decision-made"},
        basis=[w.basis(instrument_id="old")],
    )
    result = w.ask(w.world(old, bar), w.listing(listed_on=date(2020, 6, 1)), as_of=as_of)
    assert (w.reasons(result)["bar"], result.verdict) == (reason, verdict)


def test_a_ban_for_life_of_repealed_law_is_asked_about_for_ever() -> None:
    """A life ban outlives its law; the declaration to sign names it."""
    old = w.instrument("old", valid_to="2010-12-31")
    bar = w.measure(
        trigger="act",
        targets={"acts": ["licence-revoked"]},
        term={"life": True},
        basis=[w.basis(instrument_id="old")],
    )
    result = w.ask(w.world(old, bar))
    assert [act["act"] for act in result.coverage.acts_unknown] == ["licence-revoked"]
    shown = w.ask(w.world(old, bar), acts=["licence-revoked:2010-12-31"])
    assert shown.verdict == "prohibited"
    assert w.ask(w.world(old, bar), acts=["licence-revoked:2011-01-01"]).verdict == "clear"


def test_eligibility_goes_with_its_law() -> None:
    """任职资格 is judged by the law of the day asked about: with that law gone, nothing is asked any more."""
    old = w.instrument("old", valid_to="2010-12-31")
    bar = w.measure(
        trigger="act",
        targets={"acts": ["licence-revoked"]},
        term={"life": True},
        judged_on="asking",
        basis=[w.basis(instrument_id="old")],
    )
    assert w.ask(w.world(old, bar)).coverage.acts_unknown == ()


@pytest.mark.parametrize(
    ("entered", "subject", "reason", "verdict"),
    [
        (["legal-representative"], w.PERSON, "act-not-shown", "indeterminate"),
        (["principal"], w.PERSON, "relation-not-reached", "clear"),
        (["legal-representative"], w.FIRM, "relation-not-reached", "clear"),
    ],
)
def test_a_person_entered_with_the_unit_is_a_clue_to_what_bars_him(
    entered: list[str], subject: str, reason: str, verdict: str
) -> None:
    """The list enters the legal representative himself: his own listing points to the act as the unit's would."""
    bar = w.measure(
        trigger="act",
        targets={"acts": ["licence-revoked"], "clue_lists": ["BL.A"]},
        term={"years": 5, "runs_from": "decision-made"},
        bears=[{"role": "legal-representative", "at": "act"}],
    )
    catalog = w.world(w.list_type(entered_with=entered), bar)
    own = {"uscc": subject} if subject == w.FIRM else {"uscc": None, "resident_id": subject}
    result = w.ask(catalog, w.listing(**own), subject=subject)
    assert (w.reasons(result)["bar"], result.verdict) == (reason, verdict)
