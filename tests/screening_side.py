"""Tables of subjects drawn for tests (整表核查的输入): numbers as people write them, names, kinds, and odd cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
from hypothesis import strategies as st

from jointsanction.model.subject import Act, Related
from jointsanction.screening.run import Row
from jointsanction.terms import SubjectKind
from strategies import POOL, number, of, resident_id, uscc

if TYPE_CHECKING:
    from jointsanction.engine import Engine
    from jointsanction.screening.run import Run

Doc = dict[str, Any]
STRANGERS = [uscc("91", 901), uscc("52", 902), resident_id(903)]
ODD = [
    None,
    "",
    "无",
    "123",
    "虚构单位第1号",
    "9199**********0017",
    "4.1E+17",
    "911111198001010208",
    "91990000MA0000001C",
]
WAYS = [str, str.lower, lambda text: f" {text[:6]}-{text[6:]}", lambda text: text.replace("9", "９")]
NUMBERS = st.builds(
    lambda text, way: way(text), st.sampled_from([*map(number, POOL), *STRANGERS]), st.sampled_from(WAYS)
) | st.sampled_from(ODD)
NAMES = st.none() | st.sampled_from([*(who["name"] for who in POOL), "虚构单位某某", "张某", " ", "另一单位"])
KINDS = st.none() | st.none() | st.sampled_from(list(SubjectKind)).map(str)
ROWS = st.lists(st.tuples(NUMBERS, NAMES, KINDS), max_size=12)


def words_of(question: Doc) -> Doc:
    """Return what of a question is about nobody in particular."""
    words = {key: question[key] for key in ("matter", "as_of", "role", "phase", "region", "fields", "size", "coverage")}
    words["traits"] = [*question["traits"], *(f"not-{trait}" for trait in question["not_traits"])]
    words["related"] = [of(Related, tied) for tied in question["related"]]
    words["acts"] = [of(Act, act) for act in question["acts"]]
    return words


def run_of(engine: Engine, words: Doc) -> Run:
    """Open the question of a table."""
    return engine.open_run(words["matter"], {key: said for key, said in words.items() if key != "matter"})


def batch_of(rows: list[tuple[str | None, ...]]) -> pa.RecordBatch:
    """Make a table of number, name and kind."""
    columns = zip(*rows, strict=True) if rows else ((), (), ())
    return pa.record_batch({name: pa.array(list(said), pa.string()) for name, said in zip("ink", columns, strict=True)})


def short(said: Doc) -> Row:
    """Return a row of the answers."""
    return Row(said["verdict"], tuple(said["measures"]), tuple(said["listings"]), said["error"], said["message"])
