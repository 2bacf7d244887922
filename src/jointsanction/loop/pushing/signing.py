"""Signed messages (消息签名): Standard Webhooks, with HMAC-SHA256 (`v1`) or HMAC-SM3 (`v1sm3`).

Signed is `id.timestamp.body`. While keys change, a message bears one signature a key; the receiver accepts any.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from jointsanction.engine import shanghai_now
from jointsanction.errors import LoopError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

_PREFIX: Final = "whsec_"
_SIZES: Final = range(24, 65)
_SCHEMES: Final = {"sha256": "v1", "sm3": "v1sm3"}
_FIVE_MINUTES: Final = timedelta(minutes=5)

ID: Final = "webhook-id"
TIMESTAMP: Final = "webhook-timestamp"
SIGNATURE: Final = "webhook-signature"


def read_secret(text: str, where: str) -> bytes:
    """Return the bytes of a secret as it is written (签名密钥): `whsec_` and base64 of 24 to 64 bytes.

    Raises:
        LoopError: `loop.secret`, saying where it was read and nothing of what stood there.
    """
    try:
        secret = base64.b64decode(text.strip().removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if len(secret) not in _SIZES:
        message = f"{where} 中的签名密钥无法使用。"
        raise LoopError("loop.secret", message, "应为 whsec_ 加 24 至 64 字节随机数的 base64。")
    return secret


def signed_headers(
    key: str, body: bytes, secrets: Iterable[bytes], algorithms: Sequence[str], at: datetime
) -> dict[str, str]:
    """Return the headers of a message signed at an instant: one signature for each secret by each algorithm (签名)."""
    timestamp = str(int(at.timestamp()))
    made = [_signature(key, timestamp, body, secret, each) for secret in secrets for each in algorithms]
    return {ID: key, TIMESTAMP: timestamp, SIGNATURE: " ".join(made)}


def verify_webhook(
    headers: Mapping[str, str],
    body: bytes,
    secrets: str | Iterable[str],
    *,
    tolerance: timedelta = _FIVE_MINUTES,
    now: datetime | None = None,
) -> Mapping[str, Any]:
    """Return the message that came in a request, when one of the secrets signed it just now (验证推送消息).

    `headers` are the request's, their names in any case; `body` its bytes as they came. The message's `id` is what a
    receiver remembers: the same one may come again.

    Raises:
        LoopError: `loop.signature` for a message that nobody with a secret of ours signed, or too long ago or ahead;
            `loop.secret` for a secret that is none.
    """
    said = {name.lower(): value for name, value in headers.items()}
    stamp = said.get(TIMESTAMP, "")
    moment = (now or shanghai_now()).timestamp()
    if not stamp.isdecimal() or abs(moment - int(stamp)) > tolerance.total_seconds():
        message = "推送消息的时间戳缺失，或者与本机时间相差过大。"
        raise LoopError("loop.signature", message, "请核对两端的时钟；重放的消息不要接受。")
    known = [secrets] if isinstance(secrets, str) else list(secrets)
    keys = [read_secret(secret, "secrets") for secret in known]
    given = said.get(SIGNATURE, "").split()
    made = list(_expected(said.get(ID, ""), stamp, body, keys))
    if not any(hmac.compare_digest(one.encode(), other.encode()) for one in given for other in made):
        raise LoopError("loop.signature", "推送消息的签名不符。", "不要使用这条消息；请核对双方的签名密钥。")
    document: Mapping[str, Any] = json.loads(body)
    return document


def _expected(key: str, timestamp: str, body: bytes, secrets: Iterable[bytes]) -> Iterator[str]:
    for secret in secrets:
        for algorithm in _SCHEMES:
            try:
                yield _signature(key, timestamp, body, secret, algorithm)
            except LoopError:
                continue  # without SM3 here, what the other algorithm signed can be verified all the same


def _signature(key: str, timestamp: str, body: bytes, secret: bytes, algorithm: str) -> str:
    """Return one signature.

    Raises:
        LoopError: `loop.no_sm3` where this OpenSSL has no SM3.
    """
    said = f"{key}.{timestamp}.".encode() + body
    try:
        digest = hmac.new(secret, said, algorithm).digest()
    except ValueError as error:
        message = "当前环境的 OpenSSL 不支持 SM3。"
        raise LoopError("loop.no_sm3", message, "改用 sha256，或者换用支持 SM3 的 OpenSSL。") from error
    return f"{_SCHEMES[algorithm]},{base64.b64encode(digest).decode()}"
