"""Holding citations against the statutes (条文核对), and what is said about it."""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import TYPE_CHECKING, Final

import typer

from jointsanction.catalog.statutes.pins import write_pins
from jointsanction.catalog.statutes.texts import Library
from jointsanction.catalog.statutes.verify import verify
from jointsanction.cli.cataloguing import load_asked
from jointsanction.cli.failures import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jointsanction.catalog.statutes.verify import Verified

OUTCOMES: Final = {
    "passed": "条文核对通过",
    "whole": "引用整件文件",
    "sourced": "文本库没有、写明在别处读到",
    "recalled": "未核对原文",
    "failed": "不符",
}
"""Every outcome for a citation, in words."""


def verify_citations(statutes: Path, catalogues: Sequence[Path], *, write: bool, as_json: bool) -> None:
    """Write every remark on the citations of the given roots, and the counts; of the shipped catalogue without any.

    Raises:
        CatalogError: `catalog.no_statutes`; what the roots themselves have wrong.
    """
    library = Library(statutes)
    loaded = load_asked(catalogues)
    changed: tuple[Path, ...] = ()
    if write:
        changed = write_pins(loaded, library)
        loaded = load_asked(catalogues)
    verified = verify(loaded, library)
    sys.stdout.write(_document(verified, changed) if as_json else _text(verified, changed))
    if any(problem.level == "error" for problem in verified.problems):
        raise typer.Exit(ExitCode.BAD_DATA)


def _text(verified: Verified, changed: Sequence[Path]) -> str:
    lines = [f"已写入指纹：{path}" for path in changed]
    # An unpinned article needs no line of its own: one command pins them all.
    lines += [str(problem) for problem in verified.problems if problem.code != "not-pinned"]
    unpinned = sum(problem.code == "not-pinned" for problem in verified.problems)
    if unpinned:
        lines.append(f"{unpinned} 处引用的条文还没有指纹；加 --write 写入。")
    said = (f"{word} {verified.counts[outcome]}" for outcome, word in OUTCOMES.items())
    lines.append(f"引用 {verified.counts.total()} 处：" + "，".join(said) + "。")
    return "\n".join(lines) + "\n"


def _document(verified: Verified, changed: Sequence[Path]) -> str:
    document = {
        "counts": {outcome: verified.counts[outcome] for outcome in OUTCOMES},
        "remarks": dict(sorted(Counter(problem.code for problem in verified.problems).items())),
        "problems": [problem._asdict() for problem in verified.problems],
        "written": [str(path) for path in changed],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
