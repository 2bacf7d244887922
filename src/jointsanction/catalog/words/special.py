"""What a key means in one kind of entry only (字段名的特指): looked at before `field_words`."""

from __future__ import annotations

from typing import Final

SPECIAL_WORDS: Final = {
    "Case.grade": "推导出的信用等级，unknown 为不明",
    "Case.supervision": "监管类别，none 为没有规则规定",
    "Case.repair": "答案中的信用修复条件：名单代码或者法律事实类型 → 条件，只比较写了的",
    "CaseEvent.field": "经异议更正的字段",
    "CaseCommitment.content": "承诺内容",
    "CaseEvent.until": "暂时解除至哪一日（含），不写为未定",
    "CaseEvent.state": "办理状态（修复、异议、移出、重整）",
    "CaseRepair.state": "信用修复的办理状态",
    "CaseCommitmentEvent.state": "履约状态",
    "Consequence.grade": "信用等级（四级之一，几条规则同时成立的取最差）",
    "RuleClause.grade": "推导出的信用等级须满足的条件",
    "Basis.item": "项",
    "Conversion.levels": "等级 → 四级中的哪一级",
    "DatedAlias.name": "别名、曾用名",
    "Department.region": "所在地区划代码（GB/T 2260，加引号）",
    "DepartmentSection.id": "科室编号，在本部门内唯一",
    "Duration.when": "本期限适用于什么情形",
    "ExitRows.when": "哪些行只写移出：表头 → 取值",
    "ExportProfile.columns": "表头 → 该列写什么",
    "ExportProfile.dates": "日期写法",
    "ExportProfile.title": "给哪个接收方的什么文件",
    "ExportProfile.values": "我们的词 → 接收方的词，逐列写",
    "FileMapping.exit": "只写移出的行",
    "FileMapping.list": "没有写名单的行所属的名单",
    "FileMapping.title": "哪个来源的什么文件",
    "IncentiveCondition.text": "条件内容",
    "ListScheme.levels": "名单上的主体可以是哪些等级",
    "ListType.kind": "名单类型",
    "Matter.kind": "事项性质",
    "MatterNode.kind": "事项性质，不写即沿用上级",
    "MatterRole.kind": "事项对该角色的性质",
    "PowerItem.code": "权力事项编码",
    "PowerItem.kind": "事项类型",
    "PowerItem.level": "行使层级",
    "SchemeLevel.level": "等级代码",
    "TitledPairs.name": "标题所在的键",
    "Where.kinds": "处罚种类",
    "Window.dates": "办理中的时点，按先后排列",
    "YearSpan.years": "有效几年",
}
"""Keys by `Model.key`."""
