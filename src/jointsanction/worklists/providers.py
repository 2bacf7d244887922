"""What each provider brought, and what became of it (谁提供、谁负责): rows, numbers, objections, lateness."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from jointsanction.terms import IdState, RepairState, RepairTrack
from jointsanction.worklists.figures import identity_state

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jointsanction.model.repair_event import RepairEvent
    from jointsanction.model.subject import Listing
    from jointsanction.store import Batch

_SOUND: Final = frozenset({IdState.OK, IdState.MASKED})


@dataclass(slots=True)
class Provided:
    """What one provider brought (报送情况). `late` is None when nobody asked by what term."""

    files: int = 0
    delivered: int = 0
    rows: int = 0
    unsound: int = 0
    without: int = 0
    objections: int = 0
    upheld: int = 0
    late: int | None = None


def provided(batches: Iterable[Batch], subjects: Iterable[Listing]) -> dict[str | None, Provided]:
    """Return what each provider brought (报送情况), None for files that name nobody."""
    who = {batch.id: batch.provider for batch in batches}
    found: dict[str | None, Provided] = {provider: Provided() for provider in who.values()}
    for batch in batches:
        one = found[batch.provider]
        one.files, one.delivered = one.files + 1, one.delivered + batch.rows
    for subject in subjects:
        one, state = found[who[subject.batch or ""]], identity_state(subject)
        one.rows += 1
        one.without += state is IdState.MISSING
        one.unsound += state is not IdState.MISSING and state not in _SOUND
    return found


def objected(events: Mapping[str, tuple[RepairEvent, ...]]) -> dict[str, tuple[int, int]]:
    """Return of each record disputed how many objections were filed, and upheld in whole or in part (异议)."""
    found = {}
    for record, steps in events.items():
        states = Counter(step.state for step in steps if step.track is RepairTrack.OBJECTION)
        if states:
            found[record] = (states[RepairState.FILED], states[RepairState.UPHELD] + states[RepairState.PARTLY])
    return found
