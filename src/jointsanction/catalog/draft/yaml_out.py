"""YAML as a draft is written (写出 YAML): every text quoted where our strict reader, or a person, could misread it."""

from __future__ import annotations

import json
import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_PLAIN: Final = re.compile(
    r"[A-Za-z一-鿿《〔（“][A-Za-z0-9_一-鿿《》〔〕（）“”、，。；：·—.\-]*|[0-9]{4}-[0-9]{2}-[0-9]{2}"
)
_WIDE: Final = 0x10000
_WORDS: Final = frozenset({"true", "false", "null"})


def scalar(text: str) -> str:
    """Return a text as a YAML scalar that stands anywhere, between brackets too.

    >>> scalar("限制：任职"), scalar("22"), scalar("a: b"), scalar("2016-09-25")
    ('限制：任职', '"22"', '"a: b"', '2016-09-25')
    """
    if _PLAIN.fullmatch(text) is not None and text not in _WORDS:
        return text
    # What can't be printed is written out: a reader of YAML folds or refuses it.
    return "".join(sign if sign.isprintable() else _escaped(sign) for sign in json.dumps(text, ensure_ascii=False))


def _escaped(sign: str) -> str:
    return f"\\u{ord(sign):04x}" if ord(sign) < _WIDE else f"\\U{ord(sign):08x}"


def flow(value: object) -> str:
    """Return a value as JSON has it as YAML of one line (流式): only texts are ever quoted.

    >>> flow({"years": [1, 3], "life": False, "article": "22"})
    '{years: [1, 3], life: false, article: "22"}'
    """
    if isinstance(value, dict):
        return f"{{{', '.join(f'{scalar(key)}: {flow(each)}' for key, each in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(flow, value))}]"
    return scalar(value) if isinstance(value, str) else json.dumps(value)


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
