"""What a page says of commitments (信用承诺): open ones, breaches, talks, and on what commitment one may go ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.telling.finding import basis_text
from jointsanction.telling.page import Block, Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.commitment import Talk
    from jointsanction.model.commitments_shown import CommitmentShown, CommitmentsShown, OfferShown


def commitment_blocks(shown: CommitmentsShown, catalog: Catalog) -> Iterator[Block]:
    """Yield the blocks on commitments, warnings first; nothing where there is nothing to say."""
    blocks: Mapping[str, tuple[Line, ...]] = {
        "信用预警": tuple(Line("", notice.message) for notice in shown.warnings),
        "违背、虚假承诺": tuple(_kept(each, catalog) for each in shown.breaches),
        "未了结的承诺": tuple(_kept(each, catalog) for each in shown.open),
        "约谈记录": tuple(_talk(each) for each in shown.talks),
        "可否承诺办理": tuple(_offer(each, catalog) for each in shown.offers),
    }
    yield from (Block(title, lines) for title, lines in blocks.items() if lines)


def _kept(each: CommitmentShown, catalog: Catalog) -> Line:
    parts = [
        each.content,
        matter_title(each.matter, catalog),
        f"{each.made_on} 作出",
        f"{each.due} 到期" if each.due else None,
        "已逾期" if each.overdue else None,
        f"{each.since} {each.state.zh}" if each.actor is not None else each.state.zh,
        each.actor,
        each.reason,
        each.evidence,
    ]
    return Line(f"{each.type.zh} {each.id}", "，".join(part for part in parts if part))


def _talk(talk: Talk) -> Line:
    return Line(f"{talk.held_on} {talk.kind.zh}", f"{talk.authority}：{talk.reason}；{talk.result.zh}")


def _offer(offer: OfferShown, catalog: Catalog) -> Line:
    why = "" if offer.reason is None else f"：{offer.reason.zh}"
    titles = [catalog.measures[measure].title for measure in offer.measures]
    because = "；".join([*titles, *(f"承诺 {each}" for each in offer.commitments)])
    titled = "、".join(map(basis_text, offer.basis))
    return Line(offer.type.zh, f"{offer.state.zh}{why}{f'（{because}）' if because else ''}；依据{titled}")


def matter_title(code: str | None, catalog: Catalog) -> str | None:
    """Return the title of a matter, its code where the catalogue has it no longer."""
    if code is None:
        return None
    return catalog.matters[code].title if code in catalog.matters else code
