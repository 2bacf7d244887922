"""What rules must not rest on (推导规则的根据): points of residents for a burden, independent lists for a grade."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.catalog.compile import scheme_of
from jointsanction.catalog.remark import Remark
from jointsanction.model.rule_order import fed_by
from jointsanction.terms import GradeLevel, ListKind, SupervisionTier

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from jointsanction.catalog.compile import Tables
    from jointsanction.model.catalogue import Consequence, ListType, Rule, RuleClause, RuleTest, RuleValue


def grounds(rule: Rule, tables: Tables, as_of: date) -> Iterator[Remark]:
    """Yield where a rule makes a burden of points, or a grade of a list that is kept apart (FEATURES 3, 78)."""
    fed = fed_by([rule], tuple(tables.catalog.rules.values()))
    heard = [one for one in fed if one.id == rule.id or one.then.grade is None]
    for kind in tables.catalog.lists.values():
        scheme = scheme_of(kind, as_of)
        points = scheme is not None and tables.catalog.schemes[scheme].points
        apart = kind.kind is ListKind.INDEPENDENT
        if not (points and _burdens(rule.then)) and not (apart and rule.then.grade is not None):
            continue
        if any(fits(kind, tests, tables, as_of) for one in heard for tests in _looked_for(one.when)):
            code = "points-restrict" if points else "independent-graded"
            yield Remark("rules", rule.id, ("when",), code, f"条件及于“{kind.title}”（{kind.code}）。")
            return


def fits(kind: ListType, tests: Mapping[str, RuleTest], tables: Tables, as_of: date) -> bool:
    """Return whether tests leave a list possible, by what is the same for every row of it.

    Points convert to nothing worse than trustworthy.
    """
    scheme = scheme_of(kind, as_of)
    values: dict[str, RuleValue | None] = {
        "list": kind.code,
        "kind": kind.kind.value,
        "scheme": scheme,
        "founded": tables.founded(kind.code, as_of),
    }
    if scheme is not None and tables.catalog.schemes[scheme].points:
        values["converts-to"] = GradeLevel.TRUSTWORTHY.value
    for key in values.keys() & tests.keys():
        for word, wanted in tests[key].items():
            among = values[key] in members(wanted)
            if (word in {"eq", "in"} and not among) or (word in {"ne", "not-in"} and among):
                return False
    return True


def members(value: RuleValue) -> frozenset[RuleValue]:
    """Return the values a comparison names."""
    return frozenset(value) if isinstance(value, tuple) else frozenset((value,))


def _looked_for(clause: RuleClause) -> Iterator[Mapping[str, RuleTest]]:
    """Yield the tests on listings that must be met, not those under `none`."""
    yield from (clause.listing,) if clause.listing else ()
    yield from (clause.count.listing,) if clause.count else ()
    for part in (*(clause.all or ()), *(clause.any or ())):
        yield from _looked_for(part)


def _burdens(then: Consequence) -> bool:
    """Return whether a result takes something away, or looks closer than usual."""
    looked_at = then.supervision is not None and then.supervision.tier in {
        SupervisionTier.TIGHTENED, SupervisionTier.KEY,
    }  # fmt: skip
    graded = then.grade is not None and then.grade is not GradeLevel.TRUSTWORTHY
    return looked_at or graded or any(each is not None for each in (then.suspend, then.carry, then.raise_))
