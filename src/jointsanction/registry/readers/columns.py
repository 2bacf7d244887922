"""The columns of a list file (名单文件的列): what each is called in the report."""

from __future__ import annotations

from typing import Final

COLUMNS: Final[dict[str, str]] = {
    "list": "名单",
    "subject_kind": "主体类别",
    "name": "名称",
    "uscc": "统一社会信用代码",
    "resident_id": "公民身份号码",
    "other_id": "其他证件号码",
    "announced_on": "事前告知日期",
    "listed_on": "列入日期",
    "valid_to": "有效期止",
    "removed_on": "移出日期",
    "removal_reason": "移出原因",
    "instrument_no": "文书文号",
    "instrument_date": "文书日期",
    "designating_authority": "认定单位",
    "region": "行政区划",
    "severity": "失信程度",
    "field": "领域",
    "ground": "特定事由",
    "size": "企业规模",
    "grade": "信用等级",
    "related": "关联方",
    "source": "数据来源",
    "former_names": "曾用名",
    "identifier": "证件号码",
    "unit_identifier": "单位证件号码",
    "tax_no": "纳税人识别号",
    "legal_representative": "法定代表人姓名",
    "legal_representative_id": "法定代表人证件号码",
}
"""Canonical columns and their titles. The last five are for files that don't say which number or whose it is."""

NUMBER_COLUMNS: Final[tuple[str, ...]] = ("uscc", "resident_id", "other_id", "identifier", "unit_identifier", "tax_no")

SEVERAL_ALLOWED: Final = frozenset({"other_id", "identifier", "unit_identifier", "tax_no"})
"""Columns that several headers of one file may fill; the first that says something counts."""


def title_of(column: str) -> str:
    """Return the title of a column, of an unknown one its own header."""
    return COLUMNS.get(column, column)
