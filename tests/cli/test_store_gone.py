"""A store or a snapshot that goes away, or is damaged, between one check and the next: exit code 4, and no verdict."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from cli_side import ASKED, DEFAULTER, Run

DAMAGE = {
    "emptied": lambda _whole: b"",
    "overwritten": lambda whole: b"x" * len(whole),
    "cut short": lambda whole: whole[: len(whole) // 2],
    "another database": lambda _whole: b"SQLite format 3\0" + bytes(4000),
}


class Asked(NamedTuple):
    """A store of one's own, the right verdict about a firm in it, and what asks for that verdict."""

    file: Path
    on: tuple[str, ...]
    verdict: str
    run: Run

    def check(self) -> tuple[int, str]:
        """Return the exit code, and the verdict or the code of the error."""
        ran = self.run("check", DEFAULTER, *ASKED, "--json", *self.on)
        said = json.loads(ran.out)
        return ran.code, said["error"]["code"] if ran.code else said["verdict"]


@pytest.fixture
def asked(own_store: str, run: Run) -> Asked:
    """Ask for the first time."""
    there = Asked(Path(own_store.removeprefix("sqlite:///")), ("--store", own_store), "", run)
    code, verdict = there.check()
    assert (code, verdict != "clear") == (0, True)
    return there._replace(verdict=verdict)


@pytest.mark.parametrize("how", DAMAGE)
def test_a_store_that_is_damaged(asked: Asked, how: str) -> None:
    """What can't be read is no answer: the error says so, in the document too."""
    asked.file.write_bytes(DAMAGE[how](asked.file.read_bytes()))
    # An empty file is what a new database is: nothing was ever taken in.
    assert asked.check() == (4, "registry.no_store" if how == "emptied" else "registry.unreachable")


def test_a_store_that_is_gone(asked: Asked) -> None:
    """The same, with the command that makes one; none is made by asking."""
    asked.file.unlink()
    assert asked.check() == (4, "registry.no_store")
    assert not asked.file.exists()


@pytest.mark.parametrize(("how", "which"), [*zip(DAMAGE, ("*.json", "rows-*", "side-*", "rows-*"), strict=True)])
def test_a_snapshot_that_cannot_be_opened(asked: Asked, how: str, which: str) -> None:
    """Beside a store that is sound the store answers, and `verify` says what is the matter."""
    assert asked.run("snapshot", "build", *asked.on).code == 0
    (file,) = Path(f"{asked.file}.snapshot").glob(which)
    file.write_bytes(DAMAGE[how](file.read_bytes()))
    assert asked.check() == (0, asked.verdict)
    assert asked.run("snapshot", "verify", *asked.on).code == 4


def test_a_snapshot_that_is_damaged_within(asked: Asked) -> None:
    """It opens, and is used; what is damaged is told when it is read, and never taken for "clear"."""
    assert asked.run("snapshot", "build", *asked.on).code == 0
    (file,) = Path(f"{asked.file}.snapshot").glob("rows-*")
    whole, code = file.read_bytes(), DEFAULTER[8:17].encode()
    assert code in whole
    file.write_bytes(whole.replace(code, code[:-1] + b"#"))
    assert asked.check() == (4, "registry.snapshot_corrupt")
    assert asked.run("snapshot", "build", "--anew", *asked.on).code == 0
    assert asked.check() == (0, asked.verdict)
