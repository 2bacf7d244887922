"""Who is listed (查询): the subject's own listings, and those of persons tied to it, in three directions kept apart.

(a) a listing names the subject as related (`from_listing`); (b) the question says somebody is related to the subject
(`from_question`); never back from a person to his other companies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from jointsanction.errors import SubjectError
from jointsanction.identity.identify import identify, parse_subject
from jointsanction.identity.record_key import record_key
from jointsanction.model.quick import NEW
from jointsanction.model.subject import Subject
from jointsanction.repair.standing import standing_on
from jointsanction.steps.asking.days import SHANGHAI
from jointsanction.terms import IdentityOutcome, IdState, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from jointsanction.identity.identify import Identified
    from jointsanction.model.identity_verdict import IdentityVerdict
    from jointsanction.model.subject import Listing, Question, Related
    from jointsanction.registry.protocol import Hit, Registry
    from jointsanction.repair.standing import Process

Way: TypeAlias = Literal["own", "from-listing", "from-question"]


class Found(NamedTuple):
    """A listing that concerns the subject, and how (查得名单记录): as it reads on the day asked about.

    `process` is how repair, objection, exit or reorganisation of it stand on that day, None when none had begun.
    `verdict` is what somebody found of a candidate, the one that holds or else the newest; `verdicts` are all that were
    given of it, `contrary` those that hold and differ: then it is a candidate still.
    `relation` says what the subject is to the listed (from-listing) or the listed to the subject (from-question).
    """

    listing: Listing
    way: Way = "own"
    relation: Relation = Relation.SELF
    by_name: bool = False
    personally_responsible: bool | None = None
    related_id: str | None = None
    asked_keys: tuple[str, ...] = ()
    verdict: IdentityVerdict | None = None
    verdicts: tuple[IdentityVerdict, ...] = ()
    contrary: tuple[IdentityVerdict, ...] = ()
    process: Process | None = None

    @property
    def cleared(self) -> bool:
        """Return whether a person found that it is somebody else's: it concerns the subject no longer."""
        return self.verdict is not None and not self.by_name and self.verdict.outcome is IdentityOutcome.CLEARED


def lookup(identity: Identified, question: Question, registry: Registry, asked_at: datetime) -> tuple[Found, ...]:
    """Return every listing that concerns the subject, exact hits and candidates (名单查询)."""
    hits = registry.lookup(identity.keys, identity.name_key)
    return concerning(hits, identity, question, registry, asked_at)


def concerning(
    hits: tuple[Hit, ...], identity: Identified, question: Question, registry: Registry, asked_at: datetime
) -> tuple[Found, ...]:
    """Return every listing that concerns the subject, of the `hits` under its own number and name, and of its ties.

    A candidate that a person looked into is his verdict's, as long as it holds on the day of asking; one found to be
    somebody else's is in the answer only to be told of (`cleared`). Where the verdicts of two differ, nobody knows.
    """
    if not hits and not question.related:
        return ()
    found = tuple([NEW(Found, (hit[0], *_OWN)) if hit[1] is None and not hit[2] else _found(hit) for hit in hits])
    if question.related:
        found += tuple(_tied(identity, question, registry))
    if registry.verdicts and any(each.by_name for each in found):
        day = asked_at.astimezone(SHANGHAI).date()
        found = tuple(_decided(each, identity, registry, day) for each in found)
    return tuple(_as_of(each, registry, question.as_of) for each in found) if registry.repairs else found


def _as_of(found: Found, registry: Registry, day: date) -> Found:
    """Return a listing as repair and objection left it on a day."""
    listing, process = standing_on(found.listing, registry.repairs.get(record_key(found.listing), ()), day)
    return found if process is None else found._replace(listing=listing, process=process)


def _decided(found: Found, identity: Identified, registry: Registry, day: date) -> Found:
    if not found.by_name:
        return found
    keys = identity.keys if found.way != "from-question" else found.asked_keys
    record = record_key(found.listing)
    # What was said of the strongest key comes last.
    given = tuple(said for key in reversed(keys) for said in registry.verdicts.get((key, record), ()))
    if not given:
        return found
    # Whoever decided may decide otherwise later; nobody's word outweighs somebody else's.
    last = {verdict.author: verdict for verdict in given}
    holding = tuple(verdict for verdict in given if verdict is last[verdict.author] and verdict.holds_on(day))
    contrary = holding if len({verdict.outcome for verdict in holding}) > 1 else ()
    doubtful = bool(contrary) or not holding
    return found._replace(verdict=(holding or given)[-1], verdicts=given, contrary=contrary, by_name=doubtful)


_OWN: Final = tuple(Found._field_defaults.values())
"""What is known of nearly every listing found: it is the subject's own, found by its number."""


def _found(hit: Hit) -> Found:
    listing, related, by_name = hit
    if related is None:
        return Found(listing, by_name=by_name)
    return Found(listing, "from-listing", related.relation, by_name, related.personally_responsible)


def _tied(identity: Identified, question: Question, registry: Registry) -> Iterator[Found]:
    """One step and no further: whoever is said to be tied to himself is passed over, and of two equal ties one."""
    for related in dict.fromkeys(question.related):
        person = _person(related)
        if person.state is IdState.MASKED or set(person.keys).isdisjoint(identity.keys):
            yield from _of_related(related, person, registry)


def _person(related: Related) -> Identified:
    try:
        person = identify(_named(related))
    except SubjectError as error:
        message = f"关联方（{related.relation.zh}）的号码有误：{error.message}"
        raise SubjectError(error.code, message, error.hint) from error
    if person.name_key is None and person.state not in (IdState.OK, IdState.BAD_CHECK_DIGIT):
        message = f"关联方（{related.relation.zh}）的号码不完整，无法查询。"
        raise SubjectError("subject.related_unidentified", message, "请给出关联方的完整证件号码，或者其名称。")
    return person


def _of_related(related: Related, person: Identified, registry: Registry) -> Iterator[Found]:
    for hit in registry.lookup(person.keys, person.name_key):
        if hit.related is None:
            yield Found(
                hit.listing,
                "from-question",
                related.relation,
                hit.by_name,
                related_id=person.id,
                asked_keys=person.keys,
            )


def _named(related: Related) -> Subject:
    """Somebody known by name alone gives candidates, as a subject does."""
    if related.id is None:
        return Subject(kind=related.kind, name=related.name)
    return parse_subject(related.id, related.kind, related.name)
