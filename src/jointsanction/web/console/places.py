"""The pages of the console (栏目), and which account sees which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.terms import AccountRole

if TYPE_CHECKING:
    from jointsanction.model.caller import Caller

WINDOW: Final = frozenset({AccountRole.WINDOW})
WRITING: Final = frozenset({AccountRole.AUTHOR, AccountRole.REVIEWER})
OPERATING: Final = frozenset({AccountRole.OPERATOR})
AUDITING: Final = frozenset({AccountRole.AUDITOR})
EVERYBODY: Final = frozenset(AccountRole)
RECORDS: Final = WINDOW | OPERATING
"""Whoever sees a page for these alone sees what stands on lists, whole."""


class Place(NamedTuple):
    """One page of the menu (栏目): whoever has one of the roles sees it."""

    path: str
    title: str
    roles: frozenset[AccountRole]


PLACES: Final = (
    Place("/check", "一键核查", WINDOW),
    Place("/tender", "投标人批量核查", WINDOW),
    Place("/review", "复核待办", WINDOW),
    Place("/feedback", "反馈与统计", WINDOW | OPERATING),
    Place("/catalogue", "措施目录", EVERYBODY - AUDITING),
    Place("/lists", "名单批次与差异", OPERATING),
    Place("/workshop", "规则试算", WRITING),
    Place("/audit", "审计检索", AUDITING),
)
"""The menu, in the order of a working day. An auditor reads the audit and nothing else."""


def places_of(caller: Caller) -> tuple[Place, ...]:
    """Return the pages that somebody sees (可见栏目)."""
    return tuple(place for place in PLACES if not caller.roles.isdisjoint(place.roles))
