"""The walk along the relations that listings name: bounded, never in a circle, and nobody reached by name."""

from __future__ import annotations

import pytest

import worlds as w
from jointsanction import MemoryRegistry, Related
from jointsanction.errors import QuestionError
from jointsanction.identity.identify import identify
from jointsanction.model.subject import Listing, Subject
from jointsanction.registry.ties import Tie, ties

LEADER = Related(relation="legal-representative", kind="person", id=w.PERSON, name="张三")
INVESTOR = Related(relation="investor", kind="enterprise", id=w.FIRM)


def walk(*rows: Listing, depth: int = 3, start: str = w.FIRM) -> tuple[Tie, ...]:
    """Walk from a firm over some listings."""
    keys = identify(Subject(uscc=start)).keys
    return ties(keys, MemoryRegistry(rows), depth=depth)


def shown(found: tuple[Tie, ...]) -> list[tuple[int, str, int]]:
    """Return degree, end and number of listings of each tie."""
    return [(len(tie.steps), tie.steps[-1].id, len(tie.listings)) for tie in found]


CIRCLE = (
    w.listing(related=(LEADER,)),
    w.listing("BL.B", uscc=w.PARTNER, related=(LEADER, INVESTOR)),
    w.listing("BL.C", uscc=None, resident_id=w.PERSON),
)


def test_a_circle_ends_and_the_shortest_way_is_told() -> None:
    """Firm, its representative, the other firm he represents, whose investor is the first firm again."""
    found = walk(*CIRCLE)
    assert shown(found) == [(1, w.PERSON, 1), (1, w.PARTNER, 1)]
    assert [step.forward for tie in found for step in tie.steps] == [True, False]


def test_no_further_than_asked() -> None:
    """Two steps lead over the representative to his other firm, one step does not."""
    rows = (CIRCLE[0], w.listing("BL.B", uscc=w.PARTNER, related=(LEADER,)))
    assert shown(walk(*rows, depth=1)) == [(1, w.PERSON, 0)]
    far = walk(*rows, depth=2)
    assert shown(far) == [(1, w.PERSON, 0), (2, w.PARTNER, 1)]
    assert [(step.relation, step.list) for step in far[1].steps] == [
        ("legal-representative", "BL.A"),
        ("legal-representative", "BL.B"),
    ]


def test_names_and_masked_numbers_lead_nowhere() -> None:
    """同名不等于同一人: a walk goes along whole numbers only."""
    named = Related(relation="principal", name="张三")
    masked = w.listing("BL.B", uscc=None, name="某公司", related=(Related(relation="investor", id=w.FIRM),))
    assert walk(w.listing(related=(named,)), masked, w.listing("BL.C", uscc="9199********00001B")) == ()


@pytest.mark.parametrize("depth", [0, 6])
def test_a_depth_out_of_reason_is_refused(depth: int) -> None:
    """Five steps away everybody is tied to everybody."""
    with pytest.raises(QuestionError) as raised:
        walk(depth=depth)
    assert raised.value.code == "question.depth"


def test_a_subject_said_to_be_tied_to_itself_is_passed_over() -> None:
    """A circle in the question adds nothing, and one partner named twice is one."""
    catalog = w.world(w.measure())
    plain = w.ask(catalog, w.listing())
    assert len(w.ask(catalog, w.listing(), related=[f"consortium-member:{w.FIRM}"]).findings) == len(plain.findings)
    twice = [f"consortium-member:{w.PARTNER}"] * 2
    answer = w.ask(catalog, w.listing(uscc=w.PARTNER), related=twice)
    assert [finding.reason.value for finding in answer.not_applied or ()].count("relation-not-reached") == 1


def test_the_path_names_both_ends() -> None:
    """失信责任追溯: the trace says through whom, with the number masked."""
    catalog = w.world(w.measure(bears=["self", "legal-representative"]))
    leader = Related(relation="legal-representative", kind="person", id=w.PERSON)
    answer = w.ask(catalog, w.listing(related=(leader,)), subject=w.PERSON, kind="person")
    assert answer.findings[0].path == (
        {"relation": "legal-representative", "way": "from-listing", "subject": "91**************1B"},
    )
    named = w.listing(uscc=None, name="某公司", related=(leader,))
    assert w.ask(catalog, named, subject=w.PERSON, kind="person").findings[0].path[0]["subject"] is None
    partner = w.ask(
        catalog, w.listing(uscc=w.PARTNER), related=[Related(relation="investor", name="某公司", id=w.PARTNER)]
    )
    assert (partner.not_applied or ())[0].path[0]["subject"] == "91**************2E"
