"""A change approved in the console is the law at the command line and in Python, on the same store."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import approved_side as law
from jointsanction.engine import Engine
from jointsanction.errors import LoopError, RegistryError
from jointsanction.store.docket.docket import Docket

if TYPE_CHECKING:
    from cli_side import Run

ASKED = ("--matter", "procurement", "--coverage", "loaded", "--as-of", "2024-06-10")


def verdict(document: str) -> str:
    """Return the verdict of an answer."""
    return str(json.loads(document)["verdict"])


def test_every_command_answers_by_what_was_approved(run: Run, tmp_path: Path) -> None:
    """Checks of all sorts say what the service says."""
    url, ours, _ = law.enacted(tmp_path / "s")
    where = ("--store", url, "--catalogue", str(ours))
    assert verdict(run("check", law.FIRM, *ASKED, "--json", *where).out) == "prohibited"
    line = json.dumps({"subject": law.FIRM, "matter": "procurement", "coverage": "loaded", "as_of": "2024-06-10"})
    assert verdict(run("check", "-", *where, stdin=line.encode()).out) == "prohibited"
    said = ("--purpose", "资格审查", "--unit", "测试", "--json")
    assert json.loads(run("loop", "check", law.FIRM, *ASKED, *said, *where).out)["verdict"] == "prohibited"
    roll = tmp_path / "roll.csv"
    roll.write_text(f"名称,统一社会信用代码\n测试甲有限公司,{law.FIRM}\n", encoding="utf-8")
    told = json.loads(run("tender", str(roll), *ASKED, "--json", *where).out)
    assert [each["verdict"] for each in told["results"]] == ["prohibited"]
    out = tmp_path / "screened.csv"
    assert run("screen", str(roll), "--output", str(out), *ASKED, *where).code == 0
    assert "禁止" in out.read_text(encoding="utf-8-sig")
    assert Engine.open(url, [ours]).ask(law.ASKED).verdict == "prohibited"


def test_what_does_not_fit_is_refused_at_every_door(run: Run, tmp_path: Path) -> None:
    """Without the own catalogue an approved measure can't be read: no answer, and the hint says what to do."""
    url, _, number = law.enacted(tmp_path / "s")
    for words in (
        ("check", law.FIRM, *ASKED),
        ("loop", "check", law.FIRM, *ASKED, "--purpose", "资格审查"),
        ("watch", "look"),
        ("lists", "status"),
    ):
        ran = run(*words, "--store", url)
        assert ran.code != 0, words
        assert "loop.approved_unreadable" in ran.err
        assert number in ran.err
        assert "--catalogue" in ran.err
    with pytest.raises(LoopError):
        Engine.open(url)


def test_looking_for_what_was_approved_makes_nothing(run: Run, tmp_path: Path) -> None:
    """A store without a docket has none afterwards, and is answered from as before; no change is no other law."""
    url = law.lists_in(tmp_path)
    before = sorted(tmp_path.iterdir())
    assert verdict(run("check", law.FIRM, *ASKED, "--json", "--store", url).out) != "prohibited"
    assert Docket.existing(url) is None
    assert sorted(tmp_path.iterdir()) == before
    Docket.open(url)
    engine = Engine.open(url)
    assert engine.law == (engine.law.base, engine.law.base, ())
    assert engine.law.catalog is engine.law.base


def test_a_docket_that_cannot_be_read_is_no_docket_without_changes(tmp_path: Path) -> None:
    """Nobody knows what was approved there, so nobody answers."""
    url = law.lists_in(tmp_path)
    Path(tmp_path / "lists.docket.db").write_bytes(b"no database" * 1000)
    with pytest.raises(RegistryError) as refused:
        Engine.open(url)
    assert refused.value.code == "registry.unreachable"
