"""What is kept beside the audit is held against it: whatever is changed, taken away or slipped in is found."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

import desk_side as d
import store_side as s
from jointsanction.home import docket_address
from jointsanction.model.filed import Decision
from jointsanction.model.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HIT, CLEAR, ALONE = "HC20240610-000000000001", "HC20240610-000000000002", "HC20240610-000000000003"


def worked(folder: Path) -> d.Office:
    """Return an office with two checks, one carried out and fed back, a tender of two, and a batch with an error."""
    office = d.office(folder)
    check = office.check()
    office.check(d.NOBODY, region="990000")
    office.check(d.OTHER)
    decisions = [
        Decision(item=each.item, applies=True, decider="负责人乙") for each in check.items if not each.automatic
    ]
    office.desk.execute(check.number, decisions, d.WINDOW)
    office.feed_back(check)
    asked: dict[str, Any] = {"coverage": "loaded"}
    bidders = [Subject(uscc=d.NOBODY), Subject(uscc=d.DEFAULTER)]
    office.desk.file_one(office.desk.ask_tender(bidders, "procurement", asked, d.WINDOW, purpose=d.PURPOSE))
    rows = [d.NOBODY, "12", d.DEFAULTER, d.NOBODY]
    office.desk.file_one(office.desk.ask_batch(rows, "procurement", asked, d.WINDOW, purpose="普查"))
    return office


def test_what_was_left_alone_agrees(tmp_path: Path) -> None:
    """Eight checks, what was carried out and the feedback; an empty docket agrees too."""
    office = worked(tmp_path)
    [(checks,)] = d.tell(tmp_path, "SELECT count(*) FROM docket_check")
    [(executions,)] = d.tell(tmp_path, "SELECT count(*) FROM docket_execution")
    report = office.desk.audit.verify()
    assert (report.broken, report.unlike) == (None, None)
    assert (checks, report.rows) == (8, 8 + executions + 1)
    assert executions >= 1


COPIED = (
    "INSERT INTO docket_check SELECT '{new}', receipt, subject, matter, region, verdict, complete, purpose, case_no, "
    "tender, place, unit, account, officer, document, recorded_at FROM docket_check WHERE {where}"
)
FED = (
    "INSERT INTO docket_feedback SELECT 'FK9', check_number, item, basis_instrument, basis_article, handling, result, "
    "amount, done_on, department, officer, typical, on_time, NULL, unit, account, recorded_at FROM docket_feedback"
)
DONE = (
    "INSERT INTO docket_execution (check_number, item, outcome, decided_on, unit, account, recorded_at) "
    "SELECT check_number, 900, outcome, decided_on, unit, account, recorded_at FROM docket_execution"
)
CLEAR_ROW = "(SELECT min(number) FROM docket_check WHERE tender LIKE 'PL%%' AND verdict = 'clear')"


@pytest.mark.parametrize(
    ("done", "code", "about"),
    [
        ((f"UPDATE docket_check SET purpose = 'x' WHERE number = '{HIT}'",), "altered", HIT),  # noqa: S608
        ((f"UPDATE docket_check SET verdict = 'clear' WHERE number = '{HIT}'",), "altered", HIT),  # noqa: S608
        ((f"UPDATE docket_check SET region = NULL WHERE number = '{CLEAR}'",), "altered", CLEAR),  # noqa: S608
        ((f"UPDATE docket_check SET officer = 'x' WHERE number = '{CLEAR}'",), "altered", CLEAR),  # noqa: S608
        ((f"UPDATE docket_check SET recorded_at = recorded_at - 1 WHERE number = '{CLEAR}'",), "altered", CLEAR),  # noqa: S608
        ((f"DELETE FROM docket_check WHERE number = '{CLEAR}'",), "missing", CLEAR),  # noqa: S608
        ((f"DELETE FROM docket_obligation WHERE check_number = '{ALONE}'",), "altered", ALONE),  # noqa: S608
        (("UPDATE docket_obligation SET due_on = '2030-01-01'",), "altered", HIT),
        (("UPDATE docket_obligation SET owed = false",), "altered", HIT),
        (("UPDATE docket_execution SET decider = 'x'",), "altered", HIT),
        (("DELETE FROM docket_execution",), "missing", HIT),
        ((DONE,), "unknown", "执行"),
        (("UPDATE docket_feedback SET amount = '1000'",), "altered", "FK"),
        (("UPDATE docket_feedback SET account = 'x'",), "altered", "FK"),
        (("DELETE FROM docket_feedback",), "missing", "FK"),
        ((FED,), "unknown", "FK9"),
        ((COPIED.format(new="HC9", where=f"number = '{CLEAR}'"),), "unknown", "HC9"),
        ((COPIED.format(new="HC9", where="tender LIKE 'TB%%' AND place = 0"),), "unknown", "HC9"),
        ((f"DELETE FROM docket_check WHERE number = {CLEAR_ROW}",), "missing", "PL"),  # noqa: S608
        ((f"UPDATE docket_check SET place = 1 WHERE number = {CLEAR_ROW}",), "altered", "PL"),  # noqa: S608
        ((f"UPDATE docket_check SET receipt = 'x' WHERE number = {CLEAR_ROW}",), "altered", "HC"),  # noqa: S608
        ((f"UPDATE docket_check SET recorded_at = recorded_at + 1 WHERE number = {CLEAR_ROW}",), "altered", "HC"),  # noqa: S608
    ],
)
def test_what_was_done_behind_its_back_is_found(tmp_path: Path, done: tuple[str, ...], code: str, about: str) -> None:
    """The chain holds, and what is kept is not what it says: which, and what is wrong with it."""
    office = worked(tmp_path)
    d.tell(tmp_path, *done)
    report = office.desk.audit.verify()
    assert report.broken is None
    assert report.unlike is not None
    assert (report.unlike.code, report.unlike.about[: len(about)]) == (f"audit.row_{code}", about)


def rewritten(folder: Path, number: str, change: Callable[[bytes], bytes]) -> None:
    """Write the answer of a check anew behind the docket's back."""
    address = docket_address(s.url(folder)).replace("postgresql:", "postgresql+psycopg:")
    with sa.create_engine(address, poolclass=sa.pool.NullPool).begin() as connection:
        asked = {"number": number}
        kept = connection.execute(sa.text("SELECT document FROM docket_check WHERE number = :number"), asked).scalar()
        told = change(bytes(kept))
        wanted = sa.text("UPDATE docket_check SET document = :told WHERE number = :number")
        connection.execute(wanted, {**asked, "told": told})


def said(old: str, new: str) -> Callable[[bytes], bytes]:
    """Return how a word of an answer is written otherwise."""
    return lambda kept: zlib.compress(zlib.decompress(kept).replace(old.encode(), new.encode()))


@pytest.mark.parametrize("place", ["alone", "batch"])
@pytest.mark.parametrize(
    "change",
    [
        lambda _: b"no answer",
        lambda _: zlib.compress(b"[1]"),
        lambda _: zlib.compress(b"{"),
        said('"checked_at": "2024-06-10T', '"checked_at": "2024-06-09T'),
        said('"verdict": "clear"', '"verdict": "prohibited"'),
    ],
    ids=["bytes", "list", "json", "instant", "verdict"],
)
def test_an_answer_written_anew_is_found(tmp_path: Path, change: Callable[[bytes], bytes], place: str) -> None:
    """Its receipt stands in the audit, and the instant in its own columns."""
    office = worked(tmp_path)
    [(row,)] = d.tell(tmp_path, "SELECT min(number) FROM docket_check WHERE tender LIKE 'PL%%' AND verdict = 'clear'")
    number = CLEAR if place == "alone" else row
    rewritten(tmp_path, number, change)
    unlike = office.desk.audit.verify().unlike
    assert unlike is not None
    assert (unlike.about, unlike.code) == (number, "audit.row_altered")
