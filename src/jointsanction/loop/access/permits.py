"""What an account may do (权限): its roles, its matters. Console, service and command line ask here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jointsanction.errors import AccessError
from jointsanction.store.docket.checks import no_such_check
from jointsanction.terms import AccountRole, Audience

if TYPE_CHECKING:
    from jointsanction.catalog.compile import Tables
    from jointsanction.model.caller import Caller
    from jointsanction.model.filed import FiledCheck

_OF_ALL: Final = frozenset({AccountRole.OPERATOR, AccountRole.AUDITOR})
"""Whose business the figures of all units are."""


def permit(caller: Caller, *roles: AccountRole) -> None:
    """Return when the caller has one of some roles (岗位权限).

    Raises:
        AccessError: `access.role`.
    """
    if caller.roles.isdisjoint(roles):
        needed = "、".join(role.zh for role in roles)
        code, message = "access.role", f"该账户没有办理此事的岗位：需要{needed}。"
        raise AccessError(code, message, "请由有此岗位的人员办理，或者请运维人员调整账户岗位。")


def permit_findings(caller: Caller) -> None:
    """Return when the caller may learn every finding of his unit's checks (提供对象): anybody at large may not.

    Raises:
        AccessError: `access.audience`.
    """
    if caller.audience is Audience.ANYBODY:
        raise no_audience("该账户的提供对象是社会公众，不能办理、查阅核查之后的事项。")


def permit_whole(caller: Caller) -> None:
    """Return when the caller may see answers whole (提供对象): one of the unit itself.

    Raises:
        AccessError: `access.audience`.
    """
    if caller.audience is not None:
        raise no_audience("控制台显示答案的全部内容，而该账户的提供对象不是本单位。")


def no_audience(message: str) -> AccessError:
    """Return the error for what only an account may see from which nothing is withheld (提供对象)."""
    hint = "请由提供对象为本单位的账户办理；该账户可以提供的部分，用接口核查、查阅得到摘录。"
    return AccessError("access.audience", message, hint)


def of_unit(check: FiledCheck, unit: str) -> FiledCheck:
    """Return a filed check of a unit's own (查阅范围).

    Raises:
        LoopError: `loop.no_such_check` for one of another unit, in the words for a number that there is not: that it
            exists is none of its business.
    """
    if check.unit != unit:
        raise no_such_check()
    return check


def unit_counted(caller: Caller) -> str | None:
    """Return the unit whose figures a caller may see, None for those of all units (统计范围)."""
    return caller.unit if caller.roles.isdisjoint(_OF_ALL) else None


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
