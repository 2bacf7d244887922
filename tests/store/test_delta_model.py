"""Any sequence of complete files and deltas comes to what a naive model of dictionaries says, now and before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jointsanction.errors import RegistryError
from jointsanction.registry.serials import Serial
from jointsanction.terms import Operation
from store_side import FIRM, PARTNER, day, delivery, listing, opened

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from jointsanction.model.subject import Listing
    from jointsanction.store import Store

Key = tuple[str, int]
END = date(2024, 6, 20)
KEYS = st.tuples(st.sampled_from([FIRM, PARTNER]), st.integers(1, 2))
GRADES = st.sampled_from([None, "B", "C"])
ROWS = st.tuples(st.sampled_from(["add", "mod", "del", "end"]), KEYS, GRADES)
STEPS = st.lists(
    st.one_of(st.dictionaries(KEYS, GRADES, max_size=4), st.lists(ROWS, max_size=5)), min_size=1, max_size=6
)


class Record(NamedTuple):
    """A record as the model has it."""

    grade: str | None
    removed: date | None = None
    missing: bool = False


class Misfit(Exception):  # noqa: N818 - not an error of the program
    """A row that fits nothing: the whole delta is refused."""


def after_whole(known: dict[Key, Record], rows: dict[Key, str | None]) -> dict[Key, Record]:
    """Return the records after a complete file: what it names stands, what stood and isn't named is missing."""
    found = {key: each if each.removed else each._replace(missing=True) for key, each in known.items()}
    return found | {key: Record(grade) for key, grade in rows.items()}


def after_delta(known: dict[Key, Record], rows: list[tuple[str, Key, str | None]]) -> dict[Key, Record]:
    """Return the records after a delta, its rows taken one after the other."""
    found, touched = dict(known), set[Key]()
    for operation, key, grade in rows:
        there = found.get(key)
        if there is None and operation != "add":
            raise Misfit
        if operation in {"add", "mod"} and there == Record(grade):
            continue
        if operation == "add" and there is not None and (there.removed or not there.missing):
            raise Misfit
        if operation in {"add", "mod"}:
            found[key] = Record(grade)
            touched.add(key)
        elif operation == "end" and there is not None and there.removed != END:
            found[key] = Record(there.grade, END)
            touched.add(key)
        elif operation == "del" and there is not None and not there.removed and not there.missing:
            if key in touched:
                raise Misfit
            found[key] = there._replace(missing=True)
    return found


def row(code: str, key: Key, number: int, grade: str | None, **more: Any) -> Listing:
    """Make the row of a record."""
    uscc, document = key
    return listing(uscc, list=code, instrument_no=f"测〔2024〕{document}号", grade=grade, row=number, **more)


def sent_whole(store: Store, serial: Serial, code: str, rows: dict[Key, str | None], at: datetime) -> None:
    """Take a complete file in."""
    whole = replace(delivery(f"{code} {serial.number}", [code]), serial=serial)
    said = [row(code, key, number, grade) for number, (key, grade) in enumerate(rows.items(), 1)]
    store.commit(whole, said, recorded_at=at, accept_shrink=True)


def sent_delta(store: Store, serial: Serial, code: str, rows: list[tuple[str, Key, str | None]], at: datetime) -> None:
    """Take a delta in, and once more: the second time it changes nothing."""
    operations = tuple(Operation("del" if each[0] == "end" else each[0]) for each in rows)
    said = []
    for number, (operation, key, grade) in enumerate(rows, 1):
        ends = {"listed_on": None} if operation in {"del", "end"} else {}
        said.append(row(code, key, number, grade, **ends, **({"removed_on": END} if operation == "end" else {})))
    sent = replace(delivery(f"{code} {serial.number}"), serial=serial, operations=operations)
    store.commit(sent, said, recorded_at=at, accept_shrink=True)
    assert store.commit(sent, said, recorded_at=at, accept_shrink=True).repeated


def stands(rows: list[Listing]) -> dict[Key, Record]:
    """Return the records of a store as the model has them."""
    found = {
        (each.uscc or "", int((each.instrument_no or "")[-2])): Record(
            each.grade, each.removed_on, each.missing_since is not None
        )
        for each in rows
    }
    assert len(found) == len(rows)
    return found


CODES, DAYS = count(), count()


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_a_stream_comes_to_what_the_model_says(tmp_path: Path, steps: list[Any]) -> None:
    """Several designations of two subjects, complete files and deltas in any order: each record lives its own life."""
    store, code = opened(tmp_path), f"BL.M{next(CODES)}"
    known: dict[Key, Record] = {}
    seen: list[tuple[datetime, dict[Key, Record]]] = []
    number = 1
    for step in steps:
        at, serial = day(next(DAYS)), Serial(f"某局 {code}", f"{number}")
        if isinstance(step, dict):
            sent_whole(store, serial, code, step, at)
            known = after_whole(known, step)
        else:
            try:
                known = after_delta(known, step)
            except Misfit:
                with pytest.raises(RegistryError, match="增量文件有"):
                    sent_delta(store, serial, code, step, at)
                continue
            sent_delta(store, serial, code, step, at)
        number += 1
        assert stands(list(store.listings([code]))) == known
        seen.append((at, known))
    for at, then in seen:
        hits = store.registry_at(at).lookup((f"u:{FIRM}", f"u:{PARTNER}"), None)
        assert stands([hit.listing for hit in hits if hit.listing.list == code]) == then
