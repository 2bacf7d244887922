"""Breaks in the mapping chain 措施→部门→权力事项→科室→人员 (对应关系检查), told once there are departments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jointsanction.catalog.chain import concerns, links, meets
from jointsanction.catalog.compile import in_time, lies_in
from jointsanction.catalog.compiling.powers import powers_of
from jointsanction.catalog.nearest import nearest
from jointsanction.catalog.remark import Remark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from jointsanction.catalog.load import Loaded
    from jointsanction.model.catalogue import Catalog, Department, Measure

_FEW: Final = 3


def chain_remarks(loaded: Loaded, as_of: date) -> Iterator[Remark]:
    """Yield every break in the chain, region by region; nothing where no root has departments."""
    catalog = loaded.catalog
    if not catalog.departments:
        return
    measures = [
        measure
        for measure in catalog.measures.values()
        if measure.status == "active" and in_time(measure.valid_from, measure.valid_to, as_of)
    ]
    for region in sorted({department.region for department in catalog.departments.values()}):
        yield from _without_department(region, measures, loaded)
    yield from _without_power(measures, catalog)
    for department in catalog.departments.values():
        yield from _within(department)
        yield from _unused(department, measures)
    yield from _without_measure(measures, catalog)


def _without_department(region: str, measures: Iterable[Measure], loaded: Loaded) -> Iterator[Remark]:
    """Told where the word stands in a root that was loaded, else at the first department of the region."""
    departments = [one for one in loaded.catalog.departments.values() if lies_in(region, one.region)]
    known = {word for one in departments for word in one.authorities}
    missing: dict[str, list[Measure]] = {}
    for measure in measures:
        for word in measure.implementing_authority:
            if word not in known and concerns(measure, region):
                missing.setdefault(word, []).append(measure)
    first = next(one for one in departments if one.region == region)
    for word, users in sorted(missing.items()):
        message = f"{region} 没有部门与实施主体“{word}”对应；用到它的措施：{_few(one.id for one in users)}。"
        own = next((one for one in users if ("measures", one.id) in loaded.sources), None)
        if own is None:
            yield Remark("departments", first.id, ("region",), "authority-without-department", message)
        else:
            path = ("implementing_authority", own.implementing_authority.index(word))
            yield Remark("measures", own.id, path, "authority-without-department", message)


def _without_power(measures: Iterable[Measure], catalog: Catalog) -> Iterator[Remark]:
    """One remark for each matter that a department has no item for, whatever measures name it."""
    missing: dict[tuple[str, str], dict[str, None]] = {}
    for measure in measures:
        for department, matter in _unhandled(measure, catalog):
            missing.setdefault((department, matter), {})[measure.id] = None
    for (department, matter), users in sorted(missing.items()):
        region, title = catalog.departments[department].region, catalog.matters[matter].title
        message = f"{region} 事项“{title}”（{matter}），要由它实施的措施：{_few(users)}。"
        yield Remark("departments", department, ("powers",), "department-without-power", message)


def _unhandled(measure: Measure, catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield each department that a measure names with each matter of the measure it has no item for."""
    for link in links(measure, catalog):
        handled = {code for power in link.powers for code in power.matters}
        for matter in measure.matters:
            if not any(meets(matter, code, catalog) for code in handled):
                yield link.department.id, matter


def _within(department: Department) -> Iterator[Remark]:
    for at, power in enumerate(department.powers):
        if power.section is None:
            message = f"{department.region} {power.code}（{power.title}）。"
            yield Remark("departments", department.id, ("powers", at), "power-without-section", message)
    for at, section in enumerate(department.sections):
        if not section.officers:
            message = f"{department.region} {section.id}（{section.title}）。"
            yield Remark("departments", department.id, ("sections", at), "section-without-officers", message)


def _unused(department: Department, measures: Iterable[Measure]) -> Iterator[Remark]:
    """A word that no measure of the region uses is most likely misspelt."""
    words = {word for one in measures if concerns(one, department.region) for word in one.implementing_authority}
    for at, word in enumerate(department.authorities):
        if word not in words:
            message = f"{department.region} “{word}”{nearest(word, sorted(words)) or '。'}"
            yield Remark("departments", department.id, ("authorities", at), "authority-unused", message)


def _without_measure(measures: Iterable[Measure], catalog: Catalog) -> Iterator[Remark]:
    for department, power in powers_of(catalog):
        here = [code for one in measures if concerns(one, department.region) for code in one.matters]
        for at, matter in enumerate(power.matters):
            if not any(meets(matter, code, catalog) for code in dict.fromkeys(here)):
                path = ("powers", department.powers.index(power), "matters", at)
                message = f"{department.region} {power.code}（{power.title}）：{matter}。"
                yield Remark("departments", department.id, path, "power-without-measure", message)


def _few(names: Iterable[str]) -> str:
    kept = list(names)
    return "、".join(kept[:_FEW]) + (f" 等 {len(kept)} 条" if len(kept) > _FEW else "")
