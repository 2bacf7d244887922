"""Pages from templates (页面生成): escaped by default, and a name that a template doesn't have is an error."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from jointsanction.identity.masks import visible
from jointsanction.telling.marks import MARKS
from jointsanction.telling.page import Block, Grid, Headline
from jointsanction.terms import Verdict
from jointsanction.web.console.places import places_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jointsanction.telling.page import Part
    from jointsanction.web.console.visiting import Visit

HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
        "img-src 'self'; object-src 'none'; script-src 'self'; style-src 'self'"
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""What every page says about itself (安全响应头): nothing foreign, nothing inline, in nobody's frame."""

_STATIC: Final[Mapping[str, str]] = {
    "console.css": "text/css; charset=utf-8",
    "console.js": "text/javascript; charset=utf-8",
    "htmx.min.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
_DIGITS: Final = 12
_FOLDED: Final = ("未适用的措施", "推导规则")


class Asset(NamedTuple):
    """A file that pages ask for (静态文件), and the digest that names this version of it."""

    content: bytes
    media_type: str
    digest: str


@cache
def asset(name: str) -> Asset | None:
    """Return a file of the console by its name, None for any other name (静态文件)."""
    if name not in _STATIC:
        return None
    content = files(__package__).joinpath("static", name).read_bytes()
    return Asset(content, _STATIC[name], hashlib.sha256(content).hexdigest()[:_DIGITS])


def asset_path(name: str) -> str:
    """Return the address of a file of the console: it changes with what is in it, so that it may be kept for ever."""
    found = asset(name)
    return f"/static/{name}?v={found.digest if found is not None else ''}"


def kind_of(part: Part) -> str:
    """Return which sort of part of a page it is."""
    return {Headline: "headline", Block: "block", Grid: "grid"}[type(part)]


def is_folded(part: Part) -> bool:
    """Tell whether a part is opened only by whoever asks why not (折叠显示)."""
    return isinstance(part, Block) and part.title.startswith(_FOLDED)


def mark_of(verdict: str) -> str:
    """Return the shape that goes with a verdict, so that nobody has to tell colours apart."""
    return MARKS[Verdict(verdict)]


class Pages:
    """Makes pages from templates (页面生成)."""

    def __init__(self) -> None:
        """Read the templates of the console."""
        self._templates = Environment(
            loader=PackageLoader("jointsanction.web.console"),
            autoescape=True,
            finalize=_shown,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals |= {"asset": asset_path, "places_of": places_of, "zh": _zh}
        self._templates.filters |= {"mark": mark_of}
        self._templates.tests |= {"folded": is_folded, "headline": _is("headline"), "grid": _is("grid")}

    def page(self, template: str, visit: Visit | None, *, status: int = 200, **said: Any) -> Response:
        """Return a whole page, or the piece of one that htmx asked for, by its template."""
        text = self._templates.get_template(template).render(visit=visit, **said)
        return HTMLResponse(text, status_code=status)


def _is(kind: str) -> Any:  # noqa: ANN401 - what Jinja takes as a test
    return lambda part: kind_of(part) == kind


def _shown(value: object) -> object:
    """Return what a template shows with nothing in it that nobody sees: no name may turn a line of a page round."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _zh(words: Iterable[Any], value: str) -> str:
    """Return the Chinese word of a value of a vocabulary; a value it doesn't know is shown as it is."""
    return next((str(word.zh) for word in words if word == value), value)
