"""Fingerprints into instrument files (写入条文指纹), so that a later text shows which citations drifted."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from jointsanction.catalog.statutes.citations import citations
from jointsanction.catalog.statutes.place import passage
from jointsanction.catalog.statutes.texts import plain
from jointsanction.catalog.statutes.verify import editions_of
from jointsanction.model.catalogue import CheckedText
from jointsanction.terms import TextState

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from jointsanction.catalog.load import Loaded
    from jointsanction.catalog.statutes.texts import Article, Edition, Library
    from jointsanction.model.catalogue import Basis, Instrument

_BLOCK: Final = re.compile(r"^checked:.*\n(?:[ \t]+.*\n)*", re.MULTILINE)
_AFTER: Final = re.compile(r"^(?:note|overrides):", re.MULTILINE)


def write_pins(loaded: Loaded, library: Library) -> tuple[Path, ...]:
    """Write the fingerprint of every article whose citations pass and that has none yet; return the files changed.

    A fingerprint that is there stays, right or wrong: who has read the article anew takes the line out himself.
    """
    changed, cited = [], defaultdict[str, list["Basis"]](list)
    for citation in citations(loaded.catalog):
        cited[citation.instrument.id].append(citation.basis)
    for name, instrument in loaded.catalog.instruments.items():
        entry = loaded.sources.get(("instruments", name))
        checked = _checked(instrument, cited[name], editions_of(instrument, loaded.catalog, library))
        if entry is not None and checked is not None and checked != instrument.checked:
            text = entry.file.path.read_text(encoding="utf-8")
            entry.file.path.write_text(_with_block(text, _block(checked)), encoding="utf-8")
            changed.append(entry.file.path)
    return tuple(changed)


def _checked(instrument: Instrument, bases: Sequence[Basis], editions: Sequence[Edition]) -> CheckedText | None:
    """Return what an instrument should say of the texts it was held against, None when nothing was."""
    before = instrument.checked
    if not editions:
        return before
    pinned = dict(before.articles) if before is not None else {}
    for article in _passing(bases, editions[-1]):
        pinned.setdefault(article.number, article.fingerprint)
    if not pinned:
        return None
    articles = editions[-1].articles
    same = all(number in articles and articles[number].fingerprint == mark for number, mark in pinned.items())
    day = editions[-1].day if same or before is None else before.edition
    return CheckedText(edition=day, articles=dict(sorted(pinned.items(), key=_in_order)))


def _passing(bases: Sequence[Basis], edition: Edition) -> Iterator[Article]:
    for basis in bases:
        article = edition.articles.get(basis.article or "")
        if article is not None and _stands(basis, article):
            yield article


def _stands(basis: Basis, article: Article) -> bool:
    words = passage(article, basis)
    return (
        basis.text is TextState.VERIFIED
        and basis.anchor is not None
        and words is not None
        and plain(basis.anchor) in words
    )


def _in_order(pin: tuple[str, str]) -> tuple[int, str]:
    number = re.search(r"\d+", pin[0])
    return (int(number[0]) if number else 0, pin[0])


def _block(checked: CheckedText) -> str:
    lines = ["checked:"]
    if checked.edition is not None:
        lines.append(f"  edition: {checked.edition}")
    lines.append("  articles:")
    lines += [f'    "{number}": {mark}' for number, mark in checked.articles.items()]
    return "\n".join(lines) + "\n"


def _with_block(text: str, block: str) -> str:
    """Return a file's text with the block in place of the one it has, else before its note, else at its end."""
    if _BLOCK.search(text):
        return _BLOCK.sub(lambda _: block, text, count=1)
    text = text if text.endswith("\n") else text + "\n"
    after = _AFTER.search(text)
    at = after.start() if after is not None else len(text)
    return text[:at] + block + text[at:]
