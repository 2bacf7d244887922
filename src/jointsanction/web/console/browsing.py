"""措施目录: searched by words, and each entry as `catalog explain` tells it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, get_args

from jointsanction.catalog.explain import explain_entry
from jointsanction.catalog.files import Section
from jointsanction.catalog.search import SearchIndex
from jointsanction.catalog.wording import SECTION_WORDS
from jointsanction.errors import QuestionError
from jointsanction.telling.page import Block, Line
from jointsanction.web.console.places import AUDITING, EVERYBODY

if TYPE_CHECKING:
    from starlette.responses import Response

    from jointsanction.model.catalogue import Catalog
    from jointsanction.web.console.console import Console, Sent
    from jointsanction.web.console.visiting import Visit

_MOST: Final = 40
_LABEL: Final = re.compile(r"- ([^：]+)：(.*)")
_NUMBERED: Final = re.compile(r"  \d+\. (.*)")
_READERS: Final = EVERYBODY - AUDITING


class Browsing:
    """The pages of the catalogue (措施目录)."""

    def __init__(self, console: Console) -> None:
        """Put the pages in place."""
        self._console = console
        self._index: tuple[Catalog, SearchIndex] | None = None
        console.shows("/catalogue", self.form, _READERS)
        console.takes("/catalogue", self.search, _READERS)
        console.takes("/catalogue/entry", self.entry, _READERS)

    async def form(self, visit: Visit, _: Sent) -> Response:
        """Show the search form."""
        return self._page(visit, "")

    async def search(self, visit: Visit, sent: Sent) -> Response:
        """Show what was found (目录检索); htmx replaces the list alone."""
        query = sent.text("query")
        index = await self._console.hosted.run(self._indexed)
        return self._page(visit, query, index)

    async def entry(self, visit: Visit, sent: Sent) -> Response:
        """Show one entry (条目说明)."""
        section, entry = sent.text("section"), sent.text("entry")
        catalog = self._console.catalog
        if section not in get_args(Section) or entry not in getattr(catalog, section):
            raise QuestionError("catalog.unknown_entry", "目录中没有这个条目。", "请从检索结果进入。")
        title, block = _told(explain_entry(catalog, section, entry))  # type: ignore[arg-type]  # one of its words, by now
        return self._console.pages.page("entry.html", visit, title=title, block=block, query=sent.text("query"))

    def _indexed(self) -> SearchIndex:
        catalog = self._console.catalog
        if self._index is None or self._index[0] is not catalog:
            self._index = catalog, SearchIndex(catalog)
        return self._index[1]

    def _page(self, visit: Visit, query: str, index: SearchIndex | None = None) -> Response:
        hits = index.find(query) if index is not None and query else ()
        catalog = self._console.catalog
        sizes = {SECTION_WORDS[section]: len(getattr(catalog, section)) for section in get_args(Section)}
        said: dict[str, Any] = {
            "query": query,
            "hits": hits[:_MOST],
            "count": len(hits),
            "words": SECTION_WORDS,
            "sizes": sizes,
        }
        return self._console.pages.page("catalogue.html", visit, **said)


def _told(text: str) -> tuple[str, Block]:
    """Return an entry's text as a title and a block of lines; what is numbered gets its label in each line."""
    title, lines, label = "", list[Line](), ""
    for row in text.splitlines():
        if row.startswith("## "):
            title = row.removeprefix("## ")
        elif (found := _LABEL.fullmatch(row)) is not None:
            label = found[1]
            if found[2]:
                lines.append(Line(label, found[2]))
        elif (numbered := _NUMBERED.fullmatch(row)) is not None:
            lines.append(Line(label, numbered[1]))
        elif row.strip():
            lines.append(Line("代码", row.strip().replace("`", "")))
    return title, Block(title, tuple(lines))
