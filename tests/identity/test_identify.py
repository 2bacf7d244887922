"""The first step of every check."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jointsanction.errors import SubjectError
from jointsanction.identity import resident_id, uscc
from jointsanction.identity.identify import identify, parse_subject
from jointsanction.model.subject import Subject
from jointsanction.terms import IdState, IdType, SubjectKind

if TYPE_CHECKING:
    from jointsanction.identity.identify import Identified

SOUND = "91990000MA0000001B"
PERSON = "990000199001011239"
BOTH = next(
    number
    for tail in range(1000)
    if uscc.state(number := (body := f"99000019900101{tail:03}") + resident_id.check_digit(body)) is IdState.OK
)


def ask(text: str, kind: SubjectKind | None = None, name: str | None = None) -> Identified:
    """Identify whoever a bare number names."""
    return identify(parse_subject(text, kind, name))


def codes(identified: Identified) -> list[str]:
    """Return the codes of the warnings."""
    return [warning.code for warning in identified.warnings]


def test_a_sound_code_identifies() -> None:
    """A sound code names the kind by its first two characters and warns of nothing."""
    found = ask("９1990000ma0000001B", name="恒泰物流有限责任公司")
    assert (found.kind, found.id_type, found.id, found.state) == (
        SubjectKind.ENTERPRISE,
        IdType.USCC,
        SOUND,
        IdState.OK,
    )
    assert (found.keys, found.name_key, found.warnings) == ((f"u:{SOUND}", "o:MA0000001"), "恒泰物流有限公司", ())


@pytest.mark.parametrize("body", ["N2990000MF0000001", "A1990000MA0000001", "Y1990000MA0000001"])
def test_codes_of_amendment_one_identify(body: str) -> None:
    """Rural collectives, the military and others have codes since amendment 1 of GB 32100-2015."""
    found = ask(body + uscc.check_digit(body))
    assert (found.state, found.kind) == (IdState.OK, SubjectKind.OTHER_ORGANISATION)


def test_a_resident_id_is_a_persons() -> None:
    """GB 11643-1999: the number of a natural person says what kind its bearer is."""
    assert identify(Subject(resident_id=PERSON)).kind is SubjectKind.PERSON


def test_a_failing_check_warns_and_is_looked_up_as_printed() -> None:
    """Registers hold wrong codes, so a failing check character warns and is matched all the same."""
    found = identify(Subject(uscc="91990000MA0000001C"))
    assert found.keys == ("u:91990000MA0000001C",)
    assert codes(found) == ["identity.bad_check_digit"]


def test_an_old_resident_id_is_lengthened() -> None:
    """A fifteen-digit number asks for the eighteen-digit one, and says so."""
    found = ask("990000900101123", SubjectKind.PERSON)
    assert (found.id, found.keys, found.kind) == (PERSON, (f"p:{PERSON}",), SubjectKind.PERSON)
    assert codes(found) == ["identity.fifteen_digits"]


@pytest.mark.parametrize("text", [BOTH, "990000199001011230", "990000900101123"])
def test_a_number_that_may_be_two_things_is_refused_without_a_kind(text: str) -> None:
    """Never a guess: a number that both standards allow needs the kind of its subject."""
    with pytest.raises(SubjectError) as caught:
        parse_subject(text, None, None)
    assert caught.value.code == "subject.ambiguous"
    assert text not in str(caught.value)


def test_the_kind_decides_what_the_number_is() -> None:
    """With the kind said, the very same number is one or the other."""
    assert ask(BOTH, SubjectKind.PERSON).keys == (f"p:{BOTH}",)
    assert ask(BOTH, SubjectKind.ENTERPRISE).keys[0] == f"u:{BOTH}"


@given(
    st.sampled_from(["9900**********1239", "990000********1239", "9199****MA0000001B", "****"]),
    st.sampled_from([None, *SubjectKind]),
)
def test_a_masked_number_never_finds(text: str, kind: SubjectKind | None) -> None:
    """个人信息保护法 masks numbers: a pattern narrows the candidates of a name and confirms nobody."""
    found = ask(text, kind, "张三丰")
    assert found.state is IdState.MASKED
    assert found.keys == (f"m:{text}",)
    assert codes(found) == ["identity.masked"]


def test_a_name_alone_has_no_key() -> None:
    """A name never confirms: it only ever finds candidates."""
    found = ask("", SubjectKind.PERSON, "张三丰")
    assert (found.keys, found.name_key, found.state, found.kind) == ((), "张三丰", IdState.MISSING, SubjectKind.PERSON)
    assert codes(found) == ["identity.name_only"]


def test_a_masked_name_is_not_compared() -> None:
    """张某 is half the country."""
    found = ask(SOUND, name="张某")
    assert found.name_key is None
    assert codes(found) == ["identity.masked_name"]


def test_another_kind_than_the_code_names_is_told() -> None:
    """A sound code says what it was given to, and the difference is shown: 92 is 个体工商户."""
    found = ask("92990000MA0000002B", SubjectKind.ENTERPRISE)
    assert uscc.state("92990000MA0000002B") is IdState.OK
    assert (found.kind, codes(found)) == (SubjectKind.INDIVIDUAL_BUSINESS, ["identity.kind_differs"])


@pytest.mark.parametrize(
    ("text", "kind", "id_type", "keys"),
    [
        ("D2143569-X", SubjectKind.ENTERPRISE, IdType.ORGANISATION_CODE, ("o:D2143569X",)),
        ("990000999999999", SubjectKind.ENTERPRISE, IdType.REGISTRATION_NO, ("r:990000999999999",)),
        ("E12345678", SubjectKind.PERSON, IdType.OTHER, ("x:E12345678",)),
        ("E12345678", None, IdType.OTHER, ("o:E12345678", "x:E12345678")),
    ],
)
def test_older_and_foreign_numbers_identify(
    text: str, kind: SubjectKind | None, id_type: IdType, keys: tuple[str, ...]
) -> None:
    """Numbers from before 2015 and passports are compared exactly, each with its own sort."""
    found = ask(text, kind)
    assert (found.id_type, found.keys, found.kind) == (id_type, keys, kind)


@pytest.mark.parametrize(
    ("subject", "code"),
    [
        (Subject(), "subject.empty"),
        (Subject(uscc="无", name=" "), "subject.empty"),
        (Subject(uscc=SOUND, resident_id=PERSON), "subject.several_numbers"),
        (Subject(resident_id=PERSON, other_id="E12345678"), "subject.several_numbers"),
        (Subject(uscc="91990000MA0000001"), "subject.malformed"),
        (Subject(resident_id="990000199013011239"), "subject.malformed"),
        (Subject(uscc="9.1E+17"), "subject.lost_precision"),
        (Subject(uscc=SOUND, kind=SubjectKind.PERSON), "subject.kind_conflict"),
        (Subject(resident_id=PERSON, kind=SubjectKind.ENTERPRISE), "subject.kind_conflict"),
    ],
)
def test_what_identifies_nobody_is_refused(subject: Subject, code: str) -> None:
    """Wrong data is an error, told without showing the number."""
    with pytest.raises(SubjectError) as caught:
        identify(subject)
    assert caught.value.code == code
    assert caught.value.hint
    assert not any(text in str(caught.value) for text in (SOUND, PERSON))


@pytest.mark.parametrize(
    ("text", "kind", "name", "code"),
    [
        ("", None, None, "subject.empty"),
        ("/", None, "无", "subject.empty"),
        ("恒泰物流有限公司", None, None, "subject.malformed"),
        ("12345", None, None, "subject.malformed"),
        ("91990000MA0000001", None, None, "subject.malformed"),
        (SOUND, SubjectKind.PERSON, None, "subject.kind_conflict"),
        ("91990000MA000000IB", SubjectKind.PERSON, None, "subject.malformed"),
        ("990000991301123", SubjectKind.PERSON, None, "subject.kind_conflict"),
        ("910000000000000000.0", None, None, "subject.lost_precision"),
    ],
)
def test_a_text_that_is_no_number_is_refused(text: str, kind: SubjectKind | None, name: str | None, code: str) -> None:
    """A misprint that is no number any more must not come out clear."""
    with pytest.raises(SubjectError) as caught:
        ask(text, kind, name)
    assert caught.value.code == code


def test_an_identity_shows_nothing_of_anybody() -> None:
    """No number and no name may reach a log by accident."""
    found = ask(SOUND, name="恒泰物流有限公司")
    assert SOUND not in repr(found)
    assert "恒泰" not in repr(found)


@given(st.text(max_size=30))
def test_any_text_is_a_subject_or_a_subject_error(text: str) -> None:
    """Whatever is typed, the answer is a subject or a refusal with a code, never another exception."""
    with suppress(SubjectError):
        assert ask(text).keys
