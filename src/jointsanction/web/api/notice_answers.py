"""What callers get about notices (通报应答)."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from jointsanction.web.api.answers import Answer


class NamedShown(Answer):
    """A measure or a department with its title (名称)."""

    id: str
    title: str


class NoticeAnswer(Answer):
    """A notice of an event (通报): it restricts nobody; its subject is masked but where it was revealed."""

    number: str
    title: str
    subject: str = Field(description="主体的证件号码，已脱敏")
    name: str | None = Field(description="主体的名称，自然人的已脱敏")
    happened_on: date
    event: str
    source: str | None
    list: str | None
    list_name: str | None
    listed_on: date | None
    instrument_no: str | None
    withheld: bool = Field(description="依名单的公开属性，没有载明列入日期和文书")
    measures: tuple[NamedShown, ...]
    departments: tuple[NamedShown, ...]
    issued_by: str
    document_number: str | None
    issued_on: date | None


class NoticesAnswer(Answer):
    """Notices (通报台账)."""

    notices: tuple[NoticeAnswer, ...]
