"""What sort of file it is (文件格式), told by its first bytes and not by its name."""

from __future__ import annotations

from typing import Final

from jointsanction.errors import RegistryError

_FOREIGN: Final = (
    (b"PK\x03\x04", "Excel 工作簿（.xlsx）或压缩包"),
    (b"\xd0\xcf\x11\xe0", "旧版 Excel 工作簿（.xls）"),
    (b"%PDF", "PDF 文件"),
)


def refuse_foreign(raw: bytes) -> None:
    """Refuse a file that is no text at all, whatever its name says.

    Raises:
        RegistryError: `registry.empty`, `registry.format`.
    """
    if not raw.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise RegistryError("registry.empty", "文件是空的。", "请确认下载或导出是否完整；声明空名单请保留表头行。")
    for magic, name in _FOREIGN:
        if raw.startswith(magic):
            message = f"文件内容是{name}，目前只能导入 CSV、JSON、JSONL。"
            raise RegistryError("registry.format", message, "请另存为“CSV UTF-8”后重新导入。")


def format_of(text: str) -> str:
    """Return `json`, `jsonl` or `csv` (文件格式).

    Raises:
        RegistryError: `registry.format` for a web page or XML.
    """
    start = text.lstrip()
    if start.startswith("<"):
        message = "文件内容是网页或 XML（有些“.xls”其实是网页），目前只能导入 CSV、JSON、JSONL。"
        raise RegistryError("registry.format", message, "请用电子表格打开后另存为“CSV UTF-8”。")
    if start.startswith("["):
        return "json"
    if not start.startswith("{"):
        return "csv"
    first, _, rest = start.partition("\n")
    return "jsonl" if first.rstrip().endswith("}") and rest.lstrip().startswith("{") else "json"
