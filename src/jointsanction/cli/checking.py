"""Answering questions typed or piped in (核查): one as a page or a document, many as one JSON line each."""

from __future__ import annotations

import json
import sys
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, cast

from jointsanction.cli.answer_writing import AnswerForm, written
from jointsanction.cli.asked import question_words, read_line
from jointsanction.cli.question_document import read_json, read_xml
from jointsanction.cli.screen import show
from jointsanction.engine import Engine
from jointsanction.errors import JointSanctionError, QuestionError, veil
from jointsanction.home import default_store
from jointsanction.telling.answer import answer_of, answer_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from io import BufferedReader
    from pathlib import Path

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


def read_form(text: str | None) -> AnswerForm | None:
    """Return the form that answers are wanted in, None when nothing was said.

    Raises:
        QuestionError: `question.format`.
    """
    try:
        return None if text is None else AnswerForm(text)
    except ValueError as error:
        message = f"不知道怎样把答案写成“{veil(text)}”。"
        raise QuestionError("question.format", message, "请写 --format lines、json 或者 xml。") from error


def answer_stream(options: Mapping[str, Any], engine: Engine, form: AnswerForm | None = None) -> None:
    """Answer what is on stdin, in the form it comes in unless another is asked for (管道核查).

    A line of JSON each is answered in order and at once, for a caller may wait for it; a document is read whole first,
    and one that can't be read is not answered at all.

    Raises:
        QuestionError: `question.json`, `question.xml`.
    """
    given = {key: value for key, value in options.items() if value is not None}
    groups = _lines_at_hand(cast("BufferedReader", sys.stdin.buffer))
    head = next((group for group in groups if any(map(bytes.strip, group))), [])
    found = _form_of(next((line for line in head if line.strip()), b""))
    if found is AnswerForm.LINES:
        answers, alone = _line_answers(chain((head,), groups), given, engine), False
    else:
        raw = b"\n".join(chain(head, chain.from_iterable(groups)))
        questions = read_json(raw) if found is AnswerForm.JSON else read_xml(raw)
        answers, alone = (_answer(asked, given, engine) for asked in questions.each), questions.alone
    sys.stdout.writelines(written(form or found, answers, alone=alone))
    sys.stdout.flush()


def _form_of(line: bytes) -> AnswerForm:
    """Return what the first line that says something begins: a document, or questions of a line each."""
    text = line.removeprefix(b"\xef\xbb\xbf").strip()
    if text.startswith(b"<"):
        return AnswerForm.XML
    if text.startswith(b"["):
        return AnswerForm.JSON
    # A question that is cut off in its line is a line that is wrong: whoever sends lines waits for the answer to each.
    return AnswerForm.JSON if text == b"{" else AnswerForm.LINES


def _line_answers(groups: Iterable[list[bytes]], given: Mapping[str, Any], engine: Engine) -> Iterator[dict[str, Any]]:
    for lines in groups:
        yield from (_answer_line(line, given, engine) for line in lines if line.strip())
        sys.stdout.flush()  # all that came is answered before any wait


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
    """Return the answer to a line, or its error."""
    try:
        return _answer(read_line(line), given, engine)
    except JointSanctionError as error:
        return error.as_json()


def _answer(asked: dict[str, Any], given: Mapping[str, Any], engine: Engine) -> dict[str, Any]:
    """Return the answer to a question, or its error; `ref` comes back either way, for answers are told apart by it."""
    ref = asked.pop("ref", None)
    try:
        document = engine.ask(question_words(asked, given)).model_dump()
    except JointSanctionError as error:
        document = error.as_json()
    return document if ref is None else {**document, "ref": ref}
