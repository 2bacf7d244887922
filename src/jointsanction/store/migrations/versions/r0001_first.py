"""The first layout that counts (最初的库结构): the tables as they were when layouts came to be counted.

A store of before has most of them: those that it lacks are made, and the columns that it lacks, all of which may be
empty, are added.
"""

from __future__ import annotations

from typing import Final

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    inspect,
    text,
)

revision: Final = "0001"
down_revision: Final = None

_BIG_KEY: Final = BigInteger().with_variant(Integer, "sqlite")
_BELIEVED: Final = text("superseded_at IS NULL")
_TABLES: Final = MetaData()

Table(
    "about",
    _TABLES,
    Column("name", String(), primary_key=True),
    Column("value", String(), nullable=False),
)
Table(
    "batch",
    _TABLES,
    Column("id", String(), primary_key=True),
    Column("recorded_at", BigInteger(), nullable=False, unique=True),
    Column("sha256", String(), nullable=False),
    Column("same", String(), nullable=False, index=True),
    Column("file_name", String(), nullable=False),
    Column("provider", String()),
    Column("rows", Integer(), nullable=False),
    Column("added", Integer(), nullable=False),
    Column("changed", Integer(), nullable=False),
    Column("unchanged", Integer(), nullable=False),
    Column("missing", Integer(), nullable=False),
    Column("version", String(), nullable=False),
    Column("known_at", BigInteger()),
)
Table(
    "catalogue",
    _TABLES,
    Column("version", String(), primary_key=True),
    Column("bundle", LargeBinary(), nullable=False),
)
Table(
    "commitment",
    _TABLES,
    Column("id", String(), primary_key=True),
    Column("type", String(), nullable=False),
    Column("content", String(), nullable=False),
    Column("made_on", Date(), nullable=False),
    Column("matter", String()),
    Column("due", Date()),
    Column("public", Boolean(), nullable=False),
    Column("authority", String()),
    Column("source", String()),
    Column("measure", String()),
    Column("recorded_at", BigInteger(), nullable=False, index=True),
    Column("version", String(), nullable=False),
)
Table(
    "commitment_key",
    _TABLES,
    Column("key", String(), primary_key=True),
    Column("of", String(), primary_key=True, index=True),
    Column("place", Integer(), nullable=False),
    sqlite_with_rowid=False,
)
Table(
    "identity_verdict",
    _TABLES,
    Column("id", _BIG_KEY, primary_key=True),
    Column("subject", String(), nullable=False, index=True),
    Column("record", String(), nullable=False),
    Column("list", String(), nullable=False),
    Column("outcome", String(), nullable=False),
    Column("author", String(), nullable=False),
    Column("reason", String(), nullable=False),
    Column("decided_on", Date(), nullable=False),
    Column("expires_on", Date()),
    Column("recorded_at", BigInteger(), nullable=False),
)
Table(
    "repair_event",
    _TABLES,
    Column("id", _BIG_KEY, primary_key=True),
    Column("record", String(), nullable=False, index=True),
    Column("list", String(), nullable=False),
    Column("track", String(), nullable=False),
    Column("state", String(), nullable=False),
    Column("actor", String(), nullable=False),
    Column("reason", String(), nullable=False),
    Column("on", Date(), nullable=False),
    Column("office", String()),
    Column("two_step", Boolean(), nullable=False),
    Column("until", Date()),
    Column("document", String()),
    Column("field", String()),
    Column("old", String()),
    Column("new", String()),
    Column("recorded_at", BigInteger(), nullable=False),
)
Table(
    "commitment_event",
    _TABLES,
    Column("id", _BIG_KEY, primary_key=True),
    Column("commitment", String(), ForeignKey("commitment.id"), nullable=False, index=True),
    Column("state", String(), nullable=False),
    Column("actor", String(), nullable=False),
    Column("happened_on", Date(), nullable=False),
    Column("reason", String()),
    Column("evidence", String()),
    Column("recorded_at", BigInteger(), nullable=False, index=True),
    Column("version", String(), nullable=False),
)
Table(
    "edition",
    _TABLES,
    Column("id", _BIG_KEY, primary_key=True),
    Column("batch", String(), ForeignKey("batch.id"), nullable=False, index=True),
    Column("list", String(), nullable=False, index=True),
    Column("regions", String(), nullable=False),
    Column("covers_from", Date()),
    Column("received_at", BigInteger(), nullable=False),
)
Table(
    "listing",
    _TABLES,
    Column("id", _BIG_KEY, primary_key=True),
    Column("list", String(), nullable=False),
    Column("subject_kind", String()),
    Column("name", String()),
    Column("uscc", String()),
    Column("resident_id", String()),
    Column("other_id", String()),
    Column("announced_on", Date()),
    Column("listed_on", Date()),
    Column("valid_to", Date()),
    Column("removed_on", Date()),
    Column("removal_reason", String()),
    Column("instrument_no", String()),
    Column("instrument_date", Date()),
    Column("designating_authority", String()),
    Column("region", String()),
    Column("severity", String()),
    Column("field", String()),
    Column("ground", String()),
    Column("size", String()),
    Column("grade", String()),
    Column("source", String()),
    Column("removal_authority", String()),
    Column("published_on", Date()),
    Column("publishing_authority", String()),
    Column("corrected_on", Date()),
    Column("related", String()),
    Column("former_names", String()),
    Column("missing_since", Date()),
    Column("batch", String(), ForeignKey("batch.id"), nullable=False),
    Column("row", Integer()),
    Column("recorded_at", BigInteger(), nullable=False),
    Column("natural_key", String(), nullable=False),
    Column("content", String(), nullable=False),
    Column("raw", String()),
    Column("document", String()),
    Column("superseded_at", BigInteger()),
    Index("believed_of_document", "document", sqlite_where=_BELIEVED, postgresql_where=_BELIEVED),
    Index("believed_of_list", "list", sqlite_where=_BELIEVED, postgresql_where=_BELIEVED),
    Index("believed_once", "natural_key", "content", unique=True, sqlite_where=_BELIEVED, postgresql_where=_BELIEVED),
)
Table(
    "talk",
    _TABLES,
    Column("id", String(), primary_key=True),
    Column("kind", String(), nullable=False),
    Column("held_on", Date(), nullable=False),
    Column("authority", String(), nullable=False),
    Column("reason", String(), nullable=False),
    Column("result", String(), nullable=False),
    Column("commitment", String(), ForeignKey("commitment.id")),
    Column("recorded_at", BigInteger(), nullable=False, index=True),
    Column("version", String(), nullable=False),
)
Table(
    "listing_key",
    _TABLES,
    Column("key", String(), primary_key=True),
    Column("how", String(), primary_key=True),
    Column("listing_id", BigInteger(), ForeignKey("listing.id"), primary_key=True),
    sqlite_with_rowid=False,
)


def upgrade() -> None:
    """Make the tables, or what a store of before lacks of them."""
    connection = op.get_bind()
    before = inspect(connection)
    lacking = [
        column
        for table in _TABLES.sorted_tables
        if before.has_table(table.name)
        for column in table.columns
        if column.name not in {there["name"] for there in before.get_columns(table.name)}
    ]
    for column in lacking:
        kind = column.type.compile(connection.dialect)
        connection.execute(text(f'ALTER TABLE "{column.table.name}" ADD COLUMN "{column.name}" {kind}'))
    _TABLES.create_all(connection)
    for index in (index for table in _TABLES.sorted_tables for index in table.indexes):
        index.create(connection, checkfirst=True)
    about = _TABLES.tables["about"]
    if connection.execute(about.select()).first() is None:
        connection.execute(about.insert(), {"name": "schema", "value": "1"})


def downgrade() -> None:
    """Take away every table with all that is in it."""
    _TABLES.drop_all(op.get_bind())
