"""The grade as a careful reader would give it (对照答案之五：信用等级), from the rows and not from the rules.

Imports nothing of the package but its vocabularies.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from jointsanction.terms import DOUBTS, GradeLevel
from oracle_catalogue import alive, founded, touches
from oracle_facts import YES, Doc, within

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from oracle import Ask, Cause
    from oracle_catalogue import World

GRADED = {"black", "watch", "record", "rating"}
ORDER = list(GradeLevel)


def grade(ask: Ask, loaded: Callable[[Doc, Ask], str]) -> Doc:
    """Give the worst level that is sure, say whether nothing could worsen it, and name the lists that stand beside."""
    own = [cause for cause in ask.found if cause.relation == "self" and not cause.from_question]
    sure = [cause for cause in own if cause.state == YES and not cause.by_name]
    maybe = [cause for cause in own if cause.state in DOUBTS or (cause.state == YES and cause.by_name)]
    beside = {cause.fact["list"] for cause in sure if ask.world.lists[cause.fact["list"]]["kind"] == "independent"}
    unread = [(cause, fact) for cause in (*sure, *maybe) for fact in supposed(ask, cause)]
    level = worst(ask, sure)
    perhaps = worst(ask, [*maybe, *(replace(cause, fact=fact) for cause, fact in unread)])
    grading = [rule for rule in ask.world.rules.values() if "grade" in rule["then"] and within(rule, ask.as_of)]
    if not any(alive(ask.world, basis, ask.as_of) for rule in grading for basis in rule["basis"]):
        return {"level": None, "complete": False, "independent": beside}
    known = own_number(ask.subject) and all(loaded(ask.world.lists[code], ask) == "loaded" for code in graded(ask))
    open_ = perhaps is not None and (level is None or ORDER.index(perhaps) > ORDER.index(level))
    if level is None and not open_ and own_number(ask.subject) and (known or ask.coverage == "loaded"):
        level = GradeLevel.TRUSTWORTHY
    certain = level is GradeLevel.BLACKLISTED or known
    return {"level": level, "complete": level is not None and certain and not open_, "independent": beside}


def supposed(ask: Ask, cause: Cause) -> list[Doc]:
    """Give a row with each of the levels it may be of, as if its list did not say which."""
    row = cause.fact
    return [{**row, "supposed": level} for level in possible_levels(ask, row, ask.world.lists[row["list"]])]


def possible_levels(ask: Ask, row: Doc, kind: Doc) -> list[str]:
    """Name the levels a row may be of when nobody can read what it tells: it is another's word, or contradicts."""
    for speaks in [one for one in kind.get("scheme", []) if within(one, ask.as_of)][:1]:
        grade, own = row.get("grade"), speaks.get("levels", [])
        scheme = ask.world.schemes[speaks["scheme"]]
        levels = [one["level"] for one in scheme["levels"] if within(one, ask.as_of) and within(scheme, ask.as_of)]
        levels = levels or [one["level"] for one in scheme["levels"]]  # before its scheme began: any level it ever has
        if grade is None:
            return [] if len(own) == 1 else [level for level in levels if level in own or not own]
        if level_on(scheme, grade, ask.as_of) is None or astray(ask.world, row, kind, ask.as_of):
            return levels
    return []


def own_number(subject: Doc) -> bool:
    """Say whether a whole number was given."""
    number = subject.get("uscc") or subject.get("resident_id") or subject.get("other_id")
    return number is not None and "*" not in number


def graded(ask: Ask) -> list[str]:
    """Name the lists on which a grade can rest, here and on that day."""
    lists = [code for code, doc in ask.world.lists.items() if doc["kind"] in GRADED and touches_here(ask, code)]
    return [code for code in lists if founded(ask.world, code, ask.as_of)]


def touches_here(ask: Ask, code: str) -> bool:
    """Say whether a list is national or one of the place asked about."""
    return touches(ask.world, code, ask.region)


def worst(ask: Ask, causes: list[Cause]) -> GradeLevel | None:
    """Give the worst level of some rows, None of none."""
    levels = [level for cause in causes if (level := level_of(ask, cause)) is not None]
    return max(levels, key=ORDER.index, default=None)


def level_of(ask: Ask, cause: Cause) -> GradeLevel | None:
    """Grade one row: a founded black list, a watch list that says serious, a record, an outside grade converted."""
    kind = ask.world.lists[cause.fact["list"]]
    if kind["kind"] == "black":
        return GradeLevel.BLACKLISTED if founded(ask.world, kind["code"], ask.as_of) else None
    severity = cause.fact.get("severity") or kind.get("severity")
    if kind["kind"] == "watch" and severity == "serious":
        return GradeLevel.SERIOUS_DISHONESTY
    told = None
    if kind["kind"] in {"watch", "rating"} and cause.fact.get("supposed"):
        told = converted(ask, {"grade": cause.fact["supposed"]}, kind)
    elif kind["kind"] in {"watch", "rating"} and not astray(ask.world, cause.fact, kind, ask.as_of):
        told = converted(ask, cause.fact, kind)
    if told in {"serious-dishonesty", "blacklisted"}:
        return GradeLevel.SERIOUS_DISHONESTY
    if kind["kind"] in {"record", "watch"} or told == "general-dishonesty":
        return GradeLevel.GENERAL_DISHONESTY
    return None


def converted(ask: Ask, row: Doc, kind: Doc) -> str | None:
    """Read an outside grade by the table of its scheme that holds on the day."""
    for speaks in [one for one in kind.get("scheme", []) if within(one, ask.as_of)][:1]:
        scheme = ask.world.schemes[speaks["scheme"]]
        level = level_on(scheme, row.get("grade"), ask.as_of)
        tables = [table for table in scheme.get("conversions", []) if within(table, ask.as_of)]
        return tables[0]["levels"].get(level) if tables and level is not None else None
    return None


def level_on(scheme: Doc, grade: str | None, day: date) -> str | None:
    """Read a grade as a level its scheme has on a day: by code, title, alias, or number of points."""
    levels = [level for level in scheme["levels"] if within(level, day)]
    for level in levels:
        if grade in [level["level"], level["title"], *level.get("aliases", [])]:
            return str(level["level"])
    number = re.fullmatch(r"(-?\d{1,9}(\.\d{1,4})?)\s*分?", grade or "") if scheme.get("points") else None
    for level in levels if number else []:
        if level.get("points_from") is None or float(number[1]) >= level["points_from"]:  # type: ignore[index]
            return str(level["level"])
    return None


def astray(world: World, row: Doc, kind: Doc, day: date) -> bool:
    """Say whether a row's own level contradicts its list, or is left open where the list has several."""
    for speaks in [one for one in kind.get("scheme", []) if within(one, day)][:1]:
        levels, grade = speaks.get("levels", []), row.get("grade")
        known = world.schemes[speaks["scheme"]]["levels"]
        names = [{one["level"], one["title"], *one.get("aliases", [])} for one in known if one["level"] in levels]
        fits = any(
            grade in each and within(one, day) for each, one in zip(names, in_levels(known, levels), strict=True)
        )
        return bool(levels) and (len(levels) > 1 if grade is None else not fits)
    return False


def in_levels(known: list[Doc], levels: list[str]) -> list[Doc]:
    """Return those levels of a scheme that a list has."""
    return [one for one in known if one["level"] in levels]
