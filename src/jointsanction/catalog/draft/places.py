"""Places within an instrument (条款项): 第二十二条第一款第（五）项 becomes article, paragraph and item."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.catalog.draft.numerals import NUMERAL, in_chinese, read_numeral

if TYPE_CHECKING:
    from collections.abc import Iterator

_ONE: Final = f"[（(]?\\s*{NUMERAL}\\s*[)）]?"
_TO: Final = "[至到~～—-]+"
_LIST: Final = f"{_ONE}(?:\\s*(?:[、，,和及]|{_TO})\\s*第?\\s*{_ONE})*"

PRINTED: Final = f"第\\s*{_LIST}\\s*(?:条(?:\\s*之\\s*{NUMERAL})?|款|项|目|部分|章|节)"
"""A place as printed, as a pattern."""

RANGE: Final = re.compile(f"\\s*{_TO}\\s*")
"""What stands between the two ends of a range."""

_PARTS: Final = re.compile(f"第\\s*({_LIST})\\s*(条|款|项|目|部分|章|节)(?:\\s*之\\s*({NUMERAL}))?")
_NUMBER: Final = re.compile(f"({_TO})?\\s*第?\\s*([（(]?)\\s*({NUMERAL})")
_LONGEST: Final = 50


class Place(NamedTuple):
    """A place within an instrument (条、款、项), in the form a basis has it."""

    article: str | None = None
    paragraph: int | None = None
    item: str | None = None


class UnreadableError(ValueError):
    """A place printed so that nobody can tell which it is (条款项无法识别); its message is what was printed."""


class Places:
    """The places of one instrument as they are read one after the other (所引条款项).

    `unread` are the parts of a citation that a basis has no field for.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self.found: list[Place] = []
        self.unread: list[str] = []
        self._part: str | None = None
        self._headed = False
        self._last: tuple[str, int] | None = None

    def add(self, printed: str, *, up_to: bool = False) -> None:
        """Take in the next place; `up_to` says that it ends a range that the one before began.

        Raises:
            UnreadableError: when a number is none, or a range runs backwards.
        """
        match = _PARTS.fullmatch(printed)
        if match is None:
            raise UnreadableError(printed)
        numbers, unit, branch = match.groups()
        if unit in {"目", "章", "节"}:
            self.unread.append(printed)
            return
        begun = self._last[1] if up_to and self._last is not None and self._last[0] == unit else None
        if up_to and begun is None:
            raise UnreadableError(printed)
        values = list(_values(numbers, begun, printed))
        self._last = (unit, values[-1])
        if ("（" in numbers or "(" in numbers) and (unit == "条" or self._is_heading(unit)):
            self._headings([f"{self._part or ''}（{in_chinese(value)}）" for value in values])
            self._headed = unit == "项"
            return
        self._headed = False
        if unit == "部分":
            self._part = in_chinese(values[0])
            self.found += [Place(in_chinese(value)) for value in values]
        elif unit == "条":
            self._part = None
            self.found += [Place(_article(value, branch, printed)) for value in values]
        else:
            self._within(unit, values)

    def _is_heading(self, unit: str) -> bool:
        """Tell whether an item in brackets is a heading of the part just named, or goes on with such headings."""
        return unit == "项" and (self._headed or self._begins_a_part)

    @property
    def _begins_a_part(self) -> bool:
        return self._part is not None and self.found[-1] == Place(self._part)

    def _headings(self, articles: list[str]) -> None:
        """Take in headings in brackets, which policy documents have in place of articles: 第（九）条."""
        if self._begins_a_part:
            self.found.pop()
        self.found += [Place(article) for article in articles]

    def _within(self, unit: str, values: list[int]) -> None:
        """Take in paragraphs or items of the last place; of a second one the article is the same."""
        base = self.found[-1] if self.found else Place()
        fresh = base.item is None and (unit == "项" or base.paragraph is None)
        if self.found and fresh:
            self.found.pop()
        if unit == "项":
            self.found += [Place(base.article, base.paragraph, str(value)) for value in values]
        else:
            self.found += [Place(base.article, value) for value in values]


def _values(numbers: str, begun: int | None, printed: str) -> Iterator[int]:
    """Yield the numbers of a list, ranges in full; `begun` is the begin of a range that this list ends."""
    last = begun
    for joint, _, numeral in _NUMBER.findall(numbers):
        value = read_numeral(numeral)
        if value is None:
            raise UnreadableError(printed)
        if (joint or begun is not None) and last is not None:
            if not 0 < value - last <= _LONGEST:
                raise UnreadableError(printed)
            yield from range(last + 1, value)
        begun, last = None, value
        yield value


def _article(value: int, branch: str | None, printed: str) -> str:
    if branch is None:
        return str(value)
    number = read_numeral(branch)
    if number is None:
        raise UnreadableError(printed)
    return f"第{value}条之{in_chinese(number)}"
