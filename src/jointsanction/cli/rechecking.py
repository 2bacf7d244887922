"""Holding stored answers against today's (复查), each bidder of a tender by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from jointsanction.cli.checking import open_engine, write_document
from jointsanction.cli.screen import show
from jointsanction.cli.verifying import verified_answers
from jointsanction.telling.page import Block, Headline, Line
from jointsanction.terms import GradeLevel, Reason, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jointsanction.engine import Engine
    from jointsanction.model.recheck import Change, Recheck
    from jointsanction.telling.page import Part

__all__ = ["open_engine", "recheck_file"]

_PARTS: Final = {
    "verdict": "结论", "complete": "结论完整", "identity": "身份", "grade": "信用等级", "commitments": "信用承诺",
    "missing": "未导入名单", "stale": "已过期名单",
}  # fmt: skip
_KEPT: Final = {"catalogue": "当时的目录", "registry": "当时的名单"}


def recheck_file(path: Path, engine: Engine, *, as_json: bool) -> None:
    """Write what changed since each answer in a file was given (复查).

    Raises:
        ReceiptError: what `receipt verify` raises; `receipt.not_an_answer`.
    """
    rechecks = [engine.recheck(document) for document in verified_answers(path)]
    if as_json:
        write_document({"rechecks": [recheck.model_dump() for recheck in rechecks]})
        return
    changed = sum(1 for recheck in rechecks if recheck.changes)
    show([Headline(f"复查 {len(rechecks)} 份核查结果：{changed} 份与现在不同，{len(rechecks) - changed} 份相同。")])
    for number, recheck in enumerate(rechecks, 1):
        show(_parts(number, recheck))


def _parts(number: int, recheck: Recheck) -> Iterator[Part]:
    then, now = recheck.then, recheck.now
    lines = [
        Line("凭证", recheck.receipt),
        Line("当时", f"{Verdict(then['verdict']).zh}（基准日 {then['as_of']}，核查于 {then['checked_at']}）"),
        Line("现在", f"{now.verdict.zh}（同一问题，核查于 {now.checked_at.isoformat(timespec='seconds')}）"),
        Line("重现", _reproduced(recheck)),
    ]
    lines.extend(Line(_label(change), _told(change)) for change in recheck.changes)
    yield Block(f"第 {number} 份", tuple(lines))


def _reproduced(recheck: Recheck) -> str:
    if recheck.reproduced is None:
        return f"{'、'.join(_KEPT[each] for each in recheck.not_kept)}没有保存在名单库中，无法重现，变化的原因不明"
    return "用当时的目录和名单重做，结果相同" if recheck.reproduced else "用当时的目录和名单重做，结果不同"


def _label(change: Change) -> str:
    return _PARTS.get(change.what) or f"{change.title}"


def _told(change: Change) -> str:
    because = "、".join(cause.zh for cause in change.because)
    return f"{_said(change, change.then)} → {_said(change, change.now)}（{because}）"


def _said(change: Change, value: Any) -> str:  # noqa: ANN401 - JSON values
    if change.what == "finding":
        return "没有" if value is None else Reason(value["reason"]).zh
    if change.what == "verdict":
        return Verdict(value).zh
    if change.what == "grade":
        return "、".join([GradeLevel(value["level"]).zh if value["level"] else "未评定", *value["independent"]])
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(value) or "无" if isinstance(value, list) else str(value)
