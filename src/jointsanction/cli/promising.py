"""Keeping and listing commitments and talks (信用承诺台账)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.asking import StoredQuestion
from jointsanction.catalog.compile import compile_catalog
from jointsanction.cli.checking import write_document
from jointsanction.cli.screen import show
from jointsanction.cli.stored import open_law, open_store
from jointsanction.cli.verifying import verified_answers
from jointsanction.commitment.from_answer import commitment_from
from jointsanction.commitment.making import keys_of_known, make_commitment, make_talk
from jointsanction.commitment.standing import falls_due, stand
from jointsanction.engine import shanghai_now
from jointsanction.errors import QuestionError
from jointsanction.identity.masks import mask_id
from jointsanction.model.commitment import CommitmentEvent
from jointsanction.model.commitments_shown import talk_document
from jointsanction.steps.asking.ask import read_subject
from jointsanction.steps.asking.days import read_day
from jointsanction.telling.page import Block, Grid, Headline, Line
from jointsanction.terms import CommitmentState
from jointsanction.terms.words import word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from jointsanction.commitment.standing import Standing
    from jointsanction.model.commitment import Commitment, Talk
    from jointsanction.store import Store

_HEADERS: Final = ("编号", "主体", "类型", "事项", "内容", "作出", "到期", "状态", "自")
_TALKS: Final = ("编号", "主体", "种类", "日期", "约谈单位", "事由", "结果", "承诺")


class EventSaid(NamedTuple):
    """What the officer says of an event (履约事件说明)."""

    actor: str
    on: str | None
    reason: str | None
    evidence: str | None


class TalkSaid(NamedTuple):
    """What the officer says of a talk (约谈说明)."""

    authority: str
    on: str | None
    reason: str
    result: str
    commitment: str | None


def make(
    number: str | None, kind: str | None, said: dict[str, Any], *, catalogues: Sequence[Path], store: str | None
) -> None:
    """Keep a commitment that was typed in (登记信用承诺).

    Raises:
        QuestionError: `question.usage` when something is missing; an unknown type or day.
        SubjectError: `commitment.…`. RegistryError: what the store raises. UnknownMatterError: an unknown matter.
    """
    if number is None or said["type"] is None or said["content"] is None:
        message = "登记信用承诺须写明证件号码、--type 和 --content。"
        raise QuestionError("question.usage", message, "凭核查结果登记的，用 --from-answer。")
    days, opened = _days(said), open_store(store)
    matter = said["matter"]
    if matter is not None:
        matter = compile_catalog(open_law(store, catalogues), "").resolve_matter(matter).code
    made = make_commitment(
        read_subject(number, kind),
        said["type"],
        content=said["content"],
        matter=matter,
        public=said["public"],
        authority=said["authority"],
        source=said["source"],
        **days,
    )
    _keep(made, opened)


def make_from_answer(
    path: Path, measure: str | None, said: dict[str, Any], *, number: str | None, store: str | None
) -> None:
    """Keep the commitment that goes with an incentive of a stored answer (凭核查结果登记).

    Raises:
        ReceiptError: an answer that was altered.
        QuestionError: several answers, words that the answer itself says, and what `commitment_from` raises.
    """
    if number is not None or said["matter"] is not None or said["source"] is not None:
        message = "凭核查结果登记的，主体、事项和出处从结果取得。"
        raise QuestionError("question.usage", message, "不写证件号码、--matter 和 --source。")
    answers = list(verified_answers(path))
    if len(answers) != 1:
        message = f"文件中有 {len(answers)} 份核查结果。"
        raise QuestionError("question.usage", message, "一次凭一份核查结果登记。")
    days, own = _days(said), {key: said[key] for key in ("type", "content", "authority")}
    subject = StoredQuestion.of(answers[0]).subject
    words = {**own, "due": days["due"], "public": said["public"]}
    _keep(commitment_from(answers[0], subject, measure=measure, made_on=days["made_on"], said=words), open_store(store))


def add_event(id_: str, state: str, said: tuple[str, str | None, str | None, str | None], *, store: str | None) -> None:
    """Keep what became of a commitment (登记履约事件)."""
    words, now = EventSaid(*said), shanghai_now()
    happened = CommitmentEvent(
        state=word(CommitmentState, state, "履约状态"),
        actor=words.actor,
        happened_on=_day(words.on, now.date()),
        reason=words.reason,
        evidence=words.evidence,
    )
    open_store(store).commitments.add(id_, happened, recorded_at=now)
    show([Headline(f"已登记：承诺 {id_}，{happened.happened_on} {happened.state.zh}；今后核查该主体时采用。")])


def record_talk(
    subject: tuple[str, str | None],
    kind: str,
    said: tuple[str, str | None, str, str, str | None],
    *,
    store: str | None,
) -> None:
    """Keep a talk (记录约谈)."""
    words, now = TalkSaid(*said), shanghai_now()
    held = make_talk(
        read_subject(*subject),
        kind,
        held_on=_day(words.on, now.date()),
        authority=words.authority,
        reason=words.reason,
        result=words.result,
        commitment=words.commitment,
    )
    open_store(store).commitments.talk(held, recorded_at=now)
    show([Headline(f"已记录：{held.held_on} {held.kind.zh}，{held.result.zh}（编号 {held.id}）。")])


def list_all(subject: tuple[str | None, str | None], as_of: str | None, *, as_json: bool, store: str | None) -> None:
    """Show the commitments and talks of all, or of one subject with what became of each (信用承诺台账)."""
    number, kind = subject
    ledger, day = open_store(store).commitments, _day(as_of, shanghai_now().date())
    found = ledger.everything() if number is None else ledger.of(keys_of_known(read_subject(number, kind)))
    standings = [stand(each, day) for each in found.made if each.made_on <= day]
    talks = [talk for talk in found.talks if talk.held_on <= day]
    if as_json:
        documents = [_document(each) for each in standings]
        write_document(
            {
                "commitments": documents,
                "talks": [{**talk_document(talk), "subject": talk.keys[0][2:]} for talk in talks],
            }
        )
        return
    show([Grid(f"信用承诺（{len(standings)} 项，{day}）", _HEADERS, tuple(map(_row, standings)))])
    if talks:
        show([Grid(f"约谈（{len(talks)} 次）", _TALKS, tuple(map(_talk_row, talks)))])
    if number is not None:
        show([Block(f"承诺 {each.commitment.id} 的经过", tuple(_course(each.commitment, day))) for each in standings])


def list_due(within: int, as_of: str | None, *, as_json: bool, store: str | None) -> None:
    """Show the open commitments that fall due, those overdue first (将到期、已逾期的承诺)."""
    day = _day(as_of, shanghai_now().date())
    found = [stand(each, day) for each in open_store(store).commitments.everything().made if each.made_on <= day]
    falling = [each for each in found if falls_due(each, day, within)]
    falling.sort(key=lambda each: (str(each.commitment.due), each.commitment.id))
    if as_json:
        write_document({"commitments": [_document(each) for each in falling]})
        return
    overdue = sum(1 for each in falling if each.overdue)
    title = f"{day} 起 {within} 日内到期的承诺（{len(falling)} 项，其中已逾期 {overdue} 项）"
    show([Grid(title, _HEADERS, tuple(map(_row, falling)))])


def _days(said: dict[str, Any]) -> dict[str, Any]:
    made_on = _day(said["made_on"], shanghai_now().date())
    return {"made_on": made_on, "due": None if said["due"] is None else read_day(said["due"], "履约期限")}


def _day(text: str | None, today: date) -> date:
    return today if text is None else read_day(text, "日期")


def _keep(made: Commitment, store: Store) -> None:
    store.commitments.make(made, recorded_at=shanghai_now())
    until = f"，{made.due} 前履约" if made.due else ""
    show([Headline(f"已登记：{made.type.zh}承诺 {made.id}{until}；今后核查该主体时一并显示。")])


def _row(each: Standing) -> tuple[str, ...]:
    promise = each.commitment
    return (
        promise.id,
        mask_id(promise.keys[0][2:]),
        promise.type.zh,
        promise.matter or "",
        promise.content,
        promise.made_on.isoformat(),
        promise.due.isoformat() if promise.due else "未定",
        f"{each.state.zh}（已逾期）" if each.overdue else each.state.zh,
        (promise.made_on if each.event is None else each.event.happened_on).isoformat(),
    )


def _talk_row(talk: Talk) -> tuple[str, ...]:
    return (
        talk.id,
        mask_id(talk.keys[0][2:]),
        talk.kind.zh,
        talk.held_on.isoformat(),
        talk.authority,
        talk.reason,
        talk.result.zh,
        talk.commitment or "",
    )


def _course(promise: Commitment, day: date) -> Iterator[Line]:
    said = [CommitmentState.MADE.zh, promise.authority, promise.source]
    yield Line(promise.made_on.isoformat(), "，".join(part for part in said if part))
    for event in promise.events:
        if event.happened_on <= day:
            parts = (event.state.zh, event.actor, event.reason, event.evidence)
            yield Line(event.happened_on.isoformat(), "，".join(part for part in parts if part))


def _document(each: Standing) -> dict[str, Any]:
    promise = each.commitment
    return {
        "id": promise.id,
        "subject": promise.keys[0][2:],
        "type": promise.type,
        "matter": promise.matter,
        "content": promise.content,
        "made_on": promise.made_on.isoformat(),
        "due": promise.due.isoformat() if promise.due else None,
        "public": promise.public,
        "authority": promise.authority,
        "source": promise.source,
        "measure": promise.measure,
        "state": each.state,
        "overdue": each.overdue,
        "events": [
            {
                "state": event.state,
                "actor": event.actor,
                "happened_on": event.happened_on.isoformat(),
                "reason": event.reason,
                "evidence": event.evidence,
            }
            for event in promise.events
        ],
    }
