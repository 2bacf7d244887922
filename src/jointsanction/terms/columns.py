"""Words for the files that lists come in (名单文件): what a column says, and whether a row still holds."""

from __future__ import annotations

from typing import Final

from jointsanction.terms.term import Term


class Column(Term):
    """What a column of a list file says (名单文件的列)."""

    LIST = "list", "名单"
    LIST_KIND = "list_kind", "名单性质"
    SUBJECT_KIND = "subject_kind", "主体类别"
    NAME = "name", "名称"
    USCC = "uscc", "统一社会信用代码"
    RESIDENT_ID = "resident_id", "公民身份号码"
    OTHER_ID = "other_id", "其他证件号码"
    ANNOUNCED_ON = "announced_on", "事前告知日期"
    LISTED_ON = "listed_on", "列入日期"
    VALID_TO = "valid_to", "有效期止"
    REMOVED_ON = "removed_on", "移出日期"
    CORRECTED_ON = "corrected_on", "改正日期"
    REMOVAL_REASON = "removal_reason", "移出原因"
    REMOVAL_AUTHORITY = "removal_authority", "移出决定机关"
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
    FORMER_NAMES = "former_names", "曾用名"
    IDENTIFIER = "identifier", "证件号码"
    UNIT_IDENTIFIER = "unit_identifier", "单位证件号码"
    TAX_NO = "tax_no", "纳税人识别号"
    LEGAL_REPRESENTATIVE = "legal_representative", "法定代表人姓名"
    LEGAL_REPRESENTATIVE_ID = "legal_representative_id", "法定代表人证件号码"
    PRINCIPAL = "principal", "主要负责人姓名"
    PRINCIPAL_ID = "principal_id", "主要负责人证件号码"
    DIRECTLY_RESPONSIBLE = "directly_responsible", "直接责任人姓名"
    DIRECTLY_RESPONSIBLE_ID = "directly_responsible_id", "直接责任人证件号码"
    STATUS = "status", "记录状态"
    STATUS_ON = "status_on", "记录状态日期"
    ASSESSED_YEAR = "assessed_year", "评价年度"
    OPERATION = "operation", "增量操作"


NUMBER_COLUMNS: Final[tuple[Column, ...]] = (
    Column.USCC, Column.RESIDENT_ID, Column.OTHER_ID, Column.IDENTIFIER, Column.UNIT_IDENTIFIER, Column.TAX_NO,
)  # fmt: skip
"""The columns that hold a number of the subject; the last three don't say which number it is."""


class RowStatus(Term):
    """Whether a row of a file still holds (记录状态)."""

    IN_FORCE = "in-force", "有效"
    REVOKED = "revoked", "撤销"
    ENDED = "ended", "失效"
    NOTED = "noted", "异议或者其他"


class Operation(Term):
    """What a row of a delta does to a record (增量操作). None of them deletes: an end is one more thing known."""

    ADD = "add", "新增"
    MOD = "mod", "变更"
    DEL = "del", "移出"
