"""What the linter says of an entry, before anybody knows where that stands (检查意见)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from jointsanction.catalog.files import Section


class Remark(NamedTuple):
    """A remark on an entry (检查意见): at a path in it, or at a place in another file (`at`: file, line, column)."""

    section: Section
    id: str
    path: tuple[int | str, ...]
    code: str
    message: str = ""
    at: tuple[str, int, int] | None = None
