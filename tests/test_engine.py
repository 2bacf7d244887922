"""The engine: opening, asking, tenders, screening, swapping, history."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, cast

import pytest

import jointsanction
import worlds as w
from jointsanction import (
    Act,
    Engine,
    JointSanctionError,
    MemoryRegistry,
    QuestionError,
    ReceiptError,
    RegistryError,
    Subject,
    UnknownMatterError,
    verify,
)
from jointsanction.model.catalogue import Rule
from jointsanction.model.document import ResultDocument, TenderDocument
from jointsanction.receipt import digest

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from jointsanction.model.catalogue import Catalog
    from jointsanction.store import Store


def test_a_document_is_what_its_mirror_says_and_its_receipt_holds() -> None:
    """The contract of DESIGN §4: the pydantic mirror reads every answer, and a stored one verifies."""
    result = w.ask(w.world(w.measure()), w.listing(), case="案1")
    document = json.loads(json.dumps(result.model_dump(mode="json")))
    ResultDocument.model_validate(document)
    verify(document)
    document["verdict"] = "clear"
    with pytest.raises(ReceiptError) as altered:
        verify(document)
    assert altered.value.code == "receipt.altered"


def test_a_receipt_does_not_depend_on_clock_case_or_trace() -> None:
    """Equal question, versions and coverage state give an equal receipt."""
    engine = w.engine(w.world(w.measure()), w.listing())
    one = engine.check_subject(w.FIRM, "M.X", as_of="2024-06-10")
    two = engine.check_subject(w.FIRM, "M.X", as_of=w.TODAY, case="案2", explain=True)
    assert one.receipt == two.receipt
    assert one == two
    assert len({one, two}) == 1


def test_receipt_faults_have_stable_codes() -> None:
    """No receipt, and a digest nobody knows."""
    with pytest.raises(ReceiptError) as missing:
        verify({"verdict": "clear"})
    assert missing.value.code == "receipt.missing"
    with pytest.raises(ReceiptError) as unknown:
        digest({}, "md5")
    assert unknown.value.code == "receipt.algorithm"
    assert digest({"a": 1}, "sm3").startswith("sm3:")


def test_tender_checks_every_bidder_and_keeps_their_order() -> None:
    """One bidder's restriction is not another's; the tender's verdict is the strongest."""
    engine = w.engine(w.world(w.measure()), w.listing())
    tender = engine.check_tender([Subject(uscc=w.PARTNER), Subject(uscc=w.FIRM)], "M.X", as_of="2024-06-10")
    assert [result.verdict for result in tender.results] == ["clear", "prohibited"]
    assert (tender.verdict, tender.complete) == ("prohibited", True)
    document = json.loads(json.dumps(tender.model_dump(mode="json")))
    TenderDocument.model_validate(document)
    verify(document)
    document["results"].reverse()
    with pytest.raises(ReceiptError):
        verify(document)


def test_consortium_members_are_asked_with_their_partners() -> None:
    """One group is one consortium: each member is checked as such, its partners looked up."""
    engine = w.engine(w.world(w.measure(roles=["consortium-member"])), w.listing())
    bidders = [Subject(uscc=w.FIRM, group="A"), Subject(uscc=w.PARTNER, group="A"), Subject(uscc=w.SHOP)]
    tender = engine.check_tender(bidders, "M.X", as_of="2024-06-10")
    documents = [result.model_dump()["question"] for result in tender.results]
    assert [document["role"] for document in documents] == ["consortium-member", "consortium-member", "applicant"]
    assert documents[1]["related"] == [f"consortium-member:{w.FIRM}"]


SPELLINGS = [f"联合体{hidden}一" for hidden in (" ", "\u3000", "\u00a0", "\u200b", "\ufeff", "\u3164\ufe0f")]


@pytest.mark.parametrize("spelt", SPELLINGS)
def test_a_consortium_is_one_however_its_name_is_spelt(spelt: str) -> None:
    """政府采购法 §24: what nobody sees in a name parts no partners; who is tied to a listed firm is not let through."""
    partner_listed = {"listing": {"relation": {"eq": "consortium-member"}, "in-force": {"eq": True}}}
    said = {"id": "r", "title": "联合体", "when": partner_listed, "then": {"carry": {"class": "adverse"}}}
    carried = Rule.model_validate({**said, "basis": [w.basis()], "explanation": "任一成员受限的，联合体受限。"})
    engine = w.engine(w.world(w.measure(roles=["consortium-member"]), carried), w.listing())
    bidders = [Subject(uscc=w.FIRM, group="联合体一"), Subject(uscc=w.PARTNER, group=spelt)]
    tender = engine.check_tender(bidders, "M.X", as_of="2024-06-10", related=f"branch:{w.SHOP}")
    asked = tender.results[1].model_dump()["question"]
    assert asked["related"] == [f"branch:{w.SHOP}", f"consortium-member:{w.FIRM}"]
    assert tender.results[1].verdict == "prohibited"


def test_a_consortium_of_one_is_refused() -> None:
    """Whoever stands alone in a consortium has lost a partner to a misspelling, or is named twice: nobody is answered.

    A name that shows nothing is none.
    """
    engine = w.engine(w.world(w.measure()), w.listing())
    firm, partner = Subject(uscc=w.FIRM, group="联合体一"), Subject(uscc=w.PARTNER, group="联合体二")
    for bidders in ([firm, partner], [firm, Subject(uscc=w.FIRM.lower(), group="联合体一")]):
        with pytest.raises(QuestionError) as refused:
            engine.check_tender(bidders, "M.X")
        assert refused.value.code == "question.lone_member"
        assert "第 1、2 家" in refused.value.message
    named = [Subject(name="虚构甲公司", group="A"), Subject(name="虚构乙公司", group="Ａ")]
    assert len(engine.check_tender(named, "M.X").results) == 2
    alone = engine.check_tender([Subject(uscc=w.FIRM, group=" \u200b")], "M.X").results[0].model_dump()["question"]
    assert (alone["role"], alone["related"]) == ("applicant", [])


def test_a_tender_is_answered_from_one_state_as_of_one_instant() -> None:
    """Lists that come in, and a midnight that passes, while bidders are asked part no bidders of one tender."""
    registries = [MemoryRegistry([w.listing()] * at, w.whole(w.world()), version=f"v{at}") for at in (0, 1)]
    days = count()

    def restless() -> datetime:
        engine.swap(registry=registries[1])
        return w.NOW + timedelta(days=next(days))

    engine = Engine(w.world(w.measure()), registries[0], clock=restless)
    tender = engine.check_tender([Subject(uscc=w.FIRM), Subject(uscc=w.PARTNER), Subject(uscc=w.FIRM)], "M.X")
    documents = [result.model_dump() for result in tender.results]
    assert {document["versions"]["registry"] for document in documents} == {"v0"}
    assert {document["verdict"] for document in documents} == {"clear"}
    assert len({document["question"]["as_of"] for document in documents}) == 1
    assert len({document["checked_at"] for document in documents}) == 1
    assert engine.check_tender([Subject(uscc=w.FIRM)], "M.X").verdict == "prohibited"


def test_screen_keeps_order_and_gives_errors_by_row() -> None:
    """A row that can't be asked does not stop the others."""
    engine = w.engine(w.world(w.measure()), w.listing())
    first, second, third = engine.screen([w.FIRM, "123", w.PARTNER], "M.X", as_of="2024-06-10")
    assert not isinstance(first, JointSanctionError)
    assert isinstance(second, JointSanctionError)
    assert not isinstance(third, JointSanctionError)
    assert (first.verdict, second.code, third.verdict) == ("prohibited", "subject.malformed", "clear")


def test_swap_changes_catalogue_and_registry_at_once() -> None:
    """A swap is seen by the next check, whole."""
    engine = w.engine(w.world(w.measure()), w.listing())
    engine.swap(registry=MemoryRegistry((), w.whole(engine.tables.catalog)))
    assert engine.check_subject(w.FIRM, "M.X", as_of="2024-06-10").verdict == "clear"
    engine.swap(catalog=w.world())
    assert engine.tables.catalog.measures == {}
    assert engine.registry.known_at is not None


class Kept:
    """A store that kept an empty registry of every earlier instant."""

    def __init__(self, catalog: Catalog) -> None:
        """Know which lists there are."""
        self._catalog = catalog

    def keep(self, catalog: Catalog, version: str) -> None:
        """Keep nothing: this test asks for lists only."""

    def registry_at(self, instant: datetime) -> MemoryRegistry:
        """Return no row, every list declared at that instant."""
        return MemoryRegistry((), w.whole(self._catalog, at=instant))


def test_an_earlier_instant_needs_a_kept_history() -> None:
    """What nobody kept can't be answered; what a store kept can."""
    catalog = w.world(w.measure())
    before = w.NOW - timedelta(days=1)
    plain = w.engine(catalog, w.listing())
    with pytest.raises(RegistryError) as unavailable:
        plain.check_subject(w.FIRM, "M.X", known_at=before)
    assert unavailable.value.code == "registry.history_unavailable"
    newest = MemoryRegistry([w.listing(batch="b", row=1)], w.whole(catalog))
    kept = Engine(
        catalog,
        newest,
        store=cast("Store", Kept(catalog)),
        clock=lambda: w.NOW,
    )
    assert kept.check_subject(w.FIRM, "M.X", known_at=before.isoformat()).verdict == "clear"
    assert kept.check_subject(w.FIRM, "M.X", known_at=w.NOW).verdict == "prohibited"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"as_of": "2024-6-1"}, "question.date"),
        ({"as_of": w.NOW}, "question.date"),
        ({"known_at": "2024-06-10T09:00:00"}, "question.naive_instant"),
        ({"known_at": "yesterday"}, "question.instant"),
        ({"role": "biddder"}, "question.unknown_word"),
        ({"region": "41"}, "question.region"),
        ({"traits": ["engineering", "not-engineering"]}, "question.trait_conflict"),
        ({"related": ["legal-representative"]}, "question.related"),
        ({"related": ["uncle:1"]}, "question.unknown_word"),
        ({"acts": ["licence-revokd:2024-01-01"]}, "question.act"),
        ({"acts": ["licence-revoked"]}, "question.act"),
        ({"acts": ["licence-revoked:2024-13-01"]}, "question.act"),
        ({"acts": ["licence-revoked:2024-01-01:feild=food"]}, "question.act"),
        ({"acts": ["licence-revoked:2024-01-01:field=foood"]}, "question.act"),
        ({"acts": ["licence-revoked:2024-01-01:large=maybe"]}, "question.act"),
        ({"acts": ["licence-revoked:2024-01-01:years=two"]}, "question.act"),
        ({"coverage": "some"}, "question.unknown_word"),
    ],
)
def test_a_word_nobody_knows_is_refused_and_the_nearest_named(words: dict[str, object], code: str) -> None:
    """Bad input always gets a clear error with a stable code."""
    with pytest.raises(QuestionError) as refused:
        w.ask(w.world(), **words)
    assert refused.value.code == code


def test_chinese_words_are_words_too() -> None:
    """The statutory word stands for the English value."""
    assert w.ask(w.world(), role="投标人", phase="事后").model_dump()["question"]["role"] == "bidder"


def test_unknown_matter_names_the_nearest() -> None:
    """Unknown is an error with near codes, never a matter without measures."""
    with pytest.raises(UnknownMatterError) as unknown:
        w.ask(w.world(), matter="M.XX")
    assert "M.X" in unknown.value.hint


def test_related_person_with_a_wrong_number_is_named_in_the_error() -> None:
    """The error says which of the numbers it means, and shows it masked."""
    with pytest.raises(jointsanction.SubjectError) as refused:
        w.ask(w.world(), related=["legal-representative:12345"])
    assert "法定代表人" in refused.value.message


def test_only_json_documents_are_offered() -> None:
    """`mode` is there for likeness with pydantic."""
    with pytest.raises(ValueError, match="json"):
        w.ask(w.world()).model_dump(mode="python")


def test_repr_shows_nobody() -> None:
    """No identity number or name may reach a log by accident."""
    shown = [
        Subject(uscc=w.FIRM, name="甲"),
        w.listing(name="甲"),
        jointsanction.Related(relation="investor", id=w.PERSON),
        w.ask(w.world()),
    ]
    assert not any(w.FIRM in repr(value) or w.PERSON in repr(value) or "甲" in repr(value) for value in shown)


def test_default_engine_needs_a_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No store is an error with the command to type, never an empty registry that clears everybody."""
    monkeypatch.setenv("JOINTSANCTION_STORE", f"sqlite:///{tmp_path / 'none.db'}")
    with pytest.raises(RegistryError) as missing:
        jointsanction.check_subject(w.FIRM, "procurement")
    assert missing.value.code == "registry.no_store"
    assert "jointsanction import" in missing.value.hint


@pytest.mark.parametrize(
    ("document", "code", "hint"),
    [
        ({"subject": w.FIRM, "mater": "M.X"}, "question.unknown_key", "matter"),
        ({"subject": w.FIRM, "matter": "M.X", "zzz": 1}, "question.unknown_key", "subject"),
        ({"subject": w.FIRM}, "question.missing_key", "matter"),
        ({"subject": None, "matter": "M.X"}, "question.missing_key", "subject"),
    ],
)
def test_a_question_document_is_read_strictly(document: dict[str, object], code: str, hint: str) -> None:
    """A mistyped key must not silently ask another question."""
    with pytest.raises(QuestionError) as refused:
        w.engine(w.world()).ask(document)
    assert refused.value.code == code
    assert hint in refused.value.hint


def test_a_question_document_asks_the_same_question_again() -> None:
    """`question` of an answer, asked again, gives the same answer."""
    engine = w.engine(w.world(w.measure()), w.listing())
    result = engine.check_subject(w.FIRM, "M.X", as_of="2024-06-10", related=[f"branch:{w.PARTNER}"])
    assert engine.ask(json.loads(json.dumps(result.model_dump()["question"]))) == result


def test_what_can_mean_nothing_is_refused() -> None:
    """A partner that is the subject itself, an act without its day, a number where words belong, a masked partner."""
    faults: dict[str, dict[str, object]] = {
        "question.related": {"related": [f"self:{w.PARTNER}"]},
        "question.act": {"acts": [Act(type="procurement-ban", years=3)]},
        "question.shape": {"traits": 5},
        "subject.related_unidentified": {"related": ["consortium-member:91990000********2E"]},
    }
    for code, words in faults.items():
        with pytest.raises(JointSanctionError) as refused:
            w.ask(w.world(), **words)
        assert refused.value.code == code


def test_one_act_or_one_related_person_need_no_list() -> None:
    """A single value is as good as a list of one, and a declared kind stands beside a Subject."""
    engine = w.engine(w.world())
    act = Act(type="procurement-ban", decision_made=w.TODAY)
    result = engine.check_subject(Subject(uscc=w.FIRM), "M.X", kind="enterprise", as_of=w.TODAY, acts=act, traits=None)
    assert result.model_dump()["question"]["acts"] == ["procurement-ban:2024-06-10"]
    assert engine.check_subject("北境示例建设有限公司", "M.X", as_of=w.TODAY).identity.status == "unidentified"


def test_a_tender_of_nobody_is_refused() -> None:
    """Who was not checked is not clear; words that can be read only once are read for every bidder."""
    engine = w.engine(w.world(w.measure(trigger="order", targets={"acts": ["procurement-ban"]})))
    with pytest.raises(QuestionError) as refused:
        engine.check_tender([], "M.X")
    assert refused.value.code == "question.no_bidders"
    acts = (text for text in ["procurement-ban:2024-01-01:years=2"])
    bidders = [Subject(uscc=w.FIRM, group="A"), Subject(uscc=w.PARTNER, group="A")]
    tender = engine.check_tender(bidders, "M.X", as_of="2024-06-10", acts=acts, role="applicant")
    assert [result.verdict for result in tender.results] == ["prohibited", "prohibited"]
    assert tender.results[1].model_dump()["question"]["acts"] == ["procurement-ban:2024-01-01:years=2"]
