"""The catalogue as sheets and back (三清单): which entries, in which form, written all or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jointsanction.catalog.load import load_with_sources
from jointsanction.catalog.sheets.five import five_columns
from jointsanction.catalog.sheets.plan import SHEETS
from jointsanction.catalog.sheets.read import read_sheets
from jointsanction.catalog.sheets.write import sheet_rows
from jointsanction.catalog.sheets.yaml_files import yaml_files
from jointsanction.cli.new_files import write_new
from jointsanction.cli.screen import show
from jointsanction.cli.sheet_files import csv_bytes, sheets_of, xlsx_bytes
from jointsanction.engine import open_catalog
from jointsanction.errors import QuestionError
from jointsanction.telling.page import Block, Headline, Line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pydantic import BaseModel

    from jointsanction.catalog.files import Section
    from jointsanction.catalog.sheets.read import SheetEntries
    from jointsanction.model.catalogue import Catalog
    from jointsanction.telling.page import Part

_FORMS: Final = ("lists", "five")


def export_sheets(path: Path, form: str, catalogues: Sequence[Path]) -> None:
    """Write the shipped catalogue, or the entries of the given roots, as sheets (导出三清单).

    Raises:
        QuestionError: `catalog.export_form`, `catalog.export_format`, `catalog.cell_too_long`,
            `catalog.output_exists`, `question.output`.
        CatalogError: what the roots themselves have wrong.
    """
    if form not in _FORMS:
        raise QuestionError("catalog.export_form", f"没有名为“{form}”的格式。", f"可用的有：{'、'.join(_FORMS)}。")
    catalog, entries = _entries(catalogues)
    if form == "five":
        measures = [catalog.measures[getattr(one, "id", "")] for one in entries["measures"]]
        tables = five_columns(measures, catalog)
    else:
        tables = sheet_rows(entries)
    write_new(_files(path, tables))
    rows = "，".join(f"{title} {len(table) - 1}" for title, table in tables.items() if len(table) > 1)
    if form == "five":
        step = f"改过之后用 jointsanction catalog draft {path} --out DIR --sheet 工作表 起草。"
    else:
        step = f"改过之后用 jointsanction catalog import {path} --out DIR 写成目录文件。"
    show([Headline(f"已导出 {path}"), Block("行数", (Line("", rows),)), Block("下一步", (Line("", step),))])


def _entries(catalogues: Sequence[Path]) -> tuple[Catalog, Mapping[Section, list[BaseModel]]]:
    """Return the catalogue, and of it what is to be written: all that ships, or what stands in the given roots."""
    catalog = open_catalog()
    if not catalogues:
        return catalog, {section: list(getattr(catalog, section).values()) for section in SHEETS}
    loaded = load_with_sources(catalogues, base=catalog)
    kept: dict[Section, list[BaseModel]] = {section: [] for section in SHEETS}
    for section, name in sorted(loaded.sources):
        kept[section].append(getattr(loaded.catalog, section)[name])
    return loaded.catalog, kept


def _files(path: Path, tables: Mapping[str, Sequence[Sequence[str]]]) -> dict[Path, bytes]:
    if path.suffix.lower() == ".xlsx":
        return {path: xlsx_bytes(tables)}
    if path.suffix:
        raise QuestionError("catalog.export_format", f"不能写成“{path.name}”。", "请写 .xlsx，或者没有后缀的文件夹。")
    return {path / f"{title}.csv": csv_bytes(rows) for title, rows in tables.items()}


def import_sheets(path: Path, out: Path, catalogues: Sequence[Path]) -> None:
    """Write the files of the entries a workbook holds (导入三清单).

    Raises:
        RegistryError: what is wrong with the file as a whole.
        CatalogError: everything wrong in it, by sheet, row and column; nothing is written then.
        QuestionError: `catalog.output_exists`, `question.output`.
    """
    base = open_catalog(catalogues)
    found = read_sheets(str(path), sheets_of(path), base)
    values: dict[Section, list[BaseModel]] = {
        section: [entry.value for entry in found.entries if entry.section == section and entry.value is not None]
        for section in SHEETS
    }
    write_new({out / name: text.encode() for name, text in yaml_files(values).items()})
    counted = "，".join(f"{SHEETS[section]} {len(kept)}" for section, kept in values.items() if kept)
    parts: list[Part] = [Headline(f"写出 {len(found.entries)} 条：{out}"), Block("条数", (Line("", counted),))]
    notes = tuple(Line("", note) for note in _notes(found, base))
    if notes:
        parts.append(Block("提示", notes))
    show(parts)


def _notes(found: SheetEntries, base: Catalog) -> list[str]:
    notes = [f"未读取的工作表：{title}" for title in found.unread]
    taken = sum(
        entry.id in getattr(base, entry.section) and not getattr(entry.value, "overrides", False)
        for entry in found.entries
    )
    if taken:
        notes.append(f"其中 {taken} 条的代码下层目录已有：单独成套可以照用，叠加在它上面的须写 overrides: true。")
    return notes
