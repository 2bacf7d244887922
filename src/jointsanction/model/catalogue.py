"""What a catalogue is made of (目录): instruments, lists, groups, schemes, matters, measures, rules."""

from __future__ import annotations

from pydantic import Field

from jointsanction.model.basis import Basis, CheckedText, Instrument
from jointsanction.model.department import Department, DepartmentSection, Officer, PowerItem
from jointsanction.model.lists import (
    DatedAlias,
    Forbidden,
    Group,
    GroupMember,
    ListScheme,
    ListTerm,
    ListType,
    RepairRule,
    Scheme,
    SchemeLevel,
)
from jointsanction.model.matter import Matter, MatterAlias, MatterName, MatterRole, Window
from jointsanction.model.measure import (
    Bearer,
    Duration,
    GradeTarget,
    Grants,
    IncentiveCondition,
    Measure,
    Targets,
    Where,
)
from jointsanction.model.rule import (
    Carry,
    Consequence,
    Derivation,
    Rule,
    RuleClause,
    RuleOperator,
    RuleTest,
    RuleValue,
    Suspension,
)
from jointsanction.model.value import Kinds, Many, Value

__all__ = [
    "Basis",
    "Bearer",
    "Carry",
    "Catalog",
    "CheckedText",
    "Consequence",
    "DatedAlias",
    "Department",
    "DepartmentSection",
    "Derivation",
    "Duration",
    "Forbidden",
    "GradeTarget",
    "Grants",
    "Group",
    "GroupMember",
    "IncentiveCondition",
    "Instrument",
    "Kinds",
    "ListScheme",
    "ListTerm",
    "ListType",
    "Many",
    "Matter",
    "MatterAlias",
    "MatterName",
    "MatterRole",
    "Measure",
    "Officer",
    "PowerItem",
    "RepairRule",
    "Rule",
    "RuleClause",
    "RuleOperator",
    "RuleTest",
    "RuleValue",
    "Scheme",
    "SchemeLevel",
    "Suspension",
    "Targets",
    "Value",
    "Where",
    "Window",
]


class Catalog(Value):
    """A whole catalogue (目录): everything by id, and the roots it was laid together from."""

    instruments: dict[str, Instrument] = Field(default_factory=dict)
    lists: dict[str, ListType] = Field(default_factory=dict)
    groups: dict[str, Group] = Field(default_factory=dict)
    schemes: dict[str, Scheme] = Field(default_factory=dict)
    matters: dict[str, Matter] = Field(default_factory=dict)
    measures: dict[str, Measure] = Field(default_factory=dict)
    rules: dict[str, Rule] = Field(default_factory=dict)
    forbidden: dict[str, Forbidden] = Field(default_factory=dict)
    departments: dict[str, Department] = Field(default_factory=dict)
    roots: tuple[str, ...] = ()
