"""A registry in dictionaries."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jointsanction.model.subject import Edition, Listing, Related
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.registry.protocol import Hit
from jointsanction.terms import Relation

SOUND = "91990000MA0000001B"
OTHER = "91990000MA0000002E"
PERSON = "990000199001011239"
NAME = "恒泰物流有限公司"
OWN = Listing(list="BL.WAGE", uscc=SOUND, name=NAME, listed_on=date(2024, 1, 2))
EARLY = datetime(2024, 1, 1, tzinfo=UTC)
LATE = datetime(2024, 6, 1, tzinfo=UTC)


def listings(*hits: Hit) -> list[Listing]:
    """Return the listings of hits."""
    return [hit.listing for hit in hits]


def test_a_subject_is_found_under_any_of_its_numbers() -> None:
    """GB 32100-2015: an older row with the 组织机构代码 alone is about the same body."""
    old = Listing(list="BL.TAX", other_id="MA000000-1", name="恒昌物流有限公司")
    registry = MemoryRegistry([OWN, old])
    assert registry.lookup((f"u:{SOUND}", "o:MA0000001"), None) == (Hit(OWN), Hit(old))
    assert registry.lookup((f"u:{SOUND}",), None) == (Hit(OWN),)


def test_somebody_related_is_found_through_the_listing() -> None:
    """保障农民工工资支付条例第48条 lists the legal representative with the unit: his number finds the unit's row."""
    tie = Related(relation=Relation.LEGAL_REPRESENTATIVE, name="张三", id=PERSON)
    unit = Listing(list="BL.WAGE", uscc=SOUND, name=NAME, related=(tie,))
    own = Listing(list="BL.SXBZXR", resident_id=PERSON, name="张三")
    registry = MemoryRegistry([unit, own])
    assert registry.lookup((f"p:{PERSON}",), None) == (Hit(own), Hit(unit, tie))


def test_own_hits_come_before_related_ones_whichever_key_found_them() -> None:
    """A body that stands in a row of its own and in another's is told apart from itself."""
    tie = Related(relation=Relation.BRANCH, id="MA0000001")
    theirs = Listing(list="BL.TAX", uscc=OTHER, related=(tie,))
    registry = MemoryRegistry([theirs, OWN])
    assert registry.lookup(("o:MA0000001", f"u:{SOUND}"), None) == (Hit(OWN), Hit(theirs, tie))


def test_a_name_finds_candidates_only() -> None:
    """A name alone never confirms; a row that was found by its number is no candidate as well."""
    registry = MemoryRegistry([OWN])
    assert registry.lookup((), NAME) == (Hit(OWN, by_name=True),)
    assert registry.lookup((f"u:{SOUND}",), NAME) == (Hit(OWN),)
    assert registry.lookup((), "恒鑫物流有限公司") == ()


@pytest.mark.parametrize(
    ("row", "is_candidate"),
    [
        (Listing(list="BL.WAGE", name=NAME), True),
        (Listing(list="BL.WAGE", name=NAME, uscc="9199****MA0000002E"), True),
        (Listing(list="BL.WAGE", name=NAME, uscc="91990000MA0000003X"), True),
        (Listing(list="BL.WAGE", name="恒昌物流有限公司", former_names=("恒泰物流有限责任公司",)), True),
        (Listing(list="BL.WAGE", name=NAME, uscc=SOUND), False),
        (Listing(list="BL.WAGE", name=NAME, uscc="9199****MA0000001B"), False),
    ],
)
def test_a_candidate_is_not_contradicted_by_its_number(row: Listing, is_candidate: bool) -> None:  # noqa: FBT001
    """Of equal names a row with another sound number is another body; one without, or misprinted, may be this one."""
    assert (MemoryRegistry([row]).lookup((f"u:{OTHER}",), NAME) != ()) is is_candidate


def test_somebody_related_with_a_masked_number_is_a_candidate() -> None:
    """A masked number and a name point at somebody; a name alone among the related points at half the country."""
    masked = Related(relation=Relation.LEGAL_REPRESENTATIVE, name="张三丰", id="9900**********1239")
    bare = Related(relation=Relation.LEGAL_REPRESENTATIVE, name="张三丰")
    hidden = Related(relation=Relation.PRINCIPAL, name="张某", id="9900**********1239")
    row = Listing(list="BL.WAGE", uscc=SOUND, related=(masked, bare, hidden))
    registry = MemoryRegistry([row])
    assert registry.lookup((f"p:{PERSON}",), "张三丰") == (Hit(row, masked, by_name=True),)
    assert registry.lookup((), "张三丰") == (Hit(row, masked, by_name=True),)
    assert registry.lookup(("p:990000199001011247",), "张三丰") == ()


def test_editions_are_kept_newest_last() -> None:
    """A list is stale when its newest complete edition is; rows of a batch make the registry as new as the batch."""
    first = Edition(list="BL.TAX", batch="a", received_at=EARLY)
    second = Edition(list="BL.TAX", batch="b", received_at=LATE, regions=("410000",))
    registry = MemoryRegistry([], [second, first])
    assert registry.editions == {"BL.TAX": (first, second)}
    assert registry.known_at == LATE
    assert MemoryRegistry([Listing(list="BL.TAX", recorded_at=EARLY)]).known_at == EARLY
    assert MemoryRegistry([]).known_at is None


ROWS = st.lists(
    st.builds(
        Listing,
        list=st.sampled_from(["BL.WAGE", "BL.TAX"]),
        uscc=st.sampled_from([SOUND, OTHER]),
        listed_on=st.dates(),
        related=st.just(()) | st.just((Related(relation=Relation.PRINCIPAL, id=PERSON),)),
    ),
    max_size=6,
)


@given(ROWS, st.randoms(use_true_random=False))
def test_the_version_is_the_contents_whatever_their_order(rows: list[Listing], dice: object) -> None:
    """A receipt names the version: equal lists give an equal one, and one more row gives another."""
    shuffled = list(rows)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    edition = Edition(list="BL.TAX", batch="a", received_at=EARLY)
    version = MemoryRegistry(rows, [edition]).version
    assert version.startswith("sha256:")
    assert MemoryRegistry(shuffled, [edition]).version == version
    assert MemoryRegistry([*rows, OWN], [edition]).version != version
    assert MemoryRegistry(rows).version != version


def test_the_version_of_the_keeper_is_kept() -> None:
    """Whoever keeps the lists knows their version and need not have it worked out."""
    registry = MemoryRegistry([OWN], version="7")
    assert registry.version == registry.version == "7"


def test_the_version_sees_who_is_related() -> None:
    """Dataclasses of subjects show nothing of anybody, yet the version must tell two related persons apart."""
    rows = [
        Listing(list="BL.WAGE", uscc=SOUND, related=(Related(relation=Relation.PRINCIPAL, id=each),))
        for each in (PERSON, "990000199001011247")
    ]
    assert MemoryRegistry(rows[:1]).version != MemoryRegistry(rows[1:]).version


@given(ROWS)
def test_every_row_is_found_by_its_own_number(rows: list[Listing]) -> None:
    """No row is ever lost: whoever asks with its number finds it, once."""
    registry = MemoryRegistry(rows)
    for number in (SOUND, OTHER):
        found = registry.lookup((f"u:{number}", f"o:{number[8:17]}"), None)
        assert sorted(map(id, listings(*found))) == sorted(id(row) for row in rows if row.uscc == number)
