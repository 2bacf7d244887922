"""In which order the keys of an entry stand (键的次序), and what may stand at each place of each kind of file.

The order is that of the models but for the few below, where authors write otherwise: the shipped files decided.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, get_args

from jointsanction.catalog.files import SINGLES, TEST_SUFFIX, Section
from jointsanction.catalog.reading.entries import MODELS
from jointsanction.catalog.reading.shapes import Shape, shapes_of
from jointsanction.catalog.reading.tree import MatterFile, MatterNode
from jointsanction.model.case import Case, CaseFile, CaseListing
from jointsanction.model.catalogue import Forbidden, Group, ListTerm, ListType, Measure, Targets, Where
from jointsanction.model.export_profile import CaseProfile, ExportProfile
from jointsanction.model.mapping import FileMapping, HeaderFile
from jointsanction.model.routes import Routes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pydantic import BaseModel

_COLLECTIONS: Final = ("groups", "schemes", "forbidden", "publicity")
_MODELINE: Final = re.compile(r"# yaml-language-server: \$schema=\S*?([a-z]+)\.schema\.json")
_HEAD: Final = 5
_MAPPING_SUFFIX: Final = ".mapping.yaml"
_HEADERS: Final = "headers.yaml"

_OTHERWISE: Final[Mapping[type[BaseModel], tuple[str, ...]]] = {
    Measure: (
        "id", "row", "title", "item", "class", "degree", "binding", "trigger", "targets", "term", "judged_on", "bears",
        "actor", "matters", "roles", "phase", "related_only", "conditions", "except", "grants", "traits", "same_trade",
        "region", "basis", "implementing_authority", "duty", "ask", "in_list", "valid_from", "valid_to", "status",
    ),
    Case: (
        "name", "like", "subject", "related", "listings", "commitments", "acts", "not_loaded", "size", "matter", "role",
        "phase", "region", "coverage", "traits", "fields", "occupations", "as_of", "want", "because", "reasons",
        "missing", "stale", "verdict",
    ),
    CaseListing: (
        "list", "subject_kind", "announced_on", "listed_on", "valid_to", "removed_on", "removal_reason",
        "instrument_no", "instrument_date", "designating_authority", "region", "severity", "field", "ground", "name",
        "uscc", "resident_id", "other_id", "size", "subject_status", "grade", "corrected_on",
        "related",
    ),
    ListType: (
        "code", "title", "kind", "authority", "basis", "kinds", "entered_with", "entry", "exit", "publisher", "term",
    ),
    Group: ("code", "title", "aliases"),
    Forbidden: ("id", "title", "region"),
    Targets: ("lists", "groups", "acts", "clue_lists", "severity", "grades", "where", "kinds"),
    ListTerm: ("years", "months", "set_by", "text"),
    Where: ("field", "size", "ground", "crime", "kinds"),
    MatterNode: (
        "title", "kind", "granted_by", "default_role", "window", "default_phase", "fields", "traits", "not_traits",
        "ordinary_way", "requires_acts", "also_under", "aliases", "roles", "note", "overrides", "children",
    ),
    FileMapping: ("title", "list", "records", "inherit", "pairs", "columns", "values", "only", "skip", "exit"),
}  # fmt: skip
"""Keys that stand before the others of their model, in this order."""


def key_order(model: type[BaseModel]) -> Mapping[str, int]:
    """Return the place of each key of a model (键的次序)."""
    first = _OTHERWISE.get(model, ())
    keys = (*first, *(key for key in shapes_of(model) if key not in first))
    return {key: place for place, key in enumerate(keys)}


def _shapes() -> dict[str, Shape]:
    """Return what may stand in each kind of file, by the name of its schema."""
    found = {
        "matters": Shape(model=MatterFile),
        "cases": Shape(model=CaseFile),
        "mapping": Shape(model=FileMapping),
        "headers": Shape(model=HeaderFile),
        "export": Shape(model=ExportProfile),
        "reported": Shape(model=CaseProfile),
        "routes": Shape(model=Routes),
    }
    for section in get_args(Section):
        if section in _COLLECTIONS:
            found[section] = Shape(values=Shape(values=Shape(model=MODELS[section])))
        elif section in MODELS:
            found[section.removesuffix("s")] = Shape(model=MODELS[section])
    return found


SHAPES: Final = _shapes()
"""What may stand in each kind of file, by the name of its schema."""

_FOLDERS: Final = {
    "restriction": "measure", "incentive": "measure", "instruments": "instrument", "lists": "list", "rules": "rule",
    "departments": "department", "mappings": "mapping", "export": "export",
    "cases": "reported",
}  # fmt: skip


def kind_of(path: Path, text: str) -> str | None:
    """Return which kind of file this is (文件种类): by its modeline, else by name and folder; None if none of ours."""
    for line in text.splitlines()[:_HEAD]:
        if (found := _MODELINE.match(line)) is not None and found[1] in SHAPES:
            return found[1]
    if path.name.endswith(TEST_SUFFIX):
        return "cases"
    if path.name.endswith(_MAPPING_SUFFIX):
        return "mapping"
    if path.name in SINGLES or path.name == _HEADERS:
        return path.stem
    return _FOLDERS.get(path.parent.name)
