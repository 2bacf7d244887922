"""Whether one entry makes sense by itself (自洽): what the loader refuses, each with the place in the entry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from jointsanction.catalog.reading.department_faults import department_faults
from jointsanction.catalog.reading.entries import IDENTITY
from jointsanction.catalog.reading.faults import TODO, Fault
from jointsanction.catalog.reading.measure_faults import measure_faults
from jointsanction.catalog.reading.publicity_faults import publicity_faults
from jointsanction.catalog.reading.rule_facts import rule_faults
from jointsanction.catalog.reading.scheme_faults import scheme_faults
from jointsanction.catalog.reading.targets import years_faults
from jointsanction.catalog.reading.yaml_text import MapNode, node_at, place_of
from jointsanction.errors import Problem
from jointsanction.model.catalogue import (
    Department,
    Forbidden,
    Group,
    Instrument,
    ListType,
    Matter,
    Measure,
    Publicity,
    Rule,
    Scheme,
    Value,
    Window,
)
from jointsanction.terms import Level, MatterKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pydantic import BaseModel

    from jointsanction.catalog.files import Section
    from jointsanction.catalog.reading.entries import Entry

_KEBAB: Final = (re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"), "小写英文、数字和连字符，如 refuse-government-procurement")
_CODE: Final = (re.compile(r"[A-Z][A-Z0-9]*(\.[A-Z0-9]+)*"), "大写英文和数字，用点分级，如 BL.SXBZXR")
_FORMS: Final = {"lists": _CODE, "groups": _CODE, "matters": _CODE}
_REGION: Final = re.compile(r"[0-9]{6}")
_LOCAL_LEVELS: Final = frozenset({Level.LOCAL_REGULATION, Level.GOVERNMENT_RULE})
_GRANTED: Final = frozenset({MatterKind.CONVENIENCE, MatterKind.ENGAGEMENT})


def entry_problems(entry: Entry) -> Iterator[Problem]:
    """Yield what makes an entry senseless by itself (条目检查), each with its place."""
    for path, code, message in _faults(entry):
        place = place_of(entry.node, path) if path and path[0] in entry.node.entries else entry.place
        yield Problem(entry.file.shown, *place, code, message)


def _faults(entry: Entry) -> Iterator[Fault]:
    yield from identity_faults(entry.section, entry.id)
    value = entry.value
    if value is None:
        return
    yield from _dates(value, ())
    yield from _CHECKS[type(value)](value, entry)


def identity_faults(section: Section, name: str) -> Iterator[Fault]:
    """Yield what is wrong with the form of an id or code (编号写法)."""
    form, said = _FORMS.get(section, _KEBAB)
    key = IDENTITY[section]
    if name.startswith(TODO):
        message = f"{key} '{name}' 待补：请定为{said}；文件名和引用它的地方同改，定了不再改名。"
        yield Fault((key,), "catalog.todo", message)
    elif not form.fullmatch(name):
        yield Fault((key,), "catalog.bad_id", f"{key} '{name}' 的写法不对：应为{said}。")


def _dates(value: object, path: tuple[int | str, ...]) -> Iterator[Fault]:
    """Yield each part whose last day lies before its first."""
    if isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from _dates(part, (*path, index))
    if not isinstance(value, Value):
        return
    start, end = getattr(value, "valid_from", None), getattr(value, "valid_to", None)
    if start is not None and end is not None and end < start:
        yield Fault((*path, "valid_to"), "catalog.date_order", f"valid_to {end} 早于 valid_from {start}。")
    for name in type(value).model_fields:
        part = getattr(value, name)
        if isinstance(part, tuple | Value):
            yield from _dates(part, (*path, name))


def _region(region: str | None, path: tuple[int | str, ...] = ("region",)) -> Iterator[Fault]:
    if region is not None and not _REGION.fullmatch(region):
        yield Fault(path, "catalog.bad_region", f"'{region}' 不是六位行政区划代码（GB/T 2260），如 410000。")


def _instrument(instrument: Instrument) -> Iterator[Fault]:
    yield from _region(instrument.region)
    if instrument.level in _LOCAL_LEVELS and instrument.region is None:
        message = f"{instrument.level.zh}只在本行政区域内有效，必须写 region。"
        yield Fault(("level",), "catalog.no_region", message)


def _list(kind: ListType) -> Iterator[Fault]:
    if not kind.authority:
        yield Fault(("authority",), "catalog.empty_list", "authority 为空；请写认定单位。")
    for index, region in enumerate(kind.scope if isinstance(kind.scope, tuple) else ()):
        yield from _region(region, ("scope", index))
    for index, term in enumerate(kind.term):
        if term.years is None and term.months is None:
            yield Fault(("term", index), "catalog.empty_term", "期限没有写多久：写 years 或 months；没有期限请删去。")
        yield from years_faults(term.years, ("term", index, "years"))


def _group(group: Group) -> Iterator[Fault]:
    for index, member in enumerate(group.members):
        if not member.basis:
            message = f"名单 '{member.list}' 归入本组没有依据；请写 basis。"
            yield Fault(("members", index), "catalog.no_basis", message)


def _rule(rule: Rule) -> Iterator[Fault]:
    yield from rule_faults(rule)
    yield from _region(rule.region)


def _matter(matter: Matter, node: MapNode) -> Iterator[Fault]:
    """What grants a convenience or an engagement decides what may withhold it, so its level must be known.

    Only what a node writes itself is looked at: what it inherits is reported where it stands.
    """
    if "kind" in node.entries and matter.kind in _GRANTED and matter.granted_by is None:
        message = f"kind 为 {matter.kind}（{matter.kind.zh}）的事项必须写 granted_by：由哪一级文件给予。"
        yield Fault(("kind",), "catalog.no_granted_by", message)
    written = node_at(node, ("roles",))[0]
    for role, there in matter.roles.items():
        if (
            isinstance(written, MapNode)
            and role in written.entries
            and there.kind in _GRANTED
            and there.granted_by is None
        ):
            message = f"角色 {role}（{role.zh}）的 kind 为 {there.kind}（{there.kind.zh}），必须写 granted_by。"
            yield Fault(("roles", role.value), "catalog.no_granted_by", message)
    if matter.window is not None and "window" in node.entries:
        yield from _window(matter.window)
    yield from _commitment_types(matter)


def _commitment_types(matter: Matter) -> Iterator[Fault]:
    """A way of commitment needs a text that opens it, and stands once: further texts are further bases."""
    seen = set()
    for index, accepted in enumerate(matter.commitment_types):
        if accepted.type in seen:
            message = f"承诺类型 {accepted.type}（{accepted.type.zh}）写了两次；依据请并入一处。"
            yield Fault(("commitment_types", index), "catalog.duplicate_id", message)
        seen.add(accepted.type)
        if not accepted.basis:
            message = "basis 为空：没有依据的，不能告诉当事人可以承诺办理；请填写。"
            yield Fault(("commitment_types", index, "basis"), "catalog.empty_list", message)


def _window(window: Window) -> Iterator[Fault]:
    if len(set(window.dates)) != len(window.dates):
        yield Fault(("window", "dates"), "catalog.duplicate_id", "dates 中有重复的时点；请各写一次，按先后排列。")
    if window.decides not in window.dates:
        message = f"decides 为 {window.decides}（{window.decides.zh}），不在 dates 之中；请从所列时点中选一个。"
        yield Fault(("window", "decides"), "catalog.unknown_date", message)


def _department(department: Department) -> Iterator[Fault]:
    yield from _region(department.region)
    yield from department_faults(department)


def _forbidden(forbidden: Forbidden) -> Iterator[Fault]:
    yield from _region(forbidden.region)
    for key in ("words", "basis"):
        if not getattr(forbidden, key):
            yield Fault((key,), "catalog.empty_list", f"{key} 为空；请填写。")


_CHECKS: Final[dict[type[BaseModel], Callable[[Any, Entry], Iterator[Fault]]]] = {
    Measure: lambda value, entry: measure_faults(value, entry.file),
    Matter: lambda value, entry: _matter(value, entry.node),
    Rule: lambda value, _: _rule(value),
    ListType: lambda value, _: _list(value),
    Group: lambda value, _: _group(value),
    Scheme: lambda value, _: scheme_faults(value),
    Instrument: lambda value, _: _instrument(value),
    Forbidden: lambda value, _: _forbidden(value),
    Department: lambda value, _: _department(value),
    Publicity: lambda value, _: publicity_faults(value),
}
