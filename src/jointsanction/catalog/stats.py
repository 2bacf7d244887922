"""The catalogue in numbers (目录统计): counted from the entries, so that no figure is ever written by hand.

Every table says what is counted, and its rows add up to that: measures, lists, instruments, and the places where an
article is cited.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.catalog.compile import compile_catalog
from jointsanction.catalog.files import NATIONAL
from jointsanction.catalog.statutes.citations import citations
from jointsanction.catalog.wording import SECTION_WORDS, Lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jointsanction.model.catalogue import Basis, Catalog, Instrument

_INCENTIVE: Final = "（激励措施不写）"


class Counts(NamedTuple):
    """One table of counts (计数表): of what, by what, each word with its number; the numbers add up to the total."""

    of: str
    by: str
    rows: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """Return how many there are in all."""
        return sum(count for _, count in self.rows)


class Statistics(NamedTuple):
    """A catalogue in numbers (目录统计): tables that add up, and single figures."""

    tables: tuple[Counts, ...]
    figures: tuple[tuple[str, int], ...]


def statistics(catalog: Catalog, cases: Mapping[str, int] | None = None) -> Statistics:
    """Return the numbers of a catalogue (目录统计); `cases` says how many lie beside each entry, where known."""
    entries = Counts("条目", "类别", tuple((word, len(getattr(catalog, part))) for part, word in SECTION_WORDS.items()))
    tables = (entries, *_of_measures(catalog), *_of_lists(catalog), *_of_instruments(catalog), *_of_bases(catalog))
    return Statistics(tables, tuple(_figures(catalog, cases)))


def _of_measures(catalog: Catalog) -> Iterator[Counts]:
    measures = catalog.measures.values()
    classes = (one.measure_class.zh if one.measure_class is not None else _INCENTIVE for one in measures)
    items = (one.item.zh if one.item is not None else _INCENTIVE for one in measures)
    yield _counted("措施", "方向", (one.effect.zh for one in measures))
    yield _counted("措施", "措施类别", classes)
    yield _counted("措施", "尺度", (one.degree.zh for one in measures))
    yield _counted("措施", "约束力", (one.binding.zh for one in measures))
    yield _counted("措施", "触发", (one.trigger.zh for one in measures))
    yield _counted("措施", "措施种类", items)
    yield _counted("措施", "层级", ("全国" if one.layer == NATIONAL else one.region or one.layer for one in measures))
    yield _counted("措施", "状态", ("在用" if one.status == "active" else "已停用" for one in measures))


def _of_lists(catalog: Catalog) -> Iterator[Counts]:
    lists = catalog.lists.values()
    yield _counted("名单", "名单类型", (one.kind.zh for one in lists))
    yield _counted("名单", "范围", ("全国" if one.scope == NATIONAL else "地方" for one in lists))
    yield _counted("名单", "公开属性", (one.disclosure.zh for one in lists))


def _of_instruments(catalog: Catalog) -> Iterator[Counts]:
    instruments = catalog.instruments.values()
    yield _counted("依据文件", "效力层级", (one.level.zh for one in instruments))
    yield _counted("依据文件", "日期核对", (one.dates.zh for one in instruments))
    yield _counted("依据文件", "施行", map(_dated, instruments))


def _dated(instrument: Instrument) -> str:
    if instrument.valid_from is None:
        return "施行日期不明"
    return "未载明终止日期" if instrument.valid_to is None else "载明终止日期"


def _of_bases(catalog: Catalog) -> Iterator[Counts]:
    bases = list(_bases(catalog))
    yield _counted("依据", "出处", (section for section, _ in bases))
    yield _counted("依据", "作用", (basis.carries.zh for _, basis in bases))
    yield _counted("依据", "条文核对状态", (basis.text.zh for _, basis in bases))
    yield _counted("依据", "效力层级", (catalog.instruments[basis.instrument].level.zh for _, basis in bases))


def _bases(catalog: Catalog) -> Iterator[tuple[str, Basis]]:
    """Return every place where an article is cited, with the part of the catalogue it stands in."""
    return ((SECTION_WORDS[citation.section], citation.basis) for citation in citations(catalog))


def _figures(catalog: Catalog, cases: Mapping[str, int] | None) -> Iterator[tuple[str, int]]:
    bases = [basis for _, basis in _bases(catalog)]
    yield "被引用的依据文件", len({basis.instrument for basis in bases})
    yield "被引用的条", len({(basis.instrument, basis.article) for basis in bases if basis.article is not None})
    yield "法律状态发生变化的日期", len(compile_catalog(catalog, "").boundaries)
    if cases is not None:
        yield "有用例的条目", len(cases)
        yield "用例", sum(cases.values())


def _counted(of: str, by: str, words: Iterable[str]) -> Counts:
    return Counts(of, by, tuple(Counter(words).most_common()))


def statistics_text(found: Statistics) -> str:
    """Return the numbers as a text that reads well as Markdown too (目录统计)."""
    parts = []
    for table in found.tables:
        lines = Lines(f"{table.of}：按{table.by}", f"{table.total}", "合计")
        for word, count in table.rows:
            lines.add(word, count)
        parts.append(lines.text())
    lines = Lines("其他", f"{len(found.figures)}", "项")
    for word, count in found.figures:
        lines.add(word, count)
    return "\n\n".join([*parts, lines.text()])


def statistics_document(found: Statistics) -> dict[str, Any]:
    """Return the numbers as JSON values (目录统计文档)."""
    return {
        "tables": [
            {"of": table.of, "by": table.by, "total": table.total, "counts": dict(table.rows)} for table in found.tables
        ],
        "figures": dict(found.figures),
    }
