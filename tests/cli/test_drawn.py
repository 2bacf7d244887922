"""What is drawn on a terminal: words and shapes first, colour after."""

from __future__ import annotations

import io
import sys

import pytest
from rich.console import Console

from cli_side import ASKED, DEFAULTER, SAMPLES, ListFile, Run
from jointsanction.cli import screen
from jointsanction.cli.drawn import SHAPES, draw
from jointsanction.cli.plain import plain_lines
from jointsanction.telling.page import Block, Grid, Headline, Line
from jointsanction.terms import Verdict


def drawn(*parts: Headline | Block | Grid) -> str:
    """Return parts as a terminal without colours shows them."""
    out = io.StringIO()
    draw(parts, Console(file=out, width=60, force_terminal=True, color_system=None, highlight=False))
    return out.getvalue()


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_verdict_is_a_word_and_a_shape(verdict: Verdict) -> None:
    """Colour alone tells nothing to whoever can't see it: each verdict has its own word and its own shape."""
    shown = drawn(Headline("怎么办。", verdict))
    assert verdict.zh in shown
    assert SHAPES[verdict][0] in shown
    assert len({shape for shape, _ in SHAPES.values()}) == len(Verdict)


def test_blocks_and_grids_are_tables() -> None:
    """Labelled lines and rows stand in boxes, whole, whatever their length."""
    shown = drawn(
        Block("题", (Line("依据", "长" * 80),)), Block("无标签", (Line("", "句"),)), Grid("表", ("甲",), (("乙",),))
    )
    assert shown.count("长") == 80
    for wanted in ("题", "依据", "句", "甲", "乙", "│"):
        assert wanted in shown


def test_what_stands_in_a_file_does_not_steer_the_terminal() -> None:
    """A document number with an escape sequence in it is shown without it, in boxes and in lines."""
    part = Block("题", (Line("文书", "1号\x1b[2J\n[bold]x"),))
    assert "\x1b" not in drawn(part)
    assert "[bold]x" in drawn(part)
    assert list(plain_lines(part)) == ["", "题", "  文书：1号 [2J [bold]x"]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the commands believe that somebody watches."""
    monkeypatch.setattr(screen, "is_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "100")


@pytest.mark.usefixtures("terminal")
def test_an_answer_on_a_terminal(run: Run, sample_store: str) -> None:
    """The same page, in tables."""
    out = run("check", DEFAULTER, *ASKED, "--store", sample_store).out
    assert out.splitlines()[0].startswith(" ■ 禁止  拒绝参与政府采购活动；")
    assert "│ 依据" in out
    tender = run("tender", str(SAMPLES / "tender.csv"), *ASKED, "--store", sample_store).out
    assert " ◆ 限制 " in tender


@pytest.mark.usefixtures("terminal")
def test_progress_shows_only_where_somebody_watches(
    run: Run, list_file: ListFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bar goes to stderr of a terminal, never into a file."""
    file = list_file(f"BL.SXBZXR,甲,{DEFAULTER},2026-01-10,（2026）示执1号")
    assert run("import", file).err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert run("import", file).code == 0


def test_a_dumb_terminal_gets_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """TERM=dumb can show lines and nothing else."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert screen.is_terminal()
    monkeypatch.setenv("TERM", "dumb")
    assert not screen.is_terminal()
