"""Words for subjects, their roles and the ties between them (信用主体、角色、关联关系)."""

from __future__ import annotations

from typing import Final

from jointsanction.terms.term import Term


class SubjectKind(Term):
    """What sort of subject it is (主体类别)."""

    ENTERPRISE = "enterprise", "企业"
    INDIVIDUAL_BUSINESS = "individual-business", "个体工商户"
    PERSON = "person", "自然人"
    SOCIAL_ORGANISATION = "social-organisation", "社会组织"
    PUBLIC_INSTITUTION = "public-institution", "事业单位"
    GOVERNMENT = "government", "国家机关"
    OTHER_ORGANISATION = "other-organisation", "其他组织"


UNIT_KINDS: Final = frozenset(SubjectKind) - {SubjectKind.PERSON}
"""What the word `unit` (单位) means where kinds are named: every kind but a person."""


class SubjectStatus(Term):
    """Whether a subject is still registered and at work (登记状态): told and filtered by, and nothing follows from it.

    Suspended by 市场主体登记管理条例 30, moved out 27, cancelled 40, deregistered 31. Revoked, ordered to close or
    cancelled (公司法 229, 241) it is to be wound up, and is there until it is deregistered. 存续 is the word of
    国家企业信用信息公示系统 (recalled). None of them says whether anybody works there, nor whose fault it is.
    """

    IN_OPERATION = "in-operation", "存续"
    SUSPENDED = "suspended", "歇业"
    MOVED_OUT = "moved-out", "迁出"
    REVOKED = "revoked", "吊销"
    ORDERED_TO_CLOSE = "ordered-to-close", "责令关闭"
    CANCELLED = "cancelled", "撤销"
    DEREGISTERED = "deregistered", "注销"


class Role(Term):
    """The part a subject plays in a matter (办理角色)."""

    BIDDER = "bidder", "投标人"
    SUPPLIER = "supplier", "供应商"
    CONSORTIUM_MEMBER = "consortium-member", "联合体成员"
    SUBCONTRACTOR = "subcontractor", "分包人"
    AGENCY = "agency", "代理机构"
    EVALUATION_EXPERT = "evaluation-expert", "评标（评审）专家"
    PROCUREMENT_STAFF = "procurement-staff", "招标采购从业人员"
    PURCHASER = "purchaser", "采购人（招标人）"
    TRANSFEREE = "transferee", "受让方"
    TRANSFEROR = "transferor", "转让方"
    CONCESSIONAIRE = "concessionaire", "特许经营者"
    APPLICANT = "applicant", "申请人"
    PERMIT_HOLDER = "permit-holder", "被许可人"
    PARTICIPANT = "participant", "参与者"
    HOST_INSTITUTION = "host-institution", "依托单位"
    CANDIDATE = "candidate", "拟任人选"
    POST_HOLDER = "post-holder", "在任人员"
    NOMINEE = "nominee", "被提名人"
    INSPECTED = "inspected", "被检查人"
    TAXPAYER = "taxpayer", "纳税人"
    DECLARANT = "declarant", "报关单位"
    BORROWER = "borrower", "借款人"
    GUARANTOR = "guarantor", "担保人"


class Relation(Term):
    """How a person or unit is tied to a listed subject, or who bears a measure (承担者、关联关系)."""

    SELF = "self", "本主体"
    LEGAL_REPRESENTATIVE = "legal-representative", "法定代表人"
    PRINCIPAL = "principal", "主要负责人"
    RESPONSIBLE_MANAGER = "responsible-manager", "直接负责的主管人员"
    DIRECTLY_RESPONSIBLE = "directly-responsible", "其他直接责任人员"
    PERSONALLY_RESPONSIBLE_EXECUTIVE = "personally-responsible-executive", "负有个人责任的董事、监事、高级管理人员"
    DIRECTOR_SUPERVISOR_EXECUTIVE = "director-supervisor-executive", "董事、监事、高级管理人员"
    ACTUAL_CONTROLLER = "actual-controller", "实际控制人"
    ACTUAL_OPERATOR = "actual-operator", "实际经营人"
    EXECUTING_PARTNER = "executing-partner", "执行事务合伙人"
    INVESTOR = "investor", "投资人"
    PRACTITIONER = "practitioner", "从业人员"
    BRANCH = "branch", "分支机构"
    SUBORDINATE_UNIT = "subordinate-unit", "下属单位"
    UNITS_LED = "units-led", "任职单位"
    CONSORTIUM_MEMBER = "consortium-member", "联合体成员"


LEADING_RELATIONS: Final = frozenset(
    {Relation.LEGAL_REPRESENTATIVE, Relation.PRINCIPAL, Relation.ACTUAL_CONTROLLER, Relation.EXECUTING_PARTNER}
)
"""Ties by which a person leads a unit, so that the unit is one of the `units-led` (任职单位)."""


class IdType(Term):
    """Which number identifies a subject (证件类型)."""

    USCC = "uscc", "统一社会信用代码"
    RESIDENT_ID = "resident-id", "公民身份号码"
    ORGANISATION_CODE = "organisation-code", "组织机构代码"
    REGISTRATION_NO = "registration-no", "工商注册号"
    OTHER = "other", "其他证件号码"


class IdState(Term):
    """What an identifier is worth for matching (证件号码状态)."""

    OK = "ok", "有效"
    BAD_CHECK_DIGIT = "bad-check-digit", "校验位不符"
    MASKED = "masked", "已脱敏"
    LOST_PRECISION = "lost-precision", "已丢失精度"
    MALFORMED = "malformed", "格式不符"
    MISSING = "missing", "缺失"


class IdentityStatus(Term):
    """How surely the subject asked about is known (身份确认状态)."""

    CONFIRMED = "confirmed", "已确认"
    CANDIDATES = "candidates", "仅有同名候选，待核实"
    UNIDENTIFIED = "unidentified", "未提供可确认身份的号码"


class IdentityOutcome(Term):
    """What a person decided about a candidate (身份核实结论)."""

    CONFIRMED = "confirmed", "经核实为同一主体"
    CLEARED = "cleared", "经核实不是同一主体"
