"""Commitments in a check: shown with the answer, a breach sets measures off, and ways of commitment open or close."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

import worlds as w
from jointsanction.commitment.making import make_commitment, make_talk
from jointsanction.disclosure import extract
from jointsanction.engine import Engine
from jointsanction.model.commitment import Commitment, CommitmentEvent, Commitments
from jointsanction.model.document import ResultDocument
from jointsanction.model.subject import Subject
from jointsanction.receipt import verify
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.store import Store
from jointsanction.terms import Audience, CauseType, CommitmentState, Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from jointsanction.model.catalogue import Catalog, Measure
    from jointsanction.model.result import CheckResult

FIRM = Subject(uscc=w.FIRM)
DAY = date(2024, 6, 1)
BY_BREACH = {"trigger": "commitment", "targets": {"acts": ["commitment-breach"]}, "term": {"indefinite": True}}


def promise(*states: str, on: date = DAY, kind: str = "approval", **more: Any) -> Commitment:
    """Make a commitment that went through some states."""
    made = make_commitment(FIRM, kind, content="符合条件", made_on=date(2024, 5, 1), **more)
    events = tuple(
        CommitmentEvent(
            state=CommitmentState(state), actor="某局", happened_on=on, reason="经核查", evidence="虚核〔2024〕1号"
        )
        for state in states
    )
    return Commitment(**{**{name: getattr(made, name) for name in made.__slots__}, "events": events})


def asked(catalog: Catalog, *made: Commitment, talks: tuple[Any, ...] = (), **words: Any) -> CheckResult:
    """Ask about the firm, its commitments known."""
    registry = MemoryRegistry((), w.whole(catalog), commitments=Commitments(made, talks))
    opened = Engine(catalog, registry, clock=lambda: w.NOW)
    return opened.check_subject(w.FIRM, "M.X", **{"as_of": w.TODAY, "explain": True, **words})


def accepting(*extra: object, **more: Any) -> Catalog:
    """Make a world whose matter accepts commitments in place of approval."""
    return w.world(
        w.matter(
            kind="convenience",
            granted_by="local-regulation",
            ordinary_way="按一般程序办理。",
            commitment_types=[{"type": "approval", "basis": [w.basis(**more)]}],
        ),
        *extra,
    )


def test_a_breach_sets_off_what_the_law_ties_to_it() -> None:
    """FEATURES 80, 81: a breach on record is the act, without being typed in by hand."""
    catalog = w.world(w.measure(**BY_BREACH))
    result = asked(catalog, promise("breached"))
    (finding,) = (one for one in result.findings if one.applies)
    assert (result.verdict, finding.shape.cause_type) == (Verdict.PROHIBITED, CauseType.BREACH)
    assert finding.cause == {
        "type": "breach", "act": "commitment-breach", "act_name": "违背信用承诺", "decision_made": "2024-06-01",
        "document_number": "虚核〔2024〕1号", "relation": "self",
    }  # fmt: skip
    assert finding.repair is not None
    assert (finding.repair["repairable"], len(finding.repair["missing"])) == (True, 1)
    (shown,) = result.commitments.breaches
    assert (shown.state, shown.since, shown.actor) == (CommitmentState.BREACHED, DAY, "某局")


@pytest.mark.parametrize(
    ("states", "reason"),
    [
        (("breached",), "applies"),
        (("falsified",), "applies"),
        (("breached", "repaired"), "term-ended"),
        (("breached", "annulled"), "set-aside"),
        (("performed",), "act-unknown"),
        ((), "act-unknown"),
    ],
)
def test_a_recorded_breach_is_as_one_typed_in(states: tuple[str, ...], reason: str) -> None:
    """What the registry knows and what the officer types come to the same finding."""
    catalog = w.world(w.measure(**BY_BREACH))
    assert w.reasons(asked(catalog, promise(*states)))["bar"] == reason


def test_a_breach_typed_in_too_counts_once() -> None:
    """The officer may have typed what the registry knows already."""
    catalog = w.world(w.measure(**BY_BREACH))
    for typed, count in ((["commitment-breach:2024-06-01"], 1), (["commitment-breach:2024-05-20"], 2)):
        assert sum(one.applies for one in asked(catalog, promise("breached"), acts=typed).findings) == count


def test_what_the_answer_shows_is_the_document_of_the_contract() -> None:
    """FEATURES 80, 82: open commitments, breaches, talks and warnings are in the document and its receipt."""
    talk = make_talk(FIRM, "warning", held_on=DAY, authority="某局", reason="逾期未履约", result="agreed")
    made = promise(kind="proactive", due=date(2024, 6, 9)), promise("breached", kind="proof")
    result = asked(accepting(), *made, talks=(talk,), explain=False)
    document = result.model_dump()
    ResultDocument.model_validate(document)
    verify(json.loads(json.dumps(document)))
    said = document["commitments"]
    assert [(one["type"], one["overdue"], one["state"]) for one in said["open"]] == [("proactive", True, "made")]
    assert [one["since"] for one in said["open"]] == ["2024-05-01"]
    assert [one["state"] for one in said["breaches"]] == ["breached"]
    assert [(one["kind"], one["result"]) for one in said["talks"]] == [("warning", "agreed")]
    assert [one["code"] for one in said["warnings"]] == ["commitment.overdue", "commitment.breach-and-open"]
    assert result.receipt != asked(accepting(), *made).receipt


def test_who_promised_nothing_has_nothing_shown() -> None:
    """Where nothing is on record and nothing is accepted, the answer says nothing."""
    said = asked(w.world()).model_dump()["commitments"]
    assert said == {"open": [], "breaches": [], "talks": [], "offers": [], "warnings": []}
    other = asked(w.world(), make_commitment(Subject(uscc=w.PARTNER), "proof", content="属实", made_on=DAY))
    assert other.commitments.open == ()


Offer = tuple[str, str | None, tuple[str, ...]]


def offered(result: CheckResult) -> list[Offer]:
    """Return what is offered: state, reason, and what stands against it."""
    return [(one.state.value, one.reason, (*one.measures, *one.commitments)) for one in result.commitments.offers]


def test_a_way_of_commitment_is_open_to_who_may_take_it() -> None:
    """FEATURES 84: the answer offers what a text in force here accepts."""
    assert offered(asked(accepting())) == [("open", None, ())]
    ended = accepting(valid_to="2024-06-09")
    assert offered(asked(ended)) == []
    there = w.instrument("there", region="990000")
    local = accepting(there, instrument_id="there")
    assert (offered(asked(local)), len(offered(asked(local, region="990100")))) == ([], 1)


def test_a_breach_closes_the_way_until_it_is_repaired() -> None:
    """A breach of the same type, or in the same matter; another's does not (过惩相当)."""
    same, matter = promise("breached"), promise("falsified", kind="proof", matter="M.X")
    assert offered(asked(accepting(), same)) == [("closed", "breach", (same.id,))]
    assert offered(asked(accepting(), matter)) == [("closed", "breach", (matter.id,))]
    assert offered(asked(accepting(), promise("breached", kind="proof"))) == [("open", None, ())]
    assert offered(asked(accepting(), promise("breached", "repaired"))) == [("open", None, ())]


@pytest.mark.parametrize(
    ("measure", "offer"),
    [
        (w.measure(**{**BY_BREACH, "class": "administrative", "degree": "withhold"}), ("closed", "measure", ("bar",))),
        (w.measure(**BY_BREACH, binding="may"), ("unsure", "decision", ("bar",))),
        (w.measure(**{**BY_BREACH, "class": "administrative", "degree": "record"}), ("open", None, ())),
    ],
)
def test_a_measure_that_withholds_closes_the_way(measure: Measure, offer: Offer) -> None:
    """Whatever the law withholds or bars is not offered; where the authority decides, the answer says so."""
    assert offered(asked(accepting(measure), acts=["commitment-breach:2024-06-01"])) == [offer]


def test_a_doubt_leaves_the_way_unsure() -> None:
    """A doubt never turns into an offer."""
    unsure = w.measure(**{**BY_BREACH, "targets": {"acts": ["commitment-breach"], "where": {"kinds": ["虚假"]}}})
    assert offered(asked(accepting(unsure), acts=["commitment-breach:2024-06-01"])) == [("unsure", "doubt", ("bar",))]


def test_the_registry_of_memory_knows_commitments() -> None:
    """They are part of its version and of the instant it is of."""
    made = promise("breached")
    plain, with_one = MemoryRegistry(()), MemoryRegistry((), commitments=Commitments((made,)))
    assert plain.version != with_one.version
    both = with_one.commitments((*made.keys, "u:none"))
    assert both == Commitments((made,))


def test_extracts_carry_what_may_leave() -> None:
    """To anybody only what was promised in public; authorities and the subject himself see all."""
    made = promise(kind="proactive", public=True), promise(kind="proof")
    document = asked(accepting(), *made).model_dump()
    said = {each: extract(document, {}, each)["commitments"] for each in Audience}
    assert [len(said[each]["open"]) for each in Audience] == [2, 2, 1]
    assert (len(said[Audience.SUBJECT]["offers"]), said[Audience.ANYBODY]["offers"]) == (1, [])
    del document["commitments"]
    assert extract(document, {}, Audience.ANYBODY)["commitments"] is None


def test_an_answer_is_held_against_what_was_promised_since(tmp_path: Path) -> None:
    """recheck: what was known then is asked again, and what was recorded since is told as a change of the lists."""
    store = Store.open(f"sqlite:///{tmp_path / 'a.db'}")
    catalog = w.world()
    store.commitments.make(promise(kind="proof"), recorded_at=w.NOW)

    def opened() -> Engine:
        return Engine(catalog, store.registry(), store=store, clock=lambda: w.NOW)

    document = opened().check_subject(w.FIRM, "M.X", as_of=w.TODAY).model_dump()
    assert opened().recheck(document).changes == ()
    store.commitments.make(promise(kind="approval"), recorded_at=w.NOW)
    found = opened().recheck(document)
    assert found.reproduced
    assert [(change.what, [cause.value for cause in change.because]) for change in found.changes] == [
        ("commitments", ["lists"])
    ]


def test_the_record_says_how_a_breach_stands_and_not_the_question() -> None:
    """Whoever asks can't call a breach on record repaired: that is an event of its own, with who says so and why."""
    catalog = w.world(w.measure(**BY_BREACH))
    said = ["commitment-breach:2024-06-01:lifted=2024-06-02"]
    assert asked(catalog, acts=said).verdict is Verdict.CLEAR
    assert asked(catalog, promise("breached"), acts=said).verdict is Verdict.PROHIBITED
    other = asked(catalog, promise("breached", "repaired"), acts=["commitment-breach:2024-05-20"])
    assert other.verdict is Verdict.PROHIBITED
