"""Make the part of the catalogue's overview on memoranda: what each touched, and what carries it today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.catalog.compile import compile_catalog
from jointsanction.catalog.migration import Standing, migration, standings
from jointsanction.terms import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from jointsanction.catalog.migration import Migrated, Touched
    from jointsanction.model.catalogue import Catalog


def migration_part(catalog: Catalog, day: date, table: Callable[[Iterable[str], Iterable[Iterable[str]]], str]) -> str:
    """Return the Markdown of the part, as it stands on a day; `table` writes a table."""
    found = migration(compile_catalog(catalog, ""), day)
    total = standings(found)
    told = (
        "备忘录、联合文件、规范性文件自己不能减损权益。\n"
        f"它们涉及的名单和事项，截至 {day} 由哪条措施凭什么依据承接，列在这里。\n"
        "激励措施和履职管理措施可以由它们自己承接。\n"
        "同样的报告用 `jointsanction catalog migration` 打印，`--as-of` 指定日期，`--json` 供程序读取。"
    )
    head = ["文件", "层级", "引用它的措施", "引用它的名单", *(standing.zh for standing in Standing)]
    rows = [_summary(one) for one in found]
    rows.append(["合计", "", "", "", *(str(total[standing]) for standing in Standing)])
    each = table(
        ["文件", "名单", "事项", "方向", "现行措施及依据", "结论"],
        ([_link(one.instrument.id, "instruments"), *_cells(touched)] for one in found for touched in one.touched),
    )
    return "\n\n".join(["## 备忘录由什么承接", told, table(head, rows), "### 逐项", each])


def _summary(one: Migrated) -> list[str]:
    counted = standings([one])
    title = f"{_link(one.instrument.id, 'instruments')} {one.instrument.title}"
    numbers = (str(counted[standing]) for standing in Standing)
    return [title, one.instrument.level.zh, str(len(one.measures)), str(len(one.lists)), *numbers]


def _cells(touched: Touched) -> list[str]:
    now = (
        f"{_link(one.measure, 'measures')}：{'、'.join(one.basis) if one.reason is Reason.APPLIES else one.reason.zh}"
        for one in touched.now
    )
    return [
        "（不凭名单）" if touched.list is None else _link(touched.list, "lists"),
        "—" if touched.matter is None else _link(touched.matter, "matters"),
        "—" if touched.effect is None else touched.effect.zh,
        "；".join(now) or "无",
        touched.standing.zh,
    ]


def _link(name: str, section: str) -> str:
    return f"[{name}]({section}/{name}.md)"
