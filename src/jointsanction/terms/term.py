"""The base of every closed vocabulary (封闭词表): an English value with its statutory word."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """One word of a closed vocabulary (法定用语), an English value carrying its Chinese word."""

    zh: str

    def __new__(cls, value: str, zh: str = "") -> Self:
        """Build the member from its English value and its Chinese word; `Term(value)` looks a member up."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh = zh
        return member
