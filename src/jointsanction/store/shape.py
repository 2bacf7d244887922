"""The shape of one set of tables (库结构): which tables there are, and the steps that bring older ones to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sqlalchemy import Column, MetaData, String, Table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

DOCKET: Final = "docket_"
"""How the names of the tables of a docket (办理台账) begin: on a server they lie beside those of the lists."""


@dataclass(frozen=True)
class Shape:
    """One set of tables that are made, locked and brought up to date together (库结构).

    `schema` is the number that the table `about` holds, `layouts` every step in order, `steps` the folder of them, and
    `lock` what writers take on a server. `title` is what messages call it.
    """

    title: str
    metadata: MetaData
    about: Table
    schema: int
    layouts: tuple[str, ...]
    steps: Path
    lock: int
    prefix: str = ""
    version: Table = field(init=False)

    def __post_init__(self) -> None:
        """Name the table that says which step the tables are at."""
        counted = Table(
            f"{self.prefix}alembic_version", MetaData(), Column("version_num", String(32), primary_key=True)
        )
        object.__setattr__(self, "version", counted)

    @property
    def layout(self) -> str:
        """Return the newest step (最新的库结构版本)."""
        return self.layouts[-1]

    def among(self, names: Iterable[str]) -> frozenset[str]:
        """Return which of the tables of a database are for this shape to look at: a docket lies beside the lists."""
        return frozenset(name for name in names if name.startswith(DOCKET) is (self.prefix == DOCKET))
