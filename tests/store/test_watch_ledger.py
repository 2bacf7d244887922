"""Watches and their events in the store: appended, ended, told once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from jointsanction.errors import RegistryError
from jointsanction.model.watch import Watch, WatchEvent
from jointsanction.terms import Turn, Verdict
from store_side import DAY, FIRM, day, listing, numbered, opened, take

if TYPE_CHECKING:
    from pathlib import Path

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
        causes=(("BL.TAX", "b", 3),),
    )


def test_a_watch_is_kept_once_until_it_is_ended(tmp_path: Path) -> None:
    """The same watch twice is one; ended, it is no longer open, and ending it again is an error."""
    watches = opened(tmp_path).watches
    kept = watches.add(WATCH, recorded_at=day(0))
    assert watches.add(WATCH, recorded_at=day(1)) == kept
    assert watches.watches() == (kept,)
    assert (kept.id, kept.reason, kept.recorded_at, kept.ended_at) == (1, "在建项目", day(0), None)
    assert FIRM not in repr(kept)
    assert watches.end(1, recorded_at=day(2)).ended_at == day(2)
    assert watches.watches() == ()
    with pytest.raises(RegistryError) as refusal:
        watches.end(1, recorded_at=day(3))
    assert refusal.value.code == "registry.no_such_watch"


def test_an_event_is_told_once_and_stays(tmp_path: Path) -> None:
    """Asked again about the same state nobody hears twice; a watch that ended keeps what it told."""
    watches = opened(tmp_path).watches
    kept = watches.add(WATCH, recorded_at=day(0))
    assert len(watches.tell([event(1)], recorded_at=day(1))) == 1
    assert watches.tell([event(1)], recorded_at=day(2)) == watches.tell([], recorded_at=day(2)) == ()
    assert len(watches.tell([event(1), event(1, "v2")], recorded_at=day(3))) == 1
    watches.end(1, recorded_at=day(4))
    told = watches.events()
    assert [each.recorded_at for _, each in told] == [day(1), day(3)]
    assert (told[0][0].number, told[0][1].causes) == (kept.number, (("BL.TAX", "b", 3),))


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
