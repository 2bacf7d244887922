"""Power items and their official codes (权力事项编码): by which a window names a matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.errors import UnknownMatterError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.model.catalogue import Catalog, Department, PowerItem


def powers_of(catalog: Catalog) -> Iterator[tuple[Department, PowerItem]]:
    """Yield every power item with its department (权责清单)."""
    for department in catalog.departments.values():
        yield from ((department, power) for power in department.powers)


def item_codes(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield each official item code that stands for one matter, with that matter."""
    yield from ((power.code, power.matters[0]) for _, power in powers_of(catalog) if len(power.matters) == 1)


def refuse_several(catalog: Catalog, code: str) -> None:
    """Refuse an item code that stands for several matters: which is meant nobody guesses.

    Raises:
        UnknownMatterError: `matter.several`, naming them.
    """
    for _, power in powers_of(catalog):
        if power.code == code:
            named = "、".join(f"{matter}（{catalog.matters[matter].title}）" for matter in power.matters)
            message = f"权力事项“{power.title}”对应几个事项。"
            raise UnknownMatterError("matter.several", message, f"请写其中之一：{named}。")
