"""Whether a measure says whom it is for in a way that fits its trigger (惩戒、激励对象)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jointsanction.catalog.reading.faults import Fault
from jointsanction.model.catalogue import Duration
from jointsanction.terms import ACT_TRIGGERS, ORDERS, Effect, SetBy, Trigger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.model.catalogue import Measure

_BY_ACT: Final = frozenset({Trigger.ACT, Trigger.ORDER})


def target_faults(measure: Measure) -> Iterator[Fault]:
    """Yield where targets and term don't fit the trigger."""
    yield from _missing_target(measure)
    yield from _orders(measure)
    targets = measure.targets
    if targets.clue_lists and measure.trigger not in ACT_TRIGGERS:
        message = f"clue_lists 只为法律事实或决定提供线索；trigger 为 {measure.trigger} 时请写 lists。"
        yield Fault(("targets", "clue_lists"), "catalog.clue_without_act", message)
    if targets.grades is not None and measure.trigger is not Trigger.GRADE:
        message = f"grades 只用于 trigger: grade；这里 trigger 为 {measure.trigger}。"
        yield Fault(("targets", "grades"), "catalog.target_mismatch", message)
    if targets.acts and measure.trigger not in ACT_TRIGGERS:
        message = f"acts 只用于 trigger: act、order 或 commitment；这里 trigger 为 {measure.trigger}。"
        yield Fault(("targets", "acts"), "catalog.target_mismatch", message)
    if measure.trigger in _BY_ACT and measure.effect is Effect.RESTRICTION and not measure.term:
        message = (
            "由法律事实或决定触发的措施必须写期限 term（如 {years: 3, runs_from: decision-made} 或 {set_by: order}）。"
        )
        yield Fault(("trigger",), "catalog.no_term", message)
    if measure.trigger not in ACT_TRIGGERS:
        yield from _term_of_listing(measure)
    for index, duration in enumerate(measure.term):
        yield from _duration_faults(duration, ("term", index))


def _term_of_listing(measure: Measure) -> Iterator[Fault]:
    """A listing knows one day, that of the listing: only years or months from it can be counted."""
    plain = Duration(years=measure.term[0].years, months=measure.term[0].months) if measure.term else None
    if measure.term and (len(measure.term) > 1 or measure.term[0] != plain or isinstance(plain.years, tuple)):
        message = (
            "由名单、记录或等级触发的措施，期限只能写自列入之日起的整年或整月（如 {years: 3}）；"
            "与列入期间相同的不写 term。"
        )
        yield Fault(("term",), "catalog.term_on_listing", message)


def _missing_target(measure: Measure) -> Iterator[Fault]:
    targets = measure.targets
    match measure.trigger:
        case Trigger.LISTING if not (targets.lists or targets.groups):
            yield _lacks("lists 或 groups", measure)
        case Trigger.RECORD if not (targets.lists or targets.severity):
            yield _lacks("severity 或 lists", measure)
        case Trigger.GRADE if targets.grades is None or not targets.grades.levels:
            yield _lacks("grades", measure)
        case Trigger.ACT | Trigger.ORDER if not targets.acts:
            yield _lacks("acts", measure)


def _lacks(wanted: str, measure: Measure) -> Fault:
    trigger = measure.trigger
    message = f"trigger 为 {trigger}（{trigger.zh}），但 targets 没有写 {wanted}。"
    return Fault(("targets",), "catalog.no_target", message)


def _orders(measure: Measure) -> Iterator[Fault]:
    """An order imposes the very measure; any other act is a fact to which the law ties it."""
    if measure.trigger is not Trigger.ORDER:
        return
    for index, act in enumerate(measure.targets.acts):
        if act not in ORDERS:
            message = (
                f"'{act}'（{act.zh}）不是施加本措施的个案决定；trigger 应为 act，或改用：{'、'.join(sorted(ORDERS))}。"
            )
            yield Fault(("targets", "acts", index), "catalog.not_an_order", message)


def _duration_faults(duration: Duration, path: tuple[int | str, ...]) -> Iterator[Fault]:
    counted = (duration.years, duration.months, duration.until) != (None, None, None)
    open_ended = duration.life or duration.indefinite or duration.calendar_year or duration.while_listed
    if not counted and not open_ended and duration.set_by is not SetBy.ORDER:
        message = (
            "期限没有写多久：写 years、months、life、indefinite、calendar_year、while_listed、until 之一，"
            "或 set_by: order。"
        )
        yield Fault(path, "catalog.empty_term", message)
    yield from years_faults(duration.years, (*path, "years"))


def years_faults(years: int | tuple[int, int] | None, path: tuple[int | str, ...]) -> Iterator[Fault]:
    """Yield what is wrong with a number of years or a range of them."""
    low, high = years if isinstance(years, tuple) else (years, years)
    if low is not None and high is not None and not 0 < low <= high:
        yield Fault(path, "catalog.bad_years", "年数应为正整数，范围应从小到大（如 [1, 3]）。")
