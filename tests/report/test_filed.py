"""The report of a filed check, and its verification: whoever holds it can ask, and learns nothing else."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Any

import pytest

from jointsanction.engine import Engine
from jointsanction.errors import LoopError
from jointsanction.loop.desk import Desk
from jointsanction.model.caller import Caller
from jointsanction.model.tender import whole_of
from jointsanction.report.codes import code_of
from jointsanction.report.filed import filed_sheet, verified
from jointsanction.store import Store
from jointsanction.store.docket.docket import Docket
from jointsanction.terms import Verdict
from report_side import bidders
from store_side import day, listing, take
from worlds import FIRM, NOW, PARTNER, measure, world

if TYPE_CHECKING:
    from pathlib import Path

WHO = Caller(account="window-1", unit="虚构市交易中心", officer="窗口一")
PAGE = "https://credit.example/verify"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk over a store in which one firm is listed."""
    address = f"sqlite:///{tmp_path / 'credit.db'}"
    store = Store.open(address)
    take(store, [listing(list="BL.A")], covers=["BL.A", "RL.A"], recorded_at=day(1))
    engine = Engine(world(measure()), store.registry(), store=store, clock=lambda: NOW)
    return Desk(engine, store, Docket.open(address), clock=lambda: NOW)


def asked(desk: Desk, **more: Any) -> str:
    """File a check and return its number."""
    words = {"subject": FIRM, "matter": "M.X", "as_of": "2024-06-10", **more}
    return desk.check(words, WHO, purpose="资格审查").number


def test_a_filed_check_is_reported_under_its_number(desk: Desk) -> None:
    """What the report says of who asked and what for is what was filed, whoever prints it."""
    number = asked(desk)
    sheet = filed_sheet(desk, number, page=PAGE)
    facts = dict(sheet.facts)
    assert (sheet.number, facts["查询单位"], facts["查询人"]) == (number, "虚构市交易中心", "窗口一")
    assert sheet.receipt == desk.filed(number).receipt
    assert sheet.address == f"{PAGE}/{number}/{sheet.code.replace('-', '')}"


def test_a_tender_is_one_report_of_all_its_members(desk: Desk) -> None:
    """The report of a tender bears the tender's own receipt, as it was given."""
    filing = desk.ask_tender(bidders(), "M.X", {"as_of": "2024-06-10"}, WHO, purpose="资格审查")
    desk.file_one(filing)
    sheet = filed_sheet(desk, filing.number)
    assert (len(sheet.members), sheet.verdict, sheet.code, sheet.address) == (3, "禁止", "", "")
    assert filing.answer is not None
    assert sheet.receipt == filing.answer["receipt"]


def test_whoever_holds_a_report_can_verify_it(desk: Desk) -> None:
    """Number and code give outcome, time and how many: nothing about anybody."""
    number = asked(desk)
    code = filed_sheet(desk, number, page=PAGE).code
    found = verified(desk, number, code.lower().replace("-", " "))
    assert found is not None
    assert (found.number, found.verdict.zh, found.subjects) == (number, "禁止", 1)
    assert FIRM not in str(found)


def test_a_guess_is_told_nothing(desk: Desk) -> None:
    """Which of number and code is wrong is not said; the code of another check opens nothing."""
    number, other = asked(desk), asked(desk, case="甲")
    assert verified(desk, number, filed_sheet(desk, other, page=PAGE).code) is None
    assert verified(desk, "HC20240610-0000000000", "AAAA-AAAA-AAAA") is None


def test_a_batch_has_no_report(desk: Desk) -> None:
    """Rows nobody could read have no answer: one word over the others would say that all were found clear."""
    filing = desk.ask_batch([PARTNER, "12345"], "M.X", {"as_of": "2024-06-10"}, WHO, purpose="普查")
    (check,) = desk.file_one(filing).checks
    for number in (filing.number, filing.number.lower()):
        with pytest.raises(LoopError) as caught:
            filed_sheet(desk, number, page=PAGE)
        assert caught.value.code == "report.batch"
        assert verified(desk, number, code_of(number, check.receipt, b"")) is None
    receipt = whole_of([(Verdict.CLEAR, True, check.receipt)])[2]
    key = hmac.digest(desk.seal.key, b"verification codes of reports", "sha256")
    assert verified(desk, filing.number, code_of(filing.number, receipt, key)) is None
    assert filed_sheet(desk, check.number, page=PAGE).verdict == "未发现"


def test_no_such_check(desk: Desk) -> None:
    """A report is of something that was filed."""
    with pytest.raises(LoopError) as caught:
        filed_sheet(desk, "HC20240610-0000000000")
    assert caught.value.code == "loop.no_such_check"
