"""The audit chain: whatever is done to it behind its back is found, and at which record."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

import desk_side as d
from jointsanction import LoopError
from jointsanction.loop.filing.auditing import Sought, head_document, masked_entry, read_head
from jointsanction.model.audit import Deed
from jointsanction.store.docket import chain
from jointsanction.store.docket.chain import Head
from jointsanction.terms import AuditAction

if TYPE_CHECKING:
    from pathlib import Path

RECORDS = 6


def kept(folder: Path, **rules: str) -> d.Office:
    """Return an office whose audit has six records."""
    office = d.office(folder, **rules)
    for number in range(RECORDS):
        office.clock.move(days=1)
        caller = d.WINDOW if number % 2 else d.ELSEWHERE
        office.check([d.DEFAULTER, d.OTHER, d.NOBODY][number % 3], case=f"采{number // 2}", caller=caller)
    return office


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_a_chain_that_was_left_alone_holds(tmp_path: Path, algorithm: str) -> None:
    """Nothing is wrong with it, and it leads to its head; an earlier head is on its way."""
    if algorithm not in hashlib.algorithms_available:
        pytest.skip("这里的 OpenSSL 没有 sm3：以它为摘要的审计链不试。")
    office = kept(tmp_path, algorithm=algorithm)
    found = office.desk.audit.verify()
    head = office.desk.audit.head()
    assert (found.records, found.broken, found.head) == (RECORDS, None, head)
    assert head.digest.startswith(algorithm)
    office.check()
    assert office.desk.audit.verify(head).broken is None


def test_an_empty_chain_holds(tmp_path: Path) -> None:
    """Nothing was done yet."""
    office = d.office(tmp_path)
    assert office.desk.audit.verify().records == 0
    assert office.desk.audit.head() == Head(0, "")


SWAP = (
    "UPDATE docket_audit SET seq = 99 WHERE seq = 3",
    "UPDATE docket_audit SET seq = 3 WHERE seq = 4",
    "UPDATE docket_audit SET seq = 4 WHERE seq = 99",
)
COLUMNS = "entry, digest, action, account, unit, about, case_no, subject, recorded_at"
INSERT = (
    "UPDATE docket_audit SET seq = seq + 100 WHERE seq >= 4",
    "UPDATE docket_audit SET seq = seq - 99 WHERE seq >= 100",
    f"INSERT INTO docket_audit (seq, {COLUMNS}) SELECT 4, {COLUMNS} FROM docket_audit WHERE seq = 3",  # noqa: S608
)


@pytest.mark.parametrize(
    ("done", "seq", "code"),
    [
        (("UPDATE docket_audit SET entry = replace(entry, '采1', '采9') WHERE seq = 3",), 3, "audit.altered"),
        (("UPDATE docket_audit SET digest = 'sha256:00' WHERE seq = 3",), 3, "audit.altered"),
        (("UPDATE docket_audit SET digest = 'md5:00' WHERE seq = 3",), 3, "audit.altered"),
        (("UPDATE docket_audit SET entry = 'x' WHERE seq = 3",), 3, "audit.altered"),
        (("UPDATE docket_audit SET entry = '[]' WHERE seq = 3",), 3, "audit.altered"),
        (("UPDATE docket_audit SET entry = ' ' || entry WHERE seq = 3",), 3, "audit.altered"),
        (("DELETE FROM docket_audit WHERE seq = 3",), 3, "audit.missing"),
        (("DELETE FROM docket_audit WHERE seq < 3",), 1, "audit.missing"),
        (SWAP, 3, "audit.order"),
        (INSERT, 4, "audit.order"),
        (("UPDATE docket_audit SET unit = 'x' WHERE seq = 3",), 3, "audit.columns"),
        (("UPDATE docket_audit SET subject = NULL WHERE seq = 4",), 4, "audit.columns"),
        (("UPDATE docket_audit SET recorded_at = recorded_at + 1 WHERE seq = 6",), 6, "audit.columns"),
    ],
)
def test_the_first_broken_record_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, done: tuple[str, ...], seq: int, code: str
) -> None:
    """Changed, deleted, inserted, exchanged, a column to search by turned: where, and what."""
    monkeypatch.setattr(chain, "_AT_ONCE", 2)
    office = kept(tmp_path)
    d.tell(tmp_path, *done)
    broken = office.desk.audit.verify().broken
    assert broken is not None
    assert (broken.seq, broken.code) == (seq, code)


def test_what_was_cut_off_shows_against_a_head(tmp_path: Path) -> None:
    """A chain without its end holds by itself; held against the end that was kept elsewhere it does not."""
    office = kept(tmp_path)
    head = office.desk.audit.head()
    d.tell(tmp_path, "DELETE FROM docket_audit WHERE seq > 4")
    assert office.desk.audit.verify().broken is None
    broken = office.desk.audit.verify(head).broken
    assert broken is not None
    assert (broken.seq, broken.code) == (5, "audit.cut")


def test_a_chain_that_was_written_anew_shows_against_a_head(tmp_path: Path) -> None:
    """Whoever can write everything can write a chain that holds, and never one that leads to the head kept."""
    office = kept(tmp_path)
    head = office.desk.audit.head()
    d.tell(tmp_path, "DELETE FROM docket_audit WHERE seq > 4")
    for _ in range(2):
        office.desk.note(Deed(action=AuditAction.READ, caller=d.WINDOW))
    assert office.desk.audit.verify().broken is None
    broken = office.desk.audit.verify(head).broken
    assert broken is not None
    assert (broken.seq, broken.code) == (6, "audit.rewritten")


def test_a_head_is_read_again(tmp_path: Path) -> None:
    """What was printed is understood; anything else is no head."""
    office = kept(tmp_path)
    head = office.desk.audit.head()
    assert read_head(json.loads(json.dumps(head_document(head, d.NOW)))) == head
    for wrong in (None, {}, {"seq": "1", "digest": "x"}, {"seq": 1}):
        with pytest.raises(LoopError) as error:
            read_head(wrong)
        assert error.value.code == "audit.head"


def test_the_audit_is_searched(tmp_path: Path) -> None:
    """By what, whom, where, when and which case; by a subject through its number under the secret alone."""
    office = kept(tmp_path)
    audit, day = office.desk.audit, d.NOW.date()

    def found(**sought: object) -> list[int]:
        return [record.seq for record in audit.search(Sought(**sought))]  # type: ignore[arg-type]

    assert found() == [6, 5, 4, 3, 2, 1]
    assert found(limit=2) == [6, 5]
    assert found(action="check", account="platform") == [5, 3, 1]
    assert found(unit=d.WINDOW.unit, case_no="采1") == [4]
    assert found(subject=d.DEFAULTER) == [4, 1]
    assert found(subject=d.DEFAULTER, kind="enterprise", until=day) == []
    assert found(since=day.replace(day=15)) == [6, 5]
    assert found(until=day.replace(day=11)) == [1]
    record = audit.search(Sought(limit=1))[0]
    assert found(about=record.entry["about"]) == [6]
    shown = masked_entry(record.entry)
    assert (shown["officer"], len(shown["subject"])) == ("经**", 9)
    assert masked_entry({**record.entry, "officer": None, "subject": None})["subject"] is None


def test_a_case_is_exported(tmp_path: Path) -> None:
    """Everything done in one case, the oldest first, each record with its digest; no number of anybody."""
    office = kept(tmp_path)
    lines = [json.loads(line) for line in office.desk.audit.of_case("采1")]
    assert [line["seq"] for line in lines] == [3, 4]
    assert lines[0]["digest"].startswith("sha256:")
    assert d.DEFAULTER not in json.dumps(lines)
