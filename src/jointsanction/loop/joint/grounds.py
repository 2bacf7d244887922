"""On what a joint action rests (发起依据): an instrument, or a record of the list it names that is in force today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jointsanction.disclosure import leaves_whole
from jointsanction.errors import LoopError
from jointsanction.identity.identify import identify
from jointsanction.identity.masks import stated
from jointsanction.loop.joint.assigning import measure_of
from jointsanction.model.subject import Question
from jointsanction.steps.standing.in_force import in_force
from jointsanction.steps.standing.lookup import concerning
from jointsanction.steps.standing.term_end import ListTerms
from jointsanction.terms import Phase, Reason, Role

if TYPE_CHECKING:
    from datetime import date, datetime

    from jointsanction.catalog.compile import Tables
    from jointsanction.engine import Engine
    from jointsanction.model.caller import Caller
    from jointsanction.model.initiation import Initiation
    from jointsanction.steps.standing.in_force import Standing

_SAMENAME: Final = "只有同名或者号码不全的记录，尚未核实是否同一主体"


def refuse_groundless(asked: Initiation, caller: Caller, engine: Engine, now: datetime) -> None:
    """Refuse a joint action whose list carries none of its measures, or does not hold its subject (依据不足).

    Without an instrument the subject's own record has to be in force beyond doubt; with one, the instrument carries it.

    Raises:
        LoopError: `loop.unknown_measure`, `loop.measure_ended`, `loop.measure_other_list`; `loop.not_disclosed`,
            `loop.not_listed`.
    """
    if asked.list is None:
        return
    tables, today = engine.tables, now.date()
    _refuse_foreign(asked, asked.list, tables, today)
    if stated(asked.instrument_no):
        return
    _refuse_oracle(asked.list, caller, tables)
    standings = _standings(asked, asked.list, engine, now)
    if not any(each.reason is Reason.APPLIES and not each.found.by_name for each in standings):
        why = "；".join(dict.fromkeys(map(_why, standings))) or "名单库中没有该主体的记录"
        title = tables.catalog.lists[asked.list].title
        message = f"不能确定主体今天列在名单 {asked.list}（{title}）上：{why}。"
        raise LoopError("loop.not_listed", message, "请先核查，核对号码和名单；凭文书发起的，写明文书文号。")


def _refuse_foreign(asked: Initiation, code: str, tables: Tables, today: date) -> None:
    """Refuse measures that a list does not set off; a list that only points to them sets none off."""
    foreign = []
    for name in asked.measures:
        measure = measure_of(name, tables.catalog, today)
        clues = {*measure.targets.clue_lists} - {*measure.targets.lists}
        if code not in tables.lists_of(measure, today) - clues:
            foreign.append(f"{name}（{measure.title}）")
    if foreign:
        title = tables.catalog.lists[code].title
        message = f"列入名单 {code}（{title}）不是下列措施的依据：{'、'.join(foreign)}。"
        hint = "请改写作为这些措施依据的名单；依据的是文书的，只写文书文号，不写名单。"
        raise LoopError("loop.measure_other_list", message, hint)


def _refuse_oracle(code: str, caller: Caller, tables: Tables) -> None:
    """Refuse to tell whoever may not see a list whether somebody is on it."""
    disclosure = tables.catalog.lists[code].disclosure
    if caller.audience is not None and not leaves_whole(disclosure, caller.audience):
        message = f"名单 {code} 的公开属性为“{disclosure.zh}”，本账户不得凭它发起。"
        raise LoopError("loop.not_disclosed", message, "请写明文书文号，或者由可以查阅该名单的账户发起。")


def _standings(asked: Initiation, code: str, engine: Engine, now: datetime) -> list[Standing]:
    """Return the subject's own records on a list, and the candidates nobody decided of, as they stand today."""
    identity, lists = identify(asked.subject), engine.tables.catalog.lists
    # Only the day and the ties of a question are read here, and of ties there are none.
    question = Question(matter=asked.matter or "", as_of=now.date(), role=Role.APPLICANT, phase=Phase.BEFORE)
    hits = engine.registry.lookup(identity.keys, identity.name_key)
    own = tuple(hit for hit in hits if hit.related is None and hit.listing.list == code)
    return list(in_force(concerning(own, identity, question, engine.registry, now), ListTerms(lists), now.date()))


def _why(standing: Standing) -> str:
    return _SAMENAME if standing.found.by_name else f"记录“{standing.reason.zh}”"
