"""Which measures and rules were ever shown to bite and to stay silent (用例检查)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.catalog.reading.typed import Reading
from jointsanction.catalog.reading.yaml_text import read_yaml
from jointsanction.catalog.remark import Remark
from jointsanction.model.case import CaseFile
from jointsanction.model.catalogue import Rule
from jointsanction.terms import DOUBTS, HINTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jointsanction.catalog.reading.clashes import Sources
    from jointsanction.catalog.reading.entries import Entry
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
    sides = {_shows(case, entry) for case in cases.cases}
    # A rule that suspends or carries shows in measures alone: two cases are all that can be asked of it here.
    positive = True in sides or (not _has_word(entry.value) and len(cases.cases) > 1)
    negative = False in sides
    if not positive:
        yield Remark(entry.section, entry.id, (), "never-tested", "没有适用的用例。")
    if not negative:
        yield Remark(entry.section, entry.id, (), "never-tested", "没有不适用的用例。")


def _has_word(value: object) -> bool:
    """Return whether a case can say in words what came of an entry: a measure, or a rule that grades or tells."""
    if not isinstance(value, Rule):
        return True
    then = value.then
    return any(each is not None for each in (then.grade, then.supervision, then.review, then.warn))


def _shows(case: Case, entry: Entry) -> bool:
    """Return whether a case shows an entry at work: applying, as the hint or doubt it can only be, or in its words."""
    name, value = entry.id, entry.value
    if not isinstance(value, Rule):
        return name in (case.want or ()) or case.reasons.get(name) in HINTS | DOUBTS
    graded = value.then.grade is not None and case.grade == value.then.grade
    supervision = value.then.supervision
    supervised = supervision is not None and case.supervision == supervision.tier
    return graded or supervised or name in (case.notices or ())


def _cases(path: Path) -> tuple[CaseFile | None, tuple[Problem, ...]]:
    if not path.is_file():
        return None, ()
    document = read_yaml(path.read_bytes(), path.as_posix())
    if document.root is None:
        return None, document.problems
    reading = Reading(path.as_posix())
    return reading.read(document.root, CaseFile, {}), (*document.problems, *reading.problems)
