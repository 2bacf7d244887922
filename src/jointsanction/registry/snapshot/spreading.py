"""Writing the listings of one file of a snapshot (写出记录分段): each row under all that finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from jointsanction.registry.entries import by_mask, by_name, by_number
from jointsanction.registry.snapshot.records import Pool, record_of, who_of
from jointsanction.registry.snapshot.rows import BOTH, REFERENCE, SAME, SHOWN, WITHIN, closed_key, key_bytes, mask_key
from jointsanction.registry.snapshot.writing import Spills, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from jointsanction.model.subject import Listing
    from jointsanction.registry.protocol import Hit

Row: TypeAlias = "tuple[int, Sequence[str | None]]"
"""A row's number, larger than that of every row taken in before it, and its texts as `records.FIELDS` names them."""


def write_rows(path: Path, rows: Iterable[Row], closed: Iterable[int] = ()) -> tuple[int, int]:
    """Write a file of rows, and of the numbers of earlier rows that are believed no longer; return how many of each.

    Raises:
        RegistryError: `registry.snapshot_unwritable`.
    """
    with written(path) as (writer, folder):
        spread = _Spread(folder)
        for number, texts in rows:
            spread.add(number, texts)
        for number in closed:
            spread.closed.add(closed_key(number), b"")
        writer.table("numbers", spread.numbers, _tidy)
        writer.table("names", spread.names, _own_first)
        writer.table("masks", spread.masks)
        writer.table("closed", spread.closed)
        writer.finish(spread.about())
    return spread.rows, spread.closed.entries


class _Spread:
    """Rows on their way into the tables of a file (分拣中的记录)."""

    def __init__(self, folder: Path) -> None:
        names = ("numbers", "names", "masks", "closed")
        self.numbers, self.names, self.masks, self.closed = (Spills(folder, name) for name in names)
        self.rows = 0
        self._pool = Pool()
        self._shapes: set[tuple[int, int]] = set()

    def about(self) -> dict[str, Any]:
        """Return what the header says of the rows."""
        counts = {"rows": self.rows, "closed": self.closed.entries}
        return {**counts, "pool": self._pool.texts(), "masks": sorted(self._shapes)}

    def add(self, number: int, texts: Sequence[str | None]) -> None:
        """Put a row under all that finds it."""
        self.rows += 1
        row = who_of(texts)
        stands = [(self.numbers, key_bytes(key), hit) for key, hit in by_number(row)]
        stands += [(self.names, key_bytes("n:" + key), hit) for key, hit in by_name(row)]
        at_home = next(((spills, key) for spills, key, hit in stands if hit.related is None), None)
        home = b"i:%d" % number if at_home is None else at_home[1]
        record = record_of(number, texts, self._pool)
        if at_home is None:
            self.numbers.add(home, record)
        reference = REFERENCE + home + WITHIN + b"%d" % number + WITHIN
        for spills, key, hit in stands:
            here = hit.related is None and key == home
            spills.add(key, record if here else reference + _tie(row, hit))
        for ends, pattern in by_mask(row):
            self._shapes.add((len(ends[0]), len(ends[1])))
            self.masks.add(mask_key(ends), key_bytes(pattern) + SHOWN + reference)


def _tie(row: Listing, hit: Hit) -> bytes:
    """Return which of those tied to a row a hit means, nothing for the subject itself."""
    if hit.related is None:
        return b""
    return b"%d" % next(at for at, tie in enumerate(row.related) if tie is hit.related)


def _tidy(keyed: dict[bytes, list[bytes]]) -> None:
    """Put own rows before those that only name the subject, and say once what stands under two keys alike."""
    _own_first(keyed)
    for key, said in keyed.items():
        home = said[0][1:].rsplit(WITHIN, 2)[0]
        if said[0][:1] == REFERENCE and home in keyed and said == [_reference(home, each) for each in keyed[home]]:
            keyed[key] = [SAME + home]
            if home[10:19] == key[2:]:
                keyed[home][0] = BOTH + keyed[home][0]


def _own_first(keyed: dict[bytes, list[bytes]]) -> None:
    for said in keyed.values():
        if len(said) > 1:
            said.sort(key=_is_tied)


def _is_tied(item: bytes) -> bool:
    return item[:1] == REFERENCE and item[-1:] != WITHIN


def _reference(home: bytes, record: bytes) -> bytes:
    """Return the reference to a row that stands at home; a reference is none, and never equal to what it is."""
    return REFERENCE + home + WITHIN + record[: record.index(WITHIN) + 1]
