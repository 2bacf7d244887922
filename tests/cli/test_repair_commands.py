"""Repair and objection on the command line: each step told, one instrument as one event, the notice printed."""

from __future__ import annotations

import json

import pytest

from cli_side import ASKED, DEFAULTER, ListFile, Run
from jointsanction.store import Store
from jointsanction.terms import RepairState


@pytest.fixture
def said(own_store: str) -> tuple[str, ...]:
    """Return the options every step needs, for the instrument of the defaulter's first listing."""
    return ("--instrument", number(own_store), "--by", "窗口甲", "--reason", "材料齐全", "--store", own_store)


def number(store: str) -> str:
    """Return the document number of the defaulter's listing."""
    rows = Store.open(store).listings(["BL.SXBZXR"])
    return next(str(row.instrument_no) for row in rows if row.uscc == DEFAULTER)


def verdict(run: Run, store: str, *more: str) -> str:
    """Return the verdict about the defaulter."""
    return str(json.loads(run("check", DEFAULTER, *ASKED, *more, "--store", store, "--json").out)["verdict"])


def test_a_repair_runs_its_course(run: Run, own_store: str, said: tuple[str, ...]) -> None:
    """Applied, verified, accepted, effective: only then does the answer change, and from that day."""
    assert verdict(run, own_store) == "prohibited"
    applied = run("repair", "apply", DEFAULTER, *said, "--on", "2026-03-02")
    assert (applied.code, "须核实：" in applied.out) == (0, True), applied.err
    for state in ("verifying", "accepted"):
        assert run("repair", "step", state, DEFAULTER, *said, "--on", "2026-03-05").code == 0
        assert verdict(run, own_store) == "prohibited"
    asked = run("check", DEFAULTER, *ASKED, "--store", own_store).out
    assert "信用修复：准予修复（窗口甲，2026-03-05：材料齐全）" in asked
    done = run("repair", "step", "effective", DEFAULTER, *said, "--on", "2026-04-01", "--document", "虚修〔2026〕1号")
    assert "修复生效" in done.out
    assert verdict(run, own_store) != "prohibited"
    listed = run("repair", "list", DEFAULTER, "--store", own_store).out
    assert ("虚修〔2026〕1号" in listed, DEFAULTER in listed) == (True, False)
    assert "（4 项）" in run("repair", "list", "--store", own_store).out
    assert "（0 项）" in run("repair", "list", "91990000MA0DEM0806", "--store", own_store).out


def test_who_deceived_is_told_how_long_he_waits(run: Run, own_store: str, list_file: ListFile) -> None:
    """信用修复管理办法第二十五条: the window sees it when he applies again."""
    path = list_file(f"BL.ENV,{DEFAULTER},2025-03-01,虚环〔2025〕1号", headers="list,uscc,listed_on,instrument_no")
    assert run("import", path, "--store", own_store).code == 0
    mine = (DEFAULTER, "--instrument", "虚环〔2025〕1号", "--by", "窗口甲", "--reason", "如此", "--store", own_store)
    assert run("repair", "apply", *mine, "--on", "2026-05-01").code == 0
    for state in ("verifying", "accepted", "effective", "revoked"):
        assert run("repair", "step", state, *mine, "--on", "2026-05-05").code == 0
    assert "2029-05-06 起可以申请" in run("repair", "apply", *mine, "--on", "2026-05-06").out


def test_two_offices_consent(run: Run, own_store: str, said: tuple[str, ...]) -> None:
    """One consent is not enough, and one person does not give both."""
    run("repair", "apply", DEFAULTER, *said, "--two-step")
    run("repair", "step", "verifying", DEFAULTER, *said)
    first = run("repair", "step", "accepted", DEFAULTER, *said, "--office", "credit-office")
    assert "一方已同意" in first.out
    again = run("repair", "step", "accepted", DEFAULTER, *said, "--office", "data-provider")
    assert (again.code, "repair.one_office" in again.err) == (3, True)
    other = [*said[:3], "数据单位乙", *said[4:]]
    assert "准予修复" in run("repair", "step", "accepted", DEFAULTER, *other, "--office", "data-provider").out
    assert "窗口甲（信用办）" in run("repair", "list", "--store", own_store).out


def test_a_step_for_nobody_or_out_of_order_is_told(run: Run, own_store: str, said: tuple[str, ...]) -> None:
    """Nothing is recorded about nothing."""
    early = run("repair", "step", "effective", DEFAULTER, *said)
    assert (early.code, "repair.order" in early.err) == (3, True)
    none = run("repair", "apply", DEFAULTER, *said, "--list", "BL.TAX")
    assert (none.code, "repair.no_record" in none.err) == (3, True)
    assert Store.open(own_store).repairs.events() == ()


def test_a_temporary_lift_and_a_removal(run: Run, own_store: str, said: tuple[str, ...]) -> None:
    """破产重整期间暂时解除; a removal by the authority is a step of its own."""
    lift = ("repair", "step", "lifted", DEFAULTER, *said, "--track", "reorganisation", "--on", "2026-01-05")
    assert run(*lift, "--until", "2026-12-31").code == 0
    assert verdict(run, own_store) != "prohibited"
    assert "至 2026-12-31" in run("repair", "list", "--store", own_store).out
    assert run("repair", "step", "removed", DEFAULTER, *said, "--track", "exit", "--on", "2026-02-02").code == 0


def test_an_objection_corrects_a_field(run: Run, own_store: str, said: tuple[str, ...]) -> None:
    """The value before stays beside the value after."""
    assert run("objection", "file", DEFAULTER, *said).code == 0
    assert run("objection", "step", "verifying", DEFAULTER, *said).code == 0
    fixed = run("objection", "step", "partly", DEFAULTER, *said, "--field", "severity", "--new", "general")
    assert fixed.code == 0, fixed.err
    assert "severity：空 → general" in run("objection", "list", DEFAULTER, "--store", own_store).out
    assert run("objection", "step", "partly", DEFAULTER, *said, "--field", "uscc").code == 3


def test_one_instrument_on_several_lists(run: Run, own_store: str, said: tuple[str, ...], list_file: ListFile) -> None:
    """A step is taken for every record; those it can't be taken for are told, and those not yet in step."""
    rows = (f"{code},{DEFAULTER},2025-01-02,{said[1]}" for code in ("BL.TAX", "BL.ZJ", "RL.G33"))
    path = list_file(*rows, headers="list,uscc,listed_on,instrument_no")
    assert run("import", path, "--store", own_store).code == 0
    one = run("repair", "apply", DEFAULTER, *said, "--list", "BL.SXBZXR", "--on", "2026-01-01")
    assert "（1/1 条记录）" in one.out
    both = run("repair", "apply", DEFAULTER, *said, "--on", "2026-01-01")
    for words in ("（3/4 条记录）", "未办理", "本名单不可修复", "目录没有写明本名单能否修复"):
        assert words in both.out
    early = run("repair", "in-step", said[1], "--store", own_store)
    assert "5 条记录，0 条未同步" in early.out
    for state in ("verifying", "accepted", "effective"):
        run("repair", "step", state, DEFAULTER, *said, "--list", "BL.SXBZXR", "--on", "2026-01-02")
    late = run("repair", "in-step", said[1], "--as-of", "2026-06-10", "--store", own_store)
    assert ("3 条未同步" in late.out, DEFAULTER in late.out) == (True, False)


def test_the_notice_is_printed(run: Run, own_store: str) -> None:
    """As text for the subject, as JSON for a program."""
    asked = ("repair", "notice", DEFAULTER, "--as-of", "2026-06-10", "--store", own_store)
    assert "信用修复告知书" in run(*asked).out
    assert json.loads(run(*asked, "--json").out)[0]["list"] == "BL.SXBZXR"
    assert "没有须修复的失信信息" in run("repair", "notice", "91990000MA0DEM0806", "--store", own_store).out


def test_states_are_words(run: Run, said: tuple[str, ...]) -> None:
    """A word nobody knows is a mistake of usage."""
    assert run("repair", "step", "agreed", DEFAULTER, *said).code == 2
    assert "question.usage" in run("repair", "step", "applied", DEFAULTER, *said).err
    assert {state.value for state in RepairState} >= {"applied", "effective"}
