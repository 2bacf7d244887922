"""Whom does a change of the lists touch? (重评) Newly restricted, released or answered otherwise, and by what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from jointsanction.catalog.probes import Probe, all_probes
from jointsanction.identity.identify import identify
from jointsanction.impact import Shift, case_shifts, listed_shifts, named_in, span_of
from jointsanction.terms import Turn, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from jointsanction.asking import State
    from jointsanction.catalog.compile import Tables
    from jointsanction.impact import Said
    from jointsanction.model.subject import Listing

_BINDING: Final = frozenset({Verdict.PROHIBITED.value, Verdict.RESTRICTED.value})
_Row: TypeAlias = tuple[str, str | None, int | None]


class Reassessed(NamedTuple):
    """A subject or an open case that is answered otherwise (重评结果).

    `causes` are the rows that came, changed or went, as (list, batch, row); of a case those of its subject.
    """

    turn: Turn
    shift: Shift
    causes: tuple[_Row, ...]


def reassess(
    touched: Iterable[Listing], before: State, after: State, *, first: date, asked: Sequence[Probe] = ()
) -> Iterator[Reassessed]:
    """Yield the subjects whose answer is another after a change of the lists, from a first day on.

    `touched` are the rows as they were believed before and after, where that differs. Asked is in every matter, role
    and phase of the measures that look at the lists a subject stands on; only what is `asked` where that is given.
    """
    rows = tuple(touched)
    known, subjects = _rows_of(rows, (before, after))
    changed = frozenset(map(_row, rows))
    for shift in listed_shifts(known, asked or all_probes(after.tables), before, after, span_of(before, after, first)):
        if _number(shift) in subjects:
            yield Reassessed(turn_of(shift.before, shift.after), shift, _causes(shift.listings, changed))


def reassess_cases(
    documents: Iterable[Mapping[str, Any]], touched: Iterable[Listing], before: State, after: State, *, first: date
) -> Iterator[Reassessed]:
    """Yield the open cases, as the answers filed with them, that are answered otherwise after a change of the lists.

    Raises:
        ReceiptError: `receipt.not_an_answer` for a document that is no answer.
    """
    by_number: dict[str | None, list[_Row]] = {}
    for listing in touched:
        for key, _ in named_in(listing):
            by_number.setdefault(key, []).append(_row(listing))
    for shift in case_shifts(documents, before, after, span_of(before, after, first)):
        keys = identify(shift.subject).keys
        rows = (row for key in keys for row in by_number.get(key, ()))
        yield Reassessed(turn_of(shift.before, shift.after), shift, tuple(dict.fromkeys(rows)))


def asked_in(matter: str, tables: Tables, region: str | None = None) -> Probe:
    """Return the question in one matter, by its code or alias, about whoever stands on any list.

    Raises:
        UnknownMatterError: a matter in no catalogue.
    """
    name = tables.resolve_matter(matter)
    role = name.role or tables.catalog.matters[name.code].default_role
    return Probe(name.code, role, None, region, frozenset(tables.catalog.lists))


def turn_of(before: Said, after: Said) -> Turn:
    """Return whether somebody comes to be restricted, is released, or is only answered otherwise (答案变动)."""
    was, now = before.verdict in _BINDING, after.verdict in _BINDING
    if was is now:
        return Turn.CHANGED
    return Turn.RESTRICTED if now else Turn.RELEASED


def _rows_of(touched: Iterable[Listing], states: tuple[State, State]) -> tuple[tuple[Listing, ...], frozenset[str]]:
    """Return all rows of the subjects that some rows name, before and after, and the numbers of those subjects.

    A subject is asked by the lists it stands on: one newly restricted may lose what another list gave it.
    """
    found: dict[Listing, None] = {}
    subjects = set[str]()
    for listing in touched:
        found[listing] = None
        for key, subject in named_in(listing):
            if key in subjects:
                continue
            subjects.add(key)
            identity = identify(subject)
            for state in states:
                hits = state.registry.lookup(identity.keys, None)
                found.update((hit.listing, None) for hit in hits if not hit.by_name)
    return tuple(found), frozenset(subjects)


def _number(shift: Shift) -> str:
    """Return the key of a subject that was found under a number."""
    return identify(shift.subject).keys[0]


def _causes(rows: Iterable[_Row], changed: frozenset[_Row]) -> tuple[_Row, ...]:
    return tuple(dict.fromkeys(row for row in rows if row in changed))


def _row(listing: Listing) -> _Row:
    return listing.list, listing.batch, listing.row
