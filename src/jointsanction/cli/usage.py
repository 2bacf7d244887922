"""A command typed wrongly (用法有误), told in Chinese with what to type instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, cast

import typer

from jointsanction.errors import QuestionError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

USAGE_ERROR: Final = cast("type[Exception]", typer.BadParameter.__base__)
"""What the parser of commands raises; typer gives it no public name."""

_QUOTED: Final = re.compile(r"'([^']*)'")
_BRACKETED: Final = re.compile(r"\(([^()]*)\)$")


def no_command(error: Exception) -> str | None:
    """Return the help text when nothing at all was typed, else None."""
    return str(error) if type(error).__name__ == "NoArgsIsHelpError" else None


def usage_error(error: Exception) -> QuestionError:
    """Return what the parser found wrong as an error of ours.

    The kinds are told by name: their classes moved between versions of typer, their names and attributes did not.
    """
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "jointsanction"
    message, hint = _said(error)
    return QuestionError("question.usage", message, f"{hint}用法见 {command} --help。")


def _said(error: Any) -> tuple[str, str]:  # noqa: ANN401 - the parser's own classes have no public name
    told = _TOLD.get(type(error).__name__)
    return told(error) if told is not None else _by_its_words(str(getattr(error, "message", error)))


def _by_its_words(text: str) -> tuple[str, str]:
    """Tell apart what the parser tells apart by words only."""
    quoted, bracketed = _QUOTED.search(text), _BRACKETED.search(text)
    if "extra argument" in text and bracketed is not None:
        return f"多出的内容：{bracketed[1]}。", "含空格的内容请加引号。"
    if "command" in text and quoted is not None:
        return f"没有命令“{quoted[1]}”。", ""
    return f"命令写法有误（{text}）。", ""


def _name(parameter: Any) -> str:  # noqa: ANN401 - the parser's own class has no public name
    if parameter is None:
        return "参数"
    option = next((name for name in parameter.opts if name.startswith("--")), None)
    return f"选项 {option}" if option is not None else f"参数 {parameter.metavar or parameter.name.upper()}"


def _nearest(possibilities: Sequence[str] | None) -> str:
    return f"您是否想写：{'、'.join(possibilities)}？" if possibilities else ""


_TOLD: Final[Mapping[str, Callable[[Any], tuple[str, str]]]] = {
    "MissingParameter": lambda error: (f"缺少{_name(error.param)}。", ""),
    "NoSuchOption": lambda error: (f"没有选项 {error.option_name}。", _nearest(error.possibilities)),
    "BadOptionUsage": lambda error: (f"选项 {error.option_name} 的写法有误，可能缺少取值。", ""),
    "BadParameter": lambda error: (f"{_name(error.param)}的取值无效。", ""),
}
