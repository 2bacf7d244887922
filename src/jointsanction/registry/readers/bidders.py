"""The file of a tender (投标人名册): id, kind, name, role and group, in any format and encoding that lists come in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from jointsanction.errors import JointSanctionError, RegistryError
from jointsanction.identity.folding import letters
from jointsanction.identity.identify import identify, parse_subject
from jointsanction.registry.readers.tables.containers import open_file
from jointsanction.registry.readers.tables.csv_table import read_csv
from jointsanction.terms import Role, SubjectKind
from jointsanction.terms.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from jointsanction.model.subject import Subject
    from jointsanction.registry.readers.tables.table import Table

_HEADERS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("id", "证件号码", "统一社会信用代码", "号码"),
    "kind": ("kind", "主体类别", "主体类型"),
    "name": ("name", "名称", "投标人", "投标人名称", "供应商", "供应商名称", "单位名称"),
    "role": ("role", "角色", "办理角色"),
    "group": ("group", "联合体", "联合体名称"),
}
"""The columns of a tender file and how offices head them."""


def bidders_in(path: Path, raw: bytes) -> tuple[Subject, ...]:
    """Return the bidders of a file in order (投标人名册); `path` says in messages where its bytes came from.

    Raises:
        RegistryError: what concerns the whole file; `registry.bidders` with every row that names nobody.
    """
    return _bidders(open_file(path, raw, _is_known).table)


def bidders_pasted(text: str) -> tuple[Subject, ...]:
    """Return the bidders of a text of cells, such as an officer pastes (粘贴的名册): that it can't be anything else.

    Raises:
        RegistryError: as `bidders_in`.
    """
    return _bidders(read_csv(text, _is_known))


def _is_known(header: str) -> bool:
    return column_of(header) is not None


def _bidders(table: Table) -> tuple[Subject, ...]:
    refuse_rivals(table)
    columns = _columns(table)
    found: list[Subject] = []
    faults = [str(broken) for broken in table.broken]
    for number, cells in table.rows:
        try:
            found.append(_bidder({column: cells[place].strip() for column, place in columns.items()}))
        except JointSanctionError as error:
            faults.append(f"第 {number} 行：{error.message}{error.hint}")
    if faults:
        raise RegistryError("registry.bidders", "\n".join(faults), "逐行改正后重新核查；未对任何一家作答。")
    if not found:
        raise RegistryError("registry.empty", "名册中没有投标人。", "请核对文件。")
    return tuple(found)


def column_of(header: str) -> str | None:
    """Return what stands under a header of a roll of subjects, None for what nobody knows."""
    key = letters(header)
    return next((column for column, names in _HEADERS.items() if key in map(letters, names)), None)


def refuse_rivals(table: Table) -> None:
    """Refuse a file of several sheets: a bidder on one that is not read would be let through unchecked.

    Raises:
        RegistryError: `registry.sheet`.
    """
    if table.found.rivals:
        names = "、".join((str(table.found.sheet), *table.found.rivals))
        raise RegistryError("registry.sheet", f"名册分在几个工作表里：{names}。", "请合并到一个工作表后再核查。")


def _columns(table: Table) -> dict[str, int]:
    """Return where each column stands; a header we don't know is refused, for it may be the one that matters."""
    columns: dict[str, int] = {}
    unknown = []
    for place, header in enumerate(table.headers):
        column = column_of(header)
        if column is None or column in columns:
            unknown.append(header or f"第 {place + 1} 列")
        else:
            columns[column] = place
    if unknown or not columns.keys() & {"id", "name"}:
        message = f"名册的表头有误：{'、'.join(unknown) or '缺少 id、name'}。"
        raise RegistryError("registry.header", message, f"可用的列：{'、'.join(_HEADERS)}，每列一次。")
    return columns


def _bidder(row: Mapping[str, str]) -> Subject:
    kind = word(SubjectKind, row["kind"], "主体类别") if row.get("kind") else None
    role = word(Role, row["role"], "办理角色") if row.get("role") else None
    subject = parse_subject(row.get("id", ""), kind, row.get("name") or None)
    identify(subject)
    return replace(subject, role=role, group=row.get("group") or None)
