"""Make a page of every entry of the shipped catalogue: its text, what rests on it, the cases beside it, all linked."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from decision_pages import decision_pages
from jointsanction.catalog.chain import links
from jointsanction.catalog.compiling.powers import powers_of
from jointsanction.catalog.explain import explain
from jointsanction.catalog.files import NATIONAL
from jointsanction.catalog.stats import statistics, statistics_text
from jointsanction.catalog.wording import SECTION_WORDS
from jointsanction.engine import shanghai_now
from jointsanction.testing import read_cases
from jointsanction.testing.counting import count_cases
from migration_part import migration_part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from jointsanction.model.catalogue import Catalog, Department, Measure, PowerItem

SECTIONS: Final = {section: word for section, word in SECTION_WORDS.items() if section != "forbidden"}
"""The parts of a catalogue whose entries have a page, and their titles."""

_ID: Final = re.compile(r"（([A-Za-z0-9][A-Za-z0-9.\-]*)(?=[），])")


class Use(NamedTuple):
    """One entry that rests on another, and how (引用)."""

    section: str
    id: str
    how: str


def pages(catalog: Catalog, root: Path) -> dict[str, str]:
    """Return the Markdown of every page by its path below the folder of generated pages; `root` holds the cases."""
    uses, cases = _uses(catalog), dict(_cases(root))
    numbers = statistics_text(statistics(catalog, count_cases([root])))
    found = {"catalogue/index": _overview(catalog, reference_rows(root / "docs" / "rows.tsv"), numbers)}
    found |= decision_pages(catalog, root / "docs", table)
    for section in SECTIONS:
        found[f"catalogue/{section}/index"] = _index(catalog, section, uses)
        for entry in getattr(catalog, section):
            text = _entry(catalog, section, entry)
            parts = [
                text,
                _used_by(catalog, uses[section, entry]),
                cases.get(entry, "") if section != "matters" else "",
            ]
            found[f"catalogue/{section}/{entry}"] = "\n\n".join(part for part in parts if part) + "\n"
    return found


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table."""
    titles = list(head)
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in lines
    )


def _entry(catalog: Catalog, section: str, entry: str) -> str:
    # An entry may share its name with another: the matter and the list of one title.
    texts = explain(catalog, entry).split("\n\n## ")
    text = next(each for each in texts if f"`{entry}` ·" in each.partition("\n- ")[0]).removeprefix("## ")
    title, _, body = text.partition("\n")
    # Not in the tree of contents: a tree of hundreds in the margin of every page would be slow and of no use.
    top = f"---\norphan: true\n---\n\n# {title}\n\n[随包目录](../index.md) › [{SECTIONS[section]}](index.md)\n"
    return f"{top}\n{_linked(catalog, body, getattr(catalog, section)[entry])}"


def _linked(catalog: Catalog, text: str, entry: Any) -> str:  # noqa: ANN401 - any kind of entry
    """Return a text in which every id and every cited title leads to its page."""

    def link(found: re.Match[str]) -> str:
        section = next((each for each in SECTIONS if found[1] in getattr(catalog, each)), None)
        return f"（[{found[1]}](../{section}/{found[1]}.md)" if section else found[0]

    text = _ID.sub(link, text)
    for instrument in dict.fromkeys(basis.instrument for basis in _bases(entry)):
        title = f"《{catalog.instruments[instrument].title}》"
        text = text.replace(title, f"[{title}](../instruments/{instrument}.md)")
    return text


def _bases(entry: Any) -> Iterator[Any]:  # noqa: ANN401 - any kind of entry
    yield from getattr(entry, "basis", ())
    for member in getattr(entry, "members", ()):
        yield from member.basis
    window = getattr(entry, "window", None)
    if window is not None:
        yield from window.basis


def _uses(catalog: Catalog) -> dict[tuple[str, str], list[Use]]:
    """Return what rests on each entry."""
    found: dict[tuple[str, str], list[Use]] = defaultdict(list)
    below = _below(catalog)
    for section in SECTIONS:
        for entry_id, entry in getattr(catalog, section).items():
            for basis in _bases(entry):
                place = f"第{basis.article}条" if basis.article and basis.article.isdigit() else basis.article or ""
                found["instruments", basis.instrument].append(Use(section, entry_id, f"{basis.carries.zh}{place}"))
    for group in catalog.groups.values():
        for member in group.members:
            found["lists", member.list].append(Use("groups", group.code, "组成名单"))
    for measure in catalog.measures.values():
        for section, target, how in _targets(catalog, measure, below):
            found[section, target].append(Use("measures", measure.id, how))
        for link in links(measure, catalog):
            found["departments", link.department.id].append(Use("measures", measure.id, f"实施主体“{link.authority}”"))
    for department, power in powers_of(catalog):
        _add_powers(found, department, power)
    return found


def _add_powers(found: dict[tuple[str, str], list[Use]], department: Department, power: PowerItem) -> None:
    for code in power.matters:
        found["matters", code].append(Use("departments", department.id, f"权力事项 {power.code}"))


def _targets(catalog: Catalog, measure: Measure, below: dict[str, set[str]]) -> Iterator[tuple[str, str, str]]:
    targets = measure.targets
    for code in targets.lists:
        yield "lists", code, "对象"
    for code in targets.clue_lists:
        yield "lists", code, "线索"
    for code in targets.groups:
        yield "groups", code, "对象"
        for member in catalog.groups[code].members:
            yield "lists", member.list, "对象（经对象组）"
    if targets.grades is not None:
        yield "schemes", targets.grades.scheme, "等级"
    for code in measure.matters:
        for reached in below[code]:
            yield "matters", reached, "直接" if reached == code else f"经上级 {code}"


def _below(catalog: Catalog) -> dict[str, set[str]]:
    """Return every matter with all that lie below it, itself among them."""
    found: dict[str, set[str]] = {code: {code} for code in catalog.matters}
    for code in catalog.matters:
        above = [code]
        while above:
            for parent in catalog.matters[above.pop()].parents:
                found[parent].add(code)
                above.append(parent)
    return found


def _used_by(catalog: Catalog, uses: list[Use]) -> str:
    if not uses:
        return ""
    told: dict[tuple[str, str], list[str]] = defaultdict(list)
    for use in uses:
        told[use.section, use.id].append(use.how)
    rows = (
        [
            SECTIONS[section],
            f"[{entry}](../{section}/{entry}.md)",
            getattr(catalog, section)[entry].title,
            "、".join(dict.fromkeys(how)),
        ]
        for (section, entry), how in sorted(told.items())
    )
    return f"## 用到它的条目（{len(told)}）\n\n{table(['类别', '代码', '名称', '怎样用到'], rows)}"


def _cases(root: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(root.rglob("*.test.yaml")):
        rows = [
            [
                case.name,
                str(case.as_of or ""),
                case.matter or "",
                "、".join(f"`{each}`" for each in case.want or ()) or "无",
            ]
            for case in read_cases(path)
        ]
        yield (
            path.name.removesuffix(".test.yaml"),
            f"## 用例（{len(rows)}）\n\n{table(['情形', '基准日', '事项', '适用的措施'], rows)}",
        )


def _index(catalog: Catalog, section: str, uses: dict[tuple[str, str], list[Use]]) -> str:
    entries = getattr(catalog, section)
    head, row = _COLUMNS.get(section, (("名称",), lambda entry: (entry.title,)))
    rows = (
        [f"[{name}]({name}.md)", *row(entry), str(len({(use.section, use.id) for use in uses[section, name]}))]
        for name, entry in sorted(entries.items())
    )
    return f"# {SECTIONS[section]}\n\n共 {len(entries)} 条。\n\n{table(['代码', *head, '引用'], rows)}\n"


def _measure_row(measure: Measure) -> tuple[str, ...]:
    layer = "全国" if measure.layer == NATIONAL else measure.layer
    return measure.title, measure.effect.zh, measure.degree.zh, measure.binding.zh, "、".join(measure.matters), layer


_COLUMNS: Final[dict[str, tuple[tuple[str, ...], Callable[[Any], tuple[str, ...]]]]] = {
    "measures": (("名称", "方向", "尺度", "约束力", "事项", "层级"), _measure_row),
    "lists": (("名称", "类型", "认定单位"), lambda one: (one.title, one.kind.zh, "、".join(one.authority))),
    "matters": (("名称", "性质", "上级"), lambda one: (one.title, one.kind.zh, "、".join(one.parents))),
    "instruments": (
        ("名称", "文号", "层级", "施行", "失效"),
        lambda one: (
            one.title,
            one.document_number or "",
            one.level.zh,
            str(one.valid_from or "不详"),
            str(one.valid_to or ""),
        ),
    ),
    "departments": (
        ("名称", "地域", "措施中称为", "权力事项"),
        lambda one: (one.title, one.region, "、".join(one.authorities), str(len(one.powers))),
    ),
}


DECISIONS: Final = {
    "encoded": "已编码",
    "partly": "部分编码",
    "elsewhere": "由他行编码",
    "not-a-measure": "不是措施",
    "no-basis": "没有依据",
    "text-missing": "没有文本",
}
"""What was decided about a row of the reference, and its word (编码情况)."""


class Row(NamedTuple):
    """What became of one row of the reference the catalogue was made from (参考行)."""

    row: str
    decision: str
    entries: tuple[str, ...]
    note: str


def reference_rows(path: Path) -> list[Row]:
    """Return what became of each row of the reference."""
    lines = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:])
    return [Row(row, decision, tuple(filter(None, entries.split(","))), note) for row, decision, entries, note in lines]


def _overview(catalog: Catalog, rows: list[Row], numbers: str) -> str:
    counts = [[title, f"[{len(getattr(catalog, section))}]({section}/index.md)"] for section, title in SECTIONS.items()]
    bases = Counter(
        (basis.text.zh, measure.effect.zh) for measure in catalog.measures.values() for basis in measure.basis
    )
    texts = sorted({text for text, _ in bases})
    ways = sorted({way for _, way in bases})
    by_text = [
        [text, *(str(bases[text, way]) for way in ways), str(sum(bases[text, way] for way in ways))] for text in texts
    ]
    parts = ["# 随包目录", "每个条目一页，互相链接；数字由目录算出。", table(["内容", "条数"], counts)]
    parts += ["## 措施的依据", "“已核对原文”的，条文逐条读过；其余只作提示，不作为限制的依据。"]
    parts += [table(["条文核对状态", *ways, "合计"], by_text), _rows_part(catalog, rows)]
    parts += [migration_part(catalog, shanghai_now().date(), table), numbers]
    return "\n\n".join(parts) + "\n"


def _rows_part(catalog: Catalog, rows: list[Row]) -> str:
    decided = Counter(row.decision for row in rows)
    counts = table(["处理", "行数"], ([word, str(decided[key])] for key, word in DECISIONS.items()))
    open_rows = [row for row in rows if row.decision != "encoded"]
    listed = table(
        ["参考行", "处理", "条目", "说明"],
        ([row.row, DECISIONS[row.decision], _links(catalog, row.entries), row.note] for row in open_rows),
    )
    encoded = table(
        ["参考行", "条目"],
        ([row.row, _links(catalog, row.entries)] for row in rows if row.decision == "encoded"),
    )
    told = (
        "编目录时逐行对照一份参考表（全国清单的重建、名单与事项矩阵、两份中央文件逐项）；"
        "每一行的去处都在这里，两个方向都由测试核对。"
    )
    parts = ["## 参考行与目录的对应", told, counts, "### 没有编成或只编了一部分的", listed, "### 已编码的", encoded]
    return "\n\n".join(parts)


def _links(catalog: Catalog, entries: Iterable[str]) -> str:
    found = []
    for entry in entries:
        section = next((each for each in SECTIONS if entry in getattr(catalog, each)), None)
        found.append(f"[{entry}]({section}/{entry}.md)" if section else f"`{entry}`")
    return "、".join(found)
