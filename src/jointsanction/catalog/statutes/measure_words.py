"""Does the cited text name who bears a measure, and for how long? (承担者与期限核对)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.catalog.compiling.levels import STRONG
from jointsanction.catalog.draft.numerals import in_chinese
from jointsanction.catalog.remark import Remark
from jointsanction.terms import Binding, Carries, Degree, MeasureClass, Relation, SetBy, Trigger

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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

_FORBIDS: Final = (
    "不得", "不予", "禁止", "禁入", "取消", "拒绝", "阻止", "不再", "不受理", "不能", "不批准", "不准", "不适用",
    "排除", "停止", "限制", "不具备", "应当具备", "不授予", "不支持", "丧失",
)  # fmt: skip
"""Words by which statutes forbid; one of them is what a ban needs."""

_REQUIRES: Final = ("应当", "必须", "应")
_ELSEWHERE: Final = ("依照法律、行政法规的规定", "依照有关法律", "按照国家有关规定", "依照国家有关规定")
_EXCEPT: Final = re.compile("(?:材料|要求)[^。；]{0,12}(?:外|除外)")

_FOR_LIFE: Final = ("终身", "终生", "永久", "不得再", "永远")


class Words(NamedTuple):
    """What an article says, and what of it is cited (条文与所引部分)."""

    article: str
    cited: str


def measure_remarks(measure: Measure, passages: Mapping[int, Words]) -> Iterator[Remark]:
    """Yield where a measure says more than the cited words, or leaves out a condition they make.

    `passages` are the words by the number of their basis. Where a carrying basis is in no text, nobody can tell, and
    nothing is said.
    """
    carrying = [index for index, basis in enumerate(measure.basis) if basis.carries in STRONG]
    if not carrying or not all(index in passages for index in carrying):
        return
    found = [passages[index] for index in carrying]
    if measure.measure_class is None:
        yield from _left_out(measure, "".join(words.cited for words in found))
        return
    yield from _overstated(measure, found)
    if measure.measure_class is MeasureClass.ADVERSE:
        yield from _unnamed(measure, "".join(words.article for words in passages.values()))
    for index in carrying:
        if measure.basis[index].carries is Carries.SETS and any(word in passages[index].cited for word in _ELSEWHERE):
            yield Remark("measures", measure.id, ("basis", index), "refers-perhaps")


def _unnamed(measure: Measure, words: str) -> Iterator[Remark]:
    for index, bearer in enumerate(measure.bears):
        known = NAMED.get(bearer.role)
        if known is not None and not any(word in words for word in known):
            yield Remark("measures", measure.id, ("bears", index), "bearer-not-named", f"{bearer.role.zh}。")
    for index, duration in enumerate(measure.term):
        missing = [said[0] for said in _said(duration) if not any(word in words for word in said)]
        if missing:
            yield Remark("measures", measure.id, ("term", index), "term-not-named", f"{'、'.join(missing)}。")


def _overstated(measure: Measure, found: Sequence[Words]) -> Iterator[Remark]:
    """Yield a duty made of a power, and a ban made of less; a decision in the case is binding whatever the law left."""
    ordered = measure.trigger is Trigger.ORDER
    if measure.binding is Binding.MUST and not ordered and all(_leaves_open(words.cited) for words in found):
        yield Remark("measures", measure.id, ("binding",), "may-not-must")
    if measure.degree is Degree.PROHIBIT and not any(word in words.cited for words in found for word in _FORBIDS):
        yield Remark("measures", measure.id, ("degree",), "not-prohibited")


def _leaves_open(words: str) -> bool:
    return "可以" in words and not any(word in words for word in (*_FORBIDS, *_REQUIRES))


def _left_out(measure: Measure, words: str) -> Iterator[Remark]:
    if "同等条件" in words and not measure.conditions:
        yield Remark("measures", measure.id, ("degree",), "condition-left-out")
    if _EXCEPT.search(words) and not measure.except_:
        yield Remark("measures", measure.id, ("degree",), "exception-left-out")


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
