"""Names that differ in one character."""

from __future__ import annotations

import time

import pytest

from jointsanction.model.subject import Listing
from jointsanction.registry.readers.quality import near_names as near
from jointsanction.registry.readers.quality.near_names import names_differ, near_names
from jointsanction.registry.readers.quality.repeats import entries_of

ONE, OTHER = "91990000MA0000001B", "91990000MA0000002E"


def listings(*rows: tuple[str | None, str | None]) -> list[Listing]:
    """Return listings of names and codes, in the rows from 2 on."""
    return [Listing(list="BL.TAX", name=name, uscc=code, row=at) for at, (name, code) in enumerate(rows, 2)]


def found(*rows: tuple[str | None, str | None]) -> list[tuple[int, str]]:
    """Return rows told of and the words that name the row before."""
    return [(each.row, each.message[:10]) for each in near_names(entries_of(listings(*rows)))]


@pytest.mark.parametrize(
    "other", ["荣阳市恒泰物流有限公司", "荥阳市恒泰物有限公司", "荥阳市恒泰的物流有限公司", "荥阳市泰恒物流有限公司"]
)
def test_one_character_is_told(other: str) -> None:
    """OCR writes 荥阳 as 荣阳; left out, put in or transposed is as near."""
    pair = [("荥阳市恒泰物流有限公司", ONE), (other, None)]
    assert found(*pair) == found(*reversed(pair)) == [(3, "名称与第 2 行只差")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("荥阳市恒泰物流有限公司", ONE), ("荣阳市恒泰物流有限公司", OTHER)),
        (("恒泰物流第一分公司", ONE), ("恒泰物流第二分公司", None)),
        (("恒泰物流有限公司", None), ("恒泰 物流有限公司", None)),
        (("张三丰", None), ("张三风", None)),
        (("恒泰厂", None), ("恒秦厂", None)),
        (("恒泰物流有限公司", None), ("恒信商贸有限公司", None)),
        ((None, ONE), ("恒泰物流有限公司", None)),
    ],
)
def test_two_that_are_known_to_be_two_are_not(first: tuple[str | None, str], second: tuple[str, str | None]) -> None:
    """Sound codes that differ, numbered branches, persons, short names, and the same name twice."""
    assert found(first, second) == []


def test_numbers_that_exclude_each_other_are_believed() -> None:
    """A masked number that can't hide the other's says that these are two."""
    rows = [
        Listing(list="BL.TAX", name="荥阳市恒泰物流有限公司", uscc=ONE, row=2),
        Listing(list="BL.TAX", name="荣阳市恒泰物流有限公司", uscc="92****************", row=3),
    ]
    assert list(near_names(entries_of(rows))) == []


def test_the_messages_name_rows_and_nobody() -> None:
    """No name reaches a message."""
    (problem,) = near_names(entries_of(listings(("荥阳市恒泰物流有限公司", None), ("荣阳市恒泰物流有限公司", None))))
    assert (problem.row, problem.code, problem.level) == (3, "row.near_name", "warning")
    assert "阳" not in problem.message


def test_the_cost_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the file holds, a bound on what is compared and on what is told holds."""
    rows = listings(*((f"荥阳市{chr(0x4E00 + at)}泰物流有限公司", None) for at in range(200)))
    start = time.perf_counter()
    assert len(list(near_names(entries_of(rows)))) == near.MOST_TOLD
    assert time.perf_counter() - start < 20
    monkeypatch.setattr(near, "MOST_INDEXED", 1)
    monkeypatch.setattr(near, "MOST_TOLD", 3)
    assert len(list(near_names(entries_of(rows)))) == 3


def test_one_number_with_two_names_is_told() -> None:
    """一码多名: most often a company renamed; 曾用名 says so itself."""
    rows = listings(("恒泰物流有限公司", ONE), ("恒信商贸有限公司", ONE), ("恒泰 物流有限公司", ONE), (None, ONE))
    assert [(each.row, each.code) for each in names_differ(entries_of(rows))] == [(3, "row.names_differ")]
    renamed = Listing(list="BL.TAX", name="恒信商贸有限公司", former_names=("恒泰物流有限公司",), uscc=ONE, row=3)
    assert list(names_differ(entries_of([rows[0], renamed]))) == []
