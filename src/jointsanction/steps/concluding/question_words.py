"""What an answer tells of the question itself (问题说明): every default resolved, and what was left unsaid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jointsanction.model.shown import Notice
from jointsanction.steps.asking.act_text import act_text
from jointsanction.steps.asking.ask import RULED_OUT, related_text
from jointsanction.terms import Reason

if TYPE_CHECKING:
    from jointsanction.identity.identify import Identified
    from jointsanction.model.subject import Asked, Question
    from jointsanction.steps.planning.plan import Plan


def question_document(asked: Asked, identity: Identified) -> dict[str, Any]:
    """Return the question as the contract writes it, every default resolved."""
    question = asked.question
    return {
        "subject": identity.id or identity.name,
        "kind": identity.kind,
        "matter": question.matter,
        "as_of": question.as_of.isoformat(),
        "known_at": asked.known_at.isoformat() if asked.known_at else None,
        "role": question.role,
        "phase": question.phase,
        "region": question.region,
        "traits": [*question.traits, *(f"{RULED_OUT}{trait}" for trait in question.not_traits)],
        "fields": list(question.fields),
        "size": question.size,
        "occupations": list(question.occupations),
        "related": [related_text(related) for related in question.related],
        "acts": [act_text(act) for act in question.acts],
        "coverage": question.coverage,
        "dates": {day.value: on.isoformat() for day, on in question.dates},
    }


def question_notices(question: Question, plan: Plan) -> tuple[Notice, ...]:
    """Return what the reader must know of the question itself."""
    notices = []
    if question.region is None:
        notices.append(Notice("question.no-region", "未给出地域，仅核查全国性措施，未核查地方性措施。"))
    if question.role_given and plan.rows and all(row.misfit is Reason.OTHER_ROLE for row in plan.rows):
        notices.append(Notice("question.no-such-role", f"本事项没有针对“{question.role.zh}”的措施，请核对办理角色。"))
    return tuple(notices)
