"""Small worlds for tests: a catalogue of a few entries, made-up subjects of region 990000, right check digits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from jointsanction.catalog.compile import Tables, compile_catalog
from jointsanction.engine import Engine
from jointsanction.model.catalogue import Catalog, Instrument, ListType, Matter, Measure, Rule
from jointsanction.model.commitment import Commitment
from jointsanction.model.subject import Edition, Listing, Subject
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.terms import CommitmentType

if TYPE_CHECKING:
    from jointsanction.model.result import CheckResult

FIRM = "91990000MA0000001B"
PARTNER = "91990000MA0000002E"
SHOP = "92990000MA00000018"
PERSON = "990000199001010017"
OTHER_PERSON = "990000198507150020"

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2024, 6, 10, 9, tzinfo=SHANGHAI)
TODAY = NOW.date()


def instrument(id_: str = "law", level: str = "law", **more: Any) -> Instrument:
    """Make an instrument."""
    return Instrument.model_validate(
        {"id": id_, "title": f"《{id_}》", "level": level, "valid_from": "2000-01-01", **more}
    )


def list_type(code: str = "BL.A", kind: str = "black", **more: Any) -> ListType:
    """Make a list; a black one is founded on the law unless told otherwise."""
    founds = [{"instrument": "law", "article": "1", "carries": "founds", "text": "verified"}]
    return ListType.model_validate(
        {"code": code, "title": f"{code}名单", "kind": kind, "authority": ["某机关"], "basis": founds, **more}
    )


def matter(code: str = "M.X", kind: str = "right", **more: Any) -> Matter:
    """Make a matter."""
    return Matter.model_validate(
        {"code": code, "title": f"{code}事项", "kind": kind, "default_role": "applicant", **more}
    )


def measure(id_: str = "bar", **more: Any) -> Measure:
    """Make a measure: prohibit, must, by list BL.A, in matter M.X, set by the law."""
    plain: dict[str, Any] = {
        "id": id_,
        "title": f"措施{id_}",
        "effect": "restriction",
        "item": "market-access",
        "class": "adverse",
        "degree": "prohibit",
        "binding": "must",
        "trigger": "listing",
        "targets": {"lists": ["BL.A"]},
        "bears": ["self"],
        "matters": ["M.X"],
        "basis": [{"instrument": "law", "article": "2", "carries": "sets", "text": "verified"}],
        "implementing_authority": ["某机关"],
        "duty": "不予办理。",
    }
    return Measure.model_validate({**plain, **more})


def incentive(id_: str = "gain", **more: Any) -> Measure:
    """Make an incentive for red list RL.A."""
    plain = {"effect": "incentive", "item": None, "class": None, "degree": "prioritise", "targets": {"lists": ["RL.A"]}}
    return measure(id_, **{**plain, **more})


def basis(carries: str = "sets", text: str = "verified", instrument_id: str = "law", **more: Any) -> dict[str, Any]:
    """Make a basis as YAML would give it."""
    return {"instrument": instrument_id, "article": "2", "carries": carries, "text": text, **more}


def world(*entries: object) -> Catalog:
    """Make a catalogue: the entries given, over one law, lists BL.A and RL.A, and matter M.X."""
    catalog: dict[str, dict[str, Any]] = {
        "instruments": {"law": instrument()},
        "lists": {"BL.A": list_type(), "RL.A": list_type("RL.A", "red")},
        "matters": {"M.X": matter()},
        "measures": {},
        "rules": {},
    }
    sections = {Instrument: "instruments", ListType: "lists", Matter: "matters", Measure: "measures", Rule: "rules"}
    for entry in entries:
        key = getattr(entry, "code", None) or entry.id  # type: ignore[attr-defined]
        catalog[sections[type(entry)]][key] = entry
    return Catalog(**catalog)


def tables(*entries: object) -> Tables:
    """Compile a small world."""
    return compile_catalog(world(*entries), "sha256:test")


def listing(code: str = "BL.A", uscc: str | None = FIRM, **more: Any) -> Listing:
    """Make a listing in force since 2024-01-01, with an instrument."""
    plain: dict[str, Any] = {
        "list": code,
        "uscc": uscc,
        "listed_on": date(2024, 1, 1),
        "instrument_no": "文〔2024〕1号",
    }
    return Listing(**{**plain, **more})


def promise(uscc: str) -> Commitment:
    """Make a promise of a subject, of whatever kind."""
    kind = next(iter(CommitmentType))
    return Commitment(id="c1", type=kind, keys=("u:" + uscc,), content="虚构", made_on=date(2024, 1, 1), due=None)


def whole(catalog: Catalog, *, without: tuple[str, ...] = (), at: datetime = NOW) -> list[Edition]:
    """Declare every list of a catalogue loaded, but those left out."""
    return [
        Edition(
            list=code,
            batch="b1",
            received_at=at - timedelta(hours=1),
            regions=() if kind.scope == "national" else kind.scope,
        )
        for code, kind in catalog.lists.items()
        if code not in without
    ]


def engine(catalog: Catalog, *listings: Listing, without: tuple[str, ...] = ()) -> Engine:
    """Open an engine on a small world, its clock standing at NOW."""
    rows = [replace(row, batch=row.batch or "b1", row=row.row or at) for at, row in enumerate(listings, 1)]
    return Engine(catalog, MemoryRegistry(rows, whole(catalog, without=without)), clock=lambda: NOW)


def ask(catalog: Catalog, *listings: Listing, subject: Subject | str = FIRM, **words: Any) -> CheckResult:
    """Ask about a subject in matter M.X on 2024-06-10, with every list loaded."""
    asked = {"matter": "M.X", "as_of": TODAY, "explain": True, **words}
    without = asked.pop("without", ())
    return engine(catalog, *listings, without=without).check_subject(subject, **asked)


def reasons(result: CheckResult) -> dict[str | None, str]:
    """Return the reason of each measure; of several, the last."""
    return {finding.measure: finding.reason.value for finding in (*(result.not_applied or ()), *result.findings)}
