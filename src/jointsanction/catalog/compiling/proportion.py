"""Does a measure keep within what its law is seen to carry? (审慎适度) FEATURES 34.

One place for two readers: the linter tells the author, and the compiled catalogue has it ready for every finding.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from jointsanction.catalog.compiling.levels import ABOVE_RESTRICT, STRONG, carrying_bases
from jointsanction.model.rule import members
from jointsanction.terms import Binding, Carries, Caution, Effect, MeasureClass, Relation, TextState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jointsanction.model.catalogue import Basis, Catalog, Measure, Rule, RuleClause

MONTHS: Final = 12
LONGEST_BAN: Final = 10
"""Years of the longest ban that national law counts in years; a longer one is for life."""

_RELATED: Final = ("子女", "配偶", "父母", "亲属", "家庭成员", "家属")
_RELATIVES: Final = re.compile("子女|配偶|父母|亲属|家庭成员|(?<!专)(?<!国)家属(?![于地])")

_NAMES: Final = {
    Relation.LEGAL_REPRESENTATIVE: ("法定代表人",),
    Relation.PRINCIPAL: ("主要负责人", "负责人"),
    Relation.RESPONSIBLE_MANAGER: ("主管人员", "责任人员"),
    Relation.DIRECTLY_RESPONSIBLE: ("责任人员", "责任人"),
    Relation.PERSONALLY_RESPONSIBLE_EXECUTIVE: ("个人责任", "董事", "高级管理人员"),
    Relation.DIRECTOR_SUPERVISOR_EXECUTIVE: ("董事", "监事", "高级管理人员"),
    Relation.ACTUAL_CONTROLLER: ("实际控制人", "控制"),
    Relation.ACTUAL_OPERATOR: ("实际经营",),
    Relation.EXECUTING_PARTNER: ("合伙人",),
    Relation.INVESTOR: ("投资人", "股东", "出资人"),
    Relation.PRACTITIONER: ("从业人员", "执业人员"),
    Relation.BRANCH: ("分支机构", "分公司"),
    Relation.SUBORDINATE_UNIT: ("下属", "所属"),
    Relation.UNITS_LED: ("任职", "担任"),
    Relation.CONSORTIUM_MEMBER: ("联合体",),
}
"""By which words a statute names those whom a burden reaches besides the subject itself."""


CautionedSection: TypeAlias = Literal["measures", "rules"]
"""Which entries can say more than their basis does."""


class Excess(NamedTuple):
    """Where an entry goes further than its basis, and by how much (超出之处)."""

    path: tuple[int | str, ...]
    caution: Caution
    message: str = ""


def excesses(measure: Measure, catalog: Catalog) -> Iterator[Excess]:
    """Yield where a measure is longer, harder or wider than its law is seen to carry, whatever the day."""
    yield from _too_long(measure)
    if measure.effect is Effect.INCENTIVE:
        return
    # Once a load for every measure of the catalogue: which bases carry is asked only where it matters.
    above = measure.measure_class is MeasureClass.ADVERSE and measure.degree in ABOVE_RESTRICT
    related = _relatives({"title": measure.title, "duty": measure.duty})
    if above or related or measure.binding is Binding.MUST:
        carriers = carrying_bases(measure, catalog)
        yield from _beyond(measure, carriers, above=above)
        yield from _unnamed(related, carriers)


def rule_excesses(rule: Rule) -> Iterator[Excess]:
    """Yield whom a rule burdens that its bases don't name (推及无据)."""
    carry = rule.then.carry
    if carry is None or carry.measure_class is not MeasureClass.ADVERSE:
        return
    strong = [basis for basis in rule.basis if basis.carries in STRONG]
    yield from _unnamed(_relatives({"title": rule.title, "explanation": rule.explanation}), strong)
    relations = sorted(set(_relations(rule.when)))
    if not relations:
        yield Excess(("when",), Caution.RELATION_UNNAMED, "规则没有限定关联关系（relation），会及于任何关联主体。")
    for relation in relations:
        if relation in _NAMES and not _named(_NAMES[relation], strong):
            said = f"所引条文（anchor）没有点到“{relation.zh}”。"
            yield Excess(("basis",), Caution.RELATION_UNNAMED, said)


def cautions_of(catalog: Catalog) -> dict[tuple[CautionedSection, str], tuple[Caution, ...]]:
    """Return what to beware of in every measure, and wherever a rule carries a burden over (审慎适度), each once."""
    return {
        **{("measures", name): _cautions(excesses(measure, catalog)) for name, measure in catalog.measures.items()},
        **{("rules", name): _cautions(rule_excesses(rule)) for name, rule in catalog.rules.items()},
    }


def _cautions(found: Iterable[Excess]) -> tuple[Caution, ...]:
    return tuple(dict.fromkeys(excess.caution for excess in found))


def longest_months(years: int | tuple[int, int] | None, months: int | None) -> int:
    """Return how many months a term of years (or a range of them) and months runs at most; 0 where it says neither."""
    return (max(years) if isinstance(years, tuple) else years or 0) * MONTHS + (months or 0)


def in_years(months: int) -> str:
    """Return a number of months in words: 5 年, 30 个月."""
    years, rest = divmod(months, MONTHS)
    return f"{months} 个月" if rest else f"{years} 年"


def _too_long(measure: Measure) -> Iterator[Excess]:
    for index, duration in enumerate(measure.term):
        longest = longest_months(duration.years, duration.months)
        if longest > LONGEST_BAN * MONTHS:
            key = "years" if duration.years is not None else "months"
            said = f"{in_years(longest)}：法律中按年计算的禁入至多 {LONGEST_BAN} 年，更长的是终身（life: true）。"
            yield Excess(("term", index, key), Caution.OVER_LONG, said)


def _beyond(measure: Measure, carriers: list[Basis], *, above: bool) -> Iterator[Excess]:
    """Bases that only open give `restrict` and `may` at most; bases that refer or implement give a hint at most."""
    if not (above or measure.binding is Binding.MUST):
        return
    if not any(basis.carries in STRONG for basis in measure.basis):
        yield Excess(("degree" if above else "binding",), Caution.HINT_OVERSTATED)
    read = [basis for basis in carriers if basis.text is TextState.VERIFIED]
    if read and not any(basis.carries is Carries.SETS for basis in read):
        yield Excess(("binding",), Caution.OPENS_CAPPED)


def _relatives(texts: dict[str, str]) -> list[Excess]:
    """Return which texts of an entry speak of relatives, without telling yet whether its bases do."""
    said = []
    for key, text in texts.items():
        found = _RELATIVES.search(text) if any(word in text for word in _RELATED) else None
        if found is not None:
            said.append(Excess((key,), Caution.RELATIVES_UNNAMED, f"“{found[0]}”。"))
    return said


def _unnamed(related: list[Excess], bases: list[Basis]) -> list[Excess]:
    """Whoever burdens relatives must show the article that names them (FEATURES 34)."""
    return [] if related and any(_RELATIVES.search(basis.anchor or "") for basis in bases) else related


def _named(words: Iterable[str], bases: list[Basis]) -> bool:
    return any(word in (basis.anchor or "") for word in words for basis in bases)


def _relations(clause: RuleClause) -> Iterator[Relation]:
    """Yield the relations along which a rule carries a burden."""
    for operator, wanted in (clause.listing or {}).get("relation", {}).items():
        if operator in {"eq", "in"}:
            yield from (Relation(str(word)) for word in members(wanted))
    for part in clause.affirmed:
        yield from _relations(part)
