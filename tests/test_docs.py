"""The documentation does what it says: every console, Python and file block of README and docs is run.

A page is run from top to bottom in one empty folder with an empty home.
```console blocks give commands after `$ ` and what they print, `...` standing for anything.
```python blocks are doctests.
A block after `<!-- file: NAME -->` is written to that file.
"""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

import spark_side

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    [
        *ROOT.glob("README*.md"),
        *ROOT.glob("docs/*.md"),
        *ROOT.glob("measures/README.md"),
        *ROOT.glob("benchmarks/README.md"),
    ]
)
ON_SPARK = ROOT / "docs" / "spark.md"
EXAMPLES = [pytest.param(page, marks=pytest.mark.spark) if page == ON_SPARK else page for page in PAGES]
BLOCK = re.compile(
    r"(?:^<!-- file: (?P<file>\S+) -->\n\n?)?^```(?P<info>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
SENTENCES_ON_ONE_LINE = re.compile(r"[。！？](?=[^\s”」』）)*`_|。！？])")


class Block(NamedTuple):
    """One fenced block: the file it is to be written to if any, its language, its text, its line in the page."""

    file: str | None
    info: str
    text: str
    line: int


def blocks(page: Path) -> list[Block]:
    """Return the fenced blocks of a page in order."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(found["file"], found["info"].strip(), found["text"], text.count("\n", 0, found.start()) + 1)
        for found in BLOCK.finditer(text)
    ]


def environment(home: Path) -> dict[str, str]:
    """Return a plain environment: this Python's commands first on the path, no colour, a fixed width."""
    kept = {key: value for key, value in os.environ.items() if key.startswith(("COVERAGE_", "SYSTEMROOT"))}
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    plain = {"NO_COLOR": "1", "COLUMNS": "120", "TERM": "dumb", "PYTHONUTF8": "1", "LANG": "C.UTF-8"}
    return {**kept, **plain, "PATH": path, "HOME": str(home), "TMPDIR": str(home)}


def run(command: list[str], folder: Path) -> str:
    """Run a command in a folder and return all it printed."""
    done = subprocess.run(  # noqa: S603 - the documentation's own examples
        command, cwd=folder, env=environment(folder), capture_output=True, text=True, encoding="utf-8", check=False
    )
    return done.stdout + done.stderr


def check_console(block: Block, folder: Path) -> None:
    """Run the commands of a console block and compare what they print."""
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, _, wanted = part.partition("\n")
        while command.endswith("\\"):
            more, _, wanted = wanted.partition("\n")
            command = command[:-1] + more
        got = run(["bash", "-c", command], folder)
        assert doctest.OutputChecker().check_output(wanted, got, FLAGS), f"line {block.line}: $ {command}\n{got}"


def check_python(block: Block, folder: Path) -> None:
    """Run a block of doctests in a Python of its own."""
    (folder / "example.txt").write_text(block.text, encoding="utf-8")
    options = ["-o", "ELLIPSIS", "-o", "NORMALIZE_WHITESPACE"]
    got = run([sys.executable, "-m", "doctest", *options, "example.txt"], folder)
    assert not got, f"line {block.line}:\n{got}"


@pytest.mark.docs
@pytest.mark.parametrize("page", EXAMPLES, ids=lambda page: str(page.relative_to(ROOT)))
def test_examples_do_what_they_say(page: Path, tmp_path: Path) -> None:
    """A page's examples, run in order in one empty folder, print what the page shows."""
    if page == ON_SPARK:
        spark_side.needed()
    for block in blocks(page):
        if block.file is not None:
            (tmp_path / block.file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / block.file).write_text(block.text, encoding="utf-8")
        elif block.info == "console":
            check_console(block, tmp_path)
        elif block.info == "python":
            check_python(block, tmp_path)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_one_sentence_a_line(page: Path) -> None:
    """Markdown source has one sentence a line, so that a change shows as the sentence it changes."""
    prose = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    lines = [line for line in prose.splitlines() if not line.lstrip().startswith("|")]
    assert [line for line in lines if SENTENCES_ON_ONE_LINE.search(line)] == []
