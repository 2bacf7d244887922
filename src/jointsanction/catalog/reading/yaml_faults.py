"""What a YAML text that can't be parsed most likely means (YAML 语法错误): where, why, and what to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from yaml.reader import ReaderError

from jointsanction.errors import Problem

if TYPE_CHECKING:
    from yaml import MarkedYAMLError
    from yaml.error import Mark

_FULLWIDTH_KEY: Final = re.compile(r"^\s*(?:-\s+)?[A-Za-z_][\w.-]*\s*(：)")
_SECOND_COLON: Final = re.compile(r"^\s*(?:-\s+)?[^\s:'\"]+:\s+[^\s'\"\[{|>].*?(:)(?:\s|$)")


def decode(raw: bytes, file: str) -> str | Problem:
    """Return the text of a UTF-8 file, a byte order mark left out (解码), or where it stops being UTF-8."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rsplit(b"\n", 1)[-1].decode("utf-8", "replace")) + 1
        message = f"不是 UTF-8：第 {error.start} 字节处无法解码；请在编辑器中另存为 UTF-8 编码。"
        return Problem(file, line, column, "catalog.encoding", message)


class _Fault(NamedTuple):
    """What the parser said, and where (解析错误)."""

    said: str
    context: str
    line: int
    column: int
    first_line: int
    first_column: int


def syntax_problem(error: MarkedYAMLError | ReaderError, text: str, file: str) -> Problem:
    """Return the problem behind a parser's error, with a hint for what authors of Chinese texts run into."""
    if isinstance(error, ReaderError):
        return _unprintable(text, file)
    fault = _fault(error)
    lines = text.splitlines() or [""]
    found = _fullwidth_colon(fault, lines) or _tab(fault, lines) or _second_colon(fault, lines) or _known(fault, lines)
    line, column, code, message = found
    return Problem(file, line, column, code, message)


def _fault(error: MarkedYAMLError) -> _Fault:
    at, first = _spot(error.problem_mark), _spot(error.context_mark or error.problem_mark)
    return _Fault(error.problem or "", error.context or "", *at, *first)


def _spot(mark: Mark | None) -> tuple[int, int]:
    return (mark.line, mark.column) if mark is not None else (0, 0)


def _unprintable(text: str, file: str) -> Problem:
    """The parser's own position counts bytes, so the character is looked for again."""
    at = next((index for index, sign in enumerate(text) if not sign.isprintable() and sign not in "\t\n\r"), 0)
    before = text[:at]
    place = (before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1)
    message = f"含有不可见的控制字符（U+{ord(text[at]):04X}）；请删去。"
    return Problem(file, *place, "catalog.control_character", message)


def _fullwidth_colon(fault: _Fault, lines: list[str]) -> tuple[int, int, str, str] | None:
    """A full-width colon makes no key; the parser complains one line later."""
    start = max(0, min(fault.first_line, fault.line) - 1)
    for number in range(start, min(fault.line + 1, len(lines))):
        found = _FULLWIDTH_KEY.match(lines[number])
        if found is not None:
            message = "键后面用了全角冒号“：”；请改为半角冒号加空格“: ”。"
            return number + 1, found.start(1) + 1, "catalog.fullwidth_colon", message
    return None


def _tab(fault: _Fault, lines: list[str]) -> tuple[int, int, str, str] | None:
    before = lines[fault.line][: fault.column + 1] if fault.line < len(lines) else ""
    if "\t" not in before:
        return None
    return fault.line + 1, before.index("\t") + 1, "catalog.tab", "用了制表符（Tab）；请改为空格。"


def _second_colon(fault: _Fault, lines: list[str]) -> tuple[int, int, str, str] | None:
    if "mapping values are not allowed" not in fault.said or fault.line >= len(lines):
        return None
    found = _SECOND_COLON.match(lines[fault.line])
    if found is None:
        return None
    message = '值里又有冒号，须给整个值加引号，如 "第三条: 第二款"。'
    return fault.line + 1, found.start(1) + 1, "catalog.unquoted_colon", message


def _known(fault: _Fault, lines: list[str]) -> tuple[int, int, str, str]:
    for words, where, code, message in _SAYINGS:
        if words in fault.said or words in fault.context:
            line, column = (fault.first_line, fault.first_column) if where == "first" else (fault.line, fault.column)
            return min(line, len(lines) - 1) + 1, column + 1, code, message
    line = min(fault.line, len(lines) - 1)
    return (
        line + 1,
        fault.column + 1,
        "catalog.yaml_syntax",
        f"YAML 语法错误：{fault.said}。请检查本行及上一行的缩进、冒号和引号。",
    )


_SAYINGS: Final = (
    ("scanning an alias", "first", "catalog.alias", "以“*”开头的值会被当作别名引用；请给值加引号。"),
    ("scanning an anchor", "first", "catalog.anchor", "以“&”开头的值会被当作锚点；请给值加引号。"),
    ("tag", "at", "catalog.tag", "以“!”开头的值会被当作标签；请给值加引号，类型不必标注。"),
    ("cannot start any token", "at", "catalog.unquoted_sign", "值以 YAML 的保留符号（@ ` % 等）开头；请给值加引号。"),
    ("quoted scalar", "first", "catalog.unclosed_quote", "引号没有闭合；请补上后一个引号。"),
    ("flow sequence", "first", "catalog.unclosed_bracket", "方括号“[”没有闭合，或元素之间缺少半角逗号。"),
    ("flow mapping", "first", "catalog.unclosed_bracket", "花括号“{”没有闭合，或元素之间缺少半角逗号。"),
    ("could not find expected ':'", "first", "catalog.missing_colon", "这一行缺少半角冒号“:”；键和值之间应写“: ”。"),
    ("mapping values are not allowed", "at", "catalog.indentation", "缩进与上一行不一致；同级的键须对齐。"),
    ("did not find expected key", "at", "catalog.yaml_syntax", "此处应是新的键：缩进是否对齐？引号后是否多了字？"),
    ("did not find expected '-'", "at", "catalog.indentation", "列表之后出现了键；请检查缩进。"),
    ("directive", "at", "catalog.directive", "不允许 YAML 指令（以 % 开头的行）；请删去。"),
)  # fmt: skip
