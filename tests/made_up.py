"""A made-up catalogue (虚构目录) that reaches corners the shipped one does not, and measures drawn at random in it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from jointsanction.terms import DEGREES_OF, Binding, Crime, Level, MeasureClass, Phase, Relation, Size, Trait
from oracle_catalogue import World, grow
from strategies import below, chance, pick, some

if TYPE_CHECKING:
    from oracle_facts import Doc
    from strategies import Dice

START = date(2010, 1, 1)
LEVELS = ["law", "central-policy", "local-regulation", "department-rule", "memorandum"]
INSTRUMENTS: dict[str, Doc] = {
    **{
        level: {"id": level, "title": f"虚构{Level(level).zh}", "level": level, "valid_from": START} for level in LEVELS
    },
    "old-law": {
        "id": "old-law",
        "title": "虚构旧法",
        "level": "law",
        "valid_from": START,
        "valid_to": date(2022, 12, 31),
    },
    "new-law": {"id": "new-law", "title": "虚构新法", "level": "law", "valid_from": date(2023, 1, 1)},
}
INSTRUMENTS["local-regulation"]["region"] = "410000"


def listed(code: str, kind: str, **more: Any) -> tuple[str, Doc]:
    """Make a list, founded by a law unless told otherwise."""
    founds = [{"instrument": "law", "carries": "founds", "text": "recalled"}]
    return code, {
        "code": code,
        "title": f"虚构名单{code}",
        "kind": kind,
        "authority": ["虚构机关"],
        "basis": founds,
        **more,
    }


LISTS: dict[str, Doc] = dict(
    [
        listed(
            "BL.ONE", "black", term=[{"years": 3, "text": "verified", "valid_from": date(2020, 1, 1)}], stale_after=30
        ),
        listed("BL.TWO", "black", term=[{"years": [1, 3], "text": "recalled"}], field="food"),
        listed("BL.CLUE", "black", basis=[{"instrument": "memorandum", "carries": "founds", "text": "verified"}]),
        listed(
            "BL.HERE",
            "black",
            scope=["410000"],
            basis=[{"instrument": "local-regulation", "carries": "founds", "text": "verified"}],
        ),
        listed("IN.ONE", "independent", stale_after=7),
        listed("WL.ONE", "watch", exit_by="disappearance", severity="general", objection="suspend"),
        listed("RL.ONE", "red", term=[{"years": 1, "text": "verified"}]),
        listed("GEN.HERE", "record", scope=["410000"], severity="general"),
        listed(
            "GR.ONE",
            "watch",
            scheme=[
                {"scheme": "old-3", "valid_to": date(2021, 12, 31)},
                {"scheme": "new-3", "valid_from": date(2022, 1, 1)},
            ],
        ),
    ]
)
SCHEMES: dict[str, Doc] = {
    name: {
        "id": name,
        "title": "虚构等级",
        "levels": [{"level": low, "title": f"{low}级", "aliases": [low.lower()]} for low in levels],
        "conversions": [{"levels": {"A": "trustworthy", "C": "serious-dishonesty", "D": "blacklisted"}}],
    }
    for name, levels in (("old-3", "ABC"), ("new-3", "ABD"))
}
GROUPS: dict[str, Doc] = {
    "BOTH": {
        "code": "BOTH",
        "title": "虚构对象组",
        "members": [
            {"list": "BL.ONE", "basis": [{"instrument": "law", "carries": "sets", "text": "verified"}]},
            {
                "list": "BL.TWO",
                "basis": [{"instrument": "law", "carries": "opens", "text": "verified"}],
                "valid_from": date(2021, 1, 1),
            },
        ],
    },
    "LOOSE": {
        "code": "LOOSE",
        "title": "虚构未核对的对象组",
        "members": [
            {"list": "BL.ONE", "basis": [{"instrument": "law", "carries": "sets", "text": "recalled"}]},
            {"list": "IN.ONE", "basis": [{"instrument": "old-law", "carries": "sets", "text": "verified"}]},
        ],
    },
}
MATTERS: dict[str, Doc] = {
    "PRT": {"title": "虚构交易", "kind": "market", "default_role": "bidder"},
    "BID": {
        "title": "虚构招标",
        "kind": "market",
        "default_role": "bidder",
        "also_under": ["PRT"],
        "roles": {"evaluation-expert": {"kind": "engagement", "granted_by": "department-rule", "ordinary_way": "无"}},
        "children": {
            "BID.TENDER": {
                "title": "虚构必招",
                "traits": ["mandatory-tender"],
                "aliases": [{"name": "联合投标", "role": "consortium-member"}],
            }
        },
    },
    "GPC": {
        "title": "虚构采购",
        "kind": "right",
        "default_role": "supplier",
        "also_under": ["PRT"],
        "children": {"GPC.SUPPLIER": {"title": "虚构供应"}},
    },
    "LIC": {
        "title": "虚构许可",
        "kind": "right",
        "default_role": "applicant",
        "fields": ["food"],
        "children": {
            "LIC.EASY": {
                "title": "虚构便利",
                "kind": "convenience",
                "granted_by": "department-rule",
                "ordinary_way": "普通程序",
            },
            "LIC.SAFE": {
                "title": "虚构安全",
                "traits": ["safety-matter"],
                "requires_acts": ["licence-revoked"],
                "fields": ["safety"],
            },
        },
    },
}
RULES: dict[str, Doc] = {
    "consortium": {
        "id": "consortium",
        "title": "虚构联合体规则",
        "when": {
            "all": [
                {"question": {"matter": {"within": ["BID"]}}},
                {
                    "listing": {
                        "way": {"eq": "from-question"},
                        "relation": {"eq": "consortium-member"},
                        "in-force": {"eq": True},
                    }
                },
            ]
        },
        "then": {"carry": {"class": "adverse"}},
        "basis": [{"instrument": "law", "carries": "sets", "text": "verified"}],
        "explanation": "虚构说明。",
    },
    "black-first": {
        "id": "black-first",
        "title": "虚构中止规则",
        "when": {
            "listing": {
                "kind": {"in": ["black", "independent"]},
                "in-force": {"eq": True},
                "founded": {"eq": True},
                "relation": {"eq": "self"},
            }
        },
        "then": {"suspend": {"effect": "incentive"}},
        "basis": [{"instrument": "central-policy", "carries": "sets", "text": "recalled"}],
        "explanation": "虚构说明。",
    },
}
MATTER_CODES = ["PRT", "BID", "BID.TENDER", "GPC", "GPC.SUPPLIER", "LIC", "LIC.EASY", "LIC.SAFE"]


def made_up() -> World:
    """The made-up catalogue without any measure."""
    world = World(dict(INSTRUMENTS), dict(LISTS), dict(GROUPS), dict(SCHEMES), rules=dict(RULES))
    grow(world, MATTERS, None)
    return world


CARRIES = ["sets", "sets", "sets", "opens", "refers", "implements"]
WHERES: list[Doc] = [
    {"size": [Size.LARGE]},
    {"ground": ["large-personal-debt", "fraud"]},
    {"field": ["food"]},
    {"severity": ["serious"]},
    {"crime": [Crime.ECONOMIC], "at_least": "detention"},
    {"probation": False},
    {"occupation": ["lawyer"]},
    {"kinds": ["虚假"]},
]
ORDERED: list[Doc] = [{"set_by": "order"}, {"years": [1, 3], "set_by": "order"}]
SENTENCED: list[Doc] = [{"years": 5, "bites_from": "sentence-final", "runs_from": ["sentence-served"]}, {"life": True}]
TERMS: list[Doc] = [
    {"years": 3, "runs_from": ["decision-made"]},
    {"months": 18, "runs_from": ["unstated"]},
    {"indefinite": True},
    {"calendar_year": True, "runs_from": ["decision-made"]},
    {"years": 2, "runs_from": ["served"]},
]
ACTING: list[tuple[str, list[str], list[Doc]]] = [
    ("order", ["procurement-ban"], ORDERED),
    ("order", ["exit-ban-order"], ORDERED),
    ("act", ["licence-revoked"], TERMS),
    ("act", ["criminal-sentence"], SENTENCED),
    ("commitment", ["commitment-breach"], TERMS[2:3]),
    (
        "act",
        ["criminal-sentence", "removed-from-office"],
        [{"years": 2, "runs_from": ["sentence-served", "decision-made"]}],
    ),
]
"""Trigger, acts, and the terms that go with them."""


def basis(dice: Dice) -> Doc:
    """Draw a basis, most of them by the law."""
    text = pick(dice, ["verified", "verified", "verified", "recalled"])
    return {
        "instrument": pick(dice, ["law"] * len(INSTRUMENTS) + list(INSTRUMENTS)),
        "carries": pick(dice, CARRIES),
        "text": text,
    }


def targets(dice: Dice, trigger: str, acts: list[str], *, red: bool) -> Doc:
    """Whom a measure is for, as its trigger needs it."""
    out: Doc = {"kinds": pick(dice, [[], [], [], [], ["unit"], ["person"], ["enterprise"]])}
    if trigger == "listing":
        ordinary = [code for code in LISTS if code != "GEN.HERE" and (code[:2] not in {"BL", "IN"} or not red)]
        out["lists"] = [pick(dice, ordinary), *some(dice, ordinary)]
        out["groups"] = [] if red else some(dice, list(GROUPS), 1)
    elif trigger == "record":
        out |= {"lists": ["GEN.HERE"], "severity": some(dice, ["general", "serious"])}
    elif trigger == "grade":
        out["grades"] = {"scheme": pick(dice, list(SCHEMES)), "levels": pick(dice, [["B"], ["C"], ["B", "D"]])}
    else:
        out |= {"acts": acts, "clue_lists": some(dice, ["BL.ONE", "IN.ONE", "WL.ONE"])}
    if chance(dice, 4):
        out["where"] = pick(dice, WHERES if "acts" in out else WHERES[:4])
    return {**out, "lists": list(dict.fromkeys(out.get("lists", [])))}


LISTED = ["record", "grade", "listing", "listing", "listing", "listing"]
CONDITIONS: list[Doc] = [{"other-things-equal": True}, {"no-serious-listing": True}, {"clean-period": 2}]
BEARERS = [relation for relation in Relation if relation != Relation.CONSORTIUM_MEMBER]


def bearing(dice: Dice) -> list[Any]:
    """Who carries a measure, each named once."""
    if not chance(dice, 3):
        return ["self"]
    blamed = {"role": "legal-representative", "personally_responsible": True}
    drawn = [pick(dice, ["self", "self", blamed, *BEARERS]) for _ in range(1 + dice(3))]
    named = {bearer if isinstance(bearer, str) else bearer["role"]: bearer for bearer in drawn}
    return list(named.values())


def measure(dice: Dice, at: int) -> Doc:
    """One measure, any combination the loader would let in."""
    effect = pick(dice, ["restriction", "restriction", "restriction", "incentive"])
    classes = [MeasureClass.ADVERSE] * 3 + [MeasureClass.ADMINISTRATIVE, MeasureClass.VOLUNTARY]
    kind = pick(dice, classes) if effect == "restriction" else None
    acting = kind is not None and chance(dice, 3)
    trigger, acts, terms = pick(dice, ACTING) if acting else (pick(dice, LISTED if kind else LISTED[1:]), [], [])
    return {
        "id": f"made-up-{at}",
        "title": "虚构措施",
        "effect": effect,
        "item": "market-access" if kind else None,
        "class": kind,
        "degree": pick(dice, sorted(DEGREES_OF[kind], key=str, reverse=True)),
        "binding": "reference"
        if kind == MeasureClass.VOLUNTARY
        else pick(dice, [Binding.MUST, Binding.MUST, Binding.MAY, Binding.REFERENCE]),
        "trigger": trigger,
        "targets": targets(dice, trigger, acts, red=kind is None),
        "term": [pick(dice, terms)] if acting and not chance(dice, 4) else [],
        "judged_on": pick(dice, [None, "act", "asking"]) if acting else None,
        "bears": bearing(dice),
        "matters": [pick(dice, MATTER_CODES)],
        "roles": pick(dice, [[], [], [], [], ["bidder", "supplier"], ["evaluation-expert"], ["consortium-member"]]),
        "phase": some(dice, list(Phase)) if chance(dice, 5) else [],
        "traits": some(dice, list(Trait), 1) if chance(dice, 4) else [],
        "region": pick(dice, [None, None, None, None, "410000", "410100"]),
        "same_trade": chance(dice, 9),
        "related_only": chance(dice, 9),
        "basis": [basis(dice) for _ in range(1 + dice(3))],
        "conditions": pick(dice, [[], [], CONDITIONS, CONDITIONS[2:]]) if kind is None else [],
        "implementing_authority": ["虚构机关"],
        "duty": "虚构职责。",
        "valid_from": pick(dice, [None, None, None, None, None, None, date(2021, 5, 1)]),
        "valid_to": pick(dice, [None, None, None, None, None, None, date(2024, 4, 30)]),
    }


ROWS: list[Doc] = [
    {"kind": {"eq": "black"}}, {"kind": {"in": ["black", "watch", "record"]}}, {"list": {"in": ["BL.ONE", "WL.ONE"]}},
    {"kind": {"ne": "red"}, "founded": {"eq": True}}, {"kind": {"not-in": ["red", "watch"]}},
    {"severity": {"eq": "serious"}}, {"field": {"in": ["food", "safety"]}}, {"grade": {"in": ["A", "B"]}},
    {"scheme": {"eq": "new-3"}}, {"converts-to": {"in": ["serious-dishonesty", "blacklisted"]}},
    {"severity": {"known": False}},
]  # fmt: skip
ASKS: list[Doc] = [
    {"matter": {"within": ["BID"]}}, {"matter": {"within": ["LIC", "GPC"]}}, {"role": {"eq": "bidder"}},
    {"kind": {"in": ["enterprise", "person"]}}, {"region": {"within": ["410000"]}}, {"fields": {"within": ["food"]}},
    {"traits": {"within": ["engineering", "safety-matter"]}}, {"phase": {"ne": "after"}}, {"size": {"known": True}},
]  # fmt: skip
STRETCHES: list[Doc] = [{"years": 2}, {"months": 18}, {"days": 40}, {"years": 1, "days": 1}]
LIMITS: list[Doc] = [{"gte": 1}, {"gte": 2}, {"gte": 2}, {"eq": 1}, {"lte": 1}, {"gte": 1, "lte": 2}]


def rows_test(dice: Dice) -> Doc:
    """What a rule asks of a row: mostly that it is in force and the subject's own."""
    out = {**pick(dice, ROWS), **({} if chance(dice, 4) else {"in-force": {"eq": True}})}
    ways = [{"way": {"eq": "own"}}] * 4 + [{"relation": {"eq": "self"}}, {"way": {"in": ["own", "from-listing"]}}, {}]
    return {**out, **pick(dice, ways)}


def leaf(dice: Dice, facts: list[str], *, graded: bool, negating: bool) -> Doc:
    """One test of a rule on one kind of fact."""
    sort = dice(9)
    if sort < 3:
        return {"listing": rows_test(dice)}
    if sort < 5:
        return {"question": pick(dice, ASKS)}
    if sort == 5:
        tests = {key: test for key, test in rows_test(dice).items() if key != "in-force"}
        repaired = {"repaired": True} if chance(dice, 3) else {}
        limit = pick(dice, LIMITS if negating else LIMITS[:3])
        return {"count": {"listing": tests, "within": pick(dice, STRETCHES), **limit, **repaired}}
    if sort == 6:
        return {"act": {"type": {"in": ["licence-revoked", "commitment-breach"]}}}
    if sort == 7 and facts:
        return {"derived": {"fact": {"eq": pick(dice, facts)}, **({"value": {"gte": 2}} if chance(dice, 2) else {})}}
    levels = pick(dice, [["trustworthy"], ["blacklisted", "serious-dishonesty"], ["general-dishonesty"]])
    return {"grade": {"level": {"in": levels}}} if graded else {"listing": rows_test(dice)}


def joined(dice: Dice) -> Doc:
    """Two rows that agree or differ in something (对照)."""
    key = pick(dice, ["field", "severity", "list", "region"])
    word = pick(dice, ["same", "differs"])
    return {
        "all": [
            {"listing": {**rows_test(dice), key: {"as": "x"}}},
            {"listing": {**rows_test(dice), key: {word: "x"}}},
        ]
    }


def clause(dice: Dice, facts: list[str], *, graded: bool, negating: bool, deep: int = 2) -> Doc:
    """A condition: one test, or all, any or none of several."""
    sort = dice(8) if deep else 0
    if sort < 3:
        return leaf(dice, facts, graded=graded, negating=negating)
    if sort == 3:
        return joined(dice)
    parts = [clause(dice, facts, graded=graded, negating=negating, deep=deep - 1) for _ in range(1 + dice(2))]
    if sort == 4:
        return {"any": parts}
    if sort == 5 and negating:
        return {"all": [leaf(dice, facts, graded=graded, negating=negating), {"none": parts}]}
    return {"all": [leaf(dice, facts, graded=graded, negating=negating), *parts]}


RULE_DEGREES = [("adverse", "prohibit"), ("adverse", "restrict"), ("adverse", "downgrade")]
RULE_DEGREES += [("administrative", "supervise"), ("administrative", "alert"), ("administrative", "scrutinise")]


def consequence(dice: Dice, sort: str) -> Doc:
    """What follows from a rule, in one of all the ways but suspending and carrying, which are always there."""
    kind, degree = pick(dice, RULE_DEGREES)
    out: Doc = {
        "grade": pick(dice, ["blacklisted", "serious-dishonesty", "general-dishonesty", "trustworthy"]),
        "supervision": {"tier": pick(dice, ["relaxed", "tightened", "key", "routine"])},
        "cap": {"degree": degree, "class": kind},
        "raise": {"degree": degree, "class": kind},
        "review": "虚构审查",
        "warn": "虚构提示",
    }
    return {sort: out[sort]}


def rules(dice: Dice) -> dict[str, Doc]:
    """A few rules of the whole language: facts first, grades on them, everything else on both."""
    sorts = ["derive"] * dice(3) + ["grade"] * dice(3)
    sorts += [pick(dice, ["supervision", "cap", "raise", "review", "warn"]) for _ in range(dice(4))]
    out: dict[str, Doc] = {}
    facts: list[str] = []
    negating = chance(dice, 4)
    for at, sort in enumerate(sorts):
        when = clause(dice, list(facts), graded=sort not in {"derive", "grade"}, negating=negating)
        then = consequence(dice, sort) if sort != "derive" else {"derive": {"fact": f"fact-{at}", "value": 1 + dice(3)}}
        facts += [f"fact-{at}"] if sort == "derive" else []
        dated = {"valid_from": date(2021, 5, 1)} if chance(dice, 7) else {}
        place = {"region": "410000"} if chance(dice, 5) else {}
        rule = {"id": f"rule-{at}", "title": "虚构规则", "when": when, "then": then, "basis": [basis(dice)]}
        out[f"rule-{at}"] = {**rule, "explanation": "虚构说明。", **dated, **place}
    return out


def world(dice: Dice, most: int = 3) -> World:
    """The made-up catalogue with a few measures, and more often than not with rules of its own."""
    out = made_up()
    for at in range(1 + dice(most)):
        drawn = measure(dice, at)
        out.measures[drawn["id"]] = drawn
    if chance(dice, 3):
        return out
    out.rules = {**out.rules, **rules(dice)}
    return out


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Draw a catalogue with hypothesis."""
    return world(lambda limit: draw(below(limit)))
