"""Writing what of stored answers may leave (对外提供)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.cli.checking import write_document
from jointsanction.cli.verifying import verified_documents
from jointsanction.disclosure import extract
from jointsanction.engine import open_catalog
from jointsanction.terms import Audience
from jointsanction.terms.words import word

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def disclose_file(path: Path, to: str, catalogues: Sequence[Path]) -> None:
    """Write an extract of every answer in a file (对外提供的摘录); lines that are errors are left out.

    Raises:
        QuestionError: `question.unknown_word` when `to` is no audience.
        ReceiptError: what `receipt verify` raises.
    """
    audience = word(Audience, to, "提供对象")
    lists = {code: kind.disclosure for code, kind in open_catalog(catalogues).lists.items()}
    answers = (document for document in verified_documents(path) if "error" not in document)
    write_document({"extracts": [extract(document, lists, audience) for document in answers]})
