"""Keeping a store on the command line: its layout, and its backups."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cli_side import ASKED, DEFAULTER, Run

if TYPE_CHECKING:
    from pathlib import Path


def test_a_backup_is_written_checked_and_restored(run: Run, own_store: str, folder: Path) -> None:
    """What was answered from the store is answered from the restored one, under the same version."""
    assert run("store", "backup", "all.backup", "--store", own_store).code == 0
    assert "校验相符" in run("store", "verify", "all.backup").out
    restored = run("store", "restore", "all.backup", "--store", "sqlite:///restored.db")
    assert (restored.code, "已恢复到 sqlite:///restored.db" in restored.out) == (0, True), restored.err
    asked = ("check", DEFAULTER, *ASKED, "--json", "--store")
    receipts = [json.loads(run(*asked, store).out)["receipt"] for store in ("sqlite:///restored.db", own_store)]
    assert receipts[0] == receipts[1]
    again = run("store", "backup", "all.backup", "--store", own_store)
    assert (again.code, "registry.backup_unwritable" in again.err) == (3, True)
    twice = run("store", "restore", "all.backup", "--store", own_store)
    assert (twice.code, "registry.not_empty" in twice.err) == (3, True)
    assert {file.name for file in folder.glob("*.backup*")} == {"all.backup"}


def test_a_damaged_backup_makes_no_store(run: Run, own_store: str, folder: Path) -> None:
    """It is told before anything is made."""
    run("store", "backup", "all.backup", "--store", own_store)
    content = (folder / "all.backup").read_bytes()
    (folder / "all.backup").write_bytes(content[: len(content) // 2])
    for words in (("verify", "all.backup"), ("restore", "all.backup", "--store", "sqlite:///restored.db")):
        ran = run("store", *words)
        assert (ran.code, "registry.backup_damaged" in ran.err) == (3, True)
    assert not (folder / "restored.db").exists()


def test_a_layout_goes_down_and_up_again(run: Run, own_store: str) -> None:
    """An earlier program can be gone back to, and what was known stays."""
    before = run("store", "version", "--store", own_store).out
    assert "名单版本" in before
    assert run("store", "downgrade", "0001", "--store", own_store).code == 0
    behind = run("store", "version", "--store", own_store).out
    assert ("0001" in behind, "名单版本" in behind) == (True, False)
    assert run("store", "upgrade", "--store", own_store).code == 0
    assert run("store", "version", "--store", own_store).out == before
    unknown = run("store", "downgrade", "0", "--store", own_store)
    assert (unknown.code, "registry.layout" in unknown.err) == (3, True)


def test_where_there_is_no_store_nothing_is_made(run: Run, folder: Path) -> None:
    """Asking about a store makes none."""
    for words in (("version",), ("upgrade",), ("downgrade", "0001"), ("backup", "all.backup")):
        ran = run("store", *words, "--store", "sqlite:///none.db")
        assert (ran.code, "registry.no_store" in ran.err) == (4, True)
    assert list(folder.iterdir()) == []
