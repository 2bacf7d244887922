"""Showing who is tied to a subject (关联度分析): numbers and names masked, the way there, the lists he stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.cli.checking import write_document
from jointsanction.cli.screen import show
from jointsanction.cli.stored import open_store
from jointsanction.identity.identify import identify
from jointsanction.identity.masks import mask_id, mask_name
from jointsanction.registry.ties import ties
from jointsanction.steps.asking.ask import read_subject
from jointsanction.telling.page import Grid, Headline

if TYPE_CHECKING:
    from jointsanction.registry.ties import Step, Tie

_TOLD: Final = "关联只供分析：措施及于谁，由措施的承担者和规则写明，只走一步；不因有关联而限制任何人。"


class Walk(NamedTuple):
    """Where and how far to walk (关联层数)."""

    store: str | None
    depth: int


def show_ties(number: str, kind: str | None, walk: Walk, *, as_json: bool) -> None:
    """Show who is tied to a subject within some steps (关联度分析).

    Raises:
        QuestionError: `question.depth`.
        SubjectError: an identifier that is none.
        RegistryError: a store that can't be read.
    """
    asked = identify(read_subject(number, kind))
    registry = open_store(walk.store).registry()
    found = ties(asked.keys, registry, depth=walk.depth)
    if as_json:
        write_document({"depth": walk.depth, "ties": [_document(tie) for tie in found]})
        return
    rows = tuple((str(len(tie.steps)), _way(tie), "、".join(_lists(tie)) or "未列入") for tie in found)
    title = f"关联主体（{walk.depth} 层以内，{len(found)} 个）"
    show([Headline(_TOLD), Grid(title, ("层", "路径", "所列名单（含已失效）"), rows)])


def _lists(tie: Tie) -> list[str]:
    return list(dict.fromkeys(listing.list for listing in tie.listings))


def _way(tie: Tie) -> str:
    return "本主体" + "".join(map(_step, tie.steps))


def _step(step: Step) -> str:
    name = mask_name(step.name) if step.name else "未载明名称"
    whose = f"其{step.relation.zh}" if step.forward else f"本身是{step.relation.zh}的"
    return f" → {whose} {name}（{mask_id(step.id)}，见 {step.list}）"


def _document(tie: Tie) -> dict[str, Any]:
    steps = [
        {
            "relation": step.relation,
            "forward": step.forward,
            "id": mask_id(step.id),
            "name": mask_name(step.name) if step.name else None,
            "list": step.list,
        }
        for step in tie.steps
    ]
    return {"degree": len(tie.steps), "path": steps, "lists": _lists(tie)}
