"""What an officer typed, as a question (核查表单): texts as they were, so that a page can show them again."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.identity.identify import parse_subject
from jointsanction.identity.masks import visible
from jointsanction.loop.access.permits import permit_matter
from jointsanction.model.caller import RequestKey
from jointsanction.steps.asking.ask import RULED_OUT
from jointsanction.terms import CaseDate, Coverage, Field, Occupation, Phase, Role, Size, SubjectKind, Trait
from jointsanction.terms.words import word

if TYPE_CHECKING:
    from datetime import date

    from jointsanction.catalog.compile import Tables
    from jointsanction.model.caller import Caller
    from jointsanction.web.console.console import Sent

PURPOSES: Final = (
    "供应商资格审查",
    "投标人资格审查",
    "中标（成交）候选人核查",
    "合同签订前核查",
    "行政许可审查",
    "资金补贴审核",
    "评优评先审核",
    "招聘录用审查",
)
"""Usual purposes, offered and never chosen for anybody (常用核查用途)."""

_IN_CHINA: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?")
_CODED: Final = re.compile(r".*（([A-Z0-9.-]+)）")


class Typed(NamedTuple):
    """The fields of a question as they were typed (核查表单); what there may be several of, as it was chosen."""

    id: str = ""
    kind: str = ""
    name: str = ""
    matter: str = ""
    as_of: str = ""
    purpose: str = ""
    case: str = ""
    role: str = ""
    phase: str = ""
    region: str = ""
    size: str = ""
    coverage: str = ""
    known_at: str = ""
    acts: str = ""
    related: str = ""
    traits: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    occupations: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()

    @property
    def more(self) -> bool:
        """Tell whether anything is said in the fields that are folded away."""
        return any(getattr(self, name) for name in _MORE)

    def words(self) -> dict[str, Any]:
        """Return what holds for whoever is asked about (核查条件)."""
        plain = {name: getattr(self, name) or None for name in _PLAIN}
        several = {name: getattr(self, name) for name in _SEVERAL}
        known_at = _in_china(self.known_at) or None
        return {**plain, **several, "known_at": known_at, "acts": _rows(self.acts), "related": _rows(self.related)}

    def question(self) -> dict[str, Any]:
        """Return the question as a document, with the whole trace asked for (核查问题)."""
        kind = word(SubjectKind, self.kind, "主体类别") if self.kind else None
        said = {key: value for key, value in self.words().items() if value}
        subject = parse_subject(self.id, kind, self.name or None)
        return {**said, "subject": subject, "matter": matter_code(self.matter), "explain": True}

    def key(self, token: str, today: date) -> RequestKey:
        """Return the key under which sending a form again files nothing anew; changed, it is another question."""
        return request_key(token, json.dumps(self._asdict(), ensure_ascii=False), today)

    def sent(self) -> list[tuple[str, str]]:
        """Return the fields by name as a form sends them, to ask the same once more (重新核查)."""
        plain = [(name, value) for name, value in self._asdict().items() if isinstance(value, str) and value]
        ticked = [(name, value) for name in ("fields", "occupations") for value in getattr(self, name)]
        known = ((each.removeprefix(RULED_OUT), each.startswith(RULED_OUT)) for each in self.traits)
        traits = [(f"trait-{each}", _NO if ruled_out else _YES) for each, ruled_out in known]
        days = [each.partition(":")[::2] for each in self.dates]
        return [*plain, *ticked, *traits, *((f"date-{which}", day) for which, day in days)]


_PLAIN: Final = ("as_of", "role", "phase", "region", "size", "coverage", "case")
_SEVERAL: Final = ("traits", "fields", "occupations", "dates")
_MORE: Final = (*_SEVERAL, "role", "phase", "region", "size", "coverage", "known_at", "acts", "related")
_YES: Final = "yes"
_NO: Final = "no"
_ANSWERED: Final = {_YES: "", _NO: RULED_OUT}


def typed(sent: Sent) -> Typed:
    """Return the fields of a form, without what nobody sees in them."""
    texts = {name: visible(sent.text(name), "") for name in Typed._fields if name not in _SEVERAL}
    said = ((each, sent.text(f"trait-{each}")) for each in Trait)
    traits = tuple(_ANSWERED.get(answer, f"{answer}-") + each for each, answer in said if answer)
    days = ((each, sent.text(f"date-{each}")) for each in CaseDate)
    return Typed(
        **texts,
        traits=traits,
        fields=tuple(filter(None, sent.texts("fields"))),
        occupations=tuple(filter(None, sent.texts("occupations"))),
        dates=tuple(f"{which}:{day}" for which, day in days if day),
    )


def request_key(token: str, said: str, today: date) -> RequestKey:
    """Return the key of one form with one content, by the token that the page was given (请求键).

    It holds for a day: a page left open overnight asks anew in the morning, for the lists may be others by then.
    """
    same = hashlib.sha256(said.encode()).hexdigest()
    return RequestKey(hashlib.sha256(f"{today}\n{token}\n{same}".encode()).hexdigest(), same)


def matter_code(text: str) -> str:
    """Return the code in a matter as it is offered, `政府采购（GPC）`; what was typed otherwise, as it was typed.

    >>> matter_code("政府采购活动（GPC.SUPPLIER）"), matter_code("政府采购")
    ('GPC.SUPPLIER', '政府采购')
    """
    found = _CODED.fullmatch(text)
    return text if found is None else found[1]


def offered(caller: Caller, tables: Tables) -> dict[str, Any]:
    """Return what a form lets somebody choose from (可选项)."""
    return {
        "matters": matters_for(caller, tables),
        "purposes": PURPOSES,
        "kinds": tuple(SubjectKind),
        "roles": tuple(Role),
        "phases": tuple(Phase),
        "sizes": tuple(Size),
        "traits": tuple(Trait),
        "trades": tuple(Field),
        "occupations": tuple(Occupation),
        "case_dates": tuple(CaseDate),
        "strict": Coverage.STRICT,
        "coverages": (Coverage.LOADED,),
    }


def matters_for(caller: Caller, tables: Tables) -> list[str]:
    """Return the matters that somebody may ask about, as they are offered (可选事项)."""
    allowed = {tables.matter_names[name].code for name in caller.matters if name in tables.matter_names}
    return [
        f"{matter.title}（{code}）"
        for code, matter in tables.catalog.matters.items()
        if not caller.matters or not allowed.isdisjoint(tables.enclosing[code])
    ]


def permitted(typed: Typed, caller: Caller, tables: Tables) -> None:
    """Return when somebody may ask about a matter.

    Raises:
        AccessError: `access.matter`.
        UnknownMatterError: a matter in no catalogue.
    """
    permit_matter(caller, matter_code(typed.matter), tables)


def _rows(text: str) -> tuple[str, ...]:
    return tuple(row.strip() for row in text.splitlines() if row.strip())


def _in_china(text: str) -> str:
    """Return an instant as a browser sends it, which knows no time zone, as one of China's time (北京时间)."""
    return f"{text}+08:00" if _IN_CHINA.fullmatch(text) else text
