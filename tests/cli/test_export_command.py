"""`jointsanction export` and `jointsanction ftm`, as typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cli_side import Slip

if TYPE_CHECKING:
    from cli_side import ListFile, Run

ROW = "BL.TAX,虚构乙公司,91990000MA0000002E,2024-03-01,测税〔2024〕1号"


def test_all_and_then_what_changed(run: Run, own_store: str, tmp_path: Path, list_file: ListFile) -> None:
    """The first export says from which batch the next one starts; that one holds the new row only."""
    whole, later = tmp_path / "全部.csv", tmp_path / "增量.json"
    first = run("export", str(whole), "--store", own_store)
    assert first.code == 0, first.err
    assert whole.read_bytes().startswith(b"\xef\xbb\xbf")
    since = first.out.rpartition("--since ")[2].strip()
    assert run("import", list_file(ROW), "--store", own_store).code == 0
    second = run("export", str(later), "--since", since, "--store", own_store)
    assert second.code == 0, second.err
    document = json.loads(later.read_text(encoding="utf-8"))
    assert [row["名称"] for row in document["records"]] == ["虚构乙公司"]
    assert document["records"][0]["增量操作"] == "新增"
    assert run("export", str(later), "--since", document["since"], "--store", own_store).code == 0
    assert list(tmp_path.glob(".*")) == []


def test_entities_go_out_and_on(run: Run, own_store: str, tmp_path: Path, list_file: ListFile) -> None:
    """A whole file of entities, a delta of them, and the two put together."""
    whole, delta, merged = (tmp_path / name for name in ("全部.jsonl", "增量.jsonl", "新.jsonl"))
    since = run("export", str(whole), "--store", own_store).out.rpartition("--since ")[2].strip()
    assert run("import", list_file(ROW), "--store", own_store).code == 0
    assert run("export", str(delta), "--since", since, "--store", own_store).code == 0
    done = run("ftm", "apply", str(whole), str(delta), "--output", str(merged))
    assert done.code == 0, done.err
    assert len(merged.read_text().splitlines()) == len(whole.read_text().splitlines()) + 2
    other = f"sqlite:///{tmp_path / 'other.db'}"
    taken = run("import", str(merged), "--mapping", "followthemoney", "--store", other)
    assert taken.code == 0, taken.out + taken.err


def test_for_the_public(run: Run, own_store: str, tmp_path: Path) -> None:
    """With everything masked no whole number is in the file."""
    path = tmp_path / "公示.xml"
    words = ("--profile", "pinyin-xml", "--to", "anybody", "--mask", "--list", "BL.WAGE", "--store", own_store)
    assert run("export", str(path), *words).code == 0
    text = path.read_text(encoding="utf-8")
    assert "91**************" in text
    assert "91990000MA0DEM0213" not in text


@pytest.mark.parametrize(
    "slip",
    [
        Slip(("a.txt",), 2, "question.format"),
        Slip(("a.csv", "--to", "nobody"), 2, "question.unknown_word"),
        Slip(("a.csv", "--since", "nothing"), 3, "registry.no_such_batch"),
        Slip(("a.csv", "--list", "BL.NOTHING"), 3, "registry.unknown_list"),
        Slip(("no/folder/a.csv",), 2, "question.output"),
        Slip(("a.csv", "--profile", "nobody"), 3, "registry.unknown_profile"),
    ],
)
def test_slips(run: Run, own_store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slip: Slip) -> None:
    """Each slip ends with its code, and no file is left."""
    monkeypatch.chdir(tmp_path)
    done = run("export", *slip.given, "--store", own_store)
    assert (done.code, done.err.split("：")[0]) == (slip.code, f"错误 {slip.error}")
    assert not Path("a.csv").exists()


def test_an_empty_store_exports_nothing(run: Run, tmp_path: Path) -> None:
    """Nothing was ever imported: there is no batch to go on from."""
    from jointsanction.store import Store  # noqa: PLC0415 - to make one

    store = f"sqlite:///{tmp_path / 'empty.db'}"
    Store.open(store)
    done = run("export", str(tmp_path / "a.csv"), "--store", store)
    assert "尚未导入任何名单" in done.out
