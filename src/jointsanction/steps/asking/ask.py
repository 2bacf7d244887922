"""From a caller's words to a question (核查问题): every word is checked, and the nearest known one is named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from jointsanction.errors import QuestionError, veil
from jointsanction.identity.identify import parse_subject
from jointsanction.model.subject import Act, Question, Related, Subject
from jointsanction.steps.asking.act_text import parse_act
from jointsanction.steps.asking.case_dates import day_asked, read_dates
from jointsanction.steps.asking.days import read_day
from jointsanction.terms import Coverage, Field, Occupation, Phase, Relation, Role, Size, SubjectKind, Term, Trait
from jointsanction.terms.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from jointsanction.catalog.compile import Tables

W = TypeVar("W", bound=Term)


class Words(NamedTuple):
    """A caller's words (原话): what is asked about whoever it may be, as `check_subject` takes it, nothing read yet."""

    matter: object
    as_of: object = None
    role: object = None
    phase: object = None
    region: object = None
    traits: object = ()
    fields: object = ()
    size: object = None
    occupations: object = ()
    related: object = ()
    acts: object = ()
    coverage: object = "strict"
    explain: object = False
    dates: object = ()


RULED_OUT: Final = "not-"
_CHINESE: Final = re.compile("[\u3400-\u9fff]")


def read_related(value: object) -> Related:
    """Return somebody related to the subject asked about: `RELATION:ID` means that ID is its RELATION.

    A name in place of the number gives candidates only.
    """
    if isinstance(value, Related):
        return value
    relation, _, number = str(value).partition(":")
    if not number:
        code, message = "question.related", "关联方应写作“关系:证件号码”。"
        raise QuestionError(code, message, "例如 legal-representative:证件号码。")
    tie = word(Relation, relation, "关联关系")
    if tie is Relation.SELF:
        raise QuestionError("question.related", "关联方不能是本主体自己。", "写明与本主体的关系。")
    return Related(relation=tie, name=number) if _CHINESE.search(number) else Related(relation=tie, id=number)


def read_traits(values: Iterable[str]) -> tuple[tuple[Trait, ...], tuple[Trait, ...]]:
    """Return the traits stated and those ruled out (`not-TRAIT`)."""
    stated, ruled_out = set(), set()
    for value in values:
        if value.startswith(RULED_OUT):
            ruled_out.add(word(Trait, value.removeprefix(RULED_OUT), "事项特征"))
        else:
            stated.add(word(Trait, value, "事项特征"))
    if both := stated & ruled_out:
        code, message = "question.trait_conflict", f"事项特征既肯定又否定：{'、'.join(sorted(t.value for t in both))}。"
        raise QuestionError(code, message, "二者取一。")
    return tuple(sorted(stated)), tuple(sorted(ruled_out))


def read_region(value: object) -> str | None:
    """Return a GB/T 2260 code of the place of the authority that handles the matter."""
    if value is None:
        return None
    text = str(value)
    if len(text) == 6 and text.isascii() and text.isdigit():  # noqa: PLR2004 - GB/T 2260
        return text
    code, message = "question.region", f"地域代码“{veil(value)}”不是六位行政区划代码。"
    raise QuestionError(code, message, "写作 GB/T 2260 六位代码，例如 410182。")


def make_question(words: Mapping[str, object], tables: Tables, today: date) -> Question:
    """Return the question a caller's words make, with everything they leave out taken from the matter.

    Words: matter, as_of (default today), role, phase, region, traits, fields, size, occupations, related, acts,
    coverage, explain, dates (of the case; the matter says which of them is the day asked about).

    Raises:
        QuestionError: a word, date or number that can't be understood.
        UnknownMatterError: a matter that is in no catalogue.
    """
    name = tables.resolve_matter(str(words["matter"]))
    matter = tables.catalog.matters[name.code]
    role = _optional(Role, words.get("role"), "办理角色")
    traits, not_traits = read_traits(_texts(words.get("traits")))
    dates, as_of = read_dates(words.get("dates")), words.get("as_of")
    asked = day_asked(dates, matter, None if as_of is None else read_day(as_of, "核查基准日"))
    return Question(
        matter=name.code,
        as_of=asked or today,
        role=role or name.role or matter.default_role,
        phase=_optional(Phase, words.get("phase"), "环节") or matter.default_phase,
        region=read_region(words.get("region")),
        traits=tuple(sorted({*traits, *(set(matter.traits) - set(not_traits))})),
        not_traits=tuple(sorted({*not_traits, *(set(matter.not_traits) - set(traits))})),
        fields=tuple(sorted({word(Field, text, "领域") for text in _texts(words.get("fields"))})) or matter.fields,
        size=_optional(Size, words.get("size"), "企业规模"),
        occupations=tuple(sorted({word(Occupation, each, "职业") for each in _texts(words.get("occupations"))})),
        related=tuple(sorted((read_related(r) for r in several(words.get("related"))), key=related_text)),
        acts=tuple(sorted((_act(act) for act in several(words.get("acts"))), key=_when_and_what)),
        coverage=word(Coverage, str(words.get("coverage") or "strict"), "名单覆盖要求"),
        explain=bool(words.get("explain")),
        dates=dates,
        # The matter's own role is no other than the one left unsaid, so that a question written out stays the same.
        role_given=(role or name.role or matter.default_role) is not matter.default_role,
    )


def _when_and_what(act: Act) -> tuple[str, str, str]:
    return (act.type, str(act.decision_made), act.document_number or "")


def related_text(related: Related) -> str:
    """Return how a related person is written in a question: `RELATION:ID`, or the name where there is no number."""
    return f"{related.relation.value}:{related.id or related.name}"


def _optional(vocabulary: type[W], value: object, what: str) -> W | None:
    return None if value is None else word(vocabulary, str(value), what)


def several(value: object) -> tuple[object, ...]:
    """Return the values of a word that may be said several times; one alone is one, nothing is none.

    Raises:
        QuestionError: `question.shape`.
    """
    if value is None:
        return ()
    if isinstance(value, str | Act | Related):
        return (value,)
    if not isinstance(value, Iterable):
        raise QuestionError("question.shape", "需要一个或几个词，给出的是别的值。", '写成列表，例如 ["engineering"]。')
    return tuple(value)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in several(value))


def _act(value: object) -> Act:
    if not isinstance(value, Act):
        return parse_act(str(value))
    if value.decision_made is None and not value.ruled_out:
        # Without its day nobody can say whether it holds, and silence would pass for no.
        raise QuestionError("question.act", f"法律事实“{value.type.zh}”缺少作出决定的日期。", "写明 decision_made。")
    return value


def read_subject(value: object, kind: str | None = None) -> Subject:
    """Return a Subject, or the one a bare identifier names; the kind beside it fills what the subject leaves open."""
    declared = _optional(SubjectKind, kind, "主体类别")
    if isinstance(value, Subject):
        return value if declared is None else replace(value, kind=value.kind or declared)
    text = str(value)
    # A name is taken as a name: it gives candidates and no more.
    return Subject(kind=declared, name=text) if _CHINESE.search(text) else parse_subject(text, declared, None)
