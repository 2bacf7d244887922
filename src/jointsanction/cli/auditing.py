"""The report on what to clean in a catalogue (清理), as a page or as JSON."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from jointsanction.catalog.audit import Concern, audit, audit_document
from jointsanction.catalog.bundle import catalog_version
from jointsanction.cli.cataloguing import load_asked
from jointsanction.cli.screen import show
from jointsanction.engine import shanghai_now
from jointsanction.errors import QuestionError
from jointsanction.steps.asking.days import read_day
from jointsanction.telling.page import Block, Headline, Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from jointsanction.catalog.audit import Audit
    from jointsanction.telling.page import Part


def show_audit(catalogues: Sequence[Path], as_of: str | None, within: int, *, as_json: bool) -> None:
    """Show what to clean in the given roots, without any in the shipped catalogue (清理).

    Raises:
        QuestionError: `question.within`, `question.date`.
    """
    if within < 0:
        raise QuestionError("question.within", f"--within {within} 不是天数。", "请写零或者正整数，例如 90。")
    day = shanghai_now().date() if as_of is None else read_day(as_of, "基准日")
    loaded = load_asked(catalogues)
    found = audit(loaded, day, within)
    if as_json:
        document = audit_document(found, catalog_version(loaded.catalog))
        sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
    else:
        show(_parts(found))


def _parts(found: Audit) -> Iterator[Part]:
    yield Headline(f"{found.as_of}：要看的共 {len(found.items)} 处（将失效的看 {found.within} 天以内）")
    for concern in Concern:
        items = found.of(concern)
        lines = (
            Line("", f"{item.file}:{item.line}:{item.column}: {item.id} {item.title}：{item.why}") for item in items
        )
        yield Block(f"{concern.zh}（{len(items)} 处）", tuple(lines))
    yield Block("数据说明", tuple(Line("", note) for note in found.notes))
