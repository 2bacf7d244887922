"""Rules on publicity and repair, and how a list is repaired, as text (公示期与修复规则)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.catalog.wording import Lines, cited, dated, joined
from jointsanction.terms import ObjectionEffect

if TYPE_CHECKING:
    from jointsanction.model.catalogue import Catalog, ListType, Publicity, PublicityPeriod


def repair_lines(lines: Lines, kind: ListType, catalog: Catalog) -> None:
    """Add how the listings of a list are repaired and disputed."""
    repair = kind.repair
    if repair is not None:
        lines.add("信用修复", "可以修复" if repair.repairable else "不可修复")
        family = [rules.title for rules in catalog.publicity.values() if rules.family == repair.publicity]
        lines.add("公示期规则", joined(family))
        lines.add("修复等待", f"{repair.after_months} 个月" if repair.after_months is not None else None)
        lines.add("修复条件", joined(repair.missing))
        lines.add("修复渠道", repair.channel)
        lines.add("修复审批", "信用办、数据单位两方同意" if repair.two_step else None)
    lines.add("异议期间", kind.objection.zh if kind.objection is ObjectionEffect.SUSPEND else None)


def explain_publicity(rules: Publicity, catalog: Catalog) -> str:
    """Return the text of one edition of the rules."""
    lines = Lines(rules.title, rules.id, "公示期与修复规则", rules.family)
    lines.add("施行", dated(rules.valid_from, rules.valid_to))
    lines.listed("公示期", map(_period, rules.periods))
    lines.listed("申请修复的条件", rules.conditions)
    lines.add("渠道", rules.channel)
    lines.add("反馈时限", f"{rules.reply_days} 个工作日" if rules.reply_days is not None else None)
    lines.add("骗取修复后", f"{rules.after_fraud_months} 个月内不得申请" if rules.after_fraud_months else None)
    lines.listed("依据", (cited(basis, catalog) for basis in rules.basis))
    lines.add("备注", rules.note)
    return lines.text()


def _period(period: PublicityPeriod) -> str:
    fields = f"（{joined(field.zh for field in period.fields)}）" if period.fields else ""
    low = "未设最短" if period.min_months is None else f"最短 {period.min_months} 个月"
    high = "未设最长" if period.max_months is None else f"最长 {period.max_months} 个月"
    return f"{period.severity.zh}{fields}：{low}，{high}（{period.text.zh}）"
