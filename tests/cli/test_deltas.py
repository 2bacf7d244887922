"""Deltas, reassessment and watches on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from cli_side import DEFAULTER, NOBODY, UNPAID_WAGES, Run
from jointsanction.engine import shanghai_now
from jointsanction.repair.making import Step, make_event
from jointsanction.root import default_root
from jointsanction.store import Store
from jointsanction.terms import RepairState, RepairTrack

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = f"""统一社会信用代码,列入日期,文书文号
{DEFAULTER},2026-01-10,示税〔2026〕1号
{NOBODY},2026-01-11,示税〔2026〕2号
"""
DELTA = f"""操作类型,统一社会信用代码,列入日期,文书文号,移出日期
新增,{UNPAID_WAGES},2026-02-01,示税〔2026〕3号,
删除,{DEFAULTER},,示税〔2026〕1号,2026-02-02
"""
PLACE = ("--list", "BL.TAX", "--sequence")


class Office:
    """An office with a store of its own that imports files and looks at what it has (名单处)."""

    def __init__(self, folder: Path, run: Run) -> None:
        """Keep everything in one folder."""
        self.folder, self.run = folder, run
        self.store = f"sqlite:///{folder / 'office.db'}"

    def file(self, text: str, name: str = "增量.csv") -> str:
        """Write a file."""
        (self.folder / name).write_text(text, encoding="utf-8")
        return str(self.folder / name)

    def __call__(self, *words: str) -> tuple[int, str, str]:
        """Run a command over the store."""
        ran = self.run(*words, "--store", self.store)
        return ran.code, ran.out, ran.err


@pytest.fixture
def office(tmp_path: Path, run: Run) -> Office:
    """Return an office that has the whole list as of delivery 17."""
    made = Office(tmp_path, run)
    assert made("import", made.file(WHOLE, "全量.csv"), *PLACE, "17")[0] == 0
    return made


def test_a_delta_is_told_as_such_and_taken_in_its_turn(office: Office) -> None:
    """The page says what its rows do; again it changes nothing, out of turn it is refused."""
    delta = office.file(DELTA)
    code, out, _ = office("import", delta, *PLACE, "18")
    assert code == 0
    assert "  完整名单：增量文件：新增 1 行，变更 0 行，移出 1 行；名单仍以先前的完整一期为准" in out
    assert "  新增：1 条\n  变更：1 条\n" in out
    assert "没有变动" in office("import", delta, *PLACE, "18")[1]
    code, _, err = office("import", office.file(DELTA.replace("3号", "4号")), *PLACE, "20")
    assert (code, err.partition("：")[0]) == (3, "错误 registry.delta_order")
    code, out, _ = office("import", office.file(DELTA.splitlines()[0] + "\n"), *PLACE, "19")
    assert "  期次更新：BL.TAX（内容未变）" in out


def test_operations_under_a_header_of_their_own_are_not_passed_over(office: Office) -> None:
    """Unread, the row that frees somebody would list him; a column that says anything else is only told."""
    delta = DELTA.replace("操作类型", "操作")
    _, _, err = office("import", office.file(delta), *PLACE, "18")
    assert err.startswith("错误 registry.operation_unread：“操作”一列")
    assert "操作: operation" in err
    looked = delta.replace("新增,", "查看,").replace("删除,", "查看,").replace(",2026-02-02", ",2026-02-03")
    kept = office.file(looked.replace(f"{DEFAULTER},,", f"{DEFAULTER},2026-01-10,"))
    code, out, err = office("import", kept, *PLACE, "18")
    assert (code, out, err) == (0, out, "")
    office.file("columns: {操作: operation}\nlist: BL.TAX\n", "m.yaml")
    read = ("--mapping", f"{office.folder}/m.yaml", "--sequence", "19")
    assert "增量文件：新增 1 行，变更 0 行，移出 1 行" in office("import", office.file(delta), *read)[1]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("--list", "BL.TAX"), "registry.delta_undeclared"),
        (("--mapping", "{folder}/m.yaml", "--sequence", "1"), "registry.delta_unnamed"),
    ],
)
def test_a_delta_says_which_one_of_what_it_is(office: Office, words: tuple[str, ...], wanted: str) -> None:
    """Without a number, or without a list or a provider, nobody can put it in order."""
    office.file("columns: {操作类型: operation}\n", "m.yaml")
    rows = (
        DELTA.replace("操作类型,", "操作类型,list,").replace("新增,", "新增,BL.TAX,").replace("删除,", "删除,BL.TAX,")
    )
    file = office.file(rows if "--mapping" in words else DELTA)
    said = [word.format(folder=office.folder) for word in words]
    for more in ((), ("--dry-run",)):
        assert office("import", file, *said, *more)[2].startswith(f"错误 {wanted}：")


def test_a_delta_is_taken_in_whole_or_not_at_all(office: Office) -> None:
    """The next one would be taken for all that is still to come: `--partial` leaves nothing of it out."""
    bad = office.file(DELTA.replace("新增", "新建"))
    code, out, err = office("import", bad, *PLACE, "18", "--partial")
    assert (code, err.partition("：")[0]) == (3, "错误 registry.rejected_rows")
    assert "增量文件须整份导入" in err
    assert "取值不在词表中" in out
    empty = office.file(DELTA.replace("新增,", ",", 1))
    assert "（row.no_operation）" in office("import", empty, *PLACE, "18")[1]


def test_what_does_not_fit_can_be_taken_on_purpose(office: Office) -> None:
    """A change of an unknown record is refused; accepted it is new, and counted as not fitting."""
    file = office.file(DELTA.replace("新增", "变更"))
    assert office("import", file, *PLACE, "18")[2].startswith("错误 registry.delta_mismatch：")
    _, out, _ = office("import", file, *PLACE, "18", "--accept-mismatch", "--dry-run")
    assert "  与现有记录不符：1 行" in out
    assert office("import", file, *PLACE, "18", "--accept-mismatch")[0] == 0


def test_a_trial_run_on_no_store_begins_with_the_first_delta(tmp_path: Path, run: Run) -> None:
    """There is nothing to fit yet, and nothing is made for it."""
    office = Office(tmp_path, run)
    rows = "\n".join(DELTA.splitlines()[:2]) + "\n"
    code, out, _ = office("import", office.file(rows), *PLACE, "1", "--dry-run")
    assert (code, "  新增：1 条" in out) == (0, True)
    assert not (tmp_path / "office.db").exists()


def test_who_watches_is_told_and_who_is_touched_is_shown(office: Office) -> None:
    """新受限、解除限制, each with its row; the open case too; the event is told by the import, and once."""
    code, out, _ = office(
        "watch", "add", UNPAID_WAGES, "--matter", "procurement", "--by", "采购中心", "--reason", "在建"
    )
    assert (code, out.startswith("已关注（编号 1）：91")) == (0, True)
    assert "采购中心" in office("watch", "list")[1]
    case = office.file("", "case.json")
    asked = ("--matter", "procurement", "--as-of", "2026-03-01", "--coverage", "loaded", "--json")
    (office.folder / "case.json").write_text(office("check", UNPAID_WAGES, *asked)[1], encoding="utf-8")
    _, out, _ = office("import", office.file(DELTA), *PLACE, "18")
    assert "关注事件（1 项" in out
    batch = Store.open(office.store).batches()[-1].id
    told = ("reassess", "--since", batch, "--as-of", "2026-03-01", "--cases", case)
    _, out, _ = office(*told)
    assert "新受限 1 个，解除限制 1 个" in out
    assert f"    原因：BL.TAX 批次 {batch} 第 2 行" in out
    assert "在办事项（1 件）" in out
    document = json.loads(office(*told, "--matter", "procurement", "--json")[1])
    assert [each["turn"] for each in document["subjects"]] == ["released", "restricted"]
    assert [each["turn"] for each in document["cases"]] == ["restricted"]
    assert document["events"] == []
    (event,) = json.loads(office("watch", "events", "--json")[1])["events"]
    assert (event["subject"], event["turn"], event["causes"][0]["row"]) == (UNPAID_WAGES, "restricted", 2)
    assert "新受限" in office("watch", "events")[1]
    assert "已取消关注（编号 1）" in office("watch", "remove", "1")[1]
    assert office("watch", "remove", "1")[2].startswith("错误 registry.no_such_watch：")


def test_a_change_that_touches_nobody_says_so(office: Office) -> None:
    """An edition renewed leaves every case as it was, unless a list turned stale meanwhile."""
    office("import", office.file(DELTA.splitlines()[0] + "\n"), *PLACE, "18")
    batch = Store.open(office.store).batches()[-1].id
    case = office.file("", "case.json")
    asked = ("--matter", "procurement", "--as-of", "2026-03-01", "--coverage", "loaded", "--json")
    (office.folder / "case.json").write_text(office("check", NOBODY, *asked)[1], encoding="utf-8")
    _, out, _ = office("reassess", "--since", batch, "--as-of", "2026-03-01", "--cases", case)
    assert "新受限 0 个，解除限制 0 个，答案有变 0 个" in out
    assert "都与存档时的名单答案相同" in out


def test_nobody_in_particular_is_not_watched(office: Office) -> None:
    """A masked number could be many."""
    said = ("--matter", "procurement", "--by", "采购中心")
    assert office("watch", "add", "9199****MA0000001B", *said)[2].startswith("错误 question.watch：")
    assert office("watch", "add", NOBODY, "--matter", "没有", "--by", "甲")[2].startswith("错误 matter.unknown：")
    assert office("reassess", "--since", "没有")[2].startswith("错误 registry.no_such_batch：")


def test_what_is_known_by_name_only_is_told_and_a_day_can_be_given(office: Office) -> None:
    """Nobody can be asked about it; since a day counts what was recorded from then on."""
    rows = "操作类型,统一社会信用代码,名称,列入日期,文书文号\n新增,,虚构丙公司,2026-02-01,示税〔2026〕5号\n"
    office("import", office.file(rows), *PLACE, "18")
    batch = Store.open(office.store).batches()[-1].id
    _, out, _ = office("reassess", "--matter", "procurement")
    assert f"没有可核对的号码、无法重评的记录（1 条，请人工核对）\n  BL.TAX：批次 {batch} 第 2 行" in out
    words = ("reassess", "--since", "2026-01-01", "--matter", "procurement", "--json")
    document = json.loads(office(*words)[1])
    assert document["since"] == "2026-01-01"
    assert document["unaskable"] == [{"list": "BL.TAX", "batch": batch, "row": 2}]
    assert {each["turn"] for each in document["subjects"]} == {"restricted"}
    assert office("reassess", "--since", "2026-13-01")[2].startswith("错误 question.date：")


def test_what_a_ledger_holds_is_told_to_who_watches_once(office: Office) -> None:
    """A removal entered without any file frees the subject: `watch look` tells it, the second time nothing."""
    store = Store.open(office.store)
    office("import", office.file(DELTA.splitlines()[0] + "\n"), *PLACE, "18")
    office("watch", "add", DEFAULTER, "--matter", "procurement", "--by", "采购中心")
    row = next(each for each in store.listings(["BL.TAX"]) if each.uscc == DEFAULTER)
    now = shanghai_now()
    said = Step(RepairTrack.EXIT, RepairState.REMOVED, "某局", "期满", now.date(), document="移〔2026〕1号")
    store.repairs.append([make_event(row, said)], recorded_at=now)
    assert "新事件 1 项" in office("watch", "look")[1]
    assert office("watch", "look")[1] == "已查看 1 项关注：新事件 0 项。\n"
    (event,) = json.loads(office("watch", "events", "--json")[1])["events"]
    assert event["causes"] == [
        {"list": "BL.TAX", "batch": None, "row": None, "entry": f"移出：已移出（{now.date()}，移〔2026〕1号）"}
    ]
    assert "移〔2026〕1号" in office("watch", "events")[1]
    _, out, _ = office("reassess", "--matter", "procurement")
    assert "解除限制 1 个" in out
    assert f"    原因：BL.TAX 移出：已移出（{now.date()}，移〔2026〕1号）" in out


def test_one_number_is_one_delivery_however_it_is_written(office: Office) -> None:
    """018 follows 17, is 18 again, and 第19期 follows it."""
    delta = office.file(DELTA)
    assert office("import", delta, *PLACE, "018")[0] == 0
    assert "没有变动" in office("import", delta, *PLACE, "18")[1]
    assert office("import", office.file(DELTA.splitlines()[0] + "\n"), *PLACE, "第１９期")[0] == 0
    assert office("import", delta, *PLACE, " ")[2].startswith("错误 registry.delta_undeclared：")


def test_a_list_says_itself_how_far_it_may_shrink(office: Office, tmp_path: Path) -> None:
    """The floor stands in the catalogue: with the lowest one half of a list may go, with the highest none of it."""
    lists = tmp_path / "floors" / "measures" / "lists"
    lists.mkdir(parents=True)
    shipped = (default_root() / "measures" / "lists" / "BL.TAX.yaml").read_text(encoding="utf-8")
    for floor, code in ((100, 3), (1, 0)):
        text = shipped.replace("stale_after:", f"floor: {floor}\nstale_after:") + "overrides: true\n"
        (lists / "BL.TAX.yaml").write_text(text, encoding="utf-8")
        half = office.file("\n".join(WHOLE.splitlines()[:2]) + "\n")
        words = ("import", half, *PLACE, "18", "--catalogue", str(tmp_path / "floors"))
        assert office(*words)[0] == code
