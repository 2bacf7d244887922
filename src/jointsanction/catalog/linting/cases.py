"""Which measures and rules were ever shown to bite and to stay silent (用例检查)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.catalog.remark import Remark
from jointsanction.catalog.typed import Reading
from jointsanction.catalog.yaml_text import read_yaml
from jointsanction.model.case import CaseFile
from jointsanction.terms import DOUBTS, HINTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jointsanction.catalog.clashes import Sources
    from jointsanction.catalog.entries import Entry
    from jointsanction.errors import Problem
    from jointsanction.model.case import Case


def case_remarks(sources: Sources) -> Iterator[Remark]:
    """Yield the measures and rules without a case, or with cases of one side only."""
    for (section, name), entry in sources.items():
        if section not in {"measures", "rules"}:
            continue
        cases, problems = _cases(entry.file.cases)
        for problem in problems:
            at = (problem.file, problem.line, problem.column)
            yield Remark(section, name, (), "unreadable-cases", problem.message, at)
        if not problems:
            yield from _sides(entry, cases)


def _sides(entry: Entry, cases: CaseFile | None) -> Iterator[Remark]:
    if cases is None:
        yield Remark(entry.section, entry.id, (), "never-tested", f"缺少 {entry.file.cases.name}。")
        return
    sides = {_shows(case, entry.id) for case in cases.cases}
    # What a rule brings about is no measure of its own: two cases are all that can be asked of it here.
    positive = True in sides if entry.section == "measures" else len(cases.cases) > 1
    negative = False in sides
    if not positive:
        yield Remark(entry.section, entry.id, (), "never-tested", "没有适用的用例。")
    if not negative:
        yield Remark(entry.section, entry.id, (), "never-tested", "没有不适用的用例。")


def _shows(case: Case, name: str) -> bool:
    """Return whether a case shows a measure at work: applying, or as the hint or doubt it can only be."""
    return name in (case.want or ()) or case.reasons.get(name) in HINTS | DOUBTS


def _cases(path: Path) -> tuple[CaseFile | None, tuple[Problem, ...]]:
    if not path.is_file():
        return None, ()
    document = read_yaml(path.read_bytes(), path.as_posix())
    if document.root is None:
        return None, document.problems
    reading = Reading(path.as_posix())
    return reading.read(document.root, CaseFile, {}), (*document.problems, *reading.problems)
