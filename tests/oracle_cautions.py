"""Where a measure goes further than its basis is seen to carry (对照答案之四：审慎适度), read naively from its YAML.

Imports nothing of the package but its vocabularies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.terms import ADVERSE_LEVELS
from oracle_facts import Doc, many

if TYPE_CHECKING:
    from oracle_catalogue import World

RELATIVES = ("子女", "配偶", "父母", "亲属", "家庭成员", "家属")
HARD = {"prohibit", "suspend", "revoke"}


def cautions(world: World, measure: Doc) -> set[str]:
    """Name what a careful reader would say of a measure; levels of what withholds a convenience are left to others."""
    said = set()
    for term in many(measure.get("term")):
        years = term.get("years") or 0
        longest = max(years) if isinstance(years, list) else years
        if longest * 12 + (term.get("months") or 0) > 120:
            said.add("over-long")
    if measure["effect"] == "incentive":
        return said
    strong = [basis for basis in measure["basis"] if basis["carries"] in {"sets", "opens"}]
    hard = measure["binding"] == "must" or (measure["class"] == "adverse" and measure["degree"] in HARD)
    if hard and not strong:
        said.add("hint-overstated")
    able = [basis for basis in strong if may_carry(world, measure, basis)]
    read = {basis["carries"] for basis in able if basis["text"] == "verified"}
    if hard and read == {"opens"}:
        said.add("opens-capped")
    words = [word for word in RELATIVES if word in measure["title"] or word in measure["duty"]]
    if words and not any(word in (basis.get("anchor") or "") for basis in able for word in RELATIVES):
        said.add("relatives-unnamed")
    return said


def may_carry(world: World, measure: Doc, basis: Doc) -> bool:
    """Say whether the level may carry an adverse measure; of the others, anything may."""
    level = world.instruments[basis["instrument"]]["level"]
    if measure["class"] != "adverse":
        return True
    if level == "judicial-interpretation":
        return measure["trigger"] == "order" or "court" in many(measure.get("actor"))
    return level in ADVERSE_LEVELS
