"""Messages: written with what they tell of, told once a key, and without a word about persons."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import desk_side as d
import joint_side as j
from jointsanction import JointSanctionError, Subject
from jointsanction.impact import Said, Shift
from jointsanction.loop.arriving.reassess import Reassessed
from jointsanction.loop.pushing.announcing import announce_reassessed, announce_watched
from jointsanction.loop.pushing.messages import Occasion, envelope_of, make_message
from jointsanction.loop.pushing.reminders import Rhythm, how_often, remind
from jointsanction.model.notice import Notice
from jointsanction.model.touched import Cause
from jointsanction.model.watch import Look, Watch, WatchEvent
from jointsanction.store.docket.messages import counts, known, write
from jointsanction.terms import MessageKind, MessageState, Turn, Verdict

if TYPE_CHECKING:
    from pathlib import Path

OCCASION = Occasion(MessageKind.CHECK_HIT, "HC1", d.NOW)


def test_a_message_is_written_once_a_key(tmp_path: Path) -> None:
    """The same again is left; other words under a key are a bug, and nothing of that act is kept."""
    docket = j.City(tmp_path).docket
    message = make_message(OCCASION, "somebody", {"check": "HC1", "list": None})
    assert message.body == {"check": "HC1"}
    for new in (1, 0):
        with docket.writing() as connection:
            assert write(connection, [replace(message, recorded_at=d.NOW + timedelta(days=1 - new))]) == new
    with pytest.raises(JointSanctionError) as refusal, docket.writing() as connection:
        write(connection, [make_message(OCCASION, "other", {}), replace(message, body={"check": "HC2"})])
    assert refusal.value.code == "loop.message_differs"
    with docket.reading() as connection:
        assert known(connection, key=message.key) == known(connection) == (replace(message, next_at=d.NOW),)
        assert known(connection, MessageState.DEAD) == ()
        assert counts(connection) == {("somebody", MessageState.PENDING): 1}


def test_many_messages_are_written_at_once(tmp_path: Path) -> None:
    """More keys than one query may ask for."""
    docket = j.City(tmp_path).docket
    many = [make_message(OCCASION._replace(turn=str(turn)), "somebody", {}) for turn in range(1203)]
    with docket.writing() as connection:
        assert write(connection, many) == 1203
        assert write(connection, many) == 0


def test_the_envelope_is_of_eight_attributes() -> None:
    """CloudEvents 1.0, structured: what is required, who it is about by number, when, and the data."""
    message = make_message(OCCASION, "somebody", {"check": "HC1"})
    assert json.loads(envelope_of(message, "https://credit.example.gov.cn/")) == {
        "specversion": "1.0",
        "id": message.key,
        "source": "https://credit.example.gov.cn/",
        "type": "jointsanction.check.hit",
        "subject": "HC1",
        "time": "2024-06-10T09:00:00+08:00",
        "datacontenttype": "application/json",
        "data": {"check": "HC1", "link": "https://credit.example.gov.cn/v1/checks/HC1"},
    }
    assert json.loads(envelope_of(message, "urn:test"))["data"] == {"check": "HC1"}


PERSONS = st.builds(
    lambda day, serial: f"990000{day:%Y%m%d}{serial:03d}",
    st.dates(date(1950, 1, 1), date(2005, 12, 31)),
    st.integers(0, 999),
)
NAMES = st.text("甲乙丙丁戊己庚辛壬癸", min_size=2, max_size=4)


def checked(number: str) -> str:
    """Put the right check character behind seventeen digits."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return number + "10X98765432"[sum(int(sign) * weight for sign, weight in zip(number, weights, strict=True)) % 11]


@pytest.mark.sqlite  # what is said does not depend on where it is kept
def test_no_message_says_who(tmp_path: Path) -> None:
    """Numbers, codes and days leave, and nobody's number, name, or what was written about him."""
    city = j.City(tmp_path)

    @settings(max_examples=20, deadline=None, database=None)
    @given(PERSONS.map(checked), NAMES, NAMES)
    def told_of(number: str, name: str, event: str) -> None:
        before = {each.key for each in city.messages()}
        subject = Subject(resident_id=number, name=name)
        made = city.initiate(subject=subject, fact=event, title=f"对{name}的{event}")
        city.step(made, "returned", j.BUYER, reason=f"{name}{number}不属本机关")
        said = {"title": name, "subject": subject, "event": f"{name}{event}", "happened_on": d.NOW.date()}
        city.notices.issue(Notice(**said, departments=(j.BUYER,)), j.caller(j.COURT))
        watched(city, number, "city-court")
        announce_watched(city.desk.lists, city.docket)
        for message in city.messages():
            text = envelope_of(message, "urn:test").decode()
            assert message.key in before or not any(word in text for word in (number, number[6:14], name, event))

    told_of()
    assert {each.event for each in city.messages()} >= {MessageKind.NOTICE, MessageKind.SUBJECT_RESTRICTED}


def watched(city: j.City, number: str, author: str) -> Watch:
    """Watch a subject and let it come to be restricted, then released."""
    watches = city.desk.lists.watches
    watch = watches.add(Watch(number=number, matter="GPC.SUPPLIER", author=author), recorded_at=d.NOW)
    assert watch.id is not None
    turned = [(Turn.RESTRICTED, Verdict.CLEAR, Verdict.PROHIBITED), (Turn.RELEASED, Verdict.PROHIBITED, Verdict.CLEAR)]
    events = [
        WatchEvent(watch=watch.id, version=f"v{at}", turn=turn, since=d.NOW.date(), before=before, after=after,
                   causes=(Cause("BL.SXBZXR", "b1", 1), Cause("BL.SXBZXR", "b1", 1), Cause(entry="虚构甲申请")))
        for at, (turn, before, after) in enumerate(turned)
    ]  # fmt: skip
    at = watch.looked_at or d.NOW
    watches.tell([Look(watch, at, d.NOW.date(), (), tuple(events))], recorded_at=d.NOW)
    return watch


def test_watch_events_are_announced_once(tmp_path: Path) -> None:
    """Whoever watches under an identifier is told of both turns, once; a person by name is no receiver."""
    city = j.City(tmp_path)
    assert announce_watched(city.desk.lists, city.docket) == 0
    watch = watched(city, d.DEFAULTER, "city-court")
    watched(city, d.OTHER, "李某")
    assert [announce_watched(city.desk.lists, city.docket) for _ in range(2)] == [2, 0]
    first = next(each for each in city.messages() if each.event is MessageKind.SUBJECT_RESTRICTED)
    assert (first.receiver, first.about) == ("city-court", f"watch-{watch.id}")
    assert first.body == {
        "watch": watch.id,
        "matter": "GPC.SUPPLIER",
        "since": "2024-06-10",
        "before": "clear",
        "after": "prohibited",
        "causes": [{"list": "BL.SXBZXR", "batch": "b1", "row": 1}],
    }


def test_what_a_reassessment_found_is_announced(tmp_path: Path) -> None:
    """Subjects newly restricted or released go to each receiver once, named by rows; other changes do not."""
    city = j.City(tmp_path)
    words = {"matter": "GPC.SUPPLIER", "role": None, "phase": None, "region": None}
    said = [Said(str(Verdict.CLEAR.value), (), ()), Said(str(Verdict.PROHIBITED.value), (), ())]
    shift = Shift(Subject(uscc=d.DEFAULTER), None, (), words, d.NOW.date(), *said)
    found = [Reassessed(turn, shift, (Cause("BL.SXBZXR", "b1", 1),)) for turn in (Turn.RESTRICTED, Turn.CHANGED)]
    assert [announce_reassessed(found, ("a", "b"), city.desk, since="b1") for _ in range(2)] == [2, 0]
    assert all(d.DEFAULTER not in str(each) for each in city.messages())


def test_feedback_is_asked_for_once_a_day_and_count(tmp_path: Path) -> None:
    """Three days before it is due, once it is late, and weekly from then on; fed back, nobody is reminded."""
    city = j.City(tmp_path)
    words = {"subject": d.DEFAULTER, "matter": "procurement", "coverage": "loaded"}
    check = city.desk.check(words, d.WINDOW, purpose=d.PURPOSE)
    sent = {}
    for day in range(24):
        now = d.NOW + timedelta(days=day)
        sent[day] = [remind(city.docket, now), remind(city.docket, now + timedelta(hours=1))]
    assert {day: new for day, new in sent.items() if any(new)} == {12: [1, 0], 16: [1, 0], 23: [1, 0]}
    first = city.messages()[0]
    assert (first.receiver, first.about) == (d.WINDOW.unit, check.number)
    assert first.body == {"check": check.number, "matter": "GPC.SUPPLIER", "due_on": "2024-06-25", "reminder": 1}
    city.clock.move(days=1)
    city.desk.feed_back(d.feedback_on(check, city.clock().date()), d.WINDOW)
    assert remind(city.docket, d.NOW + timedelta(days=60)) == 0
    assert how_often(d.NOW.date(), d.NOW.date(), Rhythm(before=0)) == 1


def test_a_message_cannot_outlive_its_cause(tmp_path: Path) -> None:
    """When the act it tells of fails, it is not written."""
    city = j.City(tmp_path)

    def fail() -> None:
        with city.docket.writing() as connection:
            write(connection, [make_message(OCCASION, "somebody", {})])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert city.messages() == ()
