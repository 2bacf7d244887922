"""Cells of closed columns (封闭词表列): the English value or the statutory word, and nothing near it."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from jointsanction.identity.folding import letters
from jointsanction.registry.readers.report import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jointsanction.terms import Term

T = TypeVar("T", bound="Term")
_FEW: Final = 9


class TermCell(Generic[T]):
    """Reads the words of one closed vocabulary (封闭词表)."""

    def __init__(self, vocabulary: type[T], further: Mapping[str, str] | None = None) -> None:
        """Know every value by its English and its Chinese word; `further` are words offices use, by their letters."""
        self._words: dict[str, T] = {}
        for term in vocabulary:
            self._words[letters(term.value)] = term
            self._words[letters(term.zh)] = term
        values = {term.value: term for term in vocabulary}
        self._words |= {word: values[value] for word, value in (further or {}).items() if value in values}
        self._vocabulary = vocabulary

    def read(self, text: str) -> T | Fault:
        """Return the term, or which words there are; the cell itself is not shown."""
        key = letters(text)
        found = self._words.get(key)
        if found is not None:
            return found
        near = difflib.get_close_matches(key, list(self._words), n=1, cutoff=0.6)
        if near:
            term = self._words[near[0]]
            return Fault("cell.unknown_word", f"取值不在词表中，是否应为“{term.value}”（{term.zh}）？")
        known = "、".join(f"{term.value}（{term.zh}）" for term in list(self._vocabulary)[:_FEW])
        more = "等" if len(self._vocabulary) > _FEW else ""
        return Fault("cell.unknown_word", f"取值不在词表中，可用：{known}{more}。")
