"""How document numbers are compared (文号比对), never how they are stored."""

from __future__ import annotations

import unicodedata
from typing import Final

_BRACKETS: Final = str.maketrans("【(〔〖{「】)〕〗}」", "[[[[[[]]]]]]", " ")


def document_key(number: str | None) -> str:
    """Return a document number as it is compared: whatever brackets the year stands in, they are the same (文号).

    >>> document_key("国办发【2020】49号") == document_key("国办发〔2020〕49 号") == document_key("国办发（2020）49号")
    True
    """
    return "" if number is None else unicodedata.normalize("NFKC", number).translate(_BRACKETS)
