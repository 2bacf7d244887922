"""What callers get about the catalogue and the lists (目录、名单应答)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from jointsanction.web.api.answers import Answer


class Told(Answer):
    """What an entry of the catalogue says, as Markdown (条目说明)."""

    name: str
    text: str


class MatterShown(Answer):
    """A matter (事项)."""

    code: str
    title: str
    kind: str
    parents: list[str]
    default_role: str
    default_phase: str
    credit_report_required: bool
    other_names: list[str]


class MeasureShown(Answer):
    """A measure (措施)."""

    id: str
    title: str
    effect: str
    measure_class: str | None
    degree: str
    binding: str
    duty: str
    matters: list[str]
    lists: list[str]
    implementing_authority: list[str]
    valid_from: date | None
    valid_to: date | None


class MattersAnswer(Answer):
    """Matters (事项目录), the best first where something was searched for."""

    catalogue: str
    matters: list[MatterShown]


class MeasuresAnswer(Answer):
    """Measures (措施目录), the best first where something was searched for."""

    catalogue: str
    measures: list[MeasureShown]


class ListShown(Answer):
    """A list, and how new it is (名单期次): `batch` and `received_at` of its last whole edition, null without one."""

    code: str
    title: str
    kind: str
    disclosure: str
    batch: str | None
    received_at: datetime | None
    stale: bool


class ListsAnswer(Answer):
    """The lists of the catalogue, and the state of what was imported (名单概况)."""

    registry: str
    lists: list[ListShown]


class BatchShown(Answer):
    """A file that was taken in (导入批次)."""

    id: str
    file_name: str
    provider: str | None
    recorded_at: datetime
    lists: list[str]
    rows: int
    added: int
    changed: int
    unchanged: int
    missing: int
    version: str


class BatchesAnswer(Answer):
    """The files taken in, the newest first (导入批次)."""

    batches: list[BatchShown]


class RowShown(Answer):
    """A row that came, was changed or went (变动的记录), masked; `stands` is whether it is believed now."""

    list: str
    name: str | None
    id: str | None
    listed_on: date | None
    removed_on: date | None
    batch: str | None
    row: int | None
    stands: bool


class DifferencesAnswer(Answer):
    """What changed from a batch on (名单差异): how many rows in all, and the first of them."""

    since: str
    total: int
    withheld: int = Field(description="按提供对象略去几条")
    rows: list[RowShown]


class ImportAnswer(BaseModel):
    """What came of a file (导入结果); where a row is wrong nothing is taken in, and `rejects` holds the rows.

    `watching` and `snapshot` say what failed after the list was taken in; it is in force all the same.
    """

    imported: bool
    report: dict[str, Any]
    outcome: dict[str, Any] | None = None
    error: dict[str, Any] | None = None
    rejects: Any = None
    watching: dict[str, Any] | None = None
    snapshot: dict[str, Any] | None = None
