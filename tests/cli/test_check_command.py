"""One question on the command line."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from cli_side import ASKED, DEFAULTER, NOBODY, RELEASED, SAMPLES, TRUSTED, UNPAID_WAGES, ListFile, Run, Slip
from jointsanction.catalog.bundle import default_catalog
from jointsanction.cli.importing import Wanted, run_import
from jointsanction.engine import SHANGHAI
from jointsanction.model.document import ResultDocument

if TYPE_CHECKING:
    from pathlib import Path

HEADERS = "list,name,uscc,listed_on,instrument_no"


@pytest.mark.parametrize(
    ("number", "start"),
    [
        (DEFAULTER, "禁止：拒绝参与政府采购活动；应当执行（采购人、采购代理机构）。"),
        (UNPAID_WAGES, "限制：政府采购中限制拖欠农民工工资失信联合惩戒对象；是否限制由"),
        ("91990000MA0DEM048T", "不能确定，须核实：拒绝参与政府采购活动：名单期限未核实或未载明。"),
        (TRUSTED, "守信激励：公共资源交易信用加分、提升信用等级"),
        (NOBODY, "未发现：所查名单中没有影响本事项的记录，按通常程序办理。"),
    ],
)
def test_the_first_line_is_the_verdict_and_what_to_do(run: Run, sample_store: str, number: str, start: str) -> None:
    """An officer has thirty seconds: the first line says it all, and the exit code is 0 whatever it says."""
    ran = run("check", number, *ASKED, "--store", sample_store)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0].startswith(start)


def test_a_finding_says_all_an_officer_needs(run: Run, sample_store: str) -> None:
    """依据、原因、处置、截止、实施主体、修复 stand under each finding, and the receipt at the end."""
    out = run("check", UNPAID_WAGES, *ASKED, "--store", sample_store).out
    for wanted in (
        "1【惩戒】政府采购中限制拖欠农民工工资失信联合惩戒对象（可以 · 限制）",
        "  原因：适用：拖欠农民工工资失信联合惩戒对象名单（2025-09-01 列入，文书 示例人社监罚〔2025〕1号）",
        "  依据：《保障农民工工资支付条例》（国务院令第724号）第48条第1款（行政法规）",
        "  截止：2028-08-31（含当日）",
        "  实施主体：采购人、采购代理机构、财政部门",
        "  修复：可以修复，",
        "  核查凭证：sha256:",
    ):
        assert wanted in out


def test_plain_output_has_no_colour_and_no_boxes(run: Run, sample_store: str) -> None:
    """Whatever reads a pipe gets lines: no escape sequence, no box, no shape."""
    out = run("check", DEFAULTER, *ASKED, "--store", sample_store, "--why").out
    assert not set(out) & set("\x1b│┃─━┌■◆★○")


def test_a_name_alone_gives_masked_candidates(run: Run, sample_store: str) -> None:
    """A name never confirms: its candidates are shown masked, the name itself as it was typed."""
    out = run("check", "--name", "西岭示例物资有限公司", *ASKED, "--store", sample_store).out
    assert out.startswith("不能确定，须核实：仅名称或脱敏号码相同，请以完整证件号码核实。")
    assert "重大税收违法失信主体名单：西*********，91**************XT" in out
    assert "  主体：西岭示例物资有限公司，主体类别不明" in out


def test_why_tells_every_measure_that_does_not_apply(run: Run, sample_store: str) -> None:
    """A non-hit has a reason too: --why folds them under one heading."""
    out = run("check", RELEASED, *ASKED, "--store", sample_store, "--why").out
    assert "拒绝参与政府采购活动：已移出；失信被执行人名单（2023-05-06 列入" in out
    assert "未适用的措施" not in run("check", RELEASED, *ASKED, "--store", sample_store).out


def test_json_is_the_document_of_the_contract(run: Run, sample_store: str) -> None:
    """`check --json` prints the document that the HTTP door returns."""
    ran = run("check", DEFAULTER, *ASKED, "--store", sample_store, "--why", "--json")
    document = json.loads(ran.out)
    ResultDocument.model_validate(document)
    assert document["verdict"] == "prohibited"
    assert document["question"]["subject"] == DEFAULTER
    assert document["not_applied"] != []


def test_every_word_of_the_question_is_passed_on(run: Run, sample_store: str) -> None:
    """Each option is a word of the question."""
    words = [
        "--kind", "enterprise", "--matter", "bidding", "--as-of", "2026-06-09", "--role", "bidder",
        "--region", "410182", "--phase", "before", "--trait", "engineering", "--trait", "not-public-funds",
        "--field", "construction",
        "--size", "small", "--occupation", "teacher", "--related", f"legal-representative:{NOBODY}",
        "--act", "bidding-disqualified:none",
        "--coverage", "loaded", "--date", "notice:2026-05-06", "--date", "evaluation:2026-06-09",
        "--store", sample_store, "--json",
    ]  # fmt: skip
    asked = json.loads(run("check", DEFAULTER, *words).out)["question"]
    assert asked.pop("known_at") is not None
    assert asked == {
        "subject": DEFAULTER, "kind": "enterprise", "matter": "BID", "as_of": "2026-06-09", "role": "bidder",
        "phase": "before", "region": "410182", "traits": ["engineering", "not-public-funds"],
        "fields": ["construction"], "size": "small", "occupations": ["teacher"],
        "related": [f"legal-representative:{NOBODY}"],
        "acts": ["bidding-disqualified:none"], "coverage": "loaded",
        "dates": {"notice": "2026-05-06", "evaluation": "2026-06-09"},
    }  # fmt: skip


def test_what_was_known_then(run: Run, sample_store: str) -> None:
    """`known_at` before the first batch: nothing was known, so nothing is sure."""
    out = run("check", DEFAULTER, *ASKED, "--store", sample_store, "--known-at", "2020-01-01T00:00:00+08:00").out
    assert out.startswith("不能确定，须核实：未导入名单：")
    assert "  名单时点：从未导入名单" in out


def test_a_hint_is_attention_and_no_restriction(run: Run, list_file: ListFile) -> None:
    """河南条例 34 refers to other law: 仅作提示，不得据此限制; and what was not loaded is told in the same line."""
    file = list_file(f"BL.HN,甲,{DEFAULTER},2026-01-10,豫示〔2026〕1号")
    assert run("import", file, "--list", "BL.HN").code == 0
    lines = run("check", DEFAULTER, *ASKED, "--coverage", "loaded").out.splitlines()
    assert lines[0].startswith("提示关注：")
    assert "限制失信联合惩戒对象参加政府采购" in lines[0]
    assert "仅作提示，不得据此限制。另有未能查明的：未导入名单：" in lines[0]
    assert "  口径：仅就已导入名单作答" in lines


def test_an_order_shown_is_a_cause_like_a_listing(run: Run, sample_store: str) -> None:
    """政府采购法 77: a ban ordered bites until its last day and does not fall with the repair of a listing."""
    act = "procurement-ban:2026-01-15:years=1:document_number=示例财采罚〔2026〕9号:until=2027-01-14"
    out = run("check", NOBODY, *ASKED, "--act", act, "--store", sample_store).out
    assert out.startswith("禁止：禁止参加政府采购活动期间不得参加政府采购；")
    assert "（2026-01-15，示例财采罚〔2026〕9号）" in out
    assert "  截止：2027-01-14（含当日）" in out
    assert "  修复：不因信用修复而解除。" in out
    assert "不存在“禁止参加政府采购活动的处罚决定”的情形" not in out


def test_lists_that_grew_old_are_told(run: Run, tmp_path: Path) -> None:
    """A stale list makes the answer indeterminate, and the first line says which ones to import again."""
    url = f"sqlite:///{tmp_path / 'old.db'}"
    wanted = Wanted(SAMPLES / "lists.csv", url, mapping=SAMPLES / "lists.mapping.yaml")
    run_import(wanted, default_catalog(), clock=lambda: datetime(2024, 6, 10, 9, tzinfo=SHANGHAI))
    out = run("check", NOBODY, *ASKED, "--store", url).out
    assert out.startswith("不能确定，须核实：名单已过期：经营异常名录、")


def test_an_ended_candidate_says_so(run: Run, list_file: ListFile) -> None:
    """A candidate that was removed long ago is shown as such."""
    file = list_file("BL.TAX,丙公司,,2020-01-11,示税〔2020〕1号,2021-01-01", headers=f"{HEADERS},removed_on")
    assert run("import", file).code == 0
    assert "，2020-01-11 列入，已移出，批次 " in run("check", "--name", "丙公司", *ASKED).out


def test_the_default_store_is_the_users_own(run: Run, list_file: ListFile, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --store: JOINTSANCTION_STORE, else the user's data folder; none there says what to type."""
    ran = run("check", DEFAULTER, *ASKED)
    assert ran.code == 4
    assert "registry.no_store" in ran.err
    assert "jointsanction import FILE" in ran.err
    file = list_file(f"BL.SXBZXR,甲,{DEFAULTER},2026-01-10,（2026）示执1号")
    assert run("import", file).code == 0
    assert run("check", DEFAULTER, *ASKED).out.startswith("禁止：")
    monkeypatch.setenv("JOINTSANCTION_STORE", "sqlite:///elsewhere.db")
    assert run("check", DEFAULTER, *ASKED).code == 4


def test_a_catalogue_of_ones_own(run: Run, sample_store: str, tmp_path: Path) -> None:
    """A city lays its own measures over the shipped ones; what only manages does not hinder."""
    folder = tmp_path / "our-city" / "measures" / "local" / "410182" / "restriction"
    folder.mkdir(parents=True)
    (folder / "alert-unsafe.yaml").write_text(MEASURE, encoding="utf-8")
    (tmp_path / "our-city" / "measures" / "instruments").mkdir()
    (tmp_path / "our-city" / "measures" / "instruments" / "our-document.yaml").write_text(INSTRUMENT, encoding="utf-8")
    words = [*ASKED, "--store", sample_store, "--catalogue", str(tmp_path / "our-city")]
    lines = run("check", "91990000MA0DEM0991", *words).out.splitlines()
    assert lines[0] == "提示关注：示例市提示采购人注意；不影响其办理，按处置要求执行。"
    assert "1【管理】示例市提示采购人注意（应当 · 提示）" in lines
    assert "  依据：《示例文件》第3条（规范性文件；未核对原文）" in lines


MEASURE = """\
id: alert-unsafe
title: 示例市提示采购人注意
item: supervision
class: administrative
degree: alert
binding: must
trigger: listing
targets: {lists: [BL.SAFE]}
bears: [self]
matters: [GPC]
region: "410182"
basis:
  - {instrument: civil-procedure-law-2023, article: "266", carries: sets, text: verified}
  - {instrument: our-document, article: "3", carries: implements, text: recalled}
implementing_authority: [示例市财政局]
duty: 提示采购人注意。
"""
INSTRUMENT = """\
id: our-document
title: 示例文件
level: normative-document
region: "410182"
valid_from: 2024-01-01
"""


@pytest.mark.parametrize(
    "slip",
    [
        Slip((DEFAULTER,), 2, "question.usage"),
        Slip(("--matter", "procurement"), 2, "question.usage"),
        Slip((DEFAULTER, "--matter"), 2, "question.usage"),
        Slip((DEFAULTER, "--mater", "procurement"), 2, "question.usage"),
        Slip((DEFAULTER, "二号", "--matter", "procurement"), 2, "question.usage"),
        Slip(("--name", "\udcff", "--matter", "procurement"), 2, "question.usage"),
        Slip((DEFAULTER, "--matter", "procurment"), 2, "matter.unknown"),
        Slip(("12345", "--matter", "procurement"), 2, "subject.malformed"),
        Slip((DEFAULTER, *ASKED, "--as-of", "昨天"), 2, "question.date"),
        Slip((DEFAULTER, *ASKED, "--kind", "firm"), 2, "question.unknown_word"),
        Slip((DEFAULTER, *ASKED, "--act", "sentence:2020-01-01"), 2, "question.act"),
        Slip((DEFAULTER, *ASKED, "--store", "postgres"), 2, "registry.url"),
        Slip((DEFAULTER, *ASKED, "--store", "sqlite:///none.db"), 4, "registry.no_store"),
        Slip((DEFAULTER, *ASKED, "--catalogue", "nowhere"), 3, "catalog.no_root"),
    ],
)
def test_errors_are_told_with_code_and_exit_code(
    run: Run, sample_store: str, monkeypatch: pytest.MonkeyPatch, slip: Slip
) -> None:
    """2 usage, 3 bad data, 4 store unreachable; code and words on stderr, with --json the document on stdout."""
    monkeypatch.setenv("JOINTSANCTION_STORE", sample_store)
    told = run("check", *slip.given)
    assert (told.code, told.out) == (slip.code, "")
    assert told.err.startswith(f"错误 {slip.error}：")
    as_json = run("check", "--json", *slip.given)
    assert (as_json.code, as_json.err) == (slip.code, "")
    assert json.loads(as_json.out)["error"]["code"] == slip.error


def test_the_dates_of_the_case_are_shown_with_the_one_that_decides(run: Run, sample_store: str) -> None:
    """An officer sees how it stood on each day, and which day counted."""
    dates = ["--date", "notice:2025-03-01", "--date", "evaluation:2026-06-10"]
    ran = run("check", DEFAULTER, "--matter", "procurement", "--region", "410182", *dates, "--store", sample_store)
    assert ran.code == 0, ran.err
    assert "公告日：2025-03-01 未发现\n" in ran.out
    assert "评审日：2026-06-10 禁止：拒绝参与政府采购活动（以此为准）" in ran.out
    assert " 导入）" in ran.out
