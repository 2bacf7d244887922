"""Joint actions: who is asked, who may take which step, and what is written and told with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

import desk_side as d
import joint_side as j
import store_side as s
from jointsanction import JointSanctionError, Subject
from jointsanction.cli.plain import plain_lines
from jointsanction.identity.record_key import record_key
from jointsanction.loop.joint.progress import may_follow
from jointsanction.loop.pushing.messages import envelope_of
from jointsanction.loop.pushing.reminders import remind
from jointsanction.model.caller import RequestKey
from jointsanction.model.identity_verdict import IdentityVerdict
from jointsanction.model.initiation import Addressees
from jointsanction.telling.initiation import initiation_document, initiation_parts
from jointsanction.terms import Audience, Disclosure, Effect, IdentityOutcome, InitiationState, MessageKind, Reason

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
    assert may_follow(now, None) == (InitiationState.CLOSED, InitiationState.WITHDRAWN)
    now = city.step(made, "initiated", j.COURT, department=j.BUYER, reason="文书已补")
    assert now.state is InitiationState.INITIATED
    assert [each.event for each in city.messages() if each.receiver == j.BUYER] == [MessageKind.INITIATION_ASSIGNED] * 2
    assert may_follow(now, None) == (InitiationState.WITHDRAWN,)
    now = city.step(made, "withdrawn", j.COURT, reason="已履行")
    assert now.state is InitiationState.WITHDRAWN


def test_what_all_returned_is_closed(tmp_path: Path) -> None:
    """办结: nobody took it up, each saying why, and the initiator may end it, or ask again instead."""
    city = j.City(tmp_path)
    made = city.initiate()
    for department in (j.BUYER, j.TRADER):
        city.step(made, "returned", department, reason="不属本机关职责")
    assert city.step(made, "closed", j.COURT).state is InitiationState.CLOSED


@pytest.mark.parametrize(
    ("state", "by", "more", "code"),
    [
        ("fed-back", j.BUYER, {"reason": "已办"}, "loop.order"),
        ("closed", j.COURT, {}, "loop.order"),
        ("returned", j.BUYER, {}, "loop.no_reason"),
        ("withdrawn", j.COURT, {"reason": " "}, "loop.no_reason"),
        ("returned", j.BUYER, {"reason": "\u200b"}, "loop.no_reason"),
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
        ({"departments": ("",)}, "loop.incomplete"),
        ({"departments": ("\u200b", j.BUYER)}, "loop.incomplete"),
        ({"departments": (j.BUYER, j.BUYER)}, "loop.twice"),
        ({"departments": (j.BUYER, f"虚构{j.BUYER}")}, "loop.twice"),
        ({"measures": (j.PROCUREMENT, j.PROCUREMENT)}, "loop.twice"),
        ({"initiators": (j.COURT, " ")}, "loop.incomplete"),
        ({"initiators": (j.COURT, j.COURT)}, "loop.twice"),
        ({"matter": "no-such-matter"}, "matter.unknown"),
        ({"region": "某市"}, "question.region"),
        ({"departments": (j.BUYER,), "dues": {j.BUYER: d.NOW.date() - timedelta(days=1)}}, "loop.overdue"),
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
        city.initiate(measures=(j.PROCUREMENT, orphan), list=None)
    assert refusal.value.code == "loop.no_department"
    made = city.initiate(measures=(j.PROCUREMENT, orphan), list=None, departments=("虚构某局", j.BUYER))
    assert [(task.department, task.measures) for task in made.tasks] == [
        ("虚构某局", (j.PROCUREMENT, orphan)),
        (j.BUYER, (j.PROCUREMENT,)),
    ]
    with pytest.raises(JointSanctionError, match=orphan):
        city.initiate(measures=(j.PROCUREMENT, orphan), list=None, departments=(j.BUYER,))


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
    """The same key gives what was made the first time, as it was then, though much has happened and ended since."""
    city, key = j.City(tmp_path), RequestKey("k1", "same")
    made = city.initiate(key=key)
    assert city.initiate(key=key) == made
    stepped = city.step(made, "responded", j.BUYER, key=RequestKey("k2", "same"))
    city.step(made, "returned", j.TRADER, reason="不属本机关职责")
    ended = city.step(made, "withdrawn", j.COURT, reason="已履行", key=RequestKey("k3", "same"))
    again = city.step(made, "responded", j.BUYER, key=RequestKey("k2", "same"))
    assert (again, stepped.replayed, again.replayed) == (stepped, False, True)
    assert city.step(made, "withdrawn", j.COURT, reason="已履行", key=RequestKey("k3", "same")) == ended
    city.clock.move(days=60)  # past the last day, on which nothing could be initiated any more
    again = city.initiate(key=key)
    assert (again, again.replayed) == (made, True)
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


def test_a_check_of_others_is_no_check(tmp_path: Path) -> None:
    """Whether another unit filed a check, and about whom, nobody learns: it is as if there were none."""
    city = j.City(tmp_path)
    words = {"subject": d.DEFAULTER, "matter": "procurement", "coverage": "loaded"}
    check = city.desk.check(words, j.caller("虚构另一单位"), purpose=d.PURPOSE)
    for subject in (d.DEFAULTER, d.OTHER):
        assert refused(city, check=check.number, subject=Subject(uscc=subject)) == "loop.no_such_check"


LISTED = {"instrument_no": None, "measures": (j.PROCUREMENT,)}


def test_a_listing_carries_a_joint_action(tmp_path: Path) -> None:
    """列入名单的: without an instrument the subject's own record in force today is what it stands on."""
    made = j.City(tmp_path).initiate(**LISTED)
    assert (made.list, made.instrument_no) == ("BL.SXBZXR", None)


@pytest.mark.parametrize(
    ("subject", "code"),
    [(Subject(uscc=d.OTHER), "BL.SXBZXR"), (Subject(uscc=d.DEFAULTER), "BL.TAX")],
    ids=["another firm", "another list"],
)
def test_whoever_is_not_on_the_list_named_is_not_acted_on(tmp_path: Path, subject: Subject, code: str) -> None:
    """A list is no reason against somebody it does not name, until a document says so."""
    city = j.City(tmp_path)
    assert refused(city, **LISTED | {"subject": subject, "list": code}) == "loop.not_listed"
    assert refused(city, **LISTED | {"subject": subject, "list": code, "instrument_no": "\u200b"}) == "loop.not_listed"
    assert city.initiate(subject=subject, list=code, measures=(j.PROCUREMENT,)).list == code


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"removed_on": d.NOW.date()}, Reason.REMOVED.zh),
        ({"instrument_no": None}, Reason.UNSUPPORTED.zh),
        ({"listed_on": d.NOW.date() + timedelta(days=1)}, Reason.NOT_IN_FORCE.zh),
        ({"uscc": None, "name": "虚构乙有限公司"}, "同名"),
    ],
)
def test_a_doubt_carries_nothing(tmp_path: Path, row: dict[str, Any], said: str) -> None:
    """移出、无文书、尚未列入、只是同名: what is not in force beyond doubt is not acted on, and why is said."""
    city = j.City(tmp_path)
    store = s.opened(tmp_path)
    s.take(store, [s.listing(**{"uscc": d.OTHER, "list": "BL.SXBZXR", "instrument_no": "另", "row": 2} | row)], 1)
    city.desk.engine.swap(registry=store.registry())
    subject = Subject(uscc=d.OTHER, name="虚构乙有限公司")
    with pytest.raises(JointSanctionError, match=said) as refusal:
        city.initiate(**LISTED | {"subject": subject})
    assert refusal.value.code == "loop.not_listed"


@pytest.mark.parametrize(
    ("outcome", "code"), [(IdentityOutcome.CONFIRMED, None), (IdentityOutcome.CLEARED, "loop.not_listed")]
)
def test_a_candidate_counts_once_somebody_confirmed_it(
    tmp_path: Path, outcome: IdentityOutcome, code: str | None
) -> None:
    """身份核实: a record of the same name is the subject's when a person found it so, and else it is no ground."""
    city, store = j.City(tmp_path), s.opened(tmp_path)
    row = s.listing(uscc=None, name="虚构乙有限公司", list="BL.SXBZXR", instrument_no="另", row=2)
    s.take(store, [row], 1)
    said = {"author": "核实甲", "reason": "核对证照", "decided_on": d.NOW.date()}
    verdict = IdentityVerdict(subject=f"u:{d.OTHER}", record=record_key(row), list="BL.SXBZXR", outcome=outcome, **said)
    store.decide(verdict, recorded_at=s.day(2))
    city.desk.engine.swap(registry=store.registry())
    asked = LISTED | {"subject": Subject(uscc=d.OTHER, name="虚构乙有限公司")}
    assert (refused(city, **asked) if code else city.initiate(**asked).list) == (code or "BL.SXBZXR")


def test_a_closed_list_is_not_asked_by_initiating(tmp_path: Path) -> None:
    """公开属性: whoever may not see a list does not learn from a refusal who is on it."""
    city = j.City(tmp_path)
    lists = city.desk.engine.tables.catalog.lists
    closed = lists["BL.SXBZXR"].model_copy(update={"disclosure": Disclosure.CLOSED})
    catalog = city.desk.engine.tables.catalog.model_copy(update={"lists": {**lists, "BL.SXBZXR": closed}})
    city.desk.engine.swap(catalog=catalog)
    outsider = replace(j.caller(j.COURT), audience=Audience.AUTHORITY)
    for subject in (d.DEFAULTER, d.OTHER):
        asked = j.asked(**LISTED | {"subject": Subject(uscc=subject)})
        with pytest.raises(JointSanctionError) as refusal:
            city.joint.initiate(asked, outsider, Addressees(j.DUE))
        assert refusal.value.code == "loop.not_disclosed"
    assert city.initiate(**LISTED).list == "BL.SXBZXR"


@pytest.mark.parametrize("instrument", [None, "（2024）虚01执1号"])
def test_a_list_carries_its_own_measures_alone(tmp_path: Path, instrument: str | None) -> None:
    """An incentive of a red list does not follow from a black one; with the document alone it is the document's."""
    city = j.City(tmp_path)
    foreign = next(
        each for each in j.catalog().measures.values()
        if each.effect is Effect.INCENTIVE and each.targets.lists and each.status == "active" and each.valid_to is None
    )  # fmt: skip
    with pytest.raises(JointSanctionError, match=foreign.id) as refusal:
        city.initiate(measures=(j.PROCUREMENT, foreign.id), instrument_no=instrument, departments=(j.BUYER,))
    assert refusal.value.code == "loop.measure_other_list"
    assert j.PROCUREMENT not in refusal.value.message
    made = city.initiate(measures=(foreign.id,), list=None, departments=(j.BUYER,))
    assert made.measures == (foreign.id,)


def test_each_department_has_its_own_last_day(tmp_path: Path) -> None:
    """期限: that of the whole, or one's own; a department named by its title is that department."""
    soon = d.NOW.date() + timedelta(days=3)
    title = f"虚构{j.TRADER}"
    made = j.City(tmp_path).initiate(departments=(j.BUYER, title), dues={title: soon})
    assert [(task.department, task.due_on) for task in made.tasks] == [(j.BUYER, j.DUE), (j.TRADER, soon)]


def test_what_is_late_is_told(tmp_path: Path) -> None:
    """逾期: from the day after, while the part is open and the whole has not ended."""
    city = j.City(tmp_path)
    soon = d.NOW.date() + timedelta(days=3)
    made = city.initiate(departments=(j.BUYER, j.TRADER), dues={j.BUYER: soon})
    city.clock.move(days=3)
    assert city.joint.initiations(overdue=True) == ()
    city.clock.move(days=1)
    assert city.joint.initiations(overdue=True) == (made,)
    today = city.clock().date()
    document = initiation_document(made, today)
    assert [(task["department"], task["overdue"]) for task in document["tasks"]] == [(j.BUYER, True), (j.TRADER, False)]
    assert document["overdue"] is True
    text = "\n".join(line for part in initiation_parts(document, made, j.catalog()) for line in plain_lines(part))
    assert "已发起（逾期）" in text
    city.step(made, "returned", j.BUYER, reason="不属本机关职责")
    assert city.joint.initiations(overdue=True) == ()
    city.clock.move(days=30)
    assert len(city.joint.initiations(overdue=True)) == 1
    city.step(made, "withdrawn", j.COURT, reason="已履行")
    assert city.joint.initiations(overdue=True) == ()


def test_open_tasks_are_reminded_of(tmp_path: Path) -> None:
    """催办: each department of its open part, once for each day it is due and each count of reminders."""
    city = j.City(tmp_path)
    made = city.initiate(departments=(j.BUYER, j.TRADER), dues={j.BUYER: d.NOW.date() + timedelta(days=10)})
    city.step(made, "responded", j.BUYER)
    assert remind(city.docket, city.clock()) == 0
    city.clock.move(days=7)
    assert [remind(city.docket, city.clock()) for _ in range(2)] == [1, 0]
    (told,) = [each for each in city.messages() if each.event is MessageKind.FEEDBACK_REQUESTED]
    assert (told.receiver, told.about) == (j.BUYER, made.number)
    assert told.body == {
        "initiation": made.number,
        "department": j.BUYER,
        "due_on": (d.NOW.date() + timedelta(days=10)).isoformat(),
        "reminder": 1,
    }
    assert "/v1/initiations/" in envelope_of(told, "https://credit.example.gov.cn/").decode()
    city.step(made, "returned", j.TRADER, reason="不属本机关职责")
    city.clock.move(days=20)  # late by now, of one department alone
    assert remind(city.docket, city.clock()) == 1
    city.step(made, "executing", j.BUYER)
    city.step(made, "fed-back", j.BUYER, reason="已办")
    city.clock.move(days=20)
    assert remind(city.docket, city.clock()) == 0


def test_those_with_a_part_in_it_see_whom_it_is_about(tmp_path: Path) -> None:
    """查看明文: initiators and departments asked, for a reason that the audit holds; to others there is none such."""
    city = j.City(tmp_path)
    made = city.initiate(initiators=(j.COURT, "虚构市发改委"))
    for unit in (j.COURT, "虚构市发改委", j.BUYER, f"虚构{j.TRADER}"):
        assert city.joint.known_to(j.caller(unit), made.number) == made
        assert city.joint.of_unit(j.caller(unit)) == (made,)
    assert city.joint.reveal(made.number, j.caller(j.BUYER), "核对主体").subject == made.subject
    (record,) = d.tell(tmp_path, "SELECT unit, about FROM docket_audit WHERE action = 'reveal'")
    assert record == (j.BUYER, made.number)
    with pytest.raises(JointSanctionError) as refusal:
        city.joint.reveal(made.number, j.caller(j.BUYER), " \u200b")
    assert refusal.value.code == "loop.no_reason"
    assert city.joint.of_unit(j.caller(j.COUNTY)) == ()
    with pytest.raises(JointSanctionError) as stranger:
        city.joint.reveal(made.number, j.caller(j.COUNTY), "好奇")
    with pytest.raises(JointSanctionError) as nobody:
        city.joint.known_to(j.caller(j.COUNTY), "FQ20240610-000000000000")
    assert [str(each.value) + each.value.hint for each in (stranger, nobody)] == [
        str(nobody.value) + nobody.value.hint
    ] * 2


def test_an_unknown_number_is_an_error(tmp_path: Path) -> None:
    """There is no such joint action."""
    with pytest.raises(JointSanctionError) as refusal:
        j.City(tmp_path).joint.initiation("FQ0")
    assert refusal.value.code == "loop.no_such_initiation"
