"""The store a command works on (名单库): the one named, else the user's own."""

from __future__ import annotations

from jointsanction.home import default_store
from jointsanction.store import Store


def open_store(url: str | None) -> Store:
    """Return the store of a URL, the user's own when none is named; none is made.

    Raises:
        RegistryError: `registry.no_store` with the command to type.
    """
    return Store.open(url or default_store(), create=False)
