"""The tables of the store (名单库表结构): plain SQL types, JSON as text, instants as microseconds since 1970 in UTC.

Table classes do not validate what is put into them, so they stay in this room: `rows.py` turns them into domain values.
They have a MetaData of their own, so that an embedder's own `SQLModel.metadata` does not come to hold them.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Final

from sqlalchemy import BigInteger, Index, Integer, MetaData, String, Table, UniqueConstraint, text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

SCHEMA: Final = 1
"""The number of this layout of tables; a store that says a higher one was written by a newer program."""

_METADATA: Final = MetaData()
BIG_KEY: Final = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts rowids only in a column of type INTEGER
PLAIN: Final = String().with_variant(String(collation="C"), "postgresql")
"""Keys and digests, in the order of their bytes: by a country's rules sorting them would take five times as long."""

_BELIEVED: Final = text("superseded_at IS NULL")
_SUPERSEDED: Final = text("superseded_at IS NOT NULL")


class _Row(SQLModel, registry=registry(metadata=_METADATA)):
    """The base of the tables of the store."""


class AboutRow(_Row, table=True):
    """What the store says about itself (名单库说明): its schema number."""

    __tablename__ = "about"

    name: str = Field(primary_key=True)
    value: str


class BatchRow(_Row, table=True):
    """One file taken in (导入批次).

    `same` is equal for the same file, declarations and rows. `version` and `known_at` are the state of the store after
    it: its own, or those of the batch before when it neither changed nor declared anything.
    """

    __tablename__ = "batch"

    id: str = Field(primary_key=True)
    recorded_at: int = Field(sa_type=BigInteger, unique=True)
    sha256: str
    same: str = Field(index=True)
    file_name: str
    provider: str | None = None
    rows: int
    added: int
    changed: int
    unchanged: int
    missing: int
    version: str
    known_at: int | None = Field(default=None, sa_type=BigInteger)


class EditionRow(_Row, table=True):
    """A batch's word that a list is loaded whole (名单期次). `regions` is a JSON array, empty for national."""

    __tablename__ = "edition"

    id: int | None = Field(default=None, primary_key=True, sa_type=BIG_KEY)
    batch: str = Field(foreign_key="batch.id", index=True)
    list: str = Field(index=True)
    regions: str
    covers_from: date | None = None
    received_at: int = Field(sa_type=BigInteger)


class ListingRow(_Row, table=True):
    """One belief about one row of a list (列入记录); closing `superseded_at` is the only update ever made to it.

    `natural_key` and `content` are digests: which record of the list it is, and what it says. `document` is the
    document number as it is compared, None in rows written before there was such a column.
    """

    __tablename__ = "listing"
    __table_args__: ClassVar = (
        Index(
            "believed_once", "natural_key", "content", unique=True, sqlite_where=_BELIEVED, postgresql_where=_BELIEVED
        ),
        Index("believed_of_list", "list", sqlite_where=_BELIEVED, postgresql_where=_BELIEVED),
        Index("believed_of_document", "document", sqlite_where=_BELIEVED, postgresql_where=_BELIEVED),
        Index("superseded_since", "superseded_at", sqlite_where=_SUPERSEDED, postgresql_where=_SUPERSEDED),
    )

    # In the order in which `rows.py` names them.
    id: int = Field(primary_key=True, sa_type=BIG_KEY)
    list: str
    subject_kind: str | None = None
    name: str | None = None
    uscc: str | None = None
    resident_id: str | None = None
    other_id: str | None = None
    announced_on: date | None = None
    listed_on: date | None = None
    valid_to: date | None = None
    removed_on: date | None = None
    removal_reason: str | None = None
    instrument_no: str | None = None
    instrument_date: date | None = None
    designating_authority: str | None = None
    region: str | None = None
    severity: str | None = None
    field: str | None = None
    ground: str | None = None
    size: str | None = None
    grade: str | None = None
    source: str | None = None
    removal_authority: str | None = None
    published_on: date | None = None
    publishing_authority: str | None = None
    corrected_on: date | None = None
    subject_status: str | None = None
    related: str | None = None
    former_names: str | None = None
    missing_since: date | None = None
    batch: str = Field(foreign_key="batch.id")
    row: int | None = None
    recorded_at: int = Field(sa_type=BigInteger)
    natural_key: str = Field(sa_type=PLAIN)
    content: str = Field(sa_type=PLAIN)
    raw: str | None = None
    document: str | None = Field(default=None, sa_type=PLAIN)
    superseded_at: int | None = Field(default=None, sa_type=BigInteger)


class KeyRow(_Row, table=True):
    """A key under which a listing is found (检索键). `how`: own, related, or name (a candidate only)."""

    __tablename__ = "listing_key"
    __table_args__: ClassVar = ({"sqlite_with_rowid": False},)

    key: str = Field(primary_key=True, sa_type=PLAIN)
    how: str = Field(primary_key=True, sa_type=PLAIN)
    # No foreign key: it would be looked up once a key, all over a table of ten million rows, to hold what one
    # transaction writes together.
    listing_id: int = Field(primary_key=True, sa_type=BigInteger)


class VerdictRow(_Row, table=True):
    """What a person decided about a candidate (身份核实结论); a later one on the same candidate supersedes it."""

    __tablename__ = "identity_verdict"

    id: int | None = Field(default=None, primary_key=True, sa_type=BIG_KEY)
    subject: str = Field(index=True)
    record: str
    list: str
    outcome: str
    author: str
    reason: str
    decided_on: date
    expires_on: date | None = None
    recorded_at: int = Field(sa_type=BigInteger)


class CommitmentRow(_Row, table=True):
    """One commitment of one subject (信用承诺). `version` chains all recorded of commitments and talks."""

    __tablename__ = "commitment"

    id: str = Field(primary_key=True)
    type: str
    content: str
    made_on: date
    matter: str | None = None
    due: date | None = None
    public: bool
    authority: str | None = None
    source: str | None = None
    measure: str | None = None
    recorded_at: int = Field(sa_type=BigInteger, index=True)
    version: str


class CommitmentEventRow(_Row, table=True):
    """Something that became of a commitment (履约事件); none is ever changed."""

    __tablename__ = "commitment_event"

    id: int | None = Field(default=None, primary_key=True, sa_type=BIG_KEY)
    commitment: str = Field(foreign_key="commitment.id", index=True)
    state: str
    actor: str
    happened_on: date
    reason: str | None = None
    evidence: str | None = None
    recorded_at: int = Field(sa_type=BigInteger, index=True)
    version: str


class TalkRow(_Row, table=True):
    """One talk with a subject (约谈)."""

    __tablename__ = "talk"

    id: str = Field(primary_key=True)
    kind: str
    held_on: date
    authority: str
    reason: str
    result: str
    commitment: str | None = Field(default=None, foreign_key="commitment.id")
    recorded_at: int = Field(sa_type=BigInteger, index=True)
    version: str


class CommitmentKeyRow(_Row, table=True):
    """A key under which a subject's commitments and talks are found (承诺检索键), in their order."""

    __tablename__ = "commitment_key"
    __table_args__: ClassVar = ({"sqlite_with_rowid": False},)

    key: str = Field(primary_key=True)
    of: str = Field(primary_key=True, index=True)
    place: int


class RepairRow(_Row, table=True):
    """One step of a procedure about a listing (办理记录); `record` is the digest of which listing it is."""

    __tablename__ = "repair_event"

    id: int | None = Field(default=None, primary_key=True, sa_type=BIG_KEY)
    record: str = Field(index=True)
    list: str
    track: str
    state: str
    actor: str
    reason: str
    on: date
    office: str | None = None
    two_step: bool
    until: date | None = None
    document: str | None = None
    field: str | None = None
    old: str | None = None
    new: str | None = None
    recorded_at: int = Field(sa_type=BigInteger)


class SerialRow(_Row, table=True):
    """A delivery of a stream that counts them (期号); `same` is equal for the same content."""

    __tablename__ = "serial"

    id: int | None = Field(default=None, primary_key=True, sa_type=BIG_KEY)
    stream: str = Field(index=True)
    number: str
    batch: str = Field(foreign_key="batch.id")
    same: str


class WatchRow(_Row, table=True):
    """A subject somebody watches in a matter (关注).

    Updated are `ended_at`, once, and how far it was looked at: `looked_at` is the state known, `looked_on` the day.
    """

    __tablename__ = "watch"

    id: int | None = Field(default=None, primary_key=True, sa_type=BIG_KEY)
    number: str
    kind: str | None = None
    matter: str
    region: str | None = None
    author: str
    reason: str | None = None
    recorded_at: int = Field(sa_type=BigInteger)
    ended_at: int | None = Field(default=None, sa_type=BigInteger)
    looked_at: int | None = Field(default=None, sa_type=BigInteger)
    looked_on: date | None = None


class WatchEventRow(_Row, table=True):
    """What became of a watched subject (关注事件), once for a state of the store and a day; none is ever changed."""

    __tablename__ = "watch_event"
    __table_args__: ClassVar = (UniqueConstraint("watch", "version", "since", name="told_once"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=BIG_KEY)
    watch: int = Field(sa_type=BIG_KEY, foreign_key="watch.id", index=True)
    version: str
    how: str
    since: date
    before: str
    after: str
    causes: str
    recorded_at: int = Field(sa_type=BigInteger)


class CatalogueRow(_Row, table=True):
    """A catalogue that answered (答复过的目录), for receipts to be held against: its bundle, compressed."""

    __tablename__ = "catalogue"

    version: str = Field(primary_key=True)
    bundle: bytes


METADATA: Final = _METADATA
ABOUT: Final[Table] = METADATA.tables["about"]
BATCH: Final[Table] = METADATA.tables["batch"]
EDITION: Final[Table] = METADATA.tables["edition"]
LISTING: Final[Table] = METADATA.tables["listing"]
KEY: Final[Table] = METADATA.tables["listing_key"]
VERDICT: Final[Table] = METADATA.tables["identity_verdict"]
COMMITMENT: Final[Table] = METADATA.tables["commitment"]
COMMITMENT_EVENT: Final[Table] = METADATA.tables["commitment_event"]
TALK: Final[Table] = METADATA.tables["talk"]
COMMITMENT_KEY: Final[Table] = METADATA.tables["commitment_key"]
REPAIR: Final[Table] = METADATA.tables["repair_event"]
SERIAL: Final[Table] = METADATA.tables["serial"]
WATCH: Final[Table] = METADATA.tables["watch"]
WATCH_EVENT: Final[Table] = METADATA.tables["watch_event"]
CATALOGUE: Final[Table] = METADATA.tables["catalogue"]
