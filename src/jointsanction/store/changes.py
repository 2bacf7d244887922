"""What a file changes in what is believed (名单变动): rows against rows, without a database."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.catalog.compile import lies_in
from jointsanction.errors import RegistryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from jointsanction.model.subject import Listing
    from jointsanction.store.batches import Declaration
    from jointsanction.store.fingerprints import Arrival

FLOOR: Final = 0.5
"""The share of the standing rows of a list below which a complete edition is taken for a truncated file."""


class Believed(NamedTuple):
    """A row believed before the file came (现有记录).

    `regions` is where it belongs: its own region, else those of the edition that brought it; empty when unknown.
    """

    id: int
    list: str
    natural_key: str
    content: str
    listed_on: date | None
    valid_to: date | None
    removed_on: date | None
    missing_since: date | None
    regions: tuple[str, ...] = ()


class Pair(NamedTuple):
    """A row of the file and the row it takes the place of (新旧记录), if any."""

    before: Believed | None
    arrival: Arrival

    @property
    def is_unchanged(self) -> bool:
        """Tell whether the file says what was believed; a row that was missed and is back has changed."""
        return (
            self.before is not None
            and self.before.content == self.arrival.content
            and self.before.missing_since is None
        )


class Changes(NamedTuple):
    """What a file does to what is believed (变动清单). `missing` stood, and a complete edition no longer names them."""

    pairs: tuple[Pair, ...]
    missing: tuple[Believed, ...]
    duplicates: int

    @property
    def any(self) -> bool:
        """Tell whether anything changes."""
        return bool(self.missing) or not all(pair.is_unchanged for pair in self.pairs)

    @property
    def added(self) -> tuple[Arrival, ...]:
        """Return the rows nobody knew of."""
        return tuple(pair.arrival for pair in self.pairs if pair.before is None)

    @property
    def changed(self) -> tuple[Pair, ...]:
        """Return the rows that say something else than before."""
        return tuple(pair for pair in self.pairs if pair.before is not None and not pair.is_unchanged)

    @property
    def superseded(self) -> tuple[Believed, ...]:
        """Return the rows that the changed ones take the place of."""
        return tuple(pair.before for pair in self.changed if pair.before is not None)

    @property
    def unchanged(self) -> int:
        """Return how many rows say what was believed."""
        return sum(pair.is_unchanged for pair in self.pairs)


def stands(row: Believed | Listing, day: date) -> bool:
    """Tell whether a complete edition of a day should name a row: listed, not ended, not missed before."""
    return (
        row.listed_on is not None
        and row.removed_on is None
        and (row.valid_to is None or row.valid_to >= day)
        and row.missing_since is None
    )


def compare(
    arrivals: Iterable[Arrival], believed: Iterable[Believed], *, covers: Sequence[Declaration], day: date
) -> Changes:
    """Return what the rows of a file change on a day, given the lists it declares whole."""
    rows = tuple(arrivals)
    after: dict[str, dict[str, Arrival]] = defaultdict(dict)
    for arrival in rows:
        after[arrival.natural_key].setdefault(arrival.content, arrival)
    before: dict[str, dict[str, Believed]] = defaultdict(dict)
    for row in believed:
        before[row.natural_key][row.content] = row
    pairs: list[Pair] = []
    for key, coming in after.items():
        pairs.extend(_pairs(coming, before.get(key, {})))
    met = {pair.before.id for pair in pairs if pair.before is not None}
    missing = tuple(
        row
        for known in before.values()
        for row in known.values()
        if row.id not in met and stands(row, day) and _is_covered(row, covers)
    )
    return Changes(tuple(pairs), missing, len(rows) - len(pairs))


def refuse_shrunken(changes: Changes, covers: Sequence[Declaration], *, day: date) -> None:
    """Refuse a complete edition that names fewer than half of what stood: a truncated file must not release anybody.

    Raises:
        RegistryError: `registry.shrunken`.
    """
    now: Counter[str] = Counter()
    before = Counter(row.list for row in changes.missing)
    for known, arrival in changes.pairs:
        stood = known is not None and stands(known, day) and _is_covered(known, covers)
        before[arrival.listing.list] += stood
        # A row that states the end of one that stood is no sign of a truncated file.
        now[arrival.listing.list] += stood or stands(arrival.listing, day)
    for code in sorted({declared.list for declared in covers}):
        if now[code] < before[code] * FLOOR:
            raise _shrunken(code, before[code], now[code])


def _pairs(coming: Mapping[str, Arrival], known: Mapping[str, Believed]) -> Iterator[Pair]:
    """Yield the rows of one natural key, paired by what they say, the rest in an order that no file decides."""
    yield from (Pair(known[content], arrival) for content, arrival in coming.items() if content in known)
    new = [coming[content] for content in sorted(coming.keys() - known.keys())]
    old = [known[content] for content in sorted(known.keys() - coming.keys())]
    yield from (Pair(row, arrival) for row, arrival in zip_longest(old[: len(new)], new))


def _is_covered(row: Believed, covers: Sequence[Declaration]) -> bool:
    """Tell whether an edition speaks for a row; a regional one only for rows known to belong to its regions."""
    return any(declared.list == row.list and _lies_within(row.regions, declared.regions) for declared in covers)


def _lies_within(regions: tuple[str, ...], within: tuple[str, ...]) -> bool:
    if not within:
        return True
    return bool(regions) and all(any(lies_in(region, outer) for outer in within) for region in regions)


def _shrunken(code: str, before: int, now: int) -> RegistryError:
    message = (
        f"名单 {code} 现有 {before} 条在列记录，本期完整名单只有 {now} 条，不足 {FLOOR:.0%}，"
        "疑似文件不完整。未作任何改动。"
    )
    hint = (
        "请核对文件是否完整；确认名单确已缩减的，加 --accept-shrink（程序中为 accept_shrink=True）重新导入；"
        "不是完整名单的，不要声明为完整名单。"
    )
    return RegistryError("registry.shrunken", message, hint)
