"""What changed between two catalogues, in words (目录差异): as command line and console say it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jointsanction.catalog.wording import SECTION_WORDS
from jointsanction.telling.page import Block, Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jointsanction.catalog.diff import EntryChange, FactChange

HOW: Final = {"added": "新增", "removed": "删除", "changed": "修改"}
"""What became of an entry (变化)."""


def change_parts(changes: Sequence[EntryChange], longest: int | None = None) -> Iterator[Block]:
    """Yield a block for each section of which entries changed (逐类变化), texts cut after `longest` signs."""
    for section, title in SECTION_WORDS.items():
        lines = [line for change in changes if change.section == section for line in _lines(change, longest)]
        if lines:
            yield Block(title, tuple(lines))


def _lines(change: EntryChange, longest: int | None) -> Iterator[Line]:
    yield Line(HOW[change.how], f"{change.title}（{change.id}）")
    for fact in change.facts:
        yield Line(f"  {fact.label}", _fact_text(fact, longest))
    if change.how == "changed" and not change.facts:
        yield Line("  核对信息", "只改了不影响结论的内容，例如 anchor、条文指纹")


def _fact_text(fact: FactChange, longest: int | None) -> str:
    if len(fact.before) <= 1 and len(fact.after) <= 1:
        before, after = (_short(lines[0], longest) if lines else "（无）" for lines in (fact.before, fact.after))
        return f"{before} → {after}"
    gone, came = ([_short(line, longest) for line in lines] for lines in (fact.before, fact.after))
    return "；".join([*(f"删去 {line}" for line in gone), *(f"加上 {line}" for line in came)])


def _short(text: str, longest: int | None) -> str:
    return text if longest is None or len(text) <= longest else text[: longest - 1] + "…"
