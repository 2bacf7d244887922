"""Who is tied to whom, on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import worlds as w

if TYPE_CHECKING:
    from pathlib import Path

    from cli_side import Run

ROWS = (
    "名单,名称,统一社会信用代码,列入日期,文书文号,法定代表人,法定代表人身份证号\n"
    f"BL.SXBZXR,甲公司,{w.FIRM},2025-03-01,虚1号,张三丰,{w.PERSON}\n"
    f"BL.SXBZXR,乙公司,{w.PARTNER},2025-03-01,虚2号,张三丰,{w.PERSON}\n"
)


def test_the_way_is_shown_with_numbers_masked(run: Run, tmp_path: Path) -> None:
    """关联度分析: how many steps, along which relation, on which lists; it restricts nobody."""
    file, store = tmp_path / "rows.csv", f"sqlite:///{tmp_path / 'r.db'}"
    file.write_text(ROWS, encoding="utf-8")
    assert run("import", str(file), "--store", store).code == 0
    out = run("relations", w.FIRM, "--store", store).out
    assert "不因有关联而限制任何人" in out
    assert "关联主体（2 层以内，2 个）" in out
    assert "→ 其法定代表人 张**" in out
    assert "本身是法定代表人的" in out
    assert w.PERSON not in out
    document = json.loads(run("relations", w.FIRM, "--depth", "1", "--json", "--store", store).out)
    assert [(tie["degree"], tie["lists"]) for tie in document["ties"]] == [(1, [])]
    nobody = run("relations", w.PARTNER, "--depth", "9", "--store", store)
    assert (nobody.code, "关联层数 9 超出范围" in nobody.err) == (2, True)


def test_a_name_left_out_is_said_to_be(run: Run, tmp_path: Path) -> None:
    """A number without a name is shown as such."""
    file, store = tmp_path / "rows.csv", f"sqlite:///{tmp_path / 'r.db'}"
    file.write_text(ROWS.replace("张三丰", ""), encoding="utf-8")
    run("import", str(file), "--store", store)
    assert "未载明名称" in run("relations", w.FIRM, "--store", store).out
    document = json.loads(run("relations", w.FIRM, "--json", "--store", store).out)
    assert document["ties"][0]["path"][0]["name"] is None
