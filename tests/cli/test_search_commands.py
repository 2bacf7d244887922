"""Searching and counting on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from jointsanction.root import default_root
from jointsanction.testing.counting import count_cases

if TYPE_CHECKING:
    from pathlib import Path

    from cli_side import Run


def test_search_as_text_and_as_json(run: Run) -> None:
    """The list itself comes first, and both forms count the same."""
    ran = run("catalog", "search", "失信被执行人名单", "--limit", "2")
    assert ran.code == 0
    head, _, first, *_ = ran.out.splitlines()
    assert "列出前 2 条" in head
    assert first == "对象清单 BL.SXBZXR 失信被执行人名单"
    document = json.loads(run("catalog", "search", "失信被执行人名单", "--json").out)
    assert f"：{document['count']} 条" in head
    assert document["hits"][0]["id"] == "BL.SXBZXR"


def test_matters_that_need_a_credit_report_are_found(run: Run, tmp_path: Path) -> None:
    """信用报告应用目录 is a list of each place: of the shipped matters none is on it, those of one's own are found."""
    assert json.loads(run("catalog", "search", "须查阅信用报告", "--json").out)["count"] == 0
    (tmp_path / "measures").mkdir()
    (tmp_path / "measures" / "matters.yaml").write_text(OURS, encoding="utf-8")
    own = ("--catalogue", str(tmp_path))
    found = json.loads(run("catalog", "search", "须查阅信用报告", "--json", *own).out)
    assert [hit["id"] for hit in found["hits"]] == ["OURS"]
    assert "信用报告：须查阅信用报告" in run("catalog", "explain", "OURS", *own).out


OURS = """\
matters:
  OURS: {title: 示例事项, kind: right, default_role: applicant, credit_report_required: true, also_under: [FUND]}
"""


def test_stats_as_text_and_as_json(run: Run) -> None:
    """Every table has its total."""
    assert "## 措施：按方向" in run("catalog", "stats").out
    document = json.loads(run("catalog", "stats", "--json").out)
    assert all(table["total"] == sum(table["counts"].values()) for table in document["tables"])
    # The wheel carries no cases, a checkout all of them.
    counted = count_cases([default_root()])
    assert document["figures"].get("用例") == (None if counted is None else sum(counted.values()))


def test_where_no_cases_lie_none_are_counted(tmp_path: Path) -> None:
    """The wheel carries no cases: that is not known, and not nought."""
    assert count_cases([tmp_path]) is None
