"""Who is who in a saved case (用例人物): the subject asked about, whoever is tied to him, and how each is listed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from jointsanction.identity.identify import identify, parse_subject
from jointsanction.identity.masks import mask_id
from jointsanction.identity.names import name_key
from jointsanction.steps.asking.ask import related_text
from jointsanction.terms import IdState, IdType, SubjectKind
from jointsanction.testing.made_up import MadeUp

if TYPE_CHECKING:
    from jointsanction.identity.identify import Identified
    from jointsanction.model.subject import Related
    from jointsanction.steps.standing.lookup import Found

_SLOTS: Final = {IdType.USCC: "uscc", IdType.RESIDENT_ID: "resident_id"}
_SOMEBODY: Final = "91"


class Cast:
    """Gives everybody of an answer a made-up number or name (虚构人物), the same wherever he comes up."""

    def __init__(self, identity: Identified) -> None:
        """Begin with the subject asked about."""
        self._identity = identity
        self._made = MadeUp()
        self._name = "虚构人甲" if identity.kind is SubjectKind.PERSON else "虚构甲有限公司"
        self._slot = _SLOTS.get(identity.id_type or IdType.OTHER, "other_id")
        self._id = None
        if identity.id is not None and identity.id_type is not None:
            # A masked number can't be made up, for nobody knows what it hides: the name alone says as much.
            masked = identity.state is IdState.MASKED
            self._id = None if masked else self._made.number(identity.id, identity.id_type)

    def subject(self, *, named: bool) -> dict[str, Any]:
        """Return the subject as a case writes it; his name only where something turns on it."""
        kind = {} if self._identity.kind is None else {"kind": self._identity.kind}
        number = {} if self._id is None else {self._slot: self._id}
        return {**kind, **number, **({"name": self._name} if named or self._id is None else {})}

    def related(self, related: Related) -> str:
        """Return somebody tied to the subject as a question writes him."""
        if related.id is None:
            return related_text(replace(related, name=self._name_of(related)))
        return related_text(replace(related, id=self._number_of(related)[1]))

    def _number_of(self, related: Related) -> tuple[str, str]:
        known = identify(parse_subject(related.id or "", related.kind, related.name))
        kind = known.id_type or IdType.OTHER
        return _SLOTS.get(kind, "other_id"), self._made.number(known.id or "", kind)

    def _name_of(self, related: Related) -> str:
        return f"虚构{related.relation.zh}"

    def listed(self, found: Found, related: tuple[Related, ...]) -> dict[str, Any]:
        """Return who stands on a list, as far as it decides whether he is found, and how surely.

        A listing that names nobody is the subject's own.
        """
        if found.way == "own":
            return self._candidate(found) if found.by_name else {}
        if found.way == "from-listing":
            return {"uscc": self._made.number(f"{_SOMEBODY}…", IdType.USCC), "related": [self._tied(found)]}
        person = next(one for one in related if self._is_whose(one, found))
        if found.by_name or person.id is None:
            return {"name": self._name_of(person)}
        slot, number = self._number_of(person)
        return {slot: number}

    def _is_whose(self, related: Related, found: Found) -> bool:
        known = None if related.id is None else identify(parse_subject(related.id, related.kind, related.name)).id
        return related.relation is found.relation and known == found.related_id

    def _candidate(self, found: Found) -> dict[str, Any]:
        names = {name_key(name) for name in (found.listing.name, *found.listing.former_names) if name is not None}
        if self._id is None or self._identity.name_key in names:
            return {"name": self._name}
        return {self._slot: mask_id(self._id)}

    def _tied(self, found: Found) -> dict[str, Any]:
        number = self._id or ""
        shown = {"name": self._name, "id": mask_id(number)} if found.by_name else {"id": number}
        sure = found.personally_responsible
        return {"relation": found.relation, **shown, **({} if sure is None else {"personally_responsible": sure})}
