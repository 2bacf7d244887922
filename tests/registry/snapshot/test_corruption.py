"""A snapshot that is not as it was written never says "nothing found"."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest

from jointsanction.errors import RegistryError
from jointsanction.model.subject import Listing
from jointsanction.registry.snapshot.manifest import NAME, read_manifest
from jointsanction.registry.snapshot.registry import SnapshotRegistry
from jointsanction.registry.snapshot.verifying import verify_snapshot
from snapshot_side import write

if TYPE_CHECKING:
    from pathlib import Path

FIRM = "91990000MA0000001B"
KEYS = (f"u:{FIRM}", f"o:{FIRM[8:17]}")
ROWS = [Listing(list="BL.TAX", uscc=FIRM, name="虚构甲公司", row=1), Listing(list="BL.TAX", other_id="E1234567", row=2)]


def code_of(folder: Path) -> str | None:
    """Open a snapshot and ask everything of it; return the code it is refused with, None when it answers."""
    try:
        registry = SnapshotRegistry.open(folder)
        assert [hit.listing for hit in registry.lookup(KEYS, None)] == [ROWS[0]]
        assert [hit.listing for hit in registry.lookup(("x:E1234567",), "虚构甲公司")] == [ROWS[1], ROWS[0]]
        assert registry.lookup(("x:E7654321",), None) == ()
    except RegistryError as error:
        return error.code
    return None


def test_no_changed_byte_changes_an_answer(tmp_path: Path) -> None:
    """Of a file with any one byte changed either the same answer comes, or an error; never another answer."""
    folder = write(tmp_path / "s", (ROWS, ())).folder
    path, dice = folder / "0.jss", random.Random(7)  # noqa: S311 - a fixed order, not a secret
    sound = path.read_bytes()
    refused = 0
    for at in {*range(64), *dice.sample(range(len(sound)), 400)}:
        changed = bytearray(sound)
        changed[at] ^= 1 << dice.randrange(8)
        path.write_bytes(changed)
        code = code_of(folder)
        assert code in (None, "registry.snapshot_corrupt"), at
        refused += code is not None
    assert refused > 100
    path.write_bytes(sound)
    assert code_of(folder) is None


@pytest.mark.parametrize("kept", [0, 10, 63, 500, -1])
def test_a_file_cut_short_is_refused(tmp_path: Path, kept: int) -> None:
    """A copy that broke off is no snapshot."""
    folder = write(tmp_path / "s", (ROWS, ())).folder
    path = folder / "0.jss"
    path.write_bytes(path.read_bytes()[:kept])
    assert code_of(folder) == "registry.snapshot_corrupt"


@pytest.mark.parametrize(
    "text", [b"", b"[]", b'{"form": 1}', b'{"form": 1, "checksum": 5, "snapshot": {"version": "v"}}']
)
def test_a_damaged_manifest_is_refused(tmp_path: Path, text: bytes) -> None:
    """What names the files is as much a part of the snapshot."""
    folder = write(tmp_path / "s", (ROWS, ())).folder
    (folder / NAME).write_bytes(text)
    assert code_of(folder) == "registry.snapshot_corrupt"


def test_a_manifest_of_another_form_is_refused(tmp_path: Path) -> None:
    """A later program may write files that this one can't read."""
    folder = write(tmp_path / "s", (ROWS, ())).folder
    document = json.loads((folder / NAME).read_bytes())
    (folder / NAME).write_text(json.dumps({**document, "form": 99}))
    assert code_of(folder) == "registry.snapshot_corrupt"


def test_verifying_reads_every_piece(tmp_path: Path) -> None:
    """What nobody asked for may be damaged too: `verify` finds it."""
    folder = write(tmp_path / "s", (ROWS, ()), ([], [1])).folder
    assert verify_snapshot(folder) == read_manifest(folder)
    path = folder / "0.jss"
    data = bytearray(path.read_bytes())
    data[data.index(b"E1234567")] ^= 1
    path.write_bytes(data)
    with pytest.raises(RegistryError) as refused:
        verify_snapshot(folder)
    assert refused.value.code == "registry.snapshot_corrupt"
    assert str(path) in refused.value.message
