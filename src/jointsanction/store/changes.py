"""What a file changes in what is believed (名单变动): rows against rows, one record after the other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.catalog.compile import lies_in
from jointsanction.errors import RegistryError
from jointsanction.model.lists import FLOOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from jointsanction.model.subject import Listing
    from jointsanction.store.batches import Declaration


class Came(NamedTuple):
    """A row of the file, by its digests (来件记录); `at` is its place in the file."""

    natural_key: str
    content: str
    at: int
    list: str
    stands: int


class Believed(NamedTuple):
    """A row believed before the file came, by its digests (现有记录).

    `regions` is where it belongs: its own region, else those of the edition that brought it; empty when unknown.
    """

    natural_key: str
    content: str
    id: int
    list: str
    stands: int
    is_missing: int
    regions: tuple[str, ...] = ()


@dataclass(slots=True)
class Tally:
    """How much a file changes (变动统计): `before` and `now` count the standing rows of each list declared whole."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    missing: int = 0
    duplicates: int = 0
    unfit: int = 0
    before: Counter[str] = field(default_factory=Counter)
    now: Counter[str] = field(default_factory=Counter)

    @property
    def any(self) -> bool:
        """Tell whether anything changes."""
        return bool(self.added or self.changed or self.missing)


class Verdicts(NamedTuple):
    """What becomes of one record (一条记录的变动): rows of the store that end, that go missing; rows said twice."""

    superseded: tuple[Believed, ...]
    missing: tuple[Believed, ...]
    doubled: tuple[Came, ...]


def stands(row: Listing, day: date) -> bool:
    """Tell whether a complete edition of a day should name a row: listed, not ended, not missed before."""
    return (
        row.listed_on is not None
        and row.removed_on is None
        and (row.valid_to is None or row.valid_to >= day)
        and row.missing_since is None
    )


def compare(
    arriving: Iterator[Came], believed: Iterator[Believed], covers: Sequence[Declaration], tally: Tally
) -> Iterator[Verdicts]:
    """Yield what becomes of each record, and count it; both sides come in the order of their digests."""
    for came, known in _records(arriving, believed):
        if len(came) == 1 and (not known or (len(known) == 1 and _is_unchanged(known[0], came[0]))):
            _count(known[0] if known else None, came[0], covers, tally)  # nearly all of them, and the short way
            continue
        coming = {row.content: row for row in reversed(came)}
        before = {row.content: row for row in known}
        doubled = tuple(row for row in came if coming[row.content].at != row.at)
        pairs = tuple(_pairs(coming, before))
        met = {old.id for old, _ in pairs if old is not None}
        missing = tuple(row for row in known if row.id not in met and row.stands and is_covered(row, covers))
        for old, new in pairs:
            _count(old, new, covers, tally)
        tally.missing += len(missing)
        tally.duplicates += len(doubled)
        tally.before.update(row.list for row in missing)
        ended = tuple(old for old, new in pairs if old is not None and not _is_unchanged(old, new))
        if ended or missing or doubled:
            yield Verdicts(ended, missing, doubled)


def refuse_shrunken(tally: Tally, codes: Iterable[str], floors: Mapping[str, int]) -> None:
    """Refuse a file after which too little of a list still stands: a truncated one must not release anybody.

    `floors` are the shares of lists, in percent, below which it is too little; half where none is given.

    Raises:
        RegistryError: `registry.shrunken`.
    """
    for code in sorted(set(codes)):
        floor = floors.get(code, FLOOR)
        if tally.now[code] * 100 < tally.before[code] * floor:
            raise _shrunken(code, tally.before[code], tally.now[code], floor)


def is_covered(row: Believed, covers: Sequence[Declaration]) -> bool:
    """Tell whether an edition speaks for a row; a regional one only for rows known to belong to its regions."""
    return any(declared.list == row.list and _lies_within(row.regions, declared.regions) for declared in covers)


def _records(arriving: Iterator[Came], believed: Iterator[Believed]) -> Iterator[tuple[list[Came], list[Believed]]]:
    """Yield the rows of each natural key, those that came beside those believed."""
    one, other = next(arriving, _NO_MORE), next(believed, _NO_MORE_BELIEVED)
    while (key := min(one[0], other[0])) != _END:
        came, known = [], []
        while one[0] == key:
            came.append(one)
            one = next(arriving, _NO_MORE)
        while other[0] == key:
            known.append(other)
            other = next(believed, _NO_MORE_BELIEVED)
        yield came, known


def _pairs(coming: dict[str, Came], known: dict[str, Believed]) -> Iterator[tuple[Believed | None, Came]]:
    """Yield the rows of one record, paired by what they say, the rest in an order that no file decides."""
    yield from ((known[content], row) for content, row in coming.items() if content in known)
    new = [coming[content] for content in sorted(coming.keys() - known.keys())]
    old = [known[content] for content in sorted(known.keys() - coming.keys())]
    yield from zip_longest(old[: len(new)], new)


def _is_unchanged(old: Believed, new: Came) -> bool:
    """Tell whether the file says what was believed; a row that was missed and is back has changed."""
    return old.content == new.content and not old.is_missing


def _count(old: Believed | None, new: Came, covers: Sequence[Declaration], tally: Tally) -> None:
    stood = old is not None and old.stands and is_covered(old, covers)
    tally.before[new.list] += stood
    # A row that states the end of one that stood is no sign of a truncated file.
    tally.now[new.list] += stood or new.stands
    if old is None:
        tally.added += 1
    elif _is_unchanged(old, new):
        tally.unchanged += 1
    else:
        tally.changed += 1


def _lies_within(regions: tuple[str, ...], within: tuple[str, ...]) -> bool:
    if not within:
        return True
    return bool(regions) and all(any(lies_in(region, outer) for outer in within) for region in regions)


def _shrunken(code: str, before: int, now: int, floor: int) -> RegistryError:
    message = (
        f"名单 {code} 现有 {before} 条在列记录，按本期只剩 {now} 条，不足 {floor}%，疑似文件不完整。未作任何改动。"
    )
    hint = (
        "请核对文件是否完整；确认名单确已缩减的，加 --accept-shrink（程序中为 accept_shrink=True）重新导入；"
        "不是完整名单的，不要声明为完整名单。"
    )
    return RegistryError("registry.shrunken", message, hint)


_END: Final = "~"  # after every digest
_NO_MORE: Final = Came(_END, "", 0, "", 0)
_NO_MORE_BELIEVED: Final = Believed(_END, "", 0, "", 0, 0)
