"""The catalogue as its YAML says it (对照答案之二：目录、事项、名单、依据), read naively into plain dicts.

Imports nothing of the package but its vocabularies.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import yaml

from jointsanction.terms import ADVERSE_LEVELS, FOUNDING_LEVELS, Reason
from oracle_facts import YES, Doc, many, within

if TYPE_CHECKING:
    from pathlib import Path

RANKS = (
    ("memorandum", "national-list", "standard"),
    ("normative-document",),
    ("joint-document",),
    ("government-rule",),
    ("department-rule",),
    ("local-regulation",),
    ("judicial-interpretation",),
    ("central-policy", "administrative-regulation"),
    ("law",),
)
RANK = {level: rank for rank, levels in enumerate(RANKS) for level in levels}
DOWNWARD = ("kind", "default_role", "default_phase", "granted_by", "ordinary_way", "fields", "roles")


@dataclass
class World:
    """The catalogue, plain dicts by id."""

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
        upper = world.matters[parent] if parent else {}
        inherited = {key: upper[key] for key in DOWNWARD if key in upper}
        world.matters[code] = {**inherited, **node, "parents": many(parent) + many(node.get("also_under"))}
        grow(world, node.get("children", {}), code)


def above(world: World, code: str) -> set[str]:
    """Name a matter and everything above it."""
    return {code}.union(*(above(world, parent) for parent in world.matters[code]["parents"]))


def places(world: World, code: str, measure: Doc) -> list[str]:
    """Say where a measure meets a matter: there, if it names it or a node above; a first-level code is all below it."""
    named = set(measure["matters"])
    if above(world, code) & named or "." in code:
        return [code] if above(world, code) & named else []
    return [node for node in world.matters if code in above(world, node) and above(world, node) & named]


def nature(world: World, site: str, role: str) -> tuple[str, str | None]:
    """Return the kind of a matter in a role, and the level of what grants it."""
    matter = world.matters[site]
    part = matter.get("roles", {}).get(role, {})
    return part.get("kind", matter["kind"]), part.get("granted_by", matter.get("granted_by"))


def inside(region: str | None, place: str) -> bool:
    """410182 lies in 410100 and in 410000."""
    return region is not None and region.startswith(re.sub(r"(00)+$", "", str(place)))


def alive(world: World, basis: Doc, day: date) -> bool:
    """Say whether a basis and its instrument are in force on a day."""
    return within(basis, day) and within(world.instruments[basis["instrument"]], day)


def founded(world: World, code: str, as_of: date) -> bool:
    """国办发〔2020〕49号: a black list needs a law, a local one at least a local regulation (ENCODING §7)."""
    listtype = world.lists[code]
    local = set() if listtype.get("scope", "national") == "national" else {"local-regulation"}
    founds = [
        basis for basis in listtype.get("basis", []) if basis["carries"] == "founds" and alive(world, basis, as_of)
    ]
    levels = {world.instruments[basis["instrument"]]["level"] for basis in founds}
    return listtype["kind"] != "black" or bool(levels & (FOUNDING_LEVELS | local))


def touches(world: World, code: str, region: str | None) -> bool:
    """Say whether a list is national or one of the place asked about."""
    scope = world.lists[code].get("scope", "national")
    return bool(scope == "national" or any(inside(region, place) for place in scope))


def listed_by(world: World, measure: Doc, as_of: date | None = None) -> set[str]:
    """Name the lists a measure is for: its own, its groups' on the days they belong, records, and graded lists."""
    targets = measure["targets"]
    codes = set(targets.get("lists", []))
    for code, listtype in world.lists.items():
        if members(world, measure, code) and (as_of is None or membership(world, measure, code, as_of) is not None):
            codes.add(code)
        if measure["trigger"] == "record" and not targets.get("lists") and listtype["kind"] == "record":
            codes |= {code} if of_the_place(measure, listtype) else set()
        for speaks in listtype.get("scheme", []) if targets.get("grades") else []:
            if speaks["scheme"] == targets["grades"]["scheme"] and (as_of is None or within(speaks, as_of)):
                codes.add(code)
    return codes


def members(world: World, measure: Doc, code: str) -> list[Doc]:
    """Return what makes a list one of the groups a measure is for."""
    groups = [world.groups[group] for group in measure["targets"].get("groups", [])]
    return [member for group in groups for member in group["members"] if member["list"] == code]


def membership(world: World, measure: Doc, code: str, as_of: date) -> str | None:
    """Say how a list belongs to a measure's groups on a day: by a text that was read, by one that was not, or not."""
    said = None
    for member in members(world, measure, code):
        texts = {basis["text"] for basis in member["basis"] if alive(world, basis, as_of)}
        if within(member, as_of) and texts:
            said = YES if "verified" in texts or said == YES else Reason.UNVERIFIED
    return said


def of_the_place(measure: Doc, listtype: Doc) -> bool:
    """A local measure is about the records of its place, not another province's."""
    place, scope = measure.get("region"), listtype.get("scope", "national")
    return not place or scope == "national" or any(inside(str(place), at) or inside(at, place) for at in scope)


def ground(  # noqa: PLR0913, PLR0917 - everything it depends on
    world: World, measure: Doc, site: str, role: str, region: str | None, day: date
) -> tuple[str, bool]:
    """Say whether some basis carries the measure on a day, and whether only one that `opens` does (ENCODING §1)."""
    if not within(measure, day):
        return (Reason.BASIS_NOT_YET if within({**measure, "valid_from": None}, day) else Reason.BASIS_ENDED), False
    strong = [basis for basis in measure["basis"] if enough(world, measure, basis, nature(world, site, role), region)]
    carrying = [basis for basis in strong if basis["carries"] in {"sets", "opens"}]
    now = [basis for basis in carrying if alive(world, basis, day)]
    for wanted in ("sets", "opens"):
        if any(b["carries"] == wanted and (b["text"] == "verified" or measure["effect"] == "incentive") for b in now):
            return YES, wanted == "opens"
    if now:
        return Reason.UNVERIFIED, False
    if any(basis["carries"] == "refers" and alive(world, basis, day) for basis in strong):
        return Reason.REFERS_ONLY, False
    dated = carrying or measure["basis"]
    if any(alive(world, basis, day) for basis in dated):
        return Reason.BASIS_TOO_WEAK, False
    begun = any(alive(world, {**basis, "valid_to": None}, day) for basis in dated) or any(
        (world.instruments[basis["instrument"]].get("valid_to") or day) < day for basis in dated
    )
    return (Reason.BASIS_ENDED if begun else Reason.BASIS_NOT_YET), False


def law_day(world: World, measure: Doc, as_of: date) -> date:
    """Repeal ends no ban that was decided before it (ENCODING §4): an act nobody spoke of may still be one of those.

    Then the law of its last day says whether it matters, as long as the longest ban of that law may still run.
    """
    carrying = [basis for basis in measure["basis"] if basis["carries"] in {"sets", "opens"}]
    ends = [
        min(each.get("valid_to") or date.max, world.instruments[each["instrument"]].get("valid_to") or date.max)
        for each in carrying
    ]
    last = min([max(ends, default=date.max), measure.get("valid_to") or date.max])
    if last >= as_of:
        return as_of
    longest = 0
    for term in many(measure.get("term")) or [{}]:
        years, starts = many(term.get("years")), many(term.get("runs_from"))
        if not years or term.get("set_by") == "order" or set(starts) - {"decision-made", "unstated"}:
            return last
        longest = max(longest, *years)
    return last if as_of.year <= last.year + longest + 1 else as_of


def enough(world: World, measure: Doc, basis: Doc, matter: tuple[str, str | None], region: str | None) -> bool:
    """Say whether a basis is of a level, and a place, that may carry the measure."""
    instrument = world.instruments[basis["instrument"]]
    kind, granted_by = matter
    if instrument.get("region") and not inside(region, instrument["region"]):
        return False
    if measure.get("class") == "adverse":
        return instrument["level"] in ADVERSE_LEVELS
    if measure["degree"] == "withhold" and kind in {"convenience", "engagement"} and granted_by:
        return RANK[instrument["level"]] >= RANK[granted_by]
    return True


def carried_within(world: World, as_of: date) -> set[str]:
    """Name the matters in which one member's listing counts for all, while a law says so (政采法 24, 招投标法 31)."""
    out: set[str] = set()
    for rule in world.rules.values():
        for basis in rule["basis"] if "carry" in rule["then"] and within(rule, as_of) else []:
            lawful = world.instruments[basis["instrument"]]["level"] in ADVERSE_LEVELS and basis["text"] == "verified"
            if lawful and basis["carries"] in {"sets", "opens"} and alive(world, basis, as_of):
                tests = [test["question"] for test in rule["when"]["all"] if "question" in test]
                out |= set(tests[0]["matter"]["within"])
    return out


def suspends(world: World, as_of: date) -> bool:
    """Say whether incentives give way to a serious listing on a day (黑名单优先)."""
    rules = [rule for rule in world.rules.values() if "suspend" in rule["then"] and within(rule, as_of)]
    return any(alive(world, basis, as_of) for rule in rules for basis in rule["basis"])
