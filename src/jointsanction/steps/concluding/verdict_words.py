"""What the reader must know of candidates that persons looked into (身份核实提示)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.model.shown import Notice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.model.identity_verdict import IdentityVerdict
    from jointsanction.steps.standing.lookup import Found


def verdict_notices(found: Found, verdict: IdentityVerdict, title: str) -> Iterator[Notice]:
    """Yield what was found of a candidate of a list, what of it holds no more, and what contradicts itself."""
    if found.contrary:
        said = "；".join(map(_said, found.contrary))
        text = f"{title}：身份核实结论相反，按未核实处理：{said}。请核实人会商，由其中一方更改。"
        yield Notice("identity.verdict-contrary", text)
    elif found.by_name:
        text = f"{title}：{verdict.decided_on.isoformat()} 的身份核实结论已过有效期，请重新核实。"
        yield Notice("identity.verdict-expired", text)
    elif found.cleared:
        said = f"{verdict.author}，{verdict.decided_on.isoformat()}：{verdict.reason}"
        yield Notice("identity.cleared", f"{title}：同名记录{verdict.outcome.zh}（{said}），不计入。")
    last = {each.author: each for each in found.verdicts}
    for each in found.verdicts:
        if each.outcome is not last[each.author].outcome:
            text = f"{title}：此前的身份核实结论“{_said(each)}”已由其本人更改。"
            yield Notice("identity.verdict-replaced", text)


def _said(verdict: IdentityVerdict) -> str:
    return f"{verdict.outcome.zh}（{verdict.author}，{verdict.decided_on.isoformat()}：{verdict.reason}）"
