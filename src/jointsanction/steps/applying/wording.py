"""What an answer tells the officer to do (处置说明), in words he can act on and defend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jointsanction.terms import Binding, MeasureClass, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jointsanction.model.shown import BasisShown
    from jointsanction.steps.planning.plan import Row
    from jointsanction.terms import ActType

_ADVICE: Final = {
    Reason.UNFOUNDED_LIST: "该名单的设立缺少法律、行政法规或党中央、国务院政策文件依据，仅作线索，不得据此限制。",
    Reason.BASIS_TOO_WEAK: "所援引的依据层级不足以减损权益或增加义务，仅作提示，不得据此限制。",
    Reason.REFERS_ONLY: "依据只作原则性规定，须另有法律、行政法规明确规定方可限制；仅作提示。",
    Reason.UNVERIFIED: "依据条文未经核对，仅作提示；核对原文后方可作为限制依据。",
    Reason.NAME_ONLY: "仅名称或脱敏号码相同，不能确认为同一主体；请以完整证件号码核实后再作决定。",
    Reason.MISSING_FROM_EDITION: "最新一期名单中未见该主体，亦无移出决定；请向认定单位核实是否已移出。",
    Reason.TERM_UNKNOWN: "名单期限未核实或未载明，现可能已满；请向认定单位核实。",
    Reason.ATTRIBUTE_UNKNOWN: "判断所需的事实不明；请补充后重新核查。",
    Reason.TRAIT_UNKNOWN: "须先明确项目特征（{traits}）；请补充后重新核查。",
    Reason.ACT_NOT_SHOWN: "名单只是线索；请向作出决定的机关查询有无：{acts}。未查清前，不得视为没有，也不得据此限制。",
}


def duty_text(row: Row, reason: Reason) -> str:
    """Return what to do about a measure with this reason; nothing where it simply does not apply."""
    if reason is Reason.APPLIES:
        return _decided_by(row)
    if reason in (Reason.ACT_NOT_SHOWN, Reason.ATTRIBUTE_UNKNOWN) and row.measure.ask:
        return row.measure.ask
    return _ADVICE.get(reason, "").format(
        traits="、".join(trait.zh for trait in row.measure.traits),
        acts="、".join(act.zh for act in row.measure.targets.acts),
    )


def _decided_by(row: Row) -> str:
    """Where the law says 可以, name who decides: the answer never decides in his place."""
    adverse = row.measure.measure_class is MeasureClass.ADVERSE
    if adverse and row.strength.binding is Binding.MAY:
        return f"{row.measure.duty}（是否及如何限制，由{'、'.join(row.measure.implementing_authority)}依法决定。）"
    return row.measure.duty


def declaration(act: ActType, bases: Iterable[BasisShown]) -> str:
    """Return the declaration that rules an act out when signed (无此情形声明)."""
    articles = "、".join(dict.fromkeys(f"《{row.title}》第{row.article}条" for row in bases if row.article))
    return f"本主体声明：不存在“{act.zh}”的情形{f'（{articles}）' if articles else ''}；如有不实，依法承担责任。"
