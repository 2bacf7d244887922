"""How far each watch was looked at (关注看到哪里): a change is told once, and what ends by its date is told as well."""

from __future__ import annotations

from typing import Final

from alembic import op
from sqlalchemy import BigInteger, Column, Date, text

revision: Final = "0005"
down_revision: Final = "0004"

_LATER: Final = text(
    "DELETE FROM watch_event WHERE id NOT IN (SELECT min(id) FROM watch_event GROUP BY watch, version)"
)


def upgrade() -> None:
    """Add the columns; several events may come of one state of the store, each from a day of its own."""
    op.add_column("watch", Column("looked_at", BigInteger()))
    op.add_column("watch", Column("looked_on", Date()))
    _told_once("watch", "version", "since")


def downgrade() -> None:
    """Take the columns away; of the events of one state only the first is kept."""
    op.execute(_LATER)
    _told_once("watch", "version")
    op.drop_column("watch", "looked_on")
    op.drop_column("watch", "looked_at")


def _told_once(*columns: str) -> None:
    with op.batch_alter_table("watch_event") as table:
        table.drop_constraint("told_once", type_="unique")
        table.create_unique_constraint("told_once", columns)
