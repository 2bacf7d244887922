"""What the catalogue knows by the names people print (目录中已有的): lists, instruments, matters; near ones apart."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.catalog.draft.document_number import fold_number, year_and_number
from jointsanction.identity.folding import letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jointsanction.catalog.draft.citations import Document
    from jointsanction.model.catalogue import Catalog, Instrument

_EDITION: Final = re.compile("[（(][0-9]{4}年[^（()）]*[)）]$")
_NEAR: Final = 0.6
_FEW: Final = 3
_NAME: Final = 3
"""A matter's name in a text means something from this many characters on."""


class Found(NamedTuple):
    """What a name stands for (匹配结果): one id when it is exact; candidates and a remark are for people only."""

    id: str | None
    remark: str | None = None
    is_new: bool = False


class Known:
    """The names of a catalogue (已知名称), folded for comparing."""

    def __init__(self, catalog: Catalog) -> None:
        """Index titles, aliases and document numbers."""
        self._catalog = catalog
        self._lists = _index((kind.code, name) for kind in catalog.lists.values() for name in _names(kind))
        self._groups = _index((group.code, name) for group in catalog.groups.values() for name in _names(group))
        self._matters = {name: code for code, one in catalog.matters.items() for name in _names(one)}
        instruments = catalog.instruments.values()
        self._whole = _index((one.id, _short(one.title)) for one in instruments)
        self._titles = _index((one.id, _base(one.title)) for one in instruments)
        self._numbers = _index((one.id, _number(one) or "") for one in instruments)
        self._offices = dict(_offices(instruments))

    def target(self, text: str) -> tuple[str, Found]:
        """Return what a text names among lists and groups, and which of the two it is."""
        for section, names in (("lists", self._lists), ("groups", self._groups)):
            codes = names.get(letters(text), ())
            if len(codes) == 1:
                return section, Found(codes[0])
            if codes:
                return section, Found(None, f"“{text}”可指 {'、'.join(codes)}，未采用")
        return "lists", Found(None, f"“{text}”不是目录中名单的名称{self._near_lists(text)}")

    def instrument(self, document: Document) -> Found:
        """Return which instrument is cited: by its number, else by its whole title, else by its title alone."""
        number, title = document.number, document.title
        same = self._titles.get(letters(_base(title)), ()) if title is not None else ()
        if number is not None:
            numbered = self._numbered(number, document, same)
            if len(numbered) == 1:
                return self._by_number(numbered[0], title)
            if numbered:
                return Found(None, f"文号对应 {self._titled(numbered)}；请选定")
            # A law printed with the order that published it: the catalogue gives laws no number.
            same = tuple(one for one in same if self._catalog.instruments[one].document_number is None)
        if title is None or not same:
            return Found(None, self._near_instruments(document), is_new=True)
        return self._edition(document, same)

    def _numbered(self, number: str, document: Document, same: tuple[str, ...]) -> tuple[str, ...]:
        """Return the instruments of a number; a title, best with its edition, chooses among several."""
        numbered = self._numbers.get(letters(number), ())
        for titled in (self._exact(document), same):
            chosen = tuple(one for one in numbered if one in titled)
            if chosen:
                return chosen
        return numbered

    def _exact(self, document: Document) -> tuple[str, ...]:
        return self._whole.get(letters(_short(document.title or "") + (document.edition or "")), ())

    def _titled(self, names: Iterable[str]) -> str:
        return "、".join(f"{name}（{self._catalog.instruments[name].title}）" for name in names)

    def _edition(self, document: Document, same: tuple[str, ...]) -> Found:
        exact = self._exact(document)
        if len(exact) == 1 and (len(same) == 1 or _EDITION.search(self._catalog.instruments[exact[0]].title)):
            return Found(exact[0])
        titles = self._titled(same)
        if len(same) == 1 and document.edition is None:
            return Found(same[0], f"目录中只有 {titles}，条号请按这一版核对")
        return Found(None, f"目录中同名的有 {titles}；版本不能确定，请选定")

    def id_of(self, number: str | None) -> str | None:
        """Return the id that an instrument of a number gets by the custom of the catalogue: 发改财金 is fagaicaijin."""
        parts = year_and_number(number) if number is not None else None
        if parts is None or parts[0] not in self._offices:
            return None
        name = f"{self._offices[parts[0]]}-{parts[1]}-{parts[2]}"
        return None if name in self._catalog.instruments else name

    def matters_in(self, text: str) -> tuple[str, ...]:
        """Return the matters whose names stand in a text, the longest names first."""
        found = sorted((name for name in self._matters if len(name) >= _NAME and name in text), key=len, reverse=True)
        codes = dict.fromkeys(f"{name}（{self._matters[name]}）" for name in found)
        return tuple(codes)[:_FEW]

    def _by_number(self, name: str, title: str | None) -> Found:
        """A title may lack its issuer, but a number under a wholly different title is a misprint of one of the two."""
        here = self._catalog.instruments[name].title
        said, known = letters(_base(title or "")), letters(_base(here))
        if said in known or known in said:
            return Found(name)
        return Found(None, f"文号是 {name}（{here}）的，名称却不是；请核对后选定")

    def _near_lists(self, text: str) -> str:
        names = {**self._groups, **self._lists}
        near = difflib.get_close_matches(letters(text), list(names), n=_FEW, cutoff=_NEAR)
        codes = dict.fromkeys(code for name in near for code in names[name])
        titled = [f"{code}（{self._title(code)}）" for code in codes]
        return f"；近似的有 {'、'.join(titled)}，未采用" if titled else ""

    def _title(self, code: str) -> str:
        entry = self._catalog.lists.get(code) or self._catalog.groups[code]
        return entry.title

    def _near_instruments(self, document: Document) -> str | None:
        title = letters(_base(document.title or ""))
        near = difflib.get_close_matches(title, list(self._titles), n=_FEW, cutoff=_NEAR) if title else []
        said = self._titled(dict.fromkeys(one for name in near for one in self._titles[name]))
        return f"目录中近似的有 {said}，未采用" if said else None


def _index(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return the ids that each name stands for; a name without letters stands for nothing."""
    found: dict[str, dict[str, None]] = {}
    for name, text in pairs:
        if letters(text):
            found.setdefault(letters(text), {})[name] = None
    return {text: tuple(names) for text, names in found.items()}


def _names(entry: object) -> Iterator[str]:
    yield str(getattr(entry, "title", ""))
    for alias in getattr(entry, "aliases", ()):
        yield getattr(alias, "name", alias)


def _short(title: str) -> str:
    """Return a law's title without the name of the country, as laws are cited."""
    return title.removeprefix("中华人民共和国")


def _base(title: str) -> str:
    """Return a title without what it says of its edition."""
    return _EDITION.sub("", _short(title))


def _number(instrument: Instrument) -> str | None:
    number = instrument.document_number
    return None if number is None else fold_number(number) or number


def _offices(instruments: Iterable[Instrument]) -> Mapping[str, str]:
    """Return how the catalogue writes each office's word in ids; where it does so in two ways, it has no custom."""
    found: dict[str, set[str]] = {}
    for one in instruments:
        parts = year_and_number(_number(one) or "")
        if parts is not None and one.id.endswith(f"-{parts[1]}-{parts[2]}"):
            found.setdefault(parts[0], set()).add(one.id.removesuffix(f"-{parts[1]}-{parts[2]}"))
    return {word: names.pop() for word, names in found.items() if len(names) == 1}
