"""The notice of repair (信用修复告知书): of each bad record, whether, when and how it can be repaired, for its subject.

Whoever decides a penalty or a listing tells the subject at once how it is repaired (两书同达).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.catalog.wording import article
from jointsanction.errors import SubjectError
from jointsanction.identity.identify import identify
from jointsanction.identity.masks import printable
from jointsanction.identity.record_key import record_key
from jointsanction.repair.standing import standing_on
from jointsanction.steps.standing.in_force import in_force
from jointsanction.steps.standing.lookup import Found
from jointsanction.steps.standing.repairable import repairable
from jointsanction.steps.standing.term_end import ListTerms
from jointsanction.terms import DOUBTS, ListKind, Reason, TextState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from jointsanction.model.catalogue import Catalog, Publicity
    from jointsanction.model.subject import Subject
    from jointsanction.registry.protocol import Registry
    from jointsanction.steps.standing.in_force import Standing
    from jointsanction.steps.standing.repairable import Repairable

_HOLD: Final = frozenset({Reason.APPLIES, Reason.UNDER_OBJECTION, Reason.LIFTED, Reason.UNSUPPORTED, *DOUBTS})
"""Records that stand on their lists, though one without a document restricts nothing."""

_BAD: Final = frozenset({ListKind.BLACK, ListKind.WATCH, ListKind.INDEPENDENT, ListKind.RECORD})
"""Lists whose records are told of even where nobody wrote down how they are repaired."""


class RecordNotice(NamedTuple):
    """One bad record of a subject and how it is repaired (告知事项); `repair` is None where its list does not say."""

    standing: Standing
    title: str
    authority: tuple[str, ...]
    repair: Repairable | None
    basis: tuple[str, ...]

    def model_dump(self) -> dict[str, Any]:
        """Return it as JSON values."""
        listing = self.standing.found.listing
        return {
            "list": listing.list,
            "list_name": self.title,
            "authority": list(self.authority),
            "instrument_no": listing.instrument_no,
            "listed_on": listing.listed_on and listing.listed_on.isoformat(),
            "standing": self.standing.reason,
            "repair": self.repair and self.repair.model_dump(),
            "basis": list(self.basis),
        }


class RepairNotice(NamedTuple):
    """What a subject is told on a day of the repair of its bad records (信用修复告知书); `str` gives it as printed."""

    number: str
    day: date
    records: tuple[RecordNotice, ...]

    def __str__(self) -> str:
        """Return the notice as it is printed."""
        return notice_text(self.records, self.number, self.day)

    def model_dump(self) -> list[dict[str, Any]]:
        """Return its records as JSON values."""
        return [each.model_dump() for each in self.records]


def repair_notice(subject: Subject, catalog: Catalog, registry: Registry, day: date) -> RepairNotice:
    """Return the notice of repair of a subject on a day (信用修复告知书).

    Raises:
        SubjectError: `subject.unidentified` when nothing but a name or a masked number is given: that nothing was found
            would not be true.
    """
    identity = identify(subject)
    if identity.id is None or not identity.is_identified:
        message = "只有名称或脱敏号码的主体，不能出具信用修复告知书。"
        raise SubjectError("subject.unidentified", message, "请给出主体的完整证件号码。")
    return RepairNotice(identity.id, day, record_notices(subject, catalog, registry, day))


def record_notices(subject: Subject, catalog: Catalog, registry: Registry, day: date) -> tuple[RecordNotice, ...]:
    """Return what a subject is told of each of its bad records on a day (信用修复告知): none has nothing to repair.

    Candidates by name are left out: nobody is told of what may be another's.
    """
    hits = registry.lookup(identify(subject).keys, None)
    own = (hit.listing for hit in hits if hit.related is None and not hit.by_name)
    read = ((row, standing_on(row, registry.repairs.get(record_key(row), ()), day)) for row in own)
    found = tuple(Found(listing, process=process) for _, (listing, process) in read)
    return tuple(_notices(in_force(found, ListTerms(catalog.lists), day), catalog, day))


def _notices(standings: tuple[Standing, ...], catalog: Catalog, day: date) -> Iterator[RecordNotice]:
    for standing in standings:
        said, kind = repairable(standing, catalog, day), catalog.lists[standing.found.listing.list]
        if standing.reason in _HOLD and (said is not None or kind.kind in _BAD):
            authority = standing.found.listing.designating_authority
            named = (authority,) if authority else kind.authority
            rules = None if said is None else said.rules
            yield RecordNotice(standing, kind.title, named, said, tuple(_cited(rules, catalog)))


def _cited(rules: Publicity | None, catalog: Catalog) -> Iterator[str]:
    for basis in () if rules is None else rules.basis:
        unread = "" if basis.text is TextState.VERIFIED else f"（{basis.text.zh}）"
        yield f"《{catalog.instruments[basis.instrument].title}》{article(basis)}{unread}"


def notice_text(notices: tuple[RecordNotice, ...], number: str, day: date) -> str:
    """Return the notice as it is printed (信用修复告知书)."""
    lines = ["信用修复告知书", "", f"信用主体：{number}", f"告知日期：{day}", ""]
    for at, notice in enumerate(notices, 1):
        lines += [f"{at}. {notice.title}", *(f"   {line}" for line in (*_record(notice), *_lines(notice))), ""]
    lines += _TAIL if notices else ("没有须修复的失信信息。",)
    return "\n".join(map(printable, [*lines, ""]))


_TAIL: Final = (
    "对信息内容、公示期限或者不予修复的决定有异议的，可以向“信用中国”网站或者认定单位提出异议，并提交佐证材料。",
    "法律、行政法规因处罚、刑罚直接规定的禁止和限制，不因信用修复而解除。",
    "办理信用修复不收取任何费用。",
)


def _record(notice: RecordNotice) -> Iterator[str]:
    listing, reason = notice.standing.found.listing, notice.standing.reason
    yield f"认定单位：{'、'.join(notice.authority)}"
    yield f"决定文书：{listing.instrument_no or '未载明'}；列入日期：{listing.listed_on or '未载明'}"
    if reason is not Reason.APPLIES:
        yield f"目前情况：{reason.zh}"


def _lines(notice: RecordNotice) -> Iterator[str]:
    repair = notice.repair
    if repair is None:
        yield "能否修复：目录没有写明，须向认定单位核实。"
        return
    if repair.severity is not None:
        yield f"失信程度：{repair.severity.zh}"
    if repair.publicity_until is not None:
        yield f"最长公示期届满：{repair.publicity_until}"
    if not repair.repairable:
        yield "能否修复：不可以修复。"
        return
    yield "能否修复：可以修复。"
    yield f"最早可以申请：{repair.earliest or '须向认定单位核实'}"
    yield from (f"尚须满足（{at}）：{text}" for at, text in enumerate(repair.missing, 1))
    yield f"申请渠道：{repair.channel or '认定单位'}"
    if repair.rules is not None and repair.rules.reply_days is not None:
        yield f"反馈时限：自收到申请之日起 {repair.rules.reply_days} 个工作日"
    if repair.state is not None:
        yield f"办理情况：{repair.state.zh}"
    if notice.basis:
        yield f"依据：{'；'.join(notice.basis)}"
