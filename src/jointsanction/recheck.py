"""Holding an answer against today's (复查): the same question again, in the world of then and in that of now.

Four worlds tell the causes apart: the catalogue of then or of now, with the lists of then or of now.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from jointsanction.asking import StoredQuestion, make_state, no_answer
from jointsanction.catalog.compile import Tables, compile_catalog
from jointsanction.model.recheck import Change, Recheck
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.terms import ChangeCause, CommitmentState, CommitmentType

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jointsanction.asking import State
    from jointsanction.model.result import CheckResult
    from jointsanction.registry.protocol import Registry
    from jointsanction.store import Store

_CAUSE: Final = ("type", "list", "act", "listed_on", "decision_made", "instrument_no", "document_number")
"""What tells one cause of a finding from another; its batch and row are not of it, for a list may be loaded again."""

_SAID: Final = ("applies", "reason", "binding", "degree", "needs_decision", "until")
"""What of a finding is compared, beside its bases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Then:
    """The world an answer was given in (当时): None of it when it was not kept; `not_kept` names what is missing."""

    state: State | None
    not_kept: tuple[str, ...] = ()


def world_of(document: Mapping[str, Any], current: State, store: Store | None) -> Then:
    """Return the world a stored answer was given in, or what of it was not kept (当时的目录和名单)."""
    try:
        versions, known_at = document["versions"], document["question"]["known_at"]
        law, lists = versions["catalogue"], versions["registry"]
    except (KeyError, TypeError) as error:
        raise no_answer() from error
    tables, registry = _tables_of(law, current, store), _registry_of(lists, known_at, current, store)
    if tables is None or registry is None:
        lacking = (("catalogue", tables), ("registry", registry))
        return Then(state=None, not_kept=tuple(name for name, found in lacking if found is None))
    return Then(state=make_state(tables, registry, current.memo.infer))


def _tables_of(version: str, current: State, store: Store | None) -> Tables | None:
    if current.tables.version == version:
        return current.tables
    kept = None if store is None else store.catalogue(version)
    return None if kept is None else compile_catalog(kept, version)


def _registry_of(version: str, known_at: str | None, current: State, store: Store | None) -> Registry | None:
    if current.registry.version == version:
        return current.registry
    if known_at is None:
        return MemoryRegistry((), version=version)  # nothing had ever been imported
    then = None if store is None else store.registry_at(datetime.fromisoformat(known_at))
    return then if then is not None and then.version == version else None


def recheck(document: Mapping[str, Any], then: Then, current: State, *, now: datetime) -> Recheck:
    """Return what changed since an answer was given (复查).

    `document` is the stored answer, verified before. `current` is today's catalogue and registry, `now` the instant.

    Raises:
        ReceiptError: `receipt.not_an_answer` when the document lacks what an answer has.
        UnknownMatterError: the matter is in today's catalogue no longer.
    """
    asking = StoredQuestion.of(document)
    today = asking.put_to(current, at=now, explain=True)
    stored, found = _parts(document), _parts(today.model_dump())
    worlds = None if then.state is None else _worlds(asking, then.state, current, now)
    changes = tuple(_changes(stored, found, today, worlds))
    reproduced = None if worlds is None else worlds["replayed"] == stored
    return Recheck(str(document["receipt"]), reproduced, then.not_kept, _shown(document), today, changes)


def _worlds(asking: StoredQuestion, then: State, current: State, now: datetime) -> dict[str, dict[Any, Any]]:
    """Return the parts of the answer in each world: as then, only later, only by other law, only by other lists."""
    law = make_state(current.tables, then.registry, current.memo.infer)
    lists = make_state(then.tables, current.registry, current.memo.infer)
    return {
        "replayed": _parts(asking.put_to(then, at=asking.checked_at).model_dump()),
        "later": _parts(asking.put_to(then, at=now).model_dump()),
        "law": _parts(asking.put_to(law, at=now).model_dump()),
        "lists": _parts(asking.put_to(lists, at=now).model_dump()),
    }


def _parts(document: Mapping[str, Any]) -> dict[Any, Any]:
    """Return an answer taken apart into what can change by itself, each part under a key."""
    parts: dict[Any, Any] = {
        ("verdict",): str(document["verdict"]),
        ("complete",): document["complete"],
        ("identity",): str(document["identity"]["status"]),
        ("grade",): _plain(document["grade"]),
        ("commitments",): _promises(document),
        ("missing",): _plain(document["coverage"]["missing"]),
        ("stale",): _plain(document["coverage"]["stale"]),
    }
    findings = defaultdict(list)
    for finding in document["findings"]:
        findings[_key(finding)].append(_compared(finding))
    return parts | {key: sorted(found, key=json.dumps) for key, found in findings.items()}


def _promises(document: Mapping[str, Any]) -> list[str]:
    """Return the commitments open and broken, with their states; an answer of an earlier program names none."""
    said = document.get("commitments") or {"open": (), "breaches": ()}
    return [
        f"{CommitmentType(each['type']).zh} {each['id']}（{CommitmentState(each['state']).zh}）"
        for each in (*said["open"], *said["breaches"])
    ]


def _key(finding: Mapping[str, Any]) -> tuple[str, ...]:
    cause = finding["cause"] or {}
    return ("finding", str(finding["measure"]), *(str(cause.get(name)) for name in _CAUSE))


def _compared(finding: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON values
    """Return what of a finding is compared: all but the batch and row of its cause."""
    cause = finding["cause"]
    return _plain({**finding, "cause": cause and {key: cause[key] for key in cause if key != "source"}})


def _plain(value: object) -> Any:  # noqa: ANN401 - JSON values
    """Return JSON values: what came from a file and what comes from the engine must compare equal."""
    return json.loads(json.dumps(value, ensure_ascii=False))


def _changes(
    stored: dict[Any, Any], found: dict[Any, Any], today: CheckResult, worlds: dict[str, dict[Any, Any]] | None
) -> Iterator[Change]:
    silent = {_key(finding.model_dump()): finding.model_dump() for finding in today.not_applied or ()}
    for key in (*stored, *(key for key in found if key not in stored)):
        if stored.get(key) == found.get(key):
            continue
        because = (ChangeCause.UNKNOWN,) if worlds is None else tuple(_because(key, stored, worlds))
        if key[0] != "finding":
            yield Change(key[0], None, None, None, stored.get(key), found.get(key), because)
            continue
        one = (stored.get(key) or found[key])[0]
        now = found.get(key) or ([_compared(silent[key])] if key in silent else None)
        yield Change("finding", one["measure"], one["title"], one["cause"], _said(stored.get(key)), _said(now), because)


def _because(key: object, stored: dict[Any, Any], worlds: dict[str, dict[Any, Any]]) -> Iterator[ChangeCause]:
    """Yield what made the difference; a part that changed in no world alone took the new law and the new lists both."""
    replayed, later = worlds["replayed"].get(key), worlds["later"].get(key)
    told = [
        cause
        for cause, differs in (
            (ChangeCause.LIBRARY, replayed != stored.get(key)),
            (ChangeCause.TIME, later != replayed),
            (ChangeCause.LAW, worlds["law"].get(key) != later),
            (ChangeCause.LISTS, worlds["lists"].get(key) != later),
        )
        if differs
    ]
    yield from told or (ChangeCause.LAW, ChangeCause.LISTS)


def _said(findings: list[dict[str, Any]] | None) -> dict[str, Any] | None:
    if not findings:
        return None
    finding = findings[0]
    basis = [{key: row[key] for key in ("instrument", "article")} for row in finding["basis"]]
    return {**{key: finding[key] for key in _SAID}, "basis": basis}


def _shown(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is told of the stored answer."""
    question = document["question"]
    return {
        "verdict": document["verdict"],
        "complete": document["complete"],
        "as_of": question["as_of"],
        "known_at": question["known_at"],
        "checked_at": document["checked_at"],
        "versions": document["versions"],
    }
