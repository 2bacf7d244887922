"""Trying a change of the catalogue before anybody uses it (规则试算): is it readable, lawful, and what comes out?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from jointsanction.catalog.bundle import catalog_version
from jointsanction.catalog.compile import compile_catalog
from jointsanction.catalog.files import TEST_SUFFIX
from jointsanction.catalog.layer import inside, laid_out, within
from jointsanction.catalog.lint import lint
from jointsanction.catalog.load import load_with_sources
from jointsanction.errors import CatalogError, JointSanctionError
from jointsanction.testing import run_case
from jointsanction.testing.cases import Worlds, asking, read_cases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from jointsanction.catalog.load import Loaded
    from jointsanction.errors import Problem
    from jointsanction.model.case import Case
    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.result import CheckResult


class Remarked(NamedTuple):
    """One thing to be said of a file (检查意见): `error` when it can't be loaded or must not be approved."""

    file: str
    line: int
    column: int
    level: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class LookedOver:
    """What looking over a change showed (检查结果): the catalogue with it is None when it can't be loaded."""

    catalog: Catalog | None
    remarks: tuple[Remarked, ...]
    cases: int = 0

    @property
    def sound(self) -> bool:
        """Tell whether nothing speaks against it: it loads, the law allows it, its cases come out (可以通过)."""
        return self.catalog is not None and all(each.level != "error" for each in self.remarks)


def look_over(catalog: Catalog, files: Mapping[str, str], as_of: date) -> LookedOver:
    """Return what is to be said of a change laid over a catalogue, with line numbers (检查修改).

    Raises:
        LoopError: `loop.proposal_files` for paths that no change has.
    """
    with laid_out(files) as root:
        try:
            loaded = load_with_sources([root], base=catalog)
        except CatalogError as error:
            return LookedOver(None, tuple(_of_problem(each, root) for each in error.problems))
        remarks = [*_lawful(loaded, root, as_of)]
        cases, faults = _cases(root, loaded.catalog)
    return LookedOver(loaded.catalog, tuple(sorted([*remarks, *faults])), cases)


def try_out(catalog: Catalog, case: Case) -> CheckResult:
    """Return what a catalogue answers in a made-up world, with the whole trace (试算).

    Raises:
        QuestionError, SubjectError, UnknownMatterError: what is wrong with the case.
    """
    tables = compile_catalog(catalog, catalog_version(catalog))
    return Worlds(tables).answer(asking(case, tables), case)


def _lawful(loaded: Loaded, root: Path, as_of: date) -> Iterator[Remarked]:
    for each in lint(loaded, as_of):
        if each.line:
            yield Remarked(within(each.file, root), each.line, each.column, each.level, each.code, each.message)


def _cases(root: Path, catalog: Catalog) -> tuple[int, list[Remarked]]:
    """Return how many cases there are beside the files, and what came out otherwise in them."""
    worlds, count, faults = Worlds(compile_catalog(catalog, "")), 0, list[Remarked]()
    for file in sorted(root.rglob(f"*{TEST_SUFFIX}")):
        try:
            cases: Sequence[Case] = read_cases(file)
        except CatalogError as error:
            faults += [_of_problem(each, root) for each in error.problems]
            continue
        count += len(cases)
        for case in cases:
            said = "；".join(_outcome(case, worlds))
            if said:
                message = f"用例“{case.name}”不符：{said}"
                faults.append(Remarked(within(str(file), root), 1, 1, "error", "case", message))
    return count, faults


def _outcome(case: Case, worlds: Worlds) -> tuple[str, ...]:
    try:
        return run_case(case, worlds)
    except JointSanctionError as error:
        return (f"{error.message}{error.hint}",)


def _of_problem(problem: Problem, root: Path) -> Remarked:
    file, line, column, code, message = inside(problem, root)
    return Remarked(file, line, column, "error", code, message)
