"""Writing the refused rows of a file (退回问题行): beside it, or where asked, and never over another file."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jointsanction.errors import RegistryError
from jointsanction.registry.readers.rejects.give_back import give_back
from jointsanction.telling.import_page import given_back_part
from jointsanction.telling.page import Block, Line

if TYPE_CHECKING:
    from jointsanction.registry.readers.rejects.give_back import GivenBack
    from jointsanction.registry.readers.report import ImportReport
    from jointsanction.telling.page import Part

_MARK: Final = "问题行"
_TRIES: Final = 1000


def refuse_taken(asked: Path | None) -> None:
    """Refuse to write over a file, before anything is read.

    Raises:
        RegistryError: `registry.rejects`.
    """
    if asked is not None and asked.exists():
        raise RegistryError("registry.rejects", f"退回文件 {asked} 已经存在。", "请换一个文件名，或先移走它。")


def return_rows(report: ImportReport, asked: Path | None) -> tuple[Part, ...]:
    """Write the refused rows and return where; nothing is written, or told, when there are none.

    Raises:
        RegistryError: `registry.rejects` when the file asked for can't be written, or is to be of another format.
    """
    given = give_back(report)
    if given is None:
        return ()
    if asked is None:
        return (_beside(Path(report.path), given),)
    if given.ending == ".xlsx" and asked.suffix.lower() != given.ending:
        raise RegistryError("registry.rejects", "退回的是 Excel 工作簿。", f"请让退回文件以 {given.ending} 结尾。")
    try:
        _write(asked, given.content)
    except OSError as error:
        raise RegistryError("registry.rejects", f"无法写出退回文件 {asked}。", "请核对路径和权限。") from error
    return (given_back_part(asked, given.rows),)


def _beside(source: Path, given: GivenBack) -> Part:
    for number in chain([""], (f"-{at}" for at in range(2, _TRIES))):
        file = source.with_name(f"{source.stem}.{_MARK}{number}{given.ending}")
        try:
            _write(file, given.content)
        except FileExistsError:
            continue
        except OSError:
            break
        return given_back_part(file, given.rows)
    hint = "未能写在原文件旁（没有权限或空间）；请用 --rejects 指明退回文件。"
    return Block("退回的问题行", (Line("", hint),))


def _write(file: Path, content: bytes) -> None:
    with file.open("xb") as written:
        written.write(content)
