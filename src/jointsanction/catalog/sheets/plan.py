"""Which sheets there are and what stands in their columns (工作表): taken from the models, so no field is left out."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.catalog.reading.entries import IDENTITY, MODELS
from jointsanction.catalog.reading.shapes import Shape, shapes_of
from jointsanction.catalog.words.fields import FIELD_WORDS
from jointsanction.catalog.words.special import SPECIAL_WORDS
from jointsanction.model.catalogue import Matter, RuleClause

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel

    from jointsanction.catalog.files import Section

SHEETS: Final[Mapping[Section, str]] = {
    "lists": "对象清单", "measures": "措施清单", "matters": "事项清单", "instruments": "依据文件",
    "departments": "部门", "groups": "对象组", "schemes": "等级方案", "rules": "推导规则", "forbidden": "不得纳入",
    "publicity": "公示期",
}  # fmt: skip
"""The sheet of each section (三清单及其依据)."""

_PARTS: Final = {"departments.powers": "权责清单", "departments.sections": "科室"}
"""Sheets of parts that have a name of their own; any other part is called after its entry and its key."""

_HEADS: Final = {
    "Bearer.role": "承担者",
    "CheckedText.articles": "条文指纹",
    "CheckedText.edition": "文本版本",
    "Department.region": "区划代码",
    "DepartmentSection.id": "科室编号",
    "Instrument.checked": "核对",
    "Instrument.region": "区划代码",
    "ListType.scope": "范围",
    "Matter.parents": "上级事项",
    "Matter.roles": "角色另定",
    "Measure.bears": "承担者",
    "Measure.effect": "措施方向",
    "Measure.judged_on": "适用哪一天的法律",
    "Measure.layer": "地方目录",
    "Measure.region": "区划代码",
    "Measure.roles": "办理角色",
    "Measure.status": "状态",
    "PowerItem.section": "科室编号",
    "Targets.kinds": "主体类别",
}
"""Heads that say less than the field's word, which speaks to whoever writes YAML."""

_LEFT_OUT: Final[Mapping[Section, frozenset[str]]] = {
    section: frozenset({"layer"}) for section in ("lists", "matters", "rules", "departments")
}
"""Keys that follow from where the file will lie; a measure's folder is one of its columns."""

_CUT: Final = re.compile("[，：；（]")
_JOINT: Final = "·"


class Column(NamedTuple):
    """One column (栏目): its head, the keys that lead to its value, and what may stand there."""

    head: str
    path: tuple[str, ...]
    shape: Shape


class Plan(NamedTuple):
    """One sheet (工作表): of the entries of a section, or of one of their lists of parts (`part` is its key).

    The first column is the entry's id.
    """

    title: str
    section: Section
    part: str | None
    columns: tuple[Column, ...]

    @property
    def key(self) -> Column:
        """Return the column of the entry's id."""
        return self.columns[0]


def model_of(section: Section) -> type[BaseModel]:
    """Return what an entry of a section is; a matter stands in a row of its own, and not in a tree."""
    return Matter if section == "matters" else MODELS[section]


@cache
def plans() -> tuple[Plan, ...]:
    """Return every sheet, an entry's before those of its parts (全部工作表)."""
    return tuple(plan for section in SHEETS for plan in _of_section(section))


def _of_section(section: Section) -> Iterator[Plan]:
    model, key = model_of(section), IDENTITY[section]
    shapes = {name: shape for name, shape in shapes_of(model).items() if name not in _LEFT_OUT.get(section, ())}
    identity = Column(_head(model, key), (key,), shapes[key])
    parts = {name: shape.items.model for name, shape in shapes.items() if shape.items and shape.items.model}
    columns = [
        column
        for name, shape in shapes.items()
        if name not in parts and name != key
        for column in _columns(model, name, shape)
    ]
    yield Plan(SHEETS[section], section, None, (identity, *columns))
    for name, part in parts.items():
        title = _PARTS.get(f"{section}.{name}", f"{SHEETS[section]}{_JOINT}{_head(model, name)}")
        first = identity._replace(head=SHEETS[section].removesuffix("清单") + identity.head)
        yield Plan(title, section, name, (first, *_columns_of(part)))


def _columns_of(model: type[BaseModel]) -> Iterator[Column]:
    for name, shape in shapes_of(model).items():
        yield from _columns(model, name, shape)


def _columns(model: type[BaseModel], name: str, shape: Shape) -> Iterator[Column]:
    """Yield the column of a field, or those of the fields of the mapping it holds."""
    head = _head(model, name)
    if shape.model is None or shape.items is not None or shape.model is RuleClause:
        yield Column(head, (name,), shape)
        return
    for inner in _columns_of(shape.model):
        yield Column(f"{head}{_JOINT}{inner.head}", (name, *inner.path), inner.shape)


def _head(model: type[BaseModel], name: str) -> str:
    full = f"{model.__name__}.{name}"
    if name == "overrides":
        return "替换下层"
    return _HEADS.get(full) or _CUT.split(SPECIAL_WORDS.get(full) or FIELD_WORDS[name])[0]
