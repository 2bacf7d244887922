"""What was asked, of which versions, what came out (核查凭证): digest and verification.

A receipt shows integrity, not authorship: whoever must prove the latter keeps the digest elsewhere or signs it.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final

from jointsanction.errors import ReceiptError

OUTSIDE: Final = ("receipt", "checked_at", "case", "not_applied", "rules", "ref", "number")
"""Keys of a document the receipt does not stand for: two equal questions must give one receipt."""

ALGORITHMS: Final = ("sha256", "sm3")


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: Any) -> bytes:  # noqa: ANN401 - any JSON value
    """Return the one way to write a document, or a part of one: sorted keys, no spaces, UTF-8."""
    return _ENCODER.encode(value).encode()


def digest(document: dict[str, Any], algorithm: str = "sha256") -> str:
    """Return `ALGORITHM:HEX` over a document already without the keys outside.

    Raises:
        ReceiptError: `receipt.algorithm` when the algorithm is neither sha256 nor sm3, or not in this OpenSSL.
    """
    try:
        if algorithm not in ALGORITHMS:
            raise ValueError(algorithm)  # noqa: TRY301 - one message for both causes
        return seal(canonical(document), algorithm)
    except ValueError as error:
        code, message = "receipt.algorithm", f"不支持的摘要算法“{algorithm}”。"
        raise ReceiptError(code, message, "可用：sha256、sm3（需 OpenSSL 支持）。") from error


def seal(text: bytes, algorithm: str = "sha256") -> str:
    """Return `ALGORITHM:HEX` over a canonical text; an algorithm that isn't there raises what hashlib raises."""
    return f"{algorithm}:{hashlib.new(algorithm, text).hexdigest()}"


def verify(document: dict[str, Any]) -> None:
    """Check that a stored answer is unaltered (核验凭证); a tender's answer is checked with each of its parts.

    Raises:
        ReceiptError: `receipt.missing` when there is no receipt, `receipt.altered` when it does not match.
    """
    stated = document.get("receipt")
    if not isinstance(stated, str) or ":" not in stated:
        code, message = "receipt.missing", "文件中没有核查凭证（receipt）。"
        raise ReceiptError(code, message, "请提供 check --json 或 tender --json 的完整输出。")
    if isinstance(document.get("results"), list):
        for part in document["results"]:
            verify(part)
        body: dict[str, Any] = tender_body(
            document["verdict"], [part["receipt"] for part in document["results"]], document.get("complete")
        )
    else:
        body = {key: value for key, value in document.items() if key not in OUTSIDE}
    if digest(body, stated.split(":", 1)[0]) != stated:
        code, message = "receipt.altered", "凭证与内容不符：文件在出具后被改动。"
        raise ReceiptError(code, message, "请向出具单位重新调取原始核查结果。")


def tender_body(verdict: str, receipts: list[str], complete: object) -> dict[str, Any]:
    """Return what a tender's receipt stands for: its verdict and its parts' receipts in order."""
    return {"verdict": verdict, "complete": complete, "receipts": receipts}
