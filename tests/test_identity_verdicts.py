"""Candidates that a person looked into: reused at the next check, shown with who and why, until they expire."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

import worlds as w
from jointsanction.errors import QuestionError, SubjectError
from jointsanction.identity.verdicts import make_verdict
from jointsanction.model.document import ResultDocument
from jointsanction.model.identity_verdict import IdentityVerdict
from jointsanction.model.subject import Related, Subject
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.store import Delivery, Store
from jointsanction.terms import Reason, Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from jointsanction.model.result import CheckResult

CATALOG = w.world(w.measure())
NAME = "虚构甲商贸有限公司"
NAMESAKE = w.listing(uscc=None, name=NAME, batch="b1", row=1)
SUBJECT = Subject(uscc=w.FIRM, name=NAME)


def verdict(outcome: str = "cleared", **more: Any) -> IdentityVerdict:
    """Decide about the namesake."""
    said = {"author": "窗口甲", "reason": "营业执照不同", "decided_on": w.TODAY, **more}
    return make_verdict(SUBJECT, NAMESAKE, outcome, **said)


def ask(*verdicts: IdentityVerdict, subject: Subject = SUBJECT, **words: Any) -> CheckResult:
    """Ask about the firm whose namesake is listed."""
    registry = MemoryRegistry([NAMESAKE], w.whole(CATALOG), verdicts=verdicts)
    engine = w.Engine(CATALOG, registry, clock=lambda: w.NOW)
    return engine.check_subject(subject, "M.X", as_of=w.TODAY, **words)


def test_a_namesake_nobody_looked_into_is_a_doubt() -> None:
    """A name alone never confirms."""
    result = ask()
    assert (result.verdict, result.findings[0].reason) == (Verdict.INDETERMINATE, Reason.NAME_ONLY)


def test_a_cleared_namesake_is_told_of_and_counts_no_more() -> None:
    """Who found it to be somebody else, when and why, stays in the answer."""
    result = ask(verdict())
    assert (result.verdict, result.complete, result.identity.candidates) == (Verdict.CLEAR, True, ())
    notice = next(notice for notice in result.identity.warnings if notice.code == "identity.cleared")
    assert "窗口甲，2024-06-10：营业执照不同" in notice.message


def test_a_confirmed_namesake_bites_and_the_path_says_who_confirmed_it() -> None:
    """It is the subject's own listing from then on."""
    result = ask(verdict("confirmed", reason="法院复函", expires_on=date(2025, 6, 10)))
    assert result.verdict is Verdict.PROHIBITED
    assert result.findings[0].path == (
        {
            "verdict": "confirmed",
            "author": "窗口甲",
            "reason": "法院复函",
            "decided_on": "2024-06-10",
            "expires_on": "2025-06-10",
        },
    )
    ResultDocument.model_validate(result.model_dump())


@pytest.mark.parametrize(("days", "said"), [(0, Verdict.CLEAR), (-1, Verdict.INDETERMINATE)])
def test_a_verdict_holds_until_its_last_day(days: int, said: Verdict) -> None:
    """On the last day it may be relied on, on the next the doubt is back and says so."""
    last = w.TODAY + timedelta(days=days)
    result = ask(verdict(decided_on=date(2024, 1, 1), expires_on=last))
    assert result.verdict is said
    expired = [notice for notice in result.identity.warnings if notice.code == "identity.verdict-expired"]
    assert bool(expired) is (days < 0)


def test_the_last_day_is_that_of_china() -> None:
    """At two in the morning of the next day in Shanghai it is over, though a clock in UTC is a day behind."""
    over = verdict(decided_on=date(2024, 1, 1), expires_on=w.TODAY)
    registry = MemoryRegistry([NAMESAKE], w.whole(CATALOG), verdicts=[over])
    late = datetime(2024, 6, 10, 18, tzinfo=UTC)
    engine = w.Engine(CATALOG, registry, clock=lambda: late)
    assert engine.check_subject(SUBJECT, "M.X", as_of=w.TODAY).verdict is Verdict.INDETERMINATE


def test_an_exact_hit_beside_a_decided_candidate_stays_what_it_is() -> None:
    """Only what a name or a masked number found is anybody's to decide."""
    own = w.listing("BL.A", instrument_no="另案", batch="b1", row=2)
    registry = MemoryRegistry([NAMESAKE, own], w.whole(CATALOG), verdicts=[verdict()])
    result = w.Engine(CATALOG, registry, clock=lambda: w.NOW).check_subject(SUBJECT, "M.X", as_of=w.TODAY)
    assert (result.verdict, result.identity.candidates) == (Verdict.PROHIBITED, ())


def codes(result: CheckResult) -> list[str]:
    """Return the notices on identity verdicts."""
    return [each.code for each in result.identity.warnings if each.code.startswith(("identity.c", "identity.v"))]


def test_of_two_verdicts_of_one_author_the_later_holds() -> None:
    """Whoever looked again knows better; what he said before is told all the same."""
    result = ask(verdict("confirmed", reason="名称相同"), verdict("cleared"))
    assert (result.verdict, codes(result)) == (Verdict.CLEAR, ["identity.cleared", "identity.verdict-replaced"])
    assert "经核实为同一主体（窗口甲，2024-06-10：名称相同）" in result.identity.warnings[-1].message
    assert codes(ask(verdict("confirmed"), verdict("confirmed", reason="复核"))) == []


@pytest.mark.parametrize("outcomes", [("confirmed", "cleared"), ("cleared", "confirmed")])
def test_contrary_verdicts_of_two_authors_are_a_doubt(outcomes: tuple[str, str]) -> None:
    """Neither outweighs the other: never restricted and never clear by it, and both are named."""
    first, second = verdict(outcomes[0]), verdict(outcomes[1], author="窗口乙", reason="电话核实")
    result = ask(first, second)
    assert (result.verdict, result.findings[0].reason) == (Verdict.INDETERMINATE, Reason.NAME_ONLY)
    assert codes(result) == ["identity.verdict-contrary"]
    message = next(each.message for each in result.identity.warnings if each.code == "identity.verdict-contrary")
    assert "窗口甲，2024-06-10：营业执照不同" in message
    assert "窗口乙，2024-06-10：电话核实" in message
    # One of them gives way: they agree, and the doubt is over.
    agreed = ask(first, second, verdict(outcomes[1]))
    assert agreed.verdict is (Verdict.CLEAR if outcomes[1] == "cleared" else Verdict.PROHIBITED)
    assert "identity.verdict-replaced" in codes(agreed)


def test_an_expired_verdict_contradicts_nobody() -> None:
    """The word of the one who still stands by it holds; his own later word, expired, takes his earlier one away."""
    over: dict[str, Any] = {"decided_on": date(2024, 1, 1), "expires_on": w.TODAY - timedelta(days=1)}
    other = verdict("confirmed", author="窗口乙", **over)
    assert ask(verdict(), other).verdict is Verdict.CLEAR
    own = ask(verdict(), verdict("confirmed", **over))
    assert own.verdict is Verdict.INDETERMINATE
    assert codes(own) == ["identity.verdict-expired", "identity.verdict-replaced"]


def test_verdicts_under_two_numbers_of_one_subject_are_told_together() -> None:
    """Whoever decided by the organisation code decided about the same firm."""
    by_code = replace(verdict("confirmed", author="窗口乙"), subject=f"o:{w.FIRM[8:17]}")
    assert codes(ask(by_code, verdict())) == ["identity.verdict-contrary"]


def test_a_verdict_is_of_one_record_and_one_subject() -> None:
    """Another listing of the same name, and another subject, are not decided with it."""
    other = w.listing(uscc=None, name=NAME, instrument_no="另案", batch="b1", row=2)
    registry = MemoryRegistry([NAMESAKE, other], w.whole(CATALOG), verdicts=[verdict()])
    engine = w.Engine(CATALOG, registry, clock=lambda: w.NOW)
    assert engine.check_subject(SUBJECT, "M.X", as_of=w.TODAY).verdict is Verdict.INDETERMINATE
    assert ask(verdict(), subject=Subject(uscc=w.PARTNER, name=NAME)).verdict is Verdict.INDETERMINATE


def test_a_related_person_is_decided_about_too() -> None:
    """The candidate found for the legal representative is his, by his number."""
    person = w.listing(uscc=None, name="张甲", batch="b1", row=1)
    decided = make_verdict(
        Subject(resident_id=w.PERSON), person, "cleared", author="甲", reason="已核", decided_on=w.TODAY
    )
    related = Related(relation="legal-representative", id=w.PERSON, name="张甲")
    for verdicts, candidates in (((), 1), ((decided,), 0)):
        registry = MemoryRegistry([person], w.whole(CATALOG), verdicts=verdicts)
        engine = w.Engine(CATALOG, registry, clock=lambda: w.NOW)
        result = engine.check_subject(w.FIRM, "M.X", as_of=w.TODAY, related=[related])
        assert len(result.identity.candidates) == candidates


def test_a_verdict_is_part_of_the_version_of_the_lists() -> None:
    """Two answers of one version are equal, so what changes answers changes the version."""
    with_, without = (MemoryRegistry([NAMESAKE], (), verdicts=given) for given in ([verdict()], []))
    assert with_.version != without.version


@pytest.mark.parametrize(
    ("subject", "listing", "more", "code"),
    [
        (Subject(name=NAME), NAMESAKE, {}, "verdict.no_number"),
        (SUBJECT, w.listing(), {}, "verdict.exact"),
        (SUBJECT, w.listing(uscc=w.PARTNER), {}, "verdict.contradicts"),
        (SUBJECT, NAMESAKE, {"author": " "}, "verdict.incomplete"),
        (SUBJECT, NAMESAKE, {"author": "\u200b"}, "verdict.incomplete"),
        (SUBJECT, NAMESAKE, {"reason": ""}, "verdict.incomplete"),
        (SUBJECT, NAMESAKE, {"expires_on": date(2024, 6, 9)}, "verdict.expired"),
    ],
)
def test_what_is_no_verdict_is_refused(subject: Subject, listing: w.Listing, more: dict[str, Any], code: str) -> None:
    """A verdict needs a candidate, a number, somebody and a reason."""
    said = {"author": "窗口甲", "reason": "已核", "decided_on": w.TODAY, **more}
    with pytest.raises(SubjectError) as refused:
        make_verdict(subject, listing, "cleared", **said)
    assert refused.value.code == code


def test_an_outcome_nobody_knows_is_refused() -> None:
    """The outcome is one of two words."""
    with pytest.raises(QuestionError):
        IdentityVerdict(
            subject="u:1", record="r", list="BL.A", outcome="maybe", author="甲", reason="乙", decided_on=w.TODAY
        )
    assert repr(verdict()) == "IdentityVerdict(cleared, BL.A)"


def test_the_store_keeps_verdicts_with_the_instant_they_were_given(tmp_path: Path) -> None:
    """Before it was given nobody knew; afterwards every registry of the store does."""
    store = Store.open(f"sqlite:///{tmp_path / 'lists.db'}")
    store.commit(Delivery(sha256="1", file_name="a.csv"), [NAMESAKE], recorded_at=w.NOW)
    before = store.registry()
    kept = verdict("confirmed", expires_on=date(2025, 1, 1))
    store.decide(kept, recorded_at=w.NOW + timedelta(hours=1))
    after, then = store.registry(), store.registry_at(w.NOW + timedelta(minutes=1))
    assert (before.verdicts, then.verdicts) == ({}, {})
    (said,) = after.verdicts.values()
    assert [(each.outcome, each.author, each.expires_on) for each in said] == [
        ("confirmed", "窗口甲", date(2025, 1, 1))
    ]
    assert (before.version == then.version, before.version == after.version) == (True, False)
    assert after.known_at == w.NOW + timedelta(hours=1)
    late = store.registry_at(w.NOW + timedelta(hours=2))
    assert (late.version, late.known_at, late.verdicts) == (after.version, after.known_at, after.verdicts)
    assert len(store.verdicts()) == 1


def test_a_verdict_in_a_store_without_lists(tmp_path: Path) -> None:
    """It may be given before the list is loaded again."""
    store = Store.open(f"sqlite:///{tmp_path / 'lists.db'}")
    assert store.row("b1", 1) is None
    store.decide(verdict(), recorded_at=w.NOW)
    assert store.registry_at(w.NOW).version == store.registry().version
    assert store.registry_at(w.NOW - timedelta(days=1)).known_at is None
