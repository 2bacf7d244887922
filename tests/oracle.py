"""A naive oracle of `check_subject` (对照答案): law and design read once more, slowly, from the YAML itself.

Imports nothing of the package but its vocabularies. A question, listings and editions are plain dicts with the keys of
DESIGN §4 (`subject` is a dict, `acts` and `related` are lists of dicts, `not_traits` are the traits ruled out).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from jointsanction.terms import DOUBTS, HINTS, LEADING_RELATIONS, Reason, Verdict
from oracle_catalogue import (
    World,
    above,
    carried_within,
    founded,
    ground,
    inside,
    law_day,
    listed_by,
    membership,
    nature,
    places,
    suspends,
    touches,
)
from oracle_facts import YES, Doc, act_state, breaches, ends, listing_state, many, term_reason, where_reason, within
from oracle_inference import (
    HARD,
    Said,
    degree_left,
    grade_by_rules,
    groundless,
    negates,
    notices,
    open_change,
    reached,
    reviewed,
    said,
    supervision,
    way_of,
)
from oracle_rules import astray, own_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BASIS_GONE = {Reason.BASIS_ENDED, Reason.BASIS_NOT_YET}
RESTRICTING = {Verdict.PROHIBITED, Verdict.RESTRICTED}
SERIOUS = {"black", "independent"}
SHIPPED_ABSENCES = {"supervision-taizhou-good"}
"""Rules that want something absent, of lists that the grade they ask for needs anyway."""


@dataclass
class Cause:
    """A listing or an act, and how it is tied to the subject; a clue is a listing that points to an act."""

    type: str
    key: Any
    fact: Doc
    relation: str = "self"
    personally: bool | None = None
    kind: str | None = None
    from_question: bool = False
    by_name: bool = False
    state: str = YES


@dataclass
class Ask:
    """A question resolved: the matter, the part played in it, everything given, and every row found."""

    world: World
    question: Doc
    code: str
    part: str | None
    found: list[Cause]
    editions: list[Doc]
    told: Said = field(default_factory=Said)

    def role(self, site: str) -> str:
        """Return the role asked about, else the ordinary one of the place."""
        return self.part or str(self.world.matters[site]["default_role"])

    def phase(self, site: str) -> str:
        """Return the phase asked about, else the ordinary one of the place."""
        return self.question.get("phase") or self.world.matters[site].get("default_phase") or "before"

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the question holds
        """Give what the question says."""
        return self.question.get(name)


@dataclass
class Finding:
    """What a measure and a cause come to: the reasons that may be given, and what it would make of the verdict.

    `granted` is an incentive that nothing but a serious listing could take away. Of one that applies, `ways` are the
    degrees it can have, each with whether a person must decide; `open` says that a rule may yet change it.
    """

    reasons: frozenset[str]
    would: Verdict
    granted: bool = False
    ways: frozenset[tuple[str, bool]] = frozenset()
    open: bool = False


def resolve(world: World, question: Doc, listings: list[Doc], editions: list[Doc]) -> Ask:
    """Code or alias (which may carry a role); what is not said follows from the matter, whose own role says nothing."""
    code, role = question["matter"], None
    for name, matter in world.matters.items():
        for alias in matter.get("aliases", []) if question["matter"] not in world.matters else []:
            named = {"name": alias} if isinstance(alias, str) else alias
            if named["name"] == question["matter"]:
                code, role = name, named.get("role")
    role = question.get("role") or role
    role = None if role == world.matters[code]["default_role"] else role
    return Ask(world, question, code, role, list(hits(question, listings, world.lists)), editions)


def own_id(doc: Doc) -> str | None:
    """Return the number a subject or a row gives."""
    return doc.get("uscc") or doc.get("resident_id") or doc.get("other_id")


def hits(question: Doc, listings: list[Doc], lists: dict[str, Doc]) -> Iterator[Cause]:
    """Find the rows about the subject, about whom he is tied to, and about whom is tied to him (DESIGN §3 a–c)."""
    subject = question["subject"]
    number = own_id(subject)
    for row in listings:
        cause = Cause("listing", ("listing", row["row"]), row, kind=subject["kind"])
        cause.state = listing_state(lists[row["list"]], row, question["as_of"])
        ties = [tied for tied in row.get("related", []) if number and tied.get("id") == number]
        if number and own_id(row) == number:
            yield cause
        elif ties:
            for tied in ties:
                blamed = tied.get("personally_responsible")
                yield tie(cause, tied["relation"], personally=blamed, kind=row.get("subject_kind"))
        elif candidate(subject, row):
            yield replace(cause, by_name=True)
        for tied in question.get("related", []):
            number_of = {key: tied["id"] for key in ("uscc", "resident_id") if key in row}
            if own_id(row) == tied["id"] or candidate(number_of, row):
                kind, unsure = row.get("subject_kind") or tied.get("kind"), own_id(row) != tied["id"]
                yield tie(cause, tied["relation"], kind=kind, from_question=True, by_name=unsure)


def tie(cause: Cause, relation: str, **more: Any) -> Cause:
    """Return the same row, found through somebody else."""
    way = "from-question" if more.get("from_question") else "from-listing"
    return replace(cause, key=("listing", cause.fact["row"], way, str(relation)), relation=relation, **more)


def candidate(subject: Doc, row: Doc) -> bool:
    """Say whether a row may be about the subject: by a masked number that fits, or by name when no number speaks."""
    same = subject.get("name") is not None and subject.get("name") == row.get("name")
    for key in ("uscc", "resident_id"):
        mine, theirs = subject.get(key), row.get(key)
        if mine and theirs:
            fits = re.fullmatch(theirs.replace("*", "."), mine) is not None
            return fits and (same or not (subject.get("name") and row.get("name")))
    return same


def causes(ask: Ask, measure: Doc) -> Iterator[Cause]:
    """What could set this measure off: rows on its lists, or acts shown."""
    if measure["trigger"] in {"listing", "record", "grade"}:
        codes = listed_by(ask.world, measure, ask.as_of)
        yield from (cause for cause in ask.found if cause.fact["list"] in codes)
        return
    for act in ask.acts or []:
        if act["type"] in measure["targets"].get("acts", []) and not act.get("ruled_out"):
            bound, blamed = act.get("relation") or "self", act.get("personally_responsible")
            key, state = ("act", act["document_number"]), act_state(act, ask.as_of)
            yield Cause("act", key, act, bound, blamed, ask.subject["kind"], state=state)


def clues(ask: Ask, measure: Doc) -> Iterator[Cause]:
    """Listings in force, or perhaps in force, that point to an act nobody has shown; an ended one is no clue."""
    for cause in ask.found:
        if cause.fact["list"] in measure["targets"].get("clue_lists", []):
            yield replace(cause, type="clue", state=cause.state or Reason.ACT_NOT_SHOWN)


def open_acts(ask: Ask, measure: Doc) -> set[str]:
    """Name the acts of the measure that were not ruled out."""
    ruled_out = {act["type"] for act in ask.acts or [] if act.get("ruled_out")}
    return set(measure["targets"].get("acts", [])) - ruled_out


def reach(ask: Ask, measure: Doc, site: str, cause: Cause) -> str:
    """Whether the measure is borne along this tie (ENCODING §3, DESIGN §3 lookup a–c, the consortium rule)."""
    relation = cause.relation
    if cause.from_question:
        together = above(ask.world, site) & carried_within(ask.world, ask.as_of)
        carried = relation == "consortium-member" and measure.get("class") == "adverse" and together
        if relation not in LEADING_RELATIONS and not carried:
            return Reason.RELATION_NOT_REACHED
        relation = "self" if carried else "units-led"
    for bearer in measure["bears"]:
        said = {"role": bearer} if isinstance(bearer, str) else bearer
        entered = ask.world.lists.get(cause.fact.get("list", ""), {}).get("entered_with") or []
        person = (cause.kind or cause.fact.get("subject_kind")) == "person"
        if cause.type == "clue" and cause.relation == "self" and person and said["role"] in entered:
            return YES
        if said["role"] == relation and said.get("personally_responsible") and not cause.personally:
            return Reason.ATTRIBUTE_UNKNOWN if cause.personally is None else Reason.CONDITION_UNMET
        if said["role"] == relation:
            return YES
    return Reason.RELATION_NOT_REACHED


def standing(ask: Ask, measure: Doc, site: str) -> Iterator[str]:
    """What does not depend on any cause: role, phase, region, traits."""
    matter = ask.world.matters[site]
    if ask.role(site) not in (measure.get("roles") or [matter["default_role"], "consortium-member"]):
        yield Reason.OTHER_ROLE
    if measure.get("phase") and ask.phase(site) not in measure["phase"]:
        yield Reason.OTHER_PHASE
    if measure.get("region") and not inside(ask.region, measure["region"]):
        yield Reason.OTHER_REGION
    for trait in measure.get("traits", []):
        if trait in [*ask.not_traits, *matter.get("not_traits", [])]:
            yield Reason.CONDITION_UNMET
        elif trait not in [*ask.traits, *matter.get("traits", [])]:
            yield Reason.TRAIT_UNKNOWN


def kind_reason(measure: Doc, kind: str | None) -> str:
    """单位 is every kind but a person."""
    kinds = measure["targets"].get("kinds", [])
    if not kinds or kind in kinds or ("unit" in kinds and kind not in {None, "person"}):
        return YES
    return Reason.OTHER_KIND if kind else Reason.ATTRIBUTE_UNKNOWN


def strength(ask: Ask, measure: Doc, site: str, cause: Cause | None = None) -> tuple[str, bool]:
    """Whether the measure is carried, judged by the law of the act's day or of the asking (ENCODING §4)."""
    default = "act" if measure["trigger"] in {"act", "order", "commitment"} else "asking"
    by_act = cause is not None and cause.type == "act" and (measure.get("judged_on") or default) == "act"
    by_law = default if measure.get("judged_on") is None else measure["judged_on"]
    day = law_day(ask.world, measure, ask.as_of) if by_law == "act" else ask.as_of
    day = cause.fact["decision_made"] if by_act and cause else day
    return ground(ask.world, measure, site, ask.role(site), ask.region, day)


def fact_reasons(ask: Ask, measure: Doc, site: str, cause: Cause) -> Iterator[str]:
    """What the listing or act itself must answer: severity, grade, further facts, trade, term, kind."""
    targets, listtype = measure["targets"], ask.world.lists.get(cause.fact.get("list", ""), {})
    trade = cause.fact.get("field") or listtype.get("field")
    if targets.get("severity"):
        yield where_reason({"severity": targets["severity"]}, cause.fact, listtype, None)
    yield where_reason(targets.get("where"), cause.fact, listtype, ask.size if cause.relation == "self" else None)
    yield Reason.ATTRIBUTE_UNKNOWN if astray(ask.world, cause.fact, listtype, ask.as_of) else YES
    if targets.get("grades"):
        yield grade_reason(ask.world, targets["grades"], cause.fact, listtype, ask.as_of)
    asked = ask.fields or ask.world.matters[site].get("fields", [])
    for key, reason in (("related_only", Reason.UNRELATED), ("same_trade", Reason.SAME_TRADE_UNMET)):
        if measure.get(key):
            yield Reason.ATTRIBUTE_UNKNOWN if not trade or not asked else YES if trade in asked else reason
    if cause.type == "act":
        others = set(measure.get("roles", [])) - {"supplier", "consortium-member"}  # 政府采购法 77, 78: who is banned
        if cause.fact["type"] == "procurement-ban" and others and others == set(measure["roles"]):
            yield Reason.ATTRIBUTE_UNKNOWN
        yield term_reason(measure, cause.fact, ask.as_of)
        return
    for term in many(measure.get("term")):  # a measure may end before the listing does (公示条例: three years)
        listed = cause.fact.get("listed_on")
        yield Reason.TERM_ENDED if listed is not None and ends(listed, term)[1] < ask.as_of else YES
    if not founded(ask.world, cause.fact["list"], ask.as_of):
        yield Reason.UNFOUNDED_LIST
    if cause.fact["list"] not in targets.get("lists", []):
        yield membership(ask.world, measure, cause.fact["list"], ask.as_of) or YES


def grade_reason(world: World, wanted: Doc, row: Doc, listtype: Doc, day: date) -> str:
    """The grade column speaks the scheme its list has on that day; a level unknown there is a doubt (ENCODING §7)."""
    schemes = [speaks["scheme"] for speaks in listtype.get("scheme", []) if within(speaks, day)]
    for level in world.schemes[wanted["scheme"]]["levels"] if wanted["scheme"] in schemes else []:
        if row.get("grade") in [level["level"], level["title"], *level.get("aliases", [])] and within(level, day):
            return YES if level["level"] in wanted["levels"] else Reason.CONDITION_UNMET
    return Reason.ATTRIBUTE_UNKNOWN if wanted["scheme"] in schemes else Reason.CONDITION_UNMET


def serious(ask: Ask, consequence: str) -> str:
    """黑名单优先: a serious listing in force takes every incentive away; one that may be in force leaves it open."""
    said = YES
    for cause in ask.found:
        kind = ask.world.lists[cause.fact["list"]]["kind"]
        if cause.relation == "self" and kind in SERIOUS and founded(ask.world, cause.fact["list"], ask.as_of):
            if cause.state == YES and not cause.by_name:
                return consequence
            if cause.state == YES or cause.state in DOUBTS:
                said = Reason.ATTRIBUTE_UNKNOWN
    return said


def unclean(ask: Ask, years: int) -> str:
    """Say whether a bad record of the subject's own held in the last so many years, or may have; one repaired is gone.

    信用修复管理办法（令36）3: what is repaired is no longer used. What was only announced, may not be there any more,
    is disputed, or may be about somebody else of that name, is not known to be bad, and not known to be none.
    """
    said = YES
    for cause in ask.found:
        kind = ask.world.lists[cause.fact["list"]]["kind"]
        nothing = cause.state in {Reason.NOT_IN_FORCE, Reason.UNSUPPORTED, Reason.OBJECTION_UPHELD, Reason.REPAIRED}
        if way_of(cause) != "own" or nothing or kind in {"red", "publication", "rating"} or groundless(ask, cause):
            continue
        if reached(ask, cause, {"years": years}):
            if not cause.by_name and cause.state not in {*DOUBTS, Reason.ANNOUNCED_ONLY, Reason.UNDER_OBJECTION}:
                return Reason.CONDITION_UNMET
            said = Reason.ATTRIBUTE_UNKNOWN
    return said


def suspending_lists(ask: Ask) -> set[str]:
    """Name the lists that must be known before an incentive is given."""
    codes = [code for code, listtype in ask.world.lists.items() if listtype["kind"] in SERIOUS]
    codes = [code for code in codes if founded(ask.world, code, ask.as_of) and touches(ask.world, code, ask.region)]
    return set(codes) if suspends(ask.world, ask.as_of) else set()


def judge(ask: Ask, measure: Doc, site: str, cause: Cause) -> Finding:
    """Judge in one place: a sure no leaves no reason; else what makes it a hint; else what is not known."""
    carried, opens = strength(ask, measure, site, cause)
    reasons = {*standing(ask, measure, site), carried, reach(ask, measure, site, cause), cause.state} - {YES}
    if cause.type != "clue":  # what a clue points to is asked these things, not the listing
        reasons |= set(fact_reasons(ask, measure, site, cause)) - {YES}
    if cause.type != "act" or cause.relation == "self":  # whom an act hit is told only where it hit the subject
        reasons |= {kind_reason(measure, cause.kind)} - {YES}
    if cause.by_name:
        reasons.add(Reason.NAME_ONLY)
    reasons |= {unclean(ask, each["clean-period"]) for each in measure.get("conditions", []) if "clean-period" in each}
    reasons -= {YES}
    granted = not reasons and measure["effect"] == "incentive"
    if measure["effect"] == "incentive" and suspends(ask.world, ask.as_of):
        reasons |= {serious(ask, Reason.SUSPENDED_BY)} - {YES}
    if {"no-serious-listing": True} in measure.get("conditions", []):
        reasons |= {serious(ask, Reason.CONDITION_UNMET)} - {YES}
    why = set() if reasons - HINTS - DOUBTS else (reasons & HINTS) or reasons or {Reason.APPLIES}
    if Reason.APPLIES not in why:
        return Finding(frozenset(why), bites(ask, measure, site, opens=opens), granted)
    soft = opens and measure.get("class") == "adverse" and measure["degree"] in HARD
    degree = degree_left(ask, ask.told, measure, site, "restrict" if soft else measure["degree"])
    would = bites(ask, {**measure, "degree": degree}, site, opens=opens)
    ways = frozenset({(degree, decided(ask, measure, site, cause, opens=opens))})
    return Finding(frozenset(why), would, granted, ways, open_change(ask, ask.told, measure, site))


def decided(ask: Ask, measure: Doc, site: str, cause: Cause, *, opens: bool) -> bool:
    """Say whether a person has to decide: the law says 可以, a condition has to be weighed, or a rule asks for it."""
    may = measure["binding"] == "may" or (opens and measure["binding"] == "must")
    named = {key for each in measure.get("conditions", []) for key in each}
    weighed = {"other-things-equal", "commitment", "meets"} & named
    row = [one.key for one in ask.found].index(cause.key) if cause.type == "listing" else -1
    at = ("act", ask.acts.index(cause.fact)) if cause.type == "act" else ("listing", row)
    return bool(may or weighed or reviewed(ask, ask.told, site, at))


def bites(ask: Ask, measure: Doc, site: str, *, opens: bool) -> Verdict:
    """What an applying finding makes of the verdict (DESIGN §3 conclude)."""
    if measure["effect"] == "incentive":
        return Verdict.FAVOURED
    binding = "may" if opens and measure["binding"] == "must" else measure["binding"]
    if measure["class"] == "adverse" and binding != "reference":
        return Verdict.PROHIBITED if binding == "must" and measure["degree"] == "prohibit" else Verdict.RESTRICTED
    kind, _ = nature(ask.world, site, ask.role(site))
    withheld = measure["degree"] == "withhold" and binding == "must" and kind in {"convenience", "engagement"}
    return Verdict.RESTRICTED if withheld else Verdict.ATTENTION


def finding(ask: Ask, measure: Doc, cause: Cause) -> Finding | None:
    """What one measure and one cause come to in all the places where they meet, if it is worth saying."""
    met = [judge(ask, measure, site, cause) for site in places(ask.world, ask.code, measure)]
    for sort in ({Reason.APPLIES}, DOUBTS, HINTS):
        fits = [one for one in met if one.reasons & sort]
        if fits:
            reasons = frozenset().union(*(one.reasons for one in fits))
            ways = frozenset().union(*(one.ways for one in fits))
            granted, open_ = any(one.granted for one in fits), any(one.open for one in fits)
            return Finding(reasons, strongest(one.would for one in fits), granted, ways, open_)
    return None


def loaded(listtype: Doc, ask: Ask) -> str:
    """`loaded`, `stale` or `missing`: a batch must declare the whole list, for its scope and for the day."""
    scope = listtype.get("scope", "national")
    received = []
    for edition in ask.editions:
        regions = edition.get("regions") or ()
        whole = not regions or (scope != "national" and all(any(inside(s, r) for r in regions) for s in scope))
        if edition["list"] == listtype["code"] and whole and (edition.get("covers_from") or date.min) <= ask.as_of:
            received.append(edition["received_at"])
    if not received:
        return "missing"
    days = listtype.get("stale_after")
    return "stale" if days is not None and ask.asked_at - max(received) > timedelta(days=days) else "loaded"


def depends(ask: Ask, measure: Doc, *, settled: bool) -> tuple[set[str], set[str], set[str]]:
    """Name the lists and the acts a measure could restrict by, and all lists it looks at, for this question."""
    codes, looked = listed_by(ask.world, measure, ask.as_of), set(measure["targets"].get("clue_lists", []))
    codes = {code for code in codes if touches(ask.world, code, ask.region)}
    looked = {code for code in looked if touches(ask.world, code, ask.region)}
    only_self = all(bearer in ("self", {"role": "self"}) for bearer in measure["bears"])
    for site in places(ask.world, ask.code, measure):
        carried, opens = strength(ask, measure, site)
        kind = kind_reason(measure, ask.subject["kind"]) if only_self else YES
        if carried in BASIS_GONE or kind == Reason.OTHER_KIND or set(standing(ask, measure, site)) - DOUBTS:
            continue
        if carried == YES and bites(ask, measure, site, opens=opens) in RESTRICTING:
            needed = {code for code in codes if counts(ask, measure, code)}
            clueing = looked if open_acts(ask, measure) and not settled else set()
            return needed | clueing, codes | looked, set(measure["targets"].get("acts", []))
        return set(), codes | looked, set()
    return set(), set(), set()


def counts(ask: Ask, measure: Doc, code: str) -> bool:
    """Say whether a listing on a list could carry a restriction: it is founded, and is the measure's for sure."""
    unread = membership(ask.world, measure, code, ask.as_of) == Reason.UNVERIFIED
    direct = code in measure["targets"].get("lists", []) or not unread
    return direct and founded(ask.world, code, ask.as_of)


def posed(
    world: World, question: Doc, listings: list[Doc], editions: list[Doc], commitments: Iterable[Doc] = ()
) -> Ask:
    """Put everything given together: a broken promise on record is an act, and rules say what follows from it all."""
    known = commitments if own_number(question["subject"]) else ()
    acts = breaches(question.get("acts") or [], known, question["as_of"])
    ask = resolve(world, {**question, "acts": acts}, listings, editions)
    ask.told = said(ask, loaded)
    return ask


def check(
    world: World, question: Doc, listings: list[Doc], editions: list[Doc], commitments: Iterable[Doc] = ()
) -> Doc:
    """Answer the one question the slow way: every measure of the matter against every cause."""
    ask = posed(world, question, listings, editions, commitments)
    findings: dict[tuple[str, Any], Finding] = {}
    needed, looked, acts = set[str](), set[str](), set[str]()
    for measure in world.measures.values():
        met = {cause.key: finding(ask, measure, cause) for cause in causes(ask, measure)}
        settled = any(one is not None and Reason.APPLIES in one.reasons for one in met.values())
        if not settled and open_acts(ask, measure):
            met |= {cause.key: finding(ask, measure, cause) for cause in clues(ask, measure)}
        findings |= {(measure["id"], key): one for key, one in met.items() if one is not None}
        parts = depends(ask, measure, settled=settled)
        needed, looked, acts = needed | parts[0], looked | parts[1], acts | parts[2]
    # Where gaps are passed over, a favour in doubt is in doubt already, and no list more is asked for.
    given = {at for at, one in findings.items() if Reason.APPLIES in one.reasons}
    favours = {at for at, one in findings.items() if one.granted and (at in given or ask.coverage != "loaded")}
    needed |= suspending_lists(ask) if favours else set()
    states = {code: loaded(world.lists[code], ask) for code in needed | looked}
    gaps = {code for code in needed if states[code] != "loaded"}
    if gaps & suspending_lists(ask) and ask.coverage != "loaded":  # a doubt is never a favour
        findings = {at: one for at, one in findings.items() if at not in favours}
    required = set(world.matters[ask.code].get("requires_acts", [])) & acts
    unproved = required - {act["type"] for act in ask.acts or []}
    verdicts = {Verdict.CLEAR, *(said_by(one) for one in findings.values())}
    nothing = bool(gaps) and set(states.values()) == {"missing"}
    if own_id(question["subject"]) is None or unproved or (gaps and ask.coverage != "loaded") or nothing:
        verdicts.add(Verdict.INDETERMINATE)
    unknown = gaps or any(one.reasons & DOUBTS or one.open for one in findings.values())
    grade = grade_by_rules(ask, ask.told, loaded)
    return {
        "verdict": strongest(verdicts),
        "complete": Verdict.INDETERMINATE not in verdicts and not unknown,
        "applying": {at for at, one in findings.items() if Reason.APPLIES in one.reasons},
        "findings": {at: one.reasons for at, one in findings.items()},
        "ways": {at: one.ways for at, one in findings.items() if one.ways},
        "grade": grade,
        "supervision": supervision(ask, ask.told, grade, loaded),
        "notices": notices(ask, ask.told),
        "negates": negates(rule for key, rule in world.rules.items() if key not in SHIPPED_ABSENCES),
        "missing": {code for code, state in states.items() if state == "missing"},
        "stale": {code for code, state in states.items() if state == "stale"},
    }


def strongest(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the strongest, in the order of DESIGN §3."""
    return min(verdicts, key=list(Verdict).index)


def said_by(one: Finding) -> Verdict:
    """A hint is worth a look; so is an unknown, unless it could restrict (DESIGN §3 conclude)."""
    if Reason.APPLIES in one.reasons:
        return one.would
    return Verdict.INDETERMINATE if one.reasons & DOUBTS and one.would in RESTRICTING else Verdict.ATTENTION
