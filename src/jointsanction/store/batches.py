"""What goes into the store and what it says about it (导入批次)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from jointsanction.model.subject import Edition
    from jointsanction.registry.serials import Serial
    from jointsanction.terms import Operation


class Declaration(Protocol):
    """Somebody's word that a file holds a whole list (完整名单声明): what a reader found, or an edition itself."""

    @property
    def list(self) -> str:
        """Return the code of the list."""

    @property
    def regions(self) -> tuple[str, ...]:
        """Return the regions it is whole for, empty for the whole country."""

    @property
    def covers_from(self) -> date | None:
        """Return the first day it can speak for, None for always."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A file handed over, before its rows are taken in (送达文件).

    `sha256` is of the file as it came; `provider` answers for it (谁提供、谁负责). `serial` is its place in a stream of
    deliveries. `operations` are what the rows of a delta do, one for each; None for any other file.
    Rows of a delta that don't fit what is known refuse it, unless `accept_mismatch`. `floors` are the shares of
    lists, in percent, below which what is left of them refuses the file; half where none is given.
    """

    sha256: str
    file_name: str
    provider: str | None = None
    covers: tuple[Declaration, ...] = ()
    serial: Serial | None = None
    operations: tuple[Operation, ...] | None = None
    accept_mismatch: bool = False
    floors: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A file that was taken in (导入批次). `version` identifies the whole store as it stood then."""

    id: str
    sha256: str
    file_name: str
    provider: str | None
    recorded_at: datetime
    editions: tuple[Edition, ...]
    rows: int
    added: int
    changed: int
    unchanged: int
    missing: int
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOutcome:
    """What taking in a file changed (导入结果).

    `batch` is the id; of a repeated file, that of the batch that first brought it. `missing` counts listings that a
    complete edition, or a delta, no longer names; `duplicates` counts rows that say the same as an earlier row of the
    file, `unfit` those of a delta that don't fit what is known. `renewed` are lists whose edition is as new as this.
    """

    batch: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    missing: int = 0
    duplicates: int = 0
    unfit: int = 0
    renewed: tuple[str, ...] = ()
    repeated: bool = False
