"""The straight line on small worlds: one sentence of law a test."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from stdnum.cn.uscc import calc_check_digit

import worlds as w
from jointsanction import Engine, MemoryRegistry, Related, Subject, SubjectError
from jointsanction.model.catalogue import Rule

RULE = Rule.model_validate(
    {
        "id": "suspend",
        "title": "在列期间中止激励",
        "when": {
            "listing": {"kind": {"in": ["black", "independent"]}, "in-force": {"eq": True}, "relation": {"eq": "self"}}
        },
        "then": {"suspend": {"effect": "incentive"}},
        "basis": [w.basis()],
        "explanation": "在列期间中止激励。",
    }
)


def test_listed_subject_is_prohibited_with_basis_and_cause() -> None:
    """A must-prohibit measure carried by a law prohibits while the listing holds."""
    result = w.ask(w.world(w.measure()), w.listing())
    (finding,) = result.findings
    assert (result.verdict, result.complete, finding.measure) == ("prohibited", True, "bar")
    assert finding.basis[0].instrument == "law"
    assert finding.cause is not None
    assert finding.cause["list"] == "BL.A"


def test_unlisted_subject_is_clear_and_the_trace_says_why() -> None:
    """Every measure considered is in the trace, hit or not."""
    result = w.ask(w.world(w.measure()))
    assert result.verdict == "clear"
    assert w.reasons(result) == {"bar": "not-listed"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"listed_on": date(2024, 6, 11)}, "not-in-force"),
        ({"listed_on": None, "announced_on": date(2024, 6, 1)}, "announced-only"),
        ({"removed_on": date(2024, 6, 10)}, "removed"),
        ({"removed_on": date(2024, 6, 10), "removal_reason": "信用修复"}, "repaired"),
        ({"valid_to": date(2024, 6, 9)}, "lapsed"),
        ({"instrument_no": None}, "unsupported"),
        ({"instrument_no": " "}, "unsupported"),
    ],
)
def test_a_listing_that_does_not_hold_restricts_nobody(change: dict[str, object], reason: str) -> None:
    """`removed_on` is the first day free, `valid_to` the last day bound; no instrument number, no restriction."""
    result = w.ask(w.world(w.measure()), w.listing(**change))
    assert (result.verdict, w.reasons(result)) == ("clear", {"bar": reason})


@pytest.mark.parametrize(
    "change", [{"listed_on": date(2024, 6, 10)}, {"removed_on": date(2024, 6, 11)}, {"valid_to": date(2024, 6, 10)}]
)
def test_first_and_last_day_are_bound(change: dict[str, object]) -> None:
    """Dates are inclusive."""
    assert w.ask(w.world(w.measure()), w.listing(**change)).verdict == "prohibited"


def test_missing_from_edition_is_a_doubt() -> None:
    """A name missing from the newest edition without a notice is neither free nor bound."""
    result = w.ask(w.world(w.measure()), w.listing(missing_since=date(2024, 6, 1)))
    assert (result.verdict, result.complete) == ("indeterminate", False)
    assert w.reasons(result) == {"bar": "missing-from-edition"}


def test_list_of_no_matter_is_no_restriction() -> None:
    """禁止不当联结: no link by law between list and matter, no restriction whatever the list."""
    catalog = w.world(w.measure(), w.list_type("BL.B"))
    result = w.ask(catalog, w.listing("BL.B"))
    assert (result.verdict, w.reasons(result)[None]) == ("clear", "unrelated")


@pytest.mark.parametrize(
    ("bases", "verdict", "reason"),
    [
        ([w.basis("opens")], "restricted", "applies"),
        ([w.basis("refers")], "attention", "refers-only"),
        ([w.basis("implements")], "attention", "basis-too-weak"),
        ([w.basis(text="recalled")], "attention", "unverified"),
        ([w.basis(instrument_id="rule")], "attention", "basis-too-weak"),
        ([w.basis("opens"), w.basis("sets", "recalled")], "restricted", "applies"),
        ([w.basis("sets", "recalled"), w.basis("implements")], "attention", "unverified"),
        ([w.basis(valid_from="2024-06-11")], "clear", "basis-not-yet"),
        ([w.basis(valid_to="2024-06-09"), w.basis("implements")], "clear", "basis-ended"),
    ],
)
def test_what_a_basis_carries_decides(bases: list[dict[str, object]], verdict: str, reason: str) -> None:
    """An adverse measure needs a basis that sets or opens, of a level that may carry it, read and in force."""
    catalog = w.world(w.measure(basis=bases), w.instrument("rule", "department-rule"))
    result = w.ask(catalog, w.listing())
    assert (result.verdict, w.reasons(result)["bar"]) == (verdict, reason)


def test_an_opening_basis_gives_at_most_restrict_and_may() -> None:
    """依法依规 is always 可以, and the answer says who decides."""
    (finding,) = w.ask(w.world(w.measure(basis=[w.basis("opens")])), w.listing()).findings
    assert (finding.shape.degree, finding.shape.binding, finding.shape.needs_decision) == ("restrict", "may", True)
    assert "某机关依法决定" in finding.shape.duty


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"role": "agency"}, "other-role"),
        ({"phase": "after"}, "other-phase"),
        ({"region": "990000"}, "other-region"),
        ({"traits": ["not-engineering"]}, "condition-unmet"),
    ],
)
def test_a_measure_of_another_question_is_silent(words: dict[str, object], reason: str) -> None:
    """Role, phase, region and traits are those of the question, not of the list."""
    bar = w.measure(phase=["before"], region="410000", traits=["engineering"], roles=["applicant"])
    asked = {"region": "410182", "traits": ["engineering"], **words}
    result = w.ask(w.world(bar), w.listing(), **asked)
    assert (result.verdict, w.reasons(result)) == ("clear", {"bar": reason})


def test_an_unstated_trait_is_a_doubt() -> None:
    """Unknown is not no."""
    catalog = w.world(w.measure(traits=["engineering"]))
    result = w.ask(catalog, w.listing())
    assert (result.verdict, w.reasons(result)) == ("indeterminate", {"bar": "trait-unknown"})
    assert w.ask(catalog).verdict == "clear"


def test_a_measure_for_persons_leaves_units_alone() -> None:
    """Targets may name kinds; `unit` is all but a person."""
    persons, units = (
        w.measure(targets={"lists": ["BL.A"], "kinds": ["person"]}),
        w.measure(targets={"lists": ["BL.A"], "kinds": ["unit"]}),
    )
    assert w.reasons(w.ask(w.world(persons), w.listing())) == {"bar": "other-kind"}
    assert w.ask(w.world(units), w.listing()).verdict == "prohibited"


def test_where_unknown_is_a_doubt_and_unmet_is_silent() -> None:
    """An attribute the law asks for and nobody stated leaves the answer open."""
    catalog = w.world(w.measure(targets={"lists": ["BL.A"], "where": {"size": ["large"]}}))
    assert w.reasons(w.ask(catalog, w.listing())) == {"bar": "attribute-unknown"}
    assert w.ask(catalog, w.listing(), size="large").verdict == "prohibited"
    assert w.reasons(w.ask(catalog, w.listing(), size="small")) == {"bar": "condition-unmet"}


def test_related_only_asks_for_the_same_field() -> None:
    """河南条例32: only in matters connected with the act."""
    catalog = w.world(w.measure(related_only=True), w.list_type(field="food"))
    assert w.ask(catalog, w.listing(), fields=["food"]).verdict == "prohibited"
    assert w.reasons(w.ask(catalog, w.listing(), fields=["drug"])) == {"bar": "unrelated"}
    assert w.reasons(w.ask(catalog, w.listing())) == {"bar": "attribute-unknown"}


def test_legal_representative_bears_only_where_named() -> None:
    """A company's listing reaches its legal representative only when the measure says so."""
    row = w.listing(related=(Related(relation="legal-representative", kind="person", id=w.PERSON),))
    named = w.world(w.measure(bears=["self", "legal-representative"]))
    assert w.ask(named, row, subject=w.PERSON).verdict == "prohibited"
    assert w.reasons(w.ask(w.world(w.measure()), row, subject=w.PERSON)) == {"bar": "relation-not-reached"}
    assert w.ask(named, row, subject=w.OTHER_PERSON).verdict == "clear"


def test_never_back_from_a_person_to_his_company_but_units_led() -> None:
    """A listed person does not taint the company he leads, unless the measure names the units he leads."""
    row = w.listing(uscc=None, resident_id=w.PERSON)
    related = [f"legal-representative:{w.PERSON}"]
    assert w.reasons(w.ask(w.world(w.measure()), row, related=related)) == {"bar": "relation-not-reached"}
    led = w.ask(w.world(w.measure(bears=["units-led"])), row, related=related)
    assert led.verdict == "prohibited"
    assert led.findings[0].path[0]["relation"] == "legal-representative"
    assert w.PERSON not in str(led.findings[0].path)


def test_name_alone_never_confirms_and_never_clears() -> None:
    """A name gives candidates; with none it is still unknown who was asked about."""
    catalog, row = w.world(w.measure()), w.listing(name="北境示例建设有限公司")
    candidates = w.ask(catalog, row, subject=Subject(name="北境示例建设有限公司"))
    assert (candidates.verdict, candidates.identity.status) == ("indeterminate", "candidates")
    assert "示例" not in str(candidates.identity.candidates)
    nobody = w.ask(catalog, subject=Subject(name="南境示例建设有限公司"))
    assert (nobody.verdict, nobody.identity.status, nobody.complete) == ("indeterminate", "unidentified", False)


def test_row_without_number_and_same_name_is_a_doubt() -> None:
    """A row that names the subject but no number may be the subject's."""
    row = w.listing(uscc=None, name="北境示例建设有限公司")
    result = w.ask(w.world(w.measure()), row, subject=Subject(uscc=w.FIRM, name="北境示例建设有限公司"))
    assert (result.verdict, w.reasons(result)) == ("indeterminate", {"bar": "name-only"})


def test_code_that_matches_under_another_name_warns() -> None:
    """Often only a renamed company: matched all the same, and said."""
    result = w.ask(w.world(w.measure()), w.listing(name="甲"), subject=Subject(uscc=w.FIRM, name="乙"))
    assert result.verdict == "prohibited"
    assert "identity.name-differs" in {notice.code for notice in result.identity.warnings}


def test_needed_list_not_loaded_is_indeterminate_under_strict_only() -> None:
    """Missing is not clear; `loaded` answers from what is there and says so."""
    catalog = w.world(w.measure(), w.incentive())
    strict, loaded = w.ask(catalog, without=("BL.A",)), w.ask(catalog, without=("BL.A",), coverage="loaded")
    assert (strict.verdict, strict.coverage.missing) == ("indeterminate", ("BL.A",))
    assert (loaded.verdict, loaded.complete) == ("clear", False)
    red = w.ask(catalog, without=("RL.A",))
    assert (red.verdict, red.coverage.missing, red.complete) == ("clear", ("RL.A",), True)


def test_where_nothing_was_searched_nothing_is_clear() -> None:
    """None of the lists of the matter is there: whatever gaps are passed over, nobody knows."""
    catalog = w.world(w.measure(), w.incentive())
    nothing = w.ask(catalog, without=("BL.A", "RL.A"), coverage="loaded")
    assert (nothing.verdict, nothing.complete, nothing.coverage.consulted) == ("indeterminate", False, ())
    assert w.ask(catalog, w.listing(), without=("BL.A", "RL.A"), coverage="loaded").verdict == "prohibited"
    assert w.ask(w.world(w.incentive()), without=("RL.A",)).verdict == "clear"  # what a red list could say bars nobody
    by_act = w.world(w.measure(trigger="order", targets={"acts": ["procurement-ban"]}))
    assert w.ask(by_act, without=("BL.A", "RL.A"), coverage="loaded").verdict == "clear"


def test_stale_list_is_indeterminate() -> None:
    """A list older than it may be no longer clears anybody."""
    catalog = w.world(w.measure(), w.list_type(stale_after=0))
    result = w.ask(catalog)
    assert (result.verdict, result.coverage.stale) == ("indeterminate", ("BL.A",))


def test_incentive_is_suspended_by_a_serious_listing_through_a_rule() -> None:
    """The suspension is a rule with a basis, and the answer names it."""
    catalog = w.world(w.incentive(), w.measure(matters=["M.Y"]), w.matter("M.Y"), RULE)
    assert w.ask(catalog, w.listing("RL.A")).verdict == "favoured"
    both = w.ask(catalog, w.listing("RL.A"), w.listing())
    assert w.reasons(both)["gain"] == "suspended-by"
    (suspended,) = [finding for finding in both.not_applied or () if finding.measure == "gain"]
    assert {"suspend", "BL.A"} <= {step.get("rule") or step.get("list") for step in suspended.path}


def test_incentive_waits_for_the_lists_that_would_suspend_it() -> None:
    """Once an incentive would apply, the lists whose membership suspends it are needed."""
    catalog = w.world(w.incentive(), RULE)
    result = w.ask(catalog, w.listing("RL.A"), without=("BL.A",))
    assert (result.verdict, result.coverage.missing, w.reasons(result)["gain"]) == (
        "indeterminate",
        ("BL.A",),
        "list-not-loaded",
    )


def test_unfounded_black_list_is_a_clue() -> None:
    """A black list that no law, regulation or central document founds restricts nobody."""
    catalog = w.world(w.measure(), w.list_type(basis=[]))
    result = w.ask(catalog, w.listing())
    assert (result.verdict, w.reasons(result)) == ("attention", {"bar": "unfounded-list"})


def test_withholding_a_convenience_restricts_and_leaves_the_ordinary_way() -> None:
    """A convenience may be withheld by an instrument of the level that grants it, and by no lower one."""
    withhold = {"class": "administrative", "degree": "withhold", "basis": [w.basis(instrument_id="rule")]}
    rule = w.instrument("rule", "department-rule")
    enough = w.matter(kind="convenience", granted_by="department-rule")
    higher = w.matter(kind="convenience", granted_by="law")
    assert w.ask(w.world(w.measure(**withhold), rule, enough), w.listing()).verdict == "restricted"
    assert w.reasons(w.ask(w.world(w.measure(**withhold), rule, higher), w.listing())) == {"bar": "basis-too-weak"}
    assert w.ask(w.world(w.measure(**withhold), rule), w.listing()).verdict == "attention"


def test_recalled_term_that_ran_out_is_a_doubt_and_a_read_one_frees() -> None:
    """A listing ends with the term of its list; a term nobody read leaves the answer open."""
    for text, verdict in (("verified", "clear"), ("recalled", "indeterminate")):
        catalog = w.world(w.measure(), w.list_type(term=[{"years": 3, "text": text}]))
        old = w.listing(listed_on=date(2021, 6, 9))
        assert w.ask(catalog, old).verdict == verdict
        assert w.ask(catalog, w.listing(listed_on=date(2021, 6, 10))).verdict == "prohibited"


def test_ambiguous_number_is_refused_without_a_kind() -> None:
    """Three in a hundred resident ids also pass as a code: the declared kind decides, never a guess."""
    both = next(number for number in _numbers() if _passes_as_code(number))
    with pytest.raises(SubjectError) as refused:
        w.ask(w.world(w.measure()), subject=both)
    assert refused.value.code == "subject.ambiguous"
    assert both not in str(refused.value)
    assert w.ask(w.world(w.measure()), subject=both, kind="person").subject.id_type == "resident-id"


def _numbers() -> list[str]:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    bodies = (
        f"110000{1980 + year}0{month}15{serial:03d}"
        for year in range(20)
        for month in range(1, 10)
        for serial in range(1, 30)
    )
    return [body + "10X98765432"[sum(int(d) * k for d, k in zip(body, weights, strict=True)) % 11] for body in bodies]


def _passes_as_code(number: str) -> bool:
    return calc_check_digit(number[:17]) == number[17]


def test_without_a_region_the_answer_says_that_it_is_national() -> None:
    """`region=None` asks the national layer only, and the result says so."""
    said = {notice.code for notice in w.ask(w.world()).identity.warnings}
    assert "question.no-region" in said
    assert not w.ask(w.world(), region="410182").identity.warnings


def test_a_listing_of_a_list_the_catalogue_does_not_know_is_told() -> None:
    """It can set nothing off, and it must not vanish."""
    result = w.ask(w.world(w.measure()), w.listing("BL.ELSEWHERE"), region="410182")
    assert (result.verdict, [notice.code for notice in result.identity.warnings]) == ("clear", ["data.unknown-list"])


def test_an_act_no_measure_of_the_matter_names_is_shown_as_unrelated() -> None:
    """禁止不当联结 holds for acts as for lists."""
    result = w.ask(w.world(w.measure()), acts=["exit-ban-order:2024-01-01"])
    assert (result.verdict, w.reasons(result)[None]) == ("clear", "unrelated")


def test_a_partner_known_by_name_alone_is_a_doubt() -> None:
    """A partner's name gives candidates, as a subject's does; a listing that may be his leaves the answer open."""
    catalog = w.world(w.measure(bears=["units-led"]))
    row = w.listing(uscc=None, resident_id=w.PERSON, name="示例甲")
    result = w.ask(catalog, row, related=["legal-representative:示例甲"])
    assert (result.verdict, w.reasons(result)) == ("indeterminate", {"bar": "name-only"})
    assert w.ask(catalog, row, related=result.model_dump()["question"]["related"]) == result


def test_what_is_done_to_one_document_changes_no_other() -> None:
    """Documents of one profile are copies of the same text; whoever gets one may change it."""
    engine = w.engine(w.world(w.measure()), w.listing())
    first, again = (engine.check_subject(w.FIRM, "M.X").model_dump() for _ in range(2))
    for part in (*first["findings"][0].values(), *first["coverage"].values()):
        if isinstance(part, list):
            part.append("changed")
    first["coverage"]["editions"][0]["batch"] = first["findings"][0]["basis"][0]["title"] = "changed"
    assert again == engine.check_subject(w.FIRM, "M.X").model_dump()


def test_every_list_consulted_says_how_old_it_is() -> None:
    """An old list is a list nobody looked into since: the batch, its instant and whether it is stale are told."""
    catalog = w.world(w.list_type(stale_after=10), w.measure())
    fresh = w.ask(catalog).model_dump()["coverage"]["editions"]
    received = (w.NOW - timedelta(hours=1)).isoformat()
    assert fresh == [{"list": "BL.A", "batch": "b1", "received_at": received, "stale": False}]
    old = MemoryRegistry((), w.whole(catalog, at=w.NOW - timedelta(days=30)))
    aged = Engine(catalog, old, clock=lambda: w.NOW).check_subject(w.FIRM, "M.X", as_of=w.TODAY)
    assert [edition.stale for edition in aged.editions if edition.list == "BL.A"] == [True]
    assert aged.coverage.stale == ("BL.A",)
