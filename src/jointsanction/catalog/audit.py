"""What to clean in a catalogue on a day (清理): FEATURES 32, 持续跟踪监测，坚决清理.

The linter says what is wrong with an entry as written; this says what has become of it in the course of the law.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.catalog.compile import FOR_EVER, compile_catalog, in_time, running_on
from jointsanction.catalog.compiling.levels import STRONG, carrying_bases
from jointsanction.catalog.lint import LINTS, standing_at
from jointsanction.catalog.linting.bases import base_remarks
from jointsanction.catalog.linting.doubles import doubles
from jointsanction.catalog.linting.reach import stands
from jointsanction.catalog.remark import Remark
from jointsanction.catalog.wording import article
from jointsanction.terms import ADVERSE_LEVELS, Carries, Effect, InList, Level, MeasureClass, TextState
from jointsanction.terms.term import Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from jointsanction.catalog.compile import Tables
    from jointsanction.catalog.files import Section
    from jointsanction.catalog.load import Loaded
    from jointsanction.model.catalogue import Basis, Measure


class Concern(Term):
    """Why something is to be cleaned (清理事由), in the order of the report."""

    ENDED = "ended", "依据已失效"
    ENDING = "ending", "依据将失效"
    NOT_IN_EDITION = "not-in-edition", "不见于全国清单"
    DOUBLE = "double", "与其他措施重复"
    WIDER = "wider", "地域与依据不符"
    WEAK = "weak", "仍以备忘录等文件为支撑依据"
    UNVERIFIED = "unverified", "依据未核对原文"
    UNCITED = "uncited", "没有条目引用的依据文件"


class AuditItem(NamedTuple):
    """One thing to clean (清理事项): which entry, where it stands, and why."""

    concern: Concern
    section: Section
    id: str
    title: str
    file: str
    line: int
    column: int
    why: str


class Audit(NamedTuple):
    """What came of an audit (清理报告); `notes` say what the data can't tell."""

    as_of: date
    within: int
    items: tuple[AuditItem, ...]
    notes: tuple[str, ...]

    def of(self, concern: Concern) -> tuple[AuditItem, ...]:
        """Return the items of one concern."""
        return tuple(item for item in self.items if item.concern is concern)


def audit(loaded: Loaded, as_of: date, within: int) -> Audit:
    """Return what to clean in the entries that stand in files, on a day; bases may end `within` days from it."""
    horizon = as_of + timedelta(days=min(within, (FOR_EVER - as_of).days))
    auditor = _Auditor(compile_catalog(loaded.catalog, ""), as_of, horizon)
    items = (_item(remark, loaded) for remark in auditor.remarks() if (remark.section, remark.id) in loaded.sources)
    order = list(Concern)
    ordered = sorted(items, key=lambda one: (order.index(one.concern), one.section, one.id, one.line, one.column))
    return Audit(as_of, within, tuple(ordered), tuple(auditor.notes()))


def audit_document(found: Audit, version: str) -> dict[str, Any]:
    """Return the report as JSON holds it, with the version of the catalogue it speaks of."""
    return {
        "as_of": found.as_of.isoformat(),
        "within": found.within,
        "catalogue": version,
        "counts": {concern.value: len(found.of(concern)) for concern in Concern},
        "notes": list(found.notes),
        "items": [item._asdict() for item in found.items],
    }


def _item(remark: Remark, loaded: Loaded) -> AuditItem:
    title = getattr(loaded.catalog, remark.section)[remark.id].title
    place = standing_at(remark, loaded)
    return AuditItem(Concern(remark.code), remark.section, remark.id, title, *place, remark.message)


_WIDER: Final = frozenset({"wider-than-basis", "basis-outside-region", "local-basis-everywhere"})
_MEMORANDA: Final = frozenset({Level.MEMORANDUM, Level.JOINT_DOCUMENT, Level.NORMATIVE_DOCUMENT})


class _Auditor:
    """Looks through a catalogue as the law stands on one day."""

    def __init__(self, tables: Tables, as_of: date, horizon: date) -> None:
        self._tables = tables
        self._catalog = tables.catalog
        self._day = as_of
        self._horizon = horizon
        active = [measure for measure in self._catalog.measures.values() if measure.status == "active"]
        self._open = [measure for measure in active if in_time(measure.valid_from, measure.valid_to, as_of)]
        self._editions = [
            instrument.id
            for instrument in self._catalog.instruments.values()
            if instrument.level is Level.NATIONAL_LIST and in_time(instrument.valid_from, instrument.valid_to, as_of)
        ]

    def remarks(self) -> Iterator[Remark]:
        """Yield everything to clean, the concern in place of a code."""
        for measure in self._open:
            carriers = carrying_bases(measure, self._catalog) or measure.basis
            yield from self._ended("measures", measure.id, carriers, self._running(measure))
            yield from self._weak(measure)
            yield from self._not_in_edition(measure)
        for code, kind in self._catalog.lists.items():
            founds = [basis for basis in kind.basis if basis.carries is Carries.FOUNDS]
            yield from self._ended("lists", code, founds or kind.basis)
        for name, rule in self._catalog.rules.items():
            if in_time(rule.valid_from, rule.valid_to, self._day):
                yield from self._ended("rules", name, [basis for basis in rule.basis if basis.carries in STRONG])
        for where, name, bases in self._citing():
            yield from self._basis_by_basis(where, name, bases)
        yield from self._doubles()
        yield from self._wider()
        yield from self._uncited()

    def notes(self) -> Iterator[str]:
        """Yield what the data can't tell."""
        if self._editions:
            named = "、".join(f"《{self._catalog.instruments[name].title}》" for name in self._editions)
            yield f"按现行全国清单 {named} 核对：以依据引用了该清单的为见于清单。"
            return
        kept = [measure.in_list for measure in self._open if _is_national(measure)]
        seen, recalled = kept.count(InList.VERIFIED), kept.count(InList.RECALLED)
        yield (
            "目录中没有全国清单的现行版本（level: national-list 的依据文件），不能逐行比对。"
            f"只能按 in_list 列出没有写的：全国惩戒措施 {len(kept)} 条，"
            f"写明已见于清单的 {seen} 条，未核对清单的 {recalled} 条。"
        )

    def _citing(self) -> Iterator[tuple[Section, str, tuple[Basis, ...]]]:
        for measure in self._open:
            yield "measures", measure.id, measure.basis
        for code, kind in self._catalog.lists.items():
            yield "lists", code, kind.basis
        for name, rule in self._catalog.rules.items():
            yield "rules", name, rule.basis

    def _ended(self, section: Section, name: str, bases: Sequence[Basis], more: str = "") -> Iterator[Remark]:
        """Everything it rested on is gone: say since when, and what came after."""
        if not bases or any(self._tables.basis_end(basis) >= self._day for basis in bases):
            return
        last = max(self._tables.basis_end(basis) for basis in bases)
        said = f"{self._cited(bases)} 至 {last} 全部失效；{self._after(section, name, bases)}。{more}"
        yield Remark(section, name, ("basis",), Concern.ENDED, said)

    def _after(self, section: Section, entry: str, bases: Iterable[Basis]) -> str:
        """Return what superseded the instruments of some bases, and which entries rest on that already."""
        successors = dict.fromkeys(filter(None, (self._successor(basis.instrument) for basis in bases)))
        if not successors:
            return "没有写明后续文件"
        users = [
            name for where, name, cited in self._citing() if where == section and successors.keys() & _named(cited)
        ]
        named = "、".join(f"《{self._catalog.instruments[one].title}》（{one}）" for one in successors)
        if entry in users:
            return f"后续文件 {named}，本条目已引用"
        return f"后续文件 {named}，" + (f"已有 {'、'.join(users)} 引用" if users else "没有同类条目引用")

    def _successor(self, name: str) -> str | None:
        """Return the last of the instruments that followed one."""
        passed = [name]
        while (following := self._catalog.instruments[passed[-1]].superseded_by) and following not in passed:
            passed.append(following)
        return passed[-1] if len(passed) > 1 else None

    def _running(self, measure: Measure) -> str:
        running = running_on(measure, self._catalog)
        if running is None or running[1] < self._day:
            return ""
        until = "没有确定的截止日" if running[1] == FOR_EVER else f"最迟到 {running[1]}"
        return f"失效以前作出的禁令可能仍在执行（{until}），文件须保留。"

    def _basis_by_basis(self, section: Section, name: str, bases: Iterable[Basis]) -> Iterator[Remark]:
        for index, basis in enumerate(bases):
            end = self._tables.basis_end(basis)
            if self._day <= end <= self._horizon and self._tables.basis_in_force(basis, self._day):
                said = f"{self._cited([basis])} 到 {end} 为止；{self._after(section, name, [basis])}。"
                yield Remark(section, name, ("basis", index), Concern.ENDING, said)
            if basis.text is not TextState.VERIFIED and end >= self._day:
                said = f"{self._cited([basis])}：{basis.carries.zh}，{basis.text.zh}。"
                yield Remark(section, name, ("basis", index), Concern.UNVERIFIED, said)

    def _weak(self, measure: Measure) -> Iterator[Remark]:
        """What memoranda and the like once carried lives on a law now, or is a hint (国办发〔2020〕49号).

        Management that takes nothing away may rest on a document of the authority itself, but on no memorandum.
        """
        if measure.effect is Effect.INCENTIVE:
            return
        weak = _MEMORANDA if measure.measure_class is MeasureClass.ADVERSE else {Level.MEMORANDUM}
        others = any(
            basis.carries in STRONG and self._catalog.instruments[basis.instrument].level in ADVERSE_LEVELS
            for basis in measure.basis
        )
        for index, basis in enumerate(measure.basis):
            level = self._catalog.instruments[basis.instrument].level
            if level in weak and basis.carries in STRONG and self._tables.basis_in_force(basis, self._day):
                more = "另有足够层级的依据，改为 implements 即可" if others else "没有别的支撑依据"
                said = f"{self._cited([basis])} 是{level.zh}，写作 {basis.carries}（{basis.carries.zh}）；{more}。"
                yield Remark("measures", measure.id, ("basis", index), Concern.WEAK, said)

    def _not_in_edition(self, measure: Measure) -> Iterator[Remark]:
        if not _is_national(measure):
            return
        if self._editions and not set(self._editions) & _named(measure.basis):
            said = "没有一条依据引用现行全国清单。"
            yield Remark("measures", measure.id, (), Concern.NOT_IN_EDITION, said)
        elif not self._editions and measure.in_list is None:
            yield Remark("measures", measure.id, (), Concern.NOT_IN_EDITION, "没有写 in_list，是否见于清单不明。")

    def _doubles(self) -> Iterator[Remark]:
        standing = [measure for measure in self._open if stands(measure, self._tables, self._day)]
        for inner, outer, _ in doubles(standing, self._tables, self._day):
            whose = "全国措施" if outer.region is None else f"{outer.region} 的措施"
            said = f"{whose} '{outer.id}'（{outer.title}）已经包括它的全部情形，尺度和约束力相同。"
            yield Remark("measures", inner.id, (), Concern.DOUBLE, said)

    def _wider(self) -> Iterator[Remark]:
        for remark in base_remarks(self._tables, self._day):
            if remark.code in _WIDER:
                yield remark._replace(code=Concern.WIDER, message=LINTS[remark.code][1] + remark.message)

    def _uncited(self) -> Iterator[Remark]:
        cited = {name for bases in self._every_basis() for name in _named(bases)}
        for name, instrument in self._catalog.instruments.items():
            if name not in cited:
                gone = self._tables.catalog.instruments[name].valid_to
                said = f"已于 {gone} 失效。" if gone is not None and gone < self._day else ""
                before = sorted(one.id for one in self._catalog.instruments.values() if one.superseded_by == name)
                said += f"它取代了 {'、'.join(before)}：原来引用的条目是否应改引它？" if before else ""
                yield Remark("instruments", instrument.id, (), Concern.UNCITED, said or "没有条目引用。")

    def _every_basis(self) -> Iterator[Iterable[Basis]]:
        catalog = self._catalog
        sections = (catalog.measures, catalog.lists, catalog.rules, catalog.schemes, catalog.forbidden)
        for section in (*sections, catalog.publicity):
            for entry in section.values():
                yield entry.basis
        for group in catalog.groups.values():
            yield from (member.basis for member in group.members)
        yield from (table.basis for scheme in catalog.schemes.values() for table in scheme.conversions)
        yield from (one.basis for matter in catalog.matters.values() for one in matter.commitment_types)
        yield from (matter.window.basis for matter in catalog.matters.values() if matter.window is not None)

    def _cited(self, bases: Iterable[Basis]) -> str:
        instruments = self._catalog.instruments
        cited = (f"《{instruments[one.instrument].title}》{article(one)}（{one.instrument}）" for one in bases)
        return "、".join(dict.fromkeys(cited))


def _is_national(measure: Measure) -> bool:
    return measure.effect is Effect.RESTRICTION and measure.region is None


def _named(bases: Iterable[Basis]) -> set[str]:
    return {basis.instrument for basis in bases}
