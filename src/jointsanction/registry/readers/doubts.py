"""What a row leaves in doubt (数据提示): it is taken in, and whoever answers for the list is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.registry.readers.authorities import is_authority_of
from jointsanction.registry.readers.report import Fault
from jointsanction.terms import ListKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.model.catalogue import ListType
    from jointsanction.model.subject import Listing

LEGAL_DOCUMENT: Final = "认定失信行为须以具有法律效力的文书为依据，国办发〔2020〕49号"


class Doubt(NamedTuple):
    """A column and what is doubtful about it (提示)."""

    column: str
    fault: Fault


def authority_doubt(printed: str, kind: ListType) -> Doubt | None:
    """Return the doubt about an authority that is not one of the list's, None when it is."""
    if is_authority_of(printed, kind.authority):
        return None
    known = "、".join(kind.authority)
    message = f"与名单 {kind.code} 的认定单位（{known}）不一致，请核对是否为转载单位（同一单位只提示一次）。"
    return Doubt("designating_authority", Fault("row.authority", message))


def document_doubts(listing: Listing, kind: ListType) -> Iterator[Doubt]:
    """Yield what a row leaves unsaid about the document it rests on (列入依据); a red list needs none."""
    if kind.kind is ListKind.RED:
        return
    if listing.instrument_no is None:
        message = f"缺少文书文号，可以导入，但不得作为惩戒依据（{LEGAL_DOCUMENT}）。"
        yield Doubt("instrument_no", Fault("row.unsupported", message))
    if listing.instrument_date is None:
        yield Doubt("instrument_date", Fault("row.no_instrument_date", f"缺少文书日期（{LEGAL_DOCUMENT}）。"))
    if listing.designating_authority is None:
        yield Doubt("designating_authority", Fault("row.no_authority", f"缺少认定单位（{LEGAL_DOCUMENT}）。"))
