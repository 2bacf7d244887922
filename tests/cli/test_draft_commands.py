"""From a table of measures to drafts, and from memoranda to today, as an author types it."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook

from jointsanction.cli import new_files

if TYPE_CHECKING:
    from pathlib import Path

    from cli_side import Run

HEADERS = ("惩戒措施", "惩戒内容", "惩戒对象", "法规政策依据", "实施主体")
ROWS = (
    (
        "限制市场或行业准入",
        "不得参加政府采购活动",
        "失信被执行人",
        "《政府采购法》第二十二条第一款第（五）项",
        "采购人",
    ),
    (
        "",
        "不得参加投标",
        "某某人",
        "《虚构法》第一条；《关于虚构的合作备忘录》（发改财金【2018】9999号）第（三）条",
        "招标人",
    ),
)


def csv_bytes(*rows: tuple[str, ...], encoding: str = "gb18030") -> bytes:
    """Return a table as CSV."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([HEADERS, *rows])
    return text.getvalue().encode(encoding)


def written(folder: Path) -> list[str]:
    """Return the files below a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


DRAFTS = [
    "measures/instruments/TODO-1.yaml",
    "measures/instruments/fagaicaijin-2018-9999.yaml",
    "measures/restriction/TODO-002.yaml",
    "measures/restriction/TODO-003.yaml",
]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "utf-8-sig", "utf-16"])
def test_drafts_of_a_csv_file(encoding: str, run: Run, folder: Path) -> None:
    """A table in any encoding of offices becomes one draft a row, and one an instrument nobody knows yet."""
    (folder / "清单.csv").write_bytes(csv_bytes(*ROWS, encoding=encoding))
    ran = run("catalog", "draft", "清单.csv", "--out", "city/drafts")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("写出 2 条措施草稿、2 件依据文件草稿，待补 27 处：city/drafts\n\n下一步\n")
    assert written(folder / "city" / "drafts") == DRAFTS
    first = (folder / "city/drafts/measures/restriction/TODO-002.yaml").read_text(encoding="utf-8")
    assert "item: market-access\n" in first
    assert "targets: {lists: [BL.SXBZXR]}\n" in first
    cited = (
        'instrument: government-procurement-law, article: "22", paragraph: 1, item: "5", carries: TODO, text: recalled'
    )
    assert cited in first
    second = (folder / "city/drafts/measures/restriction/TODO-003.yaml").read_text(encoding="utf-8")
    assert "item: market-access\n" in second


def test_drafts_of_a_workbook(run: Run, folder: Path) -> None:
    """A workbook has a title, merged names, headings, a remark; what was not read is told."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["示例市失信惩戒措施清单（虚构）"])
    sheet.append([*HEADERS, "备注"])
    sheet.append(["一、减损权益的措施"])
    for row in ROWS:
        sheet.append([*row, "略"])
    sheet.append(["注：虚构，仅作示例。"])
    sheet.merge_cells("A4:A5")
    book.create_sheet("说明")
    book.save(folder / "清单.xlsx")
    ran = run("catalog", "draft", "清单.xlsx", "--out", "drafts")
    assert (ran.code, ran.err) == (0, "")
    assert "第 3 行只有第一格，作为分节标题，没有写成措施。" in ran.out
    assert "未读取的列：备注" in ran.out
    assert "第 6 行是表尾说明" in ran.out
    assert "说明 未读取" in ran.out
    assert written(folder / "drafts") == [name.replace("003", "005").replace("002", "004") for name in DRAFTS]
    text = (folder / "drafts/measures/restriction/TODO-005.yaml").read_text(encoding="utf-8")
    assert "# 所在部分：一、减损权益的措施\n# 惩戒措施：限制市场或行业准入\n" in text


def test_the_sheet_may_be_chosen(run: Run, folder: Path) -> None:
    """A workbook may hold a list of punishments and one of rewards."""
    book = Workbook()
    book.worksheets[0].append(HEADERS)
    book.worksheets[0].append(ROWS[0])
    rewards = book.create_sheet("激励")
    rewards.append([header.replace("惩戒", "激励") for header in HEADERS])
    rewards.append(("优先办理", "优先受理", "纳税信用A级纳税人", "《政府采购法》第一条", "虚构部"))
    book.save(folder / "清单.xlsx")
    ran = run("catalog", "draft", "清单.xlsx", "--out", "drafts", "--sheet", "激励")
    assert ran.code == 0
    assert written(folder / "drafts") == ["measures/incentive/TODO-002.yaml"]


def test_drafts_are_refused_until_filled_in(run: Run, folder: Path) -> None:
    """`catalog lint` names every gap with file, line and column, and says what may stand there."""
    (folder / "清单.csv").write_bytes(csv_bytes(*ROWS))
    run("catalog", "draft", "清单.csv", "--out", "drafts")
    ran = run("catalog", "lint", "--catalogue", "drafts")
    assert ran.code == 3
    assert ran.err.startswith("错误 catalog.todo：共 27 处\n")
    assert (
        "drafts/measures/restriction/TODO-002.yaml:11:8: catalog.todo 字段 'class' 待补（TODO）；可用的有：" in ran.err
    )


def test_nothing_is_written_when_a_row_can_not_be_read(run: Run, folder: Path) -> None:
    """Every such row is told with its number; not even the good ones become files."""
    bad = (*ROWS[0][:3], "政府采购法第22条", "采购人")
    (folder / "清单.csv").write_bytes(csv_bytes(ROWS[0], bad) + "只有,两列\n".encode("gbk"))
    ran = run("catalog", "draft", "清单.csv", "--out", "drafts")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith(
        "错误 catalog.row_basis：共 2 处\n清单.csv:3:4: catalog.row_basis 第 3 行的依据：“第22条”"
    )
    assert "\n清单.csv:4:1: catalog.row_cells 第 4 行有 2 列" in ran.err
    assert not (folder / "drafts").exists()


def test_what_is_there_is_not_written_over(run: Run, folder: Path) -> None:
    """A second run refuses; what somebody has begun to fill in stays as it is."""
    (folder / "清单.csv").write_bytes(csv_bytes(*ROWS))
    run("catalog", "draft", "清单.csv", "--out", "drafts")
    begun = folder / "drafts/measures/restriction/TODO-002.yaml"
    begun.write_text("mine", encoding="utf-8")
    ran = run("catalog", "draft", "清单.csv", "--out", "drafts")
    assert (ran.code, ran.out) == (2, "")
    assert "catalog.output_exists" in ran.err
    assert "等 4 个文件，不覆盖" in ran.err
    assert begun.read_text(encoding="utf-8") == "mine"
    (folder / "drafts/measures/instruments/TODO-1.yaml").unlink()
    run("catalog", "draft", "清单.csv", "--out", "drafts")
    assert not (folder / "drafts/measures/instruments/TODO-1.yaml").exists()


def test_all_files_or_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When writing fails half way, by the disk or by hand, what was written is taken back, new folders too."""
    (folder / "kept").mkdir()
    (folder / "kept" / "file").write_text("", encoding="utf-8")
    files = {folder / "kept/new/a": b"a", folder / "kept/file/b": b"b"}
    with pytest.raises(new_files.QuestionError, match="无法写入") as caught:
        new_files.write_new(files)
    assert caught.value.code == "question.output"
    assert written(folder) == ["kept/file"]
    assert not (folder / "kept/new").exists()

    def interrupted(_folder: Path, _made: list[Path]) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(new_files, "_make_folders", interrupted)
    with pytest.raises(KeyboardInterrupt):
        new_files.write_new({folder / "a": b"a"})
    assert written(folder) == ["kept/file"]


@pytest.mark.parametrize(
    ("file", "effect", "headers"),
    [
        ("清单.csv", (), HEADERS),
        ("清单.xlsx", (), HEADERS),
        ("清单.XLSX", ("--effect", "incentive"), tuple(header.replace("惩戒", "激励") for header in HEADERS)),
    ],
)
def test_the_template_is_drafted_from_as_it_is(
    file: str, effect: tuple[str, ...], headers: tuple[str, ...], run: Run, folder: Path
) -> None:
    """The template has the five columns and a made-up row; drafting reads what templating wrote."""
    ran = run("catalog", "template", file, *effect)
    assert ran.code == 0
    assert f"清单模板 {file}" in ran.out
    path = folder / file
    if path.suffix == ".csv":
        rows = [tuple(row) for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))]
    else:
        rows = [tuple(row) for row in load_workbook(path).worksheets[0].iter_rows(values_only=True)]
    assert rows[0] == headers
    assert "虚构" in rows[1][1]
    ran = run("catalog", "draft", file, "--out", "drafts")
    assert ran.out.startswith("写出 1 条措施草稿、1 件依据文件草稿，待补 ")
    again = run("catalog", "template", file)
    assert (again.code, again.err.startswith("错误 catalog.output_exists：")) == (2, True)


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("template", "清单.xls"), 2, "catalog.template_format"),
        (("template", "清单.csv", "--effect", "both"), 2, "question.unknown_word"),
        (("template", "file/清单.csv"), 2, "question.output"),
        (("draft", "nowhere.csv", "--out", "drafts"), 2, "registry.no_file"),
        (("draft", "file", "--out", "drafts"), 3, "registry.empty"),
        (("draft", "名单.csv", "--out", "drafts"), 3, "catalog.table_columns"),
        (("draft", "名单.csv", "--out", "drafts", "--effect", "both"), 2, "question.unknown_word"),
        (("draft", "名单.csv", "--out", "drafts", "--sheet", "x"), 3, "registry.sheet"),
        (("draft", "名单.csv"), 2, "question.usage"),
        (("migration", "--as-of", "昨天"), 2, "question.date"),
    ],
)
def test_errors_of_drafting(run: Run, folder: Path, words: tuple[str, ...], code: int, error: str) -> None:
    """What was typed wrongly ends with 2, what is wrong in a table with 3."""
    (folder / "file").write_text("", encoding="utf-8")
    (folder / "名单.csv").write_text("企业名称,日期\n虚构甲,2024-01-01\n", encoding="utf-8")
    ran = run("catalog", *words)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith(f"错误 {error}：")


def test_the_report_on_memoranda(run: Run) -> None:
    """Each document has its table of lists and matters, and the counts stand at the end; JSON says the same."""
    lines = run("catalog", "migration", "--as-of", "2024-06-10").out.splitlines()
    assert lines[0].startswith("2024-06-10：")
    assert lines[0].endswith("件合作备忘录、部门联合文件、规范性文件")
    assert "  名单 | 事项 | 方向 | 引用它的措施 | 现行措施及依据 | 结论" in lines
    refused = next(line for line in lines if "BL.SXBZXR" in line and "refuse-government-procurement：" in line)
    assert "refuse-government-procurement：《中华人民共和国政府采购法》第22条第1款第2项" in refused
    assert refused.endswith(" | 有措施承接")
    document = json.loads(run("catalog", "migration", "--as-of", "2024-06-10", "--json").out)
    counted = [int(line.rpartition("：")[2].removesuffix(" 处")) for line in lines[-4:]]
    assert counted == [document["counts"][key] for key in ("carried", "partly", "hint", "none")]


def test_a_document_nobody_cites_is_told(run: Run, folder: Path) -> None:
    """A memorandum of one's own city stands in the report although nothing rests on it yet."""
    place = folder / "city" / "measures" / "instruments"
    place.mkdir(parents=True)
    (place / "our-memo.yaml").write_text(
        "id: our-memo\ntitle: 示例市备忘录（虚构）\nlevel: memorandum\nvalid_from: 2020-01-01\n", encoding="utf-8"
    )
    out = run("catalog", "migration", "--as-of", "2024-06-10", "--catalogue", "city").out
    assert "合作备忘录 《示例市备忘录（虚构）》（our-memo）\n  没有措施或名单引用。\n" in out
