"""What a snapshot holds beside its listings (期次、核实结论、承诺、办理记录): found by key, decoded when asked for."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from jointsanction.model.commitment import NO_COMMITMENTS, Commitment, CommitmentEvent, Commitments, Talk
from jointsanction.model.identity_verdict import IdentityVerdict, by_candidate
from jointsanction.model.repair_event import RepairEvent
from jointsanction.model.subject import Edition
from jointsanction.registry.snapshot.layout import SAYS, hash_of, key_bytes
from jointsanction.registry.snapshot.writing import written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from jointsanction.model.identity_verdict import Verdicts
    from jointsanction.registry.snapshot.segment import Segment, Table

_K = TypeVar("_K")
_V = TypeVar("_V")

_DATES: Final = frozenset(
    {"covers_from", "decided_on", "expires_on", "made_on", "due", "happened_on", "held_on", "on", "until"}
)
_INSTANTS: Final = frozenset({"received_at", "recorded_at"})
_TUPLES: Final = frozenset({"regions", "keys"})
_WITHIN: Final = "\x1e"


class Side(NamedTuple):
    """What a registry holds beside its listings (名单之外的记录)."""

    editions: Mapping[str, tuple[Edition, ...]]
    verdicts: Iterable[IdentityVerdict] = ()
    repairs: Mapping[str, tuple[RepairEvent, ...]] = {}
    commitments: Commitments = NO_COMMITMENTS


class Kept(Mapping[_K, _V]):
    """A mapping kept in a table of a file (快照中的对照表); nothing of it is in memory."""

    __slots__ = ("_count", "_key", "_read", "_table", "_unkey")

    def __init__(
        self,
        table: Table,
        count: int,
        *,
        key: tuple[Callable[[_K], str], Callable[[str], _K]],
        read: Callable[[bytes], _V],
    ) -> None:
        """Take a table, how many keys it has, how a key is written and read back, and how a value is read."""
        self._table, self._count, self._read = table, count, read
        self._key, self._unkey = key

    def __getitem__(self, key: _K) -> _V:
        """Return what stands under a key.

        Raises:
            KeyError: nothing does.
            RegistryError: `registry.snapshot_corrupt`.
        """
        said = self._table.get(self._key(key))
        if said is None:
            raise KeyError(key)
        return self._read(said)

    def __iter__(self) -> Iterator[_K]:
        return map(self._unkey, self._table.keys())

    def __len__(self) -> int:
        return self._count


class SideFile:
    """What stands beside the listings in one file, opened (名单之外的分段)."""

    __slots__ = ("_commitments", "editions", "repairs", "verdicts")

    def __init__(self, segment: Segment) -> None:
        """Take an opened file."""
        count, tables = segment.header, segment.tables
        self.editions: Mapping[str, tuple[Edition, ...]] = Kept(
            tables["editions"], count["editions"], key=(_listed, _unlisted), read=_editions
        )
        self.verdicts: Verdicts = Kept(tables["verdicts"], count["verdicts"], key=(_paired, _unpaired), read=_verdicts)
        self.repairs: Mapping[str, tuple[RepairEvent, ...]] = Kept(
            tables["repairs"], count["repairs"], key=(_listed, _unlisted), read=_repairs
        )
        self._commitments = tables["commitments"] if count["commitments"] else None

    def promised(self) -> tuple[memoryview, ...]:
        """Return the hashes of whoever promised something or was talked to, noughts between them.

        Raises:
            RegistryError: `registry.snapshot_corrupt`.
        """
        return () if self._commitments is None else (self._commitments.marks(),)

    def commitments(self, keys: tuple[str, ...]) -> Commitments:
        """Return the commitments of the subject of the keys and the talks with it; `NO_COMMITMENTS` when none."""
        if self._commitments is None:
            return NO_COMMITMENTS
        found = [said for key in keys if (said := self._commitments.get(key)) is not None]
        if not found:
            return NO_COMMITMENTS
        told = [_promised(said) for said in found]
        made = dict.fromkeys(each for one in told for each in one.made)
        return Commitments(tuple(made), tuple(dict.fromkeys(each for one in told for each in one.talks)))


def write_side(path: Path, side: Side) -> None:
    """Write what stands beside the listings.

    Raises:
        RegistryError: `registry.snapshot_unwritable`.
    """
    tables: dict[str, Mapping[str, Any]] = {
        "editions": {_listed(code): list(map(_row, editions)) for code, editions in side.editions.items()},
        "verdicts": {_paired(pair): list(map(_row, given)) for pair, given in by_candidate(side.verdicts).items()},
        "repairs": {_listed(record): list(map(_row, steps)) for record, steps in side.repairs.items()},
        "commitments": _by_subject(side.commitments),
    }
    with written(path) as writer:
        spreads = {name: writer.spread() for name in tables}
        for name, keyed in tables.items():
            for key, said in keyed.items():
                place = writer.record(key_bytes(key) + SAYS + json.dumps(said, separators=(",", ":")).encode())
                spreads[name].add(hash_of(key) << 32 | place)
        for name, spread in spreads.items():
            writer.table(name, spread)
        writer.finish({name: len(keyed) for name, keyed in tables.items()})


def _by_subject(commitments: Commitments) -> Mapping[str, dict[str, list[dict[str, Any]]]]:
    found: defaultdict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: {"made": [], "talks": []})
    for made in commitments.made:
        for key in made.keys:
            found[key]["made"].append(_row(made) | {"events": list(map(_row, made.events))})
    for talk in commitments.talks:
        for key in talk.keys:
            found[key]["talks"].append(_row(talk))
    return found


def _promised(said: bytes) -> Commitments:
    rows = json.loads(said)
    return Commitments(tuple(map(_commitment, rows["made"])), tuple(_of(Talk, row) for row in rows["talks"]))


def _commitment(row: Mapping[str, Any]) -> Commitment:
    return _of(Commitment, {**row, "events": tuple(_of(CommitmentEvent, each) for each in row["events"])})


def _row(value: Any) -> dict[str, Any]:  # noqa: ANN401 - any of the frozen values above
    said = ((field.name, getattr(value, field.name)) for field in fields(value) if field.name != "events")
    return {name: one.isoformat() if isinstance(one, date) else one for name, one in said if one is not None}


def _of(kind: type[_V], row: Mapping[str, Any]) -> _V:
    return kind(**{name: _value(name, said) for name, said in row.items()})


def _value(name: str, said: Any) -> Any:  # noqa: ANN401 - any field of the values above
    if name in _DATES:
        return date.fromisoformat(said)
    if name in _INSTANTS:
        return datetime.fromisoformat(said)
    return tuple(said) if name in _TUPLES else said


def _editions(said: bytes) -> tuple[Edition, ...]:
    return tuple(_of(Edition, row) for row in json.loads(said))


def _verdicts(said: bytes) -> tuple[IdentityVerdict, ...]:
    return tuple(_of(IdentityVerdict, row) for row in json.loads(said))


def _repairs(said: bytes) -> tuple[RepairEvent, ...]:
    return tuple(_of(RepairEvent, row) for row in json.loads(said))


def _listed(code: str) -> str:
    return "e:" + code


def _unlisted(key: str) -> str:
    return key[2:]


def _paired(pair: tuple[str, str]) -> str:
    return "v:" + _WITHIN.join(pair)


def _unpaired(key: str) -> tuple[str, str]:
    subject, _, record = key[2:].rpartition(_WITHIN)
    return subject, record
