"""What a registry of lists answers (名单库), whatever keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from jointsanction.model.commitment import Commitments
    from jointsanction.model.identity_verdict import Verdicts
    from jointsanction.model.repair_event import RepairEvent
    from jointsanction.model.subject import Edition, Listing, Related


class Hit(NamedTuple):
    """A listing found for a subject, and how (命中).

    `related` is the person or unit named in the listing through whom it was found; None when the listing is about the
    subject itself. `by_name` is a candidate only: found by name, or by a number that can't be compared.
    """

    listing: Listing
    related: Related | None = None
    by_name: bool = False


class Registry(Protocol):
    """Lists that can be asked about one subject (名单库)."""

    @property
    def version(self) -> str:
        """Return what identifies the state consulted."""

    @property
    def known_at(self) -> datetime | None:
        """Return the instant of the newest batch consulted, None when nothing was ever loaded."""

    @property
    def editions(self) -> Mapping[str, tuple[Edition, ...]]:
        """Return the complete editions of each list, newest last."""

    @property
    def verdicts(self) -> Verdicts:
        """Return what persons decided about candidates, by the subject's key and the listing's record key."""

    def commitments(self, keys: tuple[str, ...]) -> Commitments:
        """Return the commitments of the subject of the keys and the talks with it; `NO_COMMITMENTS` when none."""

    @property
    def repairs(self) -> Mapping[str, tuple[RepairEvent, ...]]:
        """Return the steps of repair and objection of each listing, in their order, by its record key."""

    def lookup(self, keys: tuple[str, ...], name_key: str | None) -> tuple[Hit, ...]:
        """Return the listings under any of the keys, exact ones first, then candidates that share the name key."""
