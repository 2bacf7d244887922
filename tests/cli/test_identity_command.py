"""Recording on the command line what a person decided about a candidate."""

from __future__ import annotations

import json

import pytest

from cli_side import ASKED, Run

CANDIDATE = "91990000MA0D0007XT"
NAME = "西岭示例物资有限公司"


@pytest.fixture
def candidate(run: Run, own_store: str) -> tuple[str, str]:
    """Return batch and row of the candidate of a sample firm."""
    answer = run("check", CANDIDATE, "--name", NAME, *ASKED, "--store", own_store, "--json")
    (found,) = json.loads(answer.out)["identity"]["candidates"]
    return found["source"]["batch"], str(found["source"]["row"])


@pytest.mark.parametrize(("command", "verdict"), [("confirm", "prohibited"), ("clear", "clear")])
def test_a_verdict_is_used_at_the_next_check(
    run: Run, own_store: str, candidate: tuple[str, str], command: str, verdict: str
) -> None:
    """What was decided once is not asked again, and the answer says who decided it."""
    words = ["--batch", candidate[0], "--row", candidate[1], "--by", "窗口甲", "--reason", "已调取营业执照"]
    ran = run("identity", command, CANDIDATE, *words, "--until", "2099-12-31", "--store", own_store)
    assert (ran.code, ran.out.startswith("已记录")) == (0, True), ran.err
    asked = ("check", CANDIDATE, "--name", NAME, *ASKED, "--store", own_store)
    assert "窗口甲" in run(*asked).out
    assert json.loads(run(*asked, "--json").out)["verdict"] == verdict
    listed = run("identity", "list", "--store", own_store)
    assert "窗口甲" in listed.out
    assert CANDIDATE not in listed.out
    assert "（1 项）" in run("identity", "list", "--due", "2099-12-31", "--store", own_store).out
    assert "（0 项）" in run("identity", "list", "--due", "2099-12-30", "--store", own_store).out


def test_a_row_that_is_not_there_is_told(run: Run, own_store: str) -> None:
    """Nothing is recorded about nothing."""
    words = ["--batch", "x", "--row", "1", "--by", "窗口甲", "--reason", "已核", "--store", own_store]
    ran = run("identity", "clear", CANDIDATE, *words)
    assert (ran.code, "registry.no_such_row" in ran.err) == (3, True)
