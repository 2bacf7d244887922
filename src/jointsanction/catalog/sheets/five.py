"""Measures → the five columns of the national list (五列清单), in words that `catalog draft` reads back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from jointsanction.catalog.draft.numerals import in_chinese
from jointsanction.catalog.draft.rows import COLUMNS
from jointsanction.catalog.explaining.measure import targets_text
from jointsanction.catalog.wording import joined
from jointsanction.terms import Effect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jointsanction.model.catalogue import Basis, Catalog, Measure

_HEADING: Final = re.compile("([一二三四五六七八九十]*)(（[一二三四五六七八九十]+）)?([0-9]*)")
_BETWEEN: Final = "；"


def five_columns(measures: Iterable[Measure], catalog: Catalog) -> dict[str, list[list[str]]]:
    """Return a table of restrictions and one of incentives by their titles, heads first (五列清单)."""
    kept = list(measures)
    return {
        f"{effect.zh}清单": [
            list(COLUMNS[effect]),
            *(_row(measure, catalog) for measure in kept if measure.effect is effect),
        ]
        for effect in Effect
    }


def _row(measure: Measure, catalog: Catalog) -> list[str]:
    return [
        (measure.item or measure.degree).zh,
        measure.title,
        _BETWEEN.join(_targets(measure, catalog)),
        _BETWEEN.join(dict.fromkeys(_cited(basis, catalog) for basis in measure.basis)),
        joined(measure.implementing_authority),
    ]


def _targets(measure: Measure, catalog: Catalog) -> Iterator[str]:
    """Yield whom a measure is for: lists and groups by their names alone, for those are read back."""
    targets = measure.targets
    yield from (catalog.lists[code].title for code in targets.lists)
    yield from (catalog.groups[code].title for code in targets.groups)
    bare = measure.model_copy(update={"targets": targets.model_copy(update={"lists": (), "groups": ()})})
    yield from targets_text(bare, catalog)


def _cited(basis: Basis, catalog: Catalog) -> str:
    instrument = catalog.instruments[basis.instrument]
    number = f"（{instrument.document_number}）" if instrument.document_number else ""
    return f"《{instrument.title}》{number}{''.join(_places(basis))}"


def _places(basis: Basis) -> Iterator[str]:
    """Yield article, paragraph and item as instruments are cited: 第二十二条第一款第（五）项."""
    if basis.article is not None:
        yield _article(basis.article)
    if basis.paragraph is not None:
        yield f"第{in_chinese(basis.paragraph)}款"
    if basis.item is not None:
        yield f"第（{in_chinese(int(basis.item))}）项" if basis.item.isdecimal() else f"第{basis.item}项"


def _article(article: str) -> str:
    """Return an article as cited; policy documents have parts and headings in its place: 二（三）5."""
    if article.isdecimal():
        return f"第{in_chinese(int(article))}条"
    heading = _HEADING.fullmatch(article)
    if heading is None:
        return article
    part, within, point = heading.groups()
    said = f"第{part}部分" if part else ""
    said += f"第{within}{'项' if part else '条'}" if within else ""
    return said + (f"第{point}目" if point else "")
