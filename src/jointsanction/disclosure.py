"""What of an answer may leave, and to whom (对外提供): an extract by the disclosure attribute of each list.

| list is (公开属性) | another authority | the subject himself | anybody else |
|---|---|---|---|
| public 公开 | all | all | all |
| on-request 依申请公开, government 政务共享 | all | all | nothing |
| closed 不公开 | the finding without its record | the finding without its record | nothing |

Where nothing may leave, whatever rests on the list is gone, and with it the verdict, from which it could be guessed.
The same holds of the grade and of what a recheck found changed.
Acts and orders go to authorities and to the subject, never to anybody else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from jointsanction.terms import Audience, Disclosure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_OPEN: Final = frozenset({Disclosure.PUBLIC})
_WHOLE: Final[dict[Audience, frozenset[Disclosure]]] = {
    Audience.AUTHORITY: frozenset({Disclosure.PUBLIC, Disclosure.ON_REQUEST, Disclosure.GOVERNMENT}),
    Audience.SUBJECT: frozenset({Disclosure.PUBLIC, Disclosure.ON_REQUEST, Disclosure.GOVERNMENT}),
    Audience.ANYBODY: _OPEN,
}
_RECORD: Final = {"listed_on": None, "instrument_no": None, "source": None}
_COVERAGE: Final = frozenset({"missing", "stale"})
"""Changes that tell how new the lists are, and nothing of anybody."""


def leaves_whole(disclosure: Disclosure, audience: Audience) -> bool:
    """Tell whether the rows of a list of some attribute may leave as they are (公开属性)."""
    return disclosure in _WHOLE[audience]


def extract(document: Mapping[str, Any], lists: Mapping[str, Disclosure], audience: Audience) -> dict[str, Any]:
    """Return what of an answer, or of a tender's answers, may leave (对外提供的摘录).

    `document` is what `check --json` or `tender --json` printed, `lists` the disclosure attribute of each list; a list
    that isn't named there counts as closed. The extract bears no receipt of its own but names that of the answer it
    was taken from; `withheld` counts the findings left out and the records covered. Candidates may be other people:
    they go to authorities only.
    """
    if "results" in document:
        parts = [extract(part, lists, audience) for part in document["results"]]
        known = all(part["verdict"] is not None for part in parts)
        return {
            "disclosed_to": audience,
            "verdict": document["verdict"] if known else None,
            "results": parts,
            "original_receipt": document["receipt"],
        }
    return _Extract(document, lists, audience).taken()


def disclosed(
    document: Mapping[str, Any], lists: Mapping[str, Disclosure], audience: Audience | None
) -> dict[str, Any]:
    """Return what of an answer an account may be told (公开属性): all of it where nothing has to be left out.

    An account without an audience is of the unit itself. To an authority nothing is left out but what is closed: where
    nothing is, it gets the answer itself, receipt and all.
    """
    if audience is None or (audience is Audience.AUTHORITY and _leaves_whole(document, lists, audience)):
        return dict(document)
    return extract(document, lists, audience)


def disclosed_changes(
    changes: Sequence[Mapping[str, Any]],
    answers: Sequence[Mapping[str, Any]],
    lists: Mapping[str, Disclosure],
    audience: Audience | None,
) -> list[dict[str, Any]]:
    """Return what of the changes between two answers may leave (复查的变化).

    Where a finding of either answer is withheld from anybody, so is what changed between them: that it came or went
    could be guessed from it. What is left is how new the lists are. A grade changes in view only where both are.
    """
    if audience is None:
        return [dict(change) for change in changes]
    parts = [_Extract(answer, lists, audience) for answer in answers]
    hidden = {"commitments"} if audience is Audience.ANYBODY else set[str]()
    hidden |= {"grade"} if any(part.withholds_grade() for part in parts) else set()
    lost = any(part.taken()["withheld"]["findings"] for part in parts)
    kept = (each for each in changes if each["what"] not in hidden and (not lost or each["what"] in _COVERAGE))
    return [parts[-1].change(each) for each in kept]


def _leaves_whole(value: object, lists: Mapping[str, Disclosure], audience: Audience) -> bool:
    """Tell whether no record anywhere in an answer has to be covered."""
    return all(lists.get(each["list"], Disclosure.CLOSED) in _WHOLE[audience] for each in _records_in(value))


def _records_in(value: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, dict):
        if "list" in value and "listed_on" in value:
            yield value
        for each in value.values():
            yield from _records_in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _records_in(each)


class _Extract:
    """One answer being gone through."""

    def __init__(self, document: Mapping[str, Any], lists: Mapping[str, Disclosure], audience: Audience) -> None:
        self._document = document
        self._lists = lists
        self._audience = audience
        self._covered = 0

    def taken(self) -> dict[str, Any]:
        """Return the extract."""
        document, findings = self._document, self._document["findings"]
        kept = [self._finding(finding) for finding in findings if self._may_leave(finding)]
        lost = len(findings) - len(kept)
        taken = {
            "disclosed_to": self._audience,
            "verdict": document["verdict"] if not lost else None,
            "complete": document["complete"] if not lost else None,
            "question": self._question(),
            "subject": document["subject"],
            "identity": self._identity(),
            "findings": kept,
            "grade": self._grade(),
            "coverage": document["coverage"],
            "window": self._window(),
            "credit_report_required": document["credit_report_required"],
            "commitments": self._commitments(),
            "versions": document["versions"],
            "checked_at": document["checked_at"],
            "original_receipt": document["receipt"],
        }
        withheld = {"findings": lost, "records": self._covered, "grade": taken["grade"] is None}
        return {**taken, "withheld": withheld}

    def withholds_grade(self) -> bool:
        """Tell whether the grade may not leave (信用等级): to anybody, only what rests on public lists alone.

        One that something unknown could worsen does not, for what is unknown may be a record nobody may hear of.
        """
        if self._audience is not Audience.ANYBODY:
            return False
        grade = self._document["grade"]
        causes = [cause for each in grade["set_by"] for cause in each["causes"]]
        independent = (self._lists.get(code, Disclosure.CLOSED) for code in grade["independent"])
        public = all("list" in cause and self._of(cause) in _OPEN for cause in causes)
        return not grade["complete"] or not public or any(each not in _OPEN for each in independent)

    def change(self, change: Mapping[str, Any]) -> dict[str, Any]:
        """Return a change with the records in it covered as they are in the answers."""
        cause = change["cause"]
        told = {**change, "cause": self._record(cause) if cause and "list" in cause else cause}
        if change["what"] == "grade":
            told |= {when: change[when] and self._set_by(change[when]) for when in ("then", "now")}
        return told

    def _grade(self) -> dict[str, Any] | None:
        """Return the grade as it may leave, None where it is withheld."""
        lost = any(not self._may_leave(finding) for finding in self._document["findings"])
        return None if lost or self.withholds_grade() else self._set_by(self._document["grade"])

    def _set_by(self, grade: Mapping[str, Any]) -> dict[str, Any]:
        """Return a grade with the records it rests on as they may leave."""
        set_by = [
            {**each, "causes": [self._record(cause) if "list" in cause else cause for cause in each["causes"]]}
            for each in grade["set_by"]
        ]
        return {**grade, "set_by": set_by}

    def _question(self) -> dict[str, Any]:
        """Return the question: whom else it named, and by what acts, is nobody else's business."""
        question = self._document["question"]
        return question if self._audience is not Audience.ANYBODY else {**question, "related": [], "acts": []}

    def _window(self) -> dict[str, Any] | None:
        """Return the other dates of the case: to nobody at large, for they rest on records of those days too."""
        window: dict[str, Any] | None = self._document["window"]
        return None if self._audience is Audience.ANYBODY else window

    def _commitments(self) -> dict[str, Any] | None:
        """Return what may leave of commitments: to anybody, those that were made in public, and nothing of talks."""
        said: dict[str, Any] | None = self._document.get("commitments")
        if said is None or self._audience is not Audience.ANYBODY:
            return said
        public = {key: [each for each in said[key] if each["public"]] for key in ("open", "breaches")}
        return {**public, "talks": [], "offers": [], "warnings": []}

    def _may_leave(self, finding: Mapping[str, Any]) -> bool:
        """Return whether anything may be said of a finding: to anybody, only what rests on public lists alone."""
        if self._audience is not Audience.ANYBODY:
            return True
        records = _records(finding)
        # An act or order has no attribute of its own: a sentence or a ban is nothing to tell a passer-by.
        return (finding["cause"] is None or bool(records)) and all(self._of(record) in _OPEN for record in records)

    def _may_tell(self, step: Mapping[str, Any]) -> bool:
        """Return whether a step may be told: who handled a dispute or looked into a name, and why, is nobody's."""
        return self._audience is not Audience.ANYBODY or not ({"track", "author"} & step.keys())

    def _finding(self, finding: dict[str, Any]) -> dict[str, Any]:
        cause = finding["cause"]
        path = [self._record(step) if "list" in step else step for step in finding["path"] if self._may_tell(step)]
        return {**finding, "cause": self._record(cause) if cause and "list" in cause else cause, "path": path}

    def _identity(self) -> dict[str, Any]:
        identity = self._document["identity"]
        if self._audience is Audience.AUTHORITY:
            candidates = [self._record(candidate) for candidate in identity["candidates"]]
            return {**identity, "candidates": candidates}
        warnings = identity["warnings"] if self._audience is Audience.SUBJECT else []
        return {**identity, "candidates": [], "warnings": warnings}

    def _record(self, record: dict[str, Any]) -> dict[str, Any]:
        """Return a record as it may leave: whole, or with what is in its row covered."""
        if self._of(record) in _WHOLE[self._audience]:
            return record
        self._covered += 1
        return {key: _RECORD.get(key, value) for key, value in record.items() if key not in {"name", "id"}}

    def _of(self, record: Mapping[str, Any]) -> Disclosure:
        return self._lists.get(record["list"], Disclosure.CLOSED)


def _records(finding: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the records a finding rests on: its cause, and those that suspended or carried it."""
    return [record for record in (finding["cause"], *finding["path"]) if record is not None and "list" in record]
