"""What isn't among the digests of a registry is found nowhere in it."""

from __future__ import annotations

import worlds as w
from jointsanction.identity.identify import identify
from jointsanction.identity.masks import shown_ends
from jointsanction.model.commitment import Commitments
from jointsanction.model.subject import Related, Subject
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.registry.outline import Outlined
from jointsanction.registry.snapshot.layout import hash_of, mask_hash, name_hash
from jointsanction.terms import Relation

MASKED = "9900**********0017"


def test_every_key_has_its_digest() -> None:
    """Own numbers, those of who is tied to the listed, names, masked numbers and the subjects of commitments."""
    owner = Related(relation=Relation.LEGAL_REPRESENTATIVE, id=w.PERSON, name="虚构甲")
    rows = [w.listing(name="虚构甲公司", related=(owner,)), w.listing(uscc=None, resident_id=MASKED, name="虚构乙")]
    registry = MemoryRegistry(rows, commitments=Commitments((w.promise(w.SHOP),), ()))
    assert isinstance(registry, Outlined)
    found = registry.outline()
    for subject in (Subject(uscc=w.FIRM), Subject(resident_id=w.PERSON), Subject(uscc=w.SHOP)):
        assert set(map(hash_of, identify(subject).keys)) <= set(*found.numbers)
    assert set(map(hash_of, identify(Subject(uscc=w.PARTNER)).keys)).isdisjoint(*found.numbers)
    assert name_hash("虚构乙") in found.names[0]
    assert (list(*found.masks), found.shapes) == ([mask_hash(shown_ends(MASKED))], ((4, 4),))
