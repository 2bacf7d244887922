"""Further facts a measure asks for (附加条件): met, unmet or unknown; unknown is never silence (ENCODING §5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jointsanction.terms import ActType, Ground, Punishment, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jointsanction.model.catalogue import Where
    from jointsanction.model.subject import Act
    from jointsanction.terms import Size

_WEIGHT: Final = {punishment: weight for weight, punishment in enumerate(Punishment)}


def where_act(where: Where | None, act: Act, size: Size | None = None) -> Reason | None:
    """Return None when an act meets the condition, else `condition-unmet` or `attribute-unknown`.

    `size` is what the question says of whom the act hit.
    """
    if where is None:
        return None
    return combined(
        (
            one_of(where.size, size),
            one_of(where.ground, _ground(act)),
            one_of(where.crime, act.charge),
            _at_least(where.at_least, act.punishment),
            _punished(where, act),
            one_of(where.field, act.field),
            one_of(where.occupation, act.occupation),
            one_of(where.severity, act.severity),
            any_of(where.kinds, act.kinds),
            None if where.probation is None else _same(where.probation, _probation(act)),
        )
    )


def _probation(act: Act) -> bool | None:
    """A sentence served in full was no probation, one whose probation ended was; other acts know none."""
    if act.type is not ActType.CRIMINAL_SENTENCE:
        return False
    if act.probation is not None or (act.probation_ended is None and act.sentence_served is None):
        return act.probation
    return act.probation_ended is not None


def _ground(act: Act) -> Ground | None:
    """A debt is told as large or not; that is the ground 公司法178(五) asks for."""
    if act.type is not ActType.DEBT_UNPAID or act.large is None or act.ground is not None:
        return act.ground
    return Ground.LARGE_PERSONAL_DEBT if act.large else Ground.OTHER


def _punished(where: Where, act: Act) -> Reason | None:
    """免予刑事处罚 is a conviction but no 被判处刑罚, unless the law names it."""
    named = not where.crime or where.at_least is Punishment.EXEMPTED
    return None if named or act.punishment is not Punishment.EXEMPTED else Reason.CONDITION_UNMET


def combined(reasons: Iterable[Reason | None]) -> Reason | None:
    """Return what several conditions come to: one unmet settles it; else one unknown leaves it open."""
    found = {reason for reason in reasons if reason is not None}
    if Reason.CONDITION_UNMET in found:
        return Reason.CONDITION_UNMET
    return Reason.ATTRIBUTE_UNKNOWN if found else None


def one_of(wanted: tuple[str, ...], value: str | None) -> Reason | None:
    """Return None when a value is among those wanted, or none is wanted; unknown is never silence."""
    if not wanted or value in wanted:
        return None
    return Reason.ATTRIBUTE_UNKNOWN if value is None else Reason.CONDITION_UNMET


def any_of(wanted: tuple[str, ...], values: tuple[str, ...]) -> Reason | None:
    """Return None when one of several values is among those wanted, or none is wanted; no value is unknown."""
    if not wanted or not set(wanted).isdisjoint(values):
        return None
    return Reason.CONDITION_UNMET if values else Reason.ATTRIBUTE_UNKNOWN


def _at_least(wanted: Punishment | None, punishment: Punishment | None) -> Reason | None:
    if wanted is None:
        return None
    if punishment is None:
        return Reason.ATTRIBUTE_UNKNOWN
    return None if _WEIGHT[punishment] >= _WEIGHT[wanted] else Reason.CONDITION_UNMET


def _same(wanted: bool, value: bool | None) -> Reason | None:  # noqa: FBT001 - two yes-or-no facts compared
    if value is None:
        return Reason.ATTRIBUTE_UNKNOWN
    return None if value == wanted else Reason.CONDITION_UNMET
