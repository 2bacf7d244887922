"""The cases beside a new entry (用例骨架): what every measure must show, and what the other measures of the matter do.

What is already in the catalogue is asked, so that `want` names every measure of the whole answer from the start.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from jointsanction.catalog.reading.faults import TODO
from jointsanction.catalog.skeleton import Skeleton, trigger_of
from jointsanction.model.case import Case
from jointsanction.terms import SubjectKind
from jointsanction.testing.case_text import case_lines
from jointsanction.testing.cases import answer
from jointsanction.testing.wanted import came_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.catalog.compile import Tables

_FIRM: Final = {"kind": SubjectKind.ENTERPRISE, "uscc": "91990000MA0000001B"}
_PERSON: Final = {"kind": SubjectKind.PERSON, "resident_id": "990000199001010017"}
_LISTED: Final = date(2025, 1, 10)
_REMOVED: Final = date(2025, 9, 30)
_DAYS: Final = (
    ("在列期间适用", date(2025, 6, 10), True),
    ("列入前一日不适用", date(2025, 1, 9), False),
    ("列入当日适用", _LISTED, True),
    ("移出前一日适用", date(2025, 9, 29), True),
    ("移出当日不适用", _REMOVED, False),
)
_NOTE: Final = "# 骨架：want 写整个答案中适用的全部措施（已按现有目录列出，新措施加在其中）；每个日期的两侧各一例。"


def skeleton_cases(wanted: Skeleton, tables: Tables) -> str:
    """Return the text of the cases beside a new measure or rule (用例骨架)."""
    lines = [wanted.modeline("cases"), _NOTE, "cases:"]
    for case in _cases(wanted, tables):
        lines += case_lines(case)
    return "\n".join(lines) + "\n"


def _cases(wanted: Skeleton, tables: Tables) -> Iterator[dict[str, Any]]:
    known = wanted.lists and wanted.matters and trigger_of(wanted, tables.catalog) is not None
    listing = {"list": wanted.lists[0] if wanted.lists else TODO, "listed_on": _LISTED, "removed_on": _REMOVED}
    question = {
        "subject": _subject(wanted, tables),
        "listings": [listing],
        "matter": wanted.matters[0] if wanted.matters else TODO,
        **({} if wanted.region is None else {"region": wanted.region}),
    }
    for name, day, hit in _DAYS:
        asked = {"name": name, **question, "as_of": day}
        there = _others(asked, tables) if known else []
        own = wanted.id if wanted.kind == "measure" else TODO
        want = sorted({*there, *([own] if hit else [])})
        shown = asked if name == _DAYS[0][0] else {"name": name, "like": _DAYS[0][0], "as_of": day}
        yield {**shown, "want": want}


def _others(asked: dict[str, Any], tables: Tables) -> list[str]:
    """Return what the catalogue as it is answers to the question of a case."""
    case = Case.model_validate(asked)
    return list(came_out(answer(case, tables))["want"])


def _subject(wanted: Skeleton, tables: Tables) -> dict[str, Any]:
    """Return a subject that may stand on the list: a person only where no unit does."""
    kinds = tables.catalog.lists[wanted.lists[0]].kinds if wanted.lists else ()
    return _PERSON if kinds and set(kinds) == {SubjectKind.PERSON} else _FIRM
