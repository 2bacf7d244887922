"""Which record of a list a listing is."""

from __future__ import annotations

import pytest

from jointsanction.identity.record_key import document_key, record_key
from jointsanction.model.subject import Listing

SPELLINGS = [
    "国办发〔2020〕49号",
    "国办发【2020】49号",
    "国办发［2020］49号",
    "国办发[2020]49号",
    "国办发(2020)49号",
    "国办发（2020）49号",
    "国办发〔２０２０〕 49 号",
]


@pytest.mark.parametrize("number", SPELLINGS)
def test_the_brackets_of_a_document_number_say_nothing(number: str) -> None:
    """Official documents print one number with 〔〕, 【】, ［］ and （）: it is one document, and one record."""
    assert document_key(number) == document_key(SPELLINGS[0])
    assert record_key(Listing(list="BL.TAX", instrument_no=number)) == record_key(
        Listing(list="BL.TAX", instrument_no=SPELLINGS[0])
    )


@pytest.mark.parametrize("number", [None, "国办发〔2020〕4号", "国发〔2020〕49号", "国办发〔2021〕49号"])
def test_another_number_is_another_document(number: str | None) -> None:
    """A figure or a word apart is another document."""
    assert document_key(number) != document_key(SPELLINGS[0])
