"""What a delta means (增量): which of the rows believed before it end, and what takes their place.

A delta names records, one a row, in the order in which things happened to them: 新增, 变更, 移出. Nothing is deleted:
an end with its day gives the record that day; without one the record is no longer named, as in a complete edition that
leaves it out, and the list says what that means (`exit_by`). Of several designations of one subject each ends alone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.errors import RegistryError
from jointsanction.identity.keys import own_keys
from jointsanction.identity.record_key import document_key, printed_as, record_key
from jointsanction.terms import Operation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from jointsanction.model.subject import Listing

_ENDED: Final = "移出"
_SHOWN: Final = 10


class Change(NamedTuple):
    """A row of a delta (增量记录)."""

    operation: Operation
    listing: Listing


class Known(NamedTuple):
    """A row believed before the delta (现有记录), under a number of whoever keeps it."""

    id: int
    listing: Listing


class Unfit(Enum):
    """Why a row does not fit what is known (增量与现有记录不符)."""

    UNKNOWN = "没有这条现有记录"
    SEVERAL = "同一主体在该名单有几条记录，没有写明是哪一条（列入日期、文书文号）"
    THERE = "已有这条记录，内容不同"
    ORDER = "移出日期早于列入日期"
    PENDING = "没有移出日期，而该记录在本文件中刚刚新增或者变更"


class Mismatch(NamedTuple):
    """A row that does not fit what is known (不符的行): its place in the file, what it would do, and why it can't."""

    row: int | None
    operation: Operation
    why: Unfit


@dataclass(slots=True)
class Effect:
    """What a delta comes to (增量结果).

    `changed` and `missing` are of the numbers of rows known before: those that say something else from now on, and
    those that are no longer named. `unchanged` counts rows that say what is known already.
    """

    added: tuple[Listing, ...] = ()
    changed: tuple[tuple[Known, Listing], ...] = ()
    missing: tuple[Known, ...] = ()
    unchanged: int = 0
    mismatches: list[Mismatch] = field(default_factory=list)


def apply(changes: Iterable[Change], known: Iterable[Known], *, accept_mismatch: bool = False) -> Effect:
    """Return what a delta comes to, its rows taken in their order.

    Told to accept mismatches, it takes a change of an unknown record for a new one, a new record that is there already
    for one more, and leaves out what it can't place.
    """
    records = _Records(known)
    effect = Effect()
    for change in changes:
        why = _APPLIED[change.operation](records, change.listing)
        if why is None:
            continue
        effect.mismatches.append(Mismatch(change.listing.row, change.operation, why))
        if accept_mismatch and why in _TAKEN[change.operation]:
            records.add(change.listing)
    effect.unchanged = records.unchanged
    effect.added = tuple(each.listing for each in records.all if each.known is None)
    known_before = [(each.known, each) for each in records.all if each.known is not None]
    effect.changed = tuple((before, each.listing) for before, each in known_before if each.is_changed)
    effect.missing = tuple(before for before, each in known_before if each.missed)
    return effect


def mismatched(mismatches: Sequence[Mismatch]) -> RegistryError:
    """Return the error for a delta that does not fit what is known (增量与现有记录不符)."""
    lines = [f"第 {each.row} 行（{each.operation.zh}）：{each.why.value}" for each in mismatches[:_SHOWN]]
    more = f"；另有 {len(mismatches) - _SHOWN} 行" if len(mismatches) > _SHOWN else ""
    message = f"增量文件有 {len(mismatches)} 行与现有记录不符，未作任何改动：{'；'.join(lines)}{more}。"
    hint = "请核对是否漏了某一期，或者请提供单位重发完整文件；确认无误的，加 --accept-mismatch。"
    return RegistryError("registry.delta_mismatch", message, hint)


@dataclass(slots=True, eq=False)
class _Record:
    """A record as it stands while a delta is read (记录)."""

    known: Known | None
    key: str
    listing: Listing
    touched: bool = False
    missed: bool = False

    @property
    def is_missing(self) -> bool:
        """Tell whether it is no longer named."""
        return self.missed or self.listing.missing_since is not None

    @property
    def is_live(self) -> bool:
        """Tell whether it can still end."""
        return self.listing.removed_on is None and not self.missed

    @property
    def is_changed(self) -> bool:
        """Tell whether it says in the end something else than was known."""
        known = self.known
        return (
            known is not None
            and self.touched
            and (known.listing.missing_since is not None or _said(known.listing) != _said(self.listing))
        )


class _Records:
    """The records of the subjects that a delta names (相关记录)."""

    def __init__(self, known: Iterable[Known]) -> None:
        self.all: list[_Record] = []
        self.unchanged = 0
        self._under: dict[tuple[str, str], list[_Record]] = defaultdict(list)
        for each in known:
            self._keep(_Record(each, record_key(each.listing), each.listing))

    def add(self, listing: Listing) -> Unfit | None:
        """Add a record that is new."""
        self._keep(_Record(None, record_key(listing), listing, touched=True))
        return None

    def enter(self, listing: Listing) -> Unfit | None:
        """Take in a record as new; one that went missing comes back."""
        same = self._same(listing)
        if any(self._is_said(record, listing) for record in same):
            return None
        gone = [record for record in same if record.is_missing and record.listing.removed_on is None]
        one = _only(gone, lambda each: _said(each) == _said(listing))
        return self._becomes(one, listing) if one is not None else Unfit.THERE if same else self.add(listing)

    def change(self, listing: Listing) -> Unfit | None:
        """Let a record say something else."""
        same = self._same(listing)
        if any(self._is_said(record, listing) for record in same):
            return None
        alike = [record for record in same if _said(record.listing) == _said(listing)]
        one = _only(alike or same, lambda each: each.designating_authority == listing.designating_authority)
        if one is None:
            return Unfit.SEVERAL if same else Unfit.UNKNOWN
        return self._becomes(one, listing)

    def end(self, listing: Listing) -> Unfit | None:
        """Let a record end: on its day where the row gives one, else as no longer named."""
        among = self._meant(listing)
        live = [record for record in among if record.is_live]
        one = _only(live or among, lambda each: each.designating_authority == listing.designating_authority)
        if one is None:
            return Unfit.SEVERAL if among else Unfit.UNKNOWN
        if listing.removed_on is None:
            return self._miss(one)
        if one.listing.listed_on is not None and listing.removed_on < one.listing.listed_on:
            return Unfit.ORDER
        if one.listing.removed_on == listing.removed_on:
            self.unchanged += 1
            return None
        ended = replace(
            one.listing,
            removed_on=listing.removed_on,
            removal_reason=listing.removal_reason or _ENDED,
            removal_authority=listing.removal_authority,
            missing_since=None,
            row=listing.row,
            raw=listing.raw,
        )
        return self._becomes(one, ended)

    def _becomes(self, one: _Record, listing: Listing) -> Unfit | None:
        """Let a record say something else, but not what another one of its key says, or said before this delta."""
        others = (record for record in self._same(listing) if record is not one)
        before = (each for other in others for each in (other.listing, *([other.known.listing] if other.known else [])))
        if any(_said(each) == _said(listing) for each in before):
            return Unfit.SEVERAL
        one.listing, one.touched, one.missed = listing, True, False
        return None

    def _miss(self, record: _Record) -> Unfit | None:
        if record.is_missing or record.listing.removed_on is not None:
            self.unchanged += 1
            return None
        if record.touched:
            return Unfit.PENDING
        record.missed = True
        return None

    def _keep(self, record: _Record) -> None:
        self.all.append(record)
        for key in subject_keys(record.listing):
            self._under[record.listing.list, key].append(record)

    def _of(self, listing: Listing) -> list[_Record]:
        found = (record for key in subject_keys(listing) for record in self._under.get((listing.list, key), ()))
        return list({id(record): record for record in found}.values())

    def _same(self, listing: Listing) -> list[_Record]:
        key = record_key(listing)
        return [record for record in self._of(listing) if record.key == key]

    def _is_said(self, record: _Record, listing: Listing) -> bool:
        """Tell whether a record says just what a row says, and count it."""
        said = not record.is_missing and _said(record.listing) == _said(listing)
        self.unchanged += said
        return said

    def _meant(self, listing: Listing) -> list[_Record]:
        """Return the records that an end may mean: by its day of listing and its document, where it states them.

        The document of a row that only ends may be that of the removal; any other is that of the listing.
        """
        among = self._of(listing)
        if listing.listed_on is not None:
            among = [record for record in among if record.listing.listed_on == listing.listed_on]
        document = document_key(listing.instrument_no)
        said = {id(record): document_key(record.listing.instrument_no) for record in among}
        named = [record for record in among if document and said[id(record)] == document]
        of_removal = listing.listed_on is None and listing.removed_on is not None
        return named or [record for record in among if of_removal or not document or not said[id(record)]]


_APPLIED: Final = {Operation.ADD: _Records.enter, Operation.MOD: _Records.change, Operation.DEL: _Records.end}
_TAKEN: Final = {
    Operation.ADD: {Unfit.THERE},
    Operation.MOD: {Unfit.UNKNOWN},
    Operation.DEL: frozenset[Unfit](),
}
"""What is taken for a new record when mismatches are accepted."""


def subject_keys(listing: Listing) -> tuple[str, ...]:
    """Return what tells the subject of a row: its numbers, of somebody without any its name as printed."""
    return own_keys(listing) or (" ".join(printed_as(listing)),)


def _only(records: Sequence[_Record], preferred: Callable[[Listing], bool]) -> _Record | None:
    """Return the one record there is, or the one that is preferred; None when that doesn't decide."""
    if len(records) > 1:
        records = [record for record in records if preferred(record.listing)]
    return records[0] if len(records) == 1 else None


def _said(listing: Listing) -> Listing:
    """Return a row without what only its keeper knows."""
    return replace(listing, missing_since=None, batch=None, row=None, recorded_at=None, superseded_at=None, raw=None)
