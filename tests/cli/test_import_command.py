"""Importing a list file on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli_side import DEFAULTER, NOBODY, SAMPLES, UNPAID_WAGES, ListFile, Run, Slip
from jointsanction.catalog.bundle import default_catalog
from jointsanction.cli import returning
from jointsanction.home import data_folder
from jointsanction.store import Store
from sheet_files import xlsx

ROW = f"BL.SXBZXR,甲公司,{DEFAULTER},2026-01-10,（2026）示执1号"
OTHER = f"BL.TAX,乙公司,{NOBODY},2026-01-11,示税〔2026〕1号"
NO_SUCH_LIST = f"BL.NOPE,丙公司,{UNPAID_WAGES},2026-01-12,示〔2026〕1号"
NO_SUCH_DAY = f"BL.TAX,丁公司,{UNPAID_WAGES},2026-02-30,示税〔2026〕2号"


def test_every_step_is_shown(run: Run, list_file: ListFile) -> None:
    """All eight steps have a line with what they found, and the batch is told last."""
    file = list_file(ROW, OTHER)
    ran = run("import", file)
    lines = ran.out.splitlines()
    assert (ran.code, ran.err) == (0, "")
    assert lines[0] == "共 2 行：可导入 2 行，拒绝 0 行，提示 2 行。"
    for wanted in (
        f"  1 识别（sniff）：CSV，{file}",
        "  2 解码（decode）：UTF-8",
        "  3 定位表头（locate header）：第 1 行",
        "  4 对应各列（map）：list→名单，name→名称，uscc→统一社会信用代码，listed_on→列入日期，instrument_no→文书文号",
        "  5 归一（normalise）：号码 0 处、日期 0 处写法不一，按规范写法读取，原文件不变",
        "  6 校验（validate）：接受 0 行，接受但有提示 2 行，拒绝 0 行",
        "  完整名单：未声明；只比对所载各行，核查时这些名单视为不完整",
        "  合规率：0 行（0.0%）",
        "7 比对（diff）：变动",
        "  新增：2 条",
        "8 写入（commit）",
        "  整批写入一个事务，已提交。",
    ):
        assert wanted in lines
    assert lines[-1].startswith("已导入：批次 ")
    assert lines[-1].endswith(f"sqlite:///{data_folder() / 'registry.db'}")


def test_the_same_file_twice_changes_nothing(run: Run, list_file: ListFile) -> None:
    """A file that comes again is told to be the same, and says so."""
    file = list_file(ROW)
    run("import", file)
    out = run("import", file).out
    assert "  未变：1 条" in out
    assert out.splitlines()[-1].startswith("与先前导入的文件相同，没有变动：批次 ")


@pytest.mark.parametrize("bad", [NO_SUCH_LIST, NO_SUCH_DAY])
def test_one_bad_row_refuses_the_whole_file(run: Run, list_file: ListFile, bad: str) -> None:
    """Nothing is half applied: a bad row or a list of no catalogue refuses the file, and each fault has its line."""
    ran = run("import", list_file(ROW, bad))
    assert ran.code == 3
    assert "  错误 第 3 行 " in ran.out
    assert ran.err.startswith("错误 registry.rejected_rows：有 1 行被拒绝，整个文件未导入。")
    assert "--partial" in ran.err
    assert not data_folder().exists()


def test_partial_leaves_the_bad_rows_out(run: Run, list_file: ListFile, tmp_path: Path) -> None:
    """--partial takes the rest on purpose, and a list with a row missing is no longer held whole."""
    (tmp_path / "m.yaml").write_text("covers: [BL.SXBZXR, BL.TAX]\n", encoding="utf-8")
    ran = run("import", list_file(ROW, NO_SUCH_DAY), "--mapping", str(tmp_path / "m.yaml"), "--partial")
    assert ran.code == 0
    assert "  新增：1 条" in ran.out
    assert "  完整名单：1个：BL.SXBZXR" in ran.out
    assert "有记录被拒绝，本文件不能作为该名单的完整一期。（cover.withheld）" in ran.out


def test_a_trial_run_writes_nothing(run: Run, list_file: ListFile) -> None:
    """--dry-run shows all there is to show and makes no store; on an existing one it compares with what is there."""
    ran = run("import", list_file(ROW, OTHER), "--dry-run")
    assert ran.code == 0
    assert "  新增：2 条" in ran.out
    assert ran.out.splitlines()[-1] == "试运行结束，没有写入任何内容。"
    assert not data_folder().exists()
    run("import", list_file(ROW))
    out = run("import", list_file(ROW, OTHER), "--dry-run").out
    assert "  新增：1 条" in out
    assert "  未变：1 条" in out
    assert len(Store.open(f"sqlite:///{data_folder() / 'registry.db'}").batches()) == 1


def test_a_trial_run_of_a_bad_file_says_what_would_be_left(run: Run, list_file: ListFile) -> None:
    """A trial run of a file that would be refused ends as the import would, after showing everything."""
    ran = run("import", list_file(ROW, NO_SUCH_DAY), "--dry-run")
    assert ran.code == 3
    assert "7 比对（diff）：变动（试算，只计可导入的行）\n  新增：1 条" in ran.out
    assert "8 写入（commit）\n  未执行：有记录被拒绝。" in ran.out
    assert "试运行结束" not in ran.out


def test_a_list_that_shrank_is_refused_until_confirmed(run: Run, list_file: ListFile) -> None:
    """A truncated download must not release everybody: it is refused, and --accept-shrink takes it on purpose."""
    rows = [f"BL.TAX,公司{number},,2026-01-11,示税〔2026〕{number}号" for number in range(9)]
    assert run("import", list_file(*rows), "--list", "BL.TAX").code == 0
    refused = run("import", list_file(rows[0]), "--list", "BL.TAX")
    assert refused.code == 3
    assert refused.err.startswith("错误 registry.shrunken：")
    assert "--accept-shrink" in refused.err
    assert run("import", list_file(rows[0]), "--list", "BL.TAX", "--dry-run").code == 3
    taken = run("import", list_file(rows[0]), "--list", "BL.TAX", "--accept-shrink")
    assert "  本期未见：8 条" in taken.out


def test_declared_editions_and_their_regions_are_shown(run: Run, list_file: ListFile, tmp_path: Path) -> None:
    """Whoever declares a list whole sees what he declared: which lists, where."""
    mapping = tmp_path / "m.yaml"
    mapping.write_text('covers: [BL.HN, RL.HN]\nregions: ["410000"]\nprovider: 示例省信用办\n', encoding="utf-8")
    out = run("import", list_file(ROW), "--mapping", str(mapping)).out
    assert "  完整名单：2个，限 410000：BL.HN、RL.HN" in out
    assert "  提供单位：示例省信用办" in out


@pytest.mark.parametrize(
    "slip",
    [
        Slip(("none.csv",), 2, "registry.no_file"),
        Slip(("lists.csv", "--mapping", "none.yaml"), 2, "registry.no_file"),
        Slip(("lists.csv", "--store", "mysql://x/y"), 2, "registry.url"),
        Slip(("lists.csv", "--store", "sqlite:///lists.csv"), 4, "registry.unreachable"),
        Slip(("lists.csv", "--store", "sqlite:///lists.csv", "--dry-run"), 4, "registry.unreachable"),
        Slip(("lists.csv", "--list", "BL.NOPE"), 3, "registry.unknown_list"),
        Slip(("empty.csv",), 3, "registry.empty"),
        Slip(("book.csv",), 3, "registry.corrupt"),
        Slip(("printed.csv",), 3, "registry.format"),
        Slip(("lists.csv", "--sheet", "名单"), 3, "registry.sheet"),
        Slip(("lists.csv", "--rejects", "book.csv"), 3, "registry.rejects"),
        Slip(("prose.csv",), 3, "registry.header"),
        Slip((), 2, "question.usage"),
    ],
)
def test_what_concerns_the_whole_file(
    run: Run, list_file: ListFile, monkeypatch: pytest.MonkeyPatch, slip: Slip
) -> None:
    """2 for what was typed, 3 for what is in the file, 4 for the store."""
    folder = Path(list_file(ROW)).parent
    monkeypatch.chdir(folder)
    (folder / "empty.csv").write_bytes(b"")
    (folder / "book.csv").write_bytes(b"PK\x03\x04")
    (folder / "printed.csv").write_bytes(b"%PDF-1.7")
    (folder / "prose.csv").write_text("一段话\n", encoding="utf-8")
    ran = run("import", *slip.given)
    assert ran.code == slip.code
    assert ran.err.startswith(f"错误 {slip.error}：")


def test_the_sheet_of_a_workbook_is_named(run: Run, tmp_path: Path) -> None:
    """Title, two rows of header and footer are told, and what was read of which sheet."""
    rows = [
        ("某市名单",),
        ("名单", "名称", "统一社会信用代码", "列入信息", None),
        (None, None, None, "日期", "文号"),
        ("BL.TAX", "甲公司", DEFAULTER, "2026年1月10日", "示税〔2026〕1号"),
        ("注：仅供参考",),
    ]
    (tmp_path / "名单.xlsx").write_bytes(xlsx(rows, name="黑名单", more=lambda book: book.create_sheet("说明")))
    out = run("import", str(tmp_path / "名单.xlsx"), "--dry-run", "--sheet", "黑名单").out
    for wanted in (
        "  2 解码（decode）：不需要：内容自带编码",
        "  3 定位表头（locate header）：工作表“黑名单”第 2–3 行合为表头；表上 1 行、表尾 1 行是说明，不作为记录",
        "  5 归一（normalise）：号码 0 处、日期 1 处写法不一，按规范写法读取，原文件不变",
        "  提示 全文件 说明：未读取（没有更合适的表头）。（sheet.unread）",
        "  新增：1 条",
    ):
        assert wanted in out.splitlines()


def test_json_has_no_row_of_headers(run: Run, tmp_path: Path) -> None:
    """Keys are headers of their own."""
    (tmp_path / "a.json").write_text(
        json.dumps([{"list": "BL.TAX", "name": "甲公司", "listed_on": "2026-01-10", "x": 1}])
    )
    out = run("import", str(tmp_path / "a.json"), "--dry-run").out
    assert "  3 定位表头（locate header）：按键名读取，没有表头行" in out
    assert "listed_on→列入日期；未读取 1 列" in out


def test_a_file_without_problems_has_no_list_of_them(run: Run, list_file: ListFile) -> None:
    """A clean file is worth a short page."""
    headers = "list,name,uscc,listed_on,instrument_no,instrument_date,designating_authority"
    row = f"BL.TAX,甲公司,{DEFAULTER},2026-01-10,示税〔2026〕1号,2026-01-09,虚构市税务局"
    out = run("import", list_file(row, headers=headers), "--dry-run").out
    assert "逐行问题" not in out
    assert "  合规率：1 行（100.0%）" in out


def test_many_warnings_of_one_kind_are_counted(run: Run, list_file: ListFile) -> None:
    """Fifty thousand lines help nobody; errors all have theirs."""
    rows = [f"BL.TAX,公司{number},,2026-01-11,示税〔2026〕{number}号" for number in range(30)]
    bad = [f"BL.TAX,单位{number},,2026-02-30,示税〔2026〕{number}号" for number in range(30)]
    out = run("import", list_file(*rows, *bad), "--dry-run").out
    assert out.count("（row.no_instrument_date）") == 21
    assert "  提示 同类另有 10 处（row.no_instrument_date）" in out
    assert out.count("（date.no_such_day）") == 30


def returned(folder: Path) -> list[str]:
    """Return the names of the files in a folder that hold refused rows."""
    return sorted(file.name for file in folder.iterdir() if "问题行" in file.name)


def test_refused_rows_come_back_beside_the_file(run: Run, list_file: ListFile, tmp_path: Path) -> None:
    """Said where, never over another file, and importable once they are put right."""
    file = list_file(ROW, NO_SUCH_DAY)
    first, second = run("import", file), run("import", file, "--partial")
    assert f"退回的问题行\n  文件：{tmp_path / 'lists.问题行.csv'}\n  行数：1 行" in first.out
    assert returned(tmp_path) == ["lists.问题行-2.csv", "lists.问题行.csv"]
    assert "lists.问题行-2.csv" in second.out
    back = tmp_path / "lists.问题行.csv"
    lines = back.read_text(encoding="utf-8").splitlines()
    assert lines[0].endswith("instrument_no,问题")
    assert lines[1].startswith(NO_SUCH_DAY + ",列入日期：日历上没有这一天")
    back.write_text("\n".join(lines).replace("2026-02-30", "2026-02-28") + "\n", encoding="utf-8")
    again = run("import", str(back))
    assert (again.code, again.err) == (0, "")
    assert "  新增：1 条" in again.out


def test_a_trial_run_gives_rows_back_only_where_asked(run: Run, list_file: ListFile, tmp_path: Path) -> None:
    """A trial run writes nothing; a file that was named is not nothing."""
    file = list_file(ROW, NO_SUCH_DAY)
    run("import", file, "--dry-run")
    assert returned(tmp_path) == []
    out = run("import", file, "--dry-run", "--rejects", str(tmp_path / "我的问题行.csv")).out
    assert returned(tmp_path) == ["我的问题行.csv"]
    assert f"  文件：{tmp_path / '我的问题行.csv'}" in out
    again = run("import", file, "--rejects", str(tmp_path / "我的问题行.csv"))
    assert again.err.startswith("错误 registry.rejects：")
    assert "已经存在" in again.err


@pytest.mark.parametrize(("name", "words"), [("问题行.csv", "以 .xlsx 结尾"), ("none/问题行.xlsx", "核对路径")])
def test_rows_can_go_back_only_where_they_fit(run: Run, tmp_path: Path, name: str, words: str) -> None:
    """A workbook named .csv would open in no spreadsheet; nothing is imported then."""
    rows = [("list", "name", "listed_on"), ("BL.TAX", "甲公司", "x")]
    (tmp_path / "a.xlsx").write_bytes(xlsx(rows))
    ran = run("import", str(tmp_path / "a.xlsx"), "--partial", "--rejects", str(tmp_path / name))
    assert ran.code == 3
    assert ran.err.startswith("错误 registry.rejects：")
    assert words in ran.err
    assert not data_folder().exists()


def test_a_folder_that_takes_no_file_is_told(
    run: Run, list_file: ListFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That the rows could not be written is no reason to keep the others out."""
    file = list_file(ROW, NO_SUCH_DAY)

    def refuse(_file: Path, _content: bytes) -> None:
        raise PermissionError

    monkeypatch.setattr(returning, "_write", refuse)
    ran = run("import", file, "--partial")
    assert (ran.code, returned(tmp_path)) == (0, [])
    assert "未能写在原文件旁" in ran.out


def test_names_beside_the_file_run_out(
    run: Run, list_file: ListFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After so many files somebody should tidy up."""
    monkeypatch.setattr(returning, "_TRIES", 2)
    file = list_file(ROW, NO_SUCH_DAY)
    run("import", file, "--partial")
    assert "未能写在原文件旁" in run("import", file, "--partial").out
    assert returned(tmp_path) == ["lists.问题行.csv"]


def test_the_sample_covers_every_list_of_the_catalogue(run: Run) -> None:
    """The demonstration answers under strict coverage only while its mapping declares every list there is."""
    lists = len(default_catalog().lists)
    out = run("import", str(SAMPLES / "lists.csv"), "--mapping", str(SAMPLES / "lists.mapping.yaml"), "--dry-run").out
    assert f"  完整名单：{lists}个：" in out
