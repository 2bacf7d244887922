"""A catalogue as it is in force for a store (现行目录): with every change that was approved there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from jointsanction.model.catalogue import Catalog


class LawInForce(NamedTuple):
    """A catalogue with approved changes laid over it (现行目录).

    `base` is the catalogue without them, `approved` the numbers of those that are in it.
    """

    catalog: Catalog
    base: Catalog
    approved: tuple[str, ...] = ()

    @classmethod
    def of(cls, catalog: Catalog | LawInForce) -> LawInForce:
        """Return what is in force where a catalogue is given: itself, when nothing is known to be laid over it."""
        return catalog if isinstance(catalog, cls) else cls(catalog, catalog)  # type: ignore[arg-type]
