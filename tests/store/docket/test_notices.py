"""Notices: told to departments or kept on record, restricting nothing, and saying no more than their list allows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import desk_side as d
import joint_side as j
from jointsanction import JointSanctionError, Subject
from jointsanction.cli.plain import plain_lines
from jointsanction.loop.pushing.messages import envelope_of
from jointsanction.model.caller import RequestKey
from jointsanction.model.notice import Notice
from jointsanction.telling.notice import notice_document, notice_parts
from jointsanction.terms import Audience, Disclosure, MessageKind

if TYPE_CHECKING:
    from pathlib import Path

WHO = j.caller(j.COURT)
PERSON = "990000199001010017"


def notice(**more: Any) -> Notice:
    """Make a notice."""
    plain: dict[str, Any] = {
        "title": "重大失信事件通报",
        "subject": Subject(uscc=d.DEFAULTER, name="虚构甲有限公司"),
        "event": "转移财产，拒不履行",
        "happened_on": d.NOW.date(),
        "list": "BL.SXBZXR",
        "listed_on": d.NOW.date(),
        "instrument_no": "（2024）虚01执1号",
        "measures": (j.PROCUREMENT,),
        "departments": (j.BUYER, "虚构某局", j.BUYER),
    }
    return Notice(**(plain | more))


def test_each_department_is_told_once(tmp_path: Path) -> None:
    """A notice is kept, told and audited together; found again by its number and by its subject."""
    city = j.City(tmp_path)
    made = city.notices.issue(notice(), WHO)
    assert made.number == "TZ20240610-000000000001"
    assert city.notices.notice(made.number) == made
    assert city.notices.notices() == city.notices.notices(Subject(uscc=d.DEFAULTER)) == (made,)
    assert city.notices.notices(Subject(uscc=d.OTHER)) == ()
    told = city.messages()
    assert [(each.event, each.about) for each in told] == [(MessageKind.NOTICE, made.number)] * 2
    assert {each.receiver for each in told} == {j.BUYER, "虚构某局"}
    assert d.tell(tmp_path, "SELECT action, about FROM docket_audit") == [("notice", made.number)]


def test_an_event_on_record_restricts_nothing(tmp_path: Path) -> None:
    """失信监测事件: linked to a subject, told to nobody; a check answers as before."""
    city = j.City(tmp_path)
    words = {"subject": d.NOBODY, "matter": "procurement", "coverage": "loaded"}
    before = city.desk.engine.ask(words).verdict
    made = city.notices.issue(
        notice(subject=Subject(uscc=d.NOBODY), list=None, instrument_no=None, departments=()),
        WHO,
        key=RequestKey("k", "s"),
    )
    assert city.notices.issue(notice(), WHO, key=RequestKey("k", "s")) == made
    assert city.messages() == ()
    assert city.desk.engine.ask(words).verdict is before
    assert city.notices.notices(Subject(uscc=d.NOBODY)) == (made,)


def test_a_notice_is_for_those_it_names(tmp_path: Path) -> None:
    """查阅范围: whoever issued it and whoever is told of it; to others there is none such, in the same words."""
    city = j.City(tmp_path)
    made = city.notices.issue(notice(departments=(j.BUYER,)), WHO)
    for unit in (j.COURT, j.BUYER, f"虚构{j.BUYER}"):
        assert city.notices.known_to(j.caller(unit), made.number) == made
        assert city.notices.of_unit(j.caller(unit)) == (made,)
    assert city.notices.reveal(made.number, j.caller(j.BUYER), "核对主体") == made
    assert d.tell(tmp_path, "SELECT unit FROM docket_audit WHERE action = 'reveal'") == [(j.BUYER,)]
    assert city.notices.of_unit(j.caller(j.TRADER)) == ()
    said = set()
    for number in (made.number, "TZ20240610-000000000000"):
        with pytest.raises(JointSanctionError) as refusal:
            city.notices.reveal(number, j.caller(j.TRADER), "好奇")
        said.add((refusal.value.code, refusal.value.message, refusal.value.hint))
    assert [code for code, _, _ in said] == ["loop.no_such_notice"]
    with pytest.raises(JointSanctionError) as refusal:
        city.notices.reveal(made.number, WHO, " ")
    assert refusal.value.code == "loop.no_reason"


def test_its_message_says_where_to_read_it(tmp_path: Path) -> None:
    """The link is that of the notice itself."""
    city = j.City(tmp_path)
    made = city.notices.issue(notice(departments=(f"虚构{j.BUYER}",)), WHO)  # by its title
    (message,) = city.messages()
    assert message.receiver == j.BUYER
    told = json.loads(envelope_of(message, "https://credit.example.gov.cn/"))["data"]
    assert told["link"] == f"https://credit.example.gov.cn/v1/notices/{made.number}"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"title": ""}, "loop.incomplete"),
        ({"departments": (j.BUYER, " ")}, "loop.incomplete"),
        ({"happened_on": d.NOW.date().replace(year=2025)}, "loop.future"),
        ({"list": "BL.NONE"}, "loop.unknown_list"),
        ({"measures": ("none",)}, "loop.unknown_measure"),
        ({"subject": Subject(name="虚构甲有限公司")}, "subject.unidentified"),
    ],
)
def test_an_unfit_notice_is_refused(tmp_path: Path, more: dict[str, Any], code: str) -> None:
    """Nothing of it is kept or told."""
    city = j.City(tmp_path)
    with pytest.raises(JointSanctionError) as refusal:
        city.notices.issue(notice(**more), WHO)
    assert refusal.value.code == code
    assert city.notices.notices() == ()
    with pytest.raises(JointSanctionError) as refusal:
        city.notices.notice("TZ0")
    assert refusal.value.code == "loop.no_such_notice"


@pytest.mark.sqlite
@pytest.mark.parametrize("disclosure", Disclosure)
@pytest.mark.parametrize("audience", Audience)
def test_it_says_what_its_list_discloses(tmp_path: Path, disclosure: Disclosure, audience: Audience) -> None:
    """公开属性: of a list that is not for them departments learn the event without its record, anybody else nothing."""
    city = j.City(tmp_path)
    catalog = j.catalog()
    lists = {**catalog.lists, "BL.SXBZXR": catalog.lists["BL.SXBZXR"].model_copy(update={"disclosure": disclosure})}
    catalog = catalog.model_copy(update={"lists": lists})
    made = city.notices.issue(notice(), WHO)
    if audience is Audience.ANYBODY and disclosure is not Disclosure.PUBLIC:
        with pytest.raises(JointSanctionError) as refusal:
            notice_document(made, catalog, audience)
        assert refusal.value.code == "loop.not_disclosed"
        return
    said = notice_document(made, catalog, audience)
    whole = disclosure is not Disclosure.CLOSED
    assert (said["instrument_no"] is not None, said["withheld"]) == (whole, not whole)
    text = "\n".join(line for part in notice_parts(said) for line in plain_lines(part))
    assert ("（2024）虚01执1号" in text) is whole
    assert ("依名单的公开属性不予载明" in text) is not whole
    assert "本身不限制任何主体" in text
    assert f"虚构{j.BUYER}（{j.BUYER}）、虚构某局" in text


@pytest.mark.sqlite
def test_persons_are_masked(tmp_path: Path) -> None:
    """A person's number and name, and a sole trader's, are shown only to whoever is given them in clear."""
    made = j.City(tmp_path).notices.issue(
        notice(subject=Subject(resident_id=PERSON, name="虚构丙"), list="BL.SXBZXR"), WHO
    )
    masked = notice_document(made, j.catalog(), Audience.AUTHORITY)
    assert (masked["subject"], masked["name"]) == ("99**************17", "虚**")
    clear = notice_document(made, j.catalog(), Audience.AUTHORITY, clear=True)
    assert (clear["subject"], clear["name"]) == (PERSON, "虚构丙")
    gone = notice_document(made, j.catalog().model_copy(update={"lists": {}}), Audience.AUTHORITY)
    assert (gone["list_name"], gone["instrument_no"]) == (None, None)
