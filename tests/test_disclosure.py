"""What of an answer may leave depends on the disclosure attribute of each list it rests on."""

from __future__ import annotations

from typing import Any

import pytest

import worlds as w
from jointsanction.disclosure import extract
from jointsanction.engine import Engine
from jointsanction.model.subject import Subject
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.repair.making import Step, make_event
from jointsanction.terms import Audience, Disclosure, RepairState, RepairTrack

LISTS = ("BL.A", "BL.B")
CATALOG = w.world(
    w.list_type("BL.B"),
    w.measure("bar", targets={"lists": ["BL.A"]}),
    w.measure("other", targets={"lists": ["BL.B"]}),
    w.measure(
        "act", trigger="act", targets={"acts": ["licence-revoked"]}, term={"years": 5, "runs_from": "decision-made"}
    ),
)


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
    assert (found["verdict"], found["withheld"]) == ("prohibited", {"findings": 0, "records": 0})
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
