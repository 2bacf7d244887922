"""YAML as a draft is written (写出 YAML): every text quoted where our strict reader, or a person, could misread it."""

from __future__ import annotations

import json
import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_PLAIN: Final = re.compile(r"[A-Za-z一-鿿《〔（“][A-Za-z0-9一-鿿《》〔〕（）“”、，。；：·—.\-]*")
_WORDS: Final = frozenset({"true", "false", "null"})


def scalar(text: str) -> str:
    """Return a text as a YAML scalar that stands anywhere, between brackets too.

    >>> scalar("限制：任职"), scalar("22"), scalar("a: b")
    ('限制：任职', '"22"', '"a: b"')
    """
    if _PLAIN.fullmatch(text) is not None and text not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)


def flow_list(texts: Iterable[str]) -> str:
    """Return texts as a list in brackets."""
    return f"[{', '.join(map(scalar, texts))}]"


def comment(label: str, text: str) -> str:
    """Return a comment of one line."""
    return f"# {label}：{one_line(text)}"


def one_line(text: str) -> str:
    """Return a text in one line, without what can't be printed."""
    return "".join(sign if sign.isprintable() else " " for sign in text).strip()


def head(kind: str, file: str, rows: Iterable[int]) -> tuple[str, str]:
    """Return the first lines of a draft: the schema for editors, and where it comes from."""
    numbers = "、".join(map(str, rows))
    return (
        f"# yaml-language-server: $schema=../../schemas/{kind}.schema.json",
        f"# 草稿：由 {one_line(PurePath(file).name)} 第 {numbers} 行生成；写着 TODO 的都待补，补齐才能装载。",
    )
