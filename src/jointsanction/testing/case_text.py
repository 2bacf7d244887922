"""A case as authors write it (用例的写法), put at the end of a file of cases without touching what is there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from jointsanction.catalog.draft.yaml_out import scalar
from jointsanction.catalog.reading.yaml_text import ListNode, read_yaml
from jointsanction.errors import QuestionError
from jointsanction.testing.cases import parse_cases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HEAD: Final = "# 由核查结果存成的用例：号码（区划 990000）、名称、文号都是编的，日期照旧。\ncases:\n"
"""How a new file of cases begins."""

_INDENT: Final = "  "


def case_lines(case: Mapping[str, Any], indent: str = _INDENT) -> Iterator[str]:
    """Yield the lines of a case: one key a line, each listing on a line of its own."""
    lead = "- "
    for key, value in case.items():
        if key == "listings" and len(value) > 1:
            yield f"{indent}{lead}{key}:"
            yield from (f"{indent}    - {flow(listing)}" for listing in value)
        else:
            yield f"{indent}{lead}{key}: {flow(value)}"
        lead = "  "


def flow(value: object) -> str:
    """Return a value on one line.

    >>> flow({"list": "BL.A", "listed_on": date(2024, 1, 1), "instrument_no": None})
    '{list: BL.A, listed_on: 2024-01-01, instrument_no: null}'
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    return value.isoformat() if isinstance(value, date) else scalar(str(value))


def appended(raw: bytes | None, case: Mapping[str, Any], file: str) -> tuple[str, str]:
    """Return the text of a file with one more case, and the name it got; `raw` is None where there is no file yet.

    Raises:
        QuestionError: `question.not_a_case_file`, where what is there holds no cases or can't be added to.
    """
    if raw is None:
        return HEAD + _text(case_lines(case)), case["name"]
    found = read_yaml(raw, file)
    node = found.root.entries.get("cases") if found.root is not None else None
    if node is None or found.problems or not isinstance(node.value, ListNode) or not node.value.items:
        raise _no_case_file(file)
    text = raw.decode("utf-8-sig")
    line, column = node.value.items[-1].place
    indent, dash, _ = text.splitlines()[line - 1][: column - 1].rpartition("- ")
    if not dash or indent.strip(" "):
        raise _no_case_file(file)
    before = parse_cases(raw, file)
    named = {**case, "name": _free(case["name"], {one.name for one in before})}
    whole = text if text.endswith("\n") else f"{text}\n"
    whole += _text(case_lines(named, indent))
    if parse_cases(whole.encode(), file)[:-1] != before:
        raise _no_case_file(file)
    return whole, named["name"]


def _text(lines: Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _free(name: str, taken: set[str]) -> str:
    """Return a name no case has yet, numbered where need be."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name} {number}"
    return free


def _no_case_file(file: str) -> QuestionError:
    message = f"{file} 不是逐条写成的用例文件（cases: 之下每个用例以“- ”开头），不能往里添加。"
    return QuestionError("question.not_a_case_file", message, "请换一个文件名，或先把它改成用例文件。")
