"""What the catalogue says (目录): matters, measures, and the text of any entry; for every account."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import Path, Query
from starlette.requests import Request
from starlette.responses import Response

from jointsanction.catalog.explain import explain
from jointsanction.catalog.search import SearchIndex
from jointsanction.errors import QuestionError, UnknownMatterError, veil
from jointsanction.web.api.catalogue_answers import MattersAnswer, MatterShown, MeasuresAnswer, MeasureShown, Told
from jointsanction.web.api.responses import Way, add_ways
from jointsanction.web.api.room import reply

if TYPE_CHECKING:
    from fastapi import APIRouter

    from jointsanction.catalog.compile import Tables
    from jointsanction.model.catalogue import Matter, Measure
    from jointsanction.web.api.room import Room

_PRINTABLE: Final = r"^[^\x00-\x1F\x7F]+$"
Name = Annotated[str, Query(max_length=80, pattern=_PRINTABLE, description="代码或者名称")]
Wanted = Annotated[str | None, Query(max_length=80, pattern=_PRINTABLE, description="检索的词，各词都要出现")]
Limit = Annotated[int, Query(ge=1, le=2000, description="至多几项")]
Code = Annotated[str, Path(max_length=80, pattern=_PRINTABLE, description="代码")]
Named = Annotated[str, Path(max_length=80, pattern=_PRINTABLE, description="代码、别名或者官方事项代码")]


class Index:
    """The search of the catalogue in use (目录检索): read anew when the catalogue is another."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._read: tuple[str, SearchIndex] | None = None

    def find(self, tables: Tables, section: str, query: str) -> list[str]:
        """Return the entries of a section in which all words are found, the best first."""
        if self._read is None or self._read[0] != tables.version:
            self._read = (tables.version, SearchIndex(tables.catalog))
        return [hit.id for hit in self._read[1].find(query) if hit.section == section]


class Catalogue:
    """What the catalogue says (目录)."""

    def __init__(self, room: Room) -> None:
        """Take what all routes work with."""
        self._room = room
        self._hosted = room.hosted
        self._index = Index()

    async def told(self, request: Request, name: Name) -> Response:
        """措施、名单、事项、依据文件、规则等任一条目的说明（Markdown）。"""
        self._room.caller(request)
        return reply({"name": name, "text": explain(self._hosted.engine.tables.catalog, name)})

    async def matters(self, request: Request, q: Wanted = None, limit: Limit = 200) -> Response:
        """全部事项，或者检索到的事项；credit_report_required 为须查阅信用报告。"""
        self._room.caller(request)
        tables = self._hosted.engine.tables
        found = (
            list(tables.catalog.matters)
            if q is None
            else await self._hosted.run(self._index.find, tables, "matters", q)
        )
        shown = [_matter(tables.catalog.matters[code]) for code in found[:limit]]
        return reply({"catalogue": tables.version, "matters": shown})

    async def matter(self, request: Request, code: Named) -> Response:
        """一个事项；写代码或者核查时可以用的别名。"""
        self._room.caller(request)
        tables = self._hosted.engine.tables
        try:
            return reply(_matter(tables.catalog.matters[tables.resolve_matter(code).code]))
        except UnknownMatterError as error:
            if error.code != "matter.unknown":
                raise
            raise _no_entry(code, error.hint) from error

    async def measures(self, request: Request, q: Wanted = None, matter: Wanted = None, limit: Limit = 200) -> Response:
        """全部措施，或者检索到的、在某一事项中的措施。"""
        self._room.caller(request)
        tables = self._hosted.engine.tables
        found = (
            list(tables.catalog.measures)
            if q is None
            else await self._hosted.run(self._index.find, tables, "measures", q)
        )
        shown = [tables.catalog.measures[each] for each in found]
        if matter is not None:
            within = tables.enclosing[tables.resolve_matter(matter).code]
            shown = [measure for measure in shown if not within.isdisjoint(measure.matters)]
        return reply({"catalogue": tables.version, "measures": [_measure(each) for each in shown[:limit]]})

    async def measure(self, request: Request, code: Code) -> Response:
        """一项措施；依据等全文见条目说明。"""
        self._room.caller(request)
        measures = self._hosted.engine.tables.catalog.measures
        found = measures.get(code)
        if found is None:
            titles = {measure.title: name for name, measure in measures.items()}
            near = difflib.get_close_matches(code, [*measures, *titles], n=3, cutoff=0.5)
            named = "、".join(dict.fromkeys(titles.get(each, each) for each in near))
            raise _no_entry(code, f"您是否想写：{named}？" if named else "代码见措施目录。")
        return reply(_measure(found))


_WAYS: Final = (
    Way(
        "GET",
        "/explain",
        "told",
        "explain",
        "条目说明",
        Told,
        fails=(
            404,
            422,
        ),
        body=False,
    ),
    Way("GET", "/matters", "matters", "searchMatters", "事项目录", MattersAnswer, fails=(422,), body=False),
    Way(
        "GET",
        "/matters/{code}",
        "matter",
        "getMatter",
        "一个事项",
        MatterShown,
        fails=(
            404,
            422,
        ),
        body=False,
    ),
    Way("GET", "/measures", "measures", "searchMeasures", "措施目录", MeasuresAnswer, fails=(422,), body=False),
    Way(
        "GET",
        "/measures/{code}",
        "measure",
        "getMeasure",
        "一项措施",
        MeasureShown,
        fails=(
            404,
            422,
        ),
        body=False,
    ),
)


def add_catalogue(router: APIRouter, room: Room) -> None:
    """Add the routes (目录)."""
    add_ways(router, Catalogue(room), "目录", _WAYS)


def _no_entry(code: str, hint: str) -> QuestionError:
    return QuestionError("catalog.unknown_entry", f"目录中没有“{veil(code)}”。", hint)


def _matter(matter: Matter) -> dict[str, Any]:
    return {
        "code": matter.code,
        "title": matter.title,
        "kind": matter.kind,
        "parents": list(matter.parents),
        "default_role": matter.default_role,
        "default_phase": matter.default_phase,
        "credit_report_required": matter.credit_report_required,
        "other_names": [alias.name for alias in matter.aliases],
    }


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "id": measure.id,
        "title": measure.title,
        "effect": measure.effect,
        "measure_class": measure.measure_class,
        "degree": measure.degree,
        "binding": measure.binding,
        "duty": measure.duty,
        "matters": list(measure.matters),
        "lists": list(measure.targets.lists),
        "implementing_authority": list(measure.implementing_authority),
        "valid_from": None if measure.valid_from is None else measure.valid_from.isoformat(),
        "valid_to": None if measure.valid_to is None else measure.valid_to.isoformat(),
    }
