"""A screening that goes by files alone: any process gives the answers of the engine it came from."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import traceback
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import snapshot_side
import worlds as w
from jointsanction.catalog.bundle import write_bundle
from jointsanction.engine import Engine
from jointsanction.errors import MissingExtraError, RegistryError
from jointsanction.registry.snapshot.side import Side
from jointsanction.screening import extra

pytest.importorskip("pyarrow", reason="the extra `arrow` is not installed")

import pyarrow as pa

from jointsanction.screening.shipped import Shipped, screen_beside

if TYPE_CHECKING:
    from pathlib import Path

ELSEWHERE = """
import json, pickle, sys
import pyarrow as pa
from jointsanction.screening.shipped import screen_shipped
shipped, ids = pickle.load(sys.stdin.buffer)
batches = [pa.record_batch({"id": ids[:1]}), pa.record_batch({"id": ids[1:]})]
print(json.dumps([row for batch in screen_shipped(batches, shipped) for row in batch.to_pylist()]))
"""


def test_another_process_gives_the_same_answers(tmp_path: Path) -> None:
    """Whatever worker a batch lands on, its answers are those of one process, whole ones too."""
    catalog = w.world(w.measure())
    editions = {edition.list: (edition,) for edition in w.whole(catalog)}
    registry = snapshot_side.write(tmp_path / "snapshot", ([w.listing()], ()), side=Side(editions))
    write_bundle(catalog, tmp_path / "bundle.json")
    engine = Engine(catalog, registry, clock=lambda: w.NOW)
    files = str(tmp_path / "snapshot"), str(tmp_path / "bundle.json")
    shipped = Shipped.of(engine.open_run("M.X", {"as_of": "2024-06-10"}), files, ("id", None, None), whole=True)
    ids = [w.FIRM, "123", w.PARTNER]
    here = engine.screen_frame(pa.table({"id": ids}), "id", answers=True, matter="M.X", as_of="2024-06-10")
    there = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-c", ELSEWHERE], input=pickle.dumps((shipped, ids)), capture_output=True, check=True
    )
    assert json.loads(there.stdout) == json.loads(json.dumps(here.read_all().to_pylist()))
    assert b"prohibited" in there.stdout


@pytest.mark.parametrize("part", ["catalogue", "registry", "library"])
def test_another_state_than_planned_with_answers_nothing(tmp_path: Path, part: str) -> None:
    """A machine that was left behind says so, by a code that can be read off the text of the error."""
    catalog = w.world(w.measure())
    registry = snapshot_side.write(tmp_path / "snapshot", ([w.listing()], ()))
    write_bundle(catalog, tmp_path / "bundle.json")
    files = str(tmp_path / "snapshot"), str(tmp_path / "bundle.json")
    shipped = Shipped.of(Engine(catalog, registry).open_run("M.X", {}), files, ("id", None, None))
    batch = pa.record_batch({"id": [w.FIRM]})
    assert [each.num_rows for each in screen_beside([batch], shipped)] == [1]
    planned = tuple({**dict(shipped.versions), part: "older"}.items())
    with pytest.raises(RegistryError) as refused:
        next(screen_beside([batch], replace(shipped, versions=planned)))
    assert refused.value.code == "screening.other_version"
    assert "screening.other_version" in "".join(traceback.format_exception(refused.value))


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing part says its name; everything else works without it."""
    for room in ("columns", "frame", "parquet"):
        monkeypatch.setitem(sys.modules, f"jointsanction.screening.{room}", None)
        monkeypatch.delattr(f"jointsanction.screening.{room}", raising=False)
    engine = w.engine(w.world(w.measure()))
    with pytest.raises(MissingExtraError, match="pyarrow") as missing:
        engine.screen_frame(None, "id", matter="M.X")
    assert (missing.value.code, "jointsanction[arrow]" in missing.value.hint) == ("screening.no_arrow", True)
    with pytest.raises(MissingExtraError):
        extra.parquet_room()
