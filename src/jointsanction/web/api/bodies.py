"""What callers send (请求内容): the words of a question as the contract has them, and whom and what it is for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from jointsanction.identity.identify import parse_subject
from jointsanction.model.initiation import Addressees
from jointsanction.model.subject import Subject
from jointsanction.terms import AuditAction, Handling, InitiationState, Role, SubjectKind
from jointsanction.terms.words import word

_PRINTABLE: Final = r"^[^\x00-\x1F\x7F\uFFFE\uFFFF]*$"
Said = Annotated[str, StringConstraints(max_length=200, pattern=_PRINTABLE)]
"""A short text without control characters: databases and pages take not all of them."""
Word = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=_PRINTABLE)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4000, pattern=r"^[^\x00-\x08\x0B\x0C\x0E-\x1F\x7F]*$")]
Many = Annotated[list[Said], Field(max_length=50)]
Number = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}[0-9]{8}-[0-9A-Z]{12}$")]
"""The number of something filed (编号)."""

_OWN: Final = frozenset({"purpose", "officer", "answer", "name"})


class Body(BaseModel):
    """What a caller sends (请求内容); unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Asked(Body):
    """What is common to every question (核查要素): the matter and the purpose are mandatory."""

    matter: Word = Field(description="事项的代码或者别名", examples=["procurement"])
    purpose: Word = Field(description="核查用途，不写个人信息", examples=["政府采购供应商资格审查"])
    officer: Said | None = Field(default=None, description="经办人或者岗位")
    as_of: Said | None = Field(default=None, description="核查基准日，缺省为今天", examples=["2024-06-10"])
    known_at: Said | None = Field(default=None, description="按哪一时点所知的名单，写明时区")
    role: Said | None = Field(default=None, description="办理角色")
    phase: Said | None = Field(default=None, description="环节")
    region: Said | None = Field(default=None, description="行政区划代码")
    traits: Many = Field(default=[], description="事项特征")
    fields: Many = Field(default=[], description="领域")
    size: Said | None = Field(default=None, description="企业规模")
    occupations: Many = Field(default=[], description="本人的职业")
    related: Many = Field(default=[], description="关联方，写作“关系:证件号码”")
    acts: Many = Field(default=[], description="法律事实，写作“类型:日期”")
    coverage: Said | None = Field(default=None, description="名单覆盖要求：strict 或者 loaded")
    dates: dict[Word, Said] = Field(default={}, max_length=10, description="案件的各个日期")
    explain: bool = Field(default=False, description="一并说明其余措施为何不适用")
    case: Said | None = Field(default=None, description="案号")
    answer: Literal["full", "minimal"] = Field(default="full", description="minimal 只给结论和措施，不给记录内容")

    def words(self) -> dict[str, Any]:
        """Return the words of the question that were said (原话)."""
        said = {name: getattr(self, name) for name in self.model_fields_set if name not in _OWN}
        return {name: value for name, value in said.items() if value not in (None, [], {})}


class CheckBody(Asked):
    """One question about one subject (一键核查)."""

    subject: Said | None = Field(default=None, description="证件号码", examples=["91990000MA0000001B"])
    name: Said | None = Field(default=None, description="名称；只有名称的，只能得到候选")
    kind: Said | None = Field(default=None, description="主体类别")

    def question(self) -> dict[str, Any]:
        """Return the question as the desk takes it."""
        words = self.words()
        if self.name is not None or self.subject is None:
            words["subject"] = subject_of(self.subject, self.kind, self.name)
            words.pop("kind", None)
        return words


class OneSubject(Body):
    """One of several subjects (主体)."""

    id: Said | None = Field(default=None, description="证件号码")
    kind: Said | None = Field(default=None, description="主体类别")
    name: Said | None = Field(default=None, description="名称")
    role: Said | None = Field(default=None, description="办理角色")
    group: Said | None = Field(default=None, description="联合体")


class TenderBody(Asked):
    """One question about every bidder of a tender (投标人批量核查)."""

    subjects: list[OneSubject] = Field(min_length=1, max_length=1000, description="投标人；同一 group 为一个联合体")


class BatchBody(Asked):
    """One question about many subjects (批量核查)."""

    subjects: list[OneSubject | Said] = Field(min_length=1, max_length=10_000, description="主体，或者其证件号码")


class ReceiptBody(Body):
    """A stored answer, whole (核查结果): what a check or a tender answered."""

    document: dict[str, Any] = Field(description="核查结果的完整内容")


class DiscloseBody(ReceiptBody):
    """A stored answer of which an extract is wanted (对外提供)."""

    to: Literal["authority", "subject", "anybody"] = Field(description="提供对象")


class RevealBody(Body):
    """Why a filed check is looked at unmasked (查看明文)."""

    reason: Word = Field(description="为何查看，例如“处理当事人异议”")
    officer: Said | None = Field(default=None, description="经办人或者岗位")


class DecisionBody(Body):
    """What was decided about one item of a plan (执行决定)."""

    item: Annotated[int, Field(ge=0, le=10_000)] = Field(description="应执行事项的序号，见执行计划")
    applies: bool = Field(description="执行还是不予执行")
    decider: Said | None = Field(default=None, description="决定人；法律规定“可以”的，必须写明")
    reason: Said | None = Field(default=None, description="理由；不予执行、未能执行的，必须写明")
    decided_on: date | None = Field(default=None, description="决定日期，缺省为今天")
    impossible: bool = Field(default=False, description="未能执行")


class ExecutionBody(Body):
    """What is to be carried out of a plan (执行)."""

    decisions: list[DecisionBody] = Field(
        default=[], max_length=1000, description="需要决定的各项；依法直接执行的不必写"
    )
    dry_run: bool = Field(default=False, description="只看会怎样，不写入")
    officer: Said | None = Field(default=None, description="经办人或者岗位")


class FeedbackBody(Body):
    """What was done about one listing in one case (执行反馈)."""

    check: Number = Field(description="核查编号")
    item: Annotated[int, Field(ge=0, le=10_000)] = Field(description="应执行事项的序号")
    basis_instrument: Word = Field(description="所依据的文件代码，是该措施的依据之一")
    basis_article: Said | None = Field(default=None, description="所依据的条款")
    handling: Handling = Field(description="处理方式")
    result: Text = Field(description="办理结果")
    done_on: date = Field(description="办理日期")
    department: Word = Field(description="办理部门")
    officer: Word = Field(description="经办人")
    amount: Annotated[str, StringConstraints(max_length=30, pattern=r"^[0-9]+(\.[0-9]{1,2})?$")] | None = Field(
        default=None, description="涉及金额（元）"
    )
    typical: bool = Field(default=False, description="是否典型案例")
    corrects: Number | None = Field(default=None, description="更正哪一条反馈")


class DepartmentBody(Body):
    """A department that is asked, and its own last day (响应部门)."""

    department: Word = Field(description="部门编号或者名称")
    due_on: date | None = Field(default=None, description="本部门的办理期限，缺省为整体的")


class InitiationBody(Body):
    """A joint action to be initiated (发起联合奖惩)."""

    title: Word = Field(description="标题")
    initiators: tuple[Word, ...] = Field(min_length=1, max_length=20, description="发起部门；几个部门为联合发文")
    subject: Said | None = Field(default=None, description="证件号码")
    name: Said | None = Field(default=None, description="名称")
    kind: Said | None = Field(default=None, description="主体类别")
    fact: Text = Field(description="事实")
    measures: tuple[Word, ...] = Field(min_length=1, max_length=50, description="请求实施的措施代码")
    due_on: date = Field(description="办理期限")
    instrument_no: Said | None = Field(default=None, description="文书文号")
    list: Said | None = Field(default=None, description="列入的名单")
    region: Said | None = Field(default=None, description="行政区划代码")
    matter: Said | None = Field(default=None, description="事项")
    document_number: Said | None = Field(default=None, description="联合发文文号")
    check: Number | None = Field(default=None, description="由哪一次核查引起")
    departments: tuple[Word | DepartmentBody, ...] = Field(
        default=(), max_length=50, description="指定的部门，期限不同的各写期限；缺省按对应关系"
    )
    officer: Said | None = Field(default=None, description="经办人或者岗位")

    def addressees(self) -> Addressees:
        """Return whom to ask, and by when (响应部门和期限)."""
        named = [DepartmentBody(department=each) if isinstance(each, str) else each for each in self.departments]
        dues = {each.department: each.due_on for each in named if each.due_on is not None}
        return Addressees(self.due_on, tuple(each.department for each in named), dues)


class StepBody(Body):
    """The next step of a joint action (办理一步)."""

    state: InitiationState = Field(description="办理到哪一步")
    department: Said | None = Field(default=None, description="哪个部门的任务，缺省为本单位的")
    reason: Said | None = Field(default=None, description="理由或者办理情况")
    officer: Said | None = Field(default=None, description="经办人或者岗位")


class AuditBody(Body):
    """Which records of the audit are wanted (审计检索); the more is said, the fewer."""

    action: AuditAction | None = Field(default=None, description="审计事项")
    account: Said | None = Field(default=None, description="账户")
    unit: Said | None = Field(default=None, description="单位")
    about: Said | None = Field(default=None, description="编号")
    case_no: Said | None = Field(default=None, description="案号")
    subject: Said | None = Field(default=None, description="主体的证件号码；审计里只有其摘要")
    kind: Said | None = Field(default=None, description="主体类别")
    since: date | None = Field(default=None, description="起始日期，含当日")
    until: date | None = Field(default=None, description="截止日期，含当日")
    limit: Annotated[int, Field(ge=1, le=1000)] = Field(default=100, description="至多几条")
    officer: Said | None = Field(default=None, description="经办人或者岗位")


def subject_of(number: str | None, kind: str | None, name: str | None, *, role: str | None = None,
               group: str | None = None) -> Subject:  # fmt: skip
    """Return the subject that a request names (主体).

    Raises:
        SubjectError: as `parse_subject`. QuestionError: a kind or role that is none.
    """
    said = None if kind is None else word(SubjectKind, kind, "主体类别")
    found = parse_subject(number or "", said, name)
    return replace(found, role=None if role is None else word(Role, role, "办理角色"), group=group)
