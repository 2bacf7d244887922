"""Which listings hold on a day (有效名单): each one dropped keeps its reason."""

from __future__ import annotations

from datetime import date, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from jointsanction.model.quick import NEW
from jointsanction.steps.standing.term_end import add_months
from jointsanction.terms import ExitBy, ListKind, ObjectionEffect, Reason, TextState

if TYPE_CHECKING:
    from collections.abc import Callable

    from jointsanction.model.catalogue import ListType
    from jointsanction.model.subject import Listing
    from jointsanction.steps.standing.lookup import Found
    from jointsanction.steps.standing.term_end import Ends, ListTerms

    Row: TypeAlias = tuple[str, date | None, date | None, str | None, date | None, date | None]

_ROW: Final[Callable[[Listing], Row]] = attrgetter(
    "list", "listed_on", "valid_to", "instrument_no", "removed_on", "missing_since"
)

_APPLIES: Final = Reason.APPLIES
_VERIFIED: Final = TextState.VERIFIED


class Standing(NamedTuple):
    """A listing and how it stands on the day asked (名单状态).

    `reason` is `applies` when in force; `until` is the last day bound, None when open.
    """

    found: Found
    reason: Reason
    until: date | None = None


def in_force(found: tuple[Found, ...], terms: ListTerms, day: date) -> tuple[Standing, ...]:
    """Return every listing of a list the catalogue knows, with its standing on a day (核查基准日).

    What a person found to be somebody else's stands nowhere.
    """
    standings, lists = [], terms.lists
    for each in found:
        code, started, stated, number, removed_on, missing_since = _ROW(each.listing)
        if code not in lists or (each.verdict is not None and each.cleared):
            continue
        ends = None if started is None else terms[code, started]
        until = stated if ends is None else _until(stated, ends)
        # Nearly every row plainly holds: begun, numbered, not ended, no term that may be over; others are gone into.
        if (
            removed_on is None
            and missing_since is None
            and each.process is None
            and started is not None
            and started <= day
            and (stated is None or day <= stated)
            and (ends is None or day <= ends[0].earliest)
            and number
            and not number.isspace()
        ):
            standings.append(NEW(Standing, (each, _APPLIES, until)))
        else:
            standings.append(Standing(each, _reason(each, lists[code], ends, day), until))
    return tuple(standings)


def _reason(found: Found, kind: ListType, ends: tuple[Ends, TextState] | None, day: date) -> Reason:
    listing = found.listing
    return (
        _not_begun(listing, day)
        or _ended(listing, ends, day)
        or _in_process(found, kind)
        or _disappeared(listing, kind, day)
        or unsupported(listing, kind)
        or _unsure(listing, ends, day)
        or Reason.APPLIES
    )


def groundless(standing: Standing, kind: ListType) -> bool:
    """Return whether a row says nothing of anybody, ended or not: no instrument, or an objection to it was upheld."""
    process = standing.found.process
    overturned = process is not None and process.overturned
    return overturned or unsupported(standing.found.listing, kind) is not None


def _not_begun(listing: Listing, day: date) -> Reason | None:
    if _undated(listing) or (listing.listed_on is not None and listing.listed_on <= day):
        return None
    # 事前告知 is notice, not listing: the subject may still be heard (国办发〔2020〕49号).
    return (
        Reason.ANNOUNCED_ONLY
        if listing.announced_on is not None and listing.announced_on <= day
        else Reason.NOT_IN_FORCE
    )


def _undated(listing: Listing) -> bool:
    """Return whether nobody can say when a row began: it may hold today. Files with such a row are refused."""
    return listing.listed_on is None and listing.announced_on is None


def _ended(listing: Listing, ends: tuple[Ends, TextState] | None, day: date) -> Reason | None:
    if listing.removed_on is not None and listing.removed_on <= day:
        return Reason.REPAIRED if "修复" in (listing.removal_reason or "") else Reason.REMOVED
    if listing.valid_to is not None and listing.valid_to < day:
        return Reason.LAPSED
    if ends is not None and ends[1] is TextState.VERIFIED and ends[0].latest < day:
        return Reason.LAPSED
    return None


def _in_process(found: Found, kind: ListType) -> Reason | None:
    """A record found wrong counts no more; a reorganisation lifts it for a time; a dispute where its list says so."""
    process = found.process
    if process is None:
        return None
    if process.overturned:
        return Reason.OBJECTION_UPHELD
    if process.lifted:
        return Reason.LIFTED
    return Reason.UNDER_OBJECTION if process.disputed and kind.objection is ObjectionEffect.SUSPEND else None


def _disappeared(listing: Listing, kind: ListType, day: date) -> Reason | None:
    """On a list that ends by disappearance, the first complete edition without the subject frees it (DESIGN §6)."""
    gone = listing.missing_since is not None and listing.missing_since <= day
    return Reason.REMOVED if gone and kind.exit_by is ExitBy.DISAPPEARANCE else None


def unsupported(listing: Listing, kind: ListType) -> Reason | None:
    """Return `unsupported` for a row that names no instrument.

    国办发〔2020〕49号: dishonesty is established by a document that has legal effect, so one must be named.
    """
    if kind.kind in {ListKind.RED, ListKind.RATING} or (listing.instrument_no or "").strip():
        return None
    return Reason.UNSUPPORTED


def _unsure(listing: Listing, ends: tuple[Ends, TextState] | None, day: date) -> Reason | None:
    if listing.missing_since is not None and listing.missing_since <= day:
        return Reason.MISSING_FROM_EDITION
    if _undated(listing):
        return Reason.TERM_UNKNOWN
    if ends is None:
        return None
    span, text = ends
    if text is not TextState.VERIFIED and span.latest < day:
        return Reason.TERM_UNKNOWN
    # A range (一至三年) whose end the row does not state: past the least term nobody can say that it still holds.
    return Reason.TERM_UNKNOWN if listing.valid_to is None and span.earliest < day else None


def _until(stated: date | None, ends: tuple[Ends, TextState]) -> date | None:
    if ends[1] is not _VERIFIED:
        return stated
    latest = ends[0].latest
    return latest if stated is None or latest < stated else stated


def held_within(standing: Standing, day: date, *, months: int, days: int = 0) -> bool:
    """Return whether a listing held at some time in so many months and days up to a day; one that still does, did."""
    ended = _last_day(standing)
    if ended is None:
        return True
    reach = add_months(ended, months)
    return reach > date.max - timedelta(days=days) or reach + timedelta(days=days) >= day


def _last_day(standing: Standing) -> date | None:
    """Return the last day on which a listing held, None while it still does."""
    listing = standing.found.listing
    if standing.reason in {Reason.REMOVED, Reason.REPAIRED}:
        free = listing.removed_on or listing.missing_since
        return None if free is None else free - timedelta(days=1)
    return standing.until if standing.reason is Reason.LAPSED else None
