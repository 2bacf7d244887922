"""Joint actions: who is asked, who may take which step, and what is written and told with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

import desk_side as d
import joint_side as j
from jointsanction import JointSanctionError, Subject
from jointsanction.loop.joint.progress import may_follow
from jointsanction.model.caller import RequestKey
from jointsanction.terms import InitiationState, MessageKind

if TYPE_CHECKING:
    from pathlib import Path


def refused(city: j.City, **more: Any) -> str:
    """Return the code with which a joint action is refused; then nothing is written."""
    with pytest.raises(JointSanctionError) as refusal:
        city.initiate(**more)
    assert city.messages() == ()
    assert city.joint.initiations() == ()
    return refusal.value.code


def test_each_department_is_asked_for_its_measures(tmp_path: Path) -> None:
    """The chain says who carries out which measure in the place; each is told, and the audit knows."""
    city = j.City(tmp_path)
    made = city.initiate()
    assert made.number == "FQ20240610-000000000001"
    assert [(task.department, task.measures, task.due_on) for task in made.tasks] == [
        (j.BUYER, (j.PROCUREMENT,), j.DUE),
        (j.TRADER, (j.BIDDING,), j.DUE),
    ]
    assert city.joint.initiation(made.number) == made
    assert city.joint.initiations() == city.joint.initiations(InitiationState.INITIATED) == (made,)
    assert city.joint.initiations(InitiationState.CLOSED) == ()
    told = city.messages()
    assert {(each.receiver, each.event) for each in told} == {
        (j.BUYER, MessageKind.INITIATION_ASSIGNED),
        (j.TRADER, MessageKind.INITIATION_ASSIGNED),
    }
    assert next(each.body for each in told if each.receiver == j.BUYER) == {
        "initiation": made.number,
        "department": j.BUYER,
        "measures": [j.PROCUREMENT],
        "due_on": j.DUE.isoformat(),
        "list": "BL.SXBZXR",
        "region": "990100",
    }
    ((action, about, covered),) = d.tell(tmp_path, "SELECT action, about, subject FROM docket_audit")
    assert (action, about) == ("initiation", made.number)
    assert d.DEFAULTER not in covered


def test_the_whole_way(tmp_path: Path) -> None:
    """发起→响应→执行→反馈→办结: the whole is where the slowest part is, and the initiator hears of every step."""
    city = j.City(tmp_path)
    made = city.initiate()
    city.step(made, "responded", j.BUYER)
    now = city.step(made, "returned", f"虚构{j.TRADER}", reason="不属本机关职责")
    assert now.state is InitiationState.RESPONDED
    city.step(made, "executing", j.BUYER)
    now = city.step(made, "fed-back", j.BUYER, reason="已取消其投标资格")
    assert now.state is InitiationState.FED_BACK
    assert may_follow(now, None) == (InitiationState.CLOSED, InitiationState.WITHDRAWN)
    now = city.step(made, "closed", j.COURT)
    assert (now.state, may_follow(now, now.tasks[0])) == (InitiationState.CLOSED, ())
    found = city.joint.initiation(made.number)
    assert found == now
    assert [(step.state, step.department, step.unit) for step in found.steps[1:]] == [
        ("responded", j.BUYER, j.BUYER),
        ("returned", j.TRADER, f"虚构{j.TRADER}"),
        ("executing", j.BUYER, j.BUYER),
        ("fed-back", j.BUYER, j.BUYER),
        ("closed", None, j.COURT),
    ]
    changed = [each for each in city.messages() if each.event is MessageKind.INITIATION_CHANGED]
    assert sorted(each.receiver for each in changed) == sorted([*[j.COURT] * 4, j.BUYER, j.TRADER])
    ((records,),) = d.tell(tmp_path, "SELECT count(*) FROM docket_audit")
    assert records == 6
    with pytest.raises(JointSanctionError, match="已办结") as refusal:
        city.step(made, "responded", j.BUYER)
    assert refusal.value.hint == "已经终结，不再办理。"


def test_what_was_returned_is_asked_again(tmp_path: Path) -> None:
    """An initiator supplements what was missing and asks the department anew, with a reason."""
    city = j.City(tmp_path)
    made = city.initiate(measures=(j.PROCUREMENT,))
    now = city.step(made, "returned", j.BUYER, reason="缺少文书")
    assert now.state is InitiationState.RETURNED
    assert may_follow(now, None) == (InitiationState.WITHDRAWN,)
    now = city.step(made, "initiated", j.COURT, department=j.BUYER, reason="文书已补")
    assert now.state is InitiationState.INITIATED
    assert [each.event for each in city.messages() if each.receiver == j.BUYER] == [MessageKind.INITIATION_ASSIGNED] * 2
    now = city.step(made, "withdrawn", j.COURT, reason="已履行")
    assert now.state is InitiationState.WITHDRAWN


@pytest.mark.parametrize(
    ("state", "by", "more", "code"),
    [
        ("fed-back", j.BUYER, {"reason": "已办"}, "loop.order"),
        ("closed", j.COURT, {}, "loop.order"),
        ("returned", j.BUYER, {}, "loop.no_reason"),
        ("withdrawn", j.COURT, {"reason": " "}, "loop.no_reason"),
        ("responded", "虚构无关单位", {}, "access.unit"),
        ("responded", j.TRADER, {"department": j.BUYER}, "access.unit"),
        ("responded", j.COURT, {"department": j.BUYER}, "access.unit"),
        ("withdrawn", j.BUYER, {"reason": "不办"}, "access.unit"),
        ("initiated", j.COURT, {}, "loop.no_such_task"),
        ("responded", j.BUYER, {"department": "nobody"}, "loop.no_such_task"),
    ],
)
def test_a_wrong_step_is_refused(tmp_path: Path, state: str, by: str, more: dict[str, Any], code: str) -> None:
    """A step out of order says what is possible; one by a unit without a part in it is refused; nothing is written."""
    city = j.City(tmp_path)
    made = city.initiate()
    with pytest.raises(JointSanctionError) as refusal:
        city.step(made, state, by, **more)
    assert refusal.value.code == code
    if code == "loop.order":
        assert "下一步可以是" in refusal.value.hint
    assert city.joint.initiation(made.number) == made
    assert len(city.messages()) == 2


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"title": " "}, "loop.incomplete"),
        ({"measures": ()}, "loop.incomplete"),
        ({"list": None, "instrument_no": None}, "loop.no_instrument"),
        ({"list": "BL.NONE"}, "loop.unknown_list"),
        ({"due_on": d.NOW.date() - timedelta(days=1)}, "loop.overdue"),
        ({"by": "虚构无关单位"}, "access.unit"),
        ({"measures": ("no-such-measure",)}, "loop.unknown_measure"),
        ({"measures": (j.PROCUREMENT, "restrict-exit-judgment-defaulter-xx")}, "loop.unknown_measure"),
        ({"subject": Subject(name="虚构甲有限公司")}, "subject.unidentified"),
        ({"check": "HC20240610-0"}, "loop.no_such_check"),
    ],
)
def test_what_is_not_fit_is_not_initiated(tmp_path: Path, more: dict[str, Any], code: str) -> None:
    """A fact without a listing needs an instrument; who, what and until when must be right, else nothing is written."""
    assert refused(j.City(tmp_path), **more) == code


def test_a_measure_nobody_answers_for_is_named(tmp_path: Path) -> None:
    """The catalogue has no department for it: then it has to be named by hand, and gets what is nobody else's."""
    city = j.City(tmp_path)
    orphan = next(
        each.id
        for each in j.catalog().measures.values()
        if each.status == "active" and not {"采购人", "法院"} & {*each.implementing_authority} and each.id != j.BIDDING
        and not {*each.implementing_authority} & {*j.catalog().measures[j.BIDDING].implementing_authority}
        and each.valid_to is None and (each.valid_from is None or each.valid_from < d.NOW.date())
    )  # fmt: skip
    with pytest.raises(JointSanctionError, match=orphan) as refusal:
        city.initiate(measures=(j.PROCUREMENT, orphan))
    assert refusal.value.code == "loop.no_department"
    made = city.initiate(measures=(j.PROCUREMENT, orphan), departments=("虚构某局", j.BUYER))
    assert [(task.department, task.measures) for task in made.tasks] == [
        ("虚构某局", (j.PROCUREMENT, orphan)),
        (j.BUYER, (j.PROCUREMENT,)),
    ]
    with pytest.raises(JointSanctionError, match=orphan):
        city.initiate(measures=(j.PROCUREMENT, orphan), departments=(j.BUYER,))


def test_a_retired_measure_is_not_asked_for(tmp_path: Path) -> None:
    """What is no longer in force nobody is asked to carry out."""
    city = j.City(tmp_path)
    catalog = city.desk.engine.tables.catalog
    catalog.measures[j.PROCUREMENT] = catalog.measures[j.PROCUREMENT].model_copy(update={"status": "retired"})
    assert refused(city) == "loop.measure_ended"


@pytest.mark.parametrize(
    ("region", "asked"),
    [("990100", [j.BUYER]), ("990122", [j.COUNTY]), ("990000", [j.BUYER, j.COUNTY]), ("990199", [j.BUYER]),
     (None, [j.BUYER, j.COUNTY])],
)  # fmt: skip
def test_the_departments_of_the_place_are_asked(tmp_path: Path, region: str | None, asked: list[str]) -> None:
    """Those of the place itself, else those of the places in it, else the nearest above it."""
    made = j.City(tmp_path).initiate(region=region, measures=(j.PROCUREMENT,))
    assert [task.department for task in made.tasks] == asked


def test_several_initiators_under_one_document(tmp_path: Path) -> None:
    """联合发文: the others hear of it and of its end, and each may take the initiators' steps."""
    city = j.City(tmp_path)
    made = city.initiate(
        initiators=(j.COURT, "虚构市发改委"), document_number="虚联发〔2024〕1号", matter="GPC.SUPPLIER"
    )
    assert made.document_number == "虚联发〔2024〕1号"
    assert [each.receiver for each in city.messages() if each.event is MessageKind.INITIATION_CHANGED] == [
        "虚构市发改委"
    ]
    assert city.step(made, "withdrawn", "虚构市发改委", reason="撤销").state is InitiationState.WITHDRAWN


def test_a_request_sent_again_makes_nothing_new(tmp_path: Path) -> None:
    """The same key gives what was made the first time, for initiating and for a step."""
    city, key = j.City(tmp_path), RequestKey("k1", "same")
    made = city.initiate(key=key)
    assert city.initiate(key=key) == made
    stepped = city.step(made, "responded", j.BUYER, key=RequestKey("k2", "same"))
    assert city.step(made, "responded", j.BUYER, key=RequestKey("k2", "same")) == stepped
    assert len(city.joint.initiations()) == 1
    with pytest.raises(JointSanctionError) as refusal:
        city.initiate(key=replace(key, same="other"))
    assert refusal.value.code == "loop.key_reused"


def test_a_check_must_be_about_the_same_subject(tmp_path: Path) -> None:
    """A joint action that came of a check names its number; one about somebody else is refused."""
    city = j.City(tmp_path)
    words = {"subject": d.DEFAULTER, "matter": "procurement", "coverage": "loaded"}
    check = city.desk.check(words, j.caller(j.COURT), purpose=d.PURPOSE)
    made = city.initiate(check=check.number)
    assert {each.body["check"] for each in city.messages() if each.about == made.number} == {check.number}
    with pytest.raises(JointSanctionError) as refusal:
        city.initiate(check=check.number, subject=Subject(uscc=d.OTHER))
    assert refusal.value.code == "loop.other_subject"


def test_an_unknown_number_is_an_error(tmp_path: Path) -> None:
    """There is no such joint action."""
    with pytest.raises(JointSanctionError) as refusal:
        j.City(tmp_path).joint.initiation("FQ0")
    assert refusal.value.code == "loop.no_such_initiation"
