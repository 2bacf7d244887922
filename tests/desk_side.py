"""A desk of a made-up office: two firms listed, a clock that is moved by hand, numbers that count up."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Any

import store_side as s
from jointsanction.engine import Engine, open_catalog
from jointsanction.loop.desk import Desk, DeskRules
from jointsanction.model.caller import Caller
from jointsanction.model.filed import Feedback
from jointsanction.store.docket.docket import Docket
from jointsanction.terms import AccountRole, Handling

if TYPE_CHECKING:
    from pathlib import Path

    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.filed import FiledCheck

DEFAULTER = s.FIRM
OTHER = s.PARTNER
NOBODY = "91990000MA0000004A"
NOW = datetime(2024, 6, 10, 9, tzinfo=s.START.tzinfo)
PROCUREMENT = "refuse-government-procurement"
BIDDING = "restrict-tender-judgment-defaulter"
WINDOW = Caller(
    account="window-1", unit="虚构市采购中心", roles=frozenset({AccountRole.WINDOW}), officer="经办甲", region="990000"
)
ELSEWHERE = Caller(account="platform", unit="虚构市交易中心", roles=frozenset({AccountRole.WINDOW}))
PURPOSE = "政府采购供应商资格审查"


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = NOW
    days: int = field(default=0)

    def __call__(self) -> datetime:
        """Return its instant."""
        return self.now

    def move(self, **span: int) -> None:
        """Move it on."""
        self.now += timedelta(**span)


@dataclass
class Office:
    """A desk with its clock, and short words for asking and feeding back."""

    desk: Desk
    clock: Clock

    def check(self, subject: str = DEFAULTER, matter: str = "procurement", **more: Any) -> FiledCheck:
        """Check a subject and file it."""
        caller, key = more.pop("caller", WINDOW), more.pop("key", None)
        words = {"subject": subject, "matter": matter, "coverage": "loaded", **more}
        return self.desk.check(words, caller, purpose=PURPOSE, key=key)

    def feed_back(self, check: FiledCheck, /, **more: Any) -> Feedback:
        """Feed back on the first thing a check asks for."""
        caller, key = more.pop("caller", WINDOW), more.pop("key", None)
        return self.desk.feed_back(feedback_on(check, self.clock.now.date(), **more), caller, key=key)


def feedback_on(check: FiledCheck, on: date, /, **more: Any) -> Feedback:
    """Return a feedback on the first thing a check asks for, in order unless something else is said."""
    item = check.items[0]
    plain: dict[str, Any] = {
        "check": check.number,
        "item": item.item,
        "basis_instrument": item.basis[0][0],
        "basis_article": item.basis[0][1],
        "handling": Handling.APPLIED,
        "result": "未通过资格审查，已书面告知。",
        "done_on": on,
        "department": "虚构市采购中心",
        "officer": "经办甲",
    }
    return Feedback(**(plain | more))


@cache
def catalogue() -> Catalog:
    """Return the shipped catalogue with few of its measures: it is compiled for every test."""
    whole = open_catalog()
    return whole.model_copy(
        update={"measures": {name: whole.measures[name] for name in (PROCUREMENT, BIDDING)}, "rules": {}}
    )


def office(folder: Path, **rules: Any) -> Office:
    """Open the office of a test: the defaulter is listed, and so is the other."""
    store = s.opened(folder)
    rows = [
        s.listing(DEFAULTER, list="BL.SXBZXR", instrument_no="（2024）虚01执1号", row=1),
        s.listing(OTHER, list="BL.SXBZXR", instrument_no="（2024）虚01执2号", row=2),
    ]
    s.take(store, rows, covers=["BL.SXBZXR"])
    clock, numbers = Clock(), count(1)
    engine = Engine(catalogue(), store.registry(), store=store, clock=clock)
    rules = {"audit_key": b"test", **rules}
    desk = Desk(
        engine,
        store,
        Docket.open(s.url(folder)),
        rules=DeskRules(**rules),
        clock=clock,
        draw=lambda _bits: next(numbers),
    )
    return Office(desk, clock)


def tell(folder: Path, *statements: str) -> list[tuple[Any, ...]]:
    """Say something to the tables of the docket behind its back."""
    import sqlalchemy as sa  # noqa: PLC0415

    from jointsanction.home import docket_address  # noqa: PLC0415

    address = docket_address(s.url(folder)).replace("postgresql:", "postgresql+psycopg:")
    with sa.create_engine(address, poolclass=sa.pool.NullPool).begin() as connection:
        done = [connection.exec_driver_sql(statement) for statement in statements][-1]
        return [tuple(row) for row in done] if done.returns_rows else []


def replace_unit(unit: str) -> Caller:
    """Return the window of another unit."""
    return replace(WINDOW, unit=unit)
