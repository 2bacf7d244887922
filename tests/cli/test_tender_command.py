"""A tender on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from cli_side import ASKED, DEFAULTER, NOBODY, SAMPLES, Run
from jointsanction.cli.bidders import read_bidders
from jointsanction.errors import RegistryError
from jointsanction.model.document import TenderDocument
from jointsanction.receipt import verify
from sheet_files import xlsx

if TYPE_CHECKING:
    from pathlib import Path

    import openpyxl

TENDER = str(SAMPLES / "tender.csv")


def test_every_bidder_has_his_line_and_the_strongest_verdict_leads(run: Run, sample_store: str) -> None:
    """The first line is the tender's verdict with the count, then one row for each bidder in order."""
    ran = run("tender", TENDER, *ASKED, "--store", sample_store)
    lines = ran.out.splitlines()
    assert ran.code == 0
    assert lines[0] == "禁止：共核查 8 家：禁止 3 家、限制 1 家、不能确定，须核实 2 家、守信激励 1 家、未发现 1 家。"
    assert lines[4].startswith("  1 | 北境示例建设有限公司 | 91**************38 | 禁止 | 拒绝参与政府采购活动；")
    assert lines[6].startswith("  3 | 西岭示例物资有限公司 | 未提供 | 不能确定，须核实 | ")


def test_numbers_are_masked(run: Run, sample_store: str) -> None:
    """A tender's page is passed around: it shows no whole number."""
    out = run("tender", TENDER, *ASKED, "--store", sample_store).out
    assert DEFAULTER not in out


def test_a_consortium_falls_with_its_member(run: Run, sample_store: str) -> None:
    """政府采购法 24: every member must qualify, so the clean one is refused for his partner, and the page says so."""
    out = run("tender", TENDER, *ASKED, "--store", sample_store).out
    assert "禁止：第7家：北辰示例测绘有限公司：" in out
    assert "  经由：联合体成员 91**************2B" in out


def test_a_clear_bidder_has_no_details_unless_asked_why(run: Run, sample_store: str) -> None:
    """Nothing is said of whom there is nothing to say, until --why asks for the reasons."""
    assert "第6家：中原" not in run("tender", TENDER, *ASKED, "--store", sample_store).out
    assert "未发现：第6家：中原" in run("tender", TENDER, *ASKED, "--store", sample_store, "--why").out


def test_acts_to_declare_stand_once(run: Run, sample_store: str) -> None:
    """What every bidder has to declare is printed once, with the numbers of those concerned."""
    out = run("tender", TENDER, *ASKED, "--store", sample_store).out
    asked = [line for line in out.splitlines() if "本主体声明：" in line]
    assert len(asked) == len(set(asked)) > 0
    banned = next(line for line in asked if "禁止参加政府采购活动的处罚决定" in line)
    assert banned.strip().startswith("禁止参加政府采购活动的处罚决定（第1、2、3、4、5、6、7、8家）")
    ruled_out = run("tender", TENDER, *ASKED, "--act", "procurement-ban:none", "--store", sample_store).out
    assert len([line for line in ruled_out.splitlines() if "本主体声明：" in line]) == len(asked) - 1


def test_json_is_the_document_with_one_receipt(run: Run, sample_store: str) -> None:
    """`tender --json` prints the document of the contract, whose receipt stands for all of it."""
    document = json.loads(run("tender", TENDER, *ASKED, "--store", sample_store, "--json").out)
    TenderDocument.model_validate(document)
    verify(document)
    assert len(document["results"]) == 8


def test_bidders_as_json_and_in_gb18030(run: Run, sample_store: str, folder: Path) -> None:
    """The file comes in any format and encoding a list comes in, headed as offices head it."""
    (folder / "a.json").write_text(json.dumps([{"id": NOBODY, "kind": "enterprise", "name": None}]), encoding="utf-8")
    (folder / "b.csv").write_bytes(f"供应商名称,统一社会信用代码,角色\n甲公司,{NOBODY},供应商\n".encode("gb18030"))
    first = run("tender", "a.json", *ASKED, "--store", sample_store).out
    second = run("tender", "b.csv", *ASKED, "--store", sample_store).out
    assert "  1 | （未给名称） | 91**************06 | 未发现 | " in first
    assert "  1 | 甲公司 | 91**************06 | 未发现 | " in second


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("id,name\n12,甲\nabc,乙\n", "registry.bidders", "第 3 行："),
        ("id,name,kind\n91990000MA0DEM0806,甲,firm\n", "registry.bidders", "不认识“firm”"),
        ("id,name\n91990000MA0DEM0806,甲,多\n", "registry.bidders", "有 3 列，表头有 2 列"),
        ("id,nom\n12,甲\n", "registry.header", "nom"),
        ("kind,role\n企业,供应商\n", "registry.header", "缺少 id、name"),
        ("id,name,id\n12,甲,3\n", "registry.header", "id"),
        ("id,name\n", "registry.empty", "没有投标人"),
        ("", "registry.empty", "空"),
    ],
)
def test_a_bad_file_answers_for_nobody(tmp_path: Path, text: str, error: str, words: str) -> None:
    """Half a tender must not look like a whole one: every bad row is named and nobody is answered for."""
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    with pytest.raises(RegistryError, match=words) as raised:
        read_bidders(tmp_path / "t.csv")
    assert raised.value.code == error


def test_bidders_in_a_workbook(run: Run, sample_store: str, folder: Path) -> None:
    """A workbook does as well; bidders on a second sheet would be let through unchecked, so they refuse the file."""
    rows = [("供应商名称", "统一社会信用代码", "角色"), ("甲公司", NOBODY, "供应商")]
    (folder / "c.xlsx").write_bytes(xlsx(rows))
    out = run("tender", "c.xlsx", *ASKED, "--store", sample_store).out
    assert "  1 | 甲公司 | 91**************06 | 未发现 | " in out

    def more(book: openpyxl.Workbook) -> None:
        second = book.create_sheet("二")
        for cells in rows:
            second.append(cells)

    (folder / "d.xlsx").write_bytes(xlsx(rows, more=more))
    refused = run("tender", "d.xlsx", *ASKED, "--store", sample_store)
    assert refused.err.startswith("错误 registry.sheet：名册分在几个工作表里：名单、二。")


def test_a_bad_file_ends_with_exit_code_3(run: Run, sample_store: str, folder: Path) -> None:
    """Each bad row stands on a line of its own on stderr."""
    (folder / "t.csv").write_text("id,name\n12,甲\nabc,乙\n", encoding="utf-8")
    ran = run("tender", "t.csv", *ASKED, "--store", sample_store)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("错误 registry.bidders：共 2 处\n第 2 行：")


def test_a_consortium_is_whole_or_nobody_is_answered(run: Run, sample_store: str, folder: Path) -> None:
    """Partners whose names differ by what nobody sees are partners; one without any is a misspelling, and refused."""
    rows = f"id,group\n{DEFAULTER},联合体一\n{NOBODY},联合体一{{}}\n"
    (folder / "t.csv").write_text(rows.format("\u200b\u3000"), encoding="utf-8")
    answers = json.loads(run("tender", "t.csv", *ASKED, "--store", sample_store, "--json").out)["results"]
    assert [answer["verdict"] for answer in answers] == ["prohibited", "prohibited"]
    (folder / "t.csv").write_text(rows.format("二"), encoding="utf-8")
    ran = run("tender", "t.csv", *ASKED, "--store", sample_store)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("错误 question.lone_member：联合体只有一家成员：第 1、2 家投标人。")


def test_no_such_file(run: Run, sample_store: str) -> None:
    """A file that isn't there is a slip of the typist."""
    assert run("tender", "nobody.csv", *ASKED, "--store", sample_store).code == 2


@pytest.mark.parametrize("said", ["/", "-", "无", "否", " 单独投标 ", "\u200b"])
def test_whoever_bids_alone_has_no_partners(run: Run, sample_store: str, folder: Path, said: str) -> None:
    """What offices write of a bidder without a consortium makes none: a listed one drags no other down."""
    rows = ["id,name,group", f"{DEFAULTER},甲,{said}", f"{NOBODY},乙,{said}"]
    (folder / "alone.csv").write_text("\n".join([*rows, ""]), encoding="utf-8")
    document = json.loads(run("tender", "alone.csv", *ASKED, "--store", sample_store, "--json").out)
    assert [each["question"]["role"] for each in document["results"]] == ["supplier", "supplier"]
    assert document["results"][0]["verdict"] == "prohibited" != document["results"][1]["verdict"]


def test_partners_of_one_masked_number_stay_partners(run: Run, sample_store: str, folder: Path) -> None:
    """Many share what is left of a masked number: two names are two members of a consortium."""
    rows = ["id,name,kind,group", "99000019900101****,张三,自然人,一", "99000019900101****,李四,自然人,一"]
    (folder / "masked.csv").write_text("\n".join([*rows, ""]), encoding="utf-8")
    document = json.loads(run("tender", "masked.csv", *ASKED, "--store", sample_store, "--json").out)
    assert [len(each["question"]["related"]) for each in document["results"]] == [1, 1]
