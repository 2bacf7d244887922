"""Whether a listed subject is still registered (登记状态), as the files say."""

from __future__ import annotations

from typing import Final

from alembic import op
from sqlalchemy import Column, String, text

revision: Final = "0006"
down_revision: Final = "0005"

_SAID_MORE: Final = text("UPDATE listing SET content = content || '-0006' WHERE subject_status IS NOT NULL")


def upgrade() -> None:
    """Add the column; of the rows there nobody said anything."""
    op.add_column("listing", Column("subject_status", String()))


def downgrade() -> None:
    """Take the column away; rows that filled it no longer say what their digests are of, so a file renews them."""
    op.execute(_SAID_MORE)
    op.drop_column("listing", "subject_status")
