"""What an upheld objection corrected in a listing (异议更正): the old value is kept beside the new."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from jointsanction.errors import RegistryError
from jointsanction.terms import Field, Ground, Severity, Size
from jointsanction.terms.words import word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jointsanction.model.repair_event import RepairEvent
    from jointsanction.model.subject import Listing
    from jointsanction.terms import Term

_WORDS: Final[dict[str, type[Term]]] = {"severity": Severity, "field": Field, "ground": Ground, "size": Size}
_DATES: Final = frozenset({"listed_on", "valid_to", "instrument_date", "published_on"})
_TEXTS: Final = frozenset({"name", "instrument_no", "grade", "region", "designating_authority", "publishing_authority"})
_NEVER_EMPTY: Final = frozenset({"listed_on"})
"""Without the day it began a listing would silently never have held."""

CORRECTABLE: Final = tuple(sorted({*_WORDS, *_DATES, *_TEXTS}))
"""The fields an objection may correct; of whose number the record is, only the list itself can say."""


def corrected(listing: Listing, corrections: Iterable[RepairEvent]) -> Listing:
    """Return a listing with the new values; where the list itself says otherwise by now, the list holds."""
    for event in corrections:
        name = event.field or ""
        if value_of(listing, name) == event.old:
            new: dict[str, Any] = {name: read_value(name, event.new)}
            listing = replace(listing, **new)
    return listing


def value_of(listing: Listing, name: str) -> str | None:
    """Return the present value of a field as text, None when it is empty.

    Raises:
        RegistryError: `repair.field` for a field that no objection corrects.
    """
    if name not in CORRECTABLE:
        message = f"“{name}”不是可以经异议更正的字段。"
        raise RegistryError(
            "repair.field", message, f"可用：{'、'.join(CORRECTABLE)}；证件号码有误的，由数据单位重新报送。"
        )
    value = getattr(listing, name)
    return value.isoformat() if isinstance(value, date) else value


def read_value(name: str, text: str | None) -> object:
    """Return a new value from its text, None for one that is to be empty.

    Raises:
        RegistryError: `repair.value` for a date that is none, and for a day of listing taken away.
        QuestionError: `question.unknown_word`.
    """
    if text is None:
        if name in _NEVER_EMPTY:
            raise RegistryError("repair.value", f"{name} 不能更正为空。", "整条记录有误的，异议成立时不写 --field。")
        return None
    if name in _WORDS:
        return word(_WORDS[name], text, name)
    if name not in _DATES:
        return text
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise RegistryError("repair.value", f"{name} 的更正后内容不是日期。", "写作 YYYY-MM-DD。") from error
