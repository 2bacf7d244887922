"""One catalogue of many layers (四级联动): nation, province, city, county, the user's own; a finding says whose."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from jointsanction import Edition, Engine, Listing, MemoryRegistry
from jointsanction.catalog.bundle import default_catalog
from jointsanction.catalog.load import load_over

if TYPE_CHECKING:
    from pathlib import Path

    from jointsanction.model.catalogue import Catalog

FIRM = "91990000MA0000001B"
NOW = datetime(2026, 6, 10, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
INSTRUMENT = "id: made-up-notice\ntitle: 虚构的通知\nlevel: normative-document\nvalid_from: 2020-01-01\n"
MEASURE = """id: praise-{region}
title: 向{region}推介
degree: publicise
binding: may
trigger: listing
targets: {{lists: [RL.TAXA]}}
bears: [self]
matters: [HONOR]
region: "{region}"
basis: [{{instrument: made-up-notice, carries: sets, text: recalled}}]
implementing_authority: [虚构单位]
duty: 推介。
"""
OWN = MEASURE.replace('region: "{region}"\n', "").format(region="own")


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    """Return the shipped catalogue with an office's own laid over it, which has measures of three local levels."""
    root = tmp_path / "our-office"
    (root / "instruments").mkdir(parents=True)
    (root / "instruments" / "made-up-notice.yaml").write_text(INSTRUMENT, encoding="utf-8")
    (root / "incentive").mkdir()
    (root / "incentive" / "praise-own.yaml").write_text(OWN, encoding="utf-8")
    for region in ("990000", "990100", "990182"):
        folder = root / "local" / region / "incentive"
        folder.mkdir(parents=True)
        (folder / f"praise-{region}.yaml").write_text(MEASURE.format(region=region), encoding="utf-8")
    return load_over(default_catalog(), [root])


@pytest.mark.parametrize(
    ("region", "praised"),
    [
        (None, {"praise-own"}),
        ("990000", {"praise-own", "praise-990000"}),
        ("990100", {"praise-own", "praise-990000", "praise-990100"}),
        ("990182", {"praise-own", "praise-990000", "praise-990100", "praise-990182"}),
        ("990200", {"praise-own", "praise-990000"}),
        ("410182", {"praise-own"}),
    ],
)
def test_a_county_inherits_from_city_province_and_nation(
    catalog: Catalog, region: str | None, praised: set[str]
) -> None:
    """What holds above holds below, nothing holds beside; and every finding names the layer it comes from."""
    listed = Listing(list="RL.TAXA", uscc=FIRM, listed_on=date(2026, 4, 1), batch="b", row=1)
    whole = [Edition(list=code, batch="b", received_at=NOW) for code in catalog.lists]
    engine = Engine(catalog, MemoryRegistry([listed], whole), clock=lambda: NOW)
    found = engine.check_subject(FIRM, "HONOR", region=region, as_of="2026-06-10").model_dump()["findings"]
    layers = {each["measure"]: each["layer"] for each in found if each["applies"]}
    assert {measure for measure in layers if measure.startswith("praise")} == praised
    assert layers["praise-own"] == "our-office"
    local = praised - {"praise-own"}
    assert {measure: layers[measure] for measure in local} == {each: each.removeprefix("praise-") for each in local}
