"""The closed loop (闭环): 发起 → 推送 → 执行 → 反馈 → 统计, who may do what in it, and what the audit calls it."""

from jointsanction.terms.term import Term


class AccountRole(Term):
    """What an account may do (岗位角色); an account may have several."""

    WINDOW = "window", "窗口经办"
    AUTHOR = "author", "目录编制"
    REVIEWER = "reviewer", "目录审核"
    AUDITOR = "auditor", "审计"
    OPERATOR = "operator", "运维"


class FilingKind(Term):
    """What was filed together (归档类别)."""

    CHECK = "check", "核查"
    TENDER = "tender", "投标人批量核查"
    BATCH = "batch", "批量核查"


class ExecutionOutcome(Term):
    """What was done about one finding (执行结果).

    `automatic`: the law orders it and nobody has a choice. `decided`: the law leaves it to an authority, and a person
    named decided for it. `declined`: he decided against it. `impossible`: it could not be carried out, and why is said.
    """

    AUTOMATIC = "automatic", "依法直接执行"
    DECIDED = "decided", "经决定执行"
    DECLINED = "declined", "经决定不予执行"
    IMPOSSIBLE = "impossible", "未能执行"


class Handling(Term):
    """How a listing was dealt with in a case (处理方式), as feedback says it."""

    APPLIED = "applied", "实施奖惩"
    OTHER = "other", "其他"


class LoopState(Term):
    """How far a check has come in the loop (闭环状态): of what asks for feedback, how much was fed back."""

    NOTHING_DUE = "nothing-due", "无须反馈"
    NONE = "none", "未反馈"
    PARTIAL = "partial", "部分反馈"
    COMPLETE = "complete", "已办结"


class Period(Term):
    """Over what stretch of time figures are put together (统计期间)."""

    DAY = "day", "按日"
    MONTH = "month", "按月"
    QUARTER = "quarter", "按季"
    YEAR = "year", "按年"


class InitiationState(Term):
    """How far a joint action has come (联合奖惩办理状态), and each department's part of it.

    `returned`: the department says that it is not its business, or that something is missing, and why. `closed` and
    `withdrawn` end the whole.
    """

    INITIATED = "initiated", "已发起"
    RESPONDED = "responded", "已响应"
    RETURNED = "returned", "已退回"
    EXECUTING = "executing", "执行中"
    FED_BACK = "fed-back", "已反馈"
    CLOSED = "closed", "已办结"
    WITHDRAWN = "withdrawn", "已撤销"


class MessageState(Term):
    """What became of a message (推送状态). `dead`: tried as often as allowed; somebody has to look into it."""

    PENDING = "pending", "待推送"
    DELIVERED = "delivered", "已推送"
    DEAD = "dead", "推送失败"


class MessageKind(Term):
    """What a message tells of (推送事件)."""

    SUBJECT_RESTRICTED = "subject.restricted", "主体新受限制"
    SUBJECT_RELEASED = "subject.released", "主体解除限制"
    CHECK_HIT = "check.hit", "核查命中"
    INITIATION_ASSIGNED = "initiation.assigned", "联合奖惩任务"
    INITIATION_CHANGED = "initiation.changed", "联合奖惩进展"
    FEEDBACK_REQUESTED = "feedback.requested", "催办反馈"
    FEEDBACK_RECEIVED = "feedback.received", "收到反馈"
    NOTICE = "notice", "失信信息通报"


class AuditAction(Term):
    """What the audit keeps a record of (审计事项)."""

    CHECK = "check", "核查"
    BATCH = "batch", "批量核查"
    DECISION = "decision", "执行决定"
    FEEDBACK = "feedback", "执行反馈"
    INITIATION = "initiation", "发起办理"
    NOTICE = "notice", "发出通报"
    REVEAL = "reveal", "查看明文"
    READ = "read", "查阅"
    EXPORT = "export", "导出"
    IMPORT = "import", "导入名单"
    IDENTITY = "identity", "身份核实"
    PROPOSAL = "proposal", "目录修改"
    ACCOUNT = "account", "账户管理"
    SIGN_IN = "sign-in", "登录"
    REFUSED = "refused", "拒绝访问"


class ProposalState(Term):
    """What became of a change of the catalogue that was proposed (目录修改状态)."""

    PROPOSED = "proposed", "待审核"
    APPROVED = "approved", "已通过"
    REFUSED = "refused", "未通过"
    REVOKED = "revoked", "已撤回"
