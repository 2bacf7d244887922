"""One run of the command line (命令行入口): arguments in, exit code out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from jointsanction.cli.app import APP
from jointsanction.cli.failures import ExitCode, tell
from jointsanction.cli.usage import USAGE_ERROR, no_command, usage_error
from jointsanction.errors import JointSanctionError, QuestionError

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 answered, 2 usage, 3 bad data, 4 store unreachable."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    _write_utf8()
    command = typer.main.get_command(APP)
    try:
        _refuse_undecodable(words)
        ended = command.main(words, prog_name="jointsanction", standalone_mode=False)
    except JointSanctionError as error:
        return tell(error, as_json="--json" in words)
    except USAGE_ERROR as error:
        if (text := no_command(error)) is not None:
            sys.stderr.write(text + "\n")
            return ExitCode.USAGE
        return tell(usage_error(error), as_json="--json" in words)
    except (typer.Abort, KeyboardInterrupt):
        return ExitCode.INTERRUPTED
    return ended if isinstance(ended, int) else ExitCode.ANSWERED


def _refuse_undecodable(words: Sequence[str]) -> None:
    """Refuse bytes that are no text in the terminal's encoding: they could be read but never written again."""
    try:
        "".join(words).encode()
    except UnicodeEncodeError as error:
        message = "参数中有无法识别的字节。"
        raise QuestionError("question.usage", message, "请把终端的字符编码设为 UTF-8。") from error


def _write_utf8() -> None:
    """Write UTF-8 into files and pipes: JSON is UTF-8, and a Windows console's code page lacks rare characters."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None and not stream.isatty():
            reconfigure(encoding="utf-8")
