"""Reading a word of a closed vocabulary (取词): by its English value or its Chinese word, else the nearest is named."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, TypeVar

from jointsanction.errors import QuestionError, veil

if TYPE_CHECKING:
    from jointsanction.terms.term import Term

W = TypeVar("W", bound="Term")


def word(vocabulary: type[W], text: str, what: str) -> W:
    """Return the word of a vocabulary a text names.

    Raises:
        QuestionError: `question.unknown_word`, naming the nearest.
    """
    for member in vocabulary:
        if text in (member.value, member.zh):
            return member
    known = [member.value for member in vocabulary]
    near = difflib.get_close_matches(text, known, n=3, cutoff=0.4)
    hint = f"您是否想写：{'、'.join(near)}？" if near else f"可用：{'、'.join(known)}。"
    raise QuestionError("question.unknown_word", f"{what}：不认识“{veil(text)}”。", hint)
