"""Which number of a row is what (证件号码归位): the column says, the kind and the name help, and doubt is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.identity import legacy, resident_id, uscc
from jointsanction.identity.folding import bare
from jointsanction.identity.masks import mask_id
from jointsanction.identity.names import names_a_person
from jointsanction.identity.numbers import Number, readings, shapes
from jointsanction.registry.readers.report import Fault
from jointsanction.terms import IdState, IdType, SubjectKind

if TYPE_CHECKING:
    from collections.abc import Mapping

_TYPES: Final = {"uscc": IdType.USCC, "resident_id": IdType.RESIDENT_ID}
_HOMES: Final = {IdType.USCC: "uscc", IdType.RESIDENT_ID: "resident_id"}
_UNITS_ONLY: Final = frozenset({"unit_identifier", "tax_no"})
_TAX_NUMBER: Final = 15
_MISPRINT: Final = range(15, 20)


class Told(NamedTuple):
    """A fault of one column, and whether it refuses the row."""

    column: str
    fault: Fault
    refuses: bool


@dataclass(slots=True)
class Numbers:
    """The numbers of a row in their places (号码)."""

    uscc: str | None = None
    resident_id: str | None = None
    other_id: str | None = None
    told: list[Told] = field(default_factory=list)

    def put(self, number: Number) -> None:
        """Put a number where its type belongs; the first of a type counts."""
        home = _HOMES.get(number.type, "other_id")
        if getattr(self, home) is None:
            setattr(self, home, number.text)

    @property
    def any(self) -> bool:
        """Tell whether there is any number at all."""
        return not (self.uscc is None and self.resident_id is None and self.other_id is None)

    def derived_kind(self) -> SubjectKind | None:
        """Return the kind the numbers name: that of a code, a person for a resident id; a sound number goes first."""
        code = IdState.MISSING if self.uscc is None else uscc.state(self.uscc)
        number = IdState.MISSING if self.resident_id is None else resident_id.state(self.resident_id)
        if code is IdState.BAD_CHECK_DIGIT and number is IdState.OK:
            return SubjectKind.PERSON
        if self.uscc is not None and code in {IdState.OK, IdState.BAD_CHECK_DIGIT}:
            return uscc.kind_of(self.uscc)
        return SubjectKind.PERSON if number is not IdState.MISSING and code is IdState.MISSING else None


def place_numbers(cells: Mapping[str, str], name: str | None, *, person: bool | None) -> Numbers:
    """Return the numbers of a row in their places (证件号码归位).

    `cells` are the number columns that say something, `person` what the row says of its subject's kind.
    """
    placed = Numbers()
    for column, text in cells.items():
        if _is_plain(column, text):
            setattr(placed, column, text)
        else:
            _place(placed, column, text, name, person)
    return placed


def _is_plain(column: str, text: str) -> bool:
    """Tell whether a number is sound, in its own column and can be nothing else, as nearly all are."""
    if column == "uscc":
        return uscc.fits(text) and not text[:17].isdigit() and uscc.checked(text) is IdState.OK
    return column == "resident_id" and resident_id.fits(text) and resident_id.checked(text) is IdState.OK


def _place(placed: Numbers, column: str, text: str, name: str | None, person: bool | None) -> None:  # noqa: FBT001
    number = bare(text)
    found = readings(text, person=False if column in _UNITS_ONLY else person) or readings(text)
    if column == "tax_no" and len(number) == _TAX_NUMBER:
        found = _tax_number(number)
    if column in _TYPES and person is None:
        found = shapes(number) or found  # the column has said which it is; what else it may be comes after
    states = {each.state for each in found}
    if IdState.LOST_PRECISION in states and IdState.OK not in states:
        message = f"号码 {mask_id(number)}：Excel 已丢失精度，请从原件重新录入，并把该列设为文本格式。"
        placed.told.append(Told(column, Fault("id.lost_precision", message), refuses=True))
        return
    chosen = _choose(found, column, name)
    if chosen is None:
        _refuse(placed, column, number, found)
        return
    placed.put(chosen)
    _warn(placed, column, chosen)
    _also(placed, column, chosen, number)


def _choose(found: tuple[Number, ...], column: str, name: str | None) -> Number | None:
    """The column decides; without one the only reading; else the look of the name, never the odds."""
    wanted = _TYPES.get(column)
    own = [each for each in found if each.type is wanted]
    if own:
        return own[0]
    if not found:
        return None
    if len(found) == 1:
        return _masked_as(found[0], wanted)
    person = None if name is None else names_a_person(name)
    fitting = [each for each in found if (each.type is IdType.RESIDENT_ID) is person]
    if len(fitting) == 1:
        return fitting[0]
    # Fifteen digits of either kind stand as printed: such a row is found under both readings.
    short = [each for each in found if each.type is IdType.REGISTRATION_NO]
    return short[0]._replace(type=IdType.OTHER, state=IdState.OK) if short else None


def _masked_as(number: Number, wanted: IdType | None) -> Number:
    return number._replace(type=wanted) if number.state is IdState.MASKED and wanted is not None else number


def _refuse(placed: Numbers, column: str, number: str, found: tuple[Number, ...]) -> None:
    if found:
        types = "或".join(each.type.zh for each in found)
        message = f"号码 {mask_id(number)} 既可能是{types}，请补充主体类别（subject_kind）。"
        placed.told.append(Told(column, Fault("id.ambiguous", message), refuses=True))
        return
    if column != "other_id" or len(number) in _MISPRINT:
        message = f"号码 {mask_id(number)} 不是有效形式的证件号码（{len(number)} 位），请核对有无漏字、错字。"
        placed.told.append(Told(column, Fault("id.malformed", message), refuses=False))
    if column in {"uscc", "resident_id"}:
        setattr(placed, column, number)
    elif placed.other_id is None:
        placed.other_id = number


def _warn(placed: Numbers, column: str, number: Number) -> None:
    home = _HOMES.get(number.type, "other_id")
    if column in _TYPES and home != column:
        message = f"号码 {mask_id(number.text)} 是{number.type.zh}，已按其类型读取。"
        placed.told.append(Told(column, Fault("id.moved", message), refuses=False))
    if number.state is IdState.BAD_CHECK_DIGIT:
        message = f"{number.type.zh} {mask_id(number.text)} 校验位不符，已保留，按原样比对。"
        placed.told.append(Told(column, Fault("id.bad_check_digit", message), refuses=False))
    if number.state is IdState.MASKED:
        message = "号码已脱敏，只能与同名主体形成候选，不能确认身份。"
        placed.told.append(Told(column, Fault("id.masked", message), refuses=False))


def _also(placed: Numbers, column: str, chosen: Number, number: str) -> None:
    """A code that fails its check and is a sound resident id stands under both, so that neither asker misses it."""
    if chosen.state is not IdState.BAD_CHECK_DIGIT:
        return
    for other in shapes(number):
        if other.type is not chosen.type and other.state is IdState.OK:
            placed.put(other)
            message = f"号码 {mask_id(number)} 不符合{chosen.type.zh}，但符合{other.type.zh}，两种均用于比对。"
            placed.told.append(Told(column, Fault("id.also", message), refuses=False))


def _tax_number(number: str) -> tuple[Number, ...]:
    """A fifteen-place 纳税人识别号 is six digits of region and the 组织机构代码."""
    code = number[6:]
    if legacy.fits_organisation_code(code) and legacy.organisation_check_digit(code) == code[8]:
        return (Number(IdType.ORGANISATION_CODE, code, IdState.OK),)
    return readings(number, person=False) or (Number(IdType.OTHER, number, IdState.OK),)
