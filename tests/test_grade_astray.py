"""A row whose level contradicts its list, or leaves it open, says nothing for sure (名单与等级矛盾)."""

from __future__ import annotations

from datetime import date

import pytest

import worlds as w
from jointsanction.model.catalogue import Catalog, Scheme
from jointsanction.registry.readers.grade_doubts import grade_doubts

LEVELS = [{"level": "A", "title": "A级"}, {"level": "M", "title": "M级"}, {"level": "D", "title": "D级"}]
SCHEME = Scheme.model_validate({"id": "s", "title": "虚构等级", "levels": LEVELS, "valid_from": "2020-01-01"})


def catalogue(*levels: str) -> Catalog:
    """Make a red list whose members are of some levels, and an incentive for them."""
    red = w.list_type("RL.A", "red", scheme=[{"scheme": "s", "levels": levels}])
    return w.world(red, w.incentive()).model_copy(update={"schemes": {"s": SCHEME}})


@pytest.mark.parametrize(
    ("levels", "grade", "reason"),
    [
        (("A",), "A级", "applies"),
        (("A",), None, "applies"),
        (("A",), "D", "attribute-unknown"),
        (("A",), "Z", "attribute-unknown"),
        (("A", "M"), "M", "applies"),
        (("A", "M"), None, "attribute-unknown"),
        ((), "D", "applies"),
    ],
)
def test_an_a_list_with_a_row_of_level_d_gives_nothing(levels: tuple[str, ...], grade: str | None, reason: str) -> None:
    """Which of the two is right nobody knows; told at import, and no incentive is given on it."""
    catalog, row = catalogue(*levels), w.listing("RL.A", grade=grade)
    assert w.reasons(w.ask(catalog, row))["gain"] == reason
    told = {doubt.fault.code for doubt in grade_doubts(row, catalog.lists["RL.A"], catalog)}
    assert told == (set() if reason == "applies" else {"row.grade_unknown"} if grade == "Z" else {"row.grade_astray"})


def test_before_the_scheme_nothing_is_held_against_a_row() -> None:
    """A list without a scheme on that day has no levels to contradict."""
    red = w.list_type("RL.A", "red", scheme=[{"scheme": "s", "levels": ["A"], "valid_from": "2024-06-01"}])
    row = w.listing("RL.A", listed_on=date(2024, 1, 1))
    assert list(grade_doubts(row, red, catalogue("A"))) == []
