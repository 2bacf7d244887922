"""Which number of a row is what."""

from __future__ import annotations

import pytest

from jointsanction.identity import legacy, resident_id, uscc
from jointsanction.registry.readers.identifiers import Numbers, place_numbers
from jointsanction.terms import IdState, SubjectKind

SOUND = "91990000MA0000001B"
PERSON = "990000199001011239"
BOTH = next(
    number
    for tail in range(1000)
    if uscc.state(number := (body := f"99000019900101{tail:03}") + resident_id.check_digit(body)) is IdState.OK
)
TAX_NO = "990000" + "D21435681"


def place(name: str | None = "恒泰物流有限公司", *, person: bool | None = None, **cells: str) -> Numbers:
    """Place the numbers of a row."""
    return place_numbers(cells, name, person=person)


def said(placed: Numbers) -> list[tuple[str, bool]]:
    """Return what was told, and whether it refuses the row."""
    return [(told.fault.code, told.refuses) for told in placed.told]


def test_sound_numbers_in_their_columns_say_nothing() -> None:
    """Nearly all rows are like this."""
    placed = place(uscc=SOUND, resident_id=PERSON)
    assert (placed.uscc, placed.resident_id, placed.other_id, said(placed)) == (SOUND, PERSON, None, [])


@pytest.mark.parametrize(
    ("column", "text", "home", "value"),
    [
        ("resident_id", "92990000MA0000002B", "uscc", "92990000MA0000002B"),
        ("uscc", "D2143568-1", "other_id", "D21435681"),
        ("uscc", "410182600012345", "other_id", "410182600012345"),
    ],
)
def test_a_number_in_another_column_is_moved_and_told(column: str, text: str, home: str, value: str) -> None:
    """宝鸡 and others found 92 codes among persons and resident ids among codes: the number says what it is."""
    placed = place_numbers({column: text}, "恒泰物流有限公司", person=None)
    assert getattr(placed, home) == value
    assert ("id.moved", False) in said(placed)


def test_the_column_decides_what_the_number_could_also_be() -> None:
    """3 % of resident ids pass for codes; in a column of codes or of persons the column has said which."""
    assert place(uscc=BOTH).uscc == BOTH
    assert place(resident_id=BOTH).resident_id == BOTH
    assert place(uscc=BOTH, person=True).resident_id == BOTH


def test_a_failing_check_is_told_and_the_number_kept() -> None:
    """A bad check digit is a warning that survives: registers hold such codes."""
    placed = place(uscc="91990000MA0000001C")
    assert (placed.uscc, said(placed)) == ("91990000MA0000001C", [("id.bad_check_digit", False)])


def test_a_code_that_fails_and_a_resident_id_that_passes_stand_as_both() -> None:
    """Neither whoever asks for the code nor whoever asks for the person may miss the row."""
    among_codes = place(uscc=PERSON)
    assert (among_codes.uscc, among_codes.resident_id) == (PERSON, PERSON)
    assert among_codes.derived_kind() is SubjectKind.PERSON
    assert said(among_codes) == [("id.bad_check_digit", False), ("id.also", False)]
    bodies = (f"99000019900101{tail:03}" for tail in range(1000))
    codes = (body + uscc.check_digit(body) for body in bodies)
    code = next(code for code in codes if resident_id.state(code) is IdState.BAD_CHECK_DIGIT)
    among_persons = place(resident_id=code)
    assert (among_persons.uscc, among_persons.resident_id) == (code, code)
    assert among_persons.derived_kind() is uscc.kind_of(code)


def test_a_kind_that_is_said_goes_before_the_column() -> None:
    """A row of a person has his resident id, whatever the column is called."""
    placed = place(uscc=PERSON, person=True)
    assert (placed.uscc, placed.resident_id, said(placed)) == (None, PERSON, [("id.moved", False)])


@pytest.mark.parametrize("text", ["9.1E+17", "911299001234567890.0", "911299001234567000"])
def test_lost_precision_refuses_the_row(text: str) -> None:
    """A spreadsheet keeps fifteen digits: the rest is made up, so the row could be anybody's."""
    placed = place(uscc=text)
    assert said(placed) == [("id.lost_precision", True)]
    assert "Excel 已丢失精度" in placed.told[0].fault.message
    assert not placed.any


@pytest.mark.parametrize(
    ("column", "home"),
    [("uscc", "uscc"), ("resident_id", "resident_id"), ("other_id", "other_id"), ("identifier", "other_id")],
)
def test_a_masked_number_is_kept_as_a_pattern(column: str, home: str) -> None:
    """A mask is never filled; the pattern stays where the file put it."""
    placed = place_numbers({column: "9900**********1239"}, "张三丰", person=None)
    assert getattr(placed, home) == "9900**********1239"
    assert said(placed) == [("id.masked", False)]


@pytest.mark.parametrize(
    ("name", "home"), [("恒泰物流有限公司", "uscc"), ("张三丰", "resident_id"), ("买买提·艾力", "resident_id")]
)
def test_the_look_of_the_name_helps_where_the_number_is_two_things(name: str, home: str) -> None:
    """身份证号码／组织机构代码 in one column: a name that ends in 公司 is no person's."""
    placed = place(name, identifier=BOTH)
    assert getattr(placed, home) == BOTH
    assert said(placed) == []


@pytest.mark.parametrize("name", [None, "欧阳明月"])
def test_a_number_that_stays_two_things_refuses_the_row(name: str | None) -> None:
    """Never a guess: the row needs its kind."""
    assert said(place(name, identifier=BOTH)) == [("id.ambiguous", True)]


def test_fifteen_digits_of_either_kind_stand_as_printed() -> None:
    """An old resident id and a 工商注册号 share a length; such a row is found under both."""
    assert place(None, identifier="990000900101123").other_id == "990000900101123"


@pytest.mark.parametrize(
    ("column", "text", "home", "value"),
    [
        ("unit_identifier", SOUND, "uscc", SOUND),
        ("unit_identifier", "D2143568-1", "other_id", "D21435681"),
        ("unit_identifier", BOTH, "uscc", BOTH),
        ("unit_identifier", PERSON, "uscc", PERSON),
        ("tax_no", TAX_NO, "other_id", "D21435681"),
        ("tax_no", "410182600012345", "other_id", "410182600012345"),
        ("tax_no", "99000060001234A", "other_id", "99000060001234A"),
        ("tax_no", SOUND, "uscc", SOUND),
        ("other_id", "军字第0012号", "other_id", "军字第0012号"),
        ("identifier", "E12345678", "other_id", "E12345678"),
    ],
)
def test_a_column_of_several_sorts_is_sorted(column: str, text: str, home: str, value: str) -> None:
    """A 纳税人识别号 of fifteen places is a region and the 组织机构代码; other sorts go by their shape."""
    assert getattr(place_numbers({column: text}, "恒泰物流有限公司", person=None), home) == value


def test_the_check_of_a_tax_number_is_that_of_the_code_inside() -> None:
    """GB 11714: the made-up number above is built right."""
    assert legacy.organisation_check_digit(TAX_NO[6:]) == TAX_NO[-1]


@pytest.mark.parametrize(
    ("column", "text", "home"),
    [
        ("uscc", "91990000MA0000001", "uscc"),
        ("resident_id", "99000019900101123", "resident_id"),
        ("identifier", "12345", "other_id"),
        ("other_id", "91990000MA0000001", "other_id"),
    ],
)
def test_a_misshapen_number_is_kept_and_told(column: str, text: str, home: str) -> None:
    """A number of a wrong length names nobody, yet the row stays a candidate by its name."""
    placed = place_numbers({column: text}, "恒泰物流有限公司", person=None)
    assert getattr(placed, home) == text
    assert said(placed) == [("id.malformed", False)]
    assert text not in placed.told[0].fault.message


def test_the_first_number_of_a_sort_counts() -> None:
    """A misshapen number never displaces one that was already there."""
    assert place(other_id="E12345678", identifier="12345").other_id == "E12345678"
    assert place(other_id="E12345678", unit_identifier="D2143568-1").other_id == "E12345678"


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ({"uscc": SOUND}, SubjectKind.ENTERPRISE),
        ({"uscc": SOUND, "resident_id": PERSON}, SubjectKind.ENTERPRISE),
        ({"resident_id": PERSON}, SubjectKind.PERSON),
        ({"uscc": "9199****MA0000001B"}, None),
        ({"other_id": "E12345678"}, None),
    ],
)
def test_numbers_name_the_kind(cells: dict[str, str], kind: SubjectKind | None) -> None:
    """A code says which body, a resident id that it is a person."""
    assert place_numbers(cells, "恒泰物流有限公司", person=None).derived_kind() is kind
