"""From a table of measures to drafts (起草措施): the template, reading the table, writing all files or none."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from jointsanction.catalog.draft.drafts import draft
from jointsanction.catalog.draft.rows import COLUMNS, Source, is_column, read_rows
from jointsanction.cli.files import read_bytes
from jointsanction.cli.new_files import write_new
from jointsanction.cli.screen import show
from jointsanction.engine import open_catalog
from jointsanction.errors import CatalogError, Problem, QuestionError, RegistryError
from jointsanction.registry.readers.tables.containers import open_file
from jointsanction.telling.page import Block, Headline, Line
from jointsanction.terms import Effect
from jointsanction.terms.words import word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from jointsanction.catalog.draft.drafts import Drafts
    from jointsanction.catalog.draft.rows import MeasureTable
    from jointsanction.registry.readers.tables.containers import Opened
    from jointsanction.telling.page import Part

_EXAMPLES: Final[Mapping[Effect, tuple[str, ...]]] = {
    Effect.RESTRICTION: (
        "限制市场或行业准入",
        "不得参加本市依法必须招标项目的投标（虚构，仅作示例）",
        "失信被执行人",
        "《示例市公共资源交易条例（虚构，仅作示例）》第十二条第一款",
        "招标人、招标代理机构",
    ),
    Effect.INCENTIVE: (
        "优先办理",
        "办理行政许可时优先受理（虚构，仅作示例）",
        "纳税信用A级纳税人",
        "《示例市社会信用条例（虚构，仅作示例）》第二十条",
        "行政许可机关",
    ),
}
_WIDTHS: Final = (24, 48, 32, 60, 32)


def write_template(path: Path, effect: str) -> None:
    """Write the import template of a measure list: five columns and a made-up row (措施清单模板).

    Raises:
        QuestionError: `catalog.template_format`, `catalog.output_exists`, `question.output`.
    """
    write = _TEMPLATES.get(path.suffix.lower())
    if write is None:
        raise QuestionError(
            "catalog.template_format", f"模板不能写成“{path.name}”。", "文件名请以 .csv 或 .xlsx 结尾。"
        )
    way = word(Effect, effect, "措施方向")
    write_new({path: write((COLUMNS[way], _EXAMPLES[way]))})
    hint = f"逐行填写，删去示例行，再用 jointsanction catalog draft {path} --out DIR 生成草稿。"
    show([Headline(f"已写出{way.zh}清单模板 {path}"), Block("下一步", (Line("", hint),))])


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")  # with the mark, or a spreadsheet takes it for GBK


def _xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - slow to import, and only here
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415 - the same

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "措施清单"
    for row in rows:
        sheet.append(list(row))
    for letter, column, width in zip("ABCDE", sheet.columns, _WIDTHS, strict=True):
        column[0].font = Font(bold=True)
        sheet.column_dimensions[letter].width = width
        for cell in column:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


_TEMPLATES: Final[Mapping[str, Callable[[Sequence[Sequence[str]]], bytes]]] = {".csv": _csv, ".xlsx": _xlsx}


def write_drafts(path: Path, out: Path, effect: str | None, *, sheet: str | None, catalogues: Sequence[Path]) -> None:
    """Write a draft for every row of a measure list and for every instrument it brings in (起草措施).

    Raises:
        RegistryError: what is wrong with the file as a whole.
        CatalogError: rows that can't be read, each by its number; nothing is written then.
        QuestionError: `catalog.output_exists`, `question.output`, `question.unknown_word`.
    """
    way = None if effect is None else word(Effect, effect, "措施方向")
    opened = _open(path, sheet)
    broken = tuple((problem.row, f"第 {problem.row} 行{problem.message}") for problem in opened.table.broken)
    found = opened.table
    table = read_rows(Source(str(path), found.headers, found.rows, broken, found.header_row))
    drafts = draft(table, open_catalog(catalogues), way)
    write_new({out / name: text.encode() for name, text in drafts.files.items()})
    show(_parts(drafts, table, opened, [*catalogues, out]))


def _open(path: Path, sheet: str | None) -> Opened:
    try:
        return open_file(path, read_bytes(path), is_column, sheet=sheet)
    except RegistryError as error:
        if error.code != "registry.header":
            raise
        message = "没有找到措施清单的表头；五列齐全的模板可用 jointsanction catalog template 生成。"
        raise CatalogError([Problem(str(path), 1, 1, "catalog.table_columns", message)]) from error


def _parts(drafts: Drafts, table: MeasureTable, opened: Opened, roots: Sequence[Path]) -> Iterator[Part]:
    yield Headline(
        f"写出 {drafts.measures} 条措施草稿、{drafts.instruments} 件依据文件草稿，待补 {drafts.open} 处：{roots[-1]}"
    )
    notes = [
        *(f"第 {row} 行只有第一格，作为分节标题，没有写成措施。" for row in table.headings),
        *(f"未读取的列：{header}" for header in table.unread),
        *(
            f"第 {one.row} 行{one.message}" if one.row else f"{one.column} {one.message}".lstrip()
            for one in (*opened.notes, *opened.table.notes)
        ),
    ]
    if notes:
        yield Block("提示", tuple(Line("", note) for note in notes))
    steps = (
        "逐个打开草稿，对照条文补齐 TODO；文件名和 id 改成英文编号。",
        f"jointsanction catalog lint {' '.join(f'--catalogue {root}' for root in roots)}：指出还有哪些没有补。",
    )
    yield Block("下一步", tuple(Line("", step) for step in steps))
