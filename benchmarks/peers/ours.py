"""This library, through the front door (本库): YAML files, loader, compiler, engine.

`prepare` reads of every answer what a caller reads: the verdict, of every finding the measure, the number of the
document and the basis, the coverage and the warnings. `prepare_document` writes the whole answer with its receipt.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from check import REGION, open_engine

from jointsanction import Listing
from jointsanction.catalog.load import load_catalog
from peers.workload import DAY, LAWS, LISTS, MATTERS, Ask, Fired, Peer, World

if TYPE_CHECKING:
    from jointsanction import Engine
    from jointsanction.model.catalogue import Catalog
    from peers.workload import Measure

LAPSED = "data.lapsed-not-removed"
"""A listing past its end that nobody took off; the only warning that these listings can give."""


def prepare(world: World) -> Peer:
    """Return the engine, read as a caller reads it."""
    engine = opened(world)

    def answer(ask: Ask) -> object:
        result = engine.check_subject(ask.subject, ask.matter, region=REGION, as_of=DAY)
        findings = [(found.measure, found.instrument_no, found.basis) for found in result.findings]
        return result.verdict, findings, result.coverage, result.identity.warnings

    return Peer(answer, _fired)


def prepare_document(world: World) -> Peer:
    """Return the engine, its answer written out whole with the receipt."""
    engine = opened(world)

    def answer(ask: Ask) -> object:
        return engine.check_subject(ask.subject, ask.matter, region=REGION, as_of=DAY).model_dump()

    return Peer(answer, _written)


def _fired(answer: Any) -> frozenset[Fired]:  # noqa: ANN401 - what `answer` gave
    verdict, findings, coverage, warnings = answer
    assert verdict == ("prohibited" if findings else "clear"), verdict
    assert not coverage.missing, coverage
    assert {one.code for one in warnings} <= {LAPSED}, warnings
    return frozenset(Fired(measure, number, basis[0].instrument) for measure, number, basis in findings)


def _written(answer: Any) -> frozenset[Fired]:  # noqa: ANN401 - as above
    assert answer["receipt"].startswith("sha256:"), answer["receipt"]
    rows = answer["findings"]
    return frozenset(
        Fired(row["measure"], row["cause"]["instrument_no"], row["basis"][0]["instrument"]) for row in rows
    )


def opened(world: World) -> Engine:
    """Return an engine on the measures and listings of a world, every list loaded."""
    listings = [
        Listing(
            list=fact.list,
            uscc=subject,
            listed_on=fact.listed_on,
            valid_to=fact.valid_to,
            instrument_no=fact.number,
            batch="b1",
            row=at,
        )
        for subject, facts in world.listings.items()
        for at, fact in enumerate(facts)
    ]
    with tempfile.TemporaryDirectory() as folder:
        return open_engine(listings, catalogue(world, Path(folder)))


def catalogue(world: World, folder: Path) -> Catalog:
    """Write a catalogue of YAML files, and load it as any other."""
    law = {"level": "law", "valid_from": "2000-01-01"}
    for at in range(LAWS):
        write(folder / "instruments" / f"law-{at}.yaml", {"id": f"law-{at}", "title": f"虚构法之{at}", **law})
    founded = {"instrument": "law-0", "article": "1", "carries": "founds", "text": "verified"}
    for at in range(LISTS):
        name = f"BL.P{at:02}"
        kept = {"kind": "black", "authority": ["虚构机关"], "basis": [founded]}
        write(folder / "lists" / f"{name}.yaml", {"code": name, "title": f"虚构名单{at}", **kept})
    matter = {"kind": "right", "default_role": "applicant"}
    matters = {f"P{at:02}": {"title": f"虚构事项{at}", **matter} for at in range(MATTERS)}
    write(folder / "matters.yaml", {"matters": matters})
    for one in world.measures:
        write(folder / "restriction" / f"{one.id}.yaml", _measure(one))
    return load_catalog([folder])


def _measure(one: Measure) -> dict[str, object]:
    carried = {"instrument": one.law, "article": "2", "carries": "sets", "text": "verified"}
    days = {"valid_from": one.valid_from, "valid_to": one.valid_to}
    return {
        "id": one.id,
        "title": f"虚构措施{one.id}",
        "item": "market-access",
        "class": "adverse",
        "degree": "prohibit",
        "binding": "must",
        "trigger": "listing",
        "targets": {"lists": list(one.lists)},
        "bears": ["self"],
        "matters": list(one.matters),
        "basis": [carried],
        "implementing_authority": ["虚构机关"],
        "duty": "不予办理。",
        "in_list": "verified",
        **{name: day.isoformat() for name, day in days.items() if day is not None},
    }


def write(path: Path, content: object) -> None:
    """Write a file; JSON is YAML too."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
