"""A .xlsx as a container (压缩包): what it is, and whether it is safe to unpack, seen before anything is loaded."""

from __future__ import annotations

import copy
import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from jointsanction.errors import RegistryError

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_ENTRIES: Final = 5_000
MOST_BYTES: Final = 300 << 20
"""What a workbook may unpack to; fifty thousand rows of ten columns are some 35 MB."""

MOST_TIMES: Final = 200
"""How many times its packed size a part may unpack to; sheets of one repeated word come to about a hundred."""

_SMALL: Final = 8 << 20
_CHUNK: Final = 1 << 20
_NO_SIZE: Final = 1 << 60
_ENCRYPTED: Final = 1
_UNREADABLE: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)
_KINDS: Final = (
    ("xl/workbook.bin", "Excel 二进制工作簿（.xlsb）"),
    ("word/document.xml", "Word 文档"),
    ("ppt/presentation.xml", "PowerPoint 演示文稿"),
    ("content.xml", "OpenDocument 文件（.ods）"),
)
WORKBOOK: Final = "xl/workbook.xml"


class Archive:
    """The parts of a .xlsx (工作簿各部分), each read within limits.

    Part names are as Excel writes them; some programs write backslashes or other cases.
    """

    def __init__(self, raw: bytes) -> None:
        """Open the container and refuse what is no workbook, or not safe to unpack.

        Raises:
            RegistryError: `registry.corrupt`, `registry.too_large`, `registry.password`, `registry.format`.
        """
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
        except _UNREADABLE as error:
            raise corrupt() from error
        entries = self._zip.infolist()
        self._entries = {_name(entry.filename): entry for entry in entries}
        if len(self._entries) < len(entries) <= MOST_ENTRIES:
            raise corrupt()  # of two parts of one name nobody knows which one counts
        _refuse_large(entries)
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise password()
        self._refuse_foreign()

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of all parts."""
        return tuple(self._entries)

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a part piece by piece, to its true end.

        Raises:
            RegistryError: `registry.corrupt`, `registry.too_large`.
        """
        total = 0
        for chunk in self._unpacked(name):
            total += len(chunk)
            if total > MOST_BYTES:
                raise _too_large()
            yield chunk

    def read(self, name: str) -> bytes:
        """Return a part, empty when there is none."""
        return b"".join(self.chunks(name)) if name in self._entries else b""

    def _unpacked(self, name: str) -> Iterator[bytes]:
        whole = copy.copy(self._entries[name])
        whole.file_size = _NO_SIZE  # a head that lies about the size must not hide what follows
        try:
            with self._zip.open(whole) as part:
                while chunk := part.read(_CHUNK):
                    yield chunk
        except _UNREADABLE as error:
            raise corrupt() from error

    def _refuse_foreign(self) -> None:
        if WORKBOOK in self._entries:
            return
        kind = next((title for part, title in _KINDS if part in self._entries), "压缩包，其中没有工作簿")
        hint = "压缩包请先解压；其他文件请用电子表格打开，另存为 .xlsx 后导入。"
        raise RegistryError("registry.format", f"文件内容是{kind}，不能导入。", hint)


def corrupt() -> RegistryError:
    """Return the error for a workbook that can't be read."""
    message = "工作簿已损坏，或没有下载完整，无法读取。"
    return RegistryError("registry.corrupt", message, "请重新取得文件；能用 Excel 打开的，请另存为 .xlsx 后导入。")


def password() -> RegistryError:
    """Return the error for a workbook under a password."""
    return RegistryError("registry.password", "工作簿设有打开密码，无法读取。", "请在 Excel 中取消密码后另存，再导入。")


def _name(entry: str) -> str:
    return entry.replace("\\", "/").removeprefix("/").lower()


def _refuse_large(entries: list[zipfile.ZipInfo]) -> None:
    total = sum(entry.file_size for entry in entries)
    swollen = any(entry.file_size > _SMALL and entry.file_size > entry.compress_size * MOST_TIMES for entry in entries)
    if len(entries) > MOST_ENTRIES or total > MOST_BYTES or swollen:
        raise _too_large()


def _too_large() -> RegistryError:
    message = f"工作簿解压后过大（上限 {MOST_BYTES >> 20} MB），或压缩比异常，为安全起见不予打开。"
    return RegistryError("registry.too_large", message, "请把名单拆成几个文件，或另存为“CSV UTF-8”后导入。")
