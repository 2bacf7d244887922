"""Sessions of the console are kept at the server, and failures to sign in are counted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from console_side import NOW, World
from jointsanction.store.docket.checks import doubtful_checks
from jointsanction.store.docket.sessions import (
    Session,
    Trials,
    begin_session,
    end_session,
    keep_trials,
    see_session,
    session_of,
    trials_of,
)

if TYPE_CHECKING:
    from pathlib import Path

HERE = Session("d1", "window", "王经办", "c1", NOW, NOW)


def test_a_session_begins_is_seen_and_ends(tmp_path: Path) -> None:
    """A session is known by the digest of its token, until it ends."""
    docket = World(tmp_path).docket
    with docket.writing() as connection:
        begin_session(connection, HERE, idle_before=NOW)
        assert session_of(connection, "d1") == HERE
        assert session_of(connection, "d2") is None
        see_session(connection, "d1", NOW + timedelta(minutes=1))
        found = session_of(connection, "d1")
        assert found is not None
        assert found.seen_at == NOW + timedelta(minutes=1)
        end_session(connection, "d1")
        assert session_of(connection, "d1") is None


def test_whoever_signs_in_clears_away_what_is_over(tmp_path: Path) -> None:
    """A session that nobody was seen in for too long is gone when the next begins."""
    docket = World(tmp_path).docket
    with docket.writing() as connection:
        begin_session(connection, HERE, idle_before=NOW)
        begin_session(connection, HERE._replace(digest="d2"), idle_before=NOW + timedelta(seconds=1))
        assert session_of(connection, "d1") is None
        assert session_of(connection, "d2") is not None


def test_failures_are_counted_and_forgotten(tmp_path: Path) -> None:
    """What failed under a name is kept until somebody signs in under it."""
    docket = World(tmp_path).docket
    with docket.writing() as connection:
        assert trials_of(connection, "n") == Trials(0, None)
        keep_trials(connection, "n", Trials(2, NOW))
        assert trials_of(connection, "n") == Trials(2, NOW)
        keep_trials(connection, "n", Trials())
        assert trials_of(connection, "n") == Trials(0, None)


def test_doubtful_checks_are_those_of_a_unit(tmp_path: Path) -> None:
    """The newest checks that could not know everything come first, and nobody sees those of another unit."""
    world = World(tmp_path)
    asked = {"subject": "91990000MA0DEM03XT", "matter": "GPC.SUPPLIER", "as_of": "2026-06-10"}
    first = world.desk.check(asked, world.caller(), purpose="审查")
    world.clock.later(minutes=1)
    second = world.desk.check(asked, world.caller(), purpose="审查")
    with world.docket.reading() as connection:
        found = doubtful_checks(connection, first.unit, limit=5)
        assert [each.number for each in found] == [second.number, first.number]
        assert [each.number for each in doubtful_checks(connection, first.unit, limit=1)] == [second.number]
        assert doubtful_checks(connection, "别的单位", limit=5) == ()
