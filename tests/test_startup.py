"""What beginning may load (启动时载入): each library that a check has no use for is left where it lies."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import worlds as w
from jointsanction.catalog.bundle import default_catalog, write_bundle

if TYPE_CHECKING:
    from pathlib import Path

FOR_OTHER_ROOMS = (
    "alembic", "numpy", "openpyxl", "pandas", "polars", "psycopg", "pyarrow", "pyspark", "python_calamine", "rapidfuzz",
    "rich", "sqlalchemy", "sqlmodel", "typer", "yaml",
)  # fmt: skip
"""Tables, spreadsheets, the database, YAML, the terminal."""

FOR_THE_ENGINE = ("pluggy", "pydantic", "jointsanction.engine", "jointsanction.model", "jointsanction.terms")


def loaded(code: str, names: tuple[str, ...]) -> str:
    """Run a program and return which of some modules it loaded."""
    told = f"{code}\nimport sys; print([name for name in {names!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    return done.stdout.splitlines()[-1]


def test_importing_the_package_loads_no_library() -> None:
    """A program that imports the package pays for a room when it enters it."""
    assert loaded("import jointsanction", (*FOR_OTHER_ROOMS, *FOR_THE_ENGINE)) == "[]"


def test_a_check_from_the_bundle_loads_what_it_uses(tmp_path: Path) -> None:
    """A bundle and lists in memory need no YAML, no database, no tables, and no terminal."""
    bundle = tmp_path / "catalogue.json"
    write_bundle(default_catalog(), bundle)
    code = f"""
from pathlib import Path
from jointsanction import Engine
from jointsanction.catalog.bundle import read_bundle
answer = Engine(read_bundle(Path({str(bundle)!r}))).check_subject({w.FIRM!r}, "procurement", coverage="loaded")
assert answer.verdict == "indeterminate", answer.verdict
answer.model_dump(), answer.receipt
"""
    assert loaded(code, FOR_OTHER_ROOMS) == "[]"
