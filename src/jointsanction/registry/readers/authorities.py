"""Whether a designating authority is one that keeps the list (认定单位), told from the words of its trade."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from jointsanction.identity.folding import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

_GENERAL: Final = re.compile(
    "最高|各级|地方|设区的市级以上|县级以上|县级|市级|省级|直属|牵头|人民|政府|国家|国务院|中国|行政|主管|有关|相关|会同|部门|机关|单位|总局|总署|分局|"
    "局|厅|委员会|办公室|部$|部(?=会同)|等$|[和与及、（）()]"
)
_PLACE: Final = re.compile(".*[省市县区州盟旗]")
_SHORTEST: Final = 2


def is_authority_of(printed: str, authorities: Iterable[str]) -> bool:
    """Tell whether a printed authority may be one of those a list type names; in doubt, yes.

    >>> is_authority_of("荥阳市人社局", ["县级以上人力资源社会保障行政部门"])
    True
    >>> is_authority_of("荥阳市税务局", ["县级以上人力资源社会保障行政部门"])
    False
    """
    trades = [_GENERAL.sub("", plain(authority)) for authority in authorities]
    return _anybodys(trades) or _is_of(printed, trades)


def keeps_alone(printed: str, authorities: Iterable[str]) -> bool:
    """Tell whether a printed authority is one of those of a list that only offices of some trade keep.

    >>> keeps_alone("荥阳市税务局", ["县级以上税务机关"]), keeps_alone("荥阳市税务局", ["各级行政机关"])
    (True, False)
    """
    trades = [_GENERAL.sub("", plain(authority)) for authority in authorities]
    return not _anybodys(trades) and _is_of(printed, trades)


def _anybodys(trades: list[str]) -> bool:
    """A list that any office of a place may keep names no trade."""
    return not trades or any(_PLACE.fullmatch(known) or not known for known in trades)


def _is_of(printed: str, trades: list[str]) -> bool:
    trade = _GENERAL.sub("", plain(printed))
    short = _PLACE.sub("", trade)
    return any(
        known in trade or (len(short) >= _SHORTEST and (_within(short, known) or _within(known, short)))
        for known in trades
    )


def _within(part: str, whole: str) -> bool:
    """Tell whether the characters of an abbreviation come in this order in the full word (人社 in 人力资源社会保障)."""
    rest = iter(whole)
    return all(char in rest for char in part)
