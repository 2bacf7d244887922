"""What holds on a day, read naively (对照答案之一：列入状态、期限、附加条件).

Imports nothing of the package but its vocabularies. Every answer is "" for yes, or the reason why not.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, Any

from jointsanction.terms import ActType, CommitmentType, Punishment, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable

Doc = dict[str, Any]

YES = ""
SENTENCE_EVENTS = {"sentence-final", "sentence-served", "probation-ended"}
OWN_DATE = {"served": "served", "effective": "effective", "sentence-served": "sentence_served"}
OWN_DATE |= {"probation-ended": "probation_ended", "violation-ended": "cleared"}


def many(value: Any) -> list[Any]:  # noqa: ANN401 - whatever stands in YAML
    """One value is a list of one, nothing is an empty list."""
    return [] if value is None else list(value) if isinstance(value, list | tuple) else [value]


def later(day: date, *, years: int = 0, months: int = 0) -> date:
    """民法典 201–202: the corresponding calendar day, else the month's last day."""
    count = day.year * 12 + day.month - 1 + years * 12 + months
    year, month = divmod(count, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def within(dated: Doc, day: date) -> bool:
    """Both ends included; an open end is open."""
    return (dated.get("valid_from") or date.min) <= day <= (dated.get("valid_to") or date.max)


def ends(start: date, term: Doc) -> tuple[date, date]:
    """The earliest and the latest last day of a term."""
    span = many(term.get("years") or 0)
    return tuple(later(start, years=n, months=term.get("months") or 0) for n in (span[0], span[-1]))  # type: ignore[return-value]


def begun(row: Doc, as_of: date) -> list[Doc]:
    """Every step about a row that counts by a day."""
    return [step for step in row.get("events", []) if step["on"] <= as_of]


def told_of(row: Doc, as_of: date) -> dict[str, Doc]:
    """The last step of each procedure about a row that counts by a day."""
    return {step["track"]: step for step in begun(row, as_of)}


def freed(row: Doc, as_of: date) -> tuple[date | None, str]:
    """The first day free and why: the row's own word, an effective repair, a removal, whichever is first."""
    steps, found = told_of(row, as_of), []
    if row.get("removed_on") is not None:
        found.append((row["removed_on"], row.get("removal_reason") or ""))
    for track, state in (("repair", "effective"), ("exit", "removed")):
        if steps.get(track, {}).get("state") == state:
            found.append((steps[track]["on"], "信用修复" if track == "repair" else "移出"))
    return min(found, key=lambda one: one[0], default=(None, ""))


def disputed(listtype: Doc, row: Doc, as_of: date) -> str:
    """Whether an objection was upheld or suspends, or a reorganisation lifts it (信用修复管理办法 18、20)."""
    steps = told_of(row, as_of)
    objection, lift = (steps.get(track, {}) for track in ("objection", "reorganisation"))
    if any(step["track"] == "objection" and step["state"] == "upheld" for step in begun(row, as_of)):
        return Reason.OBJECTION_UPHELD  # what was no record is not made one by a further objection
    lifts = [step for step in begun(row, as_of) if step["state"] == "lifted"]
    until = lifts[-1].get("until") if lifts else None  # performing the plan does not lengthen the lift
    if lift.get("state") in {"lifted", "completed"} and as_of <= (until or date.max):
        return Reason.LIFTED
    open_ = objection.get("state") in {"filed", "verifying"}
    return Reason.UNDER_OBJECTION if open_ and listtype.get("objection") == "suspend" else YES


def listing_state(listtype: Doc, row: Doc, as_of: date) -> str:  # noqa: C901, PLR0911 - one return a state
    """Why a row is not in force, or YES; a doubt where its end is not certain (DESIGN §3 in_force, ENCODING §7)."""
    listed, last = row.get("listed_on"), row.get("valid_to")
    removed, why = freed(row, as_of)
    undated = listed is None and row.get("announced_on") is None  # it may have begun
    if not undated and (listed is None or listed > as_of):
        return Reason.ANNOUNCED_ONLY if (row.get("announced_on") or date.max) <= as_of else Reason.NOT_IN_FORCE
    if removed is not None and removed <= as_of:  # the first day free
        return Reason.REPAIRED if "修复" in why else Reason.REMOVED
    if last is not None and last < as_of:  # the last day bound
        return Reason.LAPSED
    doubt = Reason.TERM_UNKNOWN if undated else YES
    for term in [] if undated else listtype.get("term", []):
        if within(term, listed) and (term.get("years") or term.get("months")):
            low, high = ends(listed, term)
            if as_of > high and term["text"] == "verified":
                return Reason.LAPSED
            if as_of > high or (as_of > low and last is None):
                doubt = Reason.TERM_UNKNOWN
    if (state := disputed(listtype, row, as_of)) != YES:
        return state
    if listtype["kind"] != "red" and row.get("instrument_no") is None:
        return Reason.UNSUPPORTED
    if row.get("missing_since") is not None and row["missing_since"] <= as_of:
        return Reason.REMOVED if listtype.get("exit_by") == "disappearance" else Reason.MISSING_FROM_EDITION
    return doubt


def where_reason(where: Doc | None, fact: Doc, listtype: Doc, size: str | None) -> str:
    """One fact that is otherwise decides; else one that is unknown leaves a doubt (ENCODING §5)."""
    unknown, where = False, where or {}
    # 免予刑事处罚 is a conviction, but no 被判处刑罚, unless the law names it.
    exempt = fact.get("punishment") == Punishment.EXEMPTED and where.get("at_least") != Punishment.EXEMPTED
    if where.get("crime") and exempt:
        return Reason.CONDITION_UNMET
    for key, wanted in where.items():
        value = fact.get({"crime": "charge", "at_least": "punishment"}.get(key, key))
        if key == "probation" and "decision_made" in fact:
            value = on_probation(fact)
        if value is None and key in {"field", "severity"}:
            value = listtype.get(key)
        if value is None and key == "size":
            value = size
        if value is None or value == ():
            unknown = True
        elif key == "at_least":
            order = [str(word) for word in Punishment]
            if order.index(value) < order.index(wanted):
                return Reason.CONDITION_UNMET
        elif not set(many(value)) & set(many(wanted)):
            return Reason.CONDITION_UNMET
    return Reason.ATTRIBUTE_UNKNOWN if unknown else YES


def on_probation(act: Doc) -> bool | None:
    """Whether a sentence was suspended: served in full it was not, probation ended it was; other acts know none."""
    if act["type"] != ActType.CRIMINAL_SENTENCE:
        return False
    if act.get("probation") is not None:
        return bool(act["probation"])
    return True if act.get("probation_ended") else False if event(act, "sentence-served") else None


def event(act: Doc, name: str) -> date | None:
    """The day of an event: its own where the act has one, else the day of the decision.

    A sentence is served in full (执行完毕), it is not delivered, in whichever of the two words that was given.
    """
    if act["type"] == ActType.CRIMINAL_SENTENCE and name in {"served", "sentence-served"}:
        return None if name == "served" else act.get("sentence_served") or act.get("served")
    return act.get(OWN_DATE.get(name, "decision_made"))


def start(act: Doc, duration: Doc) -> date | None:
    """The day a term runs from; of two alternative starts (安全生产法 94) the one this act can have."""
    names = many(duration.get("runs_from")) or ["unstated"]
    if len(names) > 1:
        sentence = act["type"] == ActType.CRIMINAL_SENTENCE
        names = [name for name in names if (name in SENTENCE_EVENTS) == sentence] or names
    return event(act, names[0])


def duration_reason(duration: Doc, act: Doc, as_of: date) -> str:
    """Whether one term is running (ENCODING §4); no end yet is still running."""
    if (event(act, duration.get("bites_from") or "decision-made") or as_of) > as_of:
        return Reason.NOT_IN_FORCE
    begun = start(act, duration)
    low = high = date.max
    if duration.get("life") or duration.get("indefinite"):
        pass
    elif duration.get("set_by") == "order" and (act.get("life") or act.get("until") or act.get("years")):
        if not act.get("life"):
            low = high = act.get("until") or (later(begun, years=act["years"]) if begun else date.max)
    elif duration.get("until"):
        low = high = event(act, duration["until"]) or date.max
    elif begun and duration.get("calendar_year"):
        low = high = date(begun.year, 12, 31)
    elif begun and (duration.get("years") or duration.get("months")):
        low, high = ends(begun, duration)
    if as_of > high:
        return Reason.TERM_ENDED
    return Reason.TERM_UNKNOWN if as_of > low else YES


def term_reason(measure: Doc, act: Doc, as_of: date) -> str:
    """Of several terms those whose `when` holds; unknown which of them means each must say the same."""
    durations = many(measure.get("term"))
    if not durations:
        durations = [{"set_by": "order"}]  # the law leaves it to the decision, which may say nothing of it
    fits = [(d, where_reason(d.get("when"), act, {}, None)) for d in durations]
    special = [d for d, fit in fits if d.get("when") and fit == YES]
    open_ = [d for d, fit in fits if fit != Reason.CONDITION_UNMET]
    said = {duration_reason(d, act, as_of) for d in special or open_}
    if not said:
        return Reason.CONDITION_UNMET
    return said.pop() if len(said) == 1 else Reason.ATTRIBUTE_UNKNOWN


def breaches(acts: list[Doc], commitments: Iterable[Doc], as_of: date) -> list[Doc]:
    """Add to the acts told the broken promises on record, unless the same day was told of the subject itself.

    A breach lasts until it is repaired or the finding taken back; one found to be an untruth is that, and not two.
    """
    words = {"breached": "违背", "falsified": "虚假"}
    types = {each.value: each.zh for each in CommitmentType}
    own = [act for act in acts if act["type"] == "commitment-breach" and (act.get("relation") or "self") == "self"]
    out = list(acts)
    for made in commitments:
        events = [event for event in made["events"] if event["on"] <= as_of and made["made_on"] <= as_of]
        for event, after in zip(events, [*events[1:], {"state": None}][: len(events)], strict=True):
            told = event["on"] in {act.get("decision_made") for act in own}
            if event["state"] in words and after["state"] not in words and not told:
                act = {"type": "commitment-breach", "decision_made": event["on"], "document_number": event["document"]}
                act["kinds"] = [types[made["type"]], words[event["state"]]]
                ended = {"repaired": "lifted", "annulled": "set_aside"}.get(after["state"])
                out.append({**act, **({ended: after["on"]} if ended else {})})
    return out


def act_state(act: Doc, as_of: date) -> str:
    """Whether an act shown has come and was not taken away again."""
    if act["decision_made"] > as_of:
        return Reason.NOT_IN_FORCE
    ended = {
        "set_aside": Reason.SET_ASIDE,
        "lifted": Reason.TERM_ENDED,
        "cleared": Reason.TERM_ENDED,
        "stayed": Reason.STAYED,
    }
    for key, reason in ended.items():
        if act.get(key) is not None and act[key] <= as_of:
            return reason
    return YES
