"""Every remark the linter can make: its level and what it says (检查项)."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

LintLevel: TypeAlias = Literal["error", "warning", "info"]
"""How much a remark weighs (级别)."""

LINTS: Final[dict[str, tuple[LintLevel, str]]] = {
    "basis-too-weak": ("error", "没有一条依据的层级足以支撑本措施，只作提示。"),
    "refers-only": ("info", "依据仅为原则性援引，只作提示。"),
    "unverified": ("info", "足以支撑的依据都未核对原文，只作提示。"),
    "opens-capped": ("warning", "依据只指明对象与事项（opens），核查时至多按 restrict、may 处理。"),
    "hint-overstated": ("warning", "依据只作原则性援引或者贯彻落实，撑不起所写的尺度和约束力。"),
    "overclaimed-basis": ("warning", "该层级的文件不能规定减损权益的后果，应写 implements 或 refers。"),
    "must-for-may": ("warning", "条文是“可以”“依法依规”，约束力应为 may。"),
    "basis-ended": ("warning", "依据已全部失效，且没有措施引用其后续文件。"),
    "local-basis-everywhere": ("error", "只有地方层级的依据，却没有限定 region。"),
    "basis-outside-region": ("error", "依据文件的地域与措施的 region 没有交集。"),
    "wider-than-basis": ("warning", "地域比依据文件的地域宽。"),
    "no-article": ("warning", "依据写明已核对原文，却没有写条号。"),
    "no-document-number": ("warning", "政策文件没有写文号。"),
    "instrument-without-start": ("warning", "依据文件没有施行日期。"),
    "unfounded-list": ("warning", "严重失信主体名单缺少足以设立它的依据（founds），仅作线索。"),
    "founded-by-recall": ("info", "名单的设立依据未核对原文。"),
    "weak-rule": ("error", "规则扩大了减损权益措施的承担者或者加重其尺度，却没有足够层级的依据。"),
    "rule-cycle": ("error", "规则的条件建立在自己的结果之上，没有尽头。"),
    "rule-never-fires": ("error", "规则的条件永远不会成立。"),
    "rule-contradiction": ("warning", "两条规则的结果相反。"),
    "relatives-unnamed": ("error", "负担及于亲属，而所引条文（anchor）没有点名。"),
    "relation-unnamed": ("warning", "规则把负担推及关联主体，而依据没有点名这一关系。"),
    "unreachable": ("error", "本措施在任何提问下都不会适用。"),
    "idle": ("warning", "本措施在这一天不会适用。"),
    "idle-kind": ("warning", "所列名单都不列入其中的某类主体。"),
    "asked-only": ("info", "只有提问写明角色或者环节，本措施才会适用。"),
    "kind-mismatch": ("error", "名单类型与措施不符。"),
    "record-restricts": ("warning", "一般失信记录不是名单；没有法律直接规定后果（sets）的，不得减损权益。"),
    "contradiction": ("warning", "同一对象、同一事项有两个不同的尺度。"),
    "duplicate": ("error", "与另一条措施相同，只是编号不同。"),
    "shadowed": ("warning", "另一条措施已经包括本措施的全部情形，尺度和约束力相同。"),
    "over-long": ("warning", "期限过长。"),
    "term-range": ("warning", "法律规定的期限写成了幅度。"),
    "repair-after-term": ("warning", "可以修复之日不早于名单期满之日，等于不能修复。"),
    "withholds-a-right": ("error", "以履职管理之名限制权利；应为 adverse 并有相应依据。"),
    "item-class": ("warning", "措施种类（item）与类别（class）不相称。"),
    "judged-on-unsaid": ("warning", "任职、从业禁止没有写明看哪一天的法律（judged_on）。"),
    "judged-on-listing": ("warning", "judged_on: act 只用于由法律事实或决定触发的措施。"),
    "clue-without-ask": ("warning", "名单只是线索，却没有写明向谁核实（ask）。"),
    "record-in-group": ("error", "失信记录不是名单，不得归入对象组。"),
    "forbidden-behaviour": ("error", "把不得纳入信用记录的行为作为对象。"),
    "points-restrict": ("error", "居民诚信积分只能用于激励，不得用于惩戒。"),
    "voluntary-by-public": ("warning", "自主实施的措施写成由公共机构实施。"),
    "retired-without-end": ("warning", "已停用的措施没有写 valid_to。"),
    "never-tested": ("warning", "用例不足。"),
    "unreadable-cases": ("error", "用例文件读不了。"),
    "authority-without-department": ("info", "实施主体没有对应的部门。"),
    "authority-unused": ("warning", "没有措施用到这个实施主体。"),
    "department-without-power": ("warning", "部门没有相应的权力事项。"),
    "power-without-section": ("warning", "权力事项没有承办科室。"),
    "section-without-officers": ("warning", "科室没有业务岗位。"),
    "power-without-measure": ("info", "没有措施涉及这个权力事项的事项。"),
}
"""Every remark the linter can make: its level and what it says."""
