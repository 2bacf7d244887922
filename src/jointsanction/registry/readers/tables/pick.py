"""Which sheet of a workbook, or which table of a page, is the list (选取工作表), and which were left aside."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.errors import RegistryError
from jointsanction.registry.readers.report import RowProblem
from jointsanction.registry.readers.tables.body import table_of
from jointsanction.registry.readers.tables.header_row import Header, locate, no_header
from jointsanction.registry.readers.tables.table import Found

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jointsanction.registry.readers.tables.grid import Grid
    from jointsanction.registry.readers.tables.table import Table

_LIKE_A_LIST: Final = 2
"""A sheet with this many headers we know, and a row below them, is a list that somebody may have meant."""


class Page(NamedTuple):
    """A sheet or a table of a page (工作表): what loads its cells is called only when it may be the one."""

    name: str
    load: Callable[[], Grid]
    hidden: bool = False


class _Candidate(NamedTuple):
    page: Page
    grid: Grid
    header: Header | None

    @property
    def is_rival(self) -> bool:
        """Tell whether this looks like a list of its own."""
        return (
            self.header is not None
            and self.header.hits >= _LIKE_A_LIST
            and any(number > self.header.last and any(map(str.strip, cells)) for number, cells in self.grid.rows)
        )


def pick(pages: Iterable[Page], is_known: Callable[[str], bool], *, wanted: str | None, lettered: bool) -> Table:
    """Return the table of the sheet with the best header, or of the one wanted; the others are told.

    A hidden sheet is read only when it is wanted. `lettered` says that cells are called B7 there.

    Raises:
        RegistryError: `registry.sheet` when there is none of that name, `registry.header` when none has a header we
            know; what loading a sheet raises.
    """
    kept = tuple(pages)
    if wanted is not None:
        asked = [page for page in kept if page.name.strip() == wanted.strip()]
        if not asked:
            raise _no_sheet(wanted, kept)
    else:
        asked = [page for page in kept if not page.hidden]
    candidates = [_Candidate(page, grid := page.load(), locate(grid, is_known)) for page in asked]
    best = max(candidates, key=lambda each: each.header.merit[:1] if each.header else (0,), default=None)
    if best is None or best.header is None:
        raise _no_table(candidates, [page for page in kept if page.hidden and page not in asked])
    rivals = tuple(each.page.name for each in candidates if each is not best and each.is_rival)
    found = Found(sheet=best.page.name, rivals=rivals, lettered=lettered)
    table = table_of(best.grid, best.header, found=found)
    notes = tuple(_unread(page, page.name in rivals) for page in kept if page is not best.page)
    return replace(table, notes=(*notes, *table.notes))


def _unread(page: Page, is_rival: bool) -> RowProblem:  # noqa: FBT001 - told in one place
    reason = "已隐藏" if page.hidden else "也有名单表格" if is_rival else "没有更合适的表头"
    hint = f"；需要时请用 --sheet {page.name} 单独导入" if page.hidden or is_rival else ""
    return RowProblem(0, page.name, "sheet.unread", f"未读取（{reason}）{hint}。", "warning")


def _no_sheet(wanted: str, pages: tuple[Page, ...]) -> RegistryError:
    names = "、".join(page.name for page in pages) or "无"
    return RegistryError("registry.sheet", f"没有名为“{wanted}”的工作表；文件中有：{names}。", "请核对 --sheet。")


def _no_table(candidates: list[_Candidate], hidden: list[Page]) -> RegistryError:
    seen = next((cells for each in candidates for _, cells in each.grid.rows if any(map(str.strip, cells))), ())
    error = no_header(seen, f"{len(candidates)} 个工作表的" if len(candidates) > 1 else "")
    if hidden:
        names = "、".join(page.name for page in hidden)
        error.hint += f"隐藏的工作表（{names}）未查看，可用 --sheet 指明。"
    return error
