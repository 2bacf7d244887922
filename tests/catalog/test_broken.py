"""Every mistake an author can make is told by file, line, code and words."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import jointsanction.catalog

if TYPE_CHECKING:
    from collections.abc import Callable

    from jointsanction.errors import Problem

BROKEN = Path(__file__).parents[1] / "broken" / "catalog"
FILES = sorted(BROKEN.glob("*.yaml"))
ELSEWHERE = {
    "bundle_altered", "bundle_form", "bundle_unreadable", "empty_file", "empty_root", "encoding", "no_libyaml",
    "no_root", "too_large", "too_many_nodes", "unknown_entry",
}  # fmt: skip


def declared(file: Path) -> dict[str, str]:
    """Return what the head of a broken file says: where it belongs, and which error it must bring."""
    return dict(re.findall(r"^# (at|code|line|words|root): (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_mistake_is_told_where_it_is(file: Path, world: Path, problems: Callable[..., tuple[Problem, ...]]) -> None:
    """A broken file brings exactly its one problem, at its line, in words that help."""
    head = declared(file)
    roots = [world, world.parent / head["root"]] if "root" in head else [world]
    target = roots[-1] / head["at"]
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(file, target)
    found = problems(*roots)
    assert [(problem.file, problem.code, problem.line) for problem in found] == [
        (target.as_posix(), head["code"], int(head["line"]))
    ]
    assert head["words"] in found[0].message
    assert found[0].column >= 1


def test_all_problems_come_at_once(world: Path, problems: Callable[..., tuple[Problem, ...]]) -> None:
    """An author of several mistakes in several files sees all of them, sorted by place."""
    for name in ("unknown-value", "octal-int", "rule-unknown-fact"):
        file = BROKEN / f"{name}.yaml"
        shutil.copy(file, world / declared(file)["at"])
    found = problems(world)
    assert {problem.code for problem in found} == {
        "catalog.unknown_value", "catalog.wrong_type", "catalog.unknown_fact",
    }  # fmt: skip
    assert list(found) == sorted(found)
    assert str(found[0]).startswith(f"{found[0].file}:{found[0].line}:{found[0].column}: catalog.")


def test_every_refusal_has_its_broken_file() -> None:
    """No refusal is written that nobody has seen refuse."""
    folder = Path(jointsanction.catalog.__file__).parent
    written = {
        code
        for source in (*folder.glob("*.py"), *folder.glob("reading/*.py"))
        for code in re.findall(r'"catalog\.([a-z_]+)"', source.read_text(encoding="utf-8"))
    }
    shown = {declared(file)["code"].removeprefix("catalog.") for file in FILES}
    assert written - shown == ELSEWHERE
