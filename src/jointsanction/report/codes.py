"""Verification codes (验证码): whoever holds a report can ask whether it was given, and learns nothing of anybody."""

from __future__ import annotations

import base64
import hmac
from typing import Final

_SHOWN: Final = 12
"""Characters of a code: sixty bits, which nobody guesses at a page that answers one guess at a time."""

_GROUP: Final = 4
_MEANT: Final = str.maketrans("018", "OIB")
"""Digits that the alphabet of codes lacks, as they are misread from paper."""


def code_of(number: str, receipt: str, key: bytes) -> str:
    """Return the verification code of a filed check: three groups of four letters and digits.

    >>> code_of("HC20240610-1", "sha256:00", b"secret")
    '44X7-QHEJ-L4PQ'
    """
    tag = hmac.digest(key, f"{number}\n{receipt}".encode(), "sha256")
    text = base64.b32encode(tag).decode()[:_SHOWN]
    return "-".join(text[at : at + _GROUP] for at in range(0, _SHOWN, _GROUP))


def is_code(given: str, number: str, receipt: str, *, key: bytes) -> bool:
    """Tell whether a code is that of a filed check, however it is spaced, compared in constant time.

    >>> is_code("44x7 qhej l4pq", "HC20240610-1", "sha256:00", key=b"secret")
    True
    """
    plain = "".join(filter(str.isalnum, given.upper())).translate(_MEANT)
    return hmac.compare_digest(plain.encode(), code_of(number, receipt, key).replace("-", "").encode())
