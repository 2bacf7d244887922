"""Tests of the service that are about what is kept run twice, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import postgres_side
import store_side
import web_side

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BOTH = ("sqlite", "postgresql")


@pytest.fixture(params=BOTH)
def _database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the stores of a test lie in one kind of database, and drop those of a server afterwards."""
    kind = {"kind": request.param}
    monkeypatch.setattr(store_side, "DATABASE", kind)
    yield
    for name in dict.fromkeys(kind.get("made", "").split()):
        postgres_side.drop(name)


@pytest.fixture
def both(tmp_path: Path, _database: None) -> web_side.Served:
    """Return a service over each kind of database."""
    return web_side.served(tmp_path)


@pytest.fixture
def served(tmp_path: Path) -> web_side.Served:
    """Return a service over a SQLite file."""
    return web_side.served(tmp_path)
