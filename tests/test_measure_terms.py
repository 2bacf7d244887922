"""A measure with a term of its own on a listing ends with it, however long the listing lasts (公示条例)."""

from __future__ import annotations

from datetime import date

import pytest

import worlds as w
from jointsanction.terms import Verdict

CATALOG = w.world(w.measure(term={"years": 3}), w.measure("other", degree="restrict"))
LISTED = w.listing(listed_on=date(2021, 6, 10))


@pytest.mark.parametrize(
    ("as_of", "reason", "verdict"),
    [("2024-06-10", "applies", Verdict.PROHIBITED), ("2024-06-11", "term-ended", Verdict.RESTRICTED)],
)
def test_it_ends_by_itself(as_of: str, reason: str, verdict: Verdict) -> None:
    """The last day counts, the next is free; a measure without a term goes on with the listing."""
    result = w.ask(CATALOG, LISTED, as_of=as_of)
    assert (w.reasons(result)["bar"], result.verdict) == (reason, verdict)


def test_it_is_over_first_when_the_listing_ends_first() -> None:
    """The finding says the earlier of both days; without an end of the listing, its own."""
    ending = w.listing(listed_on=date(2024, 1, 1), valid_to=date(2024, 12, 31))
    open_ = w.listing(listed_on=date(2024, 1, 1))
    ends = {finding.measure: finding.until for finding in w.ask(CATALOG, ending).findings}
    assert ends == {"bar": date(2024, 12, 31), "other": date(2024, 12, 31)}
    ends = {finding.measure: finding.until for finding in w.ask(CATALOG, open_).findings}
    assert ends == {"bar": date(2027, 1, 1), "other": None}


def test_a_listing_without_a_day_is_not_in_force_at_all() -> None:
    """A prior notice starts no term."""
    announced = w.listing(listed_on=None, announced_on=date(2024, 1, 1))
    assert w.reasons(w.ask(CATALOG, announced))["bar"] == "announced-only"
