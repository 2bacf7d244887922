"""Matters (事项清单): what a subject wants, from whom, in which role."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, Field

from jointsanction.model.basis import Basis
from jointsanction.model.value import Value, as_named
from jointsanction.terms import ActType, CaseDate, CommitmentType, Level, MatterKind, Phase, Role, Trait
from jointsanction.terms import Field as FieldTerm


class MatterRole(Value):
    """What a matter is for one role, where it differs (角色性质)."""

    kind: MatterKind
    granted_by: Level | None = None
    ordinary_way: str | None = None


class MatterAlias(Value):
    """Another name of a matter, or of a matter in one role (事项别名)."""

    name: str
    role: Role | None = None


MatterName: TypeAlias = Annotated[MatterAlias, BeforeValidator(as_named)]
"""Another name of a matter; a bare text is a name without a role."""


class Window(Value):
    """Which dates of a case count, in the order they come, and which of them decides (核查时点)."""

    dates: tuple[CaseDate, ...]
    decides: CaseDate
    basis: tuple[Basis, ...] = ()


class AcceptedCommitment(Value):
    """A type of commitment on which a matter may be handled, and the texts that say so (适用信用承诺)."""

    type: CommitmentType
    basis: tuple[Basis, ...]


class Matter(Value):
    """One matter (事项). `parents` are the nodes above; `granted_by` is the level of what grants a convenience.

    Where there is a `window`, the day asked about may be given as the dates of the case. `credit_report_required` says
    that a credit report must be read before deciding (信用报告应用目录). `commitment_types` are the ways of commitment
    it accepts (适用信用承诺行政管理事项清单), which nodes below do not inherit.
    """

    code: str
    title: str
    parents: tuple[str, ...] = ()
    kind: MatterKind
    default_role: Role
    default_phase: Phase = Phase.BEFORE
    fields: tuple[FieldTerm, ...] = ()
    traits: tuple[Trait, ...] = ()
    not_traits: tuple[Trait, ...] = ()
    granted_by: Level | None = None
    ordinary_way: str | None = None
    roles: dict[Role, MatterRole] = Field(default_factory=dict)
    aliases: tuple[MatterName, ...] = ()
    requires_acts: tuple[ActType, ...] = ()
    window: Window | None = None
    commitment_types: tuple[AcceptedCommitment, ...] = ()
    credit_report_required: bool = False
    note: str | None = None
    overrides: bool = False
    layer: str = "national"
