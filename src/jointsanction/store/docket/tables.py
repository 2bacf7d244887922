"""The tables of the docket (办理台账表结构): plain SQL types, JSON as text, instants as microseconds since 1970 in UTC.

They lie apart from the lists: an import locks those, in one SQLite file, for as long as it takes, and meanwhile every
check must be filed. What one act writes, the row, its audit record, its messages, is written in one transaction.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import ClassVar, Final

from sqlalchemy import BigInteger, Index, MetaData, PrimaryKeyConstraint, Table, UniqueConstraint
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from jointsanction.store.shape import DOCKET, Shape
from jointsanction.store.tables import BIG_KEY, PLAIN

SCHEMA: Final = 1

_METADATA: Final = MetaData()


class _Row(SQLModel, registry=registry(metadata=_METADATA)):
    """The base of the tables of the docket."""


class AboutRow(_Row, table=True):
    """What the docket says about itself (台账说明): its schema number, its keys."""

    __tablename__ = "docket_about"

    name: str = Field(primary_key=True)
    value: str


class CheckRow(_Row, table=True):
    """One check filed (核查归档), for ever: `document` is the answer as the caller got it, compressed JSON.

    `subject` is the key of the subject's number, `tender` the number under which the bidders of one tender, or the rows
    of one batch, were filed, each at its `place`.
    """

    __tablename__ = "docket_check"
    __table_args__: ClassVar = (Index("docket_check_of_unit", "unit", "recorded_at"),)

    number: str = Field(primary_key=True)
    receipt: str = Field(index=True)
    subject: str | None = Field(default=None, sa_type=PLAIN, index=True)
    matter: str
    region: str | None = None
    verdict: str
    complete: bool
    purpose: str
    case_no: str | None = Field(default=None, index=True)
    tender: str | None = Field(default=None, index=True)
    place: int = 0
    unit: str
    account: str
    officer: str | None = None
    document: bytes
    recorded_at: int = Field(sa_type=BigInteger, index=True)


class ObligationRow(_Row, table=True):
    """One finding of a filed check that asks to be carried out (应执行事项), by its place; `owed` asks for feedback."""

    __tablename__ = "docket_obligation"
    __table_args__: ClassVar = (PrimaryKeyConstraint("check_number", "item"),)

    check_number: str = Field(foreign_key="docket_check.number")
    item: int
    measure: str
    effect: str
    binding: str
    automatic: bool
    owed: bool
    list: str | None = None
    list_kind: str | None = None
    batch: str | None = None
    row: int | None = None
    record: str | None = None
    due_on: date = Field(index=True)


class ExecutionRow(_Row, table=True):
    """What was decided and done about one finding (执行): `decider` is named wherever the law says 可以."""

    __tablename__ = "docket_execution"
    __table_args__: ClassVar = (UniqueConstraint("check_number", "item", name="docket_executed_once"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=BIG_KEY)
    check_number: str = Field(foreign_key="docket_check.number")
    item: int
    outcome: str
    decider: str | None = None
    reason: str | None = None
    decided_on: date
    unit: str
    account: str
    recorded_at: int = Field(sa_type=BigInteger)


class FeedbackRow(_Row, table=True):
    """One feedback on one listing (执行反馈); none is ever changed: one that `corrects` another stands in its place."""

    __tablename__ = "docket_feedback"
    __table_args__: ClassVar = (Index("docket_feedback_of_check", "check_number", "item"),)

    number: str = Field(primary_key=True)
    check_number: str = Field(foreign_key="docket_check.number")
    item: int
    basis_instrument: str
    basis_article: str | None = None
    handling: str
    result: str
    amount: str | None = None
    done_on: date
    department: str
    officer: str
    typical: bool = False
    on_time: bool
    corrects: str | None = Field(default=None, foreign_key="docket_feedback.number", unique=True)
    unit: str
    account: str
    recorded_at: int = Field(sa_type=BigInteger, index=True)


class InitiationRow(_Row, table=True):
    """A joint action that was initiated (发起); its states are its steps. `document` is what it says, as JSON."""

    __tablename__ = "docket_initiation"

    number: str = Field(primary_key=True)
    subject: str | None = Field(default=None, sa_type=PLAIN, index=True)
    state: str = Field(index=True)
    document: str
    unit: str
    account: str
    recorded_at: int = Field(sa_type=BigInteger, index=True)


class TaskRow(_Row, table=True):
    """What one department is asked to do in a joint action (协同任务), by its `title` then; `measures` is JSON."""

    __tablename__ = "docket_task"
    __table_args__: ClassVar = (UniqueConstraint("initiation", "department", name="docket_asked_once"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=BIG_KEY)
    initiation: str = Field(foreign_key="docket_initiation.number", index=True)
    department: str = Field(index=True)
    title: str
    measures: str
    state: str
    due_on: date


class StepRow(_Row, table=True):
    """One step of a joint action (办理步骤): of the whole, or of one department's part; none is ever changed."""

    __tablename__ = "docket_step"

    id: int | None = Field(default=None, primary_key=True, sa_type=BIG_KEY)
    initiation: str = Field(foreign_key="docket_initiation.number", index=True)
    department: str | None = None
    state: str
    reason: str | None = None
    unit: str
    account: str
    recorded_at: int = Field(sa_type=BigInteger)


class NoticeRow(_Row, table=True):
    """A notice of an event (通报), or an event kept on record alone: it restricts nothing. `document` is JSON."""

    __tablename__ = "docket_notice"

    number: str = Field(primary_key=True)
    subject: str | None = Field(default=None, sa_type=PLAIN, index=True)
    document: str
    unit: str
    account: str
    recorded_at: int = Field(sa_type=BigInteger, index=True)


class MessageRow(_Row, table=True):
    """One message to one receiver (待推送消息), written with what it tells of; `key` is what receivers know it by."""

    __tablename__ = "docket_message"
    __table_args__: ClassVar = (Index("docket_message_due", "state", "next_at"),)

    key: str = Field(primary_key=True)
    event: str
    receiver: str
    about: str
    body: str
    state: str
    attempts: int = 0
    next_at: int = Field(sa_type=BigInteger)
    claimed_until: int | None = Field(default=None, sa_type=BigInteger)
    delivered_at: int | None = Field(default=None, sa_type=BigInteger)
    fault: str | None = None
    recorded_at: int = Field(sa_type=BigInteger)


class DeliveryRow(_Row, table=True):
    """A message delivered into a table (库表推送), for a receiver that reads the database; each key once."""

    __tablename__ = "docket_delivery"

    key: str = Field(primary_key=True)
    event: str
    receiver: str = Field(index=True)
    body: str
    delivered_at: int = Field(sa_type=BigInteger)


class AuditRow(_Row, table=True):
    """One record of the audit chain (审计记录): `digest` is over the digest of the one before and the `entry`.

    The other columns repeat the entry, to be searched by.
    """

    __tablename__ = "docket_audit"

    seq: int = Field(primary_key=True, sa_type=BIG_KEY, sa_column_kwargs={"autoincrement": False})
    entry: str
    digest: str
    action: str = Field(index=True)
    account: str = Field(index=True)
    unit: str
    about: str | None = Field(default=None, index=True)
    case_no: str | None = Field(default=None, index=True)
    subject: str | None = Field(default=None, sa_type=PLAIN, index=True)
    recorded_at: int = Field(sa_type=BigInteger, index=True)


class AccountRow(_Row, table=True):
    """A system or a post that may use the service (接入账户): of its key only a digest is kept; arrays are JSON."""

    __tablename__ = "docket_account"

    name: str = Field(primary_key=True)
    unit: str
    region: str | None = None
    roles: str
    matters: str
    audience: str
    rate: int
    digest: str = Field(unique=True)
    created_at: int = Field(sa_type=BigInteger)
    expires_on: date | None = None
    ended_at: int | None = Field(default=None, sa_type=BigInteger)


class SessionRow(_Row, table=True):
    """Somebody at the console (登录会话): of the token only a digest is kept; `officer` is who he says he is."""

    __tablename__ = "docket_session"

    digest: str = Field(primary_key=True)
    account: str = Field(foreign_key="docket_account.name", index=True)
    officer: str
    csrf: str
    began_at: int = Field(sa_type=BigInteger)
    seen_at: int = Field(sa_type=BigInteger)


class TrialRow(_Row, table=True):
    """Sign-ins that failed one after another (连续登录失败), by the digest of the name that was typed."""

    __tablename__ = "docket_trial"

    name: str = Field(primary_key=True)
    failures: int
    last_at: int = Field(sa_type=BigInteger)


class RequestRow(_Row, table=True):
    """A request that was taken (已受理请求): sent again under the same key, it is answered with what it made then.

    `answer` is what was told beside what `number` names, as JSON.
    """

    __tablename__ = "docket_request"
    __table_args__: ClassVar = (PrimaryKeyConstraint("account", "key"),)

    account: str
    key: str
    same: str
    kind: str
    number: str
    answer: str | None = None
    recorded_at: int = Field(sa_type=BigInteger)


class ProposalRow(_Row, table=True):
    """A change of the catalogue that somebody proposed (目录修改申请): `files` is JSON, path to text.

    `against` is JSON, path to a digest of what stood in that file's place when it was proposed.
    In force once somebody else approved it; `state` and what follows is all that is ever changed.
    """

    __tablename__ = "docket_proposal"

    number: str = Field(primary_key=True)
    title: str
    files: str
    against: str
    author: str
    state: str = Field(index=True)
    reviewer: str | None = None
    reason: str | None = None
    recorded_at: int = Field(sa_type=BigInteger)
    decided_at: int | None = Field(default=None, sa_type=BigInteger)


METADATA: Final = _METADATA
ABOUT: Final[Table] = METADATA.tables["docket_about"]
CHECK: Final[Table] = METADATA.tables["docket_check"]
OBLIGATION: Final[Table] = METADATA.tables["docket_obligation"]
EXECUTION: Final[Table] = METADATA.tables["docket_execution"]
FEEDBACK: Final[Table] = METADATA.tables["docket_feedback"]
INITIATION: Final[Table] = METADATA.tables["docket_initiation"]
TASK: Final[Table] = METADATA.tables["docket_task"]
STEP: Final[Table] = METADATA.tables["docket_step"]
NOTICE: Final[Table] = METADATA.tables["docket_notice"]
MESSAGE: Final[Table] = METADATA.tables["docket_message"]
DELIVERY: Final[Table] = METADATA.tables["docket_delivery"]
AUDIT: Final[Table] = METADATA.tables["docket_audit"]
ACCOUNT: Final[Table] = METADATA.tables["docket_account"]
SESSION: Final[Table] = METADATA.tables["docket_session"]
TRIAL: Final[Table] = METADATA.tables["docket_trial"]
REQUEST: Final[Table] = METADATA.tables["docket_request"]
PROPOSAL: Final[Table] = METADATA.tables["docket_proposal"]

SHAPE: Final = Shape(
    title="办理台账",
    metadata=METADATA,
    about=ABOUT,
    schema=SCHEMA,
    layouts=("d0001",),
    steps=Path(__file__).parent / "migrations",
    lock=20141009,  # another than that of the lists: filing a check waits for no import
    prefix=DOCKET,
)
"""The tables of the docket (办理台账)."""
