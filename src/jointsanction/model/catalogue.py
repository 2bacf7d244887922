"""What a catalogue is made of (目录): instruments, lists, groups, schemes, matters, measures, rules."""

from __future__ import annotations

from pydantic import Field

from jointsanction.model.basis import Basis, CheckedText, Instrument
from jointsanction.model.department import Department, DepartmentSection, Officer, PowerItem
from jointsanction.model.lists import (
    Conversion,
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
from jointsanction.model.matter import AcceptedCommitment, Matter, MatterAlias, MatterName, MatterRole, Window
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
from jointsanction.model.publicity import Publicity, PublicityPeriod
from jointsanction.model.rule import (
    Carry,
    Consequence,
    DegreeChange,
    Derivation,
    Rule,
    RuleClause,
    RuleCount,
    RuleOperator,
    RuleTest,
    RuleValue,
    Stretch,
    Supervision,
    Suspension,
)
from jointsanction.model.value import Kinds, Many, Value

__all__ = [
    "AcceptedCommitment",
    "Basis",
    "Bearer",
    "Carry",
    "Catalog",
    "CheckedText",
    "Consequence",
    "Conversion",
    "DatedAlias",
    "DegreeChange",
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
    "Publicity",
    "PublicityPeriod",
    "RepairRule",
    "Rule",
    "RuleClause",
    "RuleCount",
    "RuleOperator",
    "RuleTest",
    "RuleValue",
    "Scheme",
    "SchemeLevel",
    "Stretch",
    "Supervision",
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
    publicity: dict[str, Publicity] = Field(default_factory=dict)
    departments: dict[str, Department] = Field(default_factory=dict)
    roots: tuple[str, ...] = ()
