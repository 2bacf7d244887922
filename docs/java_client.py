"""A Java client from the description of the API (Java 客户端): one method an operation, on the JDK alone."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HERE: Final = Path(__file__).parent / "samples" / "java"
"""Where the client lies, with what it stands on (JSON, errors), which is kept by hand."""

_HEAD: Final = """import java.util.Map;

/** The API of jointsanction, one method an operation; made from its OpenAPI description by docs/java_client.py. */
public final class CreditClient extends CreditConnection {
    public CreditClient(String address, String key) {
        super(address, key);
    }
"""


def java_client(document: Mapping[str, Any]) -> str:
    """Return the Java source of the client of a description."""
    methods = (
        _method(path, how, operation) for path, ways in document["paths"].items() for how, operation in ways.items()
    )
    return "\n".join((_HEAD, *methods)) + "}\n"


def _method(path: str, how: str, operation: Mapping[str, Any]) -> str:
    parameters = operation.get("parameters", [])
    places = [each["name"] for each in parameters if each["in"] == "path"]
    has_query = any(each["in"] == "query" for each in parameters)
    keyed = any(each["in"] == "header" for each in parameters)
    content = operation.get("requestBody", {}).get("content", {})
    is_file = "application/octet-stream" in content
    taken = [f"String {name}" for name in places]
    taken += ["Map<String, ?> query"] if has_query else []
    taken += (["byte[] file"] if is_file else ["Map<String, ?> body"]) if content else []
    taken += ["String idempotencyKey"] if keyed else []
    given = [_address(path), "query" if has_query else "Map.of()"]
    given.append("file" if is_file else "body" if content else "null")
    given.append("idempotencyKey" if keyed else "null")
    lines = [f"    /** {operation['summary']}：{operation['description']} */"]
    told = "application/json" in operation["responses"]["200"]["content"]
    lines.append(
        f"    public {'Map<String, Object>' if told else 'byte[]'} {operation['operationId']}({', '.join(taken)}) {{"
    )
    lines.append(f'        return {"send" if told else "fetch"}("{how.upper()}", {", ".join(given)});')
    return "\n".join((*lines, "    }", ""))


def _address(path: str) -> str:
    """Return the Java expression of an address whose places are filled in."""
    return " + ".join(_pieces(path))


def _pieces(path: str) -> Iterator[str]:
    for at, piece in enumerate(path.replace("}", "{").split("{")):
        if piece:
            yield f"part({piece})" if at % 2 else f'"{piece}"'


def main() -> None:
    """Write the client of the description in a file."""
    document = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    (HERE / "CreditClient.java").write_text(java_client(document), encoding="utf-8")


if __name__ == "__main__":
    main()
