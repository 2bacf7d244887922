"""What matters and lists are also known as (别名): every name a question or a file may use, and what it stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jointsanction.catalog.compiling.powers import item_codes

if TYPE_CHECKING:
    from jointsanction.model.catalogue import Catalog
    from jointsanction.terms import Role


class MatterName(NamedTuple):
    """What a name of a matter stands for (事项名): its code and, for names of a role, the role."""

    code: str
    role: Role | None = None


def matter_names(catalog: Catalog) -> dict[str, MatterName]:
    """Return what each code, alias and official item code of a matter stands for (事项名)."""
    names = {code: MatterName(code) for code in catalog.matters}
    for code, matter in catalog.matters.items():
        for alias in matter.aliases:
            names[alias.name] = MatterName(code, alias.role)
    return names | {code: MatterName(matter) for code, matter in item_codes(catalog)}


def list_names(catalog: Catalog) -> dict[str, str]:
    """Return the code of the list that each code, title and alias stands for (名单名)."""
    names: dict[str, str] = {}
    for code, kind in catalog.lists.items():
        names |= dict.fromkeys((code, kind.title, *(alias.name for alias in kind.aliases)), code)
    return names
