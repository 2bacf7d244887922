"""The options of a question (核查问题的选项): one set, which every command that asks takes whole."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from inspect import Parameter, signature
from typing import Any, TypeVar, cast

from jointsanction.cli.options import (
    Acts,
    AsOf,
    CaseDates,
    CoverageAsked,
    Fields,
    Kind,
    KnownAt,
    NameAlone,
    Occupations,
    PartPlayed,
    Region,
    RelatedTo,
    Size,
    Stage,
    Traits,
    Why,
)
from jointsanction.errors import QuestionError

Command = TypeVar("Command", bound=Callable[..., None])


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedOptions:
    """What is asked alike of everybody in a question, beside the matter (对各主体相同的选项)."""

    as_of: AsOf = None
    known_at: KnownAt = None
    role: PartPlayed = None
    region: Region = None
    phase: Stage = None
    trait: Traits = None
    field: Fields = None
    act: Acts = None
    coverage: CoverageAsked = "strict"
    date: CaseDates = None
    why: Why = False

    def words(self) -> dict[str, Any]:
        """Return the words of a question as the engine knows them."""
        return {
            "as_of": self.as_of, "known_at": self.known_at, "role": self.role, "region": self.region,
            "phase": self.phase, "traits": self.trait or (), "fields": self.field or (), "acts": self.act or (),
            "coverage": self.coverage, "dates": self.date or (), "explain": self.why,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionOptions(SharedOptions):
    """What is asked of one subject, beside the number and the matter (一个主体的核查选项)."""

    name: NameAlone = None
    kind: Kind = None
    size: Size = None
    occupation: Occupations = None
    related: RelatedTo = None

    def words(self) -> dict[str, Any]:
        """Return the words of a question as the engine knows them, whom it is about apart."""
        own = {"kind": self.kind, "size": self.size, "occupations": self.occupation or ()}
        return {**SharedOptions.words(self), **own, "related": self.related or ()}

    def about(self, identifier: str | None) -> dict[str, Any]:
        """Return the words of a question about somebody: a number, a name, or both.

        Raises:
            QuestionError: `question.usage` when neither is given.
        """
        if identifier is None and self.name is None:
            raise QuestionError("question.usage", "缺少证件号码：要核查谁。", "给出号码；只有名称的用 --name。")
        return {**self.words(), "subject": identifier, "name": self.name}


def takes_question(command: Command) -> Command:
    """Give a command the options of its parameter `question`, in the place of that parameter (展开核查选项)."""
    shape = signature(command)
    options = shape.parameters["question"].annotation
    each = {
        field.name: Parameter(field.name, Parameter.KEYWORD_ONLY, default=field.default, annotation=field.type)
        for field in fields(options)
    }

    @wraps(command)
    def asked(**given: Any) -> None:
        question = options(**{name: given.pop(name) for name in each})
        command(**given, question=question)

    own = shape.parameters.values()
    flat = [one for own_one in own for one in (each.values() if own_one.name == "question" else (own_one,))]
    asked.__signature__ = shape.replace(parameters=flat)  # type: ignore[attr-defined]  # what typer reads
    return cast("Command", asked)
