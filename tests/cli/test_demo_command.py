"""The demonstration: what a newcomer sees first."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

import pytest

from jointsanction.home import data_folder

if TYPE_CHECKING:
    from pathlib import Path

    from cli_side import Run


@pytest.fixture
def demo(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return what the demonstration prints."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ran = run("demo")
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def test_it_loads_an_offices_file_and_answers_for_every_bidder(demo: str) -> None:
    """From a GB18030 file with real-life defects to a verdict for each bidder, under strict coverage."""
    assert "  2 解码（decode）：GB18030" in demo
    assert "共 9 行：可导入 9 行，拒绝 0 行，" in demo
    rows = [line.split(" | ") for line in demo.splitlines() if line.startswith("  ") and line.count(" | ") == 4]
    assert [(row[1], row[3]) for row in rows[1:]] == [
        ("北境示例建设有限公司", "禁止"),
        ("南岸示例劳务有限公司", "限制"),
        ("西岭示例物资有限公司", "不能确定，须核实"),
        ("远山示例家具有限公司", "不能确定，须核实"),
        ("东湖示例科技股份有限公司", "守信激励"),
        ("中原示例园林有限公司", "未发现"),
        ("北辰示例测绘有限公司（联合体一）", "禁止"),
        ("海角示例信息有限公司（联合体一）", "禁止"),
    ]
    assert "  未导入名单：无\n  已过期名单：无" in demo


def test_it_shows_measure_basis_duty_and_reason(demo: str) -> None:
    """措施、依据、处置、原因 and the receipt: nothing an answer consists of is missing."""
    for wanted in (
        "1.1【惩戒】拒绝参与政府采购活动（应当 · 禁止）",
        "2.1【惩戒】政府采购中限制拖欠农民工工资失信联合惩戒对象（可以 · 限制）",
        "3.1【待核实】拒绝参与政府采购活动（应当 · 禁止）",
        "5.1【激励】公共资源交易信用加分、提升信用等级（河南守信联合激励对象）（应当 · 信用加分）",
        "  原因：适用：失信被执行人名单（2025-03-10 列入，文书 （2025）示9900执1号）",
        "  依据：《中华人民共和国政府采购法》第22条第1款第2项（法律）",
        "  处置：",
        "  整体凭证：sha256:",
        "三、接着试",
    ):
        assert wanted in demo


def test_it_leaves_the_users_own_store_alone(demo: str, tmp_path: Path) -> None:
    """Made-up lists never come into anybody's registry; where they are is said."""
    assert not data_folder().exists()
    assert f"sqlite:///{tmp_path}" in demo


def test_what_it_suggests_next_works(demo: str, run: Run) -> None:
    """The commands it ends with can be typed as they stand."""
    suggested = [
        line.partition("：jointsanction ")[2].split() for line in demo.splitlines() if "：jointsanction " in line
    ]
    assert len(suggested) == 4
    for words in suggested[:3]:
        assert run(*words).code == 0
    assert run(*suggested[0]).out.startswith("禁止：")
