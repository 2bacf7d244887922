"""The first layout of the docket (办理台账最初的库结构): the tables as they were when there came to be one."""

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
    UniqueConstraint,
)

revision: Final = "d0001"
down_revision: Final = None

_BIG_KEY: Final = BigInteger().with_variant(Integer, "sqlite")
_PLAIN: Final = String().with_variant(String(collation="C"), "postgresql")
_TABLES: Final = MetaData()

Table(
    "docket_about",
    _TABLES,
    Column("name", String(), primary_key=True),
    Column("value", String(), nullable=False),
)
Table(
    "docket_account",
    _TABLES,
    Column("name", String(), primary_key=True),
    Column("unit", String(), nullable=False),
    Column("region", String()),
    Column("roles", String(), nullable=False),
    Column("matters", String(), nullable=False),
    Column("audience", String(), nullable=False),
    Column("rate", Integer(), nullable=False),
    Column("digest", String(), nullable=False, unique=True),
    Column("created_at", BigInteger(), nullable=False),
    Column("expires_on", Date()),
    Column("ended_at", BigInteger()),
)
Table(
    "docket_audit",
    _TABLES,
    Column("seq", _BIG_KEY, primary_key=True, autoincrement=False),
    Column("entry", String(), nullable=False),
    Column("digest", String(), nullable=False),
    Column("action", String(), nullable=False, index=True),
    Column("account", String(), nullable=False, index=True),
    Column("unit", String(), nullable=False),
    Column("about", String(), index=True),
    Column("case_no", String(), index=True),
    Column("subject", _PLAIN, index=True),
    Column("recorded_at", BigInteger(), nullable=False, index=True),
)
Table(
    "docket_check",
    _TABLES,
    Column("number", String(), primary_key=True),
    Column("receipt", String(), nullable=False, index=True),
    Column("subject", _PLAIN, index=True),
    Column("matter", String(), nullable=False),
    Column("region", String()),
    Column("verdict", String(), nullable=False),
    Column("complete", Boolean(), nullable=False),
    Column("purpose", String(), nullable=False),
    Column("case_no", String(), index=True),
    Column("tender", String(), index=True),
    Column("place", Integer(), nullable=False),
    Column("unit", String(), nullable=False),
    Column("account", String(), nullable=False),
    Column("officer", String()),
    Column("document", LargeBinary(), nullable=False),
    Column("recorded_at", BigInteger(), nullable=False, index=True),
    Index("docket_check_of_unit", "unit", "recorded_at"),
)
Table(
    "docket_delivery",
    _TABLES,
    Column("key", String(), primary_key=True),
    Column("event", String(), nullable=False),
    Column("receiver", String(), nullable=False, index=True),
    Column("body", String(), nullable=False),
    Column("delivered_at", BigInteger(), nullable=False),
)
Table(
    "docket_initiation",
    _TABLES,
    Column("number", String(), primary_key=True),
    Column("subject", _PLAIN, index=True),
    Column("state", String(), nullable=False, index=True),
    Column("document", String(), nullable=False),
    Column("unit", String(), nullable=False),
    Column("account", String(), nullable=False),
    Column("recorded_at", BigInteger(), nullable=False, index=True),
)
Table(
    "docket_message",
    _TABLES,
    Column("key", String(), primary_key=True),
    Column("event", String(), nullable=False),
    Column("receiver", String(), nullable=False),
    Column("about", String(), nullable=False),
    Column("body", String(), nullable=False),
    Column("state", String(), nullable=False),
    Column("attempts", Integer(), nullable=False),
    Column("next_at", BigInteger(), nullable=False),
    Column("claimed_until", BigInteger()),
    Column("delivered_at", BigInteger()),
    Column("fault", String()),
    Column("recorded_at", BigInteger(), nullable=False),
    Index("docket_message_due", "state", "next_at"),
)
Table(
    "docket_notice",
    _TABLES,
    Column("number", String(), primary_key=True),
    Column("subject", _PLAIN, index=True),
    Column("document", String(), nullable=False),
    Column("unit", String(), nullable=False),
    Column("account", String(), nullable=False),
    Column("recorded_at", BigInteger(), nullable=False, index=True),
)
Table(
    "docket_proposal",
    _TABLES,
    Column("number", String(), primary_key=True),
    Column("title", String(), nullable=False),
    Column("files", String(), nullable=False),
    Column("against", String(), nullable=False),
    Column("author", String(), nullable=False),
    Column("state", String(), nullable=False, index=True),
    Column("reviewer", String()),
    Column("reason", String()),
    Column("recorded_at", BigInteger(), nullable=False),
    Column("decided_at", BigInteger()),
)
Table(
    "docket_request",
    _TABLES,
    Column("account", String(), primary_key=True),
    Column("key", String(), primary_key=True),
    Column("same", String(), nullable=False),
    Column("kind", String(), nullable=False),
    Column("number", String(), nullable=False),
    Column("answer", String()),
    Column("recorded_at", BigInteger(), nullable=False),
)
Table(
    "docket_trial",
    _TABLES,
    Column("name", String(), primary_key=True),
    Column("failures", Integer(), nullable=False),
    Column("last_at", BigInteger(), nullable=False),
)
Table(
    "docket_execution",
    _TABLES,
    Column("id", _BIG_KEY, primary_key=True),
    Column("check_number", String(), ForeignKey("docket_check.number"), nullable=False),
    Column("item", Integer(), nullable=False),
    Column("outcome", String(), nullable=False),
    Column("decider", String()),
    Column("reason", String()),
    Column("decided_on", Date(), nullable=False),
    Column("unit", String(), nullable=False),
    Column("account", String(), nullable=False),
    Column("recorded_at", BigInteger(), nullable=False),
    UniqueConstraint("check_number", "item", name="docket_executed_once"),
)
Table(
    "docket_feedback",
    _TABLES,
    Column("number", String(), primary_key=True),
    Column("check_number", String(), ForeignKey("docket_check.number"), nullable=False),
    Column("item", Integer(), nullable=False),
    Column("basis_instrument", String(), nullable=False),
    Column("basis_article", String()),
    Column("handling", String(), nullable=False),
    Column("result", String(), nullable=False),
    Column("amount", String()),
    Column("done_on", Date(), nullable=False),
    Column("department", String(), nullable=False),
    Column("officer", String(), nullable=False),
    Column("typical", Boolean(), nullable=False),
    Column("on_time", Boolean(), nullable=False),
    Column("corrects", String(), ForeignKey("docket_feedback.number"), unique=True),
    Column("unit", String(), nullable=False),
    Column("account", String(), nullable=False),
    Column("recorded_at", BigInteger(), nullable=False, index=True),
    Index("docket_feedback_of_check", "check_number", "item"),
)
Table(
    "docket_obligation",
    _TABLES,
    Column("check_number", String(), ForeignKey("docket_check.number"), primary_key=True),
    Column("item", Integer(), primary_key=True),
    Column("measure", String(), nullable=False),
    Column("effect", String(), nullable=False),
    Column("binding", String(), nullable=False),
    Column("automatic", Boolean(), nullable=False),
    Column("owed", Boolean(), nullable=False),
    Column("list", String()),
    Column("list_kind", String()),
    Column("batch", String()),
    Column("row", Integer()),
    Column("record", String()),
    Column("due_on", Date(), nullable=False, index=True),
)
Table(
    "docket_session",
    _TABLES,
    Column("digest", String(), primary_key=True),
    Column("account", String(), ForeignKey("docket_account.name"), nullable=False, index=True),
    Column("officer", String(), nullable=False),
    Column("csrf", String(), nullable=False),
    Column("began_at", BigInteger(), nullable=False),
    Column("seen_at", BigInteger(), nullable=False),
)
Table(
    "docket_step",
    _TABLES,
    Column("id", _BIG_KEY, primary_key=True),
    Column("initiation", String(), ForeignKey("docket_initiation.number"), nullable=False, index=True),
    Column("department", String()),
    Column("state", String(), nullable=False),
    Column("reason", String()),
    Column("unit", String(), nullable=False),
    Column("account", String(), nullable=False),
    Column("recorded_at", BigInteger(), nullable=False),
)
Table(
    "docket_task",
    _TABLES,
    Column("id", _BIG_KEY, primary_key=True),
    Column("initiation", String(), ForeignKey("docket_initiation.number"), nullable=False, index=True),
    Column("department", String(), nullable=False, index=True),
    Column("title", String(), nullable=False),
    Column("measures", String(), nullable=False),
    Column("state", String(), nullable=False),
    Column("due_on", Date(), nullable=False),
    UniqueConstraint("initiation", "department", name="docket_asked_once"),
)


def upgrade() -> None:
    """Make the tables."""
    connection = op.get_bind()
    _TABLES.create_all(connection)
    connection.execute(_TABLES.tables["docket_about"].insert(), {"name": "schema", "value": "1"})


def downgrade() -> None:
    """Take away every table with all that is in it."""
    _TABLES.drop_all(op.get_bind())
