"""Importing a list file on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli_side import DEFAULTER, NOBODY, SAMPLES, UNPAID_WAGES, ListFile, Run, Slip
from jointsanction.catalog.bundle import default_catalog
from jointsanction.home import data_folder
from jointsanction.store import Store

ROW = f"BL.SXBZXR,甲公司,{DEFAULTER},2026-01-10,（2026）示执1号"
OTHER = f"BL.TAX,乙公司,{NOBODY},2026-01-11,示税〔2026〕1号"
NO_SUCH_LIST = f"BL.NOPE,丙公司,{UNPAID_WAGES},2026-01-12,示〔2026〕1号"
NO_SUCH_DAY = f"BL.TAX,丁公司,{UNPAID_WAGES},2026-02-30,示税〔2026〕2号"


def test_every_step_is_shown(run: Run, list_file: ListFile) -> None:
    """Format, encoding, headers, rows and changes are told before the batch is."""
    ran = run("import", list_file(ROW, OTHER))
    lines = ran.out.splitlines()
    assert (ran.code, ran.err) == (0, "")
    assert lines[0] == "共 2 行：可导入 2 行，拒绝 0 行，提示 2 行。"
    for wanted in (
        "  格式：CSV",
        "  编码：UTF-8",
        "  表头：list→名单，name→名称，uscc→统一社会信用代码，listed_on→列入日期，instrument_no→文书文号",
        "  完整名单：未声明；只比对所载各行，核查时这些名单视为不完整",
        "  新增：2 条",
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
    assert "变动（试算，只计可导入的行）\n  新增：1 条" in ran.out
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
        Slip(("lists.csv", "--store", "postgresql://x/y"), 2, "registry.url"),
        Slip(("lists.csv", "--store", "sqlite:///lists.csv"), 4, "registry.unreachable"),
        Slip(("lists.csv", "--store", "sqlite:///lists.csv", "--dry-run"), 4, "registry.unreachable"),
        Slip(("lists.csv", "--list", "BL.NOPE"), 3, "registry.unknown_list"),
        Slip(("empty.csv",), 3, "registry.empty"),
        Slip(("book.csv",), 3, "registry.format"),
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
    (folder / "prose.csv").write_text("一段话\n", encoding="utf-8")
    ran = run("import", *slip.given)
    assert ran.code == slip.code
    assert ran.err.startswith(f"错误 {slip.error}：")


def test_the_sample_covers_every_list_of_the_catalogue(run: Run) -> None:
    """The demonstration answers under strict coverage only while its mapping declares every list there is."""
    lists = len(default_catalog().lists)
    out = run("import", str(SAMPLES / "lists.csv"), "--mapping", str(SAMPLES / "lists.mapping.yaml"), "--dry-run").out
    assert f"  完整名单：{lists}个：" in out
