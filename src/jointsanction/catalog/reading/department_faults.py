"""Whether a department and its official item codes make sense (权责清单): what the loader refuses of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.catalog.nearest import nearest
from jointsanction.catalog.reading.faults import Fault
from jointsanction.catalog.reading.yaml_text import place_of
from jointsanction.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.catalog.reading.clashes import Sources
    from jointsanction.catalog.reading.entries import Entry
    from jointsanction.model.catalogue import Catalog, Department, PowerItem

_ITEM_CODE: Final = re.compile(r"[0-9A-Z][0-9A-Z.\-]*")


def department_faults(department: Department) -> Iterator[Fault]:
    """Yield what is wrong within one department: empty lists, equal ids, an unknown section."""
    if not department.authorities:
        yield Fault(("authorities",), "catalog.empty_list", "authorities 为空；请写措施的“实施主体”中的哪些词就是它。")
    sections: dict[str, str] = {}
    for index, section in enumerate(department.sections):
        if section.id in sections:
            yield Fault(("sections", index, "id"), "catalog.duplicate_id", f"科室编号 '{section.id}' 重复。")
        sections[section.id] = section.title
    for index, power in enumerate(department.powers):
        yield from _power_faults(power, ("powers", index), sections)


def _power_faults(power: PowerItem, path: tuple[int | str, ...], sections: dict[str, str]) -> Iterator[Fault]:
    if not _ITEM_CODE.fullmatch(power.code):
        message = f"权力事项编码 '{power.code}' 的写法不对：应为数字、大写英文、连字符和点，如 990000-XK-001。"
        yield Fault((*path, "code"), "catalog.bad_id", message)
    if not power.matters:
        message = f"权力事项 '{power.code}' 没有写对应的事项；请写 matters。"
        yield Fault((*path, "matters"), "catalog.empty_list", message)
    if power.section is not None and power.section not in sections:
        hint = nearest(power.section, sections, {title: name for name, title in sections.items()})
        message = f"本部门没有科室 '{power.section}'{hint or '；请先写在 sections 里。'}"
        yield Fault((*path, "section"), "catalog.unknown_section", message)


class _Use(NamedTuple):
    """Where an item code is used (编码用处)."""

    department: Department
    at: int
    power: PowerItem


def item_code_problems(catalog: Catalog, sources: Sources) -> Iterator[Problem]:
    """Yield each item code that would mean two things (编码冲突), where the second is written.

    Places of several levels share the code of one item (三级四同): the matters must then be the same.
    """
    names = {
        name: code for code, matter in catalog.matters.items() for name in (code, *(one.name for one in matter.aliases))
    }
    seen: dict[str, list[_Use]] = {}
    for department in catalog.departments.values():
        for use in (_Use(department, at, power) for at, power in enumerate(department.powers)):
            code = use.power.code
            other = next((one for one in seen.get(code, ()) if not _may_share(one, use)), None)
            if code in names:
                message = f"权力事项编码 '{code}' 已是事项 '{names[code]}' 的代码或别名；请改用官方编码。"
                places = (_place(use, sources), sources.get(("matters", names[code])))
                yield from _problem(places, use, "catalog.alias_clash", message)
            elif other is not None:
                both = "、".join(f"'{one.department.id}'（{one.department.title}）" for one in (other, use))
                message = f"权力事项编码 '{code}' 同时用于 {both}；只能由不同地方的部门共用，且对应的事项要相同。"
                places = (_place(use, sources), _place(other, sources))
                yield from _problem(places, use, "catalog.duplicate_power", message)
            seen.setdefault(code, []).append(use)


def _may_share(one: _Use, other: _Use) -> bool:
    return one.department.region != other.department.region and set(one.power.matters) == set(other.power.matters)


def _place(use: _Use, sources: Sources) -> Entry | None:
    return sources.get(("departments", use.department.id))


def _problem(places: tuple[Entry | None, ...], use: _Use, code: str, message: str) -> Iterator[Problem]:
    """Tell at the first of two entries that stands in a file: what a bundle brought nobody can mend here."""
    entry = next((one for one in places if one is not None), None)
    if entry is not None:
        is_here = (entry.section, entry.id) == ("departments", use.department.id)
        place = place_of(entry.node, ("powers", use.at, "code")) if is_here else entry.place
        yield Problem(entry.file.shown, *place, code, message)
