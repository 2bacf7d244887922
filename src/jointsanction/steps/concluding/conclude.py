"""The result of one case (核查结果): the outcome of its profile bound to its own listings, acts and dates."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.identity.keys import name_keys_of
from jointsanction.identity.masks import mask_id, mask_name
from jointsanction.model.result import Finding
from jointsanction.model.shown import IdentityShown, Notice, SubjectShown
from jointsanction.steps.applying.degree import ACT_CAUSES
from jointsanction.steps.concluding.verdict_words import verdict_notices
from jointsanction.steps.standing.repairable import of_act, process_notices, process_steps, repairable, repeat_notices
from jointsanction.steps.standing.term_end import measure_end
from jointsanction.terms import CauseType, IdentityStatus, IdState, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from jointsanction.catalog.compile import Tables
    from jointsanction.identity.identify import Identified
    from jointsanction.model.identity_verdict import IdentityVerdict
    from jointsanction.model.result import Shape
    from jointsanction.model.subject import Act, Listing, Question
    from jointsanction.steps.deriving.profile import Profile
    from jointsanction.steps.planning.plan import Plan
    from jointsanction.steps.standing.in_force import Standing
    from jointsanction.steps.standing.lookup import Found


class Bound(NamedTuple):
    """A case's own listings and acts, in the order of its profile (本案事实)."""

    standings: tuple[Standing, ...]
    profile: Profile
    tables: Tables
    day: date
    counted: Mapping[str, tuple[int, ...]] = {}

    def finding(self, shape: Shape) -> Finding:
        """Return a shape with the cause, path, end and repair of this case."""
        if shape.cause_type is None or shape.cause_at is None:
            return Finding(shape, None, (), None, _unasked)
        if shape.cause_type in ACT_CAUSES:
            act = self.profile.acts[shape.cause_at]
            until = act.term(shape.measure.id).until if shape.measure and not act.act.ruled_out else None
            path = tuple(self._rule_steps(shape))
            repair = partial(_statutory, act.act, shape)
            return Finding(shape, self.act_cause(act.act, shape.cause_type), path, until, repair)
        standing = self.standings[shape.cause_at]
        return Finding(
            shape,
            self.listing_cause(standing.found.listing, shape.cause_type),
            self._path(shape, standing),
            _until(shape, standing),
            partial(self._repair, standing),
        )

    def listing_cause(self, listing: Listing, kind: CauseType) -> dict[str, Any]:
        """Return a listing as answers show what set something off."""
        return {
            "type": kind,
            "list": listing.list,
            "list_name": self.tables.catalog.lists[listing.list].title,
            "listed_on": _iso(listing.listed_on),
            "instrument_no": listing.instrument_no,
            "source": {"batch": listing.batch, "row": listing.row},
        }

    def _path(self, shape: Shape, standing: Standing) -> tuple[dict[str, Any], ...]:
        found, steps = standing.found, []
        if found.way != "own":
            steps.append({"relation": found.relation, "way": found.way, "subject": _other_end(found)})
        if found.verdict is not None and not found.by_name:
            steps.append(_verdict_step(found.verdict))
        steps += process_steps(standing)
        steps += self._rule_steps(shape)
        causes = (self.standings[at].found.listing for at in dict.fromkeys(shape.because))
        return (*steps, *(self.listing_cause(listing, CauseType.LISTING) for listing in causes))

    def _rule_steps(self, shape: Shape) -> Iterator[dict[str, Any]]:
        for rule in shape.rules:
            entry = self.tables.catalog.rules[rule]
            yield {"rule": rule, "title": entry.title, "explanation": entry.explanation}

    def act_cause(self, act: Act, kind: CauseType = CauseType.ACT) -> dict[str, Any]:
        """Return an act as answers show what set something off."""
        return {
            "type": kind,
            "act": act.type,
            "act_name": act.type.zh,
            "decision_made": _iso(act.decision_made),
            "document_number": act.document_number,
            "relation": act.relation,
        }

    def _repair(self, standing: Standing) -> dict[str, Any] | None:
        found = repairable(standing, self.tables.catalog, self.day)
        return None if found is None else found.model_dump()


def _other_end(found: Found) -> str | None:
    """Return who stands at the other end of a relation, masked: the person named, or whom the listing is about."""
    if found.way == "from-question":
        return None if found.related_id is None else mask_id(found.related_id)
    listing = found.listing
    number = listing.uscc or listing.resident_id or listing.other_id
    return None if number is None else mask_id(number)


def _until(shape: Shape, standing: Standing) -> date | None:
    """A measure with a term of its own ends with it, or with the listing if that comes first."""
    if shape.measure is None or not shape.measure.term:
        return standing.until
    own = measure_end(standing.found.listing.listed_on, shape.measure.term)
    return min(own, standing.until or own)


def _unasked() -> None:
    """Say nothing of repair: there is nothing that could be repaired."""


def _statutory(act: Act, shape: Shape) -> dict[str, Any] | None:
    """A ban that rests on an act or sentence does not fall with the repair of a listing (REFERENCE P-notes)."""
    if act.ruled_out:
        return None
    return of_act(None if shape.measure is None else shape.measure.trigger)


def _verdict_step(verdict: IdentityVerdict) -> dict[str, Any]:
    return {
        "verdict": verdict.outcome,
        "author": verdict.author,
        "reason": verdict.reason,
        "decided_on": _iso(verdict.decided_on),
        "expires_on": _iso(verdict.expires_on),
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def is_identified(identity: Identified) -> bool:
    """Return whether a number was given that can be compared; a failing check digit still matches exactly."""
    return identity.state in (IdState.OK, IdState.BAD_CHECK_DIGIT)


def subject_shown(identity: Identified) -> SubjectShown:
    """Return who was asked about, as recognised."""
    return SubjectShown(identity.kind, identity.id_type, identity.id, identity.name)


def question_notices(question: Question, plan: Plan) -> tuple[Notice, ...]:
    """Return what the reader must know of the question itself."""
    notices = []
    if question.region is None:
        notices.append(Notice("question.no-region", "未给出地域，仅核查全国性措施，未核查地方性措施。"))
    if question.role_given and plan.rows and all(row.misfit is Reason.OTHER_ROLE for row in plan.rows):
        notices.append(Notice("question.no-such-role", f"本事项没有针对“{question.role.zh}”的措施，请核对办理角色。"))
    return tuple(notices)


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


def identity_shown(identity: Identified, bound: Bound, notices: tuple[Notice, ...]) -> IdentityShown:
    """Return how surely the subject is known, its candidates masked, and what the reader must know."""
    candidates = tuple(_candidate(standing, bound) for standing in bound.standings if standing.found.by_name)
    status = IdentityStatus.CONFIRMED
    if not is_identified(identity):
        status = IdentityStatus.CANDIDATES if candidates else IdentityStatus.UNIDENTIFIED
    warnings = [*(Notice(*warning) for warning in identity.warnings), *notices]
    if status is IdentityStatus.UNIDENTIFIED:
        warnings.append(Notice("identity.unidentified", "仅凭名称或脱敏号码不能确认身份；请提供完整证件号码。"))
    for standing in bound.standings:
        warnings += _notices(identity, standing, bound)
    warnings += repeat_notices(bound.standings, bound.tables.catalog)
    return IdentityShown(status, candidates, tuple(dict.fromkeys(warnings)))


def _candidate(standing: Standing, bound: Bound) -> dict[str, Any]:
    listing = standing.found.listing
    number = listing.uscc or listing.resident_id or listing.other_id
    return {
        "list": listing.list,
        "list_name": bound.tables.catalog.lists[listing.list].title,
        "name": mask_name(listing.name) if listing.name else None,
        "id": mask_id(number) if number else None,
        "listed_on": _iso(listing.listed_on),
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
