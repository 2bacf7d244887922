"""Rows superseded since an instant are found at once (失效记录索引): a snapshot is brought up to date by them."""

from __future__ import annotations

from typing import Final

from alembic import op
from sqlalchemy import text

revision: Final = "0004"
down_revision: Final = "0003"

_SUPERSEDED: Final = text("superseded_at IS NOT NULL")


def upgrade() -> None:
    """Index the rows that are believed no longer, of which there are few."""
    op.create_index(
        "superseded_since", "listing", ["superseded_at"], sqlite_where=_SUPERSEDED, postgresql_where=_SUPERSEDED
    )


def downgrade() -> None:
    """Go without."""
    op.drop_index("superseded_since", "listing")
