"""Departments and what they handle (权责清单): from a measure's authority down to the officer at the desk."""

from __future__ import annotations

from jointsanction.model.value import Many, Value
from jointsanction.terms import PowerKind, PowerLevel


class Officer(Value):
    """Who handles an item in a section (科室业务人员): a post and how to reach it, never a person's name."""

    post: str
    contact: str


class DepartmentSection(Value):
    """A section of a department (科室)."""

    id: str
    title: str
    officers: tuple[Officer, ...] = ()


class PowerItem(Value):
    """One item of a department's power and duty list (行政权力事项): its official code names the matters it decides."""

    code: str
    title: str
    level: PowerLevel
    kind: PowerKind
    matters: Many[str]
    section: str | None = None


class Department(Value):
    """A department of a place (部门), and the words by which measures name it (`implementing_authority`)."""

    id: str
    title: str
    region: str
    authorities: tuple[str, ...]
    sections: tuple[DepartmentSection, ...] = ()
    powers: tuple[PowerItem, ...] = ()
    note: str | None = None
    overrides: bool = False
    layer: str = "national"
