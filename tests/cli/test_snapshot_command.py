"""`jointsanction snapshot`: made, checked, shown, and used by the next check."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jointsanction import Engine
from jointsanction.home import snapshot_folder
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.registry.snapshot.registry import SnapshotRegistry
from store_side import DAY, FIRM

if TYPE_CHECKING:
    import pytest

    from cli_side import ListFile, Run


def test_a_snapshot_is_made_beside_the_store_and_used(run: Run, own_store: str, list_file: ListFile) -> None:
    """A check answers from the snapshot while it is of the store's state, and never from an older one."""
    plain = Engine.open(own_store)
    assert isinstance(plain.registry, MemoryRegistry)
    made = run("snapshot", "build", "--store", own_store)
    assert (made.code, made.err) == (0, "")
    folder = snapshot_folder(own_store)
    assert str(folder) in made.out
    engine = Engine.open(own_store)
    assert isinstance(engine.registry, SnapshotRegistry)
    asked = (FIRM, "procurement")
    assert engine.check_subject(*asked, as_of=DAY).receipt == plain.check_subject(*asked, as_of=DAY).receipt
    run("import", list_file(f"BL.TAX,虚构公司,{FIRM},2024-05-01,虚税〔2024〕99号"), "--store", own_store)
    assert isinstance(Engine.open(own_store).registry, MemoryRegistry)
    renewed = Engine.open(own_store, snapshot=folder).registry
    assert renewed.version == Engine.open(own_store).registry.version != engine.registry.version
    alone = Engine.open(snapshot=folder)
    assert alone.registry.version == renewed.version


def test_an_import_tells_of_an_old_snapshot_or_renews_it(run: Run, own_store: str, list_file: ListFile) -> None:
    """What lies beside the store and is no longer used is told, with what to do; `--snapshot` does it at once."""
    folder, told = snapshot_folder(own_store), "jointsanction snapshot build --store"

    def imported(number: int, *also: str) -> str:
        file = list_file(f"BL.TAX,虚构公司,{FIRM},2024-05-01,虚税〔2024〕{number}号")
        return run("import", file, "--store", own_store, *also).out.replace("\n", "")

    assert told not in imported(1)
    assert str(folder.name) in imported(2, "--snapshot")
    assert isinstance(Engine.open(own_store).registry, SnapshotRegistry)
    assert told in imported(3)
    assert told not in imported(4, "--snapshot")
    assert isinstance(Engine.open(own_store).registry, SnapshotRegistry)
    (folder / "snapshot.json").write_text("{")
    assert told in imported(5)


def test_a_snapshot_is_verified_and_shown(run: Run, own_store: str, tmp_path: Path) -> None:
    """Whoever runs it sees what it holds, and what to do about a damaged one; nothing is answered from that."""
    folder = tmp_path / "hot"
    at = ("--snapshot", str(folder), "--store", own_store)
    missing = run("snapshot", "info", *at)
    assert (missing.code, "registry.no_snapshot" in missing.err) == (4, True)
    run("snapshot", "build", *at)
    assert "快照完好" in run("snapshot", "verify", *at).out
    shown = run("snapshot", "info", *at)
    assert SnapshotRegistry.open(folder).version in shown.out
    file = next(folder.glob("rows-*.jss"))
    data = bytearray(file.read_bytes())
    data[80] ^= 1
    file.write_bytes(data)
    damaged = run("snapshot", "verify", *at)
    assert (damaged.code, "registry.snapshot_corrupt" in damaged.err) == (4, True)
    assert run("snapshot", "build", "--anew", *at).code == 0
    assert run("snapshot", "verify", *at).code == 0


def test_progress_is_shown_on_a_terminal(
    run: Run, own_store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten million rows take minutes."""
    monkeypatch.setattr("jointsanction.cli.snapshotting._on_terminal", lambda: True)
    assert "已写" in run("snapshot", "build", "--snapshot", str(tmp_path / "hot"), "--store", own_store).err


def test_where_the_snapshot_of_a_server_lies() -> None:
    """The address may hold a password: it is no name of a folder."""
    folder = snapshot_folder("postgresql://u:geheim@host/db")
    assert folder.parent.name == "snapshots"
    assert "geheim" not in str(folder)
    assert snapshot_folder("sqlite:///a/b.db") == Path("a/b.db.snapshot")
