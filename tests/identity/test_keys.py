"""The keys a listing is found under."""

from __future__ import annotations

import pytest

from jointsanction.identity.keys import contradicts, keys_of, name_keys_of, own_keys, related_keys
from jointsanction.identity.numbers import Number
from jointsanction.model.subject import Listing, Related
from jointsanction.terms import IdState, IdType, Relation, SubjectKind

SOUND = "91990000MA0000001B"
PERSON = "990000199001011239"


def row(**more: object) -> Listing:
    """Return a row of some list."""
    return Listing(list="BL.SXBZXR", **more)  # type: ignore[arg-type]


def test_a_code_also_stands_under_the_code_inside_it() -> None:
    """GB 32100-2015: the 组织机构代码 of before lives on inside, so an old row still finds the body."""
    assert own_keys(row(uscc="91990000 ma0000001b")) == (f"u:{SOUND}", "o:MA0000001")


def test_a_code_that_fails_its_check_is_matched_as_printed() -> None:
    """Registers hold wrong codes: a failing check never loses the row; the inner code has a check of its own."""
    assert own_keys(row(uscc="91990000MA0000001C")) == ("u:91990000MA0000001C",)
    assert own_keys(row(uscc="91990000D2143569XA")) == ("u:91990000D2143569XA", "o:D2143569X")


def test_an_old_resident_id_stands_under_the_new_one() -> None:
    """GB 11643-1999: fifteen and eighteen digits are one person."""
    assert own_keys(row(resident_id="990000900101123")) == own_keys(row(resident_id=PERSON)) == (f"p:{PERSON}",)


@pytest.mark.parametrize(
    "numbers",
    [
        {"uscc": "9199****MA0000001B"},
        {"uscc": "9.1E+17"},
        {"uscc": "91990000MA0000001"},
        {"resident_id": "9900**********1239"},
        {"other_id": "无"},
        {"other_id": "9900**********1239"},
        {},
    ],
)
def test_what_cannot_be_compared_has_no_key(numbers: dict[str, str]) -> None:
    """A masked, rounded, misshapen or missing number confirms nobody."""
    assert own_keys(row(**numbers)) == ()


def test_another_number_stands_under_what_it_may_be() -> None:
    """While the kind isn't known a passport and an organisation code of equal letters are both found."""
    assert own_keys(row(other_id="E12345678")) == ("o:E12345678", "x:E12345678")
    assert own_keys(row(other_id="E12345678", subject_kind=SubjectKind.PERSON)) == ("x:E12345678",)
    assert own_keys(row(other_id="D2143569-X", subject_kind=SubjectKind.ENTERPRISE)) == ("o:D2143569X",)


def test_a_masked_number_only_asks() -> None:
    """A pattern is a key of its own kind, under which nothing is ever listed."""
    assert keys_of(Number(IdType.USCC, "9199****MA0000001B", IdState.MASKED)) == ("m:9199****MA0000001B",)
    assert keys_of(Number(IdType.USCC, "91990000MA0000001", IdState.MALFORMED)) == ()


def test_somebody_related_stands_under_every_reading() -> None:
    """A related number may come without a kind; equal text is found, whichever of the two it is."""
    tie = Related(relation=Relation.LEGAL_REPRESENTATIVE, id="990000199001011230")
    assert related_keys(tie) == ("u:990000199001011230", "p:990000199001011230")
    assert related_keys(Related(relation=Relation.LEGAL_REPRESENTATIVE, name="张三")) == ()


def test_former_names_are_names() -> None:
    """曾用名: a renamed company is still found by the name on an older row."""
    renamed = row(name="恒泰物流有限公司", former_names=("恒昌物流有限责任公司", "恒泰物流有限公司"))
    assert name_keys_of(renamed) == ("恒泰物流有限公司", "恒昌物流有限公司")


@pytest.mark.parametrize(
    ("numbers", "asked", "contradicted"),
    [
        ({"uscc": SOUND}, ("u:91990000MA0000002E",), True),
        ({"uscc": SOUND}, (f"u:{SOUND}",), False),
        ({"uscc": SOUND}, ("u:91990000MA0000002X",), False),  # the number asked fails its check: perhaps a misprint
        ({"uscc": "91990000MA0000001C"}, ("u:91990000MA0000002E",), False),  # the listed one does
        ({"uscc": SOUND}, (f"p:{PERSON}",), False),
        ({"uscc": SOUND}, ("x:E12345678",), False),
        ({"resident_id": PERSON}, ("p:990000199001011247",), True),
        ({"resident_id": PERSON}, ("p:990000199001011246",), False),
        ({"resident_id": "9900**********1239"}, (f"p:{PERSON}",), False),
        ({"resident_id": "9900**********1239"}, ("p:990000199001011247",), True),
        ({"resident_id": "9900**********1239"}, ("x:E12345678",), False),
        ({"resident_id": PERSON}, ("m:9900**********1239",), False),
        ({"resident_id": PERSON}, ("m:9900**********1247",), True),
        ({"other_id": "D2143569X", "subject_kind": SubjectKind.ENTERPRISE}, ("o:D2143569X",), False),
        ({"other_id": "D2143569X", "subject_kind": SubjectKind.ENTERPRISE}, ("o:D21435681",), True),
        ({"other_id": "D2143569X", "subject_kind": SubjectKind.ENTERPRISE}, ("o:MA0000001",), False),
        ({}, (f"u:{SOUND}",), False),
    ],
)
def test_only_two_sound_numbers_of_one_type_contradict(
    numbers: dict[str, object],
    asked: tuple[str, ...],
    contradicted: bool,  # noqa: FBT001
) -> None:
    """Of equal names a row is another's only when two sound numbers of one type differ; a misprint rules out none."""
    assert contradicts(row(name="恒泰物流有限公司", **numbers), asked) is contradicted
