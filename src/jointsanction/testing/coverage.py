"""What the cases beside a measure show of it (用例覆盖), found by running them: measure × target × matter, and dates.

Of every target in every matter the measure names, one case in which it bites and one in which the target is there and
it does not; of every date one case on each side. A case that does not hold shows nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jointsanction.catalog.compile import compile_catalog
from jointsanction.commitment.standing import promised_on
from jointsanction.steps.concluding.commitments import all_acts
from jointsanction.terms import HINTS, Reason
from jointsanction.testing.boundaries import (
    Edge,
    Met,
    edges_by_act,
    edges_by_law,
    edges_by_listing,
    edges_of,
    law_spans,
)
from jointsanction.testing.case_events import commitments_of
from jointsanction.testing.cases import Worlds, asking, read_cases, subject_of
from jointsanction.testing.targets import Target, targets_of, targets_of_listing
from jointsanction.testing.wanted import differences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import Any

    from jointsanction.model.case import Case
    from jointsanction.model.catalogue import Catalog, Measure
    from jointsanction.model.result import Finding
    from jointsanction.model.subject import Asked


class Cell(NamedTuple):
    """A target of a measure in a matter it names (单元): the first case that bites there, the first that does not."""

    target: Target
    matter: str
    hit: str | None = None
    not_hit: str | None = None


class Side(NamedTuple):
    """One side of a date, and the first case that stands on it (日期的一侧)."""

    edge: Edge
    case: str | None = None


class Counted(NamedTuple):
    """How many were wanted and how many met (计数)."""

    met: int = 0
    wanted: int = 0

    def __str__(self) -> str:
        """Return `met/wanted`."""
        return f"{self.met}/{self.wanted}"

    def plus(self, other: Counted) -> Counted:
        """Return both together."""
        return Counted(self.met + other.met, self.wanted + other.wanted)

    @property
    def percent(self) -> float:
        """Return the share met, of a hundred, never rounded up to a hundred; nothing wanted is all met."""
        return int(1000 * self.met / self.wanted) / 10 if self.wanted else 100.0


class Covered(NamedTuple):
    """What the cases beside one measure show (一条措施的覆盖); `failed` are those that do not hold."""

    measure: Measure
    cases: int
    failed: tuple[str, ...]
    cells: tuple[Cell, ...]
    sides: tuple[Side, ...]

    @property
    def hits(self) -> Counted:
        """Count the cells in which it was shown to bite."""
        return Counted(sum(cell.hit is not None for cell in self.cells), len(self.cells))

    @property
    def not_hits(self) -> Counted:
        """Count the cells in which it was shown to stay silent though the target is there."""
        return Counted(sum(cell.not_hit is not None for cell in self.cells), len(self.cells))

    @property
    def dates(self) -> Counted:
        """Count the sides of dates on which a case stands."""
        return Counted(sum(side.case is not None for side in self.sides), len(self.sides))

    @property
    def all(self) -> Counted:
        """Count all three together."""
        return self.hits.plus(self.not_hits).plus(self.dates)


def coverage(catalog: Catalog, cases: Mapping[str, Path]) -> Iterator[Covered]:
    """Yield what the cases show of each measure (用例覆盖); `cases` says where those of each measure lie.

    Raises:
        CatalogError: a file of cases that can't be read.
    """
    worlds = Worlds(compile_catalog(catalog, ""))
    for name, path in sorted(cases.items()):
        seen = _Seen(catalog.measures[name], worlds)
        read = read_cases(path) if path.is_file() else ()
        failed = tuple(case.name for case in read if not seen.take(case))
        yield Covered(seen.measure, len(read), failed, tuple(seen.cells.values()), tuple(seen.sides.values()))


class _Seen:
    """What was seen so far of one measure."""

    def __init__(self, measure: Measure, worlds: Worlds) -> None:
        self.measure = measure
        self._worlds = worlds
        self._catalog = worlds.tables.catalog
        self._spans = law_spans(measure, self._catalog)
        targets = targets_of(measure)
        self.cells = {(target, matter): Cell(target, matter) for target in targets for matter in measure.matters}
        self.sides = {edge: Side(edge) for edge in edges_of(measure, self._catalog)}

    def take(self, case: Case) -> bool:
        """Run a case and keep what it shows, unless it does not hold."""
        asked = asking(case, self._worlds.tables)
        result = self._worlds.answer(asked, case)
        if differences(case, result):
            return False
        for finding in (*result.findings, *(result.not_applied or ())):
            if finding.measure == self.measure.id and finding.cause is not None:
                self._keep(finding, finding.cause, case, asked)
        return True

    def _keep(self, finding: Finding, cause: Mapping[str, Any], case: Case, asked: Asked) -> None:
        day = asked.question.as_of
        if "list" in cause:
            listing = case.listings[cause["source"]["row"] - 1]
            targets = targets_of_listing(listing, self.measure, self._catalog, day)
            clue = any(target.type == "clue" for target in targets)
            met = Met(day, _bites(finding) or (clue and finding.reason is Reason.ACT_NOT_SHOWN), finding.until)
            edges = [] if clue else [*edges_by_listing(met, listing, self.measure), *edges_by_law(met, self._spans)]
        else:
            kept = promised_on(commitments_of(case, subject_of(case)), day)
            act = all_acts(asked.question, kept)[finding.shape.cause_at or 0]
            targets, met = (Target("act", act.type.value),), Met(day, _bites(finding), finding.until)
            judged = act.decision_made if self.measure.judged_on != "asking" else day
            edges = list(edges_by_act(met, act, self.measure))
            edges += [] if judged is None else edges_by_law(met._replace(day=judged), self._spans)
        self._cells(targets, case.name, asked.question.matter, hit=met.hit)
        for edge in edges:
            if edge in self.sides and self.sides[edge].case is None:
                self.sides[edge] = Side(edge, case.name)

    def _cells(self, targets: tuple[Target, ...], name: str, asked: str, *, hit: bool) -> None:
        above = self._worlds.tables.enclosing[asked]
        for key, cell in self.cells.items():
            if cell.target in targets and cell.matter in above:
                found = cell._replace(hit=cell.hit or name) if hit else cell._replace(not_hit=cell.not_hit or name)
                self.cells[key] = found


def _bites(finding: Finding) -> bool:
    """A measure that no basis carries shows itself as a hint, and that is all there is to show of it."""
    return finding.applies or finding.reason in HINTS
