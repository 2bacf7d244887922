"""Document numbers in every writing of offices are one number."""

from __future__ import annotations

import pytest

from jointsanction.catalog.draft.document_number import fold_number, year_and_number


@pytest.mark.parametrize(
    "text",
    [
        "国办发〔2020〕49号",
        "国办发【2020】49号",
        "国办发[2020]49号",
        "国办发（2020）49号",
        "国办发(2020)第49号",
        "国办发 〔２０２０〕 49 号",
        "国办发﹝2020﹞049号",
    ],
)
def test_brackets_and_spaces_are_folded(text: str) -> None:
    """国办发【2020】49号 and 国办发〔2020〕49号 are one document."""
    assert fold_number(text) == "国办发〔2020〕49号"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("国务院令第654号", "国务院令第654号"),
        ("中华人民共和国国务院令 第六百五十四号", "国务院令第654号"),
        ("中华人民共和国主席令第六十八号", "主席令第68号"),
        ("国家税务总局公告2014年第40号", "国家税务总局公告2014年第40号"),
        ("国务院令第二十百号", None),
        ("2018年修正", None),
        ("国办发〔2020〕49号、国发〔2016〕33号", None),
    ],
)
def test_orders_and_announcements(text: str, folded: str | None) -> None:
    """Orders of the state council and of the president are numbered without a year."""
    assert fold_number(text) == folded


def test_only_numbers_with_a_year_have_parts() -> None:
    """The id of an instrument is made of the office, the year and the running number."""
    assert year_and_number("发改财金〔2016〕141号") == ("发改财金", "2016", "141")
    assert year_and_number("国务院令第654号") is None
