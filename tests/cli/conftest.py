"""Running commands as a user does, without starting a process for each."""

from __future__ import annotations

import io
import sqlite3
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from cli_side import SAMPLES, ListFile, Ran, Run
from jointsanction.cli import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what runs a command in this process, where neither stdout nor stderr is a terminal."""

    def ran(*words: str, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        code = main(words)
        return Ran(code, *capsys.readouterr())

    return ran


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the URL of a store that holds the sample lists as whole editions."""
    url = f"sqlite:///{tmp_path_factory.mktemp('store') / 'registry.db'}"
    mapping = str(SAMPLES / "lists.mapping.yaml")
    assert main(["import", str(SAMPLES / "lists.csv"), "--mapping", mapping, "--store", url]) == 0
    return url


@pytest.fixture
def own_store(tmp_path: Path, sample_store: str) -> str:
    """Return the URL of a copy of the sample store that a test may write to."""
    copy = tmp_path / "own.db"
    with (
        closing(sqlite3.connect(sample_store.removeprefix("sqlite:///"))) as samples,
        closing(sqlite3.connect(copy)) as own,
    ):
        samples.backup(own)
    return f"sqlite:///{copy}"


@pytest.fixture
def list_file(tmp_path: Path) -> ListFile:
    """Return what writes a list file of some rows and returns its path."""

    def written(*rows: str, headers: str = "list,name,uscc,listed_on,instrument_no") -> str:
        path = tmp_path / "lists.csv"
        path.write_text("\n".join([headers, *rows]) + "\n", encoding="utf-8")
        return str(path)

    return written
