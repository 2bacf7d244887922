"""The mapping chain 措施→部门→权力事项→科室→人员 (对应关系): who does what a measure says, in a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jointsanction.catalog.compile import lies_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.model.catalogue import Catalog, Department, Measure, PowerItem


class Link(NamedTuple):
    """A department that a measure names (对应部门), and what it handles of the measure's matters."""

    department: Department
    authority: str
    powers: tuple[PowerItem, ...]


def links(measure: Measure, catalog: Catalog) -> Iterator[Link]:
    """Yield the departments that a measure names (措施对应部门), with what they handle of its matters (权力事项)."""
    for department in catalog.departments.values():
        for authority in department.authorities:
            if authority in measure.implementing_authority and concerns(measure, department.region):
                powers = (power for power in department.powers if _handles(power, measure, catalog))
                yield Link(department, authority, tuple(powers))


def concerns(measure: Measure, region: str) -> bool:
    """Return whether a measure is carried out in a region: a national one everywhere, a local one where it holds."""
    return measure.region is None or lies_in(region, measure.region) or lies_in(measure.region, region)


def _handles(power: PowerItem, measure: Measure, catalog: Catalog) -> bool:
    return any(meets(matter, named, catalog) for matter in power.matters for named in measure.matters)


def meets(one: str, other: str, catalog: Catalog) -> bool:
    """Return whether of two matters one is the other or lies below it."""
    return other in above(one, catalog) or one in above(other, catalog)


def above(code: str, catalog: Catalog) -> set[str]:
    """Return a matter with all that lie above it."""
    found, waiting = {code}, [code]
    while waiting:
        parents = set(catalog.matters[waiting.pop()].parents) - found
        found |= parents
        waiting += parents
    return found
