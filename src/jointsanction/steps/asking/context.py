"""The words of a question that decide what can apply (核查条件)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from jointsanction.model.subject import Question
    from jointsanction.terms import Field, Occupation, Phase, Role, Size, SubjectKind, Trait


class Context(NamedTuple):
    """The words of a question that decide what can apply (核查条件); equal contexts on one epoch give equal plans."""

    matter: str
    role: Role
    phase: Phase
    region: str | None
    traits: frozenset[Trait]
    not_traits: frozenset[Trait]
    fields: frozenset[Field]
    size: Size | None
    kind: SubjectKind | None
    role_given: bool = True
    occupations: tuple[Occupation, ...] = ()

    @classmethod
    def of(cls, question: Question, kind: SubjectKind | None) -> Context:
        """Return the context of a question for a kind of subject."""
        return cls(
            matter=question.matter,
            role=question.role,
            phase=question.phase,
            region=question.region,
            traits=frozenset(question.traits),
            not_traits=frozenset(question.not_traits),
            fields=frozenset(question.fields),
            size=question.size,
            kind=kind,
            role_given=question.role_given,
            occupations=question.occupations,
        )
