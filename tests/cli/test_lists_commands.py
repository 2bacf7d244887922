"""`jointsanction lists` and `jointsanction deadline`, as typed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from cli_side import Slip

if TYPE_CHECKING:
    from pathlib import Path

    from cli_side import ListFile, Run

DAY = ("--as-of", "2026-06-10")


def test_status(run: Run, sample_store: str) -> None:
    """Each list with rows or an edition: how many are in force, and whether it is stale."""
    done = run("lists", "status", "--list", "BL.TAX", *DAY, "--store", sample_store)
    assert done.code == 0, done.err
    assert "BL.TAX | 重大税收违法失信主体名单 | 2 | 2 | 0 | 0 | 1 | 1 | 0 | 0" in done.out
    found = json.loads(run("lists", "status", *DAY, "--json", "--store", sample_store).out)
    assert found["as_of"] == "2026-06-10"
    assert {row["state"] for row in found["rows"]} <= {"未过期", "过期"}


def test_a_list_without_a_complete_edition(run: Run, tmp_path: Path, list_file: ListFile) -> None:
    """Rows alone don't make a list complete."""
    store = f"sqlite:///{tmp_path / 'own.db'}"
    row = "BL.TAX,虚构乙公司,91990000MA0000002E,2024-03-01,测税〔2024〕1号"
    assert run("import", list_file(row), "--store", store).code == 0
    found = json.loads(run("lists", "status", "--json", "--store", store).out)
    assert [(row["list"], row["edition"], row["state"]) for row in found["rows"]] == [
        ("BL.TAX", None, "没有完整的一期")
    ]


def test_exits_are_masked_and_filtered(run: Run, sample_store: str) -> None:
    """The work list names nobody in full, and can be cut down to one office's own."""
    done = run("lists", "exits", *DAY, "--store", sample_store)
    assert done.code == 0, done.err
    assert "已可申请信用修复" in done.out
    assert "91990000MA0DEM" not in done.out
    for words in (("--kind", "government"), ("--authority", "没有这个机关"), ("--region", "110000")):
        assert json.loads(run("lists", "exits", *words, "--json", "--store", sample_store).out)["rows"] == []


def test_before_and_after_and_doubles(run: Run, own_store: str, list_file: ListFile) -> None:
    """A campaign counts from one day to another; two rows of one subject on one day are told."""
    rows = [f"BL.TAX,虚构乙公司,91990000MA0000002E,2026-05-01,测税〔2026〕{number}号" for number in (1, 2)]
    assert run("import", list_file(*rows), "--store", own_store).code == 0
    found = run("lists", "compare", "2026-04-30", "2026-05-01", "--list", "BL.TAX", "--store", own_store)
    assert "BL.TAX | 重大税收违法失信主体名单 | 2 | 2 | 0 | 4" in found.out
    told = run("lists", "doubles", "--store", own_store)
    assert "同一主体同日列入同一名单两次 | BL.TAX | 虚构乙公司（91**************2E）" in told.out


def test_a_long_list_is_cut_on_a_page(run: Run, tmp_path: Path, list_file: ListFile) -> None:
    """A page is for people; a program asks for JSON."""
    store = f"sqlite:///{tmp_path / 'own.db'}"
    rows = [f"BL.TAX,虚构乙公司,91990000MA0000002E,2024-03-01,测税〔2024〕{number}号" for number in range(203)]
    assert run("import", list_file(*rows), "--store", store).code == 0
    assert "202 条，只显示前 200 条" in run("lists", "doubles", "--store", store).out


WHITE = [
    "RL.HN,虚构甲公司,91990000MA0000001B,2026-01-05,测〔2026〕1号",
    "RL.HN,虚构甲公司,91990000MA0000001B,2026-02-05,测〔2026〕2号",
    "RL.HN,虚构乙公司,91990000MA0000002E,2026-01-05,测〔2026〕1号",
    "RL.HN,虚构丙公司,,2026-01-05,测〔2026〕1号",
    "RL.HN,虚构丁公司,91990000MA0000003H,2036-01-05,测〔2026〕1号",
    "BL.TAX,虚构乙公司,91990000MA0000002E,2026-03-01,测税〔2026〕1号",
]


def test_a_white_list_has_nobody_in_doubt(run: Run, tmp_path: Path, list_file: ListFile) -> None:
    """On the red list today, on no black one, with a number that can be compared; each once, and masked."""
    store, output = f"sqlite:///{tmp_path / 'own.db'}", tmp_path / "白名单.csv"
    assert run("import", list_file(*WHITE), "--store", store, "--partial").code == 0
    done = run("lists", "white", "RL.HN", str(output), *DAY, "--store", store)
    assert done.code == 0, done.err
    lines = output.read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[:3] for line in lines[1:]] == [["虚构甲公司", "91**************1B", "RL.HN"]]
    assert "有黑名单、独立管理名单记录（含存疑的）：1 条" in done.out
    assert "没有可以核对的号码：1 条" in done.out
    assert "不在列：1 条" in done.out
    assert run("lists", "white", "RL.HN", str(output), *DAY, "--whole", "--store", store).code == 0
    assert "91990000MA0000001B" in output.read_text(encoding="utf-8-sig")
    elsewhere = run("lists", "white", "RL.HN", str(output), *DAY, "--region", "110000", "--store", store)
    assert "已写出 0 个主体" in elsewhere.out
    graded = run("lists", "white", "RL.HN", str(output), *DAY, "--grade", "trustworthy", "--store", store)
    assert "等级不能确定（有名单没有导入或者过期）：2 条" in graded.out


def test_a_white_list_is_the_same_from_a_snapshot(run: Run, tmp_path: Path, list_file: ListFile) -> None:
    """Where there is none, or an old one, one is made for this once; a masked number is a doubt either way."""
    store, output = f"sqlite:///{tmp_path / 'own.db'}", tmp_path / "白名单.csv"
    hidden = "BL.TAX,虚构己公司,91990000MA*****01B,2026-03-01,测税〔2026〕2号"
    assert run("import", list_file(*WHITE[:3]), "--store", store).code == 0
    words, seen = ("lists", "white", "RL.HN", str(output), *DAY, "--store", store), []
    for before in ((), ("snapshot", "build", "--store", store), ("import", list_file(hidden), "--store", store)):
        assert not before or run(*before).code == 0
        assert run(*words).code == 0
        seen.append(output.read_text(encoding="utf-8-sig"))
    assert seen[0] == seen[1]
    assert [len(text.splitlines()) for text in seen] == [3, 3, 2]


STATED = [
    "RL.HN,虚构甲公司,91990000MA0000001B,2026-01-05,测〔2026〕1号,存续",
    "RL.HN,虚构乙公司,91990000MA0000002E,2026-01-05,测〔2026〕1号,注销",
    "RL.HN,虚构丁公司,91990000MA0000003H,2026-01-05,测〔2026〕1号,正常",
    "BL.TAX,虚构戊公司,91990000MA0DEM056M,2024-01-05,测〔2024〕2号,吊销，未注销",
]


def test_by_status(run: Run, tmp_path: Path, list_file: ListFile) -> None:
    """僵尸企业清理: the work lists, the white list and the export can be cut down by 登记状态, and only when asked."""
    store, output = f"sqlite:///{tmp_path / 'own.db'}", tmp_path / "出.csv"
    rows = [f'{row.rpartition(",")[0]},"{row.rpartition(",")[2]}"' for row in STATED]
    told = run("import", list_file(*rows, headers="list,name,uscc,listed_on,instrument_no,企业状态"), "--store", store)
    assert told.code == 0, told.err
    assert "row.status_unknown" in told.out
    ask = ("--store", store)

    def exits(*words: str) -> list[tuple[str, str | None]]:
        found = json.loads(run("lists", "exits", *words, *DAY, "--json", *ask).out)["rows"]
        return [(row["list"], row["subject_status"]) for row in found]

    assert (
        exits("--list", "BL.TAX") == exits("--status", "revoked") == exits("--status", "吊销") == [("BL.TAX", "吊销")]
    )
    assert exits("--list", "BL.TAX", "--status", "deregistered", "--status", "unknown") == []
    counted = json.loads(run("lists", "status", "--status", "unknown", "--status", "revoked", *DAY, "--json", *ask).out)
    assert {row["list"]: row["rows"] for row in counted["rows"]} == {"BL.TAX": 1, "RL.HN": 1}
    for words, kept in (((), 3), (("--status", "in-operation"), 1), (("--status", "存续", "--status", "不明"), 2)):
        white = run("lists", "white", "RL.HN", str(output), *words, *DAY, *ask)
        assert f"已写出 {kept} 个主体" in white.out
        assert ("登记状态不在所选之列" in white.out) is bool(words)
    for words, left in (((), 4), (("--status", "deregistered"), 1)):
        assert run("export", str(output), *words, *ask).code == 0
        assert len(output.read_text(encoding="utf-8-sig").splitlines()) == left + 1
    wrong = run("lists", "exits", "--status", "deregisterd", *ask)
    assert (wrong.code, "deregistered" in wrong.err) == (2, True)


def test_what_came_late_and_what_did_not_come(run: Run, own_store: str, list_file: ListFile) -> None:
    """Each late row with its term and whom it came from; an edition that is due; what nobody can tell is counted."""
    rows = ["BL.TAX,张三,9900001990********,2024-03-01,测税〔2024〕7号", "RL.TAXA,虚构乙公司,91990000MA0000002E,,"]
    assert run("import", list_file(*rows), "--store", own_store, "--partial").code == 0
    words = ("lists", "late", "--working-days", "7", "--list", "BL.TAX", "--json", "--store", own_store)
    found = json.loads(run(*words).out)
    one = next(row for row in found["rows"] if row["name"].startswith("张"))
    assert (one["name"], one["last"], one["provider"]) == ("张*（99****************）", "2024-03-12", "未写明")
    assert "没有 2024" in found["notes"][0]
    later = json.loads(run(*words, "--since", "2024-03-02").out)
    assert one["at"] not in [row["at"] for row in later["rows"]]
    due = run("lists", "late", "--days", "3660", "--as-of", "2036-01-01", "--list", "BL.TAX", "--store", own_store)
    assert "缺期 | BL.TAX" in due.out


def test_each_provider_and_what_became_of_his_rows(run: Run, own_store: str, list_file: ListFile) -> None:
    """Who brought it answers for it: unsound numbers, objections, lateness where a term is given."""
    assert run("import", list_file("BL.TAX,虚构己公司,,2024-03-01,测税〔2024〕7号"), "--store", own_store).code == 0
    plain = json.loads(run("lists", "providers", "--json", "--store", own_store).out)["rows"]
    assert plain[0]["provider"] == "未写明"
    assert (plain[0]["without"], plain[0]["late"], plain[0]["objections"]) == (1, None, 0)
    dated = json.loads(run("lists", "providers", "--days", "15", "--json", "--store", own_store).out)
    assert dated["rows"][0]["late"] == 1
    assert dated["notes"]


def test_a_deadline(run: Run, tmp_path: Path) -> None:
    """七个工作日 by weekends alone, with a word of doubt; by a calendar without."""
    done = run("deadline", "2026-06-05", "--working-days", "7", "--done", "2026-06-18")
    assert "最后一日为 2026-06-16；已逾期 2 日" in done.out
    assert "没有 2026 年的放假安排" in done.out
    calendar = tmp_path / "日历.csv"
    calendar.write_text("2026-06-08..2026-06-09,放假\n", encoding="utf-8")
    words = ("--days", "3", "--calendar", str(calendar), "--json", "--done", "2026-06-05")
    assert json.loads(run("deadline", "2026-06-05", *words).out) == {
        "began": "2026-06-05",
        "last": "2026-06-10",
        "late_days": 0,
        "unknown_years": [],
    }
    assert run("deadline", "2026-06-05", "--days", "3").code == 0


@pytest.mark.parametrize(
    "slip",
    [
        Slip(("deadline", "2026-06-05"), 2, "question.term"),
        Slip(("deadline", "2026-06-05", "--days", "1", "--working-days", "1"), 2, "question.term"),
        Slip(("deadline", "2026-06-05", "--days", "9999"), 2, "question.term"),
        Slip(("deadline", "2026-06-31", "--days", "1"), 2, "question.date"),
        Slip(("lists", "exits", "--kind", "nothing"), 2, "question.unknown_word"),
        Slip(("lists", "doubles", "--list", "XX.NOTHING"), 3, "registry.unknown_list"),
        Slip(("lists", "status", "--as-of", "yesterday"), 2, "question.date"),
    ],
)
def test_slips(run: Run, sample_store: str, slip: Slip) -> None:
    """Each slip ends with its code."""
    store = ("--store", sample_store) if slip.given[0] == "lists" else ()
    done = run(*slip.given, *store)
    assert (done.code, done.err.split("：")[0]) == (slip.code, f"错误 {slip.error}")
