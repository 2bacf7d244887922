"""The demonstration (演示): shipped fictional lists into a store of their own, then a tender checked against them."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from importlib.resources import as_file
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jointsanction.cli.bidders import read_bidders
from jointsanction.cli.importing import Wanted, run_import
from jointsanction.cli.screen import show
from jointsanction.cli.tendering import tender_parts
from jointsanction.engine import Engine, open_catalog
from jointsanction.root import default_root
from jointsanction.store import Store
from jointsanction.telling.page import Block, Headline, Line

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

MATTER: Final = "procurement"
REGION: Final = "410182"
AS_OF: Final = "2026-06-10"
"""The day asked about: fixed, so that terms run out and verdicts come out the same whenever the demonstration runs."""


def run_demo() -> None:
    """Import the sample lists into a store in a folder of its own and check the sample tender (演示)."""
    folder = Path(tempfile.mkdtemp(prefix="jointsanction-demo-"))
    url, samples = f"sqlite:///{folder / 'registry.db'}", default_root() / "samples"
    show([Headline(f"演示：名单和主体全部虚构，核查基准日固定为 {AS_OF}。")])
    show([Block("一、导入名单", (Line("名单库", f"{url}（演示专用，不动用户自己的名单库；看完可删除所在目录）"),))])
    catalog = open_catalog()
    with ExitStack() as stack:
        lists, mapping, tender = (
            stack.enter_context(as_file(samples / name)) for name in ("lists.csv", "lists.mapping.yaml", "tender.csv")
        )
        run_import(Wanted(lists, url, mapping=mapping), catalog)
        bidders = read_bidders(tender)
    show([Block("二、核查供应商", (Line("事项", f"政府采购供应商（{MATTER}），地域 {REGION}，基准日 {AS_OF}"),))])
    store = Store.open(url, create=False)
    engine = Engine(catalog, store.registry(), store=store)
    result = engine.check_tender(bidders, MATTER, region=REGION, as_of=AS_OF)
    show([*tender_parts(result, bidders, catalog), _next(url, samples)])


def _next(url: str, samples: Traversable) -> Block:
    asked = f"--matter {MATTER} --region {REGION} --as-of {AS_OF} --store {url}"
    return Block(
        "三、接着试",
        (
            Line("单个主体，附未适用的原因", f"jointsanction check 91990000MA0DEM0138 {asked} --why"),
            Line("同一名册，带凭证的 JSON", f"jointsanction tender {samples / 'tender.csv'} {asked} --json"),
            Line("一条措施的依据", "jointsanction catalog explain refuse-government-procurement"),
            Line("试导自己的名单", "jointsanction import 名单.csv --list BL.SXBZXR --dry-run"),
        ),
    )
