"""Words for measures, their ground and the matters they touch (措施、依据、事项)."""

from __future__ import annotations

from typing import Final

from jointsanction.terms.term import Term


class Effect(Term):
    """Which way a measure works (措施方向); follows from the folder its file lies in."""

    RESTRICTION = "restriction", "惩戒措施"
    INCENTIVE = "incentive", "激励措施"


class MeasureClass(Term):
    """What a restriction does to rights (措施类别), 全国清单说明 N5; null for incentives."""

    ADVERSE = "adverse", "减损权益或增加义务"
    ADMINISTRATIVE = "administrative", "履职管理"
    VOLUNTARY = "voluntary", "自主实施"


class Degree(Term):
    """How far a measure goes (惩戒、激励尺度)."""

    PROHIBIT = "prohibit", "禁止"
    SUSPEND = "suspend", "暂停"
    RESTRICT = "restrict", "限制"
    REVOKE = "revoke", "撤销"
    DOWNGRADE = "downgrade", "降级"
    REPRICE = "reprice", "上调费率"
    WITHHOLD = "withhold", "不适用便利或不予聘用"
    SCRUTINISE = "scrutinise", "从严审核"
    SUPERVISE = "supervise", "重点监管"
    PUBLISH = "publish", "公示"
    RECORD = "record", "记入信用记录"
    SUMMON = "summon", "约谈"
    ALERT = "alert", "提示"
    CONSIDER = "consider", "审慎参考"
    PRIORITISE = "prioritise", "优先办理"
    SIMPLIFY = "simplify", "简化程序"
    DEFER_DOCUMENTS = "defer-documents", "容缺受理"
    COMMITMENT = "commitment", "告知承诺"
    REDUCE = "reduce", "减免"
    INSPECT_LESS = "inspect-less", "降低检查频次"
    ADD_POINTS = "add-points", "信用加分"
    BETTER_TERMS = "better-terms", "优惠条件"
    RECOMMEND = "recommend", "推荐"
    HONOUR = "honour", "表彰"
    PUBLICISE = "publicise", "宣传推介"
    SUPPORT = "support", "扶持"


_D = Degree
DEGREES_OF: Final[dict[MeasureClass | None, frozenset[Degree]]] = {
    MeasureClass.ADVERSE: frozenset({_D.PROHIBIT, _D.SUSPEND, _D.RESTRICT, _D.REVOKE, _D.DOWNGRADE, _D.REPRICE}),
    MeasureClass.ADMINISTRATIVE: frozenset(
        {_D.WITHHOLD, _D.DOWNGRADE, _D.SCRUTINISE, _D.SUPERVISE, _D.PUBLISH, _D.RECORD, _D.SUMMON, _D.ALERT}
    ),
    MeasureClass.VOLUNTARY: frozenset({_D.CONSIDER}),
    None: frozenset(
        {
            _D.PRIORITISE, _D.SIMPLIFY, _D.DEFER_DOCUMENTS, _D.COMMITMENT, _D.REDUCE, _D.INSPECT_LESS, _D.ADD_POINTS,
            _D.BETTER_TERMS, _D.RECOMMEND, _D.HONOUR, _D.PUBLICISE, _D.SUPPORT,
        }
    ),
}  # fmt: skip
"""Which degrees a class may have; `None` is an incentive. Other pairs are refused by the loader."""

HARDEST_FIRST: Final[dict[MeasureClass, tuple[Degree, ...]]] = {
    MeasureClass.ADVERSE: (_D.PROHIBIT, _D.REVOKE, _D.SUSPEND, _D.RESTRICT, _D.DOWNGRADE, _D.REPRICE),
    MeasureClass.ADMINISTRATIVE: (
        _D.WITHHOLD, _D.DOWNGRADE, _D.SUPERVISE, _D.SCRUTINISE, _D.PUBLISH, _D.RECORD, _D.SUMMON, _D.ALERT,
    ),
}  # fmt: skip
"""The degrees of a class from the hardest down: in this order a rule may cap or raise a measure."""


class Binding(Term):
    """How strongly a measure binds whoever asks (约束力)."""

    MUST = "must", "应当"
    MAY = "may", "可以"
    REFERENCE = "reference", "参考"


class Trigger(Term):
    """What sets a measure off (触发条件)."""

    LISTING = "listing", "列入名单"
    ACT = "act", "法律事实"
    ORDER = "order", "个案决定"
    RECORD = "record", "失信记录"
    GRADE = "grade", "信用等级"
    COMMITMENT = "commitment", "违背承诺"


ACT_TRIGGERS: Final = frozenset({Trigger.ACT, Trigger.ORDER, Trigger.COMMITMENT})
"""Triggers that are a fact or a decision of their own, so that listings are clues at most (ENCODING §2)."""


class Item(Term):
    """The row family of the national punishment list a restriction belongs to (措施种类)."""

    MARKET_ACCESS = "market-access", "限制市场或行业准入"
    OCCUPATION = "occupation", "实施职业禁入或从业限制"
    POST = "post", "限制任职"
    CONSUMPTION = "consumption", "限制相关消费行为"
    EXIT = "exit", "不准出境"
    EDUCATION = "education", "限制升学复学"
    PUBLIC_FUNDS = "public-funds", "限制申请财政性资金项目"
    HONOURS = "honours", "限制参加评先评优"
    CONVENIENCE = "convenience", "限制享受优惠政策和便利措施"
    SUPERVISION = "supervision", "纳入重点监管范围"
    LISTING = "listing", "纳入严重失信主体名单"
    DISCLOSURE = "disclosure", "共享公示失信信息"
    CREDIT_REPORT = "credit-report", "纳入市场化征信或评级报告"
    LENDING = "lending", "从严审慎授信"


class Level(Term):
    """What rank of document an instrument is (效力层级)."""

    LAW = "law", "法律"
    ADMINISTRATIVE_REGULATION = "administrative-regulation", "行政法规"
    CENTRAL_POLICY = "central-policy", "党中央、国务院政策文件"
    JUDICIAL_INTERPRETATION = "judicial-interpretation", "司法解释"
    LOCAL_REGULATION = "local-regulation", "地方性法规"
    DEPARTMENT_RULE = "department-rule", "部门规章"
    GOVERNMENT_RULE = "government-rule", "地方政府规章"
    JOINT_DOCUMENT = "joint-document", "部门联合文件"
    NORMATIVE_DOCUMENT = "normative-document", "规范性文件"
    MEMORANDUM = "memorandum", "合作备忘录"
    NATIONAL_LIST = "national-list", "全国清单"
    STANDARD = "standard", "标准"


ADVERSE_LEVELS: Final = frozenset(
    {
        Level.LAW,
        Level.ADMINISTRATIVE_REGULATION,
        Level.CENTRAL_POLICY,
        Level.JUDICIAL_INTERPRETATION,
        Level.LOCAL_REGULATION,
    }
)
"""Levels that may carry an adverse measure: a set, not a ladder (国办发〔2020〕49号)."""

FOUNDING_LEVELS: Final = frozenset({Level.LAW, Level.ADMINISTRATIVE_REGULATION, Level.CENTRAL_POLICY})
"""Levels that may found a national black list (国办发〔2020〕49号)."""


class Carries(Term):
    """What a basis does for its measure (依据作用)."""

    SETS = "sets", "规定后果"
    OPENS = "opens", "指明对象与事项，后果依他法"
    REFERS = "refers", "原则性援引"
    IMPLEMENTS = "implements", "贯彻落实"
    FOUNDS = "founds", "设立名单"


class TextState(Term):
    """Whether the cited text was read (条文核对状态)."""

    VERIFIED = "verified", "已核对原文"
    RECALLED = "recalled", "未核对原文"
    UNCERTAIN = "uncertain", "存疑"


class MatterKind(Term):
    """What the subject wants in a matter (事项性质)."""

    RIGHT = "right", "权利"
    CONVENIENCE = "convenience", "便利"
    ENGAGEMENT = "engagement", "聘用"
    SUPERVISION = "supervision", "监管"
    MARKET = "market", "市场行为"


class Phase(Term):
    """When in a matter the question is asked (环节)."""

    BEFORE = "before", "事前"
    DURING = "during", "事中"
    AFTER = "after", "事后"


class CaseDate(Term):
    """A day of the case at hand, from which a matter takes the day asked about (办理时点), in the order they come."""

    NOTICE = "notice", "公告日"
    DEADLINE = "deadline", "投标或响应截止日"
    EVALUATION = "evaluation", "评审日"
    AWARD = "award", "中标或成交日"
    APPLIED = "applied", "申请日"
    ACCEPTED = "accepted", "受理日"
    DECIDED = "decided", "决定日"


class Trait(Term):
    """A property of the project or matter at hand (事项特征)."""

    MANDATORY_TENDER = "mandatory-tender", "依法必须进行招标"
    ENGINEERING = "engineering", "工程建设项目"
    GOVERNMENT_INVESTMENT = "government-investment", "政府投资项目"
    PUBLIC_FUNDS = "public-funds", "主要使用财政性资金"
    SAFETY_MATTER = "safety-matter", "直接关系公共安全、人身健康、生命财产安全"
    SECURITIES_ISSUER = "securities-issuer", "证券发行人"
    LISTED_COMPANY = "listed-company", "上市公司"


class Actor(Term):
    """Who carries a measure out (实施主体类型)."""

    PUBLIC = "public", "公共管理机构"
    COURT = "court", "人民法院"
    COMPANY = "company", "公司"
    FINANCIAL = "financial", "金融机构"
    INSURER = "insurer", "保险机构"
    ASSOCIATION = "association", "行业协会商会"


class BearsAt(Term):
    """On which day somebody must have stood in the relation (关系时点)."""

    ACT = "act", "行为时"
    ASKING = "asking", "核查时"


class SetBy(Term):
    """Who fixes a term (期限由谁确定)."""

    LAW = "law", "法律规定"
    ORDER = "order", "决定载明"


class Condition(Term):
    """What an incentive depends on (激励条件)."""

    OTHER_THINGS_EQUAL = "other-things-equal", "同等条件下"
    CLEAN_PERIOD = "clean-period", "一定期间内无不良记录"
    COMMITMENT = "commitment", "书面承诺"
    NO_SERIOUS_LISTING = "no-serious-listing", "未被列入严重失信主体名单"
    MEETS = "meets", "符合规定条件"


class Exclusion(Term):
    """What an incentive never replaces (激励除外)."""

    STATUTORY_DOCUMENTS = "statutory-documents", "法律法规要求提供的材料除外"


class InList(Term):
    """Whether the row was seen in the national list (是否见于全国清单)."""

    VERIFIED = "verified", "已见于全国清单"
    RECALLED = "recalled", "未核对全国清单"
