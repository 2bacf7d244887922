"""What a column of numbers is, against what each is by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jointsanction.errors import JointSanctionError
from jointsanction.identity import resident_id, uscc
from jointsanction.identity.identify import Identified, identify
from jointsanction.registry.snapshot.layout import hash_of
from jointsanction.steps.asking.ask import read_subject
from jointsanction.terms import IdState, IdType, SubjectKind

pytest.importorskip("pyarrow", reason="the extra `arrow` is not installed")

import numpy as np
import pyarrow as pa

from jointsanction.screening.columns import Asked, Columns
from jointsanction.screening.forms import ALONE, KINDS, UNDECLARED
from jointsanction.screening.numbers import read_numbers

DIGITS = "0123456789"
CODES = st.builds(
    lambda first, region, body, check: (first + region + body, check),
    st.sampled_from(["91", "92", "93", "52", "N1", "A1", "Y9", "11", "99", "10"]),
    st.text(DIGITS, min_size=6, max_size=6) | st.sampled_from(["199001", "200002"]),
    st.text(uscc.ALPHABET, min_size=9, max_size=9) | st.text(DIGITS, min_size=9, max_size=9),
    st.sampled_from(uscc.ALPHABET) | st.none(),
).map(lambda made: made[0] + (made[1] or uscc.check_digit(made[0])))
DAYS = ["19900101", "20000229", "19000229", "19040229", "20230229", "18991231", "19991301", "19990400", "20240431"]
PEOPLE = st.builds(
    lambda region, day, serial, check: (region + day + serial, check),
    st.text(DIGITS, min_size=6, max_size=6),
    st.sampled_from(DAYS) | st.dates().map(lambda day: day.strftime("%Y%m%d").zfill(8)),
    st.text(DIGITS, min_size=3, max_size=3),
    st.sampled_from([*DIGITS, "X"]) | st.none(),
).map(lambda made: made[0] + (made[1] or resident_id.check_digit(made[0])))
BOTH_WAYS = "911111198001010208"
ODD = st.sampled_from(
    [
        "",
        " ",
        "无",
        "4105**********1234",
        "4.1E+17",
        "911234567890123",
        "某公司",
        "91990000MA000000１B",
        BOTH_WAYS,
        "é" * 9,
        "ß1" * 6,
    ]
)
WAYS = st.sampled_from(
    [str, str, str.lower, lambda text: " " + text, lambda text: text[:6] + "-" + text[6:], str.title]
)
TEXTS = st.builds(lambda text, way: way(text), CODES | PEOPLE | ODD | st.text(max_size=20), WAYS)
DECLARED = st.sampled_from([None, *SubjectKind])


def by_itself(text: str, kind: SubjectKind | None) -> Identified | None:
    """Return who a text names, None for nobody."""
    try:
        return identify(read_subject(text, kind))
    except JointSanctionError:
        return None


@given(st.lists(st.tuples(TEXTS, DECLARED), min_size=1, max_size=20))
def test_a_column_is_what_each_number_is(rows: list[tuple[str, SubjectKind | None]]) -> None:
    """Kind and digest of every number told in bulk are those of the number by itself; sound ones are told."""
    ids = pa.array(["?", *(text for text, _ in rows)], pa.large_string())[1:]
    declared = np.array([UNDECLARED if kind is None else KINDS.index(kind) for _, kind in rows], np.uint8)
    _, forms = read_numbers(ids, declared)
    for (text, said), kind, digest in zip(rows, forms.kind, forms.digest, strict=True):
        alone = by_itself(text, said)
        sound = alone is not None and alone.state is IdState.OK and len(alone.id or "") == 18
        plain = sound and alone is not None and alone.id_type in (IdType.USCC, IdType.RESIDENT_ID)
        assert (kind != ALONE) == (plain and "fifteen" not in str(alone and alone.warnings))
        if kind != ALONE and alone is not None:
            assert (KINDS[kind], int(digest)) == (alone.kind, hash_of(alone.keys[0]))
            assert {hash_of(key) for key in alone.keys} == {int(digest)}


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())]
)
def test_texts_come_in_every_form_arrow_has(kind: pa.DataType) -> None:
    """Whoever made the table, its texts are texts, an absent one too."""
    batch = pa.record_batch({"id": pa.array(["91990000MA0000001B", None], pa.string()).cast(kind)})
    assert Asked.of(batch, Columns("id"), UNDECLARED).ids.to_pylist() == ["91990000MA0000001B", None]


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())]
)
def test_a_piece_of_a_table_is_read_where_it_begins(kind: pa.DataType) -> None:
    """Tables are cut into pieces that share their bytes: the third row is not read for the first."""
    codes = ["91990000MA0000001B", "91990000MA0000002E", "91990000MA0000003H", "990000199001010017"]
    batch = pa.record_batch({"id": pa.array(codes, pa.string()).cast(kind)})
    for begin in range(len(codes) + 1):
        ids = Asked.of(batch.slice(begin), Columns("id"), UNDECLARED).ids
        rows, forms = read_numbers(ids, np.full(len(ids), UNDECLARED, np.uint8))
        assert [row.tobytes().decode() for row in rows] == codes[begin:]
        assert ALONE not in forms.kind


def test_a_number_that_a_spreadsheet_rounded_stays_rounded() -> None:
    """Eighteen digits don't fit a float: written out in full they would be somebody else's number."""
    batch = pa.record_batch({"id": pa.array([410882199001011234.0, None]), "whole": pa.array([1, 410882199001011234])})
    assert Asked.of(batch, Columns("id"), UNDECLARED).ids.to_pylist() == ["4.1088219900101126e+17", None]
    assert Asked.of(batch, Columns("whole"), UNDECLARED).ids.to_pylist() == ["1", "410882199001011234"]
