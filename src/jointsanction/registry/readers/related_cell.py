"""The `related` column (关联方): a JSON list of who is tied to the listed subject."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from jointsanction.identity.keys import is_person
from jointsanction.identity.masks import mask_id
from jointsanction.identity.numbers import readings
from jointsanction.model.subject import Related
from jointsanction.registry.readers.report import Fault
from jointsanction.registry.readers.terms_cell import TermCell
from jointsanction.terms import IdState, Relation, SubjectKind

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEYS: Final = frozenset({"relation", "kind", "name", "id", "personally_responsible"})
_EXAMPLE: Final = '[{"relation": "legal-representative", "name": "…", "id": "…"}]'
_TRUTH: Final = {"true": True, "false": False, "是": True, "否": False}


class RelatedCell:
    """Reads `[{"relation": …, "kind": …, "name": …, "id": …, "personally_responsible": …}]` (关联方)."""

    def __init__(self, kinds: TermCell[SubjectKind]) -> None:
        """Share the vocabulary of subject kinds with the rest of the row."""
        self._kinds = kinds
        self._relations = TermCell(Relation)

    def read(self, text: str) -> tuple[Related, ...] | Fault:
        """Return the related, or what is wrong with the first that can't be read."""
        try:
            found = json.loads(text, parse_int=str, parse_float=str)
        except (json.JSONDecodeError, RecursionError):
            return Fault("related.json", f"不是合法的 JSON 列表，例如 {_EXAMPLE}。")
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            return Fault("related.json", "应为对象的列表。")
        ties = []
        for each in found:
            tie = self._one(each)
            if isinstance(tie, Fault):
                return tie
            ties.append(tie)
        return tuple(ties)

    def _one(self, entry: Mapping[str, object]) -> Related | Fault:
        unknown = [key for key in entry if key not in _KEYS]
        if unknown:
            return Fault("related.key", f"未知的键；可用：{'、'.join(sorted(_KEYS))}。")
        relation = self._relations.read(str(entry.get("relation") or ""))
        kind = self._kinds.read(str(entry["kind"])) if entry.get("kind") else None
        if isinstance(relation, Fault) or relation is Relation.SELF:
            return Fault("related.relation", "relation 缺失或不在词表中，例如 legal-representative（法定代表人）。")
        if isinstance(kind, Fault):
            return kind
        responsible = _TRUTH.get(str(entry.get("personally_responsible", "")).lower())
        tie = Related(
            relation=relation,
            kind=kind,
            name=_text(entry, "name"),
            id=_text(entry, "id"),
            personally_responsible=responsible,
        )
        return fault_of(tie) or tie


def fault_of(tie: Related) -> Fault | None:
    """Return why somebody tied to the listed could never be found, None when nothing is wrong."""
    if tie.name is None and tie.id is None:
        return Fault("related.empty", "关联方既无名称也无号码。")
    if tie.id is None:
        return None
    found = readings(tie.id, person=is_person(tie.kind))
    if any(each.state is IdState.LOST_PRECISION for each in found):
        return Fault("id.lost_precision", f"关联方号码 {mask_id(tie.id)}：Excel 已丢失精度，请从原件重新录入。")
    if not found:
        return Fault("related.id", f"关联方号码 {mask_id(tie.id)} 不是有效形式的证件号码，或与主体类别不符。")
    return None


def _text(entry: Mapping[str, object], key: str) -> str | None:
    value = entry.get(key)
    return str(value).strip() or None if value is not None else None
