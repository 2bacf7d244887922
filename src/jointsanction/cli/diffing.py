"""Showing what changed between two catalogues (目录对比), and which subjects and cases get another answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.asking import make_state
from jointsanction.catalog.bundle import catalog_version, default_catalog, read_bundle
from jointsanction.catalog.compile import compile_catalog
from jointsanction.catalog.diff import diff
from jointsanction.catalog.load import load_catalog, load_over
from jointsanction.catalog.probes import probes
from jointsanction.cli.checking import write_document
from jointsanction.cli.screen import show
from jointsanction.cli.verifying import verified_answers
from jointsanction.engine import shanghai_now
from jointsanction.errors import QuestionError
from jointsanction.identity.masks import mask_id
from jointsanction.impact import case_shifts, listed_shifts, span_of
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.steps.asking.days import read_day
from jointsanction.store import Store
from jointsanction.telling.law_changes import HOW, change_parts
from jointsanction.telling.page import Block, Headline, Line
from jointsanction.terms import GradeLevel, Phase, Role, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from jointsanction.asking import State
    from jointsanction.catalog.diff import EntryChange
    from jointsanction.impact import Said, Shift
    from jointsanction.model.catalogue import Catalog
    from jointsanction.telling.page import Part

_LONGEST: Final = 80


class Compared(NamedTuple):
    """Two catalogues held against one another (对比结果); without a store and cases nobody was asked."""

    versions: tuple[str, str]
    first: date
    changes: tuple[EntryChange, ...]
    asked: bool
    shifts: tuple[Shift, ...]


def show_diff(
    names: tuple[str, str], store: str | None, cases: Sequence[Path], as_of: str | None, *, as_json: bool
) -> None:
    """Write what changed between two catalogues and, with lists or cases at hand, whose answer differs from when on.

    Raises:
        QuestionError: `catalog.no_such_catalogue`; `question.date`.
        CatalogError: what a catalogue itself has wrong.
        RegistryError: when the store can't be read.
        ReceiptError: when a case is no answer, or was altered.
    """
    first = shanghai_now().date() if as_of is None else read_day(as_of, "起算日")
    opened = None if store is None else Store.open(store, create=False)
    old, new = (_catalogue(name, opened) for name in names)
    compared = _compare(old, new, opened, cases, first)
    if as_json:
        write_document(_document(compared))
    else:
        show(_parts(compared))


def _compare(old: Catalog, new: Catalog, store: Store | None, cases: Sequence[Path], first: date) -> Compared:
    versions = (catalog_version(old), catalog_version(new))
    changes = diff(old, new)
    asked = store is not None or bool(cases)
    shifts: list[Shift] = []
    if changes and asked:
        registry = MemoryRegistry(()) if store is None else store.registry()
        states = tuple(
            make_state(compile_catalog(catalog, version), registry)
            for catalog, version in zip((old, new), versions, strict=True)
        )
        shifts = list(_shifts(changes, (states[0], states[1]), store, cases, first))
    return Compared(versions, first, changes, asked, tuple(shifts))


def _shifts(
    changes: Sequence[EntryChange], states: tuple[State, State], store: Store | None, cases: Sequence[Path], first: date
) -> Iterator[Shift]:
    span = span_of(*states, first)
    if store is not None:
        asking = probes(changes, states[0].tables, states[1].tables)
        looked_at = frozenset[str]().union(*(probe.lists for probe in asking))
        yield from listed_shifts(store.listings(looked_at), asking, *states, span)
    for path in cases:
        yield from case_shifts(verified_answers(path), *states, span)


def _catalogue(name: str, store: Store | None) -> Catalog:
    """Return the catalogue that a name means: the shipped one, a kept version, a bundle, or a folder."""
    if name == "shipped":
        return default_catalog()
    if name.startswith("sha256:"):
        kept = None if store is None else store.catalogue(name)
        if kept is None:
            hint = "请用 --store 指定保存了它的名单库。" if store is None else "请核对版本，或者指定别的名单库。"
            raise QuestionError("catalog.no_such_catalogue", f"没有保存目录版本 {name}。", hint)
        return kept
    path = Path(name)
    if path.is_file():
        return read_bundle(path)
    if not path.is_dir():
        message = f"没有目录“{name}”。"
        hint = "可以写：目录文件夹、catalog build 生成的目录包、shipped，或者名单库保存过的版本 sha256:…。"
        raise QuestionError("catalog.no_such_catalogue", message, hint)
    # A root with a tree of matters stands alone; any other is laid over the shipped catalogue.
    alone = (path / "measures" / "matters.yaml").is_file()
    return load_catalog([path]) if alone else load_over(default_catalog(), [path])


def _parts(compared: Compared) -> Iterator[Part]:
    changes, shifts = compared.changes, compared.shifts
    counted = "，".join(f"{word} {sum(change.how == how for change in changes)}" for how, word in HOW.items())
    yield Headline(f"目录对比：{counted}。" if changes else "两份目录相同。")
    yield from change_parts(changes, _LONGEST)
    if not compared.asked:
        if changes:
            yield Block("影响", (Line("", "加 --store 看哪些列入主体的结论会变，加 --cases 看哪些在办事项。"),))
        return
    people = len({shift.subject for shift in shifts if shift.case is None})
    open_cases = len({shift.case for shift in shifts if shift.case is not None})
    said = f"自 {compared.first} 起比较：{people} 个列入主体（含关联人员）、{open_cases} 件在办事项的答案不同。"
    yield Block("影响", (Line("", said), *(_shift_line(shift, compared.first) for shift in shifts)))


def _shift_line(shift: Shift, first: date) -> Line:
    since = f"自 {shift.since} 起" if shift.since > first else f"{first} 已不同"
    return Line(who(shift), f"{asked_text(shift)}，{since}：{turned(shift.before, shift.after)}")


def asked_text(shift: Shift) -> str:
    """Return in words what was asked: matter, role, phase, region."""
    words = shift.words
    role, phase = words["role"], words["phase"]
    said = (str(words["matter"]), role and Role(role).zh, phase and Phase(phase).zh, words["region"])
    return "、".join(filter(None, said))


def who(shift: Shift) -> str:
    """Return who is meant: a masked number, or the receipt of a case."""
    if shift.case is not None:
        return f"凭证 {shift.case}"
    subject = shift.subject
    number = subject.uscc or subject.resident_id or subject.other_id
    return mask_id(number) if number else "（没有号码）"


def turned(before: Said, after: Said) -> str:
    """Return in words what of an answer is another."""
    said = [f"{_verdict(before)} → {_verdict(after)}"]
    gone = {row[0] for row in before.measures - after.measures}
    came = {row[0] for row in after.measures - before.measures}
    for word, measures in (("不再适用", gone - came), ("新适用", came - gone), ("尺度或期限不同", gone & came)):
        if measures:
            said.append(f"{word} {'、'.join(sorted(measures))}")
    if before.doubts != after.doubts:
        doubts = sorted({row[0] for row in before.doubts ^ after.doubts})
        said.append(f"提示或疑点不同 {'、'.join(doubts)}")
    if before.grade != after.grade:
        said.append(f"信用等级 {_grade(before)} → {_grade(after)}")
    return "；".join(said)


def _verdict(said: Said) -> str:
    return "没有这一事项" if said.verdict is None else Verdict(said.verdict).zh


def _grade(said: Said) -> str:
    return "不能确定" if said.grade is None else GradeLevel(said.grade).zh


def _document(compared: Compared) -> dict[str, Any]:
    return {
        "old": compared.versions[0],
        "new": compared.versions[1],
        "as_of": compared.first.isoformat(),
        "changes": [
            {**change._asdict(), "facts": [fact._asdict() for fact in change.facts]} for change in compared.changes
        ],
        "affected": [shift_document(shift) for shift in compared.shifts] if compared.asked else None,
    }


def shift_document(shift: Shift) -> dict[str, Any]:
    """Return a shift as a document."""
    subject = shift.subject
    return {
        "subject": subject.uscc or subject.resident_id or subject.other_id,
        "kind": subject.kind,
        "case": shift.case,
        "listings": [dict(zip(("list", "batch", "row"), row, strict=True)) for row in shift.listings],
        **{key: shift.words[key] for key in ("matter", "role", "phase", "region")},
        "since": shift.since.isoformat(),
        "before": _said_document(shift.before),
        "after": _said_document(shift.after),
    }


def _said_document(said: Said) -> dict[str, Any]:
    keys = ("measure", "degree", "binding", "until")
    return {
        "verdict": said.verdict,
        "measures": [dict(zip(keys, row, strict=True)) for row in sorted(said.measures)],
        "doubts": [dict(zip(("measure", "reason"), row, strict=True)) for row in sorted(said.doubts)],
        "grade": said.grade,
    }
