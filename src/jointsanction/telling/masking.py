"""Answers as they are shown again (脱敏): numbers and persons' names are covered until somebody says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jointsanction.identity.masks import mask_id, mask_name
from jointsanction.identity.names import names_a_person
from jointsanction.terms import SubjectKind

if TYPE_CHECKING:
    from collections.abc import Mapping


def masked(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document of an answer with nobody's number in it and no person's name (脱敏)."""
    subject = document["subject"]
    person = subject["kind"] == SubjectKind.PERSON or names_a_person(subject["name"] or "") is True
    shown = {
        **subject,
        "id": subject["id"] and mask_id(subject["id"]),
        "name": mask_name(subject["name"]) if subject["name"] and person else subject["name"],
    }
    findings = [_finding(each) for each in document["findings"]]
    covered = {**document, "subject": shown, "question": _question(document["question"]), "findings": findings}
    if "not_applied" in document:
        covered["not_applied"] = [_finding(each) for each in document["not_applied"]]
    return covered


def _question(question: Mapping[str, Any]) -> dict[str, Any]:
    """Return a question with whom it names covered."""
    related = [f"{tie}:{mask_id(number)}" for tie, _, number in (each.partition(":") for each in question["related"])]
    return {**question, "subject": question["subject"] and mask_id(question["subject"]), "related": related}


def _finding(finding: Mapping[str, Any]) -> dict[str, Any]:
    return {**finding, "path": [_step(step) for step in finding["path"]]}


def _step(step: Mapping[str, Any]) -> dict[str, Any]:
    """Return a step with whoever stands between covered: a number, or a name in its place."""
    said = step.get("subject")
    if "relation" not in step or not said:
        return dict(step)
    return {**step, "subject": mask_id(said) if str(said).isascii() else mask_name(said)}
