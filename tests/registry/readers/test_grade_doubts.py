"""A grade that its scheme has not on the day of listing is told at import, and taken all the same."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

import worlds as w
from jointsanction.catalog.bundle import default_catalog
from jointsanction.model.catalogue import Scheme
from jointsanction.registry.readers.grade_doubts import grade_doubts
from jointsanction.registry.readers.read import read_listings

if TYPE_CHECKING:
    from pathlib import Path


def told(code: str, grade: str | None, listed_on: date | None) -> list[str]:
    """Return the codes of what is said of a grade on a shipped list."""
    catalog = default_catalog()
    row = w.listing(code, grade=grade, listed_on=listed_on)
    return [doubt.fault.code for doubt in grade_doubts(row, catalog.lists[code], catalog)]


@pytest.mark.parametrize(
    ("code", "grade", "listed_on", "codes"),
    [
        ("EV.TAX", "D", date(2025, 7, 1), []),
        ("EV.TAX", "A级", date(2025, 7, 1), []),
        ("EV.TAX", "E", date(2025, 7, 1), ["row.grade_unknown"]),
        ("EV.TAX", "M", date(2018, 3, 31), ["row.grade_unknown"]),
        ("EV.TAX", "M", date(2018, 4, 1), []),
        ("RL.AEO", "认证企业", date(2026, 3, 31), ["row.grade_unknown"]),
        ("RL.AEO", "认证企业", date(2026, 4, 1), []),
        ("RL.AEO", "AA", date(2018, 4, 30), ["row.grade_unknown"]),
        ("EV.TAX", None, date(2025, 7, 1), []),
        ("EV.TAX", "E", None, []),
        ("BL.SXBZXR", "E", date(2025, 7, 1), []),
    ],
)
def test_a_level_unknown_on_that_day_is_told(
    code: str, grade: str | None, listed_on: date | None, codes: list[str]
) -> None:
    """纳税 M since 2018-04-01, 海关 认证企业 since 2026-04-01; before its first scheme a grade says nothing."""
    assert told(code, grade, listed_on) == codes


def test_a_level_that_no_table_maps_is_told() -> None:
    """An unmapped value is told at import; a scheme that converts nothing at all is silent."""
    levels = [{"level": "A", "title": "优"}, {"level": "D", "title": "差"}]
    plain = Scheme.model_validate({"id": "s", "title": "等级", "levels": levels})
    for conversions, codes in (
        ([], []),
        ([{"levels": {"A": "trustworthy"}}], ["row.grade_unmapped"]),
        ([{"levels": {"A": "trustworthy"}, "unconverted": ["D"]}], []),
        ([{"levels": {"D": "general-dishonesty"}, "valid_from": "2025-01-01"}], ["row.grade_unmapped"]),
    ):
        scheme = Scheme.model_validate({**plain.model_dump(), "conversions": conversions})
        kind = w.list_type("EV.A", "rating", scheme=[{"scheme": "s"}])
        catalog = w.world(kind).model_copy(update={"schemes": {"s": scheme}})
        said = grade_doubts(w.listing("EV.A", grade="D"), kind, catalog)
        assert [doubt.fault.code for doubt in said] == codes


def test_the_row_is_taken_with_a_warning(tmp_path: Path) -> None:
    """A level unknown is no refused row (ENCODING §7); a rating needs no document."""
    file = tmp_path / "levels.csv"
    file.write_text("名称,统一社会信用代码,列入日期,等级\n甲公司,91990000MA0000001B,2025-07-01,E\n", encoding="utf-8")
    report = read_listings(file, default_catalog(), list_code="EV.TAX")
    assert len(report.listings) == 1
    assert [problem.code for problem in report.warnings] == ["row.grade_unknown"]
