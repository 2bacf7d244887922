"""Whom does a change of the lists touch? (重评) Newly restricted, released or answered otherwise, and by what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.catalog.probes import Probe, all_probes
from jointsanction.errors import SubjectError
from jointsanction.identity.identify import identify
from jointsanction.identity.keys import PREFIXES, own_keys
from jointsanction.impact import Found, Shift, case_shifts, found_shifts, named_in, span_of
from jointsanction.model.subject import Subject
from jointsanction.model.touched import cause_of
from jointsanction.terms import IdType, SubjectKind, Turn, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from jointsanction.asking import State
    from jointsanction.catalog.compile import Tables
    from jointsanction.impact import Said
    from jointsanction.model.subject import Listing
    from jointsanction.model.touched import Cause, Entry, Touched

_BINDING: Final = frozenset({Verdict.PROHIBITED.value, Verdict.RESTRICTED.value})


class Reassessed(NamedTuple):
    """A subject or an open case that is answered otherwise (重评结果).

    `causes` are the rows that came, changed or went, and the entries of ledgers; of a case those of its subject.
    """

    turn: Turn
    shift: Shift
    causes: tuple[Cause, ...]


class Named(NamedTuple):
    """A subject that a change names (涉及主体), with the rows that do, and what names it.

    `promised` says that something beside the lists changed about it.
    """

    subject: Subject
    rows: dict[Listing, None]
    causes: dict[Cause, None]
    promised: bool = False


def reassess(
    named: Mapping[str, Named], before: State, after: State, *, first: date, asked: Sequence[Probe] = ()
) -> Iterator[Reassessed]:
    """Yield the subjects whose answer is another after a change of the lists, from a first day on.

    Asked is in every matter, role and phase of the measures that look at the lists a subject stands on; only what is
    `asked` where that is given.
    """
    states = before, after
    found = (_found(each, states) for each in named.values())
    for shift in found_shifts(found, asked or all_probes(after.tables), states, span_of(before, after, first)):
        causes = named[identify(shift.subject).keys[0]].causes
        yield Reassessed(turn_of(shift.before, shift.after), shift, tuple(causes))


def reassess_cases(
    documents: Iterable[Mapping[str, Any]], named: Mapping[str, Named], before: State, after: State, *, first: date
) -> Iterator[Reassessed]:
    """Yield the open cases, as the answers filed with them, that are answered otherwise after a change of the lists.

    Raises:
        ReceiptError: `receipt.not_an_answer` for a document that is no answer.
    """
    for shift in case_shifts(documents, before, after, span_of(before, after, first)):
        causes = (cause for key in identify(shift.subject).keys if key in named for cause in named[key].causes)
        yield Reassessed(turn_of(shift.before, shift.after), shift, tuple(dict.fromkeys(causes)))


def subjects_of(touched: Touched) -> dict[str, Named]:
    """Return the subjects that a change names, by the key of their number (涉及主体)."""
    found: dict[str, Named] = {}
    for listing in touched.listings:
        for _, subject in named_in(listing):
            _name(found, subject, (listing,), cause_of(listing))
    for entry in touched.entries:
        for subject in _named_by(entry):
            key = _name(found, subject, entry.listings, entry.cause)
            if key is not None and not entry.listings:
                found[key] = found[key]._replace(promised=True)
    return found


def unaskable(touched: Touched) -> tuple[Listing, ...]:
    """Return the rows that a change concerns and that give no number to ask about (无法按号码重评的记录)."""
    about = (listing for entry in touched.entries if not entry.keys for listing in entry.listings)
    return tuple(dict.fromkeys(row for row in (*touched.listings, *about) if not _can_be_asked(row)))


def keys_asked(named: Iterable[Named]) -> frozenset[str]:
    """Return all keys under which subjects will be looked up (检索键)."""
    keys = set[str]()
    for each in named:
        identity = identify(each.subject)
        keys.update(identity.keys, () if identity.name_key is None else (identity.name_key,))
    return frozenset(keys)


def asked_in(matter: str, tables: Tables, region: str | None = None) -> Probe:
    """Return the question in one matter, by its code or alias, about whoever stands on any list.

    Raises:
        UnknownMatterError: a matter in no catalogue.
    """
    name = tables.resolve_matter(matter)
    role = name.role or tables.catalog.matters[name.code].default_role
    return Probe(name.code, role, None, region, frozenset(tables.catalog.lists))


def turn_of(before: Said, after: Said) -> Turn:
    """Return whether somebody comes to be restricted, is released, or is only answered otherwise (答案变动).

    Whoever was restricted and of whom nobody can say any more is not released: a doubt frees nobody.
    """
    was, now = before.verdict in _BINDING, after.verdict in _BINDING
    if was is now or (was and after.verdict == Verdict.INDETERMINATE.value):
        return Turn.CHANGED
    return Turn.RESTRICTED if now else Turn.RELEASED


def _name(found: dict[str, Named], subject: Subject, rows: Iterable[Listing], cause: Cause) -> str | None:
    """Take a subject down and return the key of its number, None when it can't be asked about."""
    key = _key_of(subject)
    if key is not None:
        named = found.setdefault(key, Named(subject, {}, {}))
        named.rows.update(dict.fromkeys(rows))
        named.causes[cause] = None
    return key


def _key_of(subject: Subject) -> str | None:
    """Return the key of a subject's number, None when nobody could be asked about by it: kind and number disagree."""
    try:
        return next(iter(identify(subject).keys), None)
    except SubjectError:
        return None


def _can_be_asked(listing: Listing) -> bool:
    keys = own_keys(listing)
    return any(key == keys[0] and _key_of(subject) is not None for key, subject in named_in(listing)) if keys else False


def _named_by(entry: Entry) -> Iterator[Subject]:
    """Yield whom an entry of a ledger names: the subject it says, else those in the rows of its record."""
    if entry.keys:
        name = next((listing.name for listing in entry.listings if listing.name is not None), None)
        yield _under(entry.keys[0], name)
        return
    for listing in entry.listings:
        yield from (subject for _, subject in named_in(listing))


def _under(key: str, name: str | None) -> Subject:
    """Return the subject whose number has a key."""
    prefix, number = key[:2], key[2:]
    if prefix == PREFIXES[IdType.USCC]:
        return Subject(uscc=number, name=name)
    if prefix == PREFIXES[IdType.RESIDENT_ID]:
        return Subject(kind=SubjectKind.PERSON, resident_id=number, name=name)
    return Subject(other_id=number, name=name)


def _found(named: Named, states: tuple[State, State]) -> Found:
    """Return a subject with all rows about it, before and after: one newly restricted may lose what another gave it."""
    rows, keys = dict(named.rows), identify(named.subject).keys
    for state in states:
        rows.update((hit.listing, None) for hit in state.registry.lookup(keys, None) if not hit.by_name)
    return Found(named.subject, list(rows), in_everything=named.promised)
