"""Rolls of subjects and of inspectors (名录): whom a draw is among, each once and each with a number."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from jointsanction.cli.bidders import read_bidders
from jointsanction.cli.files import read_bytes
from jointsanction.errors import QuestionError, RegistryError
from jointsanction.identity.identify import identify
from jointsanction.identity.masks import mask_id
from jointsanction.identity.numbers import readings
from jointsanction.registry.readers.tables.containers import open_file
from jointsanction.terms import IdState

if TYPE_CHECKING:
    from pathlib import Path

    from jointsanction.model.subject import Subject

_COLUMNS: Final = {"name": "name", "姓名": "name", "执法证号": "name", "avoid": "avoid", "回避": "avoid"}
"""The columns of a file of inspectors and how offices head them."""

_BETWEEN: Final = re.compile(r"[\s,，、;；/|]+")
"""What stands between two numbers in one cell."""


def read_roll(path: Path) -> dict[str, Subject]:
    """Return the subjects of a file by their numbers in normal form (检查对象名录).

    Raises:
        RegistryError: what concerns the whole file; `registry.roll` when somebody has no number or stands there twice.
    """
    found = [(identify(subject), subject) for subject in read_bidders(path)]
    unnamed = sum(each.id is None or each.state is IdState.MASKED for each, _ in found)
    if unnamed:
        message = f"名录中有 {unnamed} 个主体没有完整的证件号码，抽取无从重做。"
        raise RegistryError("registry.roll", message, "请补全号码。")
    twice = [number for number, times in Counter(str(each.id) for each, _ in found).items() if times > 1]
    if twice:
        message = f"名录中有重复的主体：{'、'.join(mask_id(number) for number in twice)}。"
        raise RegistryError("registry.roll", message, "每个主体只写一次，否则抽中的机会不等。")
    return {str(each.id): subject for each, subject in found}


def read_inspectors(path: Path | None) -> dict[str, frozenset[str]]:
    """Return the inspectors of a file, each with the numbers of whom he must avoid (执法检查人员名录).

    Raises:
        RegistryError: what concerns the whole file.
        QuestionError: `question.inspectors` when nobody is named, or somebody must avoid what is no number.
    """
    if path is None:
        return {}
    table = open_file(path, read_bytes(path), lambda header: header.strip() in _COLUMNS).table
    columns = {_COLUMNS[header.strip()]: at for at, header in enumerate(table.headers) if header.strip() in _COLUMNS}
    if "name" not in columns:
        raise RegistryError("registry.header", "执法检查人员名录没有姓名（name）一列。", "可用的列：name、avoid。")
    found: dict[str, frozenset[str]] = {}
    for _, cells in table.rows:
        name = cells[columns["name"]].strip()
        avoided = _numbers(cells[columns["avoid"]]) if "avoid" in columns else frozenset()
        if name:
            found[name] = found.get(name, frozenset()) | avoided
    if not found:
        raise QuestionError("question.inspectors", "执法检查人员名录是空的。", "每行写一人的姓名或者执法证号。")
    return found


def _numbers(cell: str) -> frozenset[str]:
    """Return the numbers of a cell in normal form; what is none would leave an inspector with whom he must avoid."""
    found = [reading for text in _BETWEEN.split(cell) if text for reading in readings(text)[:1] or (text,)]
    for each in found:
        if isinstance(each, str) or each.state not in (IdState.OK, IdState.BAD_CHECK_DIGIT):
            message = "须回避的对象应写完整的证件号码，有一格写的不是。"
            raise QuestionError("question.inspectors", message, "几个号码之间用空格、逗号、顿号或者分号隔开。")
    return frozenset(each.text for each in found if not isinstance(each, str))
