"""三清单 out and in again: not a field, not a letter is lost."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jointsanction.catalog.bundle import catalog_version, default_catalog
from jointsanction.catalog.canonical.form import formatted
from jointsanction.catalog.draft.drafts import draft
from jointsanction.catalog.draft.rows import COLUMNS, Source, read_rows
from jointsanction.catalog.load import load_catalog, load_over
from jointsanction.catalog.sheets.cells import labels
from jointsanction.catalog.sheets.five import five_columns
from jointsanction.catalog.sheets.plan import SHEETS, plans
from jointsanction.catalog.sheets.read import read_sheets
from jointsanction.catalog.sheets.write import sheet_rows
from jointsanction.catalog.sheets.yaml_files import yaml_files
from jointsanction.cli.sheet_files import csv_bytes, sheets_of, xlsx_bytes
from jointsanction.model.catalogue import Catalog
from jointsanction.terms import Effect

if TYPE_CHECKING:
    from jointsanction.catalog.sheets.read import SheetEntries

ROOT = Path(__file__).parents[3]
WORLD = Path(__file__).parents[1] / "world"
PACKS = ROOT / "samples" / "packs"


@cache
def shipped() -> Catalog:
    """Return the shipped catalogue."""
    return default_catalog()


def tables(catalog: Catalog) -> dict[str, list[list[str]]]:
    """Return a whole catalogue as rows of sheets."""
    return sheet_rows({section: list(getattr(catalog, section).values()) for section in SHEETS})


def laid_out(found: SheetEntries, folder: Path) -> Path:
    """Write what was read as the files of a root."""
    values = {section: [e.value for e in found.entries if e.section == section and e.value] for section in SHEETS}
    for name, text in yaml_files(values).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_shipped_catalogue_survives_its_sheets(form: str, tmp_path: Path) -> None:
    """Every entry is equal, and so is the version, which is the hash of all that was loaded."""
    catalog = shipped()
    path = tmp_path / ("all.xlsx" if form == "xlsx" else "all")
    if form == "xlsx":
        path.write_bytes(xlsx_bytes(tables(catalog)))
    else:
        path.mkdir()
        for title, rows in tables(catalog).items():
            (path / f"{title}.csv").write_bytes(csv_bytes(rows))
    again = load_catalog([laid_out(read_sheets(str(path), sheets_of(path), Catalog()), tmp_path / "root")])
    for section in SHEETS:
        assert getattr(again, section) == getattr(catalog, section)
    assert catalog_version(again) == catalog_version(catalog)


@pytest.mark.parametrize("pack", ["credit-agencies", "resident-points", "trust-scenes", "power-list"])
def test_a_pack_survives_its_sheets(pack: str, tmp_path: Path) -> None:
    """Local folders, own lists, grants, departments: laid over the shipped catalogue they say the same."""
    catalog = load_over(shipped(), [PACKS / pack])
    own = {
        section: [value for name, value in getattr(catalog, section).items() if name not in getattr(shipped(), section)]
        for section in SHEETS
    }
    path = tmp_path / "pack.xlsx"
    path.write_bytes(xlsx_bytes(sheet_rows(own)))
    root = laid_out(read_sheets(str(path), sheets_of(path), shipped()), tmp_path / pack)
    assert load_over(shipped(), [root]) == catalog
    # What comes out of a spreadsheet has the one form of all files.
    assert [file for file in root.rglob("*.yaml") if formatted(raw := file.read_bytes(), file) != raw.decode()] == []


def test_odd_texts_survive(tmp_path: Path) -> None:
    """Quotes, formulas, line breaks, spaces, words that YAML or a spreadsheet takes for something else."""
    catalog = load_catalog([WORLD])
    measure = catalog.measures["refuse-trade"]
    texts = [
        "=1+1", "'=1", '"', "null", "~", "true", "no", "2020-01-01", "00123", "1e5", "（空）", " 前后 ", "甲\n乙",
        "a: b # c", "_x000D_", "\x0b", "\u2028", "\u00a0", "[1]", "{a: b}", "- 甲", "\U0001f600", "\U000e0001", "@甲",
        "是", "否", "TODO甲", "｜", "\t",
    ]  # fmt: skip
    odd = {
        f"odd-{number}": measure.model_copy(
            update={
                "id": f"odd-{number}",
                "duty": f"甲{text}" if not text.strip() else text,
                "note": f"甲{text}乙",
                "implementing_authority": (f"甲{text}", text if text.strip() else "乙", "丙"),
                "targets": measure.targets.model_copy(update={"where": None}),
            }
        )
        for number, text in enumerate(texts)
    }
    catalog = catalog.model_copy(update={"measures": {**catalog.measures, **odd}})
    for path in (tmp_path / "odd.xlsx", tmp_path / "odd"):
        if path.suffix:
            path.write_bytes(xlsx_bytes(tables(catalog)))
        else:
            path.mkdir()
            for title, rows in tables(catalog).items():
                (path / f"{title}.csv").write_bytes(csv_bytes(rows))
        root = laid_out(read_sheets(str(path), sheets_of(path), Catalog()), tmp_path / f"root-{path.suffix}")
        again = load_catalog([root])
        for name, value in odd.items():
            assert again.measures[name] == value
        assert catalog_version(again) == catalog_version(catalog)


def test_every_field_of_every_entry_has_its_column() -> None:
    """Heads are Chinese and none stands twice on a sheet, nor do two words of one place look the same."""
    for plan in plans():
        heads = [column.head for column in plan.columns]
        assert len(set(heads)) == len(heads)
        assert all(any("一" <= sign <= "鿿" for sign in head) for head in heads)
        assert len(plan.title) <= 31
        for column in plan.columns:
            said = labels(column.shape.items or column.shape)
            assert len(set(said.values())) == len(said)
    titles = [plan.title for plan in plans()]
    assert len(set(titles)) == len(titles)
    assert {"对象清单", "措施清单", "事项清单", "依据文件", "部门", "科室", "权责清单"} <= set(titles)


def test_five_columns_are_drafted_from_as_they_are() -> None:
    """What `catalog draft` reads are the very cells, and instruments, places and authorities are known again."""
    catalog = shipped()
    for effect, (title, rows) in zip(Effect, five_columns(catalog.measures.values(), catalog).items(), strict=True):
        assert tuple(rows[0]) == COLUMNS[effect]
        source = Source(title, rows[0], list(enumerate(rows[1:], 2)))
        table = read_rows(source)
        assert [list(row[1:6]) for row in table.rows] == rows[1:]
        assert table.effect is effect
        drafts = draft(table, catalog)
        assert (drafts.measures, drafts.instruments) == (len(rows) - 1, 0)
        kept = [measure for measure in catalog.measures.values() if measure.effect is effect]
        for row, measure in zip(table.rows, kept, strict=True):
            text = drafts.files[f"measures/{effect}/TODO-{row.number:03}.yaml"]
            assert measure.item is None or f"\nitem: {measure.item}\n" in text
            for basis in measure.basis:
                assert f"instrument: {basis.instrument}" in text or "请选定" in text
