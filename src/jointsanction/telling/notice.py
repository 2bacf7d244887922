"""A notice of an event as it is told (通报文本和数据): as much of its record as its list may disclose, masked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from jointsanction.disclosure import leaves_whole
from jointsanction.errors import LoopError
from jointsanction.identity.identify import identify
from jointsanction.identity.masks import mask_id, mask_name
from jointsanction.telling.page import Block, Headline, Line
from jointsanction.terms import UNIT_KINDS, Audience, Disclosure, SubjectKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.notice import Notice
    from jointsanction.model.subject import Subject
    from jointsanction.telling.page import Part

_LABELS: Final = {
    "subject": "信用主体", "name": "名称", "happened_on": "事件日期", "event": "事由", "source": "信息来源",
    "list_name": "名单", "listed_on": "列入日期", "instrument_no": "决定文书", "measures": "可以考虑的措施",
    "departments": "通报部门", "issued_by": "通报单位", "document_number": "文号",
}  # fmt: skip
_TAIL: Final = "本通报只供了解情况，本身不限制任何主体；是否适用措施，以各部门依法核查为准。"


def notice_document(notice: Notice, catalog: Catalog, audience: Audience, *, clear: bool = False) -> dict[str, Any]:
    """Return a notice as data (通报数据).

    Persons' numbers and names are masked unless `clear`. Of a record on a list that is not disclosed to the audience,
    document and day are left out; to anybody at all nothing is told that rests on such a list.

    Raises:
        LoopError: `loop.not_disclosed`.
    """
    kind = None if notice.list is None else catalog.lists.get(notice.list)
    disclosure = Disclosure.PUBLIC if notice.list is None else Disclosure.CLOSED if kind is None else kind.disclosure
    whole = leaves_whole(disclosure, audience)
    if not whole and audience is Audience.ANYBODY:
        message = f"名单 {notice.list} 的公开属性为“{disclosure.zh}”，不得对外通报。"
        raise LoopError("loop.not_disclosed", message, "只能通报有权知悉的部门。")
    covered = None if whole else ""
    return {
        "number": notice.number,
        "title": notice.title,
        **who(notice.subject, clear=clear),
        "happened_on": notice.happened_on.isoformat(),
        "event": notice.event,
        "source": notice.source,
        "list": notice.list,
        "list_name": None if kind is None else kind.title,
        "listed_on": None if notice.listed_on is None or not whole else notice.listed_on.isoformat(),
        "instrument_no": notice.instrument_no if whole else None,
        "withheld": covered is not None and (notice.listed_on or notice.instrument_no) is not None,
        "measures": [_measure(each, catalog) for each in notice.measures],
        "departments": [_department(each, catalog) for each in notice.departments],
        "issued_by": notice.unit,
        "document_number": notice.document_number,
        "issued_on": None if notice.recorded_at is None else notice.recorded_at.date().isoformat(),
    }


def notice_parts(document: dict[str, Any]) -> Iterator[Part]:
    """Yield a notice as the parts of a page (通报文本)."""
    yield Headline(f"{document['title']}（{document['number']}，{document['issued_on']}）")
    lines = [Line(label, _text(document[name])) for name, label in _LABELS.items() if document[name]]
    if document["withheld"]:
        lines.append(Line("决定文书", "依名单的公开属性不予载明"))
    yield Block("通报", (*lines, Line("", _TAIL)))


def _text(value: object) -> str:
    if not isinstance(value, list):
        return str(value)
    return "、".join(
        f"{each['title']}（{each['id']}）" if each["title"] != each["id"] else each["id"] for each in value
    )


def who(subject: Subject, *, clear: bool) -> dict[str, str | None]:
    """Return number and name of a subject: a person's, and of whoever may be one, masked unless `clear` (脱敏)."""
    identity, name = identify(subject), subject.name
    number = identity.id or ""
    if clear or identity.kind in _UNITS:
        return {"subject": number, "name": name}
    return {"subject": mask_id(number), "name": None if name is None else mask_name(name)}


_UNITS: Final = UNIT_KINDS - {SubjectKind.INDIVIDUAL_BUSINESS}
"""Whose number and name are no person's: a sole trader's often are his own."""


def _measure(name: str, catalog: Catalog) -> dict[str, str]:
    return {"id": name, "title": catalog.measures[name].title if name in catalog.measures else name}


def _department(name: str, catalog: Catalog) -> dict[str, str]:
    known = catalog.departments.get(name)
    return {"id": name, "title": name if known is None else known.title}
