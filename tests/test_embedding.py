"""The page for embedders names all there is: doors, hooks, errors, methods, and the keys of an answer."""

from __future__ import annotations

from pathlib import Path

import pytest

import jointsanction
from jointsanction import Engine, errors
from jointsanction.model.document import ResultDocument
from jointsanction.plugins import Hooks

PAGE = Path(__file__).parents[1] / "docs" / "embedding.md"
pytestmark = pytest.mark.skipif(not PAGE.is_file(), reason="no checkout")
INSIDE = {"law", "open_run"}
"""What the command line and the service use; an embedder has `screen` and `tables`."""


def named(*wanted: str) -> list[str]:
    """Return the names that the page lacks."""
    page = PAGE.read_text(encoding="utf-8")
    return sorted(name for name in wanted if f"`{name}" not in page)


def test_every_hook_stands_in_the_table() -> None:
    """Whoever writes a plugin reads one table."""
    assert named(*(name for name in vars(Hooks) if name.startswith("jointsanction_"))) == []


def test_every_exception_stands_in_the_table() -> None:
    """Each kind of error an embedder may catch, with when it comes."""
    kinds = (kind for kind in vars(errors).values() if isinstance(kind, type))
    kept = [kind.__name__ for kind in kinds if issubclass(kind, errors.JointSanctionError)]
    assert named(*kept) == []
    assert set(kept) <= set(jointsanction.__all__)


def test_every_method_of_the_engine_stands_in_the_table() -> None:
    """What is public is told, or is said here to be ours."""
    methods = {name for name in vars(Engine) if not name.startswith("_")} - INSIDE - {"open"}
    assert named("Engine.open", *methods) == []


def test_every_key_of_an_answer_is_told() -> None:
    """An answer is read by other systems key by key."""
    assert named(*ResultDocument.model_fields) == []
