"""Conditions that exclude one another in one `all` (互相矛盾的条件): each could be true, together they can't."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.catalog.explaining.rule import clause_text, fact_text
from jointsanction.model.rule import members

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jointsanction.catalog.compile import Tables
    from jointsanction.model.catalogue import RuleClause, RuleTest, RuleValue

Said = tuple[tuple[int | str, ...], str]


def never_together(clause: RuleClause, path: tuple[int | str, ...], tables: Tables) -> Iterator[Said]:
    """Yield each condition that another one of the same `all` excludes, and levels that no scheme has."""
    must = [clause, *(clause.all or ())]
    yield from _one_value(must, path)
    absent = [part for one in must for part in one.none or ()]
    for part in absent:
        if part in must[1:] or _same_leaf(part, clause):
            yield path, f"既要有，又要没有：{clause_text(part)}。"
    if clause.listing:
        yield from _row(clause.listing, (*path, "listing"), tables)
    for index, part in enumerate(clause.all or ()):
        yield from never_together(part, (*path, "all", index), tables)


def _one_value(must: list[RuleClause], path: tuple[int | str, ...]) -> Iterator[Said]:
    """There is one question and one grade: two tests on one key of it must leave a value."""
    left: dict[tuple[str, str], frozenset[RuleValue]] = {}
    for kind, key, test in _of_one(must):
        named = [frozenset(members(test[word])) for word in ("eq", "in") if word in test]
        left[kind, key] = left.get((kind, key), named[0]).intersection(*named)
        if not left[kind, key]:
            yield path, f"条件自相矛盾：{fact_text(kind, {key: test})}。"


def _of_one(must: list[RuleClause]) -> Iterator[tuple[str, str, RuleTest]]:
    """Yield the tests that name values of the question and of the grade."""
    for kind in ("question", "grade"):
        for tests in (getattr(one, kind) or {} for one in must):
            yield from ((kind, key, test) for key, test in tests.items() if {"eq", "in"} & test.keys())


def _same_leaf(part: RuleClause, clause: RuleClause) -> bool:
    alone = part.listing is not None and part == type(part)(listing=part.listing)
    return alone and part.listing in [one.listing for one in (clause, *(clause.all or ()))]


def _row(tests: Mapping[str, RuleTest], path: tuple[int | str, ...], tables: Tables) -> Iterator[Said]:
    """A row of the subject's own stands in no relation, one of another in some; its level is one of some scheme."""
    own = tests.get("way", {}).get("eq")
    relation = tests.get("relation", {}).get("eq")
    if own is not None and relation is not None and (own == "own") is not (relation == "self"):
        yield (*path, "relation"), "本主体自己的记录，关联关系只能是 self；别人的记录不会是 self。"
    levels = {level.level for scheme in _schemes(tests, tables) for level in tables.catalog.schemes[scheme].levels}
    wanted = frozenset().union(*(members(tests.get("grade", {}).get(word, ())) for word in ("eq", "in")))
    if wanted and wanted.isdisjoint(levels):
        yield (*path, "grade"), "没有一个等级方案有这样的等级。"


def _schemes(tests: Mapping[str, RuleTest], tables: Tables) -> frozenset[str]:
    """Return the schemes a row can speak in: those the test names, or those of the lists it names, else all."""
    named = frozenset(str(word) for at in ("eq", "in") for word in members(tests.get("scheme", {}).get(at, ())))
    return named & tables.catalog.schemes.keys() if named else frozenset(tables.catalog.schemes)
