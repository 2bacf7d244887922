"""What rules come to, read naively (对照答案之六：规则): every possible world gone through, one after the other.

A doubtful row holds or does not, a level nobody can read is any of its scheme; what follows in every world is sure.
A rule that wants something absent is not sure of it where nobody could look. Imports nothing of the package but its
vocabularies.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import product
from typing import TYPE_CHECKING, Any

from jointsanction.terms import ADVERSE_LEVELS, DOUBTS, HARDEST_FIRST, GradeLevel, Reason, SupervisionTier
from oracle_catalogue import RANK, above, alive, founded, inside, touches
from oracle_facts import YES, Doc, act_state, begun, ends, freed, later, many, within
from oracle_rules import astray, converted, level_on, own_number, possible_levels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from oracle import Ask, Cause

Way = tuple[Doc, frozenset[Any]]

LEAVES = ("listing", "act", "question", "derived", "grade")
GRADES, TIERS = list(GradeLevel), list(SupervisionTier)
COUNTING = {YES, Reason.REMOVED, Reason.LAPSED, Reason.LIFTED}
UNSURE = {*DOUBTS, Reason.UNDER_OBJECTION}
HARD = {"prohibit", "suspend", "revoke"}


@dataclass
class Said:
    """What rules say for sure and perhaps, by id, and on which rows and acts each surely or perhaps rests."""

    sure: dict[str, Doc] = field(default_factory=dict)
    perhaps: dict[str, Doc] = field(default_factory=dict)
    rests: dict[str, frozenset[Any]] = field(default_factory=dict)


def holding(test: Doc, value: Any, names: Doc) -> bool:  # noqa: ANN401 - whatever a fact may say
    """Say whether one value passes every comparison made on it; of the unknown nothing can be said but that."""
    return all(passes(word, wanted, value, names) for word, wanted in test.items())


def passes(word: str, wanted: Any, value: Any, names: Doc) -> bool:  # noqa: ANN401, PLR0911 - one return a comparison
    """Say whether one value passes one comparison."""
    if word == "known":
        return bool((value is not None) == wanted)
    if word == "within":
        return bool(set(many(value)) & set(many(wanted)))
    if value is None:
        return False
    if word in {"same", "differs"}:
        return wanted in names and (names[wanted] == value) == (word == "same")
    if word in {"in", "not-in"}:
        return (value in many(wanted)) == (word == "in")
    if word in {"gte", "lte"}:
        return bool(value >= wanted if word == "gte" else value <= wanted)
    return word == "as" or (value == wanted) == (word == "eq")


def ways(clause: Doc, names: Doc, known: dict[str, Any]) -> list[Way]:
    """List every way in which a condition is true, with the names it binds and the rows and acts it takes."""
    out: list[Way] = [(names, frozenset())]
    for kind in (kind for kind in LEAVES if kind in clause):
        out = [
            (
                {**bound, **{test["as"]: values.get(key) for key, test in clause[kind].items() if "as" in test}},
                used | {(kind, at)},
            )
            for bound, used in out
            for at, values in known[kind]
            if all(holding(test, values.get(key), bound) for key, test in clause[kind].items())
        ]
    if "count" in clause and not known["counts"](clause["count"]):
        return []
    for part in clause.get("all", []):
        out = [(bound, used | more) for before, used in out for bound, more in ways(part, before, known)]
    if "any" in clause:
        out = [(bound, used | more) for bound, used in out for p in clause["any"] for _, more in ways(p, bound, known)]
    return [(bound, used) for bound, used in out if not any(ways(p, bound, known) for p in clause.get("none", []))]


def rules_here(ask: Ask) -> dict[str, Doc]:
    """Name the rules in force on the day, here: with the last text that a rule rests on, it goes."""
    out = {}
    for key, rule in ask.world.rules.items():
        rests = any(alive(ask.world, basis, ask.as_of) and here(ask, basis) for basis in rule["basis"])
        if rests and within(rule, ask.as_of) and (not rule.get("region") or inside(ask.region, rule["region"])):
            out[key] = rule
    return out


def here(ask: Ask, basis: Doc) -> bool:
    """Say whether the text of a basis holds in the place asked about."""
    place = ask.world.instruments[basis["instrument"]].get("region")
    return not place or inside(ask.region, place)


def said(ask: Ask, loaded: Callable[[Doc, Ask], str]) -> Said:
    """Go through every world, and take what is so in all of them, and in some."""
    doubts = [at for at, cause in enumerate(ask.found) if cause.state in UNSURE or cause.by_name]
    rules = rules_here(ask)
    levels = [[None, *levels_told(ask, rules, cause)] for cause in ask.found]
    runs = [
        run(read_as(ask, read), rules, {at for at, is_so in zip(doubts, real, strict=True) if is_so}, {*doubts}, loaded)
        for real in product([False, True], repeat=len(doubts))
        for read in product(*levels)
    ]
    out = Said()
    for key, rule in rules.items():
        fired = [one[key] for one in runs if one[key] is not None]
        if len(fired) == len(runs):
            out.sure[key], out.rests[key] = rule, frozenset.intersection(*fired)
        elif fired:
            out.perhaps[key], out.rests[key] = rule, frozenset().union(*fired)
    return out


def levels_told(ask: Ask, rules: dict[str, Doc], cause: Cause) -> list[str]:
    """Name the levels a row may mean when nobody can read its own: one for each that rules can tell from the others."""
    kind = ask.world.lists[cause.fact["list"]]
    leaves = [leaf for rule in rules.values() for leaf in rows_asked(rule["when"])]
    asked = [leaf for leaf in leaves if could(ask, kind["code"], leaf, any_way=True)]
    told = {tuple(level_meets(leaf, None, None) for leaf in asked): ""}
    for level in possible_levels(ask, cause.fact, kind):
        told.setdefault(
            tuple(level_meets(leaf, level, converted(ask, {"grade": level}, kind)) for leaf in asked), level
        )
    return [level for level in told.values() if level]


def level_meets(leaf: Doc, level: str | None, converts: str | None) -> bool:
    """Say whether a level meets what a test asks of it."""
    return holding(leaf.get("grade", {}), level, {}) and holding(leaf.get("converts-to", {}), converts, {})


def read_as(ask: Ask, levels: tuple[str | None, ...]) -> Ask:
    """Return the question in a world in which some rows are of a level that is supposed."""
    rows = zip(ask.found, levels, strict=True)
    return replace(ask, found=[replace(one, fact={**one.fact, "supposed": level}) for one, level in rows])


def run(ask: Ask, rules: dict[str, Doc], real: set[int], doubtful: set[int], loaded: Any) -> Doc:  # noqa: ANN401
    """Say of each rule, in one world, what it rests on, None where it does not fire."""
    known: dict[str, Any] = {
        "listing": [(at, row_values(ask, cause, at in real)) for at, cause in enumerate(ask.found)],
        "act": [(at, {"type": act["type"], "relation": act.get("relation") or "self"}) for at, act in acts_now(ask)],
        "question": [(-1, asked_values(ask))],
        "counts": lambda count: counted(ask, count, real, doubtful),
    }
    fired: dict[str, frozenset[Any] | None] = {}

    def fires(key: str) -> frozenset[Any] | None:
        if key not in fired:
            fired[key] = None
            wanted = set(kinds_in(rules[key]["when"]))
            facts = dict(known)
            if "derived" in wanted:
                thens = [
                    rules[o]["then"]["derive"] for o in rules if "derive" in rules[o]["then"] and fires(o) is not None
                ]
                facts["derived"] = [(-1, {"value": True, **then}) for then in thens]
            if "grade" in wanted:
                grading = [o for o in rules if "grade" in rules[o]["then"]]
                level = worst({o: rules[o] for o in grading if fires(o) is not None})
                level = level or ("trustworthy" if gradable(ask, rules, loaded) else None)
                facts["grade"] = [(-1, {"level": level})] if level else []
            found = ways(rules[key]["when"], {}, facts)
            used = frozenset().union(*(used for _, used in found))
            fired[key] = frozenset(one for one in used if one[1] >= 0) if found else None
        return fired[key]

    return {key: fires(key) for key in rules}


def kinds_in(clause: Doc) -> Iterator[str]:
    """Name every kind of fact a condition asks for, at whatever depth."""
    yield from (key for key in clause if key in LEAVES)
    for key in ("all", "any", "none"):
        for part in clause.get(key, []):
            yield from kinds_in(part)


def acts_now(ask: Ask) -> list[tuple[int, Doc]]:
    """Give the acts shown that have come and were not taken away again."""
    shown = [(at, act) for at, act in enumerate(ask.acts or []) if not act.get("ruled_out")]
    return [(at, act) for at, act in shown if act_state(act, ask.as_of) == YES]


def way_of(cause: Cause) -> str:
    """Say in which of three directions a row was found."""
    return "from-question" if cause.from_question else "own" if cause.relation == "self" else "from-listing"


def row_values(ask: Ask, cause: Cause, real: bool) -> Doc:  # noqa: FBT001 - a world's own word
    """Give what a rule can ask of a row in a world in which it is real, or is not."""
    row, kind = cause.fact, ask.world.lists[cause.fact["list"]]
    schemes = [each["scheme"] for each in kind.get("scheme", []) if within(each, ask.as_of)]
    sound = schemes and row.get("grade") is not None and not astray(ask.world, row, kind, ask.as_of)
    level = level_on(ask.world.schemes[schemes[0]], row["grade"], ask.as_of) if sound else None
    level = row.get("supposed") or level
    return {
        "list": row["list"],
        "scheme": schemes[0] if schemes else None,
        "kind": kind["kind"],
        "in-force": (cause.state == YES and not cause.by_name) or (real and cause.state in {YES, *DOUBTS}),
        "founded": founded(ask.world, row["list"], ask.as_of),
        "way": way_of(cause),
        "relation": cause.relation,
        "severity": row.get("severity") or kind.get("severity"),
        "field": row.get("field") or kind.get("field"),
        "grade": level,
        "converts-to": None if level is None else converted(ask, {"grade": level}, kind),
        "region": row.get("region"),
    }


def asked_values(ask: Ask) -> Doc:
    """Give what a rule can ask of the question; of a first-level matter all below it is asked about."""
    world, matter = ask.world, ask.world.matters[ask.code]
    below = [node for node in world.matters if ask.code in above(world, node)] if "." not in ask.code else [ask.code]
    region = ask.region
    return {
        "matter": sorted(set().union(*(above(world, node) for node in below))),
        "role": ask.role(ask.code),
        "phase": ask.phase(ask.code),
        "region": [region, region[:4] + "00", region[:2] + "0000"] if region else None,
        "kind": ask.subject.get("kind"),
        "fields": (ask.fields or matter.get("fields")) or None,
        "traits": [*ask.traits, *(t for t in matter.get("traits", []) if t not in ask.not_traits)] or None,
        "size": ask.size,
    }


def counted(ask: Ask, count: Doc, real: set[int], doubtful: set[int]) -> bool:
    """Count the rows that held at some time in a stretch that ends on the day: the subject's own, unless told."""
    rows = set()
    for at, cause in enumerate(ask.found):
        held = cause.state in COUNTING | UNSURE or (count.get("repaired") and cause.state == Reason.REPAIRED)
        own = way_of(cause) == "own" or {"way", "relation"} & set(count["listing"])
        values = row_values(ask, cause, at in real)
        meets = all(holding(test, values.get(key), {}) for key, test in count["listing"].items())
        sure = at not in doubtful or at in real
        if held and own and meets and sure and not groundless(ask, cause) and reached(ask, cause, count["within"]):
            row = cause.fact
            rows.add(row.get("instrument_no") or (row["list"], row["listed_on"]))  # one document is one event
    total = len(rows)
    limits = {"gte": total.__ge__, "lte": total.__le__, "eq": total.__eq__}
    return all(limits[word](count[word]) for word in limits if count.get(word) is not None)


def groundless(ask: Ask, cause: Cause) -> bool:
    """Say whether a row never said anything of anybody: no document, or found wrong."""
    row = cause.fact
    wrong = any(step["track"] == "objection" and step["state"] == "upheld" for step in begun(row, ask.as_of))
    needs = ask.world.lists[row["list"]]["kind"] not in {"red", "rating"}
    return wrong or (needs and row.get("instrument_no") is None)


def reached(ask: Ask, cause: Cause, stretch: Doc) -> bool:
    """Say whether the last day on which a row held lies in a stretch that ends on the day asked about."""
    last = last_day(ask, cause)
    if last is None:
        return True
    end = later(last, years=stretch.get("years") or 0, months=stretch.get("months") or 0)
    return end + timedelta(days=stretch.get("days") or 0) >= ask.as_of


def last_day(ask: Ask, cause: Cause) -> date | None:
    """Give the last day on which an ended row held, None while it may still hold."""
    row, kind = cause.fact, ask.world.lists[cause.fact["list"]]
    if cause.state in {Reason.REMOVED, Reason.REPAIRED}:
        free = freed(row, ask.as_of)[0]
        free = row.get("missing_since") if free is None or free > ask.as_of else free
        return None if free is None else free - timedelta(days=1)
    if cause.state != Reason.LAPSED:
        return None
    days = [row["valid_to"]] if row.get("valid_to") else []
    days += [
        ends(row["listed_on"], term)[1]
        for term in kind.get("term", [])
        if within(term, row["listed_on"]) and (term.get("years") or term.get("months")) and term["text"] == "verified"
    ]
    return min(days)


def turning_on(ask: Ask, rules: dict[str, Doc], wanted: list[str]) -> set[str]:
    """Name the lists, of this place, on which some rules or those they build on could turn."""
    waiting, seen = list(wanted), set[str]()
    while waiting:
        key = waiting.pop()
        seen.add(key)
        asks = set(kinds_in(rules[key]["when"]))
        givers = [o for o, other in rules.items() if "grade" in asks and "grade" in other["then"]]
        givers += [o for o, other in rules.items() if builds_on(rules[key], other)]
        waiting += [o for o in givers if o not in seen]
    leaves = [leaf for key in seen for leaf in rows_asked(rules[key]["when"])]
    near = [code for code in ask.world.lists if touches(ask.world, code, ask.region)]
    return {code for code in near if any(could(ask, code, leaf) for leaf in leaves)}


def builds_on(rule: Doc, other: Doc) -> bool:
    """Say whether a rule tests what another derives."""
    named = [word for leaf in leaves_of(rule["when"], "derived") for word in facts_named(leaf)]
    return "derive" in other["then"] and other["then"]["derive"]["fact"] in named


def facts_named(leaf: Doc) -> list[Any]:
    """Name the derived facts a test could meet."""
    return [word for key in ("eq", "in") for word in many(leaf.get("fact", {}).get(key))]


def leaves_of(clause: Doc, kind: str) -> Iterator[Doc]:
    """Yield the tests on one kind of fact, at whatever depth."""
    if kind in clause:
        yield clause[kind]
    for key in ("all", "any", "none"):
        for part in clause.get(key, []):
            yield from leaves_of(part, kind)


def rows_asked(clause: Doc) -> Iterator[Doc]:
    """Yield the tests on rows, those that are counted among them."""
    yield from leaves_of(clause, "listing")
    yield from (count["listing"] for count in leaves_of(clause, "count"))


def could(ask: Ask, code: str, leaf: Doc, *, any_way: bool = False) -> bool:
    """Say whether a row of a list about the subject could meet some tests, whatever else it says."""
    kind = ask.world.lists[code]
    schemes = [each["scheme"] for each in kind.get("scheme", []) if within(each, ask.as_of)]
    fixed = {"list": code, "kind": kind["kind"], "founded": founded(ask.world, code, ask.as_of)}
    fixed |= {"scheme": schemes[0] if schemes else None} | ({} if any_way else {"way": "own", "relation": "self"})
    for key, test in leaf.items():
        plain = {word: wanted for word, wanted in test.items() if word not in {"as", "same", "differs"}}
        if key in fixed and not holding(plain, fixed[key], {}):
            return False
    return True


def not_seen(ask: Ask, codes: set[str], loaded: Any) -> bool:  # noqa: ANN401
    """Say whether some of these lists were not to be had, or not fresh."""
    return any(loaded(ask.world.lists[code], ask) != "loaded" for code in codes)


def gradable(ask: Ask, rules: dict[str, Doc], loaded: Any) -> bool:  # noqa: ANN401
    """Say whether whoever is told nothing bad of may be called trustworthy: rules grade, and could look."""
    grading = [key for key in rules if "grade" in rules[key]["then"]]
    seen = ask.coverage == "loaded" or not not_seen(ask, turning_on(ask, rules, grading), loaded)
    return bool(grading) and own_number(ask.subject) and seen


def negates(rules: Iterable[Doc]) -> bool:
    """Say whether some rule wants something absent: how far nobody could look is then a matter of caution."""
    return any(wants_absence(rule["when"]) for rule in rules)


def wants_absence(clause: Doc) -> bool:
    """Say whether a condition can become untrue by a row more."""
    few = any(word in clause.get("count", {}) for word in ("lte", "eq"))
    return few or "none" in clause or any(wants_absence(part) for key in ("all", "any") for part in clause.get(key, []))


def grade_by_rules(ask: Ask, told: Said, loaded: Any) -> Doc:  # noqa: ANN401
    """Give the worst level that is sure, and say whether nothing could worsen it."""
    rules = rules_here(ask)
    level = worst(told.sure)
    perhaps = worst(told.perhaps)
    open_ = perhaps is not None and (level is None or GRADES.index(perhaps) > GRADES.index(level))
    grading = [key for key in rules if "grade" in rules[key]["then"]]
    if level is None and not open_ and gradable(ask, rules, loaded):
        level = "trustworthy"
    seen = own_number(ask.subject) and not not_seen(ask, turning_on(ask, rules, grading), loaded)
    sure = level == "blacklisted" or seen
    return {"level": level, "complete": level is not None and sure and not open_}


def worst(rules: dict[str, Doc]) -> str | None:
    """Give the worst level some rules set."""
    levels = [rule["then"]["grade"] for rule in rules.values() if "grade" in rule["then"]]
    return max(levels, key=GRADES.index, default=None)


def supervision(ask: Ask, told: Said, grade: Doc, loaded: Any) -> str | None:  # noqa: ANN401
    """Give the strictest tier that is sure; looking less closely is a favour, and a doubt is none."""
    rules = rules_here(ask)
    sure, perhaps = (
        [rule["then"]["supervision"]["tier"] for rule in some.values() if "supervision" in rule["then"]]
        for some in (told.sure, told.perhaps)
    )
    if not sure:
        return None
    tier = max(sure, key=TIERS.index)
    supervising = [key for key in rules if "supervision" in rules[key]["then"]]
    open_ = any(TIERS.index(other) > TIERS.index(tier) for other in perhaps) or not own_number(ask.subject)
    open_ |= not_seen(ask, turning_on(ask, rules, supervising), loaded)
    open_ |= any("grade" in set(kinds_in(rules[key]["when"])) for key in supervising) and not grade["complete"]
    return None if tier == "relaxed" and open_ else tier


def standing_bases(ask: Ask, rule: Doc) -> list[Doc]:
    """Give the bases of a rule that were read, carry something, and are in force here and today."""
    read = [basis for basis in rule["basis"] if basis["text"] == "verified" and basis["carries"] in {"sets", "opens"}]
    return [basis for basis in read if here(ask, basis) and alive(ask.world, basis, ask.as_of)]


def raised_to(ask: Ask, rule: Doc) -> str | None:
    """Say how far a rule may raise: no further than its own bases would carry a measure (ENCODING §1)."""
    change = rule["then"]["raise"]
    bases = standing_bases(ask, rule)
    if change["class"] == "adverse":
        able = ADVERSE_LEVELS - {"judicial-interpretation"}
        bases = [basis for basis in bases if ask.world.instruments[basis["instrument"]]["level"] in able]
        if bases and change["degree"] in HARD and not any(basis["carries"] == "sets" for basis in bases):
            return "restrict"
    return change["degree"] if bases else None


def may_cap(ask: Ask, rule: Doc, measure: Doc) -> bool:
    """上位法优先: a rule caps only what rests on nothing above it."""
    strong = [b for b in measure["basis"] if b["carries"] in {"sets", "opens"} and alive(ask.world, b, ask.as_of)]
    own, theirs = (
        [RANK[ask.world.instruments[basis["instrument"]]["level"]] for basis in some]
        for some in (standing_bases(ask, rule), strong)
    )
    return bool(own) and max(own) >= max(theirs, default=0)


def concerns(ask: Ask, rule: Doc, site: str) -> bool:
    """A rule that names matters says nothing about a measure of others."""
    named = [set(many(leaf["matter"]["within"])) for leaf in leaves_of(rule["when"], "question") if "matter" in leaf]
    return not named or any(above(ask.world, site) & matters for matters in named)


def degree_left(ask: Ask, told: Said, measure: Doc, site: str, degree: str) -> str:
    """Give the degree of a measure that applies as the rules leave it: raised first, then capped."""
    order = [str(one) for one in HARDEST_FIRST.get(measure.get("class"), ())]
    rules = [rule for rule in told.sure.values() if concerns(ask, rule, site)]
    for key in ("raise", "cap"):
        for rule in (
            rule for rule in rules if key in rule["then"] and rule["then"][key]["class"] == measure.get("class")
        ):
            capped = rule["then"]["cap"]["degree"] if key == "cap" and may_cap(ask, rule, measure) else None
            to = raised_to(ask, rule) if key == "raise" else capped
            harder = to is not None and order.index(to) < order.index(degree)
            if to is not None and harder == (key == "raise"):
                degree = to
    return degree


def reviewed(ask: Ask, told: Said, site: str, at: tuple[str, int]) -> bool:
    """Say whether some rule leaves it to a person: one that rests on rows or acts speaks of what those set off."""
    asking = [key for key, rule in told.sure.items() if "review" in rule["then"] and concerns(ask, rule, site)]
    return any(not told.rests[key] or at in told.rests[key] for key in asking)


def open_change(ask: Ask, told: Said, measure: Doc, site: str) -> bool:
    """Say whether it is not known if a rule would cap or raise a measure."""
    changes = [rule for rule in told.perhaps.values() if concerns(ask, rule, site)]
    return any(
        rule["then"].get(key, {}).get("class", "") == measure.get("class")
        for rule in changes
        for key in ("raise", "cap")
    )


def notices(ask: Ask, told: Said) -> set[tuple[str, str]]:
    """Name what rules tell, and what they would tell if it were sure."""
    out = set()
    for key, rule in told.sure.items():
        then = rule["then"]
        out |= {("rule.warning", key)} if "warn" in then else set()
        out |= {("rule.review", key)} if "review" in then else set()
        out |= {("rule.raise-too-weak", key)} if "raise" in then and raised_to(ask, rule) is None else set()
    telling = [key for key, rule in told.perhaps.items() if {"warn", "review", "cap", "raise"} & set(rule["then"])]
    return out | {("rule.unsure", key) for key in telling}
