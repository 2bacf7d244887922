"""Chinese words for parts that many entries share (措辞): citations, dates, names, and the lines of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from jointsanction.catalog.files import Section
    from jointsanction.model.catalogue import Basis, Catalog, Grants, IncentiveCondition
    from jointsanction.model.shown import BasisShown


SECTION_WORDS: Final[Mapping[Section, str]] = {
    "measures": "措施",
    "lists": "对象清单",
    "matters": "事项",
    "instruments": "依据文件",
    "groups": "对象组",
    "schemes": "等级方案",
    "rules": "推导规则",
    "departments": "权责清单",
    "forbidden": "不得纳入信用记录的行为",
    "publicity": "公示期与修复规则",
}
"""The parts of a catalogue in words, in the order in which readers are shown them."""


class Lines:
    """The text of one entry as it grows (正文): a heading, then one line a fact; what is absent is left out."""

    def __init__(self, title: str, entry_id: str, *kinds: str) -> None:
        """Start with the title, the id and what sort of entry it is."""
        self._lines = [f"## {title}", "", f"`{entry_id}` · {' · '.join(kinds)}", ""]

    def add(self, label: str, value: object | None) -> None:
        """Add a line unless there is nothing to say."""
        if value is not None and value != "":
            self._lines.append(f"- {label}：{value}")

    def listed(self, label: str, values: Iterable[str]) -> None:
        """Add a numbered list under a label unless it is empty."""
        numbered = [f"  {number}. {value}" for number, value in enumerate(values, 1)]
        if numbered:
            self._lines += [f"- {label}：", *numbered]

    def text(self) -> str:
        """Return the whole text."""
        return "\n".join(self._lines)


def joined(words: Iterable[str]) -> str:
    """Return words in a Chinese enumeration."""
    return "、".join(words)


def named(entries: Mapping[str, object], entry_id: str) -> str:
    """Return an entry's title with its id."""
    return f"{getattr(entries[entry_id], 'title', '')}（{entry_id}）"


def dated(valid_from: date | None, valid_to: date | None) -> str:
    """Return from when until when, empty where neither is known; both days are included."""
    start = f"自 {valid_from} 起" if valid_from is not None else ""
    end = f"至 {valid_to} 止" if valid_to is not None else ""
    return start + end


def article(basis: Basis | BasisShown) -> str:
    """Return the place in an instrument (条款项): 第22条第1款第2项."""
    parts = (("条", basis.article), ("款", basis.paragraph), ("项", basis.item))
    return "".join(f"第{value}{unit}" if str(value).isdigit() else str(value) for unit, value in parts if value)


def cited(basis: Basis, catalog: Catalog) -> str:
    """Return a citation with what it carries, its level, whether it was read, and when it is in force (依据)."""
    instrument = catalog.instruments[basis.instrument]
    number = f"（{instrument.document_number}）" if instrument.document_number else ""
    said = dated(basis.valid_from or instrument.valid_from, basis.valid_to or instrument.valid_to)
    facts = joined(filter(None, (instrument.level.zh, basis.carries.zh, basis.text.zh, said)))
    note = f"（{basis.note}）" if basis.note else ""
    return f"《{instrument.title}》{number}{article(basis)}［{facts}］{note}"


def condition_text(condition: IncentiveCondition) -> str:
    """Return what an incentive depends on (激励条件)."""
    if condition.years is not None:
        return f"{condition.years} 年内无不良记录"
    return condition.text or condition.condition.zh


def granted(grants: Grants | None) -> Iterator[str]:
    """Yield what an incentive gives, each figure with its word (激励参数)."""
    if grants is None:
        return
    for said, value in (
        ("办理时限系数", grants.time_factor),
        ("金额、额度（元）", grants.amount),
        ("利率、费率或比例", grants.rate),
        ("期限（天）", grants.term_days),
        ("名额", grants.capacity),
    ):
        if value is not None:
            yield f"{said} {int(value) if value == int(value) else value}"
    if grants.deferrable:
        yield f"可以容缺后补的材料：{joined(grants.deferrable)}"
    if grants.obligation is not None:
        yield f"须书面承诺，自承诺次日起 {grants.obligation.within_days} 日内履行"
