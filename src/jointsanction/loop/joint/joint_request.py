"""What has to stand in a joint action before anybody is asked (发起要件)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.catalog.nearest import nearest
from jointsanction.errors import AccessError, LoopError, SubjectError
from jointsanction.identity.identify import identify
from jointsanction.loop.joint.assigning import title_of

if TYPE_CHECKING:
    from datetime import date

    from jointsanction.model.caller import Caller
    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.initiation import Initiation
    from jointsanction.model.subject import Subject


def refuse_unfit(asked: Initiation, caller: Caller, catalog: Catalog, *, due_on: date, today: date) -> None:
    """Refuse a joint action that lacks what it must have.

    Raises:
        LoopError: `loop.incomplete`, `loop.no_instrument`, `loop.unknown_list`, `loop.overdue`.
        SubjectError: `subject.unidentified` for a name alone or a masked number.
        AccessError: `access.unit` when the caller's unit is none of the initiators.
    """
    said = {
        "标题": asked.title,
        "事实": asked.fact,
        "发起部门": "".join(asked.initiators),
        "措施": "".join(asked.measures),
    }
    missing = [name for name, text in said.items() if not text.strip()]
    if missing:
        raise LoopError("loop.incomplete", f"发起联合奖惩缺少：{'、'.join(missing)}。", "补齐后重新发起。")
    if asked.list is None and not (asked.instrument_no or "").strip():
        message = "没有列入记录的事实，必须写明所依据的文书文号。"
        raise LoopError("loop.no_instrument", message, "写明文书文号，或者所依据的名单代码。")
    refuse_unknown_list(asked.list, catalog)
    refuse_unidentified(asked.subject)
    if due_on < today:
        raise LoopError("loop.overdue", f"办理期限 {due_on} 早于今天 {today}。", "请写今天或者以后的日期。")
    if not any(acts_for(caller, initiator, catalog) for initiator in asked.initiators):
        raise AccessError("access.unit", "发起部门中没有本账户所属的单位。", "由发起部门自己发起。")


def refuse_unknown_list(code: str | None, catalog: Catalog) -> None:
    """Refuse a list that is in no catalogue.

    Raises:
        LoopError: `loop.unknown_list`.
    """
    if code is not None and code not in catalog.lists:
        hint = nearest(code, catalog.lists).lstrip("，；") or "用 jointsanction lists 查看名单目录。"
        raise LoopError("loop.unknown_list", f"目录中没有名单 {code}。", hint)


def refuse_unidentified(subject: Subject) -> None:
    """Refuse a subject that could be somebody else.

    Raises:
        SubjectError: `subject.unidentified`.
    """
    if not identify(subject).is_identified:
        message = "只有名称或脱敏号码的主体，不能对其发起联合奖惩、发出通报。"
        raise SubjectError("subject.unidentified", message, "请给出主体的完整证件号码。")


def acts_for(caller: Caller, department: str, catalog: Catalog) -> bool:
    """Tell whether the unit of a caller is a department, by its id or its title (是否本部门)."""
    return caller.unit in {department, title_of(department, catalog)}
