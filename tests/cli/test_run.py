"""How commands start and end: help, slips of the typist, interruptions."""

from __future__ import annotations

import subprocess
import sys

import pytest
import typer

from cli_side import DEFAULTER, Run
from jointsanction.cli import main, usage
from jointsanction.cli.failures import ExitCode, exit_code
from jointsanction.errors import InferenceError, MissingExtraError

HEAVY = (
    *("openpyxl", "pydantic", "python_calamine", "rapidfuzz", "rich", "sqlalchemy", "sqlmodel", "stdnum", "yaml"),
    *("jointsanction.engine", "jointsanction.model"),
)
COMMANDS = (
    "",
    "demo",
    "import",
    "check",
    "tender",
    "catalog",
    "catalog lint",
    "catalog test",
    "receipt",
    "receipt verify",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_light_and_plain(command: str) -> None:
    """`--help` answers at once because nothing heavy is imported for it, and reads well in a pipe."""
    code = f"import sys; from jointsanction.cli import main; main({[*command.split(), '--help']!r})\n"
    code += f"sys.stderr.write(' '.join(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)  # noqa: S603 - our own command
    assert done.stderr == b""
    assert f"Usage: jointsanction {command}".rstrip().encode() in done.stdout
    assert "╭".encode() not in done.stdout


@pytest.mark.parametrize("command", ["", "catalog", "receipt"])
def test_without_a_command_there_is_help(run: Run, command: str) -> None:
    """Whoever types too little is told what there is."""
    ran = run(*command.split())
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"Usage: jointsanction {command}".rstrip())


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("chek",), "没有命令“chek”。"),
        (("check", DEFAULTER, "--mater", "x"), "没有选项 --mater。"),
        (("check", DEFAULTER, "--matter"), "选项 --matter 的写法有误，可能缺少取值。"),
        (("check", "1", "2"), "多出的内容：2。"),
        (("tender", "x.csv"), "缺少选项 --matter。"),
        (("tender", "--matter", "x"), "缺少参数 FILE。"),
    ],
)
def test_slips_are_told_in_chinese(run: Run, words: tuple[str, ...], message: str) -> None:
    """A slip is told in the user's language, with where to look."""
    ran = run(*words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"错误 question.usage：{message}\n怎么办：")
    assert "--help" in ran.err


def test_other_slips_keep_the_parsers_words() -> None:
    """What the parser may find wrong in another version is still told, in its own words."""
    assert usage.usage_error(typer.BadParameter("out of range")).message == "参数的取值无效。"
    unknown = type("Unheard", (usage.USAGE_ERROR,), {})("Something new.")
    assert usage.usage_error(unknown).message == "命令写法有误（Something new.）。"


def test_an_interruption_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends with its own exit code, for 0 means answered."""

    class Interrupted:
        def main(self, *_: object, **__: object) -> None:
            raise KeyboardInterrupt

    monkeypatch.setattr("typer.main.get_command", lambda _: Interrupted())
    assert main(["demo"]) == ExitCode.INTERRUPTED


def test_the_arguments_are_those_of_the_process(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The installed command calls `main` without arguments."""
    monkeypatch.setattr(sys, "argv", ["jointsanction", "--help"])
    assert main() == 0
    assert "demo" in capsys.readouterr().out


def test_other_errors_have_their_exit_codes() -> None:
    """A rule that can't be evaluated is bad data, a part not installed is not."""
    assert exit_code(InferenceError("inference.rule", "规则有误。")) == 3
    assert exit_code(MissingExtraError("question.extra", "未安装。")) == 2


def test_a_closed_pipe_is_no_traceback() -> None:
    """`… | head` closes the pipe: the command ends without a traceback."""
    code = "import sys; from jointsanction.cli import main; sys.exit(main(['catalog', 'schema', 'measure']))"
    with subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read()
    assert b"Traceback" not in told
