"""Answering questions typed or piped in (核查): one as a page or a document, many as one JSON line each."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, Final, cast

from jointsanction.cli.asked import question_words, read_line
from jointsanction.cli.screen import show
from jointsanction.engine import Engine
from jointsanction.errors import JointSanctionError
from jointsanction.home import default_store
from jointsanction.telling.answer import answer_of, answer_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from io import BufferedReader
    from pathlib import Path

_WRITTEN: Final = json.JSONEncoder(ensure_ascii=False).encode
_AT_HAND: Final = 1 << 13
"""So many bytes of questions are read together at most."""


def open_engine(store: str | None, catalogues: Sequence[Path] | None) -> Engine:
    """Return an engine on a store, the user's own when none is named (名单库).

    Raises:
        RegistryError: `registry.no_store` with the command to type.
    """
    return Engine.open(store or default_store(), catalogues or ())


def answer_one(words: dict[str, Any], engine: Engine, *, as_json: bool, save_case: Path | None) -> None:
    """Write the answer to one question, and keep it as a case when asked to (核查一个主体)."""
    asked = question_words(words)
    result = engine.ask(asked)
    if save_case is not None:
        from jointsanction.cli import saving  # noqa: PLC0415 - YAML, only when it is asked

        saving.save_case(save_case, asked, result, engine)
    if as_json:
        write_document(result.model_dump())
    else:
        show(answer_parts(answer_of(result, engine.tables.catalog)))


def answer_stream(options: Mapping[str, Any], engine: Engine) -> None:
    """Answer each line of stdin with one line, in order and at once: a caller may wait for it (逐行核查)."""
    given = {key: value for key, value in options.items() if value is not None}
    for lines in _lines_at_hand(cast("BufferedReader", sys.stdin.buffer)):
        for line in lines:
            if line.strip():
                sys.stdout.write(_WRITTEN(_answer_line(line, given, engine)) + "\n")
        sys.stdout.flush()


def _lines_at_hand(source: BufferedReader) -> Iterator[list[bytes]]:
    """Yield lines as they come in, together what came together; before any wait all that came is handed on."""
    rest: list[bytes] = []
    while piece := source.read1(_AT_HAND):
        *lines, last = piece.split(b"\n")
        if lines:
            yield [b"".join([*rest, lines[0]]), *lines[1:]]
            rest = []
        rest.append(last)
    yield [b"".join(rest)]


def write_document(document: dict[str, Any]) -> None:
    """Write a document of the contract."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def _answer_line(line: bytes, given: Mapping[str, Any], engine: Engine) -> dict[str, Any]:
    """Return the answer to a line, or its error; `ref` comes back either way, for answers are told apart by it."""
    ref = None
    try:
        asked = read_line(line)
        ref = asked.pop("ref", None)
        document = engine.ask(question_words(asked, given)).model_dump()
    except JointSanctionError as error:
        document = error.as_json()
    return document if ref is None else {**document, "ref": ref}
