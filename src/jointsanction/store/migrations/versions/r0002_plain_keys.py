"""Keys and digests in plain order, and keys without a foreign key (检索键): what loads ten million rows in one go.

Any other order of text costs PostgreSQL five times as much to sort by; the foreign key cost a look-up a key.
"""

from __future__ import annotations

from typing import Final

from alembic import op

revision: Final = "0002"
down_revision: Final = "0001"

_PLAIN: Final = {"listing": ("natural_key", "content", "document"), "listing_key": ("key", "how")}
_KEYS: Final = (
    "CREATE TABLE listing_key_next (key VARCHAR NOT NULL, how VARCHAR NOT NULL, listing_id BIGINT NOT NULL, "
    "PRIMARY KEY (key, how, listing_id){foreign}) WITHOUT ROWID"
)
_FOREIGN: Final = ", FOREIGN KEY(listing_id) REFERENCES listing (id)"


def upgrade() -> None:
    """Sort by bytes and drop the foreign key."""
    if op.get_bind().dialect.name == "sqlite":
        _remake(foreign="")
        return
    op.drop_constraint("listing_key_listing_id_fkey", "listing_key", type_="foreignkey")
    _sort_by('COLLATE "C"')


def downgrade() -> None:
    """Sort by the rules of the database and look every key up again."""
    if op.get_bind().dialect.name == "sqlite":
        _remake(foreign=_FOREIGN)
        return
    _sort_by('COLLATE "default"')
    op.create_foreign_key("listing_key_listing_id_fkey", "listing_key", "listing", ["listing_id"], ["id"])


def _remake(*, foreign: str) -> None:
    """Make the table of keys anew: SQLite changes no constraint in place."""
    op.execute(_KEYS.format(foreign=foreign))
    op.execute("INSERT INTO listing_key_next SELECT key, how, listing_id FROM listing_key ORDER BY 1, 2, 3")
    op.execute("DROP TABLE listing_key")
    op.execute("ALTER TABLE listing_key_next RENAME TO listing_key")


def _sort_by(order: str) -> None:
    for table, columns in _PLAIN.items():
        changes = ", ".join(f"ALTER COLUMN {column} TYPE VARCHAR {order}" for column in columns)
        op.execute(f"ALTER TABLE {table} {changes}")
