"""Words for what somebody has to look at (工作清单)."""

from __future__ import annotations

from jointsanction.terms.term import Term


class ExitState(Term):
    """Why a listing is on the list of exits (退出事项), the most urgent first."""

    OVERDUE = "overdue", "应当退出而名单未移出"
    DUE = "due", "即将到期"
    REPAIRABLE = "repairable", "已可申请信用修复"
    DOUBTFUL = "doubtful", "是否仍在列待核实"


class DoubleKind(Term):
    """Why two rows may be one (疑似重复)."""

    SAME_DAY = "same-day", "同一主体同日列入同一名单两次"
    TWO_NAMES = "two-names", "同一号码两个名称"
    NO_NUMBER = "no-number", "名称相同，一条没有号码"
    NEAR_NAME = "near-name", "名称只差一个字"
