"""Putting deltas of entities into a whole file (合并增量)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.cli.files import read_bytes
from jointsanction.cli.new_files import write_pieces
from jointsanction.cli.screen import show
from jointsanction.registry.readers.ftm.entities import applied
from jointsanction.registry.readers.tables.decode import decode
from jointsanction.telling.page import Headline

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def apply_deltas(whole: Path, deltas: Sequence[Path], output: Path) -> None:
    """Write what a whole file becomes by deltas, in their order (合并增量).

    Raises:
        QuestionError: `question.output`; what reading a file raises.
        RegistryError: `registry.ftm`, `registry.ftm_order`; nothing is written then.
    """
    text = decode(read_bytes(whole)).text
    for delta in deltas:
        text = "".join(line + "\n" for line in applied(text, decode(read_bytes(delta)).text))
    write_pieces(output, [text.encode()])
    show([Headline(f"已合并 {len(deltas)} 个增量：{output}，共 {text.count(chr(10))} 个实体。")])
