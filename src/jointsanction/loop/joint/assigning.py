"""Who is asked (确定响应部门): the measures of a joint action, and the departments that answer for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.catalog.chain import links
from jointsanction.catalog.compile import in_time, lies_in
from jointsanction.catalog.nearest import nearest
from jointsanction.errors import LoopError
from jointsanction.model.initiation import Task
from jointsanction.terms import InitiationState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from jointsanction.model.catalogue import Catalog, Department, Measure
    from jointsanction.model.initiation import Addressees, Initiation


def tasks_of(asked: Initiation, catalog: Catalog, to: Addressees, today: date) -> tuple[Task, ...]:
    """Return what each department is asked to do, and by when (协同任务), in the order of the measures.

    A measure is for the departments that the chain names for it in the place; of those named by hand only for them, and
    one that answers for none of the measures is asked for them all.

    Raises:
        LoopError: `loop.unknown_measure`, `loop.measure_ended`; `loop.no_department` for measures that nobody would be
            asked for.
    """
    measures = [measure_of(one, catalog, today) for one in asked.measures]
    by_chain = {measure.id: _answering(measure, catalog, asked.region) for measure in measures}
    if to.departments:
        by_chain = _by_hand(by_chain, to.departments)
    left = [measure for measure in measures if not by_chain[measure.id]]
    if left:
        named = "、".join(f"{measure.id}（{measure.title}）" for measure in left)
        hint = "请在目录的 departments 中写明由哪个部门承担，或者指定响应部门。"
        raise LoopError("loop.no_department", f"没有响应部门的措施：{named}。", hint)
    found: dict[str, list[str]] = {}
    for measure in measures:
        for department in by_chain[measure.id]:
            found.setdefault(department, []).append(measure.id)
    return tuple(
        Task(
            department=department,
            title=title_of(department, catalog),
            measures=tuple(its),
            due_on=to.dues.get(department, to.due_on),
            state=InitiationState.INITIATED,
        )
        for department, its in found.items()
    )


def title_of(department: str, catalog: Catalog) -> str:
    """Return what a department is called: its title in the catalogue, else as it was named."""
    known = catalog.departments.get(department)
    return department if known is None else known.title


def measure_of(name: str, catalog: Catalog, today: date) -> Measure:
    """Return a measure that is in force on a day (措施).

    Raises:
        LoopError: `loop.unknown_measure`, `loop.measure_ended`.
    """
    measure = catalog.measures.get(name)
    if measure is None:
        hint = nearest(name, catalog.measures).lstrip("，；") or "用 jointsanction catalog search 查找措施。"
        raise LoopError("loop.unknown_measure", f"目录中没有措施 {name}。", hint)
    if measure.status == "retired" or not in_time(measure.valid_from, measure.valid_to, today):
        message = f"措施 {name}（{measure.title}）{today} 不在有效期内。"
        raise LoopError("loop.measure_ended", message, "请改用现行措施。")
    return measure


def _by_hand(by_chain: dict[str, tuple[str, ...]], departments: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return who is asked when departments are named by hand: what the chain gives each, or all of it."""
    answering = {department for named in by_chain.values() for department in named}
    return {
        measure: tuple(each for each in departments if each in named or each not in answering)
        for measure, named in by_chain.items()
    }


def _answering(measure: Measure, catalog: Catalog, region: str | None) -> tuple[str, ...]:
    found = {link.department.id: link.department for link in links(measure, catalog)}
    return tuple(sorted(_nearest(found.values(), region)))


def _nearest(departments: Iterable[Department], region: str | None) -> Iterable[str]:
    """Return the departments of a place: its own, else those of the places in it, else those of the nearest above."""
    found = list(departments)
    if region is None:
        return {each.id for each in found}
    own = {each.id for each in found if each.region == region}
    within = {each.id for each in found if lies_in(each.region, region)}
    above = [each for each in found if lies_in(region, each.region)]
    closest = max((_depth(each.region) for each in above), default=0)
    return own or within or {each.id for each in above if _depth(each.region) == closest}


def _depth(region: str) -> int:
    return len(region.rstrip("0"))
