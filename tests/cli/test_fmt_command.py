"""Formatting files from the command line: all read before any is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from cli_side import Run

MESSY = "title: 甲\nid: a-b\n"
NEAT = "id: a-b\ntitle: 甲\n"


def put(folder: Path, name: str, text: str) -> Path:
    """Write a file of a catalogue."""
    path = folder / "measures" / "restriction" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_check_tells_and_formatting_does(run: Run, folder: Path) -> None:
    """`--check` changes nothing and ends with 3; then the files change, their mode stays; then all is well."""
    messy, neat = put(folder, "a.yaml", MESSY), put(folder, "b.yaml", NEAT)
    put(folder, ".hidden/c.yaml", MESSY)
    (folder / "docker-compose.yaml").write_text("b: 1\na: 2\n", encoding="utf-8")
    messy.chmod(0o640)
    checked = run("catalog", "fmt", "--check")
    assert (checked.code, messy.read_text(encoding="utf-8")) == (3, MESSY)
    assert checked.out.endswith("2 个文件，1 个须整理。\n")
    done = run("catalog", "fmt", str(folder))
    assert (done.code, messy.read_text(encoding="utf-8"), messy.stat().st_mode & 0o777) == (0, NEAT, 0o640)
    assert neat.read_text(encoding="utf-8") == NEAT
    assert run("catalog", "fmt", "--check").code == 0
    assert (folder / "docker-compose.yaml").read_text(encoding="utf-8") == "b: 1\na: 2\n"


def test_one_bad_file_and_nothing_is_written(run: Run, folder: Path) -> None:
    """All problems at once, and every file as it was."""
    messy = put(folder, "a.yaml", MESSY)
    put(folder, "b.yaml", "id: a\nid: b\n")
    ran = run("catalog", "fmt")
    assert (ran.code, "catalog.duplicate_key" in ran.err) == (3, True)
    assert messy.read_text(encoding="utf-8") == MESSY


def test_files_named_one_by_one(run: Run, folder: Path) -> None:
    """A file nobody can tell the kind of is refused when it was named; one that isn't there as well."""
    (folder / "x.yaml").write_text(MESSY, encoding="utf-8")
    ran = run("catalog", "fmt", "x.yaml")
    assert (ran.code, "catalog.fmt_kind" in ran.err) == (3, True)
    assert run("catalog", "fmt", "none.yaml").code == 2
