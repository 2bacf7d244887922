"""`receipt disclose`: what of a filed answer may leave."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from cli_side import Run


def test_an_extract_is_taken_from_an_unaltered_answer(run: Run, folder: Path, sample_store: str) -> None:
    """The shipped lists say which of their rows anybody may see; an altered answer gives none."""
    asked = ("--matter", "procurement", "--as-of", "2026-06-01", "--store", sample_store, "--json")
    answer = run("check", "91990000MA0DEM0138", *asked).out
    (folder / "answer.json").write_text(answer, encoding="utf-8")
    ran = run("receipt", "disclose", "answer.json", "--to", "anybody")
    (found,) = json.loads(ran.out)["extracts"]
    assert (ran.code, found["disclosed_to"], found["verdict"]) == (0, "anybody", "prohibited")
    assert found["original_receipt"] == json.loads(answer)["receipt"]
    (folder / "answer.json").write_text(answer.replace("prohibited", "clear"), encoding="utf-8")
    assert run("receipt", "disclose", "answer.json", "--to", "anybody").code == 3


def test_whom_it_is_for_is_one_of_three(run: Run) -> None:
    """Anything else is refused with the words there are."""
    ran = run("receipt", "disclose", "answer.json", "--to", "press")
    assert (ran.code, "question.unknown_word" in ran.err) == (2, True)
