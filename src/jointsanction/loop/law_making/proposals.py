"""Changing the catalogue with four eyes (目录修改、四眼审核): one person proposes a change, another one approves it."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.catalog.layer import laid_over, refuse_strange
from jointsanction.errors import AccessError, LoopError
from jointsanction.identity.masks import stated
from jointsanction.loop.access.permits import permit
from jointsanction.loop.law_making.standing import digests, overtaken, standing_in
from jointsanction.loop.law_making.trying import LookedOver, Remarked, look_over
from jointsanction.model.audit import Deed
from jointsanction.model.proposal import Proposal
from jointsanction.store.docket.audit import append
from jointsanction.store.docket.proposals import (
    approved_numbers,
    decide_proposal,
    instant_of_decision,
    proposal_of,
    proposals_known,
    write_proposal,
)
from jointsanction.store.instants import to_micros
from jointsanction.terms import AccountRole, AuditAction, ProposalState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from jointsanction.loop.desk import Desk
    from jointsanction.model.caller import Caller
    from jointsanction.model.catalogue import Catalog
    from jointsanction.store.docket.docket import Docket

_DIGITS: Final = 3
_STALE: Final = "这个文件在提出以后有了变动，而这项修改是照原来的文本写的。"


class Change(NamedTuple):
    """What is to be changed (修改内容): a title that says what and why, and whole files, path to text."""

    title: str
    files: Mapping[str, str]


def propose(desk: Desk, base: Catalog, change: Change, caller: Caller) -> Proposal:
    """Keep a change for somebody else to decide on (提出修改); what can't be loaded is none.

    `base` is the catalogue without any approved change, here and in what follows.

    Raises:
        AccessError: `access.role` without the role of an author.
        LoopError: `loop.proposal_files`, `loop.proposal_untitled`.
        CatalogError: what keeps it from being loaded.
    """
    permit(caller, AccountRole.AUTHOR)
    if not change.title.strip():
        raise LoopError("loop.proposal_untitled", "修改没有写明标题。", "用一句话写明改什么、为什么。")
    refuse_strange(change.files)
    standing = standing_in(desk.docket)
    laid_over(base, standing.with_(change.files))
    now = desk.clock()
    made = Proposal(
        number=f"MLXG-{now:%Y%m%d}-{secrets.token_hex(_DIGITS).upper()}",
        title=change.title.strip(),
        files=dict(change.files),
        against=digests(base, standing, change.files),
        author=caller.account,
        state=ProposalState.PROPOSED,
        recorded_at=now,
    )
    with desk.docket.writing() as connection:
        write_proposal(connection, made)
        append(connection, [_deed(made, caller)], at=to_micros(now), seal_with=desk.seal)
    return made


def review(docket: Docket, base: Catalog, proposal: Proposal, as_of: date) -> LookedOver:
    """Return what is to be said of a change before it is decided on, as the catalogue is now (审核检查)."""
    standing = standing_in(docket)
    looked = look_over(base, standing.with_(proposal.files), as_of)
    stale = (Remarked(path, 1, 1, "error", "stale", _STALE) for path in overtaken(base, standing, proposal))
    return replace(looked, remarks=(*stale, *looked.remarks))


def approve(desk: Desk, base: Catalog, number: str, caller: Caller) -> Proposal:
    """Approve a change that somebody else proposed (审核通过): from now on it is part of the catalogue.

    It is looked over again: the catalogue may be another by now than when it was proposed. Where what it was written
    against is another, it is not approved at all.

    Raises:
        AccessError: `access.role` without the role of a reviewer; `access.four_eyes` for a change of one's own.
        LoopError: `loop.no_such_proposal`; `loop.proposal_decided`; `loop.proposal_stale`; `loop.proposal_unsound` with
            what is wrong; `loop.proposal_overtaken` when another change was approved at the same time.
    """
    found = _another_persons(desk.docket, number, caller)
    standing = standing_in(desk.docket)
    stale = overtaken(base, standing, found)
    if stale:
        raise LoopError("loop.proposal_stale", f"不能通过 {stale[0]}：{_STALE}", "请编制人照现在的文本重新提出。")
    looked = look_over(base, standing.with_(found.files), desk.clock().date())
    if not looked.sound:
        first = next(each for each in looked.remarks if each.level == "error")
        message = f"修改还有错误，不能通过：{first.file}:{first.line} {first.message}"
        raise LoopError("loop.proposal_unsound", message, "请退回编制人改正后重新提出。")
    return _decide(desk, found, (ProposalState.APPROVED, "审核通过"), caller, seen=standing.numbers)


def refuse(desk: Desk, number: str, reason: str, caller: Caller) -> Proposal:
    """Refuse a change that somebody else proposed, and say why (审核不通过).

    Raises:
        AccessError: as `approve`.
        LoopError: `loop.no_such_proposal`; `loop.proposal_decided`; `loop.no_reason`.
    """
    found = _another_persons(desk.docket, number, caller)
    said = stated(reason)
    if not said:
        raise LoopError("loop.no_reason", "没有写明不予通过的理由。", "写明哪里不对、怎样改。")
    return _decide(desk, found, (ProposalState.REFUSED, said), caller)


def revoke(desk: Desk, number: str, caller: Caller) -> Proposal:
    """Take back a change of one's own that nobody decided on yet (撤回).

    Raises:
        AccessError: `access.not_the_author`.
        LoopError: `loop.no_such_proposal`; `loop.proposal_decided`.
    """
    found = _open(desk.docket, number)
    if found.author != caller.account:
        raise AccessError("access.not_the_author", "只有提出人可以撤回。", "审核人请用“不予通过”并写明理由。")
    return _decide(desk, found, (ProposalState.REVOKED, "提出人撤回"), caller)


def proposals(docket: Docket, state: ProposalState | None = None) -> tuple[Proposal, ...]:
    """Return all changes, or those of one state: in the order in which they were decided, the open ones last."""
    with docket.reading() as connection:
        return proposals_known(connection, state)


def approved(docket: Docket) -> dict[str, str]:
    """Return the files of all approved changes, path to text, a later one in the place of an earlier (已通过的修改)."""
    return dict(standing_in(docket).files)


def find(docket: Docket, number: str) -> Proposal:
    """Return a change by its number (取目录修改).

    Raises:
        LoopError: `loop.no_such_proposal`.
    """
    with docket.reading() as connection:
        found = proposal_of(connection, number)
    if found is None:
        raise LoopError("loop.no_such_proposal", "没有这项目录修改。", "请核对编号。")
    return found


def _another_persons(docket: Docket, number: str, caller: Caller) -> Proposal:
    permit(caller, AccountRole.REVIEWER)
    found = _open(docket, number)
    if found.author == caller.account:
        raise AccessError("access.four_eyes", "自己提出的修改须由另一人审核。", "请由另一个有审核岗位的账户办理。")
    return found


def _open(docket: Docket, number: str) -> Proposal:
    found = find(docket, number)
    if found.state is not ProposalState.PROPOSED:
        raise _decided(f"（{found.state.zh}）")
    return found


def _decide(
    desk: Desk, found: Proposal, what: tuple[ProposalState, str], caller: Caller, *, seen: tuple[str, ...] | None = None
) -> Proposal:
    """Write a decision, for an approval only while no other change was approved than the reviewer `seen`."""
    state, reason = what
    with desk.docket.writing() as connection:
        if seen is not None and approved_numbers(connection) != seen:
            message = "审核期间另一项目录修改已经通过，刚才的检查不再作准，这一项没有通过。"
            raise LoopError("loop.proposal_overtaken", message, "请重新打开这项修改，看过新的检查结果再审核。")
        now = instant_of_decision(connection, desk.clock())
        done = replace(found, state=state, reviewer=caller.account, reason=reason, decided_at=now)
        if not decide_proposal(connection, done, now):
            raise _decided("")
        append(connection, [_deed(done, caller)], at=to_micros(now), seal_with=desk.seal)
    return done


def _decided(word: str) -> LoopError:
    return LoopError("loop.proposal_decided", f"这项修改已经有了结论{word}。", "需要再改的，请另行提出。")


def _deed(proposal: Proposal, caller: Caller) -> Deed:
    said = {"state": proposal.state.value, "author": proposal.author, "files": sorted(proposal.files)}
    return Deed(action=AuditAction.PROPOSAL, caller=caller, about=proposal.number, detail=said)
