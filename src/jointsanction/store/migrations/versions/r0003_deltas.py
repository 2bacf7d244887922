"""Deliveries that are counted (期号): which delta of which stream was taken in; and who is watched (关注名单)."""

from __future__ import annotations

from typing import Final

from alembic import op
from sqlalchemy import BigInteger, Column, Date, ForeignKey, Integer, MetaData, String, Table, UniqueConstraint

revision: Final = "0003"
down_revision: Final = "0002"

_BIG_KEY: Final = BigInteger().with_variant(Integer, "sqlite")
_TABLES: Final = MetaData()

Table("batch", _TABLES, Column("id", String(), primary_key=True))
_SERIAL: Final = Table(
    "serial",
    _TABLES,
    Column("id", _BIG_KEY, primary_key=True),
    Column("stream", String(), nullable=False, index=True),
    Column("number", String(), nullable=False),
    Column("batch", String(), ForeignKey("batch.id"), nullable=False),
    Column("same", String(), nullable=False),
)
_WATCH: Final = Table(
    "watch",
    _TABLES,
    Column("id", _BIG_KEY, primary_key=True),
    Column("number", String(), nullable=False),
    Column("kind", String()),
    Column("matter", String(), nullable=False),
    Column("region", String()),
    Column("author", String(), nullable=False),
    Column("reason", String()),
    Column("recorded_at", BigInteger(), nullable=False),
    Column("ended_at", BigInteger()),
)
_EVENT: Final = Table(
    "watch_event",
    _TABLES,
    Column("id", _BIG_KEY, primary_key=True),
    Column("watch", _BIG_KEY, ForeignKey("watch.id"), nullable=False, index=True),
    Column("version", String(), nullable=False),
    Column("how", String(), nullable=False),
    Column("since", Date(), nullable=False),
    Column("before", String(), nullable=False),
    Column("after", String(), nullable=False),
    Column("causes", String(), nullable=False),
    Column("recorded_at", BigInteger(), nullable=False),
    UniqueConstraint("watch", "version", name="told_once"),
)


def upgrade() -> None:
    """Add the tables."""
    for table in (_SERIAL, _WATCH, _EVENT):
        table.create(op.get_bind())


def downgrade() -> None:
    """Take the tables away: which deliveries came, and who was watched, is forgotten."""
    for table in (_EVENT, _WATCH, _SERIAL):
        op.drop_table(table.name)
