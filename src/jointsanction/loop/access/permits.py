"""What an account may do (权限): its roles, its matters. Console, service and command line ask here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.errors import AccessError
from jointsanction.store.docket.checks import no_such_check

if TYPE_CHECKING:
    from jointsanction.catalog.compile import Tables
    from jointsanction.model.caller import Caller
    from jointsanction.model.filed import FiledCheck
    from jointsanction.terms import AccountRole


def permit(caller: Caller, *roles: AccountRole) -> None:
    """Return when the caller has one of some roles (岗位权限).

    Raises:
        AccessError: `access.role`.
    """
    if caller.roles.isdisjoint(roles):
        needed = "、".join(role.zh for role in roles)
        code, message = "access.role", f"该账户没有办理此事的岗位：需要{needed}。"
        raise AccessError(code, message, "请由有此岗位的人员办理，或者请运维人员调整账户岗位。")


def of_unit(check: FiledCheck, unit: str) -> FiledCheck:
    """Return a filed check of a unit's own (查阅范围).

    Raises:
        LoopError: `loop.no_such_check` for one of another unit, in the words for a number that there is not: that it
            exists is none of its business.
    """
    if check.unit != unit:
        raise no_such_check()
    return check


def permit_matter(caller: Caller, code: str, tables: Tables) -> None:
    """Return when the caller may ask about a matter: one of his own, or one below it (事项权限).

    `code` is a code or another name of the matter.

    Raises:
        AccessError: `access.matter`.
        UnknownMatterError: a matter in no catalogue.
    """
    matter = tables.resolve_matter(code).code
    if caller.matters and tables.enclosing[matter].isdisjoint(_codes(caller, tables)):
        title = tables.catalog.matters[matter].title
        message = f"该账户不得核查事项“{title}”。"
        raise AccessError("access.matter", message, "请使用允许核查该事项的账户，或者请运维人员调整账户事项。")


def _codes(caller: Caller, tables: Tables) -> set[str]:
    """Return the codes of a caller's matters; one that the catalogue has no longer permits nothing."""
    names = (tables.matter_names.get(matter) for matter in caller.matters)
    return {name.code for name in names if name is not None}
