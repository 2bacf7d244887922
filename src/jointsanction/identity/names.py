"""Names and the keys they are compared by (名称检索键): exact on the key, never by likeness.

A name never confirms: two companies with equal keys are candidates for a person to look at. What is folded is data
(`mappings/name-key.toml`); former names (曾用名) and aliases come with the listing.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any, Final

from jointsanction.identity.folding import letters, plain
from jointsanction.identity.masks import is_masked
from jointsanction.root import default_root
from jointsanction.terms import SubjectKind


def _rules() -> dict[str, Any]:
    return tomllib.loads((default_root() / "mappings" / "name-key.toml").read_text(encoding="utf-8"))


_RULES: Final = _rules()
_OPEN: Final = "\ue0f0"
_CLOSE: Final = "\ue0f1"
"""Brackets are turned into private-use characters, which `letters` keeps, so that they stay part of the name."""

_BRACKETS: Final = str.maketrans(
    dict.fromkeys(_RULES["brackets"]["open"], _OPEN) | dict.fromkeys(_RULES["brackets"]["close"], _CLOSE)
)
_SHOWN_BRACKETS: Final = str.maketrans({_OPEN: "(", _CLOSE: ")"})
_FORMS: Final = tuple(_RULES["legal_forms"].items())
_PLACE: Final = re.compile(f"({'|'.join(_RULES['provinces'])})(?![{_RULES['city']['not_before']}])")
_SHORT_PLACES: Final = tuple(_RULES["provinces"].values())
_CITY: Final = re.compile(
    f"((?:{'|'.join(_SHORT_PLACES)})?[\u4e00-\u9fff]{{1,3}}[^{_RULES['city']['not_after']}])市(?![{_RULES['city']['not_before']}])"
)
_UNIT_ENDINGS: Final = tuple(_RULES["units"]["endings"])
_PERSON: Final = re.compile("[\u4e00-\u9fff〇]{2,3}|[\u4e00-\u9fff]+[·•・.][\u4e00-\u9fff·•・.]+")


def name_key(name: str) -> str | None:
    """Return the key of a name, None for a name that says nothing or is masked (张某, 张*三).

    >>> name_key("河南省恒泰物流（集团）有限责任公司") == name_key("河南恒泰物流(集团)有限公司")
    True
    >>> name_key("恒泰物流有限公司郑州分公司") == name_key("恒泰物流有限公司")
    False
    """
    if is_masked(name.strip()):
        return None
    half = plain(name)
    key = letters(half) if half.isalnum() else letters(half.translate(_BRACKETS)).translate(_SHOWN_BRACKETS)
    for long, short in _FORMS:
        key = key.replace(long, short)
    return _without_place_words(key) or None


def _without_place_words(key: str) -> str:
    place = _PLACE.match(key)
    if place is not None:
        key = _RULES["provinces"][place[0]] + key[place.end() :]
    city = _CITY.match(key)
    return key if city is None else city[1] + key[city.end() :]


def may_be_a_person(kind: SubjectKind | None, name: str | None, *, resident: bool) -> bool:
    """Tell whether somebody has to be covered as a person is (自然人): by his kind, or by a resident id.

    Of somebody whose kind nobody gave, a name that looks like a person's is taken for one.
    """
    return kind is SubjectKind.PERSON or resident or (kind is None and names_a_person(name or "") is True)


def names_a_person(name: str) -> bool | None:
    """Tell whether a name is that of a person or of a unit by its look (True, False), None when it could be either."""
    text = name.strip()
    if text.endswith(_UNIT_ENDINGS):
        return False
    return True if _PERSON.fullmatch(text) is not None else None
