"""Verifying stored answers (核验凭证): a document, an array of them, or a file of answers one a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jointsanction.cli.files import read_text
from jointsanction.cli.screen import show
from jointsanction.errors import ReceiptError
from jointsanction.receipt import verify
from jointsanction.telling.page import Block, Headline, Line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def verify_file(path: Path) -> None:
    """Verify every answer in a file and show what was verified; errors among them are no answers.

    Raises:
        ReceiptError: `receipt.unreadable`, `receipt.missing` or `receipt.altered`, with its place in a file of several.
    """
    found = verified_documents(path)
    answers = [document for document in found if "error" not in document]
    errors = f"（另有 {len(found) - len(answers)} 项是出错信息，没有凭证）" if len(found) > len(answers) else ""
    lines = tuple(Line("核查凭证", str(document["receipt"])) for document in answers)
    show([Headline(f"凭证相符：{len(answers)} 份核查结果自出具以来没有改动{errors}。"), Block("已核验", lines)])


def verified_documents(path: Path) -> tuple[dict[str, Any], ...]:
    """Return the documents of a file, every answer verified; errors among them come as they are.

    Raises:
        ReceiptError: as `verify_file`.
    """
    found = tuple(_documents(read_text(path)))
    answers = [(where, document) for where, document in found if "error" not in document]
    if not answers:
        raise ReceiptError(
            "receipt.missing", "文件中没有核查结果。", "请提供 check --json 或 tender --json 的完整输出。"
        )
    for where, document in answers:
        _verify(document, where)
    return tuple(document for _, document in found)


def verified_answers(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the answers to single questions in a file, every one verified: a tender is as many as it has bidders.

    Raises:
        ReceiptError: as `verify_file`.
    """
    for document in verified_documents(path):
        if "error" not in document:
            yield from document.get("results") or (document,)


def _verify(document: dict[str, Any], where: str) -> None:
    try:
        verify(document)
    except ReceiptError as error:
        raise ReceiptError(error.code, f"{where}{error.message}", error.hint) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise ReceiptError(
            "receipt.missing", f"{where}内容不完整，不是核查结果。", "请提供完整的 JSON 输出。"
        ) from error


def _documents(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the documents of a file and where they stand: one over many lines, an array of them, or one a line."""
    whole = _parsed(text)
    if isinstance(whole, dict):
        yield "", whole
        return
    each, word = (enumerate(whole, 1), "项") if isinstance(whole, list) else (_lines(text), "行")
    for number, document in each:
        where = f"第 {number} {word}"
        if not isinstance(document, dict):
            raise ReceiptError("receipt.unreadable", f"{where}不是核查结果。", "请提供 --json 的完整输出。")
        yield f"{where}：", document


def _lines(text: str) -> Iterator[tuple[int, object]]:
    return ((number, _parsed(line)) for number, line in enumerate(text.splitlines(), 1) if line.strip())


def _parsed(text: str) -> object:
    """Return what a text says as JSON, None when it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
