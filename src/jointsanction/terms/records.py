"""Words for lists and the rows on them (名单、记录)."""

from __future__ import annotations

from jointsanction.terms.term import Term


class ListKind(Term):
    """What sort of list it is (名单类型)."""

    RED = "red", "红名单（守信激励对象）"
    BLACK = "black", "严重失信主体名单（黑名单）"
    WATCH = "watch", "重点关注名单"
    INDEPENDENT = "independent", "独立管理名单"
    RECORD = "record", "失信记录（不是名单）"
    PUBLICATION = "publication", "公示信息（不是名单，也不是失信记录）"
    RATING = "rating", "信用评价结果（不是名单，也不是失信记录）"


class ExitBy(Term):
    """How a listing ends when no date says so (退出方式)."""

    NOTICE = "notice", "依移出决定"
    DISAPPEARANCE = "disappearance", "不再出现即退出"


class Disclosure(Term):
    """Who may see the rows of a list (公开属性)."""

    PUBLIC = "public", "公开"
    ON_REQUEST = "on-request", "依申请公开"
    GOVERNMENT = "government", "政务共享"
    CLOSED = "closed", "不公开"


class Audience(Term):
    """To whom an answer is given (提供对象)."""

    AUTHORITY = "authority", "其他机关"
    SUBJECT = "subject", "本人（本单位）"
    ANYBODY = "anybody", "社会公众"


class Severity(Term):
    """How serious a dishonest act is (失信程度)."""

    MINOR = "minor", "轻微"
    GENERAL = "general", "一般"
    SERIOUS = "serious", "严重"


class Field(Term):
    """The trade or field of a fact, a listing or a matter (领域)."""

    FOOD = "food", "食品"
    DRUG = "drug", "药品"
    DEVICE = "device", "医疗器械"
    COSMETIC = "cosmetic", "化妆品"
    SAFETY = "safety", "安全生产"
    ENVIRONMENT = "environment", "生态环境"
    CONSTRUCTION = "construction", "工程建设"
    TRANSPORT = "transport", "交通运输"
    TAX = "tax", "税收"
    LABOUR = "labour", "劳动用工"
    FINANCE = "finance", "金融"
    PUBLISHING = "publishing", "出版"
    PRINTING = "printing", "印刷"
    AUDIOVISUAL = "audiovisual", "音像制品"
    CULTURE = "culture", "文化旅游"
    FILM = "film", "电影"
    EDUCATION = "education", "教育"
    HEALTH = "health", "医疗卫生"
    SCIENCE = "science", "科研"
    CUSTOMS = "customs", "海关"
    STATISTICS = "statistics", "统计"
    IP = "ip", "知识产权"
    AGRICULTURE = "agriculture", "农业"
    ENERGY = "energy", "能源"
    MINING = "mining", "矿业"
    OTHER = "other", "其他"


class Ground(Term):
    """The particular ground a law asks for (特定事由)."""

    LARGE_PERSONAL_DEBT = "large-personal-debt", "个人所负数额较大债务到期未清偿"
    ACCOUNTING_SERIOUS = "accounting-serious", "会计违法情节严重"
    ACCOUNTING_FALSIFIED = "accounting-falsified", "伪造、变造、隐匿、故意销毁会计资料或者编制虚假财务会计报告"
    SAFETY_ACCIDENT = "safety-accident", "生产安全事故责任"
    MAJOR_ACCIDENT = "major-accident", "重大、特别重大生产安全事故责任"
    SAFETY_DUTY = "safety-duty", "未履行安全生产管理职责"
    DISCLOSURE_UNFULFILLED = "disclosure-unfulfilled", "满三年未履行信息公示义务"
    FOOD_CRIME = "food-crime", "食品安全犯罪"
    ECONOMIC_CRIME = "economic-crime", "经济犯罪"
    FRAUD = "fraud", "弄虚作假"
    BID_COLLUSION = "bid-collusion", "串通投标或者以行贿谋取中标"
    CONTRACT_UNPERFORMED = "contract-unperformed", "中标后不按照合同履行义务"
    QUALITY_ACCIDENT = "quality-accident", "因过错造成建设工程重大质量事故"
    SAFETY_CLOSURE = "safety-closure", "因安全生产违法被依法关闭"
    ANIMAL_EPIDEMIC = "animal-epidemic", "屠宰、经营、运输禁止的动物或者生产、经营、加工、贮藏、运输禁止的动物产品"
    PESTICIDE = "pesticide", "无证生产、经营农药或者农药许可证件被吊销"
    CRITICAL_INFRASTRUCTURE = "critical-infrastructure", "危害关键信息基础设施安全"
    NETWORK_SECURITY = "network-security", "从事危害网络安全的活动"
    EXPORT_CONTROL = "export-control", "出口管制违法"
    END_USE = "end-use", "违反最终用户和最终用途承诺"
    DOPING_ORGANISED = "doping-organised", "组织、强迫、欺骗、教唆、引诱运动员使用兴奋剂"
    DOPING_SUPPLIED = "doping-supplied", "向运动员提供兴奋剂、协助使用或者影响采样结果"
    DOPING_HELD = "doping-held", "非法持有兴奋剂情节严重"
    DOPING_DUTY = "doping-duty", "未履行其他反兴奋剂义务造成严重后果"
    PERMIT_FORGED = "permit-forged", "伪造、变造、转让许可证件"
    UNLICENSED = "unlicensed", "未经许可从事应当许可的活动"
    MANDATORY_STANDARD = "mandatory-standard", "未执行工程建设、建筑节能强制性标准"
    OCEAN_DUMPING = "ocean-dumping", "两年内三次以上因违法倾倒、焚烧、处置受罚或者未按倾倒许可证的规定倾倒"
    FLIGHT_RULES = "flight-rules", "违反无人驾驶航空器飞行规范、避让规则"
    MINORS_ONLINE = "minors-online", "违反未成年人网络保护规定"
    EIA_QUALITY = "eia-quality", "环境影响报告书、环境影响报告表存在严重质量问题"
    FILM_FESTIVAL = "film-festival", "擅自举办涉外电影节（展）或者擅自提供电影片参加电影节（展）"
    FILM_UNLICENSED = "film-unlicensed", "擅自从事电影片的制片、进口、发行业务"
    HIT_AND_RUN = "hit-and-run", "发生交通事故后逃逸"
    FORBIDDEN_PERFORMANCE = "forbidden-performance", "营业性演出含有禁止情形"
    OTHER = "other", "其他"


class Size(Term):
    """How large an enterprise is (企业规模)."""

    LARGE = "large", "大型"
    MEDIUM = "medium", "中型"
    SMALL = "small", "小型"
    MICRO = "micro", "微型"


class GradeLevel(Term):
    """The four levels of the plans (信用等级)."""

    TRUSTWORTHY = "trustworthy", "守信"
    GENERAL_DISHONESTY = "general-dishonesty", "一般失信"
    SERIOUS_DISHONESTY = "serious-dishonesty", "严重违法失信"
    BLACKLISTED = "blacklisted", "黑名单"
