"""What has to stand in a joint action before anybody is asked (发起要件)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from jointsanction.catalog.nearest import nearest
from jointsanction.errors import AccessError, LoopError, SubjectError
from jointsanction.identity.identify import identify
from jointsanction.identity.masks import stated
from jointsanction.loop.joint.assigning import title_of
from jointsanction.steps.asking.ask import read_region

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from jointsanction.catalog.compile import Tables
    from jointsanction.model.caller import Caller
    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.initiation import Addressees, Initiation, Task
    from jointsanction.model.subject import Subject


def read_request(asked: Initiation, tables: Tables) -> Initiation:
    """Return what is asked with its matter by its code and its region read (发起要素).

    Raises:
        UnknownMatterError: `matter.unknown`, `matter.several`. QuestionError: `question.region`.
    """
    matter = None if asked.matter is None else tables.resolve_matter(asked.matter).code
    return replace(asked, matter=matter, region=read_region(asked.region))


def read_addressees(to: Addressees, catalog: Catalog) -> Addressees:
    """Return whom a joint action asks, by their ids where they are named by their titles (响应部门).

    Raises:
        LoopError: `loop.incomplete` for an empty name, `loop.twice` for one that is named twice.
    """
    ids = {name: department_id(name, catalog) for name in (*to.departments, *to.dues)}
    departments = tuple(ids[name] for name in to.departments)
    _refuse_miswritten("响应部门", departments)
    return to._replace(departments=departments, dues={ids[name]: due for name, due in to.dues.items()})


def department_id(name: str, catalog: Catalog) -> str:
    """Return a department by its id, the name itself for one that the catalogue does not know by it (部门编号)."""
    said = name.strip()
    titled = [each.id for each in catalog.departments.values() if each.title == said]
    return titled[0] if len(titled) == 1 and said not in catalog.departments else said


def _refuse_miswritten(what: str, names: Iterable[str]) -> None:
    """Refuse names of which one is empty, or is there twice."""
    count = Counter(names)
    if not all(map(stated, count)):
        raise LoopError("loop.incomplete", f"{what}中有空白的一项。", "写明每一项，或者删去空白的。")
    twice = [name for name, times in count.items() if times > 1]
    if twice:
        raise LoopError("loop.twice", f"{what}写了两遍：{'、'.join(twice)}。", "每个部门、每项措施只写一遍。")


def refuse_unfit(asked: Initiation, caller: Caller, catalog: Catalog, to: Addressees, today: date) -> None:
    """Refuse a joint action that lacks what it must have.

    Raises:
        LoopError: `loop.incomplete`, `loop.twice`, `loop.no_instrument`, `loop.unknown_list`, `loop.overdue`.
        SubjectError: `subject.unidentified` for a name alone or a masked number.
        AccessError: `access.unit` when the caller's unit is none of the initiators.
    """
    said = {
        "标题": asked.title,
        "事实": asked.fact,
        "发起部门": "".join(asked.initiators),
        "措施": "".join(asked.measures),
    }
    missing = [name for name, text in said.items() if not stated(text)]
    if missing:
        raise LoopError("loop.incomplete", f"发起联合奖惩缺少：{'、'.join(missing)}。", "补齐后重新发起。")
    _refuse_miswritten("发起部门", asked.initiators)
    _refuse_miswritten("措施", asked.measures)
    if asked.list is None and not stated(asked.instrument_no):
        message = "没有列入记录的事实，必须写明所依据的文书文号。"
        raise LoopError("loop.no_instrument", message, "写明文书文号，或者所依据的名单代码。")
    refuse_unknown_list(asked.list, catalog)
    refuse_unidentified(asked.subject)
    soonest = min((to.due_on, *to.dues.values()))
    if soonest < today:
        raise LoopError("loop.overdue", f"办理期限 {soonest} 早于今天 {today}。", "请写今天或者以后的日期。")
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


def has_part(caller: Caller, initiation: Initiation, catalog: Catalog) -> bool:
    """Tell whether the unit of a caller initiated a joint action or is asked by it (是否与本单位有关)."""
    return initiates(caller, initiation, catalog) or any(is_own(caller, task, catalog) for task in initiation.tasks)


def initiates(caller: Caller, initiation: Initiation, catalog: Catalog) -> bool:
    """Tell whether the unit of a caller is an initiator of a joint action (是否发起部门)."""
    return any(acts_for(caller, each, catalog) for each in initiation.initiators)


def is_own(caller: Caller, task: Task, catalog: Catalog) -> bool:
    """Tell whether a part of a joint action is for the unit of a caller to carry out (是否本单位的任务)."""
    return any(acts_for(caller, each, catalog) for each in (task.department, task.title))


def acts_for(caller: Caller, department: str, catalog: Catalog) -> bool:
    """Tell whether the unit of a caller is a department, by its id or its title (是否本部门)."""
    return caller.unit in {department, title_of(department, catalog)}
