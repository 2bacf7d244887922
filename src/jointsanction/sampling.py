"""A weighted draw that anybody can draw again (双随机抽取): who is inspected, and by whom.

The algorithm is `a-res-sha256-1`, weighted sampling without replacement after Efraimidis and Spirakis. For each subject
`h` is the SHA-256 of seed, a line feed and the subject's number as an integer, `u = (h + 1) / 2**256`, and its ticket
`-ln(u) / weight`, in decimal arithmetic of forty digits. The smallest tickets are drawn; what the order of the file
was, and on which machine it is drawn, does not matter. A weight of nought is never drawn.
"""

from __future__ import annotations

import hashlib
from decimal import Context, Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.errors import QuestionError, veil
from jointsanction.terms import Degree, Effect, GradeLevel, SupervisionTier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jointsanction.model.result import CheckResult

ALGORITHM: Final = "a-res-sha256-1"
_EXACT: Final = Context(prec=40)
_SPACE: Final = Decimal(2**256)
_PLACES: Final = Decimal("1e-12")
_LEAST: Final = Decimal("0.000001")
_MOST: Final = Decimal(1_000_000)
_ORDINARY: Final = "ordinary"

_FREQUENCY: Final = {
    Effect.RESTRICTION: frozenset({Degree.SCRUTINISE, Degree.SUPERVISE}),
    Effect.INCENTIVE: frozenset({Degree.INSPECT_LESS}),
}
"""Degrees that speak of how often somebody is looked at."""

WEIGHTS: Final[Mapping[str, Decimal]] = MappingProxyType(
    {
        _ORDINARY: Decimal(1),
        GradeLevel.TRUSTWORTHY.value: Decimal("0.5"),
        GradeLevel.GENERAL_DISHONESTY.value: Decimal(2),
        GradeLevel.SERIOUS_DISHONESTY.value: Decimal(4),
        GradeLevel.BLACKLISTED.value: Decimal(4),
        SupervisionTier.RELAXED.value: Decimal("0.5"),
        SupervisionTier.ROUTINE.value: Decimal(1),
        SupervisionTier.TIGHTENED.value: Decimal(2),
        SupervisionTier.KEY.value: Decimal(4),
        Degree.INSPECT_LESS.value: Decimal("0.5"),
        Degree.SCRUTINISE.value: Decimal(2),
        Degree.SUPERVISE.value: Decimal(2),
    }
)
"""What weighs how much when nobody says otherwise (抽取权重): a convention of this library, no rule of any law."""


class Weight(NamedTuple):
    """How likely somebody is to be drawn beside the others (抽取权重), and because of what."""

    value: Decimal
    because: tuple[str, ...] = ()


class Lot(NamedTuple):
    """One subject of a draw (抽签结果): its ticket, none when its weight is nought, and whether it was drawn."""

    id: str
    weight: Decimal
    ticket: Decimal | None
    drawn: bool


def sampling_weight(result: CheckResult, weights: Mapping[str, Decimal] = WEIGHTS) -> Weight:
    """Return how likely the subject of an answer is to be drawn (抽取权重), from what applies to it in that matter.

    Of what says more than ordinary the most counts; where nothing does, of what says less the least. A doubt raises
    nothing and lowers nothing.
    """
    said = {name: weights[name] for name in _said(result) if name in weights}
    ordinary = weights[_ORDINARY]
    most, least = max(said.values(), default=ordinary), min(said.values(), default=ordinary)
    value = most if most > ordinary else least
    return Weight(value, tuple(sorted(name for name, weight in said.items() if weight == value)))


def _said(result: CheckResult) -> Iterator[str]:
    """Yield what speaks for more or less; what only may hold speaks for less no more."""
    grade, supervision = result.grade, result.supervision
    if grade.level is not None and (grade.complete or grade.level != GradeLevel.TRUSTWORTHY):
        yield str(grade.level)
    if supervision is not None and (supervision.complete or supervision.said["tier"] != SupervisionTier.RELAXED):
        yield str(supervision.said["tier"])
    for shape in (finding.shape for finding in result.findings if finding.applies):
        if shape.measure is not None and shape.degree in _FREQUENCY[shape.measure.effect]:
            yield str(shape.degree)


def weights_with(given: Iterable[str]) -> Mapping[str, Decimal]:
    """Return the weights with some replaced (自定权重), each as `WORD=WEIGHT`.

    Raises:
        QuestionError: `question.weight`.
    """
    weights = dict(WEIGHTS)
    for text in given:
        name, _, number = text.partition("=")
        if name not in weights or not number.replace(".", "", 1).isdecimal() or not number.isascii():
            message = f"权重“{veil(text)}”的写法不对。"
            raise QuestionError("question.weight", message, f"写作 WORD=权重，例如 key=4；可用：{'、'.join(weights)}。")
        weights[name] = Decimal(number)
        if not _weighs(weights[name]):
            message = f"权重“{veil(text)}”过大或者过小。"
            raise QuestionError("question.weight", message, f"写 0，或者 {_LEAST} 与 {_MOST} 之间的数。")
    return MappingProxyType(weights)


def draw(population: Mapping[str, Decimal], *, seed: str, count: int) -> tuple[Lot, ...]:
    """Return every subject with its ticket, the drawn ones first and in the order drawn (加权抽取).

    Raises:
        QuestionError: `question.seed` when the seed is empty, `question.weight` when somebody weighs less than nothing
            or beyond measure, `question.count` when fewer than one is to be drawn, or more than can be.
    """
    if not all(map(_weighs, population.values())):
        message = f"权重应为 0，或者在 {_LEAST} 与 {_MOST} 之间。"
        raise QuestionError("question.weight", message, "不抽取的写 0；没有负的权重。")
    if not seed.strip():
        raise QuestionError("question.seed", "随机种子为空。", "写一个事先公布、事后可查的种子，例如公证记录的号码。")
    tickets = {key: _ticket(f"{seed}\n{key}", weight) for key, weight in population.items()}
    able = sorted((ticket, key) for key, ticket in tickets.items() if ticket is not None)
    if not 1 <= count <= len(able):
        message = f"要抽取 {count} 个，可以抽到的有 {len(able)} 个。"
        raise QuestionError("question.count", message, "抽取数应至少为 1，不超过权重不为零的主体数。")
    lots = [Lot(key, population[key], ticket, at < count) for at, (ticket, key) in enumerate(able)]
    lots += [Lot(key, population[key], None, drawn=False) for key in sorted(population) if tickets[key] is None]
    return tuple(lots)


def _weighs(weight: Decimal) -> bool:
    """Return whether a weight is one: nought, or within bounds in which forty digits tell every ticket apart."""
    return weight.is_finite() and (not weight or _LEAST <= weight <= _MOST)


def _ticket(text: str, weight: Decimal) -> Decimal | None:
    if not weight:
        return None
    number = int.from_bytes(hashlib.sha256(text.encode()).digest())
    share = _EXACT.divide(Decimal(number + 1), _SPACE)
    # A plain minus would round to the precision the calling program has set.
    return _EXACT.divide(_EXACT.minus(_EXACT.ln(share)), weight)


def shown(ticket: Decimal | None) -> str | None:
    """Return a ticket as it is written down (签值), with twelve places."""
    return None if ticket is None else str(ticket.quantize(_PLACES, context=_EXACT))


def inspectors_for(subject: str, inspectors: Mapping[str, frozenset[str]], *, seed: str, each: int) -> tuple[str, ...]:
    """Return who inspects a subject (随机选派执法检查人员), all alike; `inspectors` name the subjects they must avoid.

    For each inspector the SHA-256 of seed, subject and name, each on a line of its own; the smallest are sent.

    Raises:
        QuestionError: `question.inspectors` when fewer than one is to be sent, or too few are left.
    """
    if each < 1:
        message = "每个检查对象至少选派一人。"
        raise QuestionError("question.inspectors", message, "用 --each 写明人数；不选派的，不给出执法检查人员名录。")
    free = [name for name, avoided in inspectors.items() if subject not in avoided]
    if len(free) < each:
        message = f"一个检查对象要选派 {each} 人，除去回避的只有 {len(free)} 人。"
        raise QuestionError("question.inspectors", message, "请补充执法检查人员，或者减少每次选派的人数。")
    return tuple(sorted(free, key=lambda name: hashlib.sha256(f"{seed}\n{subject}\n{name}".encode()).digest())[:each])
