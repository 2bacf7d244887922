"""What an author probably meant (您是否想写): the tail of a message about a word nobody knows."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

from jointsanction.terms import Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_FULLWIDTH: Final = {
    "：": "全角冒号",
    "，": "全角逗号",
    "、": "顿号",
    "　": "全角空格",
    "“": "全角引号",
    "”": "全角引号",
}
_FEW: Final = 8


def nearest(word: str, words: Iterable[str], names: Mapping[str, str] | None = None) -> str:
    """Return the end of a sentence about an unknown word: the nearest known one, or what may be wrong with it.

    `names` are titles and other names people write in place of an id, with the id each stands for.
    """
    sign = next((sign for sign in _FULLWIDTH if sign in word), None)
    if sign is not None:
        return f"；其中有{_FULLWIDTH[sign]}“{sign}”，请改为半角并分开书写"
    known = list(words)
    if names is not None and word in names:
        return f"；请写其代码 {show(names[word], known)}"
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.7) or _by_case(word, known)
    if near:
        return f"，您是否想写 {show(near[0], known)}？"
    near = difflib.get_close_matches(word, list(names or ()), n=1, cutoff=0.6)
    if near and names is not None:
        return f"，您是否想写 '{names[near[0]]}'（{near[0]}）？"
    if len(known) <= _FEW:
        return f"；可用的有：{'、'.join(show(one, known) for one in known)}" if known else ""
    return ""


def show(word: str, words: Iterable[str]) -> str:
    """Return a word in quotes, with its Chinese word when it is of a closed vocabulary."""
    term = next((known for known in words if known == word), word)
    return f"'{word}'（{term.zh}）" if isinstance(term, Term) else f"'{word}'"


def _by_case(word: str, words: list[str]) -> list[str]:
    """A Chinese word of the vocabulary, or the right word in the wrong case."""
    return [one for one in words if one.casefold() == word.casefold() or (isinstance(one, Term) and one.zh == word)]
