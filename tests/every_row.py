"""A store with rows of every kind in it (各种记录): what a backup or a snapshot forgot would be missed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from jointsanction.catalog.bundle import catalog_version
from jointsanction.commitment.making import make_commitment, make_talk
from jointsanction.identity.record_key import record_key
from jointsanction.model.catalogue import Catalog
from jointsanction.model.commitment import CommitmentEvent
from jointsanction.model.identity_verdict import IdentityVerdict
from jointsanction.model.repair_event import RepairEvent
from jointsanction.model.subject import Related, Subject
from jointsanction.model.watch import Look, Watch, WatchEvent
from jointsanction.registry.serials import Serial
from jointsanction.terms import CommitmentState, Operation, Relation, Turn, Verdict
from store_side import DAY, FIRM, PARTNER, PERSON, day, delivery, listing, numbered, take

if TYPE_CHECKING:
    from jointsanction.model.subject import Listing
    from jointsanction.registry.protocol import Registry
    from jointsanction.store import Store

CATALOG = Catalog()
TIE = Related(relation=Relation.LEGAL_REPRESENTATIVE, name="虚构某甲", id=PERSON)
FULL = listing(
    name="虚构甲公司",
    former_names=("虚构乙公司",),
    related=(TIE,),
    instrument_no="另\x1f‘文’\n号",
    raw='{"序号":"7"}',
    subject_status="revoked",
)
MASKED = listing(None, resident_id="990000********0017", name="虚构某乙", instrument_no="密")
ASKED: tuple[tuple[tuple[str, ...], str | None], ...] = (
    ((f"u:{FIRM}", f"o:{FIRM[8:17]}"), None),
    ((f"u:{PARTNER}", f"o:{PARTNER[8:17]}"), "虚构甲公司"),
    ((f"p:{PERSON}",), None),
    ((), "虚构乙公司"),
    (("p:990000199001010025",), None),
    (("u:91990000MA00000012",), None),
)


def fill(store: Store) -> None:
    """Put rows of every kind into a store: superseded, missing, masked and tied ones, deltas, and all that is beside.

    A second, third … catalogue, watch or verdict is no other kind.
    """
    take(store, [*numbered(3), FULL, MASKED], 0, covers=["BL.TAX"])
    take(store, [*numbered(3, grade="D"), MASKED], 1, covers=["BL.TAX"])
    stream = Serial("某税务局 BL.WAGE", "17")
    whole = replace(delivery("whole", ["BL.WAGE"]), serial=stream)
    store.commit(whole, numbered(2, list="BL.WAGE", uscc=PARTNER), recorded_at=day(2))
    rows = [listing(PARTNER, list="BL.WAGE", instrument_no="增"), *numbered(1, list="BL.WAGE", uscc=PARTNER)]
    operations = Operation.ADD, Operation.DEL
    delta = replace(delivery("18"), operations=operations, serial=stream._replace(number="18"))
    store.commit(delta, rows, recorded_at=day(3))
    store.keep(CATALOG, catalog_version(CATALOG))
    _decide(store)
    _promise(store)
    step = {"record": record_key(numbered(1)[0]), "list": "BL.TAX", "actor": "某公司", "reason": "已整改"}
    store.repairs.append([RepairEvent(track="repair", state="applied", on=DAY, **step)], recorded_at=day(7))
    watch = store.watches.add(Watch(number=FIRM, matter="GPC", author="某中心", reason="在建"), recorded_at=day(8))
    turned: dict[str, Any] = {"turn": Turn.RESTRICTED, "before": Verdict.CLEAR, "after": Verdict.PROHIBITED}
    turn = WatchEvent(watch=watch.id or 1, version="v1", since=DAY, causes=(("BL.TAX", "b", 3),), **turned)
    store.watches.tell([Look(watch, day(9), DAY, changes=(turn,))], recorded_at=day(9))


def _decide(store: Store) -> None:
    said = {"author": "某科", "reason": "核对证照", "decided_on": DAY, "expires_on": DAY + timedelta(days=365)}
    verdict = IdentityVerdict(subject=f"u:{PARTNER}", record="r1", list="BL.TAX", outcome="cleared", **said)
    store.decide(verdict, recorded_at=day(4))


def _promise(store: Store) -> None:
    firm = Subject(uscc=FIRM)
    made = make_commitment(firm, "容缺受理型", content="按期补齐", made_on=DAY)
    store.commitments.make(made, recorded_at=day(4))
    broken: dict[str, Any] = {"actor": "某局", "reason": "逾期", "evidence": "虚核〔2024〕1号"}
    breach = CommitmentEvent(state=CommitmentState.BREACHED, happened_on=DAY + timedelta(days=1), **broken)
    store.commitments.add(made.id, breach, recorded_at=day(5))
    talk = make_talk(firm, "reminder", held_on=DAY, authority="某局", reason="逾期", result="agreed")
    store.commitments.talk(talk, recorded_at=day(6))


def answers(registry: Registry) -> list[object]:
    """Return all that a registry answers to questions that meet every row, and some that meet none."""
    hits: list[tuple[Listing, object, bool]] = []
    for keys, name in ASKED:
        hits += [(hit.listing, hit.related, hit.by_name) for hit in registry.lookup(keys, name)]
    promised = [registry.commitments(keys) for keys, _ in ASKED]
    beside = [dict(registry.editions), dict(registry.verdicts), dict(registry.repairs)]
    return [registry.version, registry.known_at, hits, promised, *beside]
