"""The report on paper (核查报告 PDF): one page of PDF/A-2b, its font in it, nothing fetched from anywhere."""

from __future__ import annotations

import io
import json
from datetime import datetime
from functools import cache, partial
from importlib.resources import files
from threading import Lock
from typing import TYPE_CHECKING, Final, cast

from jointsanction.errors import LoopError, MissingExtraError, QuestionError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from jointsanction.report.sheet import Sheet

FONTS: Final = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "FangSong",
    "FangSong_GB2312",
    "SimSun",
    "Microsoft YaHei",
    "PingFang SC",
    "Songti SC",
)
"""Fonts that have the characters of a report, the first that is there being used."""

_SIZES: Final = (9.5, 8.8, 8.0, 7.2, 6.5)
"""Sizes in points, tried until all stands on one page; what doesn't at the last goes on to the next page."""

_STANDARD: Final = "a-2b"


def pdf_of(sheet: Sheet, *, font_folders: Sequence[Path] = (), system_fonts: bool = True) -> bytes:
    """Return the report as PDF/A-2b (核查报告).

    `font_folders` are searched beside the fonts of the system.

    Raises:
        MissingExtraError: `report.no_typst` when the extra `report` is not installed.
        LoopError: `report.no_font` when no font with Chinese characters is there: without one they would be blank.
        QuestionError: `question.font_folder` when a folder isn't there.
    """
    for folder in font_folders:
        if not folder.is_dir():
            message = f"没有字体文件夹 {folder}，核查报告没有生成。"
            raise QuestionError("question.font_folder", message, "--fonts 写字体文件所在的文件夹；不写则用系统的字体。")
    typst = _typst(tuple(map(str, font_folders)), system=system_fonts)
    inputs = {"data": json.dumps(sheet.as_json(), ensure_ascii=False), "qr": qr_of(sheet)}
    return typst.pdf(inputs, datetime.fromisoformat(sheet.checked_at))


def qr_of(sheet: Sheet) -> str:
    """Return the QR of the verification page as SVG, empty where a report can't be verified (二维码)."""
    if not sheet.address:
        return ""
    try:
        import segno  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise _missing() from error
    written = io.BytesIO()
    segno.make(sheet.address, error="m", micro=False).save(written, kind="svg", scale=4, border=2, xmldecl=False)
    return written.getvalue().decode()


class _Typst:
    """The template made ready (排版); one report at a time."""

    def __init__(self, folders: tuple[str, ...], *, system: bool) -> None:
        import typst  # noqa: PLC0415 - an extra

        fonts = typst.Fonts(include_system_fonts=system, font_paths=list(folders))
        there = set(fonts.families())
        self._font = next((font for font in FONTS if font in there), "")
        if not self._font:
            message = "本机没有中文字体，核查报告会是空白，没有生成。"
            hint = "请安装后重试，例如 Debian：apt-get install fonts-noto-cjk；或者用 --fonts 指明字体所在的文件夹。"
            raise LoopError("report.no_font", message, hint)
        self._template = (files("jointsanction") / "report" / "sheet.typ").read_bytes()
        self._compiler = typst.Compiler(font_paths=fonts, ignore_system_fonts=True)
        self._query: Callable[..., str] = partial(typst.query, font_paths=fonts, ignore_system_fonts=True)
        self._lock = Lock()

    def pdf(self, inputs: dict[str, str], made_at: datetime) -> bytes:
        """Return what the template makes of some words, in the largest size in which all stands on one page."""
        with self._lock:
            for size in _SIZES:
                said = {**inputs, "font": self._font, "size": str(size)}
                if self._pages(said) == 1:
                    break
            # Dated by the check, not by the clock: printed again it is the same file.
            made = self._compiler.compile(
                self._template, format="pdf", sys_inputs=said, pdf_standards=[_STANDARD], timestamp=made_at
            )
            return cast("bytes", made)

    def _pages(self, said: dict[str, str]) -> int:
        # Asked of the layout alone: nothing has to be drawn to be counted.
        counted = self._query(self._template, "<pages>", field="value", one=True, sys_inputs=said)
        return int(json.loads(counted))


@cache
def _typst(folders: tuple[str, ...], *, system: bool) -> _Typst:
    """Return the template made ready; to look for the fonts of a system takes a third of a second."""
    try:
        return _Typst(folders, system=system)
    except ModuleNotFoundError as error:
        raise _missing() from error


def _missing() -> MissingExtraError:
    message = "生成核查报告需要可选组件 report。"
    return MissingExtraError("report.no_typst", message, "请安装：pip install 'jointsanction[report]'")
