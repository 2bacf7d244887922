"""What sort of file it is (文件格式), told by what is in it and not by its name."""

from __future__ import annotations

import re
from typing import Final

from jointsanction.errors import RegistryError

_FOREIGN: Final = (
    (b"%PDF", "PDF 文件"),
    (b"Rar!\x1a\x07", "RAR 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"{\\rtf", "RTF 文档"),
    (b"MIME-Version:", "单个文件网页（.mht）"),
)
_PAGE: Final = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|table|thead|tr|div|style)[\s>/]", re.IGNORECASE)
_EXCEL_XML: Final = "urn:schemas-microsoft-com:office:spreadsheet"
_LOOKED_AT: Final = 4096

TITLES: Final = {
    "csv": "CSV",
    "ftm": "FollowTheMoney 实体（JSONL）",
    "html": "网页表格（HTML）",
    "json": "JSON",
    "jsonl": "JSONL",
    "xls": "Excel 工作簿（.xls）",
    "xlsx": "Excel 工作簿（.xlsx）",
    "xml": "XML",
}
"""Formats and what people call them."""

_ENDINGS: Final = {
    ".csv": ("csv",),
    ".htm": ("html",),
    ".html": ("html",),
    ".json": ("ftm", "json", "jsonl"),
    ".jsonl": ("ftm", "json", "jsonl"),
    ".xls": ("xls",),
    ".xlsm": ("xlsx",),
    ".xlsx": ("xlsx",),
    ".xml": ("xml",),
}
"""Formats that may stand behind the ending of a file's name without surprising anybody."""


def workbook_format(raw: bytes) -> str | None:
    """Return `xlsx` or `xls` for a container of that kind, None for what should be text.

    Raises:
        RegistryError: `registry.empty`, `registry.format`.
    """
    if not raw.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise RegistryError("registry.empty", "文件是空的。", "请确认下载或导出是否完整；声明空名单请保留表头行。")
    if raw.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "xlsx"
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        return "xls"
    for magic, name in _FOREIGN:
        if raw.startswith(magic):
            raise _not_ours(name)
    return None


def format_of(text: str) -> str:
    """Return the format of a text: `json`, `jsonl`, `html`, `xml` or `csv` (文件格式).

    Raises:
        RegistryError: `registry.format`.
    """
    start = text.lstrip()
    if start.startswith("<"):
        beginning = start[:_LOOKED_AT]
        if _EXCEL_XML in beginning and "<html" not in beginning.lower():
            raise _not_ours("“XML 电子表格 2003”")
        return "xml" if _PAGE.search(beginning) is None else "html"
    if start.startswith("["):
        return "json"
    if not start.startswith("{"):
        return "csv"
    first, _, rest = start.partition("\n")
    return "jsonl" if first.rstrip().endswith("}") and rest.lstrip().startswith("{") else "json"


def is_disguised(ending: str, form: str) -> bool:
    """Tell whether a file's name promises another format than it holds."""
    return form not in _ENDINGS.get(ending.lower(), (form,))


def _not_ours(name: str) -> RegistryError:
    message = f"文件内容是{name}，不能导入。"
    return RegistryError("registry.format", message, "请用电子表格打开或录入，另存为 .xlsx 或“CSV UTF-8”后导入。")
