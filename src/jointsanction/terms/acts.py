"""Words for acts and orders, and for the days on which terms run (法律事实、个案决定、期限起止)."""

from __future__ import annotations

from typing import Final

from jointsanction.terms.term import Term


class ActType(Term):
    """A fact or an individual decision to which the law ties a consequence (法律事实、决定)."""

    ADMINISTRATIVE_PENALTY = "administrative-penalty", "行政处罚"
    LICENCE_REVOKED = "licence-revoked", "吊销许可证件"
    LICENCE_CANCELLED_FOR_FRAUD = "licence-cancelled-for-fraud", "以欺骗手段取得许可被撤销"
    APPLICATION_FALSIFIED = "application-falsified", "隐瞒情况或提供虚假材料申请许可"
    BUSINESS_LICENCE_REVOKED = "business-licence-revoked", "吊销营业执照"
    SHUT_DOWN = "shut-down", "责令关闭"
    CLOSED_AS_UNLICENSED = "closed-as-unlicensed", "擅自经营被依法取缔"
    REGISTRATION_CANCELLED = "registration-cancelled", "撤销登记"
    PROFESSIONAL_CERTIFICATE_REVOKED = "professional-certificate-revoked", "吊销执业证书"
    CRIMINAL_SENTENCE = "criminal-sentence", "刑事处罚"
    OCCUPATION_BAN_ORDER = "occupation-ban-order", "从业禁止决定"
    REMOVED_FROM_OFFICE = "removed-from-office", "撤职、免职、开除"
    ACCIDENT_RESPONSIBILITY = "accident-responsibility", "对生产安全事故负有责任"
    STATE_ASSET_LOSS = "state-asset-loss", "造成国有资产重大损失"
    BANKRUPTCY_RESPONSIBILITY = "bankruptcy-responsibility", "对企业破产负有个人责任"
    DEBT_UNPAID = "debt-unpaid", "个人债务到期未清偿"
    PROCUREMENT_BAN = "procurement-ban", "禁止参加政府采购活动的处罚决定"
    BIDDING_DISQUALIFIED = "bidding-disqualified", "取消投标资格的处罚决定"
    MARKET_BAN = "market-ban", "市场禁入决定"
    APPLICATION_BAN = "application-ban", "禁止申请的决定"
    RESEARCH_BAN = "research-ban", "禁止承担或参与科研项目的决定"
    EXAM_BAN = "exam-ban", "停止参加考试的决定"
    EXIT_BAN_ORDER = "exit-ban-order", "限制出境决定"
    CONSUMPTION_ORDER = "consumption-order", "限制消费令"
    TAX_ARREARS_UNSECURED = "tax-arrears-unsecured", "欠缴税款且未提供担保"
    CONSCRIPTION_REFUSAL = "conscription-refusal", "拒绝、逃避征集服现役"
    BUILDER_ARREARS = "builder-arrears", "建设单位拖欠工程款导致欠薪"
    MEDICAL_FUND_LOSS = "medical-fund-loss", "造成医疗保障基金重大损失"
    RESEARCH_MISCONDUCT = "research-misconduct", "科研诚信严重失信行为"
    TELECOM_FRAUD_FINDING = "telecom-fraud-finding", "电信网络诈骗惩戒认定"
    OVERLOAD_THRESHOLD = "overload-threshold", "违法超限运输达到次数"
    VIOLATION_FOUND = "violation-found", "查明有法律点名的违法行为"
    COMMITMENT_BREACH = "commitment-breach", "违背信用承诺"
    CLEAN_RECORD = "clean-record", "连续无不良信用记录"


ORDERS: Final = frozenset(
    {
        ActType.PROCUREMENT_BAN,
        ActType.BIDDING_DISQUALIFIED,
        ActType.MARKET_BAN,
        ActType.APPLICATION_BAN,
        ActType.RESEARCH_BAN,
        ActType.EXAM_BAN,
        ActType.EXIT_BAN_ORDER,
        ActType.CONSUMPTION_ORDER,
        ActType.OCCUPATION_BAN_ORDER,
    }
)
"""Acts that are individual decisions imposing the very measure (个案决定)."""


class Event(Term):
    """A day from which a term bites or runs, or at which it ends (期限起止事件)."""

    DECISION_MADE = "decision-made", "作出决定之日"
    SERVED = "served", "送达之日"
    EFFECTIVE = "effective", "生效之日"
    LICENCE_REVOKED = "licence-revoked", "许可证件被吊销之日"
    LICENCE_CANCELLED = "licence-cancelled", "许可被撤销之日"
    BUSINESS_LICENCE_REVOKED = "business-licence-revoked", "被吊销营业执照之日"
    SENTENCE_FINAL = "sentence-final", "判决生效之日"
    SENTENCE_SERVED = "sentence-served", "刑罚执行完毕之日"
    PROBATION_ENDED = "probation-ended", "缓刑考验期满之日"
    REMOVED_FROM_OFFICE = "removed-from-office", "受撤职处分之日"
    LIQUIDATION_COMPLETED = "liquidation-completed", "清算完结之日"
    BANKRUPTCY_CLOSED = "bankruptcy-closed", "破产清算终结之日"
    REGISTRATION_CANCELLED = "registration-cancelled", "登记被撤销之日"
    VIOLATION_ENDED = "violation-ended", "失信行为终止之日"
    UNSTATED = "unstated", "法条未载明"


class Crime(Term):
    """The group of charges a law asks for (罪名类别)."""

    ECONOMIC = "economic", "贪污贿赂、侵占、挪用或破坏市场经济秩序犯罪"
    FOOD_SAFETY = "food-safety", "食品安全犯罪"
    DRUG_SAFETY = "drug-safety", "药品安全犯罪"
    WORK_SAFETY = "work-safety", "安全生产犯罪"
    BRIBERY = "bribery", "贿赂犯罪"
    OCCUPATIONAL = "occupational", "利用职业便利的犯罪"
    BORDER = "border", "妨害国（边）境管理犯罪"
    PUBLIC_ORDER = "public-order", "危害国家安全、公共安全或者妨害社会管理秩序犯罪"
    DERELICTION = "dereliction", "渎职犯罪"
    PROPERTY = "property", "侵犯财产犯罪"
    OTHER = "other", "其他犯罪"


class Punishment(Term):
    """How heavy a punishment is, lightest first (刑罚种类)."""

    EXEMPTED = "exempted", "免予刑事处罚"
    FINE = "fine", "罚金"
    CONTROL = "control", "管制"
    DETENTION = "detention", "拘役"
    FIXED_TERM = "fixed-term", "有期徒刑"
    LIFE = "life", "无期徒刑"
    DEATH = "death", "死刑"


class Occupation(Term):
    """A regulated occupation (职业)."""

    ACCOUNTANT = "accountant", "会计人员"
    CERTIFIED_PUBLIC_ACCOUNTANT = "certified-public-accountant", "注册会计师"
    APPRAISER = "appraiser", "评估专业人员"
    VERIFIER = "verifier", "验证机构专业人员"
    INVESTMENT_ADVISER = "investment-adviser", "投资咨询从业人员"
    LAWYER = "lawyer", "律师"
    DOCTOR = "doctor", "医师"
    TEACHER = "teacher", "教师"
    CIVIL_SERVANT = "civil-servant", "公务员"
    STATE_EXECUTIVE = "state-executive", "国有独资、国有资本控股企业董事、监事、高级管理人员"
    GUIDE = "guide", "导游"
    ARCHITECT = "architect", "注册建筑师"
    ENGINEER = "engineer", "注册工程师"
    SUPERVISOR = "supervisor", "监理工程师"
    CONSTRUCTOR = "constructor", "注册建造师"
    SAFETY_ASSESSOR = "safety-assessor", "安全评价人员"
    SECURITIES = "securities", "证券业务、证券服务业务"
    SECURITIES_TRADING = "securities-trading", "在证券交易场所交易证券"
    INSURANCE = "insurance", "保险业"
    BANKING = "banking", "银行业"
    MEDICAL_SERVICE = "medical-service", "医疗卫生服务"
    CLINICAL_RESEARCH = "clinical-research", "医学临床研究"
    ETHICS_REVIEW = "ethics-review", "医学伦理审查"
    ORGAN_TRANSPLANT = "organ-transplant", "人体器官获取、移植"
    SOIL_SURVEY = "soil-survey", "土壤污染状况调查和风险评估等"
    CARBON = "carbon", "温室气体检验检测、年度排放报告编制和技术审核"
    SPORT = "sport", "体育管理和运动员辅助工作"
    EXPORT = "export", "出口经营"
    NURSE = "nurse", "护士"
    SEAFARER = "seafarer", "船员"
    TENDER_AGENCY = "tender-agency", "招标代理"
    CHARITY_MANAGEMENT = "charity-management", "慈善组织管理"
    ENVIRONMENTAL_ASSESSMENT = "environmental-assessment", "环境影响报告书、环境影响报告表编制"
    DISCHARGE_PERMIT_SERVICE = "discharge-permit-service", "排污许可技术服务"
    BIOTECHNOLOGY = "biotechnology", "生物技术研究、开发与应用"
    FUTURES = "futures", "期货交易、期货业务"
    FIRE_SERVICE = "fire-service", "消防技术服务"
    SCHOOL_MANAGEMENT = "school-management", "学校管理事务"
    SCHOOL_FOUNDER = "school-founder", "民办学校举办者、实际控制人和决策机构、监督机构组成人员"
    SCHOOL_HEAD = "school-head", "民办学校决策机构负责人、校长"
    CULTURAL_RELICS = "cultural-relics", "文物管理和文物经营"
    STATISTICIAN = "statistician", "统计从业人员"
    TAX_ADVISER = "tax-adviser", "税务师"
    AUDITOR = "auditor", "审计人员"
    CERTIFIER = "certifier", "认证和检验检测从业人员"
    PATENT_AGENT = "patent-agent", "专利服务从业人员"
    RESEARCHER = "researcher", "科研人员"
    JOURNALIST = "journalist", "新闻媒体从业人员"
    PROJECT_MANAGER = "project-manager", "项目经理"
    VETERINARIAN = "veterinarian", "执业兽医"
    COMPANY_HEAD = "company-head", "企业法定代表人"
    OTHER = "other", "其他职业"
