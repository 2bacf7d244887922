"""三清单 as an office has them: out into a workbook, edited, and in again."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook

from cli_side import SAMPLES
from jointsanction.cli.sheet_files import csv_bytes, xlsx_bytes
from jointsanction.errors import QuestionError

if TYPE_CHECKING:
    from pathlib import Path

    from cli_side import Run

PACK = str(SAMPLES / "packs" / "power-list")
BANNED = ("=", "+", "-", "@")


def files(folder: Path) -> list[str]:
    """Return the files below a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_power_list_goes_out_and_comes_back(run: Run, folder: Path) -> None:
    """FEATURES 26: the list of powers and duties is imported; what is written loads and says the same."""
    ran = run("catalog", "export", "清单.xlsx", "--catalogue", PACK)
    assert (ran.code, ran.err) == (0, "")
    assert "  部门 2，科室 3，权责清单 6\n" in ran.out
    ran = run("catalog", "import", "清单.xlsx", "--out", "power-list")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "写出 2 条：power-list\n\n条数\n  部门 2\n"
    bureaus = ("example-approval-bureau", "example-trading-bureau")
    assert files(folder / "power-list") == [f"measures/departments/{name}.yaml" for name in bureaus]
    for code in ("990000-XK-001", "990000-GG-001", "example-trading-bureau"):
        there, here = (run("catalog", "explain", code, "--catalogue", root) for root in (PACK, "power-list"))
        assert (there.code, there.out) == (0, here.out)


def test_the_workbook_is_made_for_people(run: Run, folder: Path) -> None:
    """Codes stay text, empty columns too; heads and ids stay in sight; words are Chinese."""
    run("catalog", "export", "清单.xlsx", "--catalogue", PACK)
    sheet = load_workbook(folder / "清单.xlsx")["权责清单"]
    heads, first = (list(row) for row in sheet.iter_rows(max_row=2))
    assert [cell.value for cell in heads] == [
        "部门编号", "权力事项编码", "名称", "行使层级", "事项类型", "事项", "科室编号",
    ]  # fmt: skip
    assert [cell.value for cell in first][3:5] == ["市级", "行政许可"]
    assert {cell.data_type for cell in (*heads, *first)} == {"s"}
    assert sheet.freeze_panes == "B2"
    assert sheet.column_dimensions["B"].number_format == "@"


def test_a_folder_of_csv_files_does_as_well(run: Run, folder: Path) -> None:
    """Whoever has no spreadsheet program has an editor."""
    assert run("catalog", "export", "清单", "--catalogue", PACK).code == 0
    names = files(folder / "清单")
    assert {"权责清单.csv", "措施清单·法规政策依据.csv"} <= set(names)
    raw = (folder / "清单" / "部门.csv").read_bytes()
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert rows[1][0] == "example-approval-bureau"
    (folder / "清单" / "部门.csv").write_bytes(raw.decode("utf-8-sig").encode("gb18030"))
    assert run("catalog", "import", "清单", "--out", "back").code == 0
    assert len(files(folder / "back")) == 2


def test_nothing_is_written_when_a_cell_is_wrong(run: Run, folder: Path) -> None:
    """Sheet, row and column are told; what is right stays unwritten too."""
    run("catalog", "export", "清单.xlsx", "--catalogue", PACK)
    book = load_workbook(folder / "清单.xlsx")
    book["权责清单"]["F2"] = "LIC.GNE"
    book["权责清单"]["D3"] = "部级"
    book.save(folder / "清单.xlsx")
    ran = run("catalog", "import", "清单.xlsx", "--out", "back")
    assert (ran.code, ran.out) == (3, "")
    assert "清单.xlsx!权责清单:3:4: catalog.unknown_value “行使层级”栏：取值 '部级' 不在词表中" in ran.err
    book["权责清单"]["D3"] = "市级"
    book.save(folder / "清单.xlsx")
    ran = run("catalog", "import", "清单.xlsx", "--out", "back")
    assert "清单.xlsx!权责清单:2:6: catalog.unknown_matter “事项”栏：未知事项 'LIC.GNE'" in ran.err
    assert not (folder / "back").exists()


def test_what_a_spreadsheet_spoils_is_told(run: Run, folder: Path) -> None:
    """A code typed as a number beyond fifteen digits is no code any more; a formula without a value says nothing."""
    run("catalog", "export", "清单.xlsx", "--catalogue", PACK)
    book = load_workbook(folder / "清单.xlsx")
    sheet = book["权责清单"]
    sheet["B2"], sheet["C2"] = 99000012345678901, "=1+1"
    sheet["B2"].number_format = "General"
    book.save(folder / "清单.xlsx")
    ran = run("catalog", "import", "清单.xlsx", "--out", "back")
    assert "清单.xlsx!权责清单:2:2: catalog.sheet_cell “权力事项编码”栏：是数字，而且太长" in ran.err
    assert "清单.xlsx!权责清单:2:3: catalog.sheet_cell “名称”栏：是没有算出结果的公式" in ran.err


def test_the_national_list_of_five_columns(run: Run, folder: Path) -> None:
    """Restrictions on one sheet, incentives on the other; both are drafted from."""
    ran = run("catalog", "export", "五列.xlsx", "--form", "five")
    assert ran.code == 0
    assert "catalog draft 五列.xlsx" in ran.out
    book = load_workbook(folder / "五列.xlsx")
    assert book.sheetnames == ["惩戒措施清单", "激励措施清单"]
    assert book["激励措施清单"]["A1"].value == "激励措施"
    for sheet in book.sheetnames:
        ran = run("catalog", "draft", "五列.xlsx", "--out", sheet, "--sheet", sheet)
        assert (ran.code, ran.err) == (0, "")
    run("catalog", "export", "own", "--form", "five", "--catalogue", str(SAMPLES / "packs" / "credit-agencies"))
    lines = (folder / "own" / "惩戒措施清单.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "惩戒措施,惩戒内容,惩戒对象,法规政策依据,实施主体"
    assert any("《虚构市信用服务机构管理条例（示例）》第十三条" in line for line in lines)


def test_what_is_below_already_and_what_is_unread_is_told(run: Run, folder: Path) -> None:
    """Nobody learns only when loading that a code was taken."""
    run("catalog", "export", "清单.xlsx", "--catalogue", PACK)
    book = load_workbook(folder / "清单.xlsx")
    book.create_sheet("说明").append(["略"])
    book.save(folder / "清单.xlsx")
    ran = run("catalog", "import", "清单.xlsx", "--out", "back", "--catalogue", PACK)
    assert ran.code == 0
    assert "  未读取的工作表：说明\n" in ran.out
    assert "  其中 2 条的代码下层目录已有：" in ran.out


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("export", "清单.xls"), 2, "catalog.export_format"),
        (("export", "清单.xlsx", "--form", "six"), 2, "catalog.export_form"),
        (("export", "taken.xlsx"), 2, "catalog.output_exists"),
        (("import", "nowhere.xlsx", "--out", "x"), 2, "registry.no_file"),
        (("import", "empty", "--out", "x"), 2, "registry.no_file"),
        (("import", "text.csv", "--out", "x"), 3, "registry.format"),
        (("import", "pages", "--out", "x"), 3, "registry.format"),
        (("import", "taken.xlsx", "--out", "x"), 3, "catalog.sheet_none"),
    ],
)
def test_errors_of_sheets(run: Run, folder: Path, words: tuple[str, ...], code: int, error: str) -> None:
    """What was typed wrongly ends with 2, what is wrong in a file with 3."""
    Workbook().save(folder / "taken.xlsx")
    (folder / "empty").mkdir()
    (folder / "text.csv").write_text("甲,乙\n", encoding="utf-8")
    (folder / "pages").mkdir()
    (folder / "pages" / "部门.csv").write_text("<html><table><tr><td>甲</td></tr></table></html>", encoding="utf-8")
    ran = run("catalog", *words)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith(f"错误 {error}：")


def test_a_cell_too_long_for_a_spreadsheet_is_refused() -> None:
    """The library would cut it off in silence."""
    with pytest.raises(QuestionError) as caught:
        xlsx_bytes({"措施清单": [["编号"], ["甲" * 32_768]]})
    assert caught.value.code == "catalog.cell_too_long"
    assert "第 2 行第 1 列" in caught.value.message


@pytest.mark.parametrize("sign", BANNED)
def test_no_cell_is_a_formula(sign: str) -> None:
    """A text of ours is run by no spreadsheet, whatever it begins with."""
    rows = [["编号"], [f"{sign}1+1"]]
    written = load_workbook(io.BytesIO(xlsx_bytes({"甲": rows})))["甲"]["A2"]
    assert (written.data_type, written.value) == ("s", f"{sign}1+1")
    assert f"'{sign}1+1" in csv_bytes(rows).decode("utf-8-sig")
