"""Which list a row belongs to (名单识别): by code, name or any alias of the catalogue, and never by likeness."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Final

from jointsanction.catalog.compile import lies_in
from jointsanction.identity.folding import letters
from jointsanction.identity.masks import mask_name
from jointsanction.registry.readers.authorities import keeps_alone
from jointsanction.registry.readers.report import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from jointsanction.model.catalogue import Basis, Catalog, DatedAlias, Forbidden, Group, ListType

NO_FOUNDATION: Final = (
    "设列名单须以法律、法规或者党中央、国务院政策文件为依据"
    "（《国务院办公厅关于进一步完善失信约束制度构建诚信建设长效机制的指导意见》国办发〔2020〕49号）"
)
"""Why a list that no catalogue knows is refused."""

_NUMBER: Final = re.compile(r"[0-9A-Z]{8,}", re.IGNORECASE)
_LIKE_A_LIST: Final = re.compile(r"名单|名录|记录|黑榜|红榜|失信|守信|信用|惩戒|激励|^[A-Za-z.]{2,}$")
_SHOWN: Final = 40


class ListFinder:
    """Finds list types by what offices call them (名单识别); built once for a file."""

    def __init__(self, catalog: Catalog) -> None:
        """Index every code, title and alias by its letters."""
        self._catalog = catalog
        self._known: dict[str, list[tuple[ListType, DatedAlias | None]]] = {}
        for kind in catalog.lists.values():
            for name, alias in _names(kind):
                self._known.setdefault(letters(name), []).append((kind, alias))

    @property
    def catalog(self) -> Catalog:
        """Return the catalogue that lists are found in."""
        return self._catalog

    def find(self, text: str, *, region: str | None = None, day: date | None = None) -> ListType | Fault:
        """Return the list a text names, or why none may be used: unknown, forbidden, or several.

        `region` switches on local prohibitions, `day` chooses between lists that bore one name at different times.
        """
        found = self._named(text, day)
        forbidden = self._forbidden((text, *(kind.title for kind in found)), region)
        if forbidden is not None:
            return self._refusal(forbidden)
        if len(found) == 1:
            return found[0]
        if found:
            codes = "、".join(kind.code for kind in found)
            return Fault("list.ambiguous", f"名称对应多个名单（{codes}），请改填名单代码。")
        return self._unknown(text)

    def kept_by(self, printed: str) -> ListType | None:
        """Return a list that an authority keeps for sure (认定单位), by which it is known whose trade it is of."""
        kinds = self._catalog.lists.values()
        return next((kind for kind in kinds if keeps_alone(printed, kind.authority)), None)

    def _named(self, text: str, day: date | None) -> list[ListType]:
        entries = self._known.get(letters(text), [])
        kinds = {kind.code: kind for kind, _ in entries}
        if len(kinds) > 1 and day is not None:
            kinds = {kind.code: kind for kind, alias in entries if alias is None or _in_use(alias, day)}
        return list(kinds.values())

    def _forbidden(self, names: tuple[str, ...], region: str | None) -> Forbidden | None:
        """国办发〔2020〕49号 and local regulations name behaviour that must not enter a credit record."""
        for behaviour in self._catalog.forbidden.values():
            here = behaviour.region is None or lies_in(region, behaviour.region)
            if here and any(word in name for word in behaviour.words for name in names):
                return behaviour
        return None

    def _refusal(self, behaviour: Forbidden) -> Fault:
        cited = "；".join(self._citation(basis) for basis in behaviour.basis)
        message = f"“{behaviour.title}”不得纳入信用记录{f'（{cited}）' if cited else ''}，不予导入。"
        return Fault("list.forbidden", message)

    def _citation(self, basis: Basis) -> str:
        instrument = self._catalog.instruments.get(basis.instrument)
        title = basis.instrument if instrument is None else f"《{instrument.title}》{instrument.document_number or ''}"
        return f"{title}第{basis.article}条" if basis.article and basis.article.isdigit() else title

    def _unknown(self, text: str) -> Fault:
        group = next((each for each in self._catalog.groups.values() if letters(text) in _group_names(each)), None)
        if group is not None:
            return Fault("list.group", f"“{group.title}”是对象组，不是名单，请改填具体名单的代码。")
        near = difflib.get_close_matches(letters(text), list(self._known), n=1, cutoff=0.6)
        kind = self._known[near[0]][0][0] if near else None
        meant = "。" if kind is None else f"。是否应为 {kind.title}（{kind.code}）？"
        return Fault("list.unknown", f"名单“{_shown(text)}”不在任何目录中，不予导入：{NO_FOUNDATION}{meant}")


def _names(kind: ListType) -> Iterator[tuple[str, DatedAlias | None]]:
    yield kind.code, None
    yield kind.title, None
    for alias in kind.aliases:
        yield alias.name, alias


def _group_names(group: Group) -> set[str]:
    return {letters(name) for name in (group.code, group.title, *group.aliases)}


def _in_use(alias: DatedAlias, day: date) -> bool:
    return (alias.valid_from is None or alias.valid_from <= day) and (alias.valid_to is None or day <= alias.valid_to)


def _shown(text: str) -> str:
    """Return the name of a list as it may be shown; what looks like no list, a person's name say, is masked."""
    name = text.strip()[:_SHOWN]
    return name if _LIKE_A_LIST.search(name) is not None and _NUMBER.search(name) is None else mask_name(name)
