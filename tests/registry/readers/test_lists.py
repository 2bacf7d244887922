"""Which list a row belongs to."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from jointsanction.registry.readers.lists import ListFinder
from jointsanction.registry.readers.report import Fault

if TYPE_CHECKING:
    from jointsanction.model.catalogue import Catalog, ListType


def fault(found: ListType | Fault) -> Fault:
    """Return the fault, which there must be."""
    assert isinstance(found, Fault)
    return found


@pytest.mark.parametrize(
    "text",
    ["BL.WAGE", "bl.wage", "拖欠农民工工资失信联合惩戒对象名单", "拖欠农民工工资黑名单", '拖欠农民工工资"黑名单"'],
)
def test_a_list_answers_to_code_title_and_alias(catalog: Catalog, text: str) -> None:
    """拖欠农民工工资“黑名单” was the name until 2021: rows printed then are still about the same list."""
    found = ListFinder(catalog).find(text)
    assert not isinstance(found, Fault)
    assert found.code == "BL.WAGE"


@pytest.mark.parametrize(("day", "code"), [(date(2021, 12, 31), "BL.WAGE"), (date(2022, 1, 1), "BL.NEW")])
def test_a_shared_name_is_told_apart_by_its_day(catalog: Catalog, day: date, code: str) -> None:
    """Two lists bore one name at different times; the day of listing says which is meant."""
    found = ListFinder(catalog).find("欠薪名单", day=day)
    assert not isinstance(found, Fault)
    assert found.code == code


def test_a_shared_name_without_a_day_is_refused(catalog: Catalog) -> None:
    """Never a guess between two lists."""
    found = fault(ListFinder(catalog).find("欠薪名单"))
    assert found.code == "list.ambiguous"
    assert "BL.WAGE、BL.NEW" in found.message


def test_a_list_in_no_catalogue_is_refused_with_its_reason(catalog: Catalog) -> None:
    """国办发〔2020〕49号: a list needs a law, regulation or central document; a near name is offered, not taken."""
    found = fault(ListFinder(catalog).find("失信被执行人黑名单"))
    assert found.code == "list.unknown"
    assert "国办发〔2020〕49号" in found.message
    assert "失信被执行人名单（BL.SXBZXR）" in found.message


def test_a_list_unlike_any_is_refused_without_a_suggestion(catalog: Catalog) -> None:
    """What is like nothing known gets no hint; what looks like a person's name or number is masked."""
    finder = ListFinder(catalog)
    assert "是否应为" not in fault(finder.find("垃圾分类红榜")).message
    assert "张三丰" not in fault(finder.find("张三丰")).message
    assert "1990" not in fault(finder.find("信用990000199001011239")).message


def test_a_group_is_no_list(catalog: Catalog) -> None:
    """失信联合惩戒对象 is a statutory name for several lists; a row belongs to one of them."""
    assert fault(ListFinder(catalog).find("失信联合惩戒对象")).code == "list.group"


def test_forbidden_behaviour_is_refused_with_the_citation(catalog: Catalog) -> None:
    """国办发〔2020〕49号: 不文明养犬 must not enter a credit record, whoever lists it, even in a catalogue."""
    finder = ListFinder(catalog)
    for text in ("不文明养犬失信名单", "GR.DOG"):
        found = fault(finder.find(text))
        assert found.code == "list.forbidden"
        assert "国办发〔2020〕49号" in found.message


def test_a_local_prohibition_binds_its_region(catalog: Catalog) -> None:
    """A local regulation forbids within its region; elsewhere the list is merely unknown."""
    finder = ListFinder(catalog)
    there = fault(finder.find("吸烟名单", region="990100"))
    assert there.code == "list.forbidden"
    assert "第12条" in there.message
    assert "unknown" in there.message
    assert fault(finder.find("吸烟名单", region="110000")).code == "list.unknown"
    assert fault(finder.find("吸烟名单")).code == "list.unknown"
