"""A department → text (部门说明): what it is called in measures, what it handles, in which section, by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.catalog.chain import links
from jointsanction.catalog.compiling.powers import powers_of
from jointsanction.catalog.wording import Lines, joined, named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.model.catalogue import Catalog, Department, DepartmentSection, Matter, Measure, PowerItem


def explain_department(department: Department, catalog: Catalog) -> str:
    """Return the text of a department."""
    lines = Lines(department.title, department.id, "部门")
    lines.add("地域", department.region)
    lines.add("措施中称为", joined(department.authorities))
    sections = {section.id: section for section in department.sections}
    lines.listed("科室", (_section_text(section) for section in department.sections))
    lines.listed(
        "权力事项",
        (
            f"{_power_text(power, sections)}：{joined(named(catalog.matters, code) for code in power.matters)}"
            for power in department.powers
        ),
    )
    lines.listed("实施的措施", _measures(department, catalog))
    lines.add("备注", department.note)
    return lines.text()


def _measures(department: Department, catalog: Catalog) -> Iterator[str]:
    for measure in catalog.measures.values():
        if any(link.department is department for link in links(measure, catalog)):
            yield f"{measure.title}（{measure.id}）"


def chain_text(measure: Measure, catalog: Catalog) -> Iterator[str]:
    """Yield who carries a measure out in each place that has said so (对应部门): down to the post and its number."""
    for department, authority, powers in links(measure, catalog):
        sections = {section.id: section for section in department.sections}
        handled = "；".join(_power_text(power, sections) for power in powers) or "没有相应的权力事项"
        yield f"{authority}：{department.title}（{department.id}），{department.region}：{handled}"


def powers_text(matter: Matter, catalog: Catalog) -> Iterator[str]:
    """Yield the power items that decide a matter, with their departments (权力事项)."""
    for department, power in powers_of(catalog):
        if matter.code in power.matters:
            sections = {section.id: section for section in department.sections}
            yield f"{_power_text(power, sections)}，{department.title}（{department.id}），{department.region}"


def _power_text(power: PowerItem, sections: dict[str, DepartmentSection]) -> str:
    section = f"，{_section_text(sections[power.section])}" if power.section is not None else ""
    return f"{power.code} {power.title}（{power.level.zh}，{power.kind.zh}）{section}"


def _section_text(section: DepartmentSection) -> str:
    officers = joined(f"{officer.post} {officer.contact}" for officer in section.officers)
    return f"{section.title}（{officers}）" if officers else section.title
