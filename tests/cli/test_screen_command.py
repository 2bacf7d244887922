"""A roll of subjects on the command line, and the roll that comes back."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import openpyxl
import pytest

from cli_side import ASKED, DEFAULTER, NOBODY, Run
from jointsanction.model.document import ResultDocument

if TYPE_CHECKING:
    from pathlib import Path

TITLE = "某市公共资源交易中心供应商名册"
ROWS = [
    ["序号", "单位名称", "统一社会信用代码", "备注"],
    ["1", "虚构甲", DEFAULTER, "=1+1"],
    ["2", "虚构乙", NOBODY, ""],
    ["3", "虚构丙", "123", "010"],
]


def written(path: Path, encoding: str = "gb18030") -> Path:
    """Write the roll as an office keeps it: a title line, the table, a remark."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([[TITLE], *ROWS, ["填报人：某某"]])
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def test_the_roll_comes_back_with_the_answers_beside_each_row(run: Run, sample_store: str, tmp_path: Path) -> None:
    """Title, remark, cells and encoding are as they were; four columns say what was found, none a formula."""
    source = written(tmp_path / "名册.csv")
    ran = run("screen", str(source), *ASKED, "--store", sample_store)
    assert ran.code == 0, ran.err
    assert ran.out.splitlines()[0].startswith("共 3 行：禁止 1 行")
    rows = list(csv.reader(io.StringIO((tmp_path / "名册.核查.csv").read_bytes().decode("gb18030"))))
    assert (rows[0], rows[-1]) == ([TITLE], ["填报人：某某"])
    assert rows[1] == [*ROWS[0], "核查结论", "适用措施", "涉及名单", "核查说明"]
    assert rows[2][:3] == ROWS[1][:3]
    assert rows[2][3] == "'=1+1"
    assert rows[2][4] == "禁止"
    assert "拒绝参与政府采购活动" in rows[2][5]
    assert rows[4][:5] == [*ROWS[3], ""]
    assert "123" not in rows[4][7]


def test_a_roll_screened_again_keeps_its_columns(run: Run, sample_store: str, tmp_path: Path) -> None:
    """The answers of last month give way to those of today."""
    written(tmp_path / "名册.csv", "utf-8")
    for source in ("名册.csv", "名册.核查.csv"):
        assert run("screen", str(tmp_path / source), *ASKED, "--store", sample_store).code == 0
    first, again = (tmp_path / name for name in ("名册.核查.csv", "名册.核查.核查.csv"))
    assert first.read_bytes() == again.read_bytes()


def test_a_workbook_keeps_its_form(run: Run, sample_store: str, tmp_path: Path) -> None:
    """A workbook comes back as one: same sheet, same formats, texts that are no formulas."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [[TITLE], *ROWS]:
        sheet.append(row)
    sheet["D3"].data_type = "s"
    sheet.column_dimensions["B"].width = 33
    book.save(tmp_path / "名册.xlsx")
    target = tmp_path / "结果.xlsx"
    ran = run("screen", str(tmp_path / "名册.xlsx"), *ASKED, "--store", sample_store, "--output", str(target))
    assert ran.code == 0, ran.err
    back = openpyxl.load_workbook(target).active
    assert back is not None
    assert back.column_dimensions["B"].width == 33
    assert [cell.value for cell in back[2]][-4:] == ["核查结论", "适用措施", "涉及名单", "核查说明"]
    assert (back["D3"].value, back["D3"].data_type, back["E3"].value) == ("=1+1", "s", "禁止")


def test_whole_answers_of_the_listed_on_request(run: Run, sample_store: str, tmp_path: Path) -> None:
    """A hit is filed with its grounds: the document of the contract, and the row it belongs to."""
    source, answers = written(tmp_path / "名册.csv"), tmp_path / "全文.jsonl"
    assert run("screen", str(source), *ASKED, "--store", sample_store, "--answers", str(answers)).code == 0
    documents = [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()]
    assert documents[0].pop("row") == 3
    ResultDocument.model_validate_json(json.dumps(documents[0]))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--id-column", "税号"), "question.column"),
        (("--output", "名册.csv"), "question.output"),
        (("--answers", "nowhere/全文.jsonl"), "question.output"),
        (("--kind", "firm"), "question.unknown_word"),
    ],
)
def test_nothing_is_written_when_the_question_is_wrong(
    run: Run, sample_store: str, folder: Path, words: tuple[str, ...], code: str
) -> None:
    """What is wrong with the question is said before any row is read."""
    written(folder / "名册.csv")
    ran = run("screen", "名册.csv", *ASKED, "--store", sample_store, *words)
    assert (ran.code, code in ran.err) == (2, True)
    assert [path.name for path in folder.iterdir()] == ["名册.csv"]


def test_two_columns_of_numbers_have_to_be_told_apart(run: Run, sample_store: str, tmp_path: Path) -> None:
    """Which of two columns is the subject's is not guessed."""
    path = tmp_path / "名册.csv"
    path.write_text(f"统一社会信用代码,证件号码,主体类别\n{DEFAULTER},{NOBODY},企业\n", encoding="utf-8")
    ran = run("screen", str(path), *ASKED, "--store", sample_store)
    assert (ran.code, "question.column" in ran.err) == (2, True)
    ran = run("screen", str(path), *ASKED, "--store", sample_store, "--id-column", "证件号码")
    assert (ran.code, "禁止" in ran.out) == (0, False)


def test_rows_and_formats_that_cannot_be_read_are_said(run: Run, sample_store: str, tmp_path: Path) -> None:
    """A row with too many cells is not passed over in silence, and a file that can't be written back is refused."""
    path = tmp_path / "名册.csv"
    path.write_text(f"id,name\n{NOBODY},a,b\n", encoding="utf-8")
    assert "无法核查 1 行" in run("screen", str(path), *ASKED, "--store", sample_store).out
    other = tmp_path / "名册.json"
    other.write_text(json.dumps([{"id": NOBODY}]), encoding="utf-8")
    assert "registry.format" in run("screen", str(other), *ASKED, "--store", sample_store).err


def test_a_parquet_file_is_read_piece_by_piece(
    run: Run, sample_store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A province of subjects comes as Parquet, and goes back as such, its own columns untouched."""
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet  # noqa: PLC0415 - an extra

    from jointsanction.screening import parquet as room  # noqa: PLC0415 - needs it

    monkeypatch.setattr(room, "AT_ONCE", 1)
    source, answers = tmp_path / "名册.parquet", tmp_path / "全文.jsonl"
    parquet.write_table(pa.table({"id": [NOBODY, None, DEFAULTER], "verdict": ["old"] * 3, "n": [1, 2, 3]}), source)
    words = ("screen", str(source), *ASKED, "--store", sample_store, "--answers", str(answers))
    ran = run(*words)
    assert ran.code == 0, ran.err
    assert "无法核查 1 行" in ran.out
    back = parquet.read_table(tmp_path / "名册.核查.parquet")
    assert back.schema.names == ["id", "n", "verdict", "measures", "listings", "error", "message"]
    assert back.column("verdict").to_pylist()[2] == "prohibited"
    assert back.column("n").to_pylist() == [1, 2, 3]
    assert json.loads(answers.read_text(encoding="utf-8").splitlines()[0])["row"] == 2
    (tmp_path / "坏.parquet").write_bytes(b"PAR1")
    assert "registry.format" in run("screen", str(tmp_path / "坏.parquet"), *ASKED, "--store", sample_store).err
    (tmp_path / "断.parquet").write_bytes(source.read_bytes()[:4] + bytes(40) + source.read_bytes()[44:])
    assert "registry.format" in run("screen", str(tmp_path / "断.parquet"), *ASKED, "--store", sample_store).err
    assert not (tmp_path / "断.核查.parquet").exists()
    parquet.write_table(pa.table({"x": ["1"]}), tmp_path / "无.parquet")
    assert "question.column" in run("screen", str(tmp_path / "无.parquet"), *ASKED, "--store", sample_store).err
