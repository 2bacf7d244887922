"""What can set a measure off (触发对象), each as a row of the table of what its cases show."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jointsanction.catalog.compile import scheme_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from jointsanction.model.case import CaseListing
    from jointsanction.model.catalogue import Catalog, Measure


class Target(NamedTuple):
    """One thing that can set a measure off (触发对象): a list, a group, an act, a severity, a level, or a clue."""

    type: str
    id: str


def targets_of(measure: Measure) -> tuple[Target, ...]:
    """Return everything that can set a measure off, or point to what does (clue)."""
    targets = measure.targets
    levels = targets.grades.levels if targets.grades is not None else ()
    return (
        *(Target("list", code) for code in targets.lists),
        *(Target("group", code) for code in targets.groups),
        *(Target("act", act.value) for act in targets.acts),
        *(Target("severity", word.value) for word in targets.severity if not targets.lists),
        *(Target("grade", level) for level in levels),
        *(Target("clue", code) for code in targets.clue_lists),
    )


def targets_of_listing(listing: CaseListing, measure: Measure, catalog: Catalog, day: date) -> tuple[Target, ...]:
    """Return the targets that a listing of a case is for a measure, as `targets_of` names them."""
    return tuple(_targets(listing, measure, catalog, day))


def _targets(listing: CaseListing, measure: Measure, catalog: Catalog, day: date) -> Iterator[Target]:
    code, targets = listing.list, measure.targets
    if code in targets.clue_lists:
        yield Target("clue", code)
    if code in targets.lists:
        yield Target("list", code)
    of_groups = [group for group in targets.groups if code in {one.list for one in catalog.groups[group].members}]
    yield from (Target("group", group) for group in of_groups)
    severity = listing.severity or catalog.lists[code].severity
    if severity is not None:
        yield Target("severity", severity.value)
    scheme = scheme_of(catalog.lists[code], day)
    if targets.grades is not None and scheme == targets.grades.scheme:
        levels = catalog.schemes[scheme].levels
        names = {name: level.level for level in levels for name in (level.level, level.title, *level.aliases)}
        yield Target("grade", names.get(listing.grade or "", ""))
