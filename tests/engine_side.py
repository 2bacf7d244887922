"""The same question put to the engine (被测一方), and its answer in the oracle's words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jointsanction.catalog.load import load_catalog
from jointsanction.engine import Engine
from jointsanction.model.catalogue import Catalog
from jointsanction.model.result import CheckResult
from jointsanction.model.subject import Act, Edition, Listing, Related, Subject
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.terms import DOUBTS, HINTS, Reason
from oracle import World
from oracle_facts import Doc
from strategies import ASKED_AT, Case, of

ROOT = Path(__file__).parents[1]


def catalog_of(world: World) -> Catalog:
    """Build the frozen catalogue from the oracle's plain dicts, without going through files."""
    matters = {
        code: {"code": code, **{key: value for key, value in doc.items() if key not in {"children", "also_under"}}}
        for code, doc in world.matters.items()
    }
    return Catalog.model_validate({**vars(world), "matters": matters})


def shipped() -> Catalog:
    return load_catalog([ROOT])


def registry_of(case: Case) -> MemoryRegistry:
    return MemoryRegistry([listing(row) for row in case.listings], [of(Edition, doc) for doc in case.editions])


def listing(row: Doc) -> Listing:
    related = tuple(of(Related, tied) for tied in row.get("related", []))
    return of(Listing, {**row, "related": related})


def answer(engine: Engine, question: Doc, **more: Any) -> CheckResult:
    """Put a plain question to the engine."""
    words = {key: question[key] for key in ("as_of", "role", "phase", "region", "fields", "size", "coverage")}
    words["traits"] = [*question["traits"], *(f"not-{trait}" for trait in question["not_traits"])]
    words["related"] = [of(Related, tied) for tied in question["related"]]
    words["acts"] = [of(Act, act) for act in question["acts"]]
    return engine.check_subject(of(Subject, question["subject"]), question["matter"], **words, **more)


def checked(catalog: Catalog, case: Case, **more: Any) -> CheckResult:
    return answer(Engine(catalog, registry_of(case), clock=lambda: ASKED_AT), case.question, **more)


def in_oracle_words(result: CheckResult) -> Doc:
    """Verdict, completeness, findings that apply or hint or doubt, missing and stale lists."""
    shown = [finding for finding in result.findings if finding.reason in {Reason.APPLIES, *HINTS, *DOUBTS}]
    findings = {(f.measure, cause_key(f.cause), str(f.reason)) for f in shown if f.measure is not None}
    return {
        "verdict": result.verdict,
        "complete": result.complete,
        "applying": {(measure, key) for measure, key, reason in findings if reason == Reason.APPLIES},
        "findings": findings,
        "missing": set(result.coverage.missing),
        "stale": set(result.coverage.stale),
    }


def cause_key(cause: Doc | None) -> Any:
    """Name the row by its number in the batch, the act by its place in the question."""
    if cause is None:
        return None
    if "list" in cause:
        return ("listing", cause["source"]["row"])
    return ("act", cause["document_number"])
