"""Questions and listings over made-up subjects of region 990000, as plain dicts (假设数据的生成).

Everything is drawn by throwing one die, so that hypothesis can make failing examples small and a plain random
generator can throw many. Dates lie around the dates of the catalogue: both sides of every border are met.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta, timezone
from functools import cache
from typing import TypeVar

from hypothesis import strategies as st

from jointsanction.terms import (
    ActType,
    CommitmentType,
    Crime,
    Ground,
    Occupation,
    Phase,
    Punishment,
    Relation,
    Role,
    Severity,
    Size,
    Trait,
)
from oracle_catalogue import World, above, listed_by
from oracle_facts import Doc, later

T = TypeVar("T")
Dice = Callable[[int], int]
"""Throw a number below the one given; 0 is the plainest."""

ASKED_AT = datetime(2028, 1, 3, 10, 0, tzinfo=timezone(timedelta(hours=8)))
REGIONS = [None, "410000", "410182", "990000", "370000"]
FIELDS = ["food", "safety", "construction", "publishing"]
TIES = [Relation.CONSORTIUM_MEMBER, Relation.LEGAL_REPRESENTATIVE] * 5
TIES += [relation for relation in Relation if relation != Relation.SELF]
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def uscc(prefix: str, serial: int) -> str:
    """Make a 统一社会信用代码 of region 990000 with both check digits right (GB 32100, GB 11714)."""
    body = f"MA{serial:06d}"
    rest = 11 - sum(int(c, 36) * w for c, w in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    code = f"{prefix}990000{body}{'X' if rest == 10 else rest % 11}"
    total = sum(ALPHABET.index(c) * 3**i for i, c in enumerate(code))
    return code + ALPHABET[-total % 31]


def resident_id(serial: int) -> str:
    """Make a 公民身份号码 of region 990000 with a right check digit (GB 11643)."""
    body = f"99000019900101{serial:03d}"
    return body + "10X98765432"[sum(int(c) * 2 ** (17 - i) for i, c in enumerate(body)) % 11]


def unit(kind: str, prefix: str, serial: int) -> Doc:
    """Make up a unit."""
    return {"kind": kind, "uscc": uscc(prefix, serial), "name": f"虚构单位第{serial}号"}


def person(serial: int) -> Doc:
    """Make up a person."""
    return {"kind": "person", "resident_id": resident_id(serial), "name": f"虚构人员第{serial}号"}


FIRMS = [unit("enterprise", "91", serial) for serial in (1, 2, 3)]
PEOPLE = [person(serial) for serial in (1, 2)]
OTHERS = [
    unit("individual-business", "92", 4),
    unit("social-organisation", "52", 5),
    unit("public-institution", "12", 6),
]
POOL = FIRMS[:2] + PEOPLE + FIRMS[2:] + OTHERS


@dataclass
class Case:
    """One question with the registry it is asked of."""

    question: Doc
    listings: list[Doc] = field(default_factory=list)
    not_whole: dict[str, str] = field(default_factory=dict)
    commitments: list[Doc] = field(default_factory=list)


def number(subject: Doc) -> str:
    """Return the number of somebody made up."""
    return subject.get("uscc") or subject["resident_id"]


def whole(subject: Doc) -> Doc:
    """Everything about the one who is asked about, also what the question leaves out."""
    return next(who for who in POOL if subject.items() <= who.items())


def pick(dice: Dice, options: Sequence[T]) -> T:
    """Take one of some things."""
    return options[dice(len(options))]


def chance(dice: Dice, of: int) -> bool:
    """One time in so many."""
    return dice(of) == of - 1


def some(dice: Dice, options: Sequence[T], most: int = 2) -> list[T]:
    """Take a few different ones of some things."""
    at = dict.fromkeys(dice(len(options)) for _ in range(dice(most + 1)))
    return [options[i] for i in at]


def known(doc: Doc) -> Doc:
    """Leave out what is not known."""
    return {key: value for key, value in doc.items() if value is not None}


def borders(world: World, measure: Doc) -> list[date]:
    """The dates a measure depends on, and a few ordinary ones."""
    out = [date(2024, 3, 1), date(2025, 6, 1), date(2023, 9, 30), date(2026, 4, 1), date(2020, 2, 29)] * 2
    for dated in [measure, *measure["basis"], *(world.instruments[b["instrument"]] for b in measure["basis"])]:
        out += [dated[key] for key in ("valid_from", "valid_to") if dated.get(key)]
    return out


def day_asked(dice: Dice, world: World, measure: Doc) -> date:
    """Take a day at, just before, just after or long after a border."""
    day = pick(dice, borders(world, measure)) + timedelta(days=pick(dice, [0, 1, -1, 200, 900]))
    return min(max(day, date(1995, 1, 1)), date(2027, 12, 31))


def day_near(dice: Dice, as_of: date, years: Sequence[int] = (0, 1, 2, 3, 5, -1)) -> date:
    """A day at, just before or just after a whole number of years from the day asked about."""
    return later(as_of, years=-pick(dice, years)) + timedelta(days=pick(dice, [0, -1, 1, -40]))


def tied_to(dice: Dice, who: Doc) -> Doc:
    """Somebody tied to a listed subject or to the subject asked about."""
    blamed = pick(dice, [None, True, False])
    return {"relation": pick(dice, TIES), "kind": who["kind"], "id": number(who), "personally_responsible": blamed}


def grade_words(world: World) -> list[str | None]:
    """Every name of every level of every scheme, and a word that is none."""
    levels = [level for scheme in world.schemes.values() for level in scheme["levels"]]
    words = [word for level in levels for word in (level["level"], level["title"], *level.get("aliases", []))]
    return [None, *dict.fromkeys(words), "未知等级"]


def row_about(dice: Dice, world: World, as_of: date, codes: list[str], who: Doc) -> Doc:
    """One row about somebody: number, masked number, other number or name alone; every state a row can be in."""
    near = codes and not chance(dice, 5)
    row: Doc = {
        "list": pick(dice, codes if near else sorted(world.lists)),
        "subject_kind": who["kind"],
        "name": who["name"],
    }
    key = "uscc" if "uscc" in who else "resident_id"
    other = uscc("91", 900) if key == "uscc" else resident_id(900)
    shown = pick(
        dice, [who[key]] * 9 + [who[key][:4] + "*" * 10 + who[key][14:], other, other[:4] + "*" * 10 + other[14:], None]
    )
    listed = day_near(dice, as_of, (0, 1, 2, 3, 5)) if chance(dice, 4) else as_of - timedelta(days=40)
    announced = chance(dice, 15)
    row |= {
        key: shown,
        "announced_on": listed if announced else None,
        "listed_on": None if announced else listed,
        "valid_to": day_near(dice, as_of, (0, -1, -2)) if chance(dice, 4) else None,
        "removed_on": day_near(dice, as_of, (0, -1)) if chance(dice, 6) else None,
        "missing_since": day_near(dice, as_of, (0,)) if chance(dice, 10) else None,
        "removal_reason": pick(dice, [None, "信用修复", "期满移出"]),
        "instrument_no": None if chance(dice, 12) else "虚构字号",
        "severity": pick(dice, [None, *Severity]),
        "field": pick(dice, [None, *FIELDS]),
        "ground": pick(dice, [None, Ground.LARGE_PERSONAL_DEBT, Ground.LARGE_PERSONAL_DEBT, Ground.FRAUD]),
        "size": pick(dice, [None, Size.LARGE, Size.SMALL]),
        "grade": pick(dice, grade_words(world)),
        "related": [tied_to(dice, tied) for tied in some(dice, POOL) if number(tied) != number(who)],
    }
    return known(row)


COURSES = [
    ("objection", ["filed"]), ("objection", ["filed", "rejected"]), ("objection", ["filed", "upheld"]),
    ("repair", ["applied"]), ("repair", ["applied", "effective"]), ("repair", ["applied", "effective", "revoked"]),
    ("exit", ["removed"]), ("exit", ["removed", "restored"]),
    ("reorganisation", ["lifted"]), ("reorganisation", ["lifted", "restored"]),
    ("reorganisation", ["lifted", "completed"]),
]  # fmt: skip
"""What can have happened to a listing after it was made."""


def events(dice: Dice, as_of: date) -> list[Doc]:
    """One or two procedures about a row, their days around the day asked about and never backwards in one of them."""
    out = []
    for track, states in dict(some(dice, COURSES)[:2]).items():
        days = sorted(as_of + timedelta(days=dice(5) - 2) for _ in states)
        until = as_of + timedelta(days=dice(3) - 1) if chance(dice, 2) else None
        steps = [{"track": track, "state": state, "on": on} for state, on in zip(states, days, strict=True)]
        out += [step | {"until": until if step["state"] == "lifted" else None} for step in steps]
    return out


LIVES = [
    [], ["performing"], ["performed"], ["breached"], ["falsified"], ["breached", "falsified"], ["breached", "repaired"],
    ["falsified", "repaired"], ["falsified", "annulled"], ["falsified", "annulled", "breached"],
    ["performed", "breached"], ["breached", "annulled", "performed"],
]  # fmt: skip
"""What can have become of a commitment."""


def promise(dice: Dice, as_of: date, at: int) -> Doc:
    """A commitment made some time before the day asked about, and what became of it around that day."""
    made_on = as_of - timedelta(days=40 * dice(3))
    states = pick(dice, LIVES)
    days = sorted(max(made_on, as_of + timedelta(days=dice(5) - 3)) for _ in states)
    events = [
        {"state": state, "on": on, "document": f"虚构认定〔2024〕{at + 1}-{number}号"}
        for number, (state, on) in enumerate(zip(states, days, strict=True))
    ]
    due = made_on + timedelta(days=45) if chance(dice, 2) else None
    kind = pick(dice, list(CommitmentType)).value
    return {"id": f"c{at}", "type": kind, "made_on": made_on, "due": due, "events": events}


def act(dice: Dice, as_of: date, types: list[str], at: int) -> Doc:
    """An act shown or ruled out, with every fact a measure may ask for known or not."""
    kind = pick(dice, types if types and not chance(dice, 5) else list(ActType))
    if chance(dice, 6):
        return {"type": kind, "ruled_out": True}
    dated = {
        key: day_near(dice, as_of) if chance(dice, 9) else None for key in ("set_aside", "lifted", "stayed", "cleared")
    }
    for key in ("served", "effective", "sentence_served", "probation_ended", "until"):
        dated[key] = day_near(dice, as_of) if chance(dice, 3) else None
    return known(
        {
            "type": kind,
            "decision_made": day_near(dice, as_of),
            "document_number": f"虚构决〔2024〕{at + 1}号",
            "relation": pick(dice, [None, None, Relation.SELF, *TIES]),
            "personally_responsible": pick(dice, [None, True, False]),
            **dated,
            "years": pick(dice, [None, 1, 2, 3]),
            "life": True if chance(dice, 9) else None,
            "field": pick(dice, [None, *FIELDS]),
            "ground": pick(dice, [None, Ground.LARGE_PERSONAL_DEBT, Ground.ACCOUNTING_SERIOUS]),
            "charge": pick(dice, [None, Crime.ECONOMIC, Crime.FOOD_SAFETY]),
            "punishment": pick(dice, [None, *Punishment]),
            "probation": pick(dice, [None, True, False]),
            "occupation": pick(dice, [None, Occupation.ACCOUNTANT, Occupation.LAWYER]),
            "severity": pick(dice, [None, *Severity]),
        }
    )


def one_word_per_type(shown: list[Doc]) -> list[Doc]:
    """Keep the first word on each type: an act is shown or ruled out, not both."""
    ruled = {said["type"]: said.get("ruled_out", False) for said in reversed(shown)}
    return [said for said in shown if said.get("ruled_out", False) == ruled[said["type"]]]


def question_near(dice: Dice, world: World, measure: Doc) -> Doc:
    """A question that comes near one measure: mostly its matter, role, phase, region and kind, sometimes another."""
    near = [code for code in world.matters if above(world, code) & set(measure["matters"])]
    wide = [code for named in measure["matters"] for code in above(world, named)]
    named = pick(dice, pick(dice, [near] * 5 + [wide, sorted(world.matters)]))
    kinds = measure["targets"].get("kinds", [])
    fitting = [who for who in POOL if who["kind"] in kinds or ("unit" in kinds and who["kind"] != "person")] or POOL
    subject = dict(pick(dice, POOL if chance(dice, 6) else fitting))
    mine = number(subject)
    if chance(dice, 12):
        subject = {"kind": subject["kind"], "name": subject["name"]}
    elif not chance(dice, 3):
        del subject["name"]
    as_of, own = day_asked(dice, world, measure), measure.get("traits") or list(Trait)
    traits = {trait: not chance(dice, 4) for trait in [*own[: dice(3)], *some(dice, list(Trait))]}
    return {
        "subject": subject,
        "matter": pick(dice, [named] * 3 + aliases(world, named)[:1]),
        "as_of": as_of,
        "asked_at": ASKED_AT,
        "role": pick(
            dice, [None, *Role] if chance(dice, 6) else measure.get("roles") or [None, None, "consortium-member"]
        ),
        "phase": pick(dice, [None, *Phase] if chance(dice, 6) else measure.get("phase") or [None]),
        "region": pick(dice, REGIONS if chance(dice, 5) else [measure.get("region"), "410182"]),
        "traits": sorted(trait for trait, holds in traits.items() if holds),
        "not_traits": sorted(trait for trait, holds in traits.items() if not holds),
        "fields": some(dice, FIELDS),
        "size": pick(dice, [None, Size.LARGE, Size.SMALL]),
        "related": [tied_to(dice, who) for who in some(dice, POOL) if number(who) != mine],
        "acts": one_word_per_type(
            [act(dice, as_of, list(measure["targets"].get("acts", [])), at) for at in range(dice(3))]
        ),
        "coverage": pick(dice, ["strict", "loaded"]),
    }


def aliases(world: World, code: str) -> list[str]:
    """The other names of a matter."""
    named = [alias if isinstance(alias, str) else alias["name"] for alias in world.matters[code].get("aliases", [])]
    return named or [code]


EDITIONS: dict[str, Doc] = {
    "stale": {"days": 1},
    "just not stale": {"days": 0},
    "covers from 2024": {"covers_from": date(2024, 1, 1)},
    "covers from 2026": {"covers_from": date(2026, 1, 1)},
    "another place": {"regions": ("990100",)},
}
"""What a list may have that is not loaded whole; `days` past its `stale_after`."""


def editions_of(world: World, case: Case) -> list[Doc]:
    """Every list loaded whole in its own scope, but for the few that are missing, stale or only partly there."""
    out = []
    for code, listtype in world.lists.items():
        scope = listtype.get("scope", "national")
        edition: Doc = {"list": code, "batch": f"b-{code}", "received_at": ASKED_AT - timedelta(hours=1)}
        edition["regions"] = () if scope == "national" else tuple(scope)
        odd = dict(EDITIONS.get(case.not_whole.get(code, ""), {}))
        if "days" in odd:
            odd["received_at"] = ASKED_AT - timedelta(days=(listtype.get("stale_after") or 30) + odd.pop("days"))
        if case.not_whole.get(code) != "missing":
            out.append(edition | odd)
    return out


def lists_of(world: World, measure: Doc) -> list[str]:
    """The lists a measure looks at in any way."""
    return sorted(listed_by(world, measure) | set(measure["targets"].get("clue_lists", [])))


def case(dice: Dice, world: World) -> Case:
    """A question near some measure, rows about the subject and those tied to it, and what is loaded."""
    measure = world.measures[pick(dice, sorted(world.measures))]
    question = question_near(dice, world, measure)
    who = whole(question["subject"])
    tied = [other for other in POOL for tie in question["related"] if number(other) == tie["id"]]
    rows = []
    for at in range(pick(dice, [1, 2, 3, 4, 0])):
        about = pick(dice, [who] * 6 + (tied or [who]) + POOL[:1])
        row = row_about(dice, world, question["as_of"], lists_of(world, measure), about)
        if about is not who and chance(dice, 2):
            row["related"].append({**tied_to(dice, who), "relation": pick(dice, bearers(measure))})
        if "instrument_no" in row:
            row["instrument_no"] = f"虚构字〔2024〕{at + 1}号"
        rows.append({**row, "row": at + 1, "batch": f"b-{row['list']}"})
        if "instrument_no" in row and chance(dice, 5):
            rows[-1]["events"] = events(dice, question["as_of"])
    ways = ["missing", *EDITIONS]
    not_whole = {pick(dice, sorted(world.lists)): pick(dice, ways) for _ in range(dice(4))}
    breach = "commitment-breach" in measure["targets"].get("acts", [])
    made = [promise(dice, question["as_of"], at) for at in range(dice(3) if breach or chance(dice, 6) else 0)]
    return Case(question, rows, not_whole, made)


def bearers(measure: Doc) -> list[str]:
    """Through whom a measure can reach somebody else, or any tie."""
    roles = [bearer if isinstance(bearer, str) else bearer["role"] for bearer in measure["bears"]]
    return [role for role in roles if role != "self"] or list(TIES)


@cache
def below(limit: int) -> st.SearchStrategy[int]:
    """Throw one die; 0 is what a failing example shrinks to."""
    return st.integers(0, limit - 1)


@st.composite
def cases(draw: st.DrawFn, world: World) -> Case:
    """Draw a case with hypothesis."""
    return case(lambda limit: draw(below(limit)), world)


def of(kind: type[T], doc: Doc) -> T:
    """Build a frozen value of the model from a plain dict."""
    names = {f.name for f in fields(kind)}
    return kind(
        **{key: tuple(value) if isinstance(value, list) else value for key, value in doc.items() if key in names}
    )
