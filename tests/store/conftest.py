"""Every test of the store runs twice, on SQLite and on a real PostgreSQL, unless it looks into the file itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import postgres_side
import store_side

if TYPE_CHECKING:
    from collections.abc import Iterator

BOTH = ("sqlite", "postgresql")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test on both databases, or on the one that it is marked for."""
    marked = [kind for kind in BOTH if metafunc.definition.get_closest_marker(kind) is not None]
    metafunc.parametrize("_database", marked or BOTH, indirect=True)


@pytest.fixture(autouse=True)
def _database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the stores of a test lie in one kind of database, and drop those of a server afterwards."""
    kind = {"kind": request.param}
    monkeypatch.setattr(store_side, "DATABASE", kind)
    yield
    for name in dict.fromkeys(kind.get("made", "").split()):
        postgres_side.drop(name)
