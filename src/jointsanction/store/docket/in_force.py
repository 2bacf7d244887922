"""The catalogue that a store answers by (现行目录): every change that was approved there is laid over it.

Whoever answers from a store opens its catalogue here, or answers by another law than the service beside him.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from jointsanction.errors import CatalogError, LoopError
from jointsanction.model.in_force import LawInForce
from jointsanction.store.docket.docket import Docket
from jointsanction.store.docket.proposals import proposals_known
from jointsanction.terms import ProposalState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.proposal import Proposal


def law_of(store: str, base: Catalog) -> LawInForce:
    """Return a catalogue with what was approved in the docket of a store; without a docket nothing was (现行目录).

    Raises:
        LoopError: `loop.approved_unreadable`.
        RegistryError: there is a docket, and it can't be read.
    """
    docket = Docket.existing(store)
    return LawInForce(base, base) if docket is None else with_approved(base, docket)


def with_approved(base: Catalog, docket: Docket) -> LawInForce:
    """Return a catalogue with all approved changes of a docket laid over it (含已通过修改的目录).

    Raises:
        LoopError: `loop.approved_unreadable` when the catalogue beneath is such that they don't fit.
    """
    with docket.reading() as connection:
        changes = proposals_known(connection, ProposalState.APPROVED)
    if not changes:
        return LawInForce(base, base)
    from jointsanction.catalog.layer import laid_over  # noqa: PLC0415 - YAML, only where something was approved

    try:
        catalog = laid_over(base, files_of(changes))
    except CatalogError as error:
        _refuse(error, changes)
    return LawInForce(catalog, base, tuple(change.number for change in changes))


def files_of(changes: Sequence[Proposal]) -> dict[str, str]:
    """Return the files of approved changes, path to text, a later one in the place of an earlier (已通过的修改)."""
    files: dict[str, str] = {}
    for change in changes:
        files |= change.files
    return files


def _refuse(error: CatalogError, changes: Sequence[Proposal]) -> NoReturn:
    problem = error.problems[0]
    change = next((each for each in reversed(changes) if problem.file in each.files), None)
    named = "" if change is None else f" {change.number}（{change.title}）"
    message = f"已通过的目录修改{named}与现在的目录不合，不能作答：{problem}"
    hint = (
        "请把它所依据的目录文件恢复原样（用 --catalogue 或设置 catalogues 的，核对有没有写全）。"
        "确要改动的，恢复以后在控制台“规则试算”中提出改正，由另一人审核通过，再改目录文件。"
    )
    raise LoopError("loop.approved_unreadable", message, hint) from error
