"""The first layout of the docket (办理台账最初的库结构)."""

from __future__ import annotations

from typing import Final

from alembic import op

from jointsanction.store.docket.tables import METADATA

revision: Final = "d0001"
down_revision: Final = None


def upgrade() -> None:
    """Make the tables."""
    METADATA.create_all(op.get_bind())


def downgrade() -> None:
    """Take them away."""
    METADATA.drop_all(op.get_bind())
