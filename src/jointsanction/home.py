"""Where a user's registry lies when nobody says (默认名单库)."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import Final

STORE_VARIABLE: Final = "JOINTSANCTION_STORE"
"""Environment variable that names the default store by URL."""

AUDIT_KEY_VARIABLE: Final = "JOINTSANCTION_AUDIT_KEY"
"""Environment variable that holds the secret with which the audit covers the numbers of subjects."""

_FILE: Final = "sqlite:///"


def data_folder() -> Path:
    """Return the user's data folder (用户数据目录), by the custom of the system; it need not exist."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "jointsanction"


def default_store() -> str:
    """Return the URL of the default store: the environment's, else `registry.db` in the user's data folder."""
    return os.environ.get(STORE_VARIABLE) or f"sqlite:///{data_folder() / 'registry.db'}"


def audit_key() -> bytes | None:
    """Return the secret of the audit from the environment (审计密钥), None where the docket keeps one of its own."""
    said = os.environ.get(AUDIT_KEY_VARIABLE)
    return said.encode() if said else None


def snapshot_folder(store: str) -> Path:
    """Return where the snapshot of a store lies when nobody says (默认快照): beside its file, else in the data folder.

    >>> snapshot_folder("sqlite:///credit.db").name
    'credit.db.snapshot'
    """
    if store.startswith(_FILE):
        return Path(f"{store.removeprefix(_FILE)}.snapshot")
    # The address may hold a password, and is no name of a folder.
    return data_folder() / "snapshots" / hashlib.blake2b(store.encode(), digest_size=8).hexdigest()


def docket_address(store: str) -> str:
    """Return where the docket of a store is kept (办理台账): a file beside the lists' own, else the same database.

    An import locks the file of the lists for as long as it takes; a check must be filed meanwhile.

    >>> docket_address("sqlite:///credit.db")
    'sqlite:///credit.docket.db'
    """
    if not store.startswith(_FILE):
        return store
    path = Path(store.removeprefix(_FILE))
    return f"{_FILE}{path.with_name(f'{path.stem}.docket{path.suffix}')}"
