"""Words for what an answer says (核查结论、原因)."""

from __future__ import annotations

from typing import Final

from jointsanction.terms.term import Term


class Verdict(Term):
    """The one word of an answer, strongest first (结论)."""

    PROHIBITED = "prohibited", "禁止"
    RESTRICTED = "restricted", "限制"
    INDETERMINATE = "indeterminate", "不能确定，须核实"
    ATTENTION = "attention", "提示关注"
    FAVOURED = "favoured", "守信激励"
    CLEAR = "clear", "未发现"


class Turn(Term):
    """What a change of the lists does to an answer (答案变动)."""

    RESTRICTED = "restricted", "新受限"
    RELEASED = "released", "解除限制"
    CHANGED = "changed", "答案有变"


class Coverage(Term):
    """How a missing list is treated (名单覆盖要求)."""

    STRICT = "strict", "缺少名单即不能确定"
    LOADED = "loaded", "仅就已导入名单作答"


class Reason(Term):
    """Why a measure applies or not (原因)."""

    APPLIES = "applies", "适用"
    NOT_IN_FORCE = "not-in-force", "尚未生效"
    ANNOUNCED_ONLY = "announced-only", "仅事前告知，尚未列入"
    LAPSED = "lapsed", "期限已满"
    REMOVED = "removed", "已移出"
    REPAIRED = "repaired", "已信用修复"
    OBJECTION_UPHELD = "objection-upheld", "异议成立，该记录不再计入"
    UNDER_OBJECTION = "under-objection", "异议处理期间暂停适用"
    LIFTED = "lifted", "破产重整（和解）期间暂时解除"
    MISSING_FROM_EDITION = "missing-from-edition", "最新一期名单中未见，亦无移出决定"
    UNSUPPORTED = "unsupported", "缺少具有法律效力的文书文号"
    UNFOUNDED_LIST = "unfounded-list", "名单设立缺少法定依据，仅作线索"
    LIST_NOT_LOADED = "list-not-loaded", "名单未导入或不完整"
    BASIS_NOT_YET = "basis-not-yet", "依据尚未施行"
    BASIS_ENDED = "basis-ended", "依据已失效"
    BASIS_TOO_WEAK = "basis-too-weak", "依据层级不足"
    REFERS_ONLY = "refers-only", "依据仅为原则性援引"
    UNVERIFIED = "unverified", "依据条文未核对"
    ACT_NOT_SHOWN = "act-not-shown", "有线索，但未出示决定或事实"
    SET_ASIDE = "set-aside", "决定已被撤销"
    STAYED = "stayed", "决定已停止执行"
    TERM_ENDED = "term-ended", "法定期限已满"
    OTHER_KIND = "other-kind", "主体类别不符"
    OTHER_ROLE = "other-role", "办理角色不符"
    OTHER_REGION = "other-region", "不在适用地域"
    OTHER_PHASE = "other-phase", "环节不符"
    UNRELATED = "unrelated", "与办理事项不相关联"
    ATTRIBUTE_UNKNOWN = "attribute-unknown", "判断所需属性不明"
    TRAIT_UNKNOWN = "trait-unknown", "事项特征不明"
    RELATION_NOT_REACHED = "relation-not-reached", "依据未及于该关联关系"
    SAME_TRADE_UNMET = "same-trade-unmet", "不属同一行业"
    CONDITION_UNMET = "condition-unmet", "不符合规定条件"
    NOT_REPLACEABLE = "not-replaceable", "法律法规要求的材料不得替代"
    SUSPENDED_BY = "suspended-by", "因失信被中止"
    NAME_ONLY = "name-only", "仅名称或脱敏号码相同"
    TERM_UNKNOWN = "term-unknown", "名单期限未核实或未载明"
    NOT_LISTED = "not-listed", "未列入相关名单"
    ACT_UNKNOWN = "act-unknown", "未提供决定或事实，亦无线索"
    ACT_RULED_OUT = "act-ruled-out", "已查询或声明不存在该决定或事实"


HINTS: Final = frozenset({Reason.UNFOUNDED_LIST, Reason.BASIS_TOO_WEAK, Reason.REFERS_ONLY, Reason.UNVERIFIED})
"""Reasons that leave a hint (提示) although the measure cannot bite."""

DOUBTS: Final = frozenset(
    {
        Reason.MISSING_FROM_EDITION,
        Reason.TERM_UNKNOWN,
        Reason.ATTRIBUTE_UNKNOWN,
        Reason.TRAIT_UNKNOWN,
        Reason.ACT_NOT_SHOWN,
        Reason.NAME_ONLY,
    }
)
"""Reasons that say something could not be known (不能确定)."""


class Caution(Term):
    """Where a measure goes further than its basis is seen to carry (审慎适度); codes are those of `catalog lint`."""

    OVER_LONG = "over-long", "期限过长，须对照法条核实"
    OPENS_CAPPED = "opens-capped", "所写尺度超出依据：依据只指明对象与事项，至多限制、可以"
    HINT_OVERSTATED = "hint-overstated", "所写尺度超出依据：依据只作原则性援引或者贯彻落实"
    RELATIVES_UNNAMED = "relatives-unnamed", "负担及于亲属，而所引条文没有点名"
    RELATION_UNNAMED = "relation-unnamed", "推及关联主体，而所引条文没有点名这一关系"


class CauseType(Term):
    """What a finding rests on (触发事实类型)."""

    LISTING = "listing", "名单"
    RECORD = "record", "失信记录"
    ACT = "act", "法律事实"
    ORDER = "order", "个案决定"
    GRADE = "grade", "信用等级"
    BREACH = "breach", "违背承诺"


class ChangeCause(Term):
    """What made an answer otherwise than it was (变化原因)."""

    LAW = "law", "目录（依据或措施）变了"
    LISTS = "lists", "名单变了"
    TIME = "time", "名单随时间过期"
    LIBRARY = "library", "程序版本不同"
    UNKNOWN = "unknown", "当时的目录或名单没有保存，原因不明"
