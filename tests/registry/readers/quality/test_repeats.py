"""Rows that say the same, or speak of the same subject."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jointsanction.model.subject import Listing
from jointsanction.registry.readers.quality.repeats import entries_of, repeats

FIRST = {"list": "BL.TAX", "name": "恒泰物流有限公司", "uscc": "91990000MA0000001B", "listed_on": date(2024, 3, 1)}


def told(*others: dict[str, Any]) -> list[tuple[int | None, str]]:
    """Return what is told of rows beside the first."""
    rows = [Listing(**{**FIRST, **other}, row=number) for number, other in enumerate(({}, *others), 2)]
    return [(problem.row, problem.code) for problem in repeats(entries_of(rows))]


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({}, "row.repeated"),
        ({"valid_to": date(2025, 1, 1)}, "row.contradicted"),
        ({"listed_on": date(2024, 5, 1)}, "row.listed_again"),
        ({"instrument_no": "测〔2024〕2号"}, "row.listed_again"),
        ({"name": "恒泰集团有限公司", "listed_on": date(2024, 5, 1)}, "row.listed_again"),
    ],
)
def test_a_row_that_comes_again_is_told(other: dict[str, Any], code: str) -> None:
    """错报、漏报、重复报送 are cleaned by whoever reports; the rows stay, and the number of the earlier is named."""
    assert told(other) == [(3, code)]


@pytest.mark.parametrize("other", [{"list": "BL.WAGE"}, {"uscc": None}, {"uscc": "91990000MA0000002E"}])
def test_another_subject_or_another_list_is_no_repeat(other: dict[str, Any]) -> None:
    """One name is not one subject, and one subject may stand on several lists."""
    assert told(other) == []


def test_those_without_a_number_repeat_by_name() -> None:
    """Nothing else tells them apart; a name that is masked stands as printed."""
    nobody = {"uscc": None, "name": "恒泰 物流有限公司"}
    assert told(nobody, nobody) == [(4, "row.repeated")]
    masked = {"uscc": None, "name": "张某"}
    assert told(masked, masked | {"listed_on": date(2024, 5, 1)}) == [(4, "row.listed_again")]
