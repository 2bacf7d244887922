"""What is doubtful about a row (数据提示): whoever answers for the list is told; of a stranger it is not taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.registry.readers.authorities import is_authority_of
from jointsanction.registry.readers.report import Fault
from jointsanction.terms import ListKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.model.catalogue import ListType
    from jointsanction.model.subject import Listing
    from jointsanction.registry.readers.lists import ListFinder

LEGAL_DOCUMENT: Final = "认定失信行为须以具有法律效力的文书为依据，国办发〔2020〕49号"


class Doubt(NamedTuple):
    """A column and what is doubtful about it (提示)."""

    column: str
    fault: Fault


class Stranger(NamedTuple):
    """An authority that is not one of the list's (非本名单认定单位); whose trade is known is refused."""

    fault: Fault
    refuses: bool


def stranger(printed: str, kind: ListType, finder: ListFinder) -> Stranger | None:
    """Return what is wrong with an authority that is not one of the list's, None when it is or may be one.

    Who keeps another list keeps not this one; an office of which nobody knows the trade is only told of.
    """
    if is_authority_of(printed, kind.authority):
        return None
    known, own = "、".join(kind.authority), finder.kept_by(printed)
    if own is None:
        message = f"与名单 {kind.code} 的认定单位（{known}）不一致，请核对是否为转载单位（同一单位只提示一次）。"
        return Stranger(Fault("row.authority", message), refuses=False)
    message = (
        f"不是名单 {kind.code} 的认定单位（{known}），而是 {own.code} 一类名单的；"
        "转载、公示单位请写在公示单位一列，认定单位填原认定机关。"
    )
    return Stranger(Fault("row.other_authority", message), refuses=True)


def document_doubts(listing: Listing, kind: ListType) -> Iterator[Doubt]:
    """Yield what a row leaves unsaid about the document it rests on (列入依据); a red list and a rating need none."""
    if kind.kind in {ListKind.RED, ListKind.RATING}:
        return
    if listing.instrument_no is None:
        message = f"缺少文书文号，可以导入，但不得作为惩戒依据（{LEGAL_DOCUMENT}）。"
        yield Doubt("instrument_no", Fault("row.unsupported", message))
    if listing.instrument_date is None:
        yield Doubt("instrument_date", Fault("row.no_instrument_date", f"缺少文书日期（{LEGAL_DOCUMENT}）。"))
    if listing.designating_authority is None:
        yield Doubt("designating_authority", Fault("row.no_authority", f"缺少认定单位（{LEGAL_DOCUMENT}）。"))
