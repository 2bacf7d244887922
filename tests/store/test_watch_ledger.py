"""Watches and their events in the store: appended, ended, told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from jointsanction.commitment.making import make_commitment, make_talk
from jointsanction.errors import RegistryError
from jointsanction.identity.names import name_key
from jointsanction.identity.verdicts import make_verdict
from jointsanction.model.commitment import CommitmentEvent
from jointsanction.model.subject import Related, Subject
from jointsanction.model.touched import Cause
from jointsanction.model.watch import Look, Watch, WatchEvent
from jointsanction.repair.making import Step, make_event
from jointsanction.terms import CommitmentState, RepairState, RepairTrack, Turn, Verdict
from store_side import DAY, FIRM, PARTNER, PERSON, day, listing, numbered, opened, take, told

if TYPE_CHECKING:
    from pathlib import Path

DECIDED = {"author": "窗口甲", "reason": "执照相同", "decided_on": DAY}
TALKED = {"held_on": DAY, "authority": "某局", "reason": "逾期", "result": "agreed"}
KEPT = CommitmentEvent(state=CommitmentState.BREACHED, actor="某局", happened_on=DAY, reason="逾期", evidence="核1号")
WATCH = Watch(number=FIRM, matter="GPC", author="测试采购中心", reason="在建项目")


def event(watch: int, version: str = "v1") -> WatchEvent:
    """Make an event of a watch."""
    return WatchEvent(
        watch=watch,
        version=version,
        turn=Turn.RESTRICTED,
        since=DAY,
        before=Verdict.CLEAR,
        after=Verdict.PROHIBITED,
        causes=(Cause("BL.TAX", "b", 3), Cause(entry="信用承诺")),
    )


def test_a_watch_is_kept_once_until_it_is_ended(tmp_path: Path) -> None:
    """The same watch twice is one; ended, it is no longer open, and ending it again is an error."""
    watches = opened(tmp_path).watches
    kept = watches.add(WATCH, recorded_at=day(0))
    assert watches.add(WATCH, recorded_at=day(1)) == kept
    assert watches.watches() == (kept,)
    assert (kept.id, kept.reason, kept.recorded_at, kept.ended_at) == (1, "在建项目", day(0), None)
    assert (kept.looked_at, kept.looked_on) == (day(0), day(0).date())
    assert FIRM not in repr(kept)
    assert watches.end(1, recorded_at=day(2)).ended_at == day(2)
    assert watches.watches() == ()
    with pytest.raises(RegistryError) as refusal:
        watches.end(1, recorded_at=day(3))
    assert refusal.value.code == "registry.no_such_watch"


def seen(watch: Watch, *changes: WatchEvent, dated: tuple[WatchEvent, ...] = (), number: int = 1) -> Look:
    """Make a look at a watch on the n-th day."""
    return Look(watch, day(number), day(number).date(), dated, changes)


def test_an_event_is_told_once_and_stays(tmp_path: Path) -> None:
    """Asked again about the same state nobody hears twice; a watch that ended keeps what it told."""
    watches = opened(tmp_path).watches
    kept = watches.add(WATCH, recorded_at=day(0))
    assert len(watches.tell([seen(kept, event(1))], recorded_at=day(1))) == 1
    assert watches.tell([seen(kept, event(1, "v2"))], recorded_at=day(2)) == watches.tell([], recorded_at=day(2)) == ()
    (now,) = watches.watches()
    assert (now.looked_at, now.looked_on) == (day(1), day(1).date())
    assert len(watches.tell([seen(now, event(1), event(1, "v2"), number=2)], recorded_at=day(3))) == 1
    watches.end(1, recorded_at=day(4))
    assert watches.tell([seen(now, event(1, "v3"))], recorded_at=day(5)) == ()
    all_told = watches.events()
    assert [each.recorded_at for _, each in all_told] == [day(1), day(3)]
    assert (all_told[0][0].number, all_told[0][1].causes) == (
        kept.number,
        (Cause("BL.TAX", "b", 3), Cause(entry="信用承诺")),
    )


def test_what_was_announced_before_its_day_is_not_told_again_on_it(tmp_path: Path) -> None:
    """A removal from a day to come is told when it is imported; one that comes by itself, on its day."""
    watches = opened(tmp_path).watches
    kept = watches.add(WATCH, recorded_at=day(0))
    coming = replace(event(1), since=day(5).date())
    assert len(watches.tell([seen(kept, coming)], recorded_at=day(1))) == 1
    (now,) = watches.watches()
    on_its_day = replace(coming, version="v9")
    later = replace(on_its_day, since=day(7).date())
    fresh = watches.tell([seen(now, dated=(on_its_day, later), number=8)], recorded_at=day(8))
    assert [each.since for each in fresh] == [day(7).date()]


def test_a_watch_of_before_looks_were_kept_begins_where_it_was_made(tmp_path: Path) -> None:
    """Nothing that came meanwhile is lost to whoever watched already."""
    store = opened(tmp_path)
    store.watches.add(WATCH, recorded_at=day(0))
    told(tmp_path, "UPDATE watch SET looked_at = NULL, looked_on = NULL")
    (kept,) = store.watches.watches()
    assert (kept.looked_at, kept.looked_on) == (day(0), day(0).date())


def test_what_a_batch_touched_is_on_either_side_of_it(tmp_path: Path) -> None:
    """The rows it ended, and those it brought that still hold; those it left alone are not among them."""
    store = opened(tmp_path)
    take(store, numbered(3), 0)
    second = take(store, [listing(instrument_no="测税〔2024〕1号", row=1, grade="D")], 1)
    touched = store.touched(second.batch)
    assert [row.grade for row in touched.listings] == [None, "D"]
    assert store.touched() == touched
    assert touched.known_at == day(1) - timedelta(microseconds=1)
    with pytest.raises(RegistryError) as refusal:
        store.touched("no such")
    assert refusal.value.code == "registry.no_such_batch"


def test_what_ledgers_hold_is_touched_by_its_entry(tmp_path: Path) -> None:
    """A repair names whoever stands in the record, a verdict and a promise the subject they are about."""
    store = opened(tmp_path)
    take(store, [listing(row=1), listing(None, name="虚构甲公司", row=2)], 0)
    row = store.row(store.batches()[0].id, 1)
    assert row is not None
    step = make_event(row, Step(RepairTrack.EXIT, RepairState.REMOVED, "甲", "期满", DAY, document="移〔2024〕1号"))
    store.repairs.append([step], recorded_at=day(1))
    namesake = next(each for each in store.listings(["BL.TAX"]) if each.name is not None)
    decided = make_verdict(Subject(uscc=PARTNER, name="虚构甲公司"), namesake, "confirmed", **DECIDED)
    store.decide(decided, recorded_at=day(2))
    made = make_commitment(Subject(uscc=FIRM), "容缺受理型", content="补齐", made_on=DAY)
    store.commitments.make(made, recorded_at=day(3))
    store.commitments.add(made.id, KEPT, recorded_at=day(4))
    store.commitments.talk(make_talk(Subject(uscc=FIRM), "reminder", **TALKED), recorded_at=day(5))
    entries = store.touched().entries
    assert [each.cause.list for each in entries] == ["BL.TAX", "BL.TAX", None, None, None]
    assert [each.keys[:1] for each in entries] == [(), (f"u:{PARTNER}",), *[(f"u:{FIRM}",)] * 3]
    assert [each.listings for each in entries] == [(row,), (namesake,), (), (), ()]
    assert str(entries[0].cause) == f"BL.TAX 移出：已移出（{DAY}，移〔2024〕1号）"
    assert store.touched(day(2)).entries == store.entered(day(1)).entries == entries[1:]
    assert store.touched(day(2)).since == day(2).date().isoformat()
    assert store.entered(day(5)).entries == ()


@pytest.mark.parametrize("empty", [True, False])
def test_rows_at_hand_answer_as_those_that_are_fetched(tmp_path: Path, *, empty: bool) -> None:
    """By number, by name, by both, of somebody else, and what was promised: just what the past registry says."""
    store = opened(tmp_path)
    if not empty:
        tie = Related(relation="legal-representative", kind="person", id=PERSON)
        rows = [listing(row=1, name="虚构甲公司", related=(tie,)), listing(None, name="虚构甲公司", row=2)]
        take(store, [*rows, listing(PARTNER, name="虚构乙公司", row=3)], 0)
        take(store, [listing(row=1, grade="D")], 1)
        made = make_commitment(Subject(uscc=FIRM), "容缺受理型", content="补齐", made_on=DAY)
        store.commitments.make(made, recorded_at=day(2))
    name = name_key("虚构甲公司")
    assert name is not None
    for at in (day(0), day(3)):
        past, near = store.registry_at(at), store.registry_at(at, asked={f"u:{FIRM}", f"p:{PERSON}", name})
        assert (near.version, near.known_at, near.editions) == (past.version, past.known_at, past.editions)
        assert (near.verdicts, near.repairs) == (past.verdicts, past.repairs)
        for keys in ((), (f"u:{FIRM}",), (f"p:{PERSON}",), (f"u:{PARTNER}",), (f"u:{FIRM}", f"u:{PARTNER}")):
            assert near.commitments(keys) == past.commitments(keys)
            for asked in (None, name, name_key("虚构乙公司")):
                assert near.lookup(keys, asked) == near.lookup(keys, asked) == past.lookup(keys, asked)
