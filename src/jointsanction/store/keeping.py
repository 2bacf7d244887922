"""Keeping a store by its URL (名单库维护): its layout, its backups."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

from jointsanction.errors import RegistryError
from jointsanction.home import docket_address
from jointsanction.store.backups import verify_backup, write_backup
from jointsanction.store.database import Database
from jointsanction.store.docket.tables import SHAPE as DOCKET
from jointsanction.store.layout import LAYOUT, LAYOUTS, Layouts
from jointsanction.store.restoring import restore, restore_docket

if TYPE_CHECKING:
    from pathlib import Path

    from jointsanction.model.catalogue import Catalog
    from jointsanction.store.backups import Manifest

_WAIT: Final = 30.0


def layouts_of(url: str) -> Layouts:
    """Return the layout that a store has, and the newest one, changing nothing (库结构版本).

    Raises:
        RegistryError: as `Store.open`, but for a layout that is behind.
    """
    return Layouts(_there(url).layout(), LAYOUT)


def migrate_store(url: str, layout: str | None = None) -> str:
    """Bring a store to a layout, the newest unless told, and return it (升级、降级库结构).

    Raises:
        RegistryError: `registry.layout` for one that there is not; as `Store.open`.
    """
    wanted = layout or LAYOUT
    if wanted not in LAYOUTS:
        message = f"没有库结构版本 {wanted}。"
        raise RegistryError("registry.layout", message, f"可用的版本：{'、'.join(LAYOUTS)}。")
    _there(url).migrate(wanted)
    return wanted


def backup_store(url: str, path: Path, *, catalog: Catalog) -> Manifest:
    """Write the present state of a store, of its docket, and a catalogue, into one file with checksums (备份).

    Imports and checks may go on meanwhile: the backup holds the state of before them. It is the same file for the same
    state and catalogue.

    Raises:
        RegistryError: `registry.backup_unwritable`; as `Store.open`.
    """
    database = Database(url, wait=_WAIT)
    database.prepare(create=False)
    with ExitStack() as stack:
        docket = _docket_of(url)
        filed = None if docket is None else stack.enter_context(docket.reading())
        return write_backup(stack.enter_context(database.reading()), path, catalog, filed)


def restore_store(url: str, path: Path) -> Manifest:
    """Fill a store that is not there yet, or empty, with a backup (恢复); its catalogue is kept as one that answered.

    The docket beside it is filled as well, when the backup holds one.

    Raises:
        RegistryError: `registry.backup_damaged`, `registry.backup_form`, `registry.not_empty`; as `Store.open`.
    """
    manifest = verify_backup(path)  # before anything is made for the store
    database = Database(url, wait=_WAIT)
    database.prepare(create=True)
    with ExitStack() as stack:
        if manifest.docket_layout is not None:
            docket = Database(docket_address(url), wait=_WAIT, shape=DOCKET)
            docket.prepare(create=True)
            restore_docket(stack.enter_context(docket.writing()), docket, path, manifest)
        restore(database, path, manifest)
    return manifest


def _docket_of(url: str) -> Database | None:
    """Return the docket beside a store, None when there is none."""
    docket = Database(docket_address(url), wait=_WAIT, shape=DOCKET)
    try:
        docket.prepare(create=False)
    except RegistryError as error:
        if error.code != "registry.no_store":
            raise
        return None
    return docket


def _there(url: str) -> Database:
    return Database(url, wait=_WAIT).reached()
