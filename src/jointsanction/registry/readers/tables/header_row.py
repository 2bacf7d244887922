"""Where the header of a grid is (定位表头): the row, or the two merged rows, in which most of our headers stand."""

from __future__ import annotations

import re
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.errors import RegistryError, veil
from jointsanction.identity.folding import letters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from jointsanction.registry.readers.tables.grid import Grid, Merge

HEADER_WITHIN: Final = 10
"""Titles and 填报单位 lines may stand above the header, but not more than this."""

_ABOUT: Final = re.compile("(.+?)(?:信息|情况)")
_OF_THE_SUBJECT: Final = frozenset(
    {
        *("基本信息", "基本情况", "主体信息", "主体基本信息", "对象信息", "对象基本信息", "企业信息", "企业基本信息"),
        *("单位信息", "单位基本信息", "行政相对人", "行政相对人信息", "行政相对人基本信息", "相对人信息", "失信主体"),
        *("失信主体信息", "失信主体基本信息", "失信被执行人信息", "名单信息", "列入信息", "列入情况", "列入名单信息"),
        *("认定信息", "认定情况", "处罚信息", "行政处罚信息", "许可信息", "行政许可信息"),
    }
)
"""Upper headers that say nothing the lower one doesn't: it is the listed subject, or its listing, that is spoken of."""


class Header(NamedTuple):
    """A header and its rows (表头); `hits` says how many cells are headers we know."""

    hits: int
    first: int
    last: int
    cells: tuple[str, ...]

    @property
    def merit(self) -> tuple[int, int, int]:
        """Return what headers are compared by: most known cells, then fewest rows, then highest up."""
        return self.hits, self.first - self.last, -self.first


def locate(grid: Grid, is_known: Callable[[str], bool]) -> Header | None:
    """Return the header of a grid, None when none of its upper rows has a header we know."""
    head = [(number, tuple(cell.strip() for cell in cells)) for number, cells in grid.rows[: HEADER_WITHIN + 1]]
    return best_of(_candidates(head, grid.merges, is_known))


def best_of(headers: Iterable[Header]) -> Header | None:
    """Return the best of several headers, None when none has a cell we know."""
    return max((header for header in headers if header.hits), key=lambda header: header.merit, default=None)


def no_header(seen: Sequence[str], where: str = "") -> RegistryError:
    """Return the error for a grid without a header we know; a first row that is no header is most likely a record."""
    shown = "、".join(veil(cell.strip()) for cell in seen if cell.strip())[:80]
    message = f"{where}前 {HEADER_WITHIN} 行中没有能识别的表头；首行为：{shown or '（空）'}。"
    return RegistryError("registry.header", message, "请补上表头行，或用映射文件（--mapping）指明各列。")


def _candidates(
    head: Sequence[tuple[int, tuple[str, ...]]], merges: Sequence[Merge], is_known: Callable[[str], bool]
) -> Iterator[Header]:
    tall = {each.top for each in merges if each.bottom == each.top + 1}
    for number, cells in islice(head, HEADER_WITHIN):
        if number not in tall:
            yield Header(sum(map(is_known, cells)), number, number, cells)
    for (number, upper), (below, lower) in pairwise(head):
        if len(upper) == len(lower) and below == number + 1 and any(upper) and any(lower):
            groups = [each for each in merges if each.top == number and each.left < len(upper)]
            both = _joined(_spread(upper, lower, groups), lower, is_known)
            yield Header(sum(map(is_known, both)), number, below, both)


def _spread(upper: Sequence[str], lower: Sequence[str], merges: Sequence[Merge]) -> list[str]:
    """Return the upper row with each group's title over all its columns.

    A file without merged ranges (CSV) shows a group by blanks: it goes on while the upper row is blank and the lower is
    not.
    """
    spread = list(upper)
    for each in merges:
        spread[each.left : each.right + 1] = [upper[each.left]] * (min(each.right + 1, len(upper)) - each.left)
    group = ""
    for place, text in enumerate(spread):
        group = (text or group) if lower[place] else ""
        spread[place] = text or group
    return spread


def _joined(upper: Sequence[str], lower: Sequence[str], is_known: Callable[[str], bool]) -> tuple[str, ...]:
    return tuple(_one(above, below, is_known) for above, below in zip(upper, lower, strict=True))


def _one(above: str, below: str, is_known: Callable[[str], bool]) -> str:
    """Return one header for two: 列入信息 over 日期 is 列入日期. 负责人信息 over 姓名 is not the subject's name."""
    if not (above and below) or letters(above) == letters(below):
        return above or below
    if is_known(above + below):
        return above + below
    match = _ABOUT.fullmatch(above)
    short = (above if match is None else match[1]) + below
    if not is_known(short) and letters(above) in _OF_THE_SUBJECT and is_known(below):
        return below
    return short
