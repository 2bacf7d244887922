"""What of an answer may leave depends on the disclosure attribute of each list it rests on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

import worlds as w
from jointsanction.disclosure import disclosed, disclosed_changes, extract
from jointsanction.engine import Engine
from jointsanction.model.catalogue import Rule
from jointsanction.model.subject import Subject
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.repair.making import Step, make_event
from jointsanction.terms import Audience, Disclosure, RepairState, RepairTrack

if TYPE_CHECKING:
    from jointsanction.model.subject import Listing

LISTS = ("BL.A", "BL.B")
CATALOG = w.world(
    w.list_type("BL.B"),
    w.measure("bar", targets={"lists": ["BL.A"]}),
    w.measure("other", targets={"lists": ["BL.B"]}),
    w.measure(
        "act", trigger="act", targets={"acts": ["licence-revoked"]}, term={"years": 5, "runs_from": "decision-made"}
    ),
)


GRADED = w.world(
    w.list_type("BL.B"),
    w.list_type("IN.A", "independent"),
    Rule.model_validate({
        "id": "black", "title": "黑", "explanation": "某人", "when": {"listing": {"kind": {"eq": "black"}}},
        "then": {"grade": "blacklisted"}, "basis": [w.basis()],
    }),
)  # fmt: skip


def answer(*codes: str, **words: Any) -> dict[str, Any]:
    """Return what `check --json` prints for the firm on some lists."""
    rows = [w.listing(code, row=1, batch="b") for code in codes]
    engine = Engine(CATALOG, MemoryRegistry(rows, w.whole(CATALOG)), clock=lambda: w.NOW)
    return engine.check_subject(w.FIRM, "M.X", as_of="2024-06-10", **words).model_dump()


def taken(document: dict[str, Any], audience: str, second: str = "public") -> dict[str, Any]:
    """Return the extract where the first list is public and the second is as told."""
    return extract(document, {"BL.A": Disclosure.PUBLIC, "BL.B": Disclosure(second)}, Audience(audience))


@pytest.mark.parametrize("audience", ["authority", "subject", "anybody"])
def test_public_lists_leave_whole(audience: str) -> None:
    """What everybody may read is covered for nobody, and the extract names the answer it is from."""
    document = answer("BL.A")
    found = taken(document, audience)
    assert found["findings"] == document["findings"]
    assert (found["verdict"], found["withheld"]["findings"], found["withheld"]["records"]) == ("prohibited", 0, 0)
    assert (found["original_receipt"], "receipt" in found) == (document["receipt"], False)


@pytest.mark.parametrize("second", ["on-request", "government", "closed"])
def test_nothing_on_a_list_that_is_not_public_goes_to_anybody(second: str) -> None:
    """Neither the finding nor the verdict, from which it could be guessed."""
    found = taken(answer("BL.A", "BL.B"), "anybody", second)
    assert [finding["measure"] for finding in found["findings"] if finding["applies"]] == ["bar"]
    assert (found["verdict"], found["complete"], found["grade"]) == (None, None, None)
    assert found["withheld"]["findings"] > 0


@pytest.mark.parametrize(
    ("audience", "second", "covered"),
    [
        ("authority", "government", False),
        ("subject", "on-request", False),
        ("authority", "closed", True),
        ("subject", "closed", True),
    ],
)
def test_who_must_act_is_told_and_a_closed_record_is_covered(audience: str, second: str, covered: bool) -> None:  # noqa: FBT001
    """An authority learns what to do; the row of a closed list stays with its keeper."""
    found = taken(answer("BL.B"), audience, second)
    (finding,) = (finding for finding in found["findings"] if finding["measure"] == "other")
    assert (found["verdict"], finding["applies"], finding["cause"]["list"]) == ("prohibited", True, "BL.B")
    assert (finding["cause"]["source"] is None) == (finding["cause"]["instrument_no"] is None) == covered
    assert (found["withheld"]["records"] > 0) == covered


def test_a_list_nobody_described_is_closed() -> None:
    """Without an attribute nothing leaves."""
    found = extract(answer("BL.A"), {}, Audience.ANYBODY)
    assert (found["findings"], found["verdict"]) == ([], None)


def test_acts_and_other_people_are_nobody_elses_business() -> None:
    """A revoked licence or a related person goes to authorities and to the subject alone."""
    document = answer(acts=("licence-revoked:2024-01-01",), related=(f"legal-representative:{w.PERSON}",))
    found = taken(document, "anybody")
    assert (found["question"]["acts"], found["question"]["related"], found["verdict"]) == ([], [], None)
    assert taken(document, "subject")["question"] == document["question"]
    assert taken(document, "subject")["verdict"] == "prohibited"


def test_candidates_go_to_authorities_only() -> None:
    """A candidate may be somebody else."""
    rows = [w.listing(code, None, name="某某公司", row=1) for code in LISTS]
    engine = Engine(CATALOG, MemoryRegistry(rows, w.whole(CATALOG)), clock=lambda: w.NOW)
    document = engine.check_subject("某某公司", "M.X", as_of="2024-06-10").model_dump()
    found = {audience: taken(document, audience, "closed")["identity"] for audience in Audience}
    assert [len(identity["candidates"]) for identity in found.values()] == [2, 0, 0]
    assert "name" not in found[Audience.AUTHORITY]["candidates"][1]
    assert (found[Audience.SUBJECT]["warnings"] != [], found[Audience.ANYBODY]["warnings"]) == (True, [])


def test_a_tender_is_as_many_extracts_as_it_has_bidders() -> None:
    """Its verdict leaves only where that of every bidder does."""
    engine = Engine(CATALOG, MemoryRegistry([w.listing()], w.whole(CATALOG)), clock=lambda: w.NOW)
    document = engine.check_tender(
        [Subject(uscc=w.FIRM), Subject(uscc=w.PARTNER)], "M.X", as_of="2024-06-10"
    ).model_dump()
    found = taken(document, "anybody")
    assert (found["verdict"], len(found["results"]), found["original_receipt"]) == (
        "prohibited",
        2,
        document["receipt"],
    )
    assert extract(document, {}, Audience.ANYBODY)["verdict"] is None


def test_who_disputes_a_record_and_why_is_nobody_elses_business() -> None:
    """The steps of an objection name officers and reasons: authorities and the subject read them."""
    row = w.listing(row=1, batch="b")
    step = make_event(row, Step(RepairTrack.OBJECTION, RepairState.FILED, "窗口甲", "本人申辩", w.TODAY))
    registry = MemoryRegistry([row], w.whole(CATALOG), repairs={step.record: (step,)})
    document = Engine(CATALOG, registry, clock=lambda: w.NOW).check_subject(w.FIRM, "M.X", as_of=w.TODAY).model_dump()
    told = {audience: str(taken(document, audience)) for audience in ("authority", "subject", "anybody")}
    assert {audience: "本人申辩" in text for audience, text in told.items()} == {
        "authority": True, "subject": True, "anybody": False,
    }  # fmt: skip


def graded(*rows: Listing) -> dict[str, Any]:
    """Return an answer of a world in which a black list sets the grade and asks for nothing else."""
    engine = Engine(GRADED, MemoryRegistry(rows, w.whole(GRADED)), clock=lambda: w.NOW)
    return engine.check_subject(w.FIRM, "M.X", as_of="2024-06-10").model_dump()


@pytest.mark.parametrize(
    ("rows", "open_lists", "told"),
    [
        ([{"code": "BL.A"}], {"BL.A"}, True),
        ([{"code": "BL.B"}], {"BL.A"}, False),
        ([{"code": "IN.A"}], {"BL.A"}, False),
        ([{"code": "IN.A"}], {"IN.A"}, True),
        ([{"code": "BL.B", "missing_since": date(2024, 2, 1)}], {"BL.A"}, False),
    ],
)
def test_a_grade_goes_to_anybody_where_public_lists_alone_set_it(
    rows: list[dict[str, Any]], open_lists: set[str], *, told: bool
) -> None:
    """Its causes, its level, what stands beside it and its doubts all tell of the list; withheld, it says so."""
    document = graded(*(w.listing(row=at, batch="b", **each) for at, each in enumerate(rows)))
    assert document["findings"] == []
    lists = {code: Disclosure.PUBLIC if code in open_lists else Disclosure.GOVERNMENT for code in GRADED.lists}
    found = extract(document, lists, Audience.ANYBODY)
    assert (found["grade"] is not None, found["withheld"]["grade"]) == (told, not told)
    assert extract(document, lists, Audience.SUBJECT)["grade"] == document["grade"]


def test_a_closed_record_under_a_grade_is_covered_for_an_authority() -> None:
    """The grade is told, the row it rests on stays with its keeper, and the answer is not given whole."""
    document = graded(w.listing("BL.B", row=1, batch="b"))
    found = disclosed(document, {"BL.A": Disclosure.PUBLIC, "BL.B": Disclosure.CLOSED}, Audience.AUTHORITY)
    (cause,) = found["grade"]["set_by"][0]["causes"]
    assert (cause["list"], cause["instrument_no"], cause["source"]) == ("BL.B", None, None)
    assert (found["grade"]["level"], "receipt" in found) == ("blacklisted", False)
    open_ = dict.fromkeys(("BL.A", "BL.B"), Disclosure.GOVERNMENT)
    assert disclosed(document, open_, Audience.AUTHORITY) == document
    assert disclosed(document, {}, None) == document


def test_other_dates_of_a_case_are_not_for_anybody() -> None:
    """What was answered on another date may rest on a record that nothing of this answer shows."""
    window = {"decides": "award", "days": [{"which": "award", "on": "2024-06-10", "verdict": "clear", "measures": []}]}
    document = answer() | {"window": window}
    assert {audience: taken(document, audience)["window"] for audience in Audience} == {
        Audience.AUTHORITY: window, Audience.SUBJECT: window, Audience.ANYBODY: None,
    }  # fmt: skip


def test_changes_leave_as_far_as_their_answers_do() -> None:
    """Where a finding is withheld from anybody, so is that it came; closed records are covered for the others."""
    then, now = (each | {"grade": graded()["grade"]} for each in (answer("BL.A"), answer("BL.A", "BL.B")))
    cause = next(finding["cause"] for finding in now["findings"] if finding["measure"] == "other")
    changes = [
        {"what": "finding", "measure": "other", "title": "x", "cause": cause, "then": None, "now": {"applies": True}},
        {"what": "stale", "measure": None, "title": None, "cause": None, "then": [], "now": ["BL.A"]},
        {"what": "commitments", "measure": None, "title": None, "cause": None, "then": [], "now": ["x"]},
        {"what": "grade", "measure": None, "title": None, "cause": None, "then": then["grade"], "now": now["grade"]},
    ]

    def told(audience: str | None, second: str) -> list[str]:
        lists = {"BL.A": Disclosure.PUBLIC, "BL.B": Disclosure(second)}
        found = disclosed_changes(changes, (then, now), lists, audience and Audience(audience))
        covered = all(each["cause"] is None or each["cause"]["instrument_no"] is None for each in found)
        return [*(each["what"] for each in found), *(["covered"] if covered else [])]

    assert told("anybody", "government") == ["stale", "covered"]
    assert told("anybody", "public") == ["finding", "stale", "grade"]
    assert told("authority", "closed") == ["finding", "stale", "commitments", "grade", "covered"]
    assert told(None, "closed") == ["finding", "stale", "commitments", "grade"]
