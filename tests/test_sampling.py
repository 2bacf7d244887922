"""A weighted draw that anybody can draw again: the algorithm, the weights, and the inspectors."""

from __future__ import annotations

import hashlib
from collections import Counter
from decimal import Decimal, localcontext
from itertools import permutations
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

import worlds as w
from jointsanction.errors import QuestionError
from jointsanction.model.shown import GradeShown
from jointsanction.sampling import WEIGHTS, draw, inspectors_for, sampling_weight, shown, weights_with

if TYPE_CHECKING:
    from jointsanction.model.catalogue import Measure
    from jointsanction.model.result import CheckResult

ONE = Decimal(1)
FIVE = dict.fromkeys("abcde", ONE)


def test_the_same_seed_draws_the_same_whatever_the_order() -> None:
    """双随机: the record can be redone by whoever doubts it."""
    first = draw(FIVE, seed="2026-1", count=2)
    assert draw(dict(reversed(FIVE.items())), seed="2026-1", count=2) == first
    assert [lot.drawn for lot in first] == [True, True, False, False, False]
    assert draw(FIVE, seed="2026-2", count=2) != first


def test_the_tickets_are_those_of_the_documented_algorithm() -> None:
    """SHA-256 of seed, line feed and number; minus the logarithm of its share, divided by the weight."""
    one, two = draw({"91990000MA0000001B": ONE, "91990000MA0000002E": Decimal(2)}, seed="s", count=1)
    assert {one.id: shown(one.ticket), two.id: shown(two.ticket)} == {
        "91990000MA0000001B": "1.369221317220",
        "91990000MA0000002E": "0.166755801258",
    }


def test_a_weight_of_nought_is_never_drawn() -> None:
    """免检: it stands in the record, last and without a ticket."""
    lots = draw({**FIVE, "free": Decimal(0)}, seed="s", count=5)
    assert (lots[-1].id, lots[-1].ticket, shown(lots[-1].ticket), lots[-1].drawn) == ("free", None, None, False)


def test_twice_the_weight_is_drawn_about_twice_as_often() -> None:
    """The first of a draw is each subject with a chance in proportion to its weight."""
    population = {"a": ONE, "b": Decimal(2), "c": Decimal(5)}
    first = Counter(draw(population, seed=str(seed), count=1)[0].id for seed in range(2000))
    assert [round(first[name] / 250) for name in "abc"] == [1, 2, 5]


@given(
    st.dictionaries(st.text("abcdef", min_size=1), st.decimals(1, 9, places=1), min_size=1), st.text("xyz", min_size=1)
)
def test_more_weight_never_draws_later(population: dict[str, Decimal], seed: str) -> None:
    """Whoever is trusted less is drawn no later than he would have been."""
    key = min(population)
    places = [
        [lot.id for lot in draw(some, seed=seed, count=1)].index(key)
        for some in (population, {**population, key: Decimal(10)})
    ]
    assert places[1] <= places[0]


@pytest.mark.parametrize(
    ("population", "seed", "count", "code"),
    [
        (FIVE, " ", 1, "question.seed"),
        (FIVE, "s", 0, "question.count"),
        (FIVE, "s", 6, "question.count"),
        ({"a": Decimal(0)}, "s", 1, "question.count"),
        ({"a": Decimal(-1), "b": Decimal(1)}, "s", 1, "question.weight"),
        ({"a": Decimal("NaN")}, "s", 1, "question.weight"),
        ({"a": Decimal("sNaN")}, "s", 1, "question.weight"),
        ({"a": Decimal("Infinity")}, "s", 1, "question.weight"),
        ({"a": Decimal("1e-31")}, "s", 1, "question.weight"),
        ({"a": Decimal(10**7)}, "s", 1, "question.weight"),
    ],
)
def test_a_draw_that_makes_no_sense_is_refused(
    population: dict[str, Decimal], seed: str, count: int, code: str
) -> None:
    """A seed nobody set, or a count that can't be drawn."""
    with pytest.raises(QuestionError) as raised:
        draw(population, seed=seed, count=count)
    assert raised.value.code == code


def answer(
    level: str | None = None, tier: str | None = None, *, complete: bool = True, measures: tuple[Measure, ...] = ()
) -> CheckResult:
    """Make what of an answer weighs: its level, its tier, its findings."""
    supervision = None if tier is None else SimpleNamespace(said={"tier": tier}, complete=complete)
    found = w.ask(w.world(*measures), w.listing(), w.listing("RL.A")).findings
    grade = GradeShown(level=level, complete=complete)
    return cast("CheckResult", SimpleNamespace(grade=grade, supervision=supervision, findings=found))


SUPERVISE = w.measure(**{"class": "administrative"}, item="supervision", degree="supervise")
LESS = w.incentive(degree="inspect-less")


@pytest.mark.parametrize(
    ("asked", "value", "because"),
    [
        (answer(), "1", ()),
        (answer("trustworthy"), "0.5", ("trustworthy",)),
        (answer("trustworthy", complete=False), "1", ()),
        (answer("general-dishonesty", complete=False), "2", ("general-dishonesty",)),
        (answer("blacklisted", "key"), "4", ("blacklisted", "key")),
        (answer("trustworthy", "tightened"), "2", ("tightened",)),
        (answer(None, "relaxed"), "0.5", ("relaxed",)),
        (answer(None, "relaxed", complete=False), "1", ()),
        (answer(None, "routine"), "1", ("routine",)),
        (answer(measures=(SUPERVISE,)), "2", ("supervise",)),
        (answer(measures=(LESS,)), "0.5", ("inspect-less",)),
        (answer(measures=(LESS, SUPERVISE)), "2", ("supervise",)),
        (answer(measures=(w.measure(),)), "1", ()),
    ],
)
def test_what_speaks_for_more_goes_before_what_speaks_for_less(
    asked: CheckResult, value: str, because: tuple[str, ...]
) -> None:
    """信用越差越容易被抽中; what is in doubt makes nobody less likely."""
    assert sampling_weight(asked) == (Decimal(value), because)


def test_weights_may_be_set_and_a_wrong_one_is_refused() -> None:
    """Each is WORD=WEIGHT; the others stay."""
    weights = weights_with(["key=8", "trustworthy=0"])
    assert (weights["key"], weights["trustworthy"], weights["ordinary"]) == (
        Decimal(8),
        Decimal(0),
        WEIGHTS["ordinary"],
    )
    assert sampling_weight(answer("trustworthy"), weights).value == 0
    for wrong in (
        "key",
        "key=",
        "key=-1",
        "key=much",
        "key=１",
        "worst=3",
        "key=1.2.3",
        "key=0.0000000001",
        "key=10000000",
    ):
        with pytest.raises(QuestionError) as raised:
            weights_with([wrong])
        assert raised.value.code == "question.weight"


def test_inspectors_are_chosen_by_the_seed_and_avoid_whom_they_must() -> None:
    """随机选派执法检查人员, 回避 kept."""
    staff = {"赵": frozenset[str](), "钱": frozenset({"firm"}), "孙": frozenset[str]()}
    assert inspectors_for("firm", staff, seed="s", each=2) in {("赵", "孙"), ("孙", "赵")}
    assert len({inspectors_for(name, staff, seed="s", each=1) for name in "abcdefgh"}) > 1
    with pytest.raises(QuestionError) as raised:
        inspectors_for("firm", staff, seed="s", each=3)
    assert raised.value.code == "question.inspectors"
    with pytest.raises(QuestionError) as raised:
        inspectors_for("firm", staff, seed="s", each=0)
    assert raised.value.code == "question.inspectors"


def test_inspectors_can_be_chosen_again_by_hand() -> None:
    """The SHA-256 of seed, subject and name, each on a line of its own: the smallest are sent."""
    names = ["赵", "钱", "孙", "李"]
    by_hand = sorted(names, key=lambda name: hashlib.sha256(f"公证\nfirm\n{name}".encode()).hexdigest())
    staff = dict.fromkeys(names, frozenset[str]())
    assert inspectors_for("firm", staff, seed="公证", each=2) == tuple(by_hand[:2])


def test_the_tickets_do_not_depend_on_the_precision_of_the_calling_program() -> None:
    """Another program's decimal context changes nothing: forty digits, wherever it is drawn."""
    drawn = draw(FIVE, seed="s", count=1)
    with localcontext(prec=3):
        assert draw(FIVE, seed="s", count=1) == drawn
    assert all(len(lot.ticket.as_tuple().digits) > 30 for lot in drawn if lot.ticket is not None)


def test_pairs_are_drawn_as_often_as_one_after_the_other() -> None:
    """Without replacement: the second is drawn among those left, by their weights (chi-square, 99.9 %)."""
    population = {name: Decimal(weight) for name, weight in zip("abcd", ("1", "2", "4", "0.5"), strict=True)}
    whole, times = sum(population.values()), 2000
    seen = Counter(tuple(lot.id for lot in draw(population, seed=f"{at}", count=2)[:2]) for at in range(times))
    off = 0.0
    for pair in permutations(population, 2):
        one, other = (population[name] for name in pair)
        wanted = float(times * one / whole * other / (whole - one))
        off += (seen[pair] - wanted) ** 2 / wanted
    assert off < 31.26
