"""Catalog → citations (引用): every basis of every entry, and where in its file it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast, get_args

from jointsanction.catalog.files import Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.model.catalogue import Basis, Catalog, Instrument


class Citation(NamedTuple):
    """One basis of one entry (引用): the entry, the path of the basis in it, and the instrument cited."""

    section: Section
    id: str
    path: tuple[int | str, ...]
    basis: Basis
    instrument: Instrument


def citations(catalog: Catalog) -> Iterator[Citation]:
    """Yield every basis of measures, lists, groups, schemes, rules, matters, forbidden behaviours and publicity."""
    for section in cast("tuple[Section, ...]", get_args(Section)):
        for name, entry in getattr(catalog, section).items():
            for path, basis in _bases(entry, ()):
                yield Citation(section, name, path, basis, catalog.instruments[basis.instrument])


def _bases(holder: Any, path: tuple[int | str, ...]) -> Iterator[tuple[tuple[int | str, ...], Basis]]:  # noqa: ANN401 - any entry
    for index, basis in enumerate(getattr(holder, "basis", ())):
        yield (*path, "basis", index), basis
    for index, member in enumerate(getattr(holder, "members", ())):
        yield from _bases(member, (*path, "members", index))
    for index, accepted in enumerate(getattr(holder, "commitment_types", ())):
        yield from _bases(accepted, (*path, "commitment_types", index))
    for index, table in enumerate(getattr(holder, "conversions", ())):
        yield from _bases(table, (*path, "conversions", index))
    window = getattr(holder, "window", None)
    if window is not None:
        yield from _bases(window, (*path, "window"))
