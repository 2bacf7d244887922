"""Does the cited text name who bears a measure, and for how long? (承担者与期限核对)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jointsanction.catalog.draft.numerals import in_chinese
from jointsanction.catalog.levels import STRONG
from jointsanction.catalog.remark import Remark
from jointsanction.terms import MeasureClass, Relation, SetBy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jointsanction.model.catalogue import Duration, Measure

NAMED: Final[dict[Relation, tuple[str, ...]]] = {
    Relation.LEGAL_REPRESENTATIVE: ("法定代表人",),
    Relation.PRINCIPAL: ("负责人", "负有责任", "责任人"),
    Relation.RESPONSIBLE_MANAGER: ("主管人员", "责任人", "责任的人员"),
    Relation.DIRECTLY_RESPONSIBLE: ("责任人", "责任的人员", "责任的从业人员"),
    Relation.PERSONALLY_RESPONSIBLE_EXECUTIVE: ("个人责任", "责任人", "负有责任", "董事"),
    Relation.DIRECTOR_SUPERVISOR_EXECUTIVE: ("董事", "监事", "高级管理人员"),
    Relation.ACTUAL_CONTROLLER: ("实际控制",),
    Relation.ACTUAL_OPERATOR: ("经营者", "经营人", "责任人"),
    Relation.EXECUTING_PARTNER: ("合伙",),
    Relation.INVESTOR: ("投资人", "出资", "股东"),
    Relation.PRACTITIONER: ("从业人员", "人员"),
    Relation.BRANCH: ("分支机构", "分公司"),
    Relation.SUBORDINATE_UNIT: ("下属", "所属"),
    Relation.CONSORTIUM_MEMBER: ("联合体",),
}
"""The words by which statutes name each bearer (承担者的法定用语); any of them will do."""

_FOR_LIFE: Final = ("终身", "终生", "永久", "不得再", "永远")


def measure_remarks(measure: Measure, passages: Mapping[int, str]) -> Iterator[Remark]:
    """Yield the bearers and terms of an adverse measure that no cited article names.

    `passages` are the words of the cited articles by the number of their basis. Where a carrying basis is in no text,
    nobody can tell, and nothing is said.
    """
    carrying = [index for index, basis in enumerate(measure.basis) if basis.carries in STRONG]
    if measure.measure_class is not MeasureClass.ADVERSE or not all(index in passages for index in carrying):
        return
    words = "".join(passages.values())
    for index, bearer in enumerate(measure.bears):
        known = NAMED.get(bearer.role)
        if known is not None and not any(word in words for word in known):
            yield Remark("measures", measure.id, ("bears", index), "bearer-not-named", f"{bearer.role.zh}。")
    for index, duration in enumerate(measure.term):
        missing = [said[0] for said in _said(duration) if not any(word in words for word in said)]
        if missing:
            yield Remark("measures", measure.id, ("term", index), "term-not-named", f"{'、'.join(missing)}。")


def _said(duration: Duration) -> Iterator[tuple[str, ...]]:
    """Yield how statutes write each part of a term; a term that an order sets needs no number in the law."""
    if duration.life and duration.set_by is SetBy.LAW:
        yield _FOR_LIFE
    least, most = duration.years if isinstance(duration.years, tuple) else (duration.years, duration.years)
    if least is not None and least != most:
        yield tuple(f"{say(least)}{unit}" for say in (in_chinese, str) for unit in ("至", "年"))
    if most is not None:
        yield (f"{in_chinese(most)}年", f"{most}年")
    if duration.months is not None:
        yield (f"{in_chinese(duration.months)}个月", f"{duration.months}个月")
