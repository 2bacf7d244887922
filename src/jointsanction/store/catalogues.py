"""The catalogues that answered (答复过的目录): kept whole, so that a receipt can be held against the law of then."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from jointsanction.catalog.bundle import bundle_text, parse_bundle
from jointsanction.store.tables import CATALOGUE

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from jointsanction.model.catalogue import Catalog


def is_kept(connection: Connection, version: str) -> bool:
    """Tell whether the catalogue of a version is kept."""
    return connection.execute(select(CATALOGUE.c.version).where(CATALOGUE.c.version == version)).first() is not None


def keep(connection: Connection, catalog: Catalog, version: str) -> None:
    """Keep a catalogue under its version; another process may have kept it while this one waited to write."""
    if not is_kept(connection, version):
        bundle = zlib.compress(bundle_text(catalog).encode())
        connection.execute(insert(CATALOGUE), {"version": version, "bundle": bundle})


def kept(connection: Connection, version: str) -> Catalog | None:
    """Return the catalogue of a version, None when no such one ever answered from this store.

    Raises:
        CatalogError: `catalog.bundle_form` when it was kept by a program that wrote catalogues otherwise.
    """
    bundle = connection.execute(select(CATALOGUE.c.bundle).where(CATALOGUE.c.version == version)).scalar()
    return None if bundle is None else parse_bundle(zlib.decompress(bundle), f"名单库中保存的目录 {version}")
