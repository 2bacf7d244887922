"""Find the error codes of the package in its source, each with what it is raised with."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction import errors

if TYPE_CHECKING:
    from collections.abc import Iterator

FAMILIES: Final = {
    "提问": ("question", "matter", "subject", "receipt", "inference", "screening"),
    "名单库与整份名单文件": ("registry",),
    "名单文件的逐行问题": ("row", "cell", "date", "header", "id", "list", "related", "cover", "file", "sheet"),
    "关于身份的提示和核实结论": ("identity", "verdict"),
    "信用修复和异议的办理": ("repair",),
    "信用承诺的错误和预警": ("commitment",),
    "闭环办理和审计": ("loop", "audit", "report"),
    "奖惩案例核验": ("case",),
    "权限": ("access", "request"),
    "目录": ("catalog",),
}
"""The first parts of error codes, under the heading they stand below."""

PLACE: Final = "…"
"""What stands in a message for a value known only when it happens."""

_CODE: Final = re.compile(r"[a-z]+\.[a-z]+(?:_[a-z]+)*")
_SUFFIXES: Final = frozenset({"csv", "db", "json", "yaml"})
"""What a file name ends with: `registry.db` is no code."""


class Code(NamedTuple):
    """One error code as the source uses it (错误代码)."""

    code: str
    message: str
    hint: str


class _Assigned(NamedTuple):
    """A name given a value on a line."""

    line: int
    name: str
    value: ast.expr


def codes() -> list[Code]:
    """Return the error codes of the package, sorted, each with the most that is said with it anywhere."""
    said: dict[str, Code] = {}
    for source in sorted(Path(errors.__file__).parent.rglob("*.py")):
        for code in _codes_of(ast.parse(source.read_text(encoding="utf-8"))):
            said[code.code] = max(said.get(code.code, code), code, key=lambda one: (len(one.hint), len(one.message)))
    return sorted(said.values())


def _codes_of(tree: ast.Module) -> Iterator[Code]:
    """Yield each place of a module where a code stands before its message: among arguments or in a tuple."""
    scopes = [tree, *(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))]
    for scope in scopes:
        known = sorted(_assigned(scope), key=lambda one: one.line)
        for node in ast.walk(scope):
            values = node.args if isinstance(node, ast.Call) else getattr(node, "elts", [])
            yield from _codes_among([_meant(value, known) for value in values])
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and is_code(node.value):
                yield Code(node.value, "", "")


def _assigned(scope: ast.AST) -> Iterator[_Assigned]:
    """Yield what names stand for in a function: `code, message = …` is how messages are written."""
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign):
            target = node.targets[0]
            if isinstance(target, ast.Name):
                yield _Assigned(node.lineno, target.id, node.value)
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = zip(target.elts, node.value.elts, strict=True)
                yield from (_Assigned(node.lineno, one.id, value) for one, value in pairs if isinstance(one, ast.Name))


def _meant(value: ast.expr, known: list[_Assigned]) -> ast.expr:
    """Return what a name was last given above its use; any other expression is itself."""
    if not isinstance(value, ast.Name):
        return value
    return next((one.value for one in reversed(known) if one.name == value.id and one.line < value.lineno), value)


def _codes_among(values: list[ast.expr]) -> Iterator[Code]:
    """Yield the codes among some expressions, each with the two texts after it."""
    for at, value in enumerate(values):
        texts = [_words(text) for text in values[at + 1 : at + 3]]
        message, hint = (*texts, "", "")[:2]
        for code in (value.body, value.orelse) if isinstance(value, ast.IfExp) else (value,):
            if isinstance(code, ast.Constant) and isinstance(code.value, str) and is_code(code.value):
                yield Code(code.value, message, hint if _is_chinese(hint) else "")


def _is_chinese(text: str) -> bool:
    return any("一" <= sign <= "鿿" for sign in text)


def is_code(text: str) -> bool:
    """Tell whether a text is an error code."""
    family, _, rest = text.partition(".")
    known = any(family in families for families in FAMILIES.values())
    return known and rest not in _SUFFIXES and _CODE.fullmatch(text) is not None


def _words(node: ast.expr) -> str:
    """Return a message as written in the source, with a mark where a value goes in."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(_words(part) for part in node.values)
    return PLACE
