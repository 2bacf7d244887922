"""A naive oracle of `check_subject` (对照答案): law and design read once more, slowly, from the YAML itself.

Imports nothing of the package but its vocabularies. A question, listings and editions are plain dicts with the keys of
DESIGN §4 (`subject` is a dict, `acts` and `related` are lists of dicts, `not_traits` are the traits ruled out).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from jointsanction.terms import ADVERSE_LEVELS, DOUBTS, FOUNDING_LEVELS, HINTS, LEADING_RELATIONS, Reason, Verdict
from oracle_facts import YES, Doc, act_state, listing_state, many, term_reason, where_reason, within

RANKS = (
    ("memorandum", "national-list", "standard"), ("normative-document",), ("joint-document",), ("government-rule",),
    ("department-rule",), ("local-regulation",), ("judicial-interpretation",),
    ("central-policy", "administrative-regulation"), ("law",),
)  # fmt: skip
RANK = {level: rank for rank, levels in enumerate(RANKS) for level in levels}
DOWNWARD = ("kind", "default_role", "default_phase", "granted_by", "ordinary_way", "fields", "roles")
SERIOUS = {"black", "independent"}


@dataclass
class World:
    """The catalogue as its files say it, plain dicts by id."""

    instruments: dict[str, Doc] = field(default_factory=dict)
    lists: dict[str, Doc] = field(default_factory=dict)
    groups: dict[str, Doc] = field(default_factory=dict)
    schemes: dict[str, Doc] = field(default_factory=dict)
    matters: dict[str, Doc] = field(default_factory=dict)
    measures: dict[str, Doc] = field(default_factory=dict)
    rules: dict[str, Doc] = field(default_factory=dict)


def read_world(root: Path) -> World:
    """Read every file of a root; `effect` follows from the folder."""
    world = World()
    for path in sorted([*(root / "measures").rglob("*.yaml"), *(root / "rules").glob("*.yaml")]):
        if path.name.endswith(".test.yaml"):
            continue
        doc = yaml.safe_load(path.read_text("utf-8"))
        folder = path.parent.name
        if folder in {"restriction", "incentive"}:
            world.measures[doc["id"]] = {**doc, "effect": folder}
        elif folder in {"instruments", "lists", "rules"}:
            getattr(world, folder)[doc.get("id") or doc["code"]] = doc
        elif path.stem == "matters":
            grow(world, doc["matters"], None)
        elif path.stem in {"groups", "schemes"}:
            setattr(world, path.stem, doc[path.stem])
    return world


def grow(world: World, branch: dict[str, Doc], parent: str | None) -> None:
    """Lay the tree of matters flat: what is not said is inherited from the node above."""
    for code, node in branch.items():
        above = world.matters[parent] if parent else {}
        inherited = {key: above[key] for key in DOWNWARD if key in above}
        world.matters[code] = {**inherited, **node, "parents": many(parent) + many(node.get("also_under"))}
        grow(world, node.get("children", {}), code)


def above(world: World, code: str) -> set[str]:
    """A matter and everything above it."""
    return {code}.union(*(above(world, parent) for parent in world.matters[code]["parents"]))


def places(world: World, code: str, measure: Doc) -> list[str]:
    """Where a measure meets the matter asked about: there, if it names it or a node above; else in nodes below."""
    named = set(measure["matters"])
    if above(world, code) & named:
        return [code]
    return [node for node in world.matters if code in above(world, node) and above(world, node) & named]


def inside(region: str | None, place: str) -> bool:
    """410182 lies in 410100 and in 410000."""
    return region is not None and region.startswith(re.sub(r"(00)+$", "", place))


@dataclass
class Ask:
    """A question resolved: the node asked about, the role, the phase, and everything given."""

    question: Doc
    code: str
    role: str
    phase: str

    def __getattr__(self, name: str) -> Any:
        return self.question.get(name)


def resolve(world: World, question: Doc) -> Ask:
    """Code or alias (which may carry a role), role and phase; what is not said follows from the matter."""
    code, role = question["matter"], None
    for name, matter in world.matters.items():
        for alias in matter.get("aliases", []):
            alias = {"name": alias} if isinstance(alias, str) else alias
            if alias["name"] == code and code not in world.matters:
                code, role = name, alias.get("role")
                break
    matter = world.matters[code]
    role = question.get("role") or role or matter["default_role"]
    phase = question.get("phase") or matter.get("default_phase") or "before"
    return Ask(question, code, role, phase)


@dataclass
class Cause:
    """A listing or an act, and how it is tied to the subject. `carried` came over by the consortium rule."""

    type: str
    key: Any
    fact: Doc
    relation: str = "self"
    personally: bool | None = None
    kind: str | None = None
    from_question: bool = False
    by_name: bool = False
    state: str = YES


def own_id(doc: Doc) -> str | None:
    return doc.get("uscc") or doc.get("resident_id") or doc.get("other_id")


def hits(question: Doc, listings: list[Doc], lists: dict[str, Doc]) -> Iterator[Cause]:
    """Find the rows about the subject, about whom the subject is tied to, and about whom is tied to it."""
    subject = question["subject"]
    number, name = own_id(subject), subject.get("name")
    for row in listings:
        state = listing_state(lists[row["list"]], row, question["as_of"])
        key = ("listing", row["row"])
        if number and own_id(row) == number:
            yield Cause("listing", key, row, kind=subject["kind"], state=state)
        elif number and any(tied.get("id") == number for tied in row.get("related", [])):
            for tied in row["related"]:
                if tied.get("id") == number:
                    personally = tied.get("personally_responsible")
                    yield Cause("listing", key, row, tied["relation"], personally, row.get("subject_kind"), state=state)
        elif name and row.get("name") == name and not contradicts(subject, row):
            yield Cause("listing", key, row, kind=subject["kind"], by_name=True, state=state)
        for tied in question.get("related", []):
            if own_id(row) == tied["id"]:
                kind = row.get("subject_kind") or tied.get("kind")
                yield Cause("listing", key, row, tied["relation"], kind=kind, from_question=True, state=state)


def contradicts(subject: Doc, row: Doc) -> bool:
    """A full number of the same sort that differs, or a masked one that cannot be the same."""
    for key in ("uscc", "resident_id"):
        mine, theirs = subject.get(key), row.get(key)
        if mine and theirs:
            return re.fullmatch(theirs.replace("*", "."), mine) is None
    return False


def listed_by(world: World, measure: Doc, as_of: date | None = None) -> set[str]:
    """The lists a measure is for, those of its groups included on the days they belong."""
    targets = measure["targets"]
    codes = set(targets.get("lists", []))
    for group in targets.get("groups", []):
        codes |= {m["list"] for m in world.groups[group]["members"] if as_of is None or within(m, as_of)}
    if measure["trigger"] == "record" and not codes:
        codes = {
            code for code, listtype in world.lists.items() if listtype["kind"] == "record" and here(measure, listtype)
        }
    if measure["trigger"] == "grade":
        codes |= {
            code
            for code, listtype in world.lists.items()
            for speaks in listtype.get("scheme", [])
            if speaks["scheme"] == targets["grades"]["scheme"] and (as_of is None or within(speaks, as_of))
        }
    return codes


def here(measure: Doc, listtype: Doc) -> bool:
    """A local measure is about the records of its place, not another province's."""
    place, scope = measure.get("region"), listtype.get("scope", "national")
    return not place or scope == "national" or any(inside(str(place), at) or inside(at, str(place)) for at in scope)


def founded(world: World, code: str, as_of: date) -> bool:
    """国办发〔2020〕49号: a black list needs a law, a local one at least a local regulation (ENCODING §7)."""
    listtype = world.lists[code]
    levels = (
        FOUNDING_LEVELS if listtype.get("scope", "national") == "national" else {*FOUNDING_LEVELS, "local-regulation"}
    )
    return listtype["kind"] != "black" or any(
        basis["carries"] == "founds"
        and world.instruments[basis["instrument"]]["level"] in levels
        and alive(world, basis, as_of)
        for basis in listtype.get("basis", [])
    )


def alive(world: World, basis: Doc, day: date) -> bool:
    return within(basis, day) and within(world.instruments[basis["instrument"]], day)


def causes(world: World, ask: Ask, measure: Doc, found: list[Cause]) -> Iterator[Cause]:
    """What could set this measure off, and the clues to what is not known."""
    targets = measure["targets"]
    if measure["trigger"] in {"listing", "record", "grade"}:
        codes = listed_by(world, measure, ask.as_of)
        yield from (cause for cause in found if cause.fact["list"] in codes)
        return
    for act in ask.acts or []:
        if act["type"] in targets.get("acts", []) and not act.get("ruled_out"):
            tie, blamed = act.get("relation") or "self", act.get("personally_responsible")
            key = ("act", act["document_number"])
            yield Cause("act", key, act, tie, blamed, ask.subject["kind"], state=act_state(act, ask.as_of))


def clues(measure: Doc, found: list[Cause]) -> Iterator[Cause]:
    """Listings in force, or perhaps in force, that point to an act nobody has shown; an ended one is no clue."""
    for cause in found:
        if cause.fact["list"] in measure["targets"].get("clue_lists", []):
            yield replace(cause, type="clue", state=cause.state or (YES if cause.by_name else Reason.ACT_NOT_SHOWN))


def open_acts(measure: Doc, ask: Ask) -> bool:
    """Whether some act of the measure was not ruled out."""
    ruled_out = {act["type"] for act in ask.acts or [] if act.get("ruled_out")}
    return bool(set(measure["targets"].get("acts", [])) - ruled_out)


def carried_within(world: World, as_of: date) -> Iterator[list[str]]:
    """The matters in which one member's listing counts for all, while a law says so (政府采购法 24, 招标投标法 31)."""
    for rule in world.rules.values():
        if "carry" in rule["then"] and within(rule, as_of):
            lawful = [b for b in rule["basis"] if world.instruments[b["instrument"]]["level"] in ADVERSE_LEVELS]
            if any(
                b["carries"] in {"sets", "opens"} and b["text"] == "verified" and alive(world, b, as_of) for b in lawful
            ):
                yield next(test["question"]["matter"]["within"] for test in rule["when"]["all"] if "question" in test)


def suspends(world: World, as_of: date) -> bool:
    """Whether incentives give way to a serious listing on that day (黑名单优先)."""
    rules = [rule for rule in world.rules.values() if "suspend" in rule["then"] and within(rule, as_of)]
    return any(alive(world, basis, as_of) for rule in rules for basis in rule["basis"])


def reach(world: World, ask: Ask, measure: Doc, site: str, cause: Cause) -> str:
    """Whether the measure is borne along this tie (ENCODING §3, DESIGN §3 lookup a–c, the consortium rule)."""
    relation = cause.relation
    if cause.from_question:
        leads = relation in LEADING_RELATIONS
        carried = relation == "consortium-member" and measure.get("class") == "adverse"
        together = any(above(world, ask.code) & set(codes) for codes in carried_within(world, ask.as_of))
        relation = "units-led" if leads else "self" if carried and together else relation
        if relation not in {"units-led", "self", "consortium-member"}:
            return Reason.RELATION_NOT_REACHED
    for bearer in measure["bears"]:
        bearer = {"role": bearer} if isinstance(bearer, str) else bearer
        if bearer["role"] == relation:
            if not bearer.get("personally_responsible"):
                return YES
            if cause.personally is None:
                return Reason.ATTRIBUTE_UNKNOWN
            return YES if cause.personally else Reason.CONDITION_UNMET
    return Reason.RELATION_NOT_REACHED


def standing(world: World, ask: Ask, measure: Doc, site: str) -> list[str]:
    """What does not depend on any cause: role, phase, region, traits."""
    matter, out = world.matters[site], []
    ordinary = [matter["default_role"], world.matters[ask.code]["default_role"], "consortium-member"]
    if ask.role not in (measure.get("roles") or ordinary):
        out.append(Reason.OTHER_ROLE)
    if measure.get("phase") and ask.phase not in measure["phase"]:
        out.append(Reason.OTHER_PHASE)
    if measure.get("region") and not inside(ask.region, str(measure["region"])):
        out.append(Reason.OTHER_REGION)
    for trait in measure.get("traits", []):
        if trait in (ask.not_traits or []) or trait in matter.get("not_traits", []):
            out.append(Reason.CONDITION_UNMET)
        elif trait not in (ask.traits or []) and trait not in matter.get("traits", []):
            out.append(Reason.TRAIT_UNKNOWN)
    return out


def kind_reason(measure: Doc, kind: str | None) -> str:
    """单位 is every kind but a person."""
    kinds = measure["targets"].get("kinds", [])
    if not kinds or kind in kinds or ("unit" in kinds and kind not in {None, "person"}):
        return YES
    return Reason.OTHER_KIND if kind else Reason.ATTRIBUTE_UNKNOWN


def nature(world: World, ask: Ask, site: str) -> tuple[str, str | None]:
    """The kind of the matter in this role, and the level of what grants it."""
    matter = world.matters[site]
    part = matter.get("roles", {}).get(ask.role, {})
    return part.get("kind", matter["kind"]), part.get("granted_by", matter.get("granted_by"))


def ground(world: World, ask: Ask, measure: Doc, site: str, day: date) -> tuple[str, bool]:
    """Whether some basis carries the measure on a day, and whether only one that `opens` does (ENCODING §1)."""
    if not within(measure, day):
        return (Reason.BASIS_ENDED if day > (measure.get("valid_to") or date.max) else Reason.BASIS_NOT_YET), False
    kind, granted_by = nature(world, ask, site)
    withheld = measure["degree"] == "withhold" and kind in {"convenience", "engagement"}
    strong = []
    for basis in measure["basis"]:
        instrument = world.instruments[basis["instrument"]]
        enough = True
        if measure.get("class") == "adverse":
            enough = instrument["level"] in ADVERSE_LEVELS
        elif withheld and granted_by:
            enough = RANK[instrument["level"]] >= RANK[granted_by]
        if instrument.get("region") and not inside(ask.region, str(instrument["region"])):
            enough = False
        strong += [basis] if enough else []
    carrying = [basis for basis in strong if basis["carries"] in {"sets", "opens"}]
    now = [basis for basis in carrying if alive(world, basis, day)]
    for wanted in ("sets", "opens"):
        if any(b["carries"] == wanted and (b["text"] == "verified" or measure["effect"] == "incentive") for b in now):
            return YES, wanted == "opens"
    if now:
        return Reason.UNVERIFIED, False
    speaking = [basis for basis in strong if basis["carries"] in {"sets", "opens", "refers"}]
    if any(b["carries"] == "refers" and alive(world, b, day) for b in speaking):
        return Reason.REFERS_ONLY, False
    dated = carrying or speaking or measure["basis"]
    if not any(alive(world, basis, day) for basis in dated):
        ended = any(
            (b.get("valid_to") or world.instruments[b["instrument"]].get("valid_to") or date.max) < day for b in dated
        )
        return (Reason.BASIS_ENDED if ended else Reason.BASIS_NOT_YET), False
    return Reason.BASIS_TOO_WEAK, False


def judged_day(measure: Doc, ask: Ask, cause: Cause) -> date:
    """Penalties follow the law of their day, eligibility the law of the asking (ENCODING §4)."""
    default = "act" if measure["trigger"] in {"act", "order", "commitment"} else "asking"
    by_act = cause.type == "act" and (measure.get("judged_on") or default) == "act"
    return cause.fact["decision_made"] if by_act else ask.as_of


def fact_reasons(world: World, ask: Ask, measure: Doc, site: str, cause: Cause) -> Iterator[str]:
    """What the listing or act itself must answer: severity, grade, further facts, trade, term."""
    if cause.type == "clue":  # what it points to is asked these things, not the listing
        return
    targets, listtype = measure["targets"], world.lists.get(cause.fact.get("list", ""), {})
    trade = cause.fact.get("field") or listtype.get("field")
    if targets.get("severity"):
        yield where_reason({"severity": targets["severity"]}, cause.fact, listtype, None)
    yield where_reason(targets.get("where"), cause.fact, listtype, ask.size if cause.relation == "self" else None)
    if targets.get("grades"):
        yield grade_reason(world, targets["grades"], cause.fact, listtype, ask.as_of)
    fields = ask.fields or world.matters[site].get("fields", [])
    for key, reason in (("related_only", Reason.UNRELATED), ("same_trade", Reason.SAME_TRADE_UNMET)):
        if measure.get(key):
            yield Reason.ATTRIBUTE_UNKNOWN if not trade or not fields else YES if trade in fields else reason
    if cause.type == "act":
        yield term_reason(measure, cause.fact, ask.as_of)


def grade_reason(world: World, wanted: Doc, row: Doc, listtype: Doc, day: date) -> str:
    """The grade column speaks the scheme its list has on that day; a level not known there is a doubt (ENCODING §7)."""
    schemes = [speaks["scheme"] for speaks in listtype.get("scheme", []) if within(speaks, day)]
    if wanted["scheme"] not in schemes:
        return Reason.CONDITION_UNMET
    for level in world.schemes[wanted["scheme"]]["levels"]:
        if row.get("grade") in [level["level"], level["title"], *level.get("aliases", [])] and within(level, day):
            return YES if level["level"] in wanted["levels"] else Reason.CONDITION_UNMET
    return Reason.ATTRIBUTE_UNKNOWN


def incentive_reasons(world: World, ask: Ask, measure: Doc, found: list[Cause]) -> Iterator[str]:
    """黑名单优先: a serious listing in force suspends every incentive; some conditions are tested."""
    mine = [cause for cause in found if cause.relation == "self"]
    rows = [(cause, world.lists[cause.fact["list"]]["kind"]) for cause in mine]
    for cause, kind in rows:
        if kind in SERIOUS and founded(world, cause.fact["list"], ask.as_of) and suspends(world, ask.as_of):
            if cause.state == YES and not cause.by_name:
                yield Reason.SUSPENDED_BY
            elif cause.state == YES or cause.state in DOUBTS:
                yield Reason.ATTRIBUTE_UNKNOWN
    for condition in measure.get("conditions", []):
        if condition == {"no-serious-listing": True} or condition == "no-serious-listing":
            if any(kind == "black" and cause.state == YES and not cause.by_name for cause, kind in rows):
                yield Reason.CONDITION_UNMET


def judge(world: World, ask: Ask, measure: Doc, site: str, cause: Cause, found: list[Cause]) -> tuple[str, bool]:
    """The reason of one finding: a sure no first, then what makes it a hint, then what is not known."""
    reasons = standing(world, ask, measure, site)
    strength, opens = ground(world, ask, measure, site, judged_day(measure, ask, cause))
    reasons += [
        strength,
        reach(world, ask, measure, site, cause),
        cause.state,
        *fact_reasons(world, ask, measure, site, cause),
    ]
    if cause.type != "act" or cause.relation == "self":  # whom an act hit is told only where it hit the subject
        reasons.append(kind_reason(measure, cause.kind))
    if cause.type == "listing" and not founded(world, cause.fact["list"], ask.as_of):
        reasons.append(Reason.UNFOUNDED_LIST)
    if cause.by_name:
        reasons.append(Reason.NAME_ONLY)
    if measure["effect"] == "incentive":
        reasons += incentive_reasons(world, ask, measure, found)
    reasons = [reason for reason in reasons if reason != YES]
    for group in (set(reasons) - HINTS - DOUBTS, {Reason.UNFOUNDED_LIST}, HINTS, {cause.state, Reason.NAME_ONLY} - {Reason.ACT_NOT_SHOWN}, {Reason.ATTRIBUTE_UNKNOWN}, {Reason.TRAIT_UNKNOWN}, DOUBTS):
        for reason in reasons:
            if reason in group:
                return reason, opens
    return Reason.APPLIES, opens


def bites(world: World, ask: Ask, measure: Doc, site: str, opens: bool) -> Verdict:
    """What an applying finding makes of the verdict (DESIGN §3 conclude)."""
    if measure["effect"] == "incentive":
        return Verdict.FAVOURED
    binding = "may" if opens and measure["binding"] == "must" else measure["binding"]
    if measure["class"] == "adverse" and binding != "reference":
        ban = binding == "must" and measure["degree"] == "prohibit"
        return Verdict.PROHIBITED if ban else Verdict.RESTRICTED
    withheld = measure["degree"] == "withhold" and nature(world, ask, site)[0] in {"convenience", "engagement"}
    return Verdict.RESTRICTED if withheld and binding == "must" else Verdict.ATTENTION


def loaded(listtype: Doc, editions: list[Doc], ask: Ask) -> str:
    """`loaded`, `stale` or `missing`: a batch must declare the whole list, for its scope and for the day."""
    scope = listtype.get("scope", "national")
    received = []
    for edition in editions:
        regions = edition.get("regions") or ()
        whole = not regions or (scope != "national" and all(any(inside(s, r) for r in regions) for s in scope))
        if edition["list"] == listtype["code"] and whole and (edition.get("covers_from") or date.min) <= ask.as_of:
            received.append(edition["received_at"])
    if not received:
        return "missing"
    days = listtype.get("stale_after")
    return "stale" if days is not None and ask.asked_at - max(received) > timedelta(days=days) else "loaded"


def depends(world: World, ask: Ask, measure: Doc, *, settled: bool) -> tuple[set[str], set[str], set[str]]:
    """The lists a measure could restrict by, all lists it looks at, the acts it could restrict by, for this question."""
    needed: set[str] = set()
    acts: set[str] = set()
    looked: set[str] = set()
    for site in places(world, ask.code, measure):
        if set(standing(world, ask, measure, site)) - DOUBTS:
            continue
        only_self = all(bearer == "self" or bearer == {"role": "self"} for bearer in measure["bears"])
        if only_self and kind_reason(measure, ask.subject["kind"]) == Reason.OTHER_KIND:
            continue
        if measure["trigger"] in {"listing", "record", "grade"}:
            codes = listed_by(world, measure, ask.as_of)
        else:
            codes = set() if settled or not open_acts(measure, ask) else set(measure["targets"].get("clue_lists", []))
        strength, opens = ground(world, ask, measure, site, ask.as_of)
        if strength in {Reason.BASIS_ENDED, Reason.BASIS_NOT_YET}:
            continue
        looked |= codes
        if strength == YES and bites(world, ask, measure, site, opens) in {Verdict.PROHIBITED, Verdict.RESTRICTED}:
            acts |= set(measure["targets"].get("acts", []))
            needed |= {
                code for code in codes if measure["trigger"] in {"act", "order"} or founded(world, code, ask.as_of)
            }
    return in_place(world, ask, needed), in_place(world, ask, looked), acts


def in_place(world: World, ask: Ask, codes: set[str]) -> set[str]:
    """National lists, and those of the place asked about."""
    scopes = {code: world.lists[code].get("scope", "national") for code in codes}
    return {code for code, scope in scopes.items() if scope == "national" or any(inside(ask.region, at) for at in scope)}


Findings = dict[tuple[str, Any, str], Verdict]
"""By measure, cause and reason, what it would come to if it applied."""


def finding(world: World, ask: Ask, measure: Doc, cause: Cause, found: list[Cause]) -> Findings:
    """What one measure and one cause come to in all places where they meet, if it is worth saying."""
    sites = places(world, ask.code, measure)
    reasons = [(*judge(world, ask, measure, site, cause, found), site) for site in sites]
    for reason in (Reason.APPLIES, *DOUBTS, *HINTS):
        would = [bites(world, ask, measure, site, opens) for why, opens, site in reasons if why == reason]
        if would:
            return {(measure["id"], cause.key, str(reason)): max(would, key=strength_of)}
    return {}


def check(world: World, question: Doc, listings: list[Doc], editions: list[Doc]) -> Doc:
    """Answer the one question the slow way: every measure of the matter against every cause."""
    ask = resolve(world, question)
    found = list(hits(question, listings, world.lists))
    findings: Findings = {}
    needed: set[str] = set()
    looked: set[str] = set()
    asked_about: set[str] = set()
    for measure in world.measures.values():
        for cause in causes(world, ask, measure, found):
            findings |= finding(world, ask, measure, cause, found)
        settled = any(at[0] == measure["id"] and at[2] == Reason.APPLIES for at in findings)
        if not settled and open_acts(measure, ask):
            for cause in clues(measure, found):
                findings |= finding(world, ask, measure, cause, found)
        more, all_, acts = depends(world, ask, measure, settled=settled)
        needed, looked, asked_about = needed | more, looked | all_, asked_about | acts
    if Verdict.FAVOURED in [would for (_, _, reason), would in findings.items() if reason == Reason.APPLIES]:
        scopes = {
            code: world.lists[code].get("scope", "national") for code in world.lists if founded(world, code, ask.as_of)
        }
        reach_here = {
            code for code, scope in scopes.items() if scope == "national" or any(inside(ask.region, at) for at in scope)
        }
        serious = {code for code in reach_here if world.lists[code]["kind"] in SERIOUS}
        needed |= serious if suspends(world, ask.as_of) else set()
        gaps = [code for code in needed & serious if loaded(world.lists[code], editions, ask) != "loaded"]
        if gaps and ask.coverage != "loaded":  # a doubt is never a favour
            findings = {
                at: would for at, would in findings.items() if at[2] != Reason.APPLIES or would != Verdict.FAVOURED
            }
    states = {code: loaded(world.lists[code], editions, ask) for code in needed | looked}
    said = {Verdict.CLEAR, *(said_by(reason, would) for (_, _, reason), would in findings.items())}
    required = set(world.matters[ask.code].get("requires_acts", []))
    unproved = required & asked_about - {act["type"] for act in ask.acts or []}
    gaps = [code for code in needed if states[code] != "loaded"]
    if own_id(question["subject"]) is None or unproved or (gaps and ask.coverage != "loaded"):
        said.add(Verdict.INDETERMINATE)
    unknown = any(reason in DOUBTS for _, _, reason in findings)
    return {
        "verdict": max(said, key=strength_of),
        "complete": Verdict.INDETERMINATE not in said and not gaps and not unknown,
        "applying": {(measure, key) for measure, key, reason in findings if reason == Reason.APPLIES},
        "findings": set(findings),
        "missing": {code for code, state in states.items() if state == "missing"},
        "stale": {code for code, state in states.items() if state == "stale"},
    }


def strength_of(verdict: Verdict) -> int:
    """Strongest first, as DESIGN §3 lists them."""
    return -list(Verdict).index(verdict)


def said_by(reason: str, would: Verdict) -> Verdict:
    """A hint is worth a look; so is an unknown, unless it could restrict (DESIGN §3 conclude)."""
    if reason == Reason.APPLIES:
        return would
    open_ = reason in DOUBTS and would in {Verdict.PROHIBITED, Verdict.RESTRICTED}
    return Verdict.INDETERMINATE if open_ else Verdict.ATTENTION
