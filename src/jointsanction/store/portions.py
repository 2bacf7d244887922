"""Much at a time and never all (分批): values for one statement, rows of one fetch."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LOOKED_UP: Final = 500
"""Values in one IN (…): well below what any database allows."""

STREAMED: Final[Mapping[str, Any]] = {"stream_results": True, "yield_per": 2000}
"""Rows fetched in portions: a province of them need not be there at once."""

_T = TypeVar("_T")


def portions(values: Iterable[_T], most: int) -> Iterator[list[_T]]:
    """Yield values in their order, so many at a time; none of none.

    >>> list(portions("abc", 2))
    [['a', 'b'], ['c']]
    """
    given = iter(values)
    while portion := list(islice(given, most)):
        yield portion
