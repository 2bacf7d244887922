"""What numbers are (号码识别), of many at once: whole columns go through tables in place of one text after another.

Told here are only sound numbers of eighteen places that can be but one thing. Whatever else a cell holds goes to
`identity`, one by one; a test holds the two equal. Two neighbouring signs are looked up together, so a number takes
nine steps, and one table says all of a pair that has to be known: what it adds to either check, and where it can't be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple
from zlib import crc32

import numpy as np

from jointsanction.identity import uscc
from jointsanction.identity.keys import PREFIXES
from jointsanction.terms import IdType, SubjectKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Digests = NDArray[np.uint32]
    Places = NDArray[np.intp]
    Truths = NDArray[np.bool_]

LENGTH: Final = 18
KINDS: Final = tuple(SubjectKind)
"""The kinds, by the number they have here."""

PERSON: Final = KINDS.index(SubjectKind.PERSON)
UNDECLARED: Final = 254
"""Stands where no kind is declared."""

ALONE: Final = 255
"""Stands where a row has to be looked at by itself."""

_OTHER: Final = KINDS.index(SubjectKind.OTHER_ORGANISATION)
_DIGITS: Final = "0123456789"
_INNER: Final = slice(8, 17)
"""Where the 组织机构代码 stands in a code."""

_PERSON_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1)
"""Of a 公民身份号码, its check character among them: the weighted sum leaves 1 when divided by 11."""

# What the tables add up, in one number: both sums, and how many pairs don't fit either number.
_NO_CODE: Final = 1 << 10
_PERSON_SUM: Final = 15
_NO_PERSON: Final = 1 << 23
_PAIRS: Final = 1 << 16


class Forms(NamedTuple):
    """What numbers are, row by row (号码识别结果).

    `kind` is the kind of subject asked about, `ALONE` where it can't be told here; `digest` says where its keys belong.
    """

    kind: Bytes
    digest: Digests


def _signs(at: int) -> str:
    """Return the signs that a code may have at a place."""
    if at == 0:
        return uscc.DEPARTMENTS
    if at == 1:
        return _DIGITS[1:]
    return uscc.ALPHABET if at >= 8 else _DIGITS  # noqa: PLR2004 - behind the region


def _said(at: int, sign: str) -> int:
    """Return what a sign at a place adds."""
    code = uscc.ALPHABET.find(sign) * pow(3, at, 31) % 31 if at < LENGTH - 1 else uscc.ALPHABET.find(sign)
    last = _DIGITS + "X" if at == LENGTH - 1 else _DIGITS
    person = last.find(sign) * _PERSON_WEIGHTS[at] % 11
    fits_code, fits_person = sign in _signs(at), sign in last
    return (code if fits_code else _NO_CODE) + (person << _PERSON_SUM if fits_person else _NO_PERSON)


def _paired(first: Digests, second: Digests) -> Digests:
    """Return what two neighbouring signs say together, under the number that their two bytes make in memory."""
    both = np.arange(_PAIRS, dtype=np.uint16).view(np.uint8).reshape(-1, 2)
    return first[both[:, 0]] + second[both[:, 1]]


def _capital(byte: int) -> str:
    """Return what a byte is in capitals, nothing for what is no letter or digit."""
    return chr(byte).upper() if byte < 128 and chr(byte).isalnum() else ""  # noqa: PLR2004 - ASCII


def _of_signs(at: int) -> Digests:
    none = _NO_CODE + _NO_PERSON
    return np.array([_said(at, sign) if (sign := _capital(byte)) else none for byte in range(256)], np.uint32)


_SAID: Final = [_paired(_of_signs(at), _of_signs(at + 1)) for at in range(0, LENGTH, 2)]
_CODE_SUM: Final = _NO_CODE - 1
_CODE_BAD: Final = 31 * _NO_CODE
_PERSON_MASK: Final = 255


def _number(byte: int) -> int:
    return byte - ord("0") if chr(byte) in _DIGITS else 0


_TENS: Final = _paired(
    np.array([_number(byte) * 10 for byte in range(256)], np.uint32),
    np.array([_number(byte) for byte in range(256)], np.uint32),
)
_OWN_KINDS: Final = np.array(
    [
        KINDS.index(uscc.kind_of(_capital(first) + _capital(second)))
        for first, second in np.arange(_PAIRS, dtype=np.uint16).view(np.uint8).reshape(-1, 2).tolist()
    ],
    np.uint8,
)
_DAYS: Final = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], np.uint32)


class Hashes:
    """Where many keys of one length belong (定长检索项的散列), as `hash_of` says of one.

    A crc32 is the sum of what each sign at its place adds, and of what the length and all that stands before them add.
    """

    def __init__(self, before: str, length: int) -> None:
        """Work out what each sign adds at each place, two signs at a time; an odd one at the end stands alone."""
        self._none = np.uint32(crc32(bytes(length)))
        self._rest = np.uint32(crc32(before.encode() + bytes(length)))
        adds = [self._of_place(length, at) for at in range(length)]
        alone = [adds[-1]] if length % 2 else []
        self._adds = [self._both(*adds[at : at + 2]) for at in range(0, length - 1, 2)] + alone

    def _of_place(self, length: int, at: int) -> Digests:
        signs = (_capital(byte).encode() or bytes([byte]) for byte in range(256))
        whole = (crc32(bytes(at) + sign + bytes(length - at - 1)) for sign in signs)
        return np.fromiter(whole, np.uint32) ^ self._none

    def _both(self, first: Digests, second: Digests) -> Digests:
        both = np.arange(_PAIRS, dtype=np.uint16).view(np.uint8).reshape(-1, 2)
        found: Digests = first[both[:, 0]] ^ second[both[:, 1]]
        return found

    def of(self, columns: list[Places]) -> Digests:
        """Return the hash of each text in capitals; `columns` are its pairs of signs, as numbers."""
        found = self._adds[0][columns[0]]
        for adds, column in zip(self._adds[1:], columns[1:], strict=True):
            found ^= adds[column]
        found ^= self._rest
        return np.maximum(found, 1, out=found)


_CODES: Final = Hashes(PREFIXES[IdType.ORGANISATION_CODE], _INNER.stop - _INNER.start)
_PEOPLE: Final = Hashes(PREFIXES[IdType.RESIDENT_ID], LENGTH)


def forms_of(rows: Bytes, declared: Bytes) -> Forms:
    """Return what texts of eighteen bytes are, a row each; `declared` is the kind said beside each."""
    columns = pairs_of(rows)
    said = _SAID[0][columns[0]]
    for table, column in zip(_SAID[1:], columns[1:], strict=True):
        said += table[column]
    is_code = (said & _CODE_BAD == 0) & ((said & _CODE_SUM) % 31 == 0)
    is_person = (said < _NO_PERSON) & ((said >> _PERSON_SUM & _PERSON_MASK) % 11 == 1)
    if is_person.any():
        is_person &= _is_born(columns)
    undeclared, person = declared == UNDECLARED, declared == PERSON
    # A number sound both ways is a unit's where a unit is declared; undeclared, it has to be asked about.
    unit = is_code & np.where(undeclared, ~is_person, ~person & (declared != ALONE))
    natural = is_person & np.where(undeclared, ~is_code, person)
    own = _OWN_KINDS[columns[0]]
    # A sound code says what it was given to, and outweighs a slip in the kind declared beside it.
    kind = np.where(unit, np.where(undeclared | (own != _OTHER), own, declared), np.uint8(ALONE))
    digest = _CODES.of([*columns[4:8], rows[:, _INNER.stop - 1].astype(np.intp)])
    (persons,) = np.nonzero(natural)
    if len(persons):
        kind[persons] = PERSON
        digest[persons] = _PEOPLE.of([column[persons] for column in columns])
    return Forms(kind, digest)


def pairs_of(rows: Bytes) -> list[Places]:
    """Return the pairs of signs of texts, as numbers; an odd sign at the end stands alone."""
    even = rows.shape[1] // 2 * 2
    paired = np.ascontiguousarray(rows[:, :even]).view(np.uint16)
    columns = [paired[:, at].astype(np.intp) for at in range(even // 2)]
    return columns if even == rows.shape[1] else [*columns, rows[:, even].astype(np.intp)]


def _is_born(columns: list[Places]) -> Truths:
    """Tell which have a day of the calendar where the birthday stands, in the twentieth century or the next."""
    century, year, month, day = (_TENS[columns[at]] for at in (3, 4, 5, 6))
    leap = (month == 2) & (year % 4 == 0) & ((year != 0) | (century % 4 == 0))  # noqa: PLR2004 - February
    last = _DAYS[np.where(month <= 12, month, 0)] + leap  # noqa: PLR2004 - months
    born: Truths = ((century == 19) | (century == 20)) & (month >= 1) & (day >= 1) & (day <= last)  # noqa: PLR2004
    return born
