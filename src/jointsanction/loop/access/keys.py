"""Keys of accounts (账户密钥): how one is made, and how one that is shown is held against what is kept.

A key is 256 random bits. Nobody guesses it, so its digest needs no slow, salted hash as a password's does: one SHA-256
can't be run backwards, and it is worked out for every request.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from typing import Final

from jointsanction.errors import AccessError

_NAME: Final = re.compile(r"[a-z][a-z0-9-]{1,39}")
_KEY: Final = re.compile(r"js_([a-z][a-z0-9-]{1,39})_([A-Za-z0-9_-]{43})")
_SECRET_BYTES: Final = 32
NO_ACCOUNT: Final = "sha256:" + "0" * 64
"""What a key is held against when nobody has the name in it, so that both refusals take as long."""


def make_key(name: str) -> str:
    """Return a new key for an account, `js_NAME_SECRET`; it is shown once and never again (生成密钥).

    Raises:
        AccessError: `access.account_name`.
    """
    if _NAME.fullmatch(name) is None:
        message = "账户名须以小写英文字母开头，由小写字母、数字、短横线组成，2 至 40 个字符。"
        raise AccessError("access.account_name", message, "例如 trading-platform、window-3。")
    return f"js_{name}_{secrets.token_urlsafe(_SECRET_BYTES)}"


def key_digest(key: str) -> str:
    """Return what is kept of a key (密钥摘要).

    >>> key_digest("js_window_x")[:14]
    'sha256:dc6bb04'
    """
    return "sha256:" + hashlib.sha256(key.encode()).hexdigest()


def holder_of(key: str) -> str | None:
    """Return the name of the account that a key says it is of, None when it is no key (密钥所称账户)."""
    found = _KEY.fullmatch(key)
    return None if found is None else found[1]


def opens(key: str, digest: str) -> bool:
    """Tell whether a key is the one whose digest is kept, in the same time whether it is or not (核对密钥)."""
    return hmac.compare_digest(key_digest(key), digest)
