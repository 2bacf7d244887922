"""Starting the service: what keeps it from listening, or from reading its settings, is told in words with a code."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from jointsanction.cli import main
from jointsanction.errors import QuestionError
from jointsanction.web.serving import refuse_taken
from jointsanction.web.settings import load_settings

if TYPE_CHECKING:
    from pathlib import Path


def test_a_port_in_use_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By the code, in Chinese, and with what to do; uvicorn is never begun."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert main(["serve", "--port", str(port), "--store", f"sqlite:///{tmp_path / 'a.db'}"]) == 2
    told = capsys.readouterr().err
    assert f"错误 request.port_in_use：127.0.0.1 的端口 {port} 已被别的程序占用" in told
    assert "--port" in told
    refuse_taken("127.0.0.1", port)


def test_an_address_that_is_not_ours_is_told() -> None:
    """Nobody listens at an address of another machine, or under a name that nobody has."""
    for host in ("192.0.2.1", "nobody.invalid", "a" * 80):
        with pytest.raises(QuestionError) as error:
            refuse_taken(host, 0)
        assert error.value.code == "request.host"


def test_a_port_of_the_system_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is no administrator may not listen below 1024."""

    class Forbidden(socket.socket):
        def bind(self, _: object) -> None:
            raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket, "socket", Forbidden)
    with pytest.raises(QuestionError) as error:
        refuse_taken("127.0.0.1", 80)
    assert error.value.code == "request.port_forbidden"


def test_why_a_settings_file_can_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No such file, a folder, no right to read it, a disk that fails: each in Chinese, and with its own hint."""
    hints = set()
    for path, why in ((tmp_path / "none.yaml", "没有这个文件"), (tmp_path, "这是文件夹")):
        with pytest.raises(QuestionError, match=why) as error:
            load_settings(path)
        assert error.value.code == "question.settings"
        hints.add(error.value.hint)
    for kind, why in ((PermissionError, "没有读取的权限"), (OSError, "读取时出错")):

        def fail(_: Path, kind: type[OSError] = kind) -> bytes:
            raise kind(5, "Input/output error")

        monkeypatch.setattr("pathlib.Path.read_bytes", fail)
        with pytest.raises(QuestionError, match=why) as error:
            load_settings(tmp_path / "a.yaml")
        assert "Input" not in error.value.message
        hints.add(error.value.hint)
    assert len(hints) == 4
