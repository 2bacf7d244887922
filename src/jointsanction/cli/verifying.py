"""Verifying stored answers (核验凭证): a document, or a file of answers one a line."""

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
    """Verify every answer in a file and show what was verified; lines that are errors are no answers.

    Raises:
        ReceiptError: `receipt.unreadable`, `receipt.missing` or `receipt.altered`, with the line in a file of several.
    """
    found = verified_documents(path)
    answers = [document for document in found if "error" not in document]
    errors = f"（另有 {len(found) - len(answers)} 行是出错信息，没有凭证）" if len(found) > len(answers) else ""
    lines = tuple(Line("核查凭证", str(document["receipt"])) for document in answers)
    show([Headline(f"凭证相符：{len(answers)} 份核查结果自出具以来没有改动{errors}。"), Block("已核验", lines)])


def verified_documents(path: Path) -> tuple[dict[str, Any], ...]:
    """Return the documents of a file, every answer verified; lines that are errors come as they are.

    Raises:
        ReceiptError: as `verify_file`.
    """
    found = tuple(_documents(read_text(path)))
    answers = [(line, document) for line, document in found if "error" not in document]
    if not answers:
        raise ReceiptError(
            "receipt.missing", "文件中没有核查结果。", "请提供 check --json 或 tender --json 的完整输出。"
        )
    for line, document in answers:
        _verify(document, "" if len(found) == 1 else f"第 {line} 行：")
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


def _documents(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the documents of a file with their lines: one document over many lines, or one a line."""
    whole = _parsed(text)
    if whole is not None:
        yield 1, whole
        return
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            document = _parsed(line)
            if document is None:
                raise ReceiptError("receipt.unreadable", f"第 {number} 行不是核查结果。", "请提供 --json 的完整输出。")
            yield number, document


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
