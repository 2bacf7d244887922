"""Writing the listings of one file of a snapshot (写出记录分段): each row once, and under all that finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from jointsanction.identity.keys import name_keys_of, own_keys
from jointsanction.registry.entries import by_mask, by_name, by_number
from jointsanction.registry.snapshot.layout import SAYS, hash_of, key_bytes, mask_hash, name_hash
from jointsanction.registry.snapshot.records import CODED, Pool, record_of, who_of
from jointsanction.registry.snapshot.rows import TABLES
from jointsanction.registry.snapshot.writing import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from jointsanction.registry.snapshot.writing import SegmentWriter

Row: TypeAlias = "tuple[int, Sequence[str | None]]"
"""A row's number, larger than that of every row taken in before it, and its texts as `records.FIELDS` names them."""


def write_rows(path: Path, rows: Iterable[Row], closed: Iterable[int] = ()) -> tuple[int, int]:
    """Write a file of rows, and of the numbers of earlier rows that are believed no longer; return how many of each.

    Raises:
        RegistryError: `registry.snapshot_unwritable`.
    """
    with written(path) as writer:
        spreading = _Spreading(writer)
        for number, texts in rows:
            spreading.add(number, texts)
        for number in closed:
            spreading.close(number)
        writer.table("numbers", spreading.numbers)
        writer.table("names", spreading.names)
        writer.table("masks", spreading.masks)
        writer.table("closed", spreading.closed)
        writer.finish(spreading.about())
    return spreading.rows, spreading.closed.count


class _Spreading:
    """Rows on their way into a file (写出中的记录)."""

    def __init__(self, writer: SegmentWriter) -> None:
        self.numbers, self.names, self.masks, self.closed = (writer.spread() for _ in TABLES)
        self.rows = 0
        self._writer = writer
        self._pool = Pool()
        self._shapes: set[tuple[int, int]] = set()

    def about(self) -> dict[str, Any]:
        """Return what the header says of the rows."""
        counts = {"rows": self.rows, "closed": self.closed.count}
        return {**counts, "pool": self._pool.texts(), "masks": sorted(self._shapes)}

    def add(self, number: int, texts: Sequence[str | None]) -> None:
        """Write a row, and note all that finds it."""
        self.rows += 1
        row = who_of(texts)
        own = own_keys(row)
        # Nearly all rows name nobody else, and theirs is the short way.
        keys = [key for key, _ in by_number(row)] if row.related else own
        names = [key for key, _ in by_name(row)] if row.related else name_keys_of(row)
        plainly = _plainly(own, keys)
        place = self._writer.record(record_of(number, texts, self._pool, plainly))
        # Where it is plain, the keys of the subject itself have one hash.
        for hashed in {hash_of(key) for key in (keys[len(own) - 1 :] if plainly else keys)}:
            self.numbers.add(hashed << 32 | place)
        for hashed in set(map(name_hash, names)):
            self.names.add(hashed << 32 | place)
        shown = [ends for ends, _ in by_mask(row)]
        if shown:
            self._shapes.update((len(front), len(back)) for front, back in shown)
            for hashed in set(map(mask_hash, shown)):
                self.masks.add(hashed << 32 | place)

    def close(self, number: int) -> None:
        """Note that an earlier row is believed no longer."""
        key = f"#:{number}"
        self.closed.add(hash_of(key) << 32 | self._writer.record(key_bytes(key) + SAYS))


def _plainly(own: tuple[str, ...], keys: Sequence[str]) -> str:
    """Return the key under which a row is found as its subject's alone, nothing where it takes a closer look."""
    if len(keys) > len(own) and not set(own).isdisjoint(keys[len(own) :]):
        return ""
    if len(own) == 1:
        return own[0] if own[0].isprintable() else ""
    first, *others = own or ("",)
    return CODED + first[2:] if others == ["o:" + first[10:19]] and first[:2] == "u:" else ""
