"""What an answer tells of whom it is about (身份说明): how surely known, candidates masked, what to beware of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from jointsanction.identity.keys import name_keys_of
from jointsanction.identity.masks import mask_id, mask_name
from jointsanction.model.shown import IdentityShown, Notice, SubjectShown
from jointsanction.steps.concluding.question_words import question_notices
from jointsanction.steps.concluding.verdict_words import verdict_notices
from jointsanction.steps.standing.repairable import process_notices, repeat_notices
from jointsanction.terms import IdentityStatus, IdState, Reason

if TYPE_CHECKING:
    from jointsanction.catalog.compile import Tables
    from jointsanction.identity.identify import Identified
    from jointsanction.model.subject import Question
    from jointsanction.steps.concluding.conclude import Bound
    from jointsanction.steps.planning.plan import Plan
    from jointsanction.steps.standing.in_force import Standing
    from jointsanction.steps.standing.lookup import Found


def subject_shown(identity: Identified) -> SubjectShown:
    """Return who was asked about, as recognised."""
    return SubjectShown(identity.kind, identity.id_type, identity.id, identity.name)


def found_notices(found: tuple[Found, ...], tables: Tables) -> tuple[Notice, ...]:
    """Return what the reader must know of what was found: lists this catalogue has not, candidates looked into.

    Listings of a list that the catalogue doesn't know can set nothing off.
    """
    known = tables.catalog.lists
    strangers = sorted({each.listing.list for each in found if each.listing.list not in known})
    notices = [
        Notice("data.unknown-list", f"名单库中有名单 {code} 的记录，但目录中没有这一名单；请加载相应目录。")
        for code in strangers
    ]
    for each in found:
        verdict = each.verdict
        if verdict is None or each.listing.list not in known:
            continue
        notices += verdict_notices(each, verdict, known[each.listing.list].title)
    return tuple(notices)


def plain_identity(question: Question, plan: Plan, *, identified: bool) -> IdentityShown:
    """Return what is shown of whoever leaves nothing to tell but of the question itself."""
    status = IdentityStatus.CONFIRMED if identified else IdentityStatus.UNIDENTIFIED
    return IdentityShown(status, (), question_notices(question, plan))


def identity_shown(bound: Bound) -> IdentityShown:
    """Return how surely the subject is known, its candidates masked, and what the reader must know."""
    identity, plain = bound.identity, bound.prepared.identity
    nothing_beside = identity.name is None and not identity.warnings and len(bound.found) == len(bound.seen.sights)
    if nothing_beside and bound.settled.quiet and identity.state is IdState.OK:
        return plain
    standings = bound.seen.standings
    candidates = tuple(_candidate(standing, bound) for standing in standings if standing.found.by_name)
    status = plain.status
    if status is IdentityStatus.UNIDENTIFIED and candidates:
        status = IdentityStatus.CANDIDATES
    notices = (*plain.warnings, *found_notices(bound.found, bound.tables))
    warnings = [*(Notice(*warning) for warning in identity.warnings), *notices]
    if status is IdentityStatus.UNIDENTIFIED:
        warnings.append(Notice("identity.unidentified", "仅凭名称或脱敏号码不能确认身份；请提供完整证件号码。"))
    for standing in standings:
        warnings += _notices(identity, standing, bound)
    warnings += repeat_notices(standings, bound.tables.catalog)
    return IdentityShown(status, candidates, tuple(dict.fromkeys(warnings)))


def _candidate(standing: Standing, bound: Bound) -> dict[str, Any]:
    listing = standing.found.listing
    number = listing.uscc or listing.resident_id or listing.other_id
    return {
        "list": listing.list,
        "list_name": bound.tables.catalog.lists[listing.list].title,
        "name": mask_name(listing.name) if listing.name else None,
        "id": mask_id(number) if number else None,
        "listed_on": None if listing.listed_on is None else listing.listed_on.isoformat(),
        "state": standing.reason,
        "source": {"batch": listing.batch, "row": listing.row},
    }


_DATA_NOTICES: Final = {
    Reason.LAPSED: ("data.lapsed-not-removed", "期限已满但未见移出记录，请提请认定单位移出"),
    Reason.UNSUPPORTED: ("data.no-instrument", "缺少决定文书文号，不作为惩戒依据，请提请认定单位补正"),
    Reason.ANNOUNCED_ONLY: ("data.announced-only", "仅有事前告知，尚未列入"),
    Reason.MISSING_FROM_EDITION: ("data.missing-from-edition", "最新一期名单中未见，请向认定单位核实是否移出"),
}


def _notices(identity: Identified, standing: Standing, bound: Bound) -> list[Notice]:
    found = standing.found
    if found.by_name:
        return []
    title, notices = bound.tables.catalog.lists[found.listing.list].title, []
    if found.way != "own":
        return list(process_notices(standing, f"{title}（关联方的记录）"))
    if standing.reason in _DATA_NOTICES:
        code, text = _DATA_NOTICES[standing.reason]
        notices.append(Notice(code, f"{title}：{text}。"))
    notices += process_notices(standing, title)
    names = name_keys_of(found.listing)
    if found.verdict is None and identity.name_key is not None and names and identity.name_key not in names:
        notices.append(Notice("identity.name-differs", f"{title}：证件号码一致而名称不同，可能已更名，请核对。"))
    return notices
