"""Words for repair, objection, exit and reorganisation (信用修复、异议、移出、破产重整)."""

from __future__ import annotations

from typing import Final

from jointsanction.terms.term import Term


class RepairTrack(Term):
    """Which procedure about a listing an event belongs to (办理程序)."""

    REPAIR = "repair", "信用修复"
    OBJECTION = "objection", "异议"
    EXIT = "exit", "移出"
    REORGANISATION = "reorganisation", "破产重整（和解）"


class RepairState(Term):
    """How far a procedure about a listing has come (办理状态)."""

    APPLIED = "applied", "已申请"
    FILED = "filed", "已提出"
    VERIFYING = "verifying", "核实中"
    ENDORSED = "endorsed", "一方已同意，待另一方"
    ACCEPTED = "accepted", "准予修复"
    REFUSED = "refused", "不予修复"
    EFFECTIVE = "effective", "修复生效"
    REVOKED = "revoked", "修复被撤销"
    WITHDRAWN = "withdrawn", "申请人撤回"
    UPHELD = "upheld", "异议成立"
    PARTLY = "partly", "异议部分成立"
    REJECTED = "rejected", "异议不成立"
    REMOVED = "removed", "已移出"
    RESTORED = "restored", "已恢复"
    LIFTED = "lifted", "暂时解除"
    COMPLETED = "completed", "重整计划（和解协议）执行完毕"


class Office(Term):
    """Which of two sides approves (办理方)."""

    CREDIT_OFFICE = "credit-office", "信用办"
    DATA_PROVIDER = "data-provider", "数据单位"


class ObjectionEffect(Term):
    """What an open objection does to a listing (异议期间的处理)."""

    ANNOTATE = "annotate", "标注，继续适用"
    SUSPEND = "suspend", "暂停适用"


UNDER_WAY: Final = frozenset(
    {
        RepairState.APPLIED,
        RepairState.FILED,
        RepairState.VERIFYING,
        RepairState.ENDORSED,
        RepairState.ACCEPTED,
    }
)
"""States in which a procedure is under way (办理中)."""
