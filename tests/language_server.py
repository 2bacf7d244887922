"""A client of the YAML language server (编辑器), as small as it can be: opens files, asks, keeps the diagnostics."""

from __future__ import annotations

import itertools
import json
import subprocess
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SETTINGS = {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}, "schemas": {}}
CAPABILITIES = {
    "textDocument": {
        "completion": {"completionItem": {"documentationFormat": ["plaintext"]}},
        "hover": {"contentFormat": ["plaintext"]},
        "publishDiagnostics": {},
    },
    "workspace": {"configuration": True},
}


class Diagnostic(NamedTuple):
    """What the server finds wrong: on which line, counted from one, and what."""

    line: int
    message: str


class LanguageServer:
    """A running server; whatever it says in between is heard while waiting for an answer."""

    def __init__(self, command: str, root: Path) -> None:
        """Start it on a folder."""
        self._process = subprocess.Popen([command, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
        self._numbers = itertools.count(1)
        self._found: dict[str, list[Diagnostic]] = {}
        uri = root.as_uri()
        self._ask("initialize", {"processId": None, "rootUri": uri, "capabilities": CAPABILITIES})
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": {"yaml": SETTINGS}})

    def stop(self) -> None:
        """End it."""
        self._process.kill()
        self._process.communicate()

    def diagnostics(self, texts: Iterable[tuple[Path, str]]) -> dict[Path, list[Diagnostic]]:
        """Open some texts at once, close them again, and return what the server finds wrong with each."""
        opened = {path: self.open(path, text) for path, text in texts}
        found = {path: self.wait(uri) for path, uri in opened.items()}
        for uri in opened.values():
            self._tell("textDocument/didClose", {"textDocument": {"uri": uri}})
        return found

    def open(self, path: Path, text: str) -> str:
        """Open a text under a path that need not be there, and return its address."""
        uri = path.as_uri()
        self._found.pop(uri, None)
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def wait(self, uri: str) -> list[Diagnostic]:
        """Return what the server finds wrong with an open text."""
        while uri not in self._found:
            self._hear(self._read())
        return self._found[uri]

    def at(self, method: str, uri: str, line: int, column: int) -> Any:  # noqa: ANN401 - what the protocol answers
        """Ask about a place in an open text; line and column are counted from one."""
        place = {"line": line - 1, "character": column - 1}
        return self._ask(f"textDocument/{method}", {"textDocument": {"uri": uri}, "position": place})

    def _ask(self, method: str, given: object) -> Any:  # noqa: ANN401 - what the protocol answers
        number = next(self._numbers)
        self._send({"id": number, "method": method, "params": given})
        while True:
            message = self._read()
            if message.get("id") == number and "method" not in message:
                return message.get("result")
            self._hear(message)

    def _tell(self, method: str, given: object) -> None:
        self._send({"method": method, "params": given})

    def _hear(self, message: dict[str, Any]) -> None:
        given = message.get("params")
        if message.get("method") == "textDocument/publishDiagnostics":
            said = [Diagnostic(one["range"]["start"]["line"] + 1, one["message"]) for one in given["diagnostics"]]
            self._found[given["uri"]] = said
        elif message.get("method") == "workspace/configuration":
            answer = [SETTINGS if one.get("section") == "yaml" else {} for one in given["items"]]
            self._send({"id": message["id"], "result": answer})
        elif "id" in message and "method" in message:
            self._send({"id": message["id"], "result": None})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        pipe = self._process.stdin
        assert pipe is not None
        pipe.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        pipe.flush()

    def _read(self) -> dict[str, Any]:
        pipe = self._process.stdout
        assert pipe is not None
        length = 0
        while line := pipe.readline().strip():
            key, _, value = line.partition(b":")
            length = int(value) if key.lower() == b"content-length" else length
        assert length, "the language server ended"
        message: dict[str, Any] = json.loads(pipe.read(length))
        return message
