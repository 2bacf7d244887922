"""How closely somebody is to be looked after (监管措施): the strictest of several rules, each field for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from jointsanction.model.catalogue import Supervision
from jointsanction.terms import Manner, SupervisionTier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jointsanction.inference import Derived

N = TypeVar("N", int, float)

_TIERS: Final = list(SupervisionTier)


def strictest(found: Sequence[Derived]) -> tuple[Supervision, tuple[Derived, ...]] | None:
    """Return the strictest supervision of some rules, and the rules it is taken from; None where none supervises.

    What a milder tier than usual says is no longer heard once another rule asks for more. A number left out follows
    the ordinary plan: less than any number of a rule for more, more than any number of a rule for less.
    """
    said = [(one, one.consequence.supervision) for one in found if one.consequence.supervision is not None]
    if not said:
        return None
    tier = max((each.tier for _, each in said), key=_TIERS.index)
    relaxed = tier is SupervisionTier.RELAXED
    heard = [(one, each) for one, each in said if relaxed or each.tier is not SupervisionTier.RELAXED]
    merged = Supervision(
        tier=tier,
        inspections=_most([each.inspections for _, each in heard], relaxed=relaxed),
        ratio=_most([each.ratio for _, each in heard], relaxed=relaxed),
        manner=_manners([each.manner for _, each in heard], relaxed=relaxed),
    )
    return merged, tuple(one for one, each in heard if _gives(each, merged))


def _most(numbers: Sequence[N | None], *, relaxed: bool) -> N | None:
    known = [number for number in numbers if number is not None]
    return None if not known or (relaxed and len(known) < len(numbers)) else max(known)


def _manners(manners: Sequence[tuple[Manner, ...]], *, relaxed: bool) -> tuple[Manner, ...]:
    """Every way that some rule asks for; whoever is inspected in any way is not exempt."""
    if relaxed and not all(manners):
        return ()
    wanted = {manner for said in manners for manner in said}
    exempt = all(Manner.EXEMPT in said for said in manners if said)
    return tuple(manner for manner in Manner if manner in wanted and (exempt or manner is not Manner.EXEMPT))


def _gives(said: Supervision, merged: Supervision) -> bool:
    """Return whether something of the strictest supervision is as one rule says it."""
    if said.tier is merged.tier:
        return True
    numbers = ((said.inspections, merged.inspections), (said.ratio, merged.ratio))
    ways = set(said.manner) & set(merged.manner)
    return bool(ways) or any(one is not None and one == most for one, most in numbers)
