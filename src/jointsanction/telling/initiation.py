"""A joint action as it is told (联合奖惩): who asks whom for what, how far it has come, every step of it; masked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jointsanction.telling.notice import who
from jointsanction.telling.page import Block, Grid, Headline, Line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.initiation import Initiation, Step, Task
    from jointsanction.telling.page import Part


def initiation_document(initiation: Initiation, today: date, *, clear: bool = False) -> dict[str, Any]:
    """Return a joint action as data; persons' numbers and names are masked unless `clear` (联合奖惩数据).

    Each part says whether it is late on the day it is told.
    """
    late = initiation.late_on(today)
    names = ("number", "title", "fact", "instrument_no", "list", "matter", "region", "document_number", "check")
    return {
        **{name: getattr(initiation, name) for name in names},
        **who(initiation.subject, clear=clear),
        "initiators": list(initiation.initiators),
        "measures": list(initiation.measures),
        "state": initiation.state,
        "overdue": bool(late),
        "tasks": [_task(task, overdue=task in late) for task in initiation.tasks],
        "steps": [_step(step) for step in initiation.steps],
    }


def initiation_parts(document: dict[str, Any], initiation: Initiation, catalog: Catalog) -> Iterator[Part]:
    """Yield a joint action as the parts of a page (联合奖惩)."""
    yield Headline(
        f"{initiation.title}（{initiation.number}）：{'' if initiation.state is None else initiation.state.zh}"
    )
    said = {
        "信用主体": document["subject"],
        "名称": document["name"],
        "事实": initiation.fact,
        "名单": initiation.list,
        "决定文书": initiation.instrument_no,
        "发起部门": "、".join(initiation.initiators),
        "联合发文": initiation.document_number,
        "事项": initiation.matter,
        "地域": initiation.region,
        "核查编号": initiation.check,
    }
    yield Block("发起", tuple(Line(label, text) for label, text in said.items() if text))
    late = [task["department"] for task in document["tasks"] if task["overdue"]]
    rows = tuple(_task_row(task, catalog, overdue=task.department in late) for task in initiation.tasks)
    yield Grid("响应部门", ("部门", "措施", "期限", "状态"), rows)
    yield Grid("办理步骤", ("时刻", "部门", "状态", "经办单位", "理由"), tuple(map(_step_row, initiation.steps)))


def task_state(task: Task, *, overdue: bool) -> str:
    """Return how a department's part stands, in words (任务状态)."""
    return f"{task.state.zh}（逾期）" if overdue else task.state.zh


def _task(task: Task, *, overdue: bool) -> dict[str, Any]:
    return {
        "department": task.department,
        "title": task.title,
        "measures": list(task.measures),
        "due_on": task.due_on.isoformat(),
        "state": task.state,
        "overdue": overdue,
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "state": step.state,
        "department": step.department,
        "reason": step.reason,
        "unit": step.unit,
        "account": step.account,
        "recorded_at": step.recorded_at.isoformat(),
    }


def _task_row(task: Task, catalog: Catalog, *, overdue: bool) -> tuple[str, ...]:
    titles = (catalog.measures[each].title if each in catalog.measures else each for each in task.measures)
    return (
        f"{task.title}（{task.department}）",
        "、".join(titles),
        task.due_on.isoformat(),
        task_state(task, overdue=overdue),
    )


def _step_row(step: Step) -> tuple[str, ...]:
    at = step.recorded_at.isoformat(sep=" ", timespec="minutes")
    return at, step.department or "整体", step.state.zh, step.unit, step.reason or ""
