"""Answers to make reports of: a tender with a hit, a doubt, a consortium and a person, all made up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from jointsanction.errors import LoopError
from jointsanction.model.subject import Subject
from jointsanction.report.pdf import pdf_of
from jointsanction.report.sheet import Filing, sheet_of
from worlds import FIRM, PARTNER, PERSON, engine, list_type, listing, measure, world

if TYPE_CHECKING:
    from jointsanction.engine import Engine

HOSTILE = '虚构甲*#import "x"; <b>有限公司</b>'
FILING = Filing(
    number="HC20240610-TEST",
    unit="虚构市交易中心",
    officer="窗口一",
    purpose="资格审查",
    case="虚采〔2024〕18号",
    code="44X7-QHEJ-L4PQ",
    address="https://credit.example/verify/HC20240610-TEST/44X7QHEJL4PQ",
)


def needs_font() -> None:
    """Leave a test out where there is no Chinese font."""
    made, document = tender()
    try:
        pdf_of(sheet_of(document, made.tables, Filing()))
    except LoopError as error:
        pytest.skip(f"{error.message}{error.hint}")


def office() -> Engine:
    """Open an engine of a small world in which a firm is listed and another list is not loaded."""
    known = world(measure(bears=["self"]), list_type("BL.B"), measure("other", targets={"lists": ["BL.B"]}))
    return engine(known, listing(name="虚构甲"), without=("BL.B",))


def bidders() -> tuple[Subject, ...]:
    """Return a consortium of two firms, and a person."""
    return (
        Subject(kind="enterprise", uscc=FIRM, name=HOSTILE, group="联合体一"),
        Subject(kind="enterprise", uscc=PARTNER, name="虚构乙有限公司", group="联合体一"),
        Subject(kind="person", resident_id=PERSON, name="张三丰"),
    )


def tender() -> tuple[Engine, dict[str, Any]]:
    """Return the answers about them, with the engine that gave them."""
    made = office()
    return made, made.check_tender(bidders(), "M.X", as_of="2024-06-10").model_dump()
