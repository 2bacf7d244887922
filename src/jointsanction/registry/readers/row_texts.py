"""What the cells of a row say, column by column (行内文本): in our words where the mapping has them, and as printed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.identity.folding import is_missing, letters
from jointsanction.registry.readers.columns import NUMBER_COLUMNS, SEVERAL_ALLOWED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jointsanction.registry.readers.layout import Layout

_LONGEST_MISSING: Final = 4
_MAY_DIFFER: Final = SEVERAL_ALLOWED | set(NUMBER_COLUMNS)
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class _Filled(NamedTuple):
    """A column, the places of its cells, and the file's words for ours."""

    column: str
    places: tuple[int, ...]
    words: Mapping[str, str] | None


class RowTexts:
    """Takes the texts of rows out of their cells, as one layout says (行内文本)."""

    def __init__(self, layout: Layout) -> None:
        """Work out once what holds for every row."""
        self._layout = layout
        self._words = {
            column.value: {letters(word): text for word, text in words.items()}
            for column, words in layout.plan.values.items()
        }
        self._defaults = {column.value: text for column, text in layout.plan.defaults.items()}
        self._own = self._filled(layout.columns)
        self._at_exit = self._own if layout.exits is None else self._filled(layout.exits)
        self._twice = tuple(each for each in self._own if len(each.places) > 1 and each.column not in _MAY_DIFFER)
        self._names = _names_of(layout.headers)

    def of(self, cells: Sequence[str]) -> dict[str, str]:
        """Return what each column says, of several cells the first that says something; defaults fill the rest."""
        texts = dict(self._defaults)
        for column, places, words in self._side(cells):
            for place in places:
                text = _said(cells[place], words)
                if text:
                    texts[column] = text
                    break
        return texts

    def told_twice(self, cells: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
        """Yield the columns of which several cells of a row say something, with what they say."""
        for column, places, words in self._twice:
            said = [text for place in places if (text := _said(cells[place], words))]
            if len(said) > 1:
                yield column, said

    def printed(self, cells: Sequence[str]) -> str | None:
        """Return the row as it was printed, as JSON (原始行); None where nobody knows the headers."""
        if not self._names:
            return None
        return _ENCODER.encode({name: cell for name, cell in zip(self._names, cells, strict=True) if cell})

    def _side(self, cells: Sequence[str]) -> tuple[_Filled, ...]:
        return self._at_exit if self._layout.exits is not None and self._layout.is_exit(cells) else self._own

    def _filled(self, columns: Mapping[str, Sequence[int]]) -> tuple[_Filled, ...]:
        return tuple(_Filled(column, tuple(places), self._words.get(column)) for column, places in columns.items())


def _said(cell: str, words: Mapping[str, str] | None) -> str:
    """Return what a cell says, in our words where the mapping has them; nothing when it says nothing."""
    text = cell.strip()
    if words is not None and text:
        text = words.get(letters(text), text)
    return "" if len(text) <= _LONGEST_MISSING and is_missing(text) else text


def _names_of(headers: Sequence[str]) -> tuple[str, ...]:
    """Return a name for each cell of a raw row; headers that are empty or there twice are told apart."""
    seen: set[str] = set()
    names = []
    for place, header in enumerate(headers, 1):
        names.append(header if header and header not in seen else f"{header}#{place}")
        seen.add(header)
    return tuple(names)
