"""The keys a listing is found under (检索键): a prefix that names the type, then the normal form of the number.

`u:` 统一社会信用代码 · `p:` 公民身份号码, always of eighteen places · `o:` 组织机构代码 · `r:` 工商注册号 ·
`x:` any other number · `m:` a masked number, which only ever asks.
A number that fails its check has its key all the same: registers hold such.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jointsanction.identity import legacy, resident_id, uscc
from jointsanction.identity.folding import bare, is_missing
from jointsanction.identity.masks import mask_allows
from jointsanction.identity.names import name_key
from jointsanction.identity.numbers import Number, other_number, readings
from jointsanction.terms import IdState, IdType, SubjectKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jointsanction.model.subject import Listing, Related

PREFIXES: Final = {
    IdType.USCC: "u:",
    IdType.RESIDENT_ID: "p:",
    IdType.ORGANISATION_CODE: "o:",
    IdType.REGISTRATION_NO: "r:",
    IdType.OTHER: "x:",
}

_WHOLE: Final = PREFIXES[IdType.USCC]
_INNER: Final = PREFIXES[IdType.ORGANISATION_CODE]
_COMPARABLE: Final = frozenset({IdState.OK, IdState.BAD_CHECK_DIGIT})


def is_person(kind: SubjectKind | None) -> bool | None:
    """Tell whether a kind is a person (自然人); None when the kind isn't known."""
    return None if kind is None else kind is SubjectKind.PERSON


def keys_of(number: Number) -> tuple[str, ...]:
    """Return the keys of one number, the strongest first; none for one that can't be compared."""
    if number.state is IdState.MASKED:
        return ("m:" + number.text,)
    if number.state not in _COMPARABLE:
        return ()
    key = PREFIXES[number.type] + number.text
    if number.type is not IdType.USCC:
        return (key,)
    # Of a misprinted code the inner nine are trusted only when their own check character holds.
    if number.state is IdState.OK or _passes(uscc.organisation_code(number.text)):
        return code_keys(number.text)
    return (key,)


def code_keys(code: str) -> tuple[str, str]:
    """Return the keys of a code whose inner nine characters are trusted: its own, and that of what is inside it."""
    return _WHOLE + code, _INNER + code[uscc.ORGANISATION]


def own_numbers(listing: Listing) -> tuple[Number, ...]:
    """Return the numbers a listing gives of its own subject."""
    found = []
    if listing.uscc is not None and not is_missing(listing.uscc):
        found.append(Number(IdType.USCC, uscc.compact(listing.uscc), uscc.state(listing.uscc)))
    if listing.resident_id is not None and not is_missing(listing.resident_id):
        found.append(resident_number(listing.resident_id))
    if listing.other_id is not None and not is_missing(listing.other_id):
        found.append(other_number(listing.other_id, person=is_person(listing.subject_kind)))
    return tuple(found)


def resident_number(text: str) -> Number:
    """Return the reading of a number given as 公民身份号码, an old one lengthened."""
    number = resident_id.compact(text)
    if resident_id.fits_old(number):
        return Number(IdType.RESIDENT_ID, resident_id.from_old(number), IdState.OK)
    return Number(IdType.RESIDENT_ID, number, resident_id.state(text))


def own_keys(listing: Listing) -> tuple[str, ...]:
    """Return the keys of the listed subject itself; a masked, rounded or misshapen number gives none."""
    own: tuple[str, ...] = ()
    if listing.uscc is not None and uscc.fits(code := uscc.compact(listing.uscc)):
        own = keys_of(Number(IdType.USCC, code, uscc.checked(code)))
        if listing.resident_id is None and listing.other_id is None:
            return own
    if listing.resident_id is not None and (number := resident_number(listing.resident_id)).state in _COMPARABLE:
        own += keys_of(number)
    if listing.other_id is not None:
        own += other_keys(listing.other_id, person=is_person(listing.subject_kind))
    return _unique(own)


def other_keys(text: str, *, person: bool | None) -> tuple[str, ...]:
    """Return the keys of a number given as some other one.

    While nobody knows whether it is a person's, it stands under every reading and under `x:` as printed, so that a
    passport and an organisation code of equal letters are both found by whoever doesn't know either.
    """
    if is_missing(text):
        return ()
    number = other_number(text, person=person)
    if number.state not in _COMPARABLE:
        return ()
    if person is not None:
        return keys_of(number)
    read = (key for each in readings(text) if each.state in _COMPARABLE for key in keys_of(each))
    return _unique((*read, PREFIXES[IdType.OTHER] + bare(text)))


def related_keys(related: Related) -> tuple[str, ...]:
    """Return the keys of somebody named in a listing; a number that may be two things has the keys of both."""
    if related.id is None:
        return ()
    found = readings(related.id, person=is_person(related.kind))
    return _unique(key for number in found if number.state in _COMPARABLE for key in keys_of(number))


def name_keys_of(listing: Listing) -> tuple[str, ...]:
    """Return the name keys of a listing: the name as printed and every 曾用名."""
    if not listing.former_names:
        only = None if listing.name is None else name_key(listing.name)
        return () if only is None else (only,)
    names = (listing.name, *listing.former_names)
    return _unique(key for name in names if name is not None and (key := name_key(name)) is not None)


def contradicts(listing: Listing, keys: tuple[str, ...]) -> bool:
    """Tell whether a listing of the same name must be somebody else's (号码相斥).

    Two sound numbers of one type that differ are two subjects. A number that fails its check may be a misprint, so it
    contradicts nothing. A masked number contradicts what it can't hide.
    """
    return any(_differs(number, keys) for number in own_numbers(listing))


def _differs(number: Number, keys: tuple[str, ...]) -> bool:
    if number.state is IdState.MASKED:
        asked = [key[2:] for key in keys if key[:2] in {"u:", "p:"}]
        return bool(asked) and not any(mask_allows(number.text, full) for full in asked)
    if number.state is not IdState.OK:
        return False
    own = keys_of(number)
    masks = [key[2:] for key in keys if key[:2] == "m:"]
    if masks and number.type in {IdType.USCC, IdType.RESIDENT_ID}:
        return not any(mask_allows(mask, number.text) for mask in masks)
    return any(_same_type_sound(mine, asked) and mine != asked for mine in own for asked in keys)


def _same_type_sound(mine: str, asked: str) -> bool:
    if mine[:2] != asked[:2]:
        return False
    if asked[:2] == "u:":
        return uscc.state(asked[2:]) is IdState.OK
    if asked[:2] == "p:":
        return resident_id.state(asked[2:]) is IdState.OK
    return asked[:2] == "o:" and _passes(asked[2:]) and _passes(mine[2:])


def _passes(code: str) -> bool:
    return legacy.fits_organisation_code(code) and legacy.organisation_check_digit(code) == code[8]


def _unique(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))
