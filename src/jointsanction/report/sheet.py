"""What stands on a report (核查报告内容), before anybody knows on what paper: facts, verdict, findings, lists."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from jointsanction.identity.masks import mask_id, mask_name, printable
from jointsanction.identity.names import may_be_a_person
from jointsanction.steps.asking.days import SHANGHAI
from jointsanction.telling.finding import basis_text, cause_text, group, rank
from jointsanction.telling.headline import headline
from jointsanction.telling.marks import MARKS
from jointsanction.telling.stored import result_of
from jointsanction.terms import DOUBTS, IdType, Phase, Role, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jointsanction.catalog.compile import Tables
    from jointsanction.model.result import CheckResult, Finding

_VERSIONS: Final = {"catalogue": "目录版本", "registry": "名单库版本", "library": "程序版本"}
_SHORT: Final = 19
"""How much of a version is shown: `sha256:` and twelve characters; the receipt stands for all of it."""

UNSAID: Final = "—"
"""What stands where nobody said anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What a report says beside the answers (归档信息): its number, who asked for what, how it can be verified.

    `code` and `address` are the verification code and the page on which it is entered; `masked` covers the numbers and
    names of persons.
    """

    number: str | None = None
    unit: str | None = None
    officer: str | None = None
    purpose: str | None = None
    case: str | None = None
    code: str | None = None
    address: str | None = None
    masked: bool = True


@dataclass(frozen=True, slots=True)
class Member:
    """One subject of a report (核查对象): every member of a consortium stands for itself."""

    name: str
    id: str
    kind: str
    role: str
    mark: str
    verdict: str
    told: str
    receipt: str


@dataclass(frozen=True, slots=True)
class Row:
    """One finding of a report (核查发现), and the members of whom it holds in the same words."""

    members: tuple[int, ...]
    title: str
    sort: str
    strength: str
    because: str
    duty: str
    basis: tuple[str, ...]
    authority: str
    until: str


@dataclass(frozen=True, slots=True)
class Searched:
    """One list that was searched (已查名单), and which members stand on it; none says that nobody does."""

    title: str
    code: str
    received: str
    hits: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on a report (核查报告内容), as text."""

    number: str
    checked_at: str
    facts: tuple[tuple[str, str], ...]
    mark: str
    verdict: str
    complete: bool
    members: tuple[Member, ...]
    rows: tuple[Row, ...]
    searched: tuple[Searched, ...]
    missing: tuple[str, ...]
    stale: tuple[str, ...]
    versions: tuple[tuple[str, str], ...]
    receipt: str
    code: str
    address: str
    notes: tuple[str, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return asdict(self)


def sheet_of(document: Mapping[str, Any], tables: Tables, filing: Filing) -> Sheet:
    """Return what a report of an answer, or of a tender's answers, says (核查报告内容).

    `document` is what `check --json` or `tender --json` gave; its receipt is not verified here.
    """
    documents = document.get("results", [document])
    results = [result_of(each, tables) for each in documents]
    verdict = Verdict(document["verdict"])
    return Sheet(
        number=filing.number or UNSAID,
        checked_at=max(result.checked_at for result in results).replace(microsecond=0).isoformat(),
        facts=tuple(_facts(documents, results, tables, filing)),
        mark=MARKS[verdict],
        verdict=verdict.zh,
        complete=bool(document["complete"]),
        members=tuple(_member(*each, tables, filing) for each in zip(documents, results, strict=True)),
        rows=_rows(results),
        searched=_searched(documents, tables),
        missing=_named(results, "missing", tables),
        stale=_named(results, "stale", tables),
        versions=tuple(_versions(documents)),
        receipt=str(document["receipt"]),
        code=filing.code or "",
        address=filing.address or "",
        notes=tuple(_notes(results)),
    )


def _facts(
    documents: Sequence[Mapping[str, Any]], results: Sequence[CheckResult], tables: Tables, filing: Filing
) -> Iterator[tuple[str, str]]:
    questions, catalog = [said["question"] for said in documents], tables.catalog
    question = questions[0]
    matter = catalog.matters[question["matter"]].title if question["matter"] in catalog.matters else UNSAID
    role = f"，{Role(question['role']).zh}" if len(documents) == 1 else ""
    known = [_shown(datetime.fromisoformat(at)) if at else "从未导入名单" for at in _each(questions, "known_at")]
    yield "核查事项", f"{matter}（{question['matter']}）{role}，{Phase(question['phase']).zh}"
    yield "查询时间", _shown(max(result.checked_at for result in results))
    yield "核查基准日", "、".join(_each(questions, "as_of"))
    yield "数据截止", "、".join(known)
    yield "地域", question["region"] or "未指定，只适用全国层面的措施"
    yield "查询用途", printable(filing.purpose or UNSAID)
    yield "案件编号", printable(filing.case or documents[0]["case"] or UNSAID)
    yield "查询单位", printable(filing.unit or UNSAID)
    yield "查询人", printable(filing.officer or UNSAID)


def _versions(documents: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield what the answers rest on; a file may hold answers of several versions, and then all of them are said."""
    versions = [said["versions"] for said in documents]
    for key in versions[0]:
        yield _VERSIONS[key], "、".join(str(value)[:_SHORT] for value in _each(versions, key))


def _each(documents: Sequence[Mapping[str, Any]], key: str) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(said[key] for said in documents))


def _member(said: Mapping[str, Any], result: CheckResult, tables: Tables, filing: Filing) -> Member:
    subject = result.subject
    person = may_be_a_person(subject.kind, subject.name, resident=subject.id_type == IdType.RESIDENT_ID)
    number, name = subject.id or UNSAID, subject.name or UNSAID
    if filing.masked and person:
        number, name = mask_id(number) if subject.id else number, mask_name(name) if subject.name else name
    return Member(
        printable(name),
        printable(number),
        subject.kind.zh if subject.kind is not None else "主体类别不明",
        Role(said["question"]["role"]).zh,
        MARKS[result.verdict],
        result.verdict.zh,
        printable(headline(result, tables.catalog.lists).text),
        result.receipt,
    )


def _rows(results: Sequence[CheckResult]) -> tuple[Row, ...]:
    """Return the findings, most urgent first; what holds of several members in the same words is said once."""
    found: dict[Row, tuple[int, ...]] = {}
    for at, result in enumerate(results, 1):
        for finding in sorted(result.findings, key=rank):
            row = _row(finding)
            found[row] = (*found.get(row, ()), at)
    return tuple(replace(row, members=tuple(dict.fromkeys(members))) for row, members in found.items())


def _row(finding: Finding) -> Row:
    shape = finding.shape
    measure = shape.measure
    because = f"：{cause_text(finding.cause)}" if finding.cause is not None else ""
    decides = "，由其依法决定" if shape.applies and shape.needs_decision else ""
    authorities = "、".join(measure.implementing_authority) if measure is not None else ""
    return Row(
        (),
        shape.title,
        group(finding),
        " · ".join(word.zh for word in (shape.binding, shape.degree) if word is not None),
        printable(f"{shape.reason.zh}{because}"),
        shape.duty,
        tuple(basis_text(basis) for basis in finding.basis),
        f"{authorities}{decides}",
        finding.until.isoformat() if finding.until is not None else "",
    )


def _searched(documents: Sequence[Mapping[str, Any]], tables: Tables) -> tuple[Searched, ...]:
    """Return every list that was searched, those with hits first, each with the day of its edition."""
    found: dict[str, Searched] = {}
    for said in documents:
        for edition in said["coverage"]["editions"]:
            code = edition["list"]
            hits = tuple(at for at, each in enumerate(documents, 1) if code in _met(each))
            found[code] = Searched(tables.catalog.lists[code].title, code, edition["received_at"][:10], hits)
    return tuple(sorted(found.values(), key=lambda each: (not each.hits, each.code)))


def _met(said: Mapping[str, Any]) -> set[str]:
    """Return the lists on which something was found about a subject, or about somebody who may be it."""
    causes = [finding["cause"] for finding in said["findings"]]
    steps = [step for finding in said["findings"] for step in finding["path"]]
    return {str(each["list"]) for each in (*causes, *steps, *said["identity"]["candidates"]) if each and "list" in each}


def _named(results: Sequence[CheckResult], which: str, tables: Tables) -> tuple[str, ...]:
    codes = dict.fromkeys(code for result in results for code in getattr(result.coverage, which))
    return tuple(f"{tables.catalog.lists[code].title}（{code}）" for code in codes)


def _notes(results: Sequence[CheckResult]) -> Iterator[str]:
    """Yield what the reader has to know beside the verdicts (提示)."""
    if any(not result.complete for result in results):
        yield "有事项未能查明，本报告对其不作结论。"
    if any(finding.reason in DOUBTS for result in results for finding in result.findings):
        yield "标明“待核实”的，须以完整证件号码或者原始文书核实后办理。"
    if any(result.credit_report_required for result in results):
        yield "本事项另须查阅信用报告。"
    acts = dict.fromkeys(act["name"] for result in results for act in result.coverage.acts_unknown)
    if acts:
        yield f"须另行查询或由当事人声明的法律事实：{'、'.join(acts)}。"


def _shown(instant: datetime) -> str:
    return instant.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
