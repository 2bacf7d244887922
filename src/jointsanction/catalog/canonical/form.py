"""Files in the one form (统一格式): nothing is written unless it reads as before and every comment is still there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.catalog.canonical.layout import composed, laid_out
from jointsanction.catalog.canonical.order import SHAPES, kind_of
from jointsanction.catalog.canonical.remarks import Remarks
from jointsanction.catalog.reading.yaml_text import ListNode, TextNode, read_yaml
from jointsanction.errors import CatalogError, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from jointsanction.catalog.reading.yaml_text import Node


def formatted(raw: bytes, path: Path) -> str | None:
    """Return the text of a file in the one form (统一格式); None for a file that is none of ours.

    Raises:
        CatalogError: what is wrong with the file as YAML; `catalog.fmt_unsafe` where the one form would not read as
            before, or lose a comment.
    """
    file = path.as_posix()
    found = read_yaml(raw, file)
    text = raw.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    kind = kind_of(path, text)
    if kind is None:
        return None
    if found.root is None or found.problems:
        raise CatalogError(found.problems)
    written = laid_out(text, SHAPES[kind])
    again = read_yaml(written.encode(), file)
    if again.root is None or _read(found.root) != _read(again.root) or _comments(text) != _comments(written):
        message = "换成统一格式以后读出来的内容或者注释会与原来不同，没有改动；请手工整理这个文件。"
        raise CatalogError([Problem(file, 1, 1, "catalog.fmt_unsafe", message)])
    return written


def _read(node: Node) -> object:
    """Return what a node reads as: the order of keys and the quotes of a text don't count."""
    if isinstance(node, TextNode):
        return node.text, node.is_null
    if isinstance(node, ListNode):
        return [_read(item) for item in node.items]
    return {key: _read(entry.value) for key, entry in node.entries.items()}


def _comments(text: str) -> list[str]:
    return Remarks(text, composed(text)).all
