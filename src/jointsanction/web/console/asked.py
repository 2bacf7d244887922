"""What an officer typed, as a question (核查表单): texts as they were, so that a page can show them again."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.identity.identify import parse_subject
from jointsanction.loop.access.permits import permit_matter
from jointsanction.model.caller import RequestKey
from jointsanction.terms import SubjectKind
from jointsanction.terms.words import word

if TYPE_CHECKING:
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

_CODED: Final = re.compile(r".*（([A-Z0-9.-]+)）")


class Typed(NamedTuple):
    """The fields of a question as they were typed (核查表单)."""

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
    acts: str = ""
    related: str = ""

    @property
    def more(self) -> bool:
        """Tell whether anything is said in the fields that are folded away."""
        return any((self.role, self.phase, self.region, self.acts, self.related))

    def words(self) -> dict[str, Any]:
        """Return what holds for whoever is asked about (核查条件)."""
        plain = {name: getattr(self, name) or None for name in ("as_of", "role", "phase", "region", "case")}
        return {**plain, "acts": _rows(self.acts), "related": _rows(self.related)}

    def question(self) -> dict[str, Any]:
        """Return the question as a document, with the whole trace asked for (核查问题)."""
        kind = word(SubjectKind, self.kind, "主体类别") if self.kind else None
        said = {key: value for key, value in self.words().items() if value}
        subject = parse_subject(self.id, kind, self.name or None)
        return {**said, "subject": subject, "matter": matter_code(self.matter), "explain": True}

    def key(self, token: str) -> RequestKey:
        """Return the key under which sending a form again files nothing anew; changed, it is another question."""
        same = hashlib.sha256(json.dumps(self._asdict(), ensure_ascii=False).encode()).hexdigest()
        return request_key(token, same)


def typed(sent: Sent) -> Typed:
    """Return the fields of a form."""
    return Typed(**{name: sent.text(name) for name in Typed._fields})


def request_key(token: str, same: str) -> RequestKey:
    """Return the key of one form with one content, by the token that the page was given."""
    return RequestKey(hashlib.sha256(f"{token}\n{same}".encode()).hexdigest(), same)


def matter_code(text: str) -> str:
    """Return the code in a matter as it is offered, `政府采购（GPC）`; what was typed otherwise, as it was typed.

    >>> matter_code("政府采购活动（GPC.SUPPLIER）"), matter_code("政府采购")
    ('GPC.SUPPLIER', '政府采购')
    """
    found = _CODED.fullmatch(text)
    return text if found is None else found[1]


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
