"""The rows of a file looked at together (文件内比对): what stands there twice, and what the file is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jointsanction.registry.readers.quality.figures import figures_of
from jointsanction.registry.readers.quality.near_names import names_differ, near_names
from jointsanction.registry.readers.quality.repeats import entries_of, repeats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jointsanction.registry.readers.quality.figures import Quality
    from jointsanction.registry.readers.report import RowProblem
    from jointsanction.registry.readers.rows import RowReading


class Compared(NamedTuple):
    """What the rows of a file come to, taken together (比对结果)."""

    told: tuple[RowProblem, ...]
    quality: Quality


def compared(readings: Sequence[RowReading], rows: int) -> Compared:
    """Return what rows say twice and what comes so near that somebody should look, and the figures of the file."""
    entries = entries_of(each.listing for each in readings if each.listing is not None)
    told = (*repeats(entries), *names_differ(entries), *near_names(entries))
    return Compared(told, figures_of(readings, entries, rows))
