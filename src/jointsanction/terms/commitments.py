"""Words for commitments and talks (信用承诺、约谈): what was promised, how far it was kept, what is open to whom."""

from __future__ import annotations

from typing import Final

from jointsanction.terms.term import Term


class CommitmentType(Term):
    """What sort of commitment it is (信用承诺类型); the plans have other names for two of them."""

    PROACTIVE = "proactive", "主动承诺型"
    DEFERRED_DOCUMENTS = "deferred-documents", "容缺受理型"
    PROOF = "proof", "证明事项型"
    APPROVAL = "approval", "审批替代型"
    SELF_DISCIPLINE = "self-discipline", "行业自律型"
    REPAIR = "repair", "信用修复型"


COMMITMENT_ALIASES: Final[dict[str, CommitmentType]] = {
    "主动公示型": CommitmentType.PROACTIVE,
    "失信修复型": CommitmentType.REPAIR,
}
"""Other names that the plans use for a type (别名)."""


class CommitmentState(Term):
    """How far a commitment was kept (承诺履约状态).

    A breach stands until it is repaired, or until whoever found it takes the finding back.
    """

    MADE = "made", "已承诺"
    PERFORMING = "performing", "履行中"
    PERFORMED = "performed", "已履约"
    BREACHED = "breached", "违背"
    FALSIFIED = "falsified", "虚假"
    REPAIRED = "repaired", "已信用修复"
    ANNULLED = "annulled", "认定已撤销"


OPEN_STATES: Final = frozenset({CommitmentState.MADE, CommitmentState.PERFORMING})
"""States of a commitment still to be kept (未了结)."""

BREACH_STATES: Final = frozenset({CommitmentState.BREACHED, CommitmentState.FALSIFIED})
"""States in which the commitment is broken (违诺)."""


class OfferState(Term):
    """Whether a way of commitment is open to this subject (可否承诺办理)."""

    OPEN = "open", "可以承诺办理"
    CLOSED = "closed", "不适用"
    UNSURE = "unsure", "须核实后决定"


class OfferReason(Term):
    """Why a way of commitment is not simply open (不适用承诺办理的原因)."""

    MEASURE = "measure", "有措施规定不适用或者限制办理本事项"
    BREACH = "breach", "同类或者同一事项的违背、虚假承诺尚未修复"
    DECISION = "decision", "是否限制由实施机关依法决定"
    DOUBT = "doubt", "有影响结论的事项未能查明"


class TalkKind(Term):
    """What a talk is for (约谈种类)."""

    REMINDER = "reminder", "提示约谈"
    WARNING = "warning", "警示约谈"


class TalkResult(Term):
    """What a talk came to (约谈结果)."""

    AGREED = "agreed", "接受约谈并承诺整改"
    RECTIFIED = "rectified", "已按要求整改"
    NOT_RECTIFIED = "not-rectified", "约谈后未整改"
    REFUSED = "refused", "无正当理由不接受约谈"
