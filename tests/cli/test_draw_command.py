"""Drawing whom to inspect, and exporting levels, on the command line."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from cli_side import DEFAULTER, NOBODY, UNPAID_WAGES, Run
from jointsanction.receipt import digest

if TYPE_CHECKING:
    from pathlib import Path

ROLL = f"id,kind,name\n{DEFAULTER},enterprise,甲公司\n{NOBODY},enterprise,\n{UNPAID_WAGES},enterprise,丙公司\n"
DAY = ("--as-of", "2026-06-10")


@pytest.fixture
def roll(tmp_path: Path) -> str:
    """Return the path of a roll of three firms."""
    return written(tmp_path / "roll.csv", ROLL)


def written(file: Path, text: str) -> str:
    """Write a file and return its path."""
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_a_draw_can_be_redone_from_its_record(run: Run, roll: str, sample_store: str) -> None:
    """The record names algorithm, seed, weights, versions, every ticket, and a digest over all of it."""
    words = ("draw", roll, "--seed", "公证1", "--count", "2", *DAY, "--store", sample_store, "--json")
    record = json.loads(run(*words).out)
    assert json.loads(run(*words).out)["lots"] == record["lots"]
    assert [lot["drawn"] for lot in record["lots"]] == [True, True, False]
    assert record["algorithm"] == "a-res-sha256-1"
    assert record.pop("digest") == digest(record)
    weights = {lot["id"]: lot["weight"] for lot in record["lots"]}
    assert Decimal(weights[UNPAID_WAGES]) > Decimal(weights[NOBODY])


def test_the_page_masks_numbers_and_names_the_inspectors(
    run: Run, roll: str, sample_store: str, tmp_path: Path
) -> None:
    """It is posted; who is inspected by whom stands on it, whole numbers do not."""
    staff = written(tmp_path / "staff.csv", f"姓名,回避\n赵,\n钱,{DEFAULTER.lower()}\n,{NOBODY}\n孙,\n钱,{NOBODY}\n")
    asked = ("draw", roll, "--seed", "1", "--count", "3", "--inspectors", staff, "--each", "2", *DAY)
    ran = run(*asked, "--store", sample_store)
    assert ran.code == 0
    assert ran.out.splitlines()[0] == "从 3 个检查对象中抽取 3 个。"
    lines = [line for line in ran.out.splitlines() if "91*" in line]
    assert len(lines) == 3
    assert all(("钱" not in line) for line in lines if "甲公司" in line or "（未给名称）" in line)
    assert DEFAULTER not in ran.out


def test_an_inspector_avoids_each_of_several_numbers(run: Run, roll: str, sample_store: str, tmp_path: Path) -> None:
    """回避: however the numbers are parted; what is no number is refused, lest somebody is sent who must not be."""
    asked = ("draw", roll, "--seed", "1", "--count", "3", "--each", "1", *DAY, "--store", sample_store, "--json")
    numbers = (DEFAULTER.lower(), NOBODY, UNPAID_WAGES)
    for between in ("、", "；", "，", " ", "\\"):
        staff = written(tmp_path / "staff.csv", f"姓名,回避\n赵,\n钱,{between.join(numbers)}\n".replace("，", "|"))
        ran = run(*asked, "--inspectors", staff)
        if between == "\\":
            assert (ran.code, "question.inspectors" in ran.out + ran.err) == (2, True)
        else:
            assert {tuple(lot["inspectors"]) for lot in json.loads(ran.out)["lots"] if lot["drawn"]} == {("赵",)}


def test_a_posted_page_masks_the_name_of_a_person(run: Run, sample_store: str, tmp_path: Path) -> None:
    """A firm stands there by name, a natural person by the first character."""
    firms = written(tmp_path / "roll.csv", f"id,kind,name\n990000199001010017,person,张三丰\n{NOBODY},,虚构乙公司\n")
    ran = run("draw", firms, "--seed", "1", "--count", "2", *DAY, "--store", sample_store)
    assert "张**" in ran.out
    assert "张三丰" not in ran.out
    assert "虚构乙公司" in ran.out


def test_without_inspectors_nobody_is_sent(run: Run, roll: str, sample_store: str) -> None:
    """Whom to send may be decided elsewhere; the weight says because of what."""
    out = run("draw", roll, "--seed", "1", "--count", "1", "--weight", "ordinary=1", *DAY, "--store", sample_store).out
    assert "未选派" in out


@pytest.mark.parametrize(
    "given",
    [
        (f"id,name\n{NOBODY},甲\n{NOBODY.lower()},乙\n", "name\n赵\n", "重复的主体"),
        ("id,name\n,甲\n", "name\n赵\n", "没有完整的证件号码"),
        (ROLL, "name,avoid\n,\n", "执法检查人员名录是空的"),
        (ROLL, "avoid,备注\n1,2\n", "没有姓名（name）一列"),
        (ROLL, "name\n赵\n", "要选派 2 人"),
    ],
)
def test_a_roll_must_name_each_once(run: Run, tmp_path: Path, sample_store: str, given: tuple[str, str, str]) -> None:
    """Whoever stands there twice would be drawn twice as often."""
    rows, staff, error = given
    roll, inspectors = written(tmp_path / "r.csv", rows), written(tmp_path / "s.csv", staff)
    ran = run("draw", roll, "--seed", "1", "--count", "1", "--inspectors", inspectors, *DAY, "--store", sample_store)
    assert ran.code in {2, 3}
    assert error in ran.err


def test_levels_are_exported_with_their_versions(run: Run, roll: str, sample_store: str, tmp_path: Path) -> None:
    """FEATURES 77: 分级结果归集共享; whoever gets a row knows of which catalogue and lists it is."""
    document = json.loads(run("grades", roll, *DAY, "--store", sample_store).out)
    assert [row["id"] for row in document["grades"]] == [DEFAULTER, NOBODY, UNPAID_WAGES]
    assert document["versions"]["catalogue"].startswith("sha256:")
    out = tmp_path / "grades.csv"
    ran = run("grades", roll, *DAY, "--store", sample_store, "--output", str(out))
    assert "已写出 3 个主体的分级结果" in ran.out
    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["catalogue"] for row in rows] == [document["versions"]["catalogue"]] * 3
    assert [row["receipt"] for row in rows] == [row["receipt"] for row in document["grades"]]
    assert rows[0]["independent"] == "BL.SXBZXR"


def test_everybody_in_the_store_is_exported_once(run: Run, sample_store: str, tmp_path: Path) -> None:
    """Without a roll: whoever stands on a list in his own right with a whole number."""
    out = tmp_path / "grades.json"
    run("grades", *DAY, "--store", sample_store, "--output", str(out))
    ids = [row["id"] for row in json.loads(out.read_text(encoding="utf-8"))["grades"]]
    assert DEFAULTER in ids
    assert len(ids) == len(set(ids))


def test_an_export_that_cannot_be_is_told(run: Run, roll: str, sample_store: str, tmp_path: Path) -> None:
    """A folder that isn't there; a store with nobody in it."""
    ran = run("grades", roll, *DAY, "--store", sample_store, "--output", str(tmp_path / "no" / "g.csv"))
    assert (ran.code, "无法写出" in ran.err) == (3, True)
    empty = written(tmp_path / "empty.csv", "id,name\n")
    assert run("grades", empty, *DAY, "--store", sample_store).code == 3


def test_a_store_of_names_alone_has_nobody_to_grade(run: Run, tmp_path: Path) -> None:
    """A name is nobody, so it has no level."""
    rows = written(tmp_path / "names.csv", "list,name,listed_on,instrument_no\nBL.SXBZXR,某公司,2026-01-01,虚1号\n")
    store = f"sqlite:///{tmp_path / 'n.db'}"
    assert run("import", rows, "--store", store).code == 0
    ran = run("grades", *DAY, "--store", store)
    assert (ran.code, "没有可以分级的主体" in ran.err) == (3, True)
