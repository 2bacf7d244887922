"""The same question put to the engine (被测一方), and its answer in the oracle's words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from jointsanction.catalog.load import load_catalog
from jointsanction.engine import Engine
from jointsanction.identity.identify import identify
from jointsanction.identity.record_key import record_key
from jointsanction.model.catalogue import Catalog
from jointsanction.model.commitment import Commitment, CommitmentEvent, Commitments
from jointsanction.model.repair_event import RepairEvent
from jointsanction.model.subject import Act, Edition, Listing, Related, Subject
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.terms import DOUBTS, HINTS, Reason
from strategies import ASKED_AT, Case, editions_of, of, whole

if TYPE_CHECKING:
    from jointsanction.model.result import CheckResult, Finding
    from oracle_catalogue import World
    from oracle_facts import Doc

ROOT = Path(__file__).parents[1]


def catalog_of(world: World) -> Catalog:
    """Build the frozen catalogue from the oracle's plain dicts, without going through files."""
    matters = {
        code: {"code": code, **{key: value for key, value in doc.items() if key not in {"children", "also_under"}}}
        for code, doc in world.matters.items()
    }
    return Catalog.model_validate({**vars(world), "matters": matters})


def shipped() -> Catalog:
    """Read the shipped catalogue."""
    return load_catalog([ROOT])


def registry_of(world: World, case: Case) -> MemoryRegistry:
    """Build the registry of a case."""
    rows = [listing(row) for row in case.listings]
    repairs = {
        record_key(made): tuple(repair_event(made, step) for step in row["events"])
        for row, made in zip(case.listings, rows, strict=True)
        if row.get("events")
    }
    made = Commitments(tuple(commitment(case.question["subject"], doc) for doc in case.commitments))
    editions = [of(Edition, doc) for doc in editions_of(world, case)]
    return MemoryRegistry(rows, editions, repairs=repairs, commitments=made)


def commitment(subject: Doc, doc: Doc) -> Commitment:
    """Build one commitment of the subject asked about; of somebody known by name alone it is somebody else's."""
    said = {"actor": "经办甲", "reason": "虚构"}
    events = tuple(
        CommitmentEvent(state=event["state"], happened_on=event["on"], evidence=event["document"], **said)
        for event in doc["events"]
    )
    plain = {key: doc[key] for key in ("id", "type", "made_on", "due")}
    return Commitment(keys=identify(of(Subject, whole(subject))).keys, content="虚构", events=events, **plain)


def repair_event(made: Listing, step: Doc) -> RepairEvent:
    """Build one step of a procedure about a row."""
    return RepairEvent(record=record_key(made), list=made.list, actor="经办甲", reason="虚构", **step)


def listing(row: Doc) -> Listing:
    """Build one row."""
    related = tuple(of(Related, tied) for tied in row.get("related", []))
    return of(Listing, {**{key: row[key] for key in row if key != "events"}, "related": related})


def answer(engine: Engine, question: Doc, **more: Any) -> CheckResult:
    """Put a plain question to the engine."""
    words = {key: question[key] for key in ("as_of", "role", "phase", "region", "fields", "size", "coverage")}
    words["traits"] = [*question["traits"], *(f"not-{trait}" for trait in question["not_traits"])]
    words["related"] = [of(Related, tied) for tied in question["related"]]
    words["acts"] = [of(Act, act) for act in question["acts"]]
    return engine.check_subject(of(Subject, question["subject"]), question["matter"], **words, **more)


def checked(world: World, case: Case) -> CheckResult:
    """Put a case to a fresh engine of a catalogue."""
    engine = Engine(catalog_of(world), registry_of(world, case), clock=lambda: ASKED_AT)
    return answer(engine, case.question)


def in_oracle_words(result: CheckResult, want: Doc) -> Doc:
    """Verdict, completeness, findings that apply or hint or doubt, missing and stale lists.

    Where the oracle admits several reasons for a finding, any of them will do: their order is no law.
    """
    shown = [finding for finding in result.findings if finding.reason in {Reason.APPLIES, *HINTS, *DOUBTS}]
    findings: Doc = {}
    for finding in shown:
        at = (finding.measure, cause_key(finding))
        admitted = want["findings"].get(at, frozenset())
        findings[at] = admitted if finding.reason in admitted else frozenset({str(finding.reason)})
    if want["negates"]:
        return want | cautious(result, want, findings)
    return {
        "negates": False,
        "verdict": result.verdict,
        "complete": result.complete,
        "applying": {(finding.measure, cause_key(finding)) for finding in shown if finding.applies},
        "findings": findings,
        "ways": ways(shown, want),
        "grade": {"level": result.grade.level, "complete": result.grade.complete},
        "supervision": None if result.supervision is None else result.supervision.said["tier"],
        "notices": {(notice.code, notice.rule) for notice in result.notices},
        "missing": set(result.coverage.missing),
        "stale": set(result.coverage.stale),
    }


def cautious(result: CheckResult, want: Doc, findings: Doc) -> Doc:
    """Where a rule wants something absent, say of it only what does not depend on how far anybody could look.

    What rules tell may be less sure than the oracle thinks, and never surer.
    """
    told = {(notice.code, notice.rule) for notice in result.notices}
    unsure = {rule for code, rule in told if code == "rule.unsure"}
    return {
        "findings": findings,
        "notices": {one for one in told if one[1] not in unsure} | {one for one in want["notices"] if one[1] in unsure},
        "missing": set(result.coverage.missing),
        "stale": set(result.coverage.stale),
    }


def ways(shown: list[Finding], want: Doc) -> Doc:
    """Give the degree of what applies and whether a person must decide; of several admitted any will do."""
    out: Doc = {}
    for finding in (finding for finding in shown if finding.applies):
        at, way = (finding.measure, cause_key(finding)), (finding.shape.degree, finding.shape.needs_decision)
        admitted = want["ways"].get(at, frozenset())
        out[at] = admitted if way in admitted else frozenset({way})
    return out


def cause_key(finding: Finding) -> tuple[Any, ...] | None:
    """Name a row by its number in the batch and the tie it was found through, an act by its document."""
    cause = finding.cause
    if cause is None:
        return None
    if "list" in cause:
        ties = [(step["way"], str(step["relation"])) for step in finding.path if "relation" in step]
        return ("listing", cause["source"]["row"], *(ties[0] if ties else ()))
    return ("act", cause["document_number"])
