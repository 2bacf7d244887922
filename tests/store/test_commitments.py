"""The ledger of commitments and talks: added to only, known as of any instant, part of the store's version."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from jointsanction.commitment.making import make_commitment, make_talk
from jointsanction.errors import RegistryError, SubjectError
from jointsanction.model.commitment import NO_COMMITMENTS, Commitment, CommitmentEvent, Commitments
from jointsanction.model.subject import Subject
from jointsanction.terms import CommitmentState
from store_side import DAY, FIRM, PARTNER, day, listing, opened, take, uncounted

if TYPE_CHECKING:
    from pathlib import Path

    from jointsanction.model.commitment import Talk

KEYS = (f"u:{FIRM}",)


def promise(uscc: str = FIRM, content: str = "按期补齐", **more: Any) -> Commitment:
    """Make a commitment of the first day."""
    return make_commitment(Subject(uscc=uscc), "容缺受理型", content=content, made_on=DAY, **more)


def breach(**more: Any) -> CommitmentEvent:
    """Make a breach of the second day."""
    plain: dict[str, Any] = {
        "state": CommitmentState.BREACHED,
        "actor": "某局",
        "happened_on": DAY + timedelta(days=1),
        "reason": "逾期",
        "evidence": "虚核〔2024〕1号",
    }
    return CommitmentEvent(**{**plain, **more})


def a_talk(commitment: str | None = None) -> Talk:
    """Make a talk of the first day."""
    return make_talk(
        Subject(uscc=FIRM),
        "reminder",
        held_on=DAY,
        authority="某局",
        reason="逾期",
        result="agreed",
        commitment=commitment,
    )


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    """Every word of a commitment, its events and a talk are there again, and found under every key of the subject."""
    store = opened(tmp_path)
    words = {"matter": "LIC.TOL", "due": date(2024, 6, 20), "public": True, "authority": "某窗口", "source": "承诺书"}
    made = store.commitments.make(promise(**words, measure="defer"), recorded_at=day(0))
    after = store.commitments.add(made.id, breach(), recorded_at=day(2))
    held = store.commitments.talk(a_talk(made.id), recorded_at=day(3))
    assert store.commitments.everything() == Commitments((after,), (held,))
    assert after.events[0].recorded_at == day(2)
    store.commitments.make(promise(PARTNER), recorded_at=day(3))
    for key in (KEYS, ("o:" + FIRM[8:17],), made.keys):
        assert store.commitments.of(key) == store.registry().commitments(key) == Commitments((after,), (held,))
    assert store.commitments.of(("u:91990000MA0000003H",)) is NO_COMMITMENTS
    assert store.registry().commitments(("u:91990000MA0000003H",)) is NO_COMMITMENTS


def test_a_talk_alone_is_found(tmp_path: Path) -> None:
    """Whom nobody promised anything may have been talked with."""
    store = opened(tmp_path)
    held = store.commitments.talk(a_talk(), recorded_at=day(0))
    assert store.registry().commitments(KEYS) == Commitments((), (held,))
    assert store.registry().known_at == day(0)


def test_what_was_known_at_an_instant(tmp_path: Path) -> None:
    """known_at: an event that nobody had recorded then was not known, whenever it happened."""
    store = opened(tmp_path)
    take(store, [listing()])
    made = store.commitments.make(promise(), recorded_at=day(1))
    store.commitments.add(made.id, breach(), recorded_at=day(2))
    assert store.registry_at(day(0)).commitments(KEYS) is NO_COMMITMENTS
    assert store.registry_at(day(1)).commitments(KEYS) == Commitments((made,))
    then, now = store.registry_at(day(2)), store.registry()
    assert (then.commitments(KEYS), then.version, then.known_at) == (now.commitments(KEYS), now.version, day(2))
    assert len({store.registry_at(day(number)).version for number in range(3)}) == 3
    assert opened(tmp_path / "other").registry_at(day(0)).commitments(KEYS) is NO_COMMITMENTS


def test_entries_are_later_than_those_before(tmp_path: Path) -> None:
    """Of two entries at one instant the second is a microsecond later: the state of any instant is one."""
    store = opened(tmp_path)
    one, two = (store.commitments.make(promise(content=text), recorded_at=day(0)) for text in ("甲", "乙"))
    assert two.recorded_at == day(0) + timedelta(microseconds=1)
    assert [each.id for each in store.commitments.everything().made] == [one.id, two.id]
    assert [each.id for each in store.registry_at(day(0)).commitments(KEYS).made] == [one.id]


def test_the_same_is_not_kept_twice(tmp_path: Path) -> None:
    """A promise or a talk recorded already is told, and so is one that isn't there."""
    store = opened(tmp_path)
    made = store.commitments.make(promise(), recorded_at=day(0))
    store.commitments.talk(a_talk(), recorded_at=day(0))
    for attempt, code in (
        (lambda: store.commitments.make(promise(), recorded_at=day(1)), "registry.commitment_exists"),
        (lambda: store.commitments.talk(a_talk(), recorded_at=day(1)), "registry.commitment_exists"),
        (lambda: store.commitments.talk(a_talk("none"), recorded_at=day(1)), "registry.no_commitment"),
        (lambda: store.commitments.add("none", breach(), recorded_at=day(1)), "registry.no_commitment"),
    ):
        with pytest.raises(RegistryError) as raised:
            attempt()
        assert raised.value.code == code
    with pytest.raises(SubjectError):
        store.commitments.add(made.id, breach(happened_on=DAY + timedelta(days=9)), recorded_at=day(2))
    assert store.commitments.everything().made == (made,)


@pytest.mark.sqlite
def test_a_store_made_before_gets_the_tables(tmp_path: Path) -> None:
    """A store of an earlier program opens, and what stood in it is unchanged."""
    take(opened(tmp_path), [listing()])
    version = opened(tmp_path).registry().version
    tables = ("commitment_event", "talk", "commitment_key", "commitment")
    uncounted(tmp_path, *(f"DROP TABLE {table}" for table in tables))
    store = opened(tmp_path, create=False)
    assert store.registry().version == version
    store.commitments.make(promise(), recorded_at=day(1))
    assert store.registry().version != version


def test_nothing_is_made_or_held_after_it_was_recorded(tmp_path: Path) -> None:
    """Who writes down next year's date has slipped: it would count from next year on, and can't be changed."""
    store = opened(tmp_path)
    early = day(0) - timedelta(days=2)
    for keep in (
        lambda: store.commitments.make(promise(), recorded_at=early),
        lambda: store.commitments.talk(a_talk(), recorded_at=early),
    ):
        with pytest.raises(SubjectError) as raised:
            keep()
        assert raised.value.code == "commitment.date"
    assert store.commitments.everything() == NO_COMMITMENTS
