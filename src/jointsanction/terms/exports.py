"""Words for what leaves this store for another system (数据上报、共享)."""

from __future__ import annotations

from jointsanction.terms.term import Term


class ExportColumn(Term):
    """What a column of an exported file can say (上报文件的列)."""

    OPERATION = "operation", "增量操作"
    LIST = "list", "名单"
    LIST_TITLE = "list_title", "名单全称"
    LIST_KIND = "list_kind", "名单性质"
    SUBJECT_KIND = "subject_kind", "主体类别"
    NAME = "name", "名称"
    FORMER_NAMES = "former_names", "曾用名"
    USCC = "uscc", "统一社会信用代码"
    RESIDENT_ID = "resident_id", "公民身份号码"
    OTHER_ID = "other_id", "其他证件号码"
    IDENTIFIER = "identifier", "证件号码"
    ANNOUNCED_ON = "announced_on", "事前告知日期"
    LISTED_ON = "listed_on", "列入日期"
    VALID_TO = "valid_to", "有效期止"
    REMOVED_ON = "removed_on", "移出日期"
    REMOVAL_REASON = "removal_reason", "移出原因"
    REMOVAL_AUTHORITY = "removal_authority", "移出决定机关"
    CORRECTED_ON = "corrected_on", "改正日期"
    INSTRUMENT_NO = "instrument_no", "文书文号"
    INSTRUMENT_DATE = "instrument_date", "文书日期"
    DESIGNATING_AUTHORITY = "designating_authority", "认定单位"
    PUBLISHED_ON = "published_on", "公布日期"
    PUBLISHING_AUTHORITY = "publishing_authority", "公布单位"
    REGION = "region", "行政区划"
    SEVERITY = "severity", "失信程度"
    FIELD = "field", "领域"
    GROUND = "ground", "特定事由"
    SIZE = "size", "企业规模"
    SUBJECT_STATUS = "subject_status", "登记状态"
    GRADE = "grade", "信用等级"
    RELATED = "related", "关联方"
    SOURCE = "source", "数据来源"
    MISSING_SINCE = "missing_since", "最新一期未见之日"
    PROVIDER = "provider", "提供单位"
    BATCH = "batch", "批次"
    ROW = "row", "行号"
    RECORD = "record", "记录标识"


class DateForm(Term):
    """How dates are written in an exported file (日期写法)."""

    DASHED = "dashed", "短横线（2024-06-01）"
    PLAIN = "plain", "八位数字（20240601）"
    CHINESE = "chinese", "年月日（2024年6月1日）"


class TextEncoding(Term):
    """How the text of an exported file is encoded (文件编码)."""

    UTF_8 = "utf-8", "UTF-8 编码"
    UTF_8_SIG = "utf-8-sig", "带标记（BOM）的 UTF-8 编码，表格软件能认出"
    GB18030 = "gb18030", "国标 GB 18030 编码"


class CaseColumn(Term):
    """What a column of an exported case can say (案例上报文件的列)."""

    NUMBER = "number", "反馈编号"
    CHECK = "check", "核查编号"
    RECEIPT = "receipt", "核查凭证"
    CASE_NO = "case_no", "案号"
    MATTER = "matter", "事项"
    MATTER_TITLE = "matter_title", "事项名称"
    REGION = "region", "行政区划"
    UNIT = "unit", "报送单位"
    SUBJECT_KIND = "subject_kind", "主体类别"
    NAME = "name", "名称"
    IDENTIFIER = "identifier", "证件号码"
    LIST = "list", "名单"
    LIST_TITLE = "list_title", "名单全称"
    LIST_KIND = "list_kind", "名单性质"
    INSTRUMENT_NO = "instrument_no", "文书文号"
    LISTED_ON = "listed_on", "列入日期"
    MEASURE = "measure", "措施"
    MEASURE_TITLE = "measure_title", "措施名称"
    EFFECT = "effect", "措施方向"
    DEGREE = "degree", "尺度"
    BASIS = "basis", "依据"
    HANDLING = "handling", "处理方式"
    RESULT = "result", "处理结果"
    AMOUNT = "amount", "金额"
    DONE_ON = "done_on", "处理日期"
    DEPARTMENT = "department", "实施部门"
    OFFICER = "officer", "经办人"
    CHECKED_ON = "checked_on", "核查日期"
    TOLD_ON = "told_on", "反馈日期"
    ON_TIME = "on_time", "按期反馈"
    TYPICAL = "typical", "典型案例"
    QUALIFIED = "qualified", "案例是否合格"
    FAULTS = "faults", "不合格原因"
