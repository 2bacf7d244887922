"""Reads cases and runs them (用例): a world of its own for each, and what came out otherwise than wanted."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.catalog.bundle import catalog_version, default_catalog
from jointsanction.catalog.compile import compile_catalog
from jointsanction.catalog.reading.typed import Reading
from jointsanction.catalog.reading.yaml_text import ListNode, MapNode, read_yaml
from jointsanction.check import check_subject
from jointsanction.errors import CatalogError, JointSanctionError, Problem
from jointsanction.inference import run
from jointsanction.model.case import Case, CaseFile
from jointsanction.model.subject import Asked, Edition, Listing, Related, Subject
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.steps.asking.ask import make_question
from jointsanction.steps.asking.days import SHANGHAI
from jointsanction.steps.memo import Memo
from jointsanction.testing.case_events import commitments_of, repairs_of
from jointsanction.testing.wanted import differences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from jointsanction.catalog.compile import Tables
    from jointsanction.inference import Infer
    from jointsanction.model.case import CaseListing
    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.result import CheckResult


class CaseOutcome(NamedTuple):
    """What came of one case (用例结果): no faults means it holds."""

    file: str
    name: str
    faults: tuple[str, ...]


def read_cases(path: Path) -> tuple[Case, ...]:
    """Return the cases of a file, each with what it takes from an earlier one filled in.

    Raises:
        CatalogError: everything wrong in the file, with line and column.
    """
    return parse_cases(path.read_bytes(), str(path))


def parse_cases(raw: bytes, file: str) -> tuple[Case, ...]:
    """Return the cases of a file's bytes; `file` says in messages where they came from.

    Raises:
        CatalogError: as `read_cases`.
    """
    document = read_yaml(raw, file)
    reading = Reading(file)
    found = None
    if isinstance(document.root, MapNode):
        found = reading.read(document.root, CaseFile, {})
    problems = (*document.problems, *reading.problems)
    if problems or found is None:
        raise CatalogError(problems or [Problem(file, 1, 1, "catalog.case_file", "用例文件应为 cases: 列表。")])
    return tuple(_filled(found.cases, file))


def case_lines(path: Path) -> list[int]:
    """Return on which line each case of a readable file begins."""
    root = read_yaml(path.read_bytes(), str(path)).root
    found = None if root is None else root.entries["cases"].value
    return [item.place.line for item in found.items] if isinstance(found, ListNode) else []


def _filled(cases: tuple[Case, ...], file: str) -> Iterator[Case]:
    earlier: dict[str, Case] = {}
    for case in cases:
        if case.like is not None and case.like not in earlier:
            message = f"用例“{case.name}”：like 所指的“{case.like}”不在它之前。"
            raise CatalogError([Problem(file, 1, 1, "catalog.case_like", message)])
        whole = case if case.like is None else case.over(earlier[case.like])
        missing = [key for key in ("subject", "matter", "as_of", "want") if getattr(whole, key) is None]
        if missing:
            message = f"用例“{case.name}”缺少：{'、'.join(missing)}。"
            raise CatalogError([Problem(file, 1, 1, "catalog.case_incomplete", message)])
        _refuse_impossible(whole, file)
        earlier[case.name] = whole
        yield whole


def _refuse_impossible(case: Case, file: str) -> None:
    """Refuse a case in which something happens that no store would take in."""
    try:
        repairs_of(case, _listings(case))
        commitments_of(case, subject_of(case))
    except JointSanctionError as error:
        message = f"用例“{case.name}”：{error.message}{error.hint}"
        raise CatalogError([Problem(file, 1, 1, "catalog.case_events", message)]) from error


def run_cases(paths: Iterable[Path], catalog: Catalog | None = None) -> Iterator[CaseOutcome]:
    """Yield the outcome of every case of some files against a catalogue (default: the shipped one)."""
    used = catalog or default_catalog()
    worlds = Worlds(compile_catalog(used, catalog_version(used)))
    for path in paths:
        for case in read_cases(path):
            yield CaseOutcome(str(path), case.name, run_case(case, worlds))


def run_case(case: Case, world: Tables | Worlds) -> tuple[str, ...]:
    """Return what in a case came out otherwise than wanted; nothing when it holds."""
    return differences(case, answer(case, world))


def answer(case: Case, world: Tables | Worlds) -> CheckResult:
    """Return the answer to the question of a case."""
    worlds = world if isinstance(world, Worlds) else Worlds(world)
    return worlds.answer(asking(case, worlds.tables), case)


def asking(case: Case, tables: Tables) -> Asked:
    """Return how a case asks: nine in the morning of its day, of lists received an hour before."""
    assert case.as_of is not None  # noqa: S101 - read_cases refuses a case without it
    asked_at = datetime.combine(case.as_of, time(9), SHANGHAI)
    question = make_question(
        {key: getattr(case, key) for key in QUESTION_WORDS} | {"explain": True}, tables, case.as_of
    )
    return Asked(subject_of(case), question, asked_at, asked_at)


class Worlds:
    """The worlds in which cases of one catalogue are asked (用例环境): what two have in common is worked out once."""

    def __init__(self, tables: Tables, infer: Infer = run) -> None:
        """Begin with nothing worked out, and an engine that runs the rules."""
        self.tables = tables
        self._infer = infer
        self._memos: dict[tuple[str, ...], Memo] = {}

    def answer(self, asked: Asked, case: Case) -> CheckResult:
        """Return the answer in the world of a case: its listings, and every list loaded but those it leaves out."""
        # A memo belongs to one state of the lists; for cases that is the day and what is not loaded.
        memo = self._memos.setdefault(case.not_loaded, Memo(self.tables, self._infer))
        editions = _editions(case, self.tables, asked.asked_at)
        rows = tuple(_listings(case))
        repairs, commitments = repairs_of(case, rows), commitments_of(case, subject_of(case))
        registry = MemoryRegistry(rows, editions, commitments=commitments, repairs=repairs, version="case")
        return check_subject(asked, registry, memo, {})


QUESTION_WORDS: Final = (
    "matter",
    "as_of",
    "role",
    "phase",
    "region",
    "traits",
    "fields",
    "size",
    "occupations",
    "related",
    "acts",
    "coverage",
)
"""What a case says of its question, beside the subject and the lists."""


def subject_of(case: Case) -> Subject:
    """Return who a case asks about."""
    assert case.subject is not None  # noqa: S101 - read_cases refuses a case without it
    return Subject(**dict(case.subject))


def _listings(case: Case) -> Iterator[Listing]:
    for row, listing in enumerate(case.listings, 1):
        yield _listing(listing, case, row)


def _listing(listing: CaseListing, case: Case, row: int) -> Listing:
    """Return a listing of a case; one that names nobody is the subject's own, each with an instrument of its own."""
    known = {field.name for field in fields(Listing)}
    values: dict[str, Any] = {key: value for key, value in dict(listing).items() if key in known}
    values["related"] = tuple(Related(**dict(related)) for related in listing.related)
    if "instrument_no" not in listing.model_fields_set:
        values["instrument_no"] = f"文〔2020〕{row}号"
    if not any(values[key] for key in ("uscc", "resident_id", "other_id", "name")) and case.subject is not None:
        own = case.subject
        values |= {"uscc": own.uscc, "resident_id": own.resident_id, "other_id": own.other_id, "name": own.name}
        values["subject_kind"] = values["subject_kind"] or own.kind
    return Listing(batch="case", row=row, **values)


def _editions(case: Case, tables: Tables, asked_at: datetime) -> Iterator[Edition]:
    for code, kind in tables.catalog.lists.items():
        if code not in case.not_loaded:
            regions = () if kind.scope == "national" else kind.scope
            yield Edition(list=code, batch="case", received_at=asked_at - timedelta(hours=1), regions=regions)
