"""Signatures: what we sign the reference library of Standard Webhooks verifies, and nothing altered is let through."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook

from jointsanction import JointSanctionError, verify_webhook
from jointsanction.loop.pushing import signing
from jointsanction.loop.pushing.signing import read_secret, signed_headers

NOW = datetime(2026, 6, 10, 9, tzinfo=UTC)
SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
NEWER = "whsec_" + base64.b64encode(bytes(range(9, 41))).decode()
BODY = '{"id":"m1","data":{"note":"测试"}}'.encode()


def headers(*secrets: str, algorithms: tuple[str, ...] = ("sha256",), at: datetime = NOW) -> dict[str, str]:
    """Sign the message with secrets."""
    return signed_headers("m1", BODY, [read_secret(each, "here") for each in secrets], algorithms, at)


def test_the_reference_library_verifies_what_we_sign() -> None:
    """By either secret while keys change; what it signs, we verify."""
    now = datetime.now(UTC)  # their verifier reads the clock
    both = headers(NEWER, SECRET, algorithms=("sha256", "sm3"), at=now)
    for secret in (SECRET, NEWER):
        assert Webhook(secret).verify(BODY.decode(), both) == {"id": "m1", "data": {"note": "测试"}}
    theirs = Webhook(SECRET).sign("m1", NOW, BODY.decode())
    said = {"Webhook-Id": "m1", "Webhook-Timestamp": str(int(NOW.timestamp())), "Webhook-Signature": theirs}
    assert verify_webhook(said, BODY, [NEWER, SECRET], now=NOW)["id"] == "m1"


def test_sm3_signs_alone() -> None:
    """国密: HMAC-SM3 over the same text."""
    said = headers(SECRET, algorithms=("sm3",))
    text = f"m1.{int(NOW.timestamp())}.".encode() + BODY
    digest = hmac.new(bytes(range(32)), text, lambda: hashlib.new("sm3")).digest()
    assert said["webhook-signature"] == f"v1sm3,{base64.b64encode(digest).decode()}"
    assert verify_webhook(said, BODY, SECRET, now=NOW)["id"] == "m1"


@pytest.mark.parametrize(
    "spoilt",
    [
        {"webhook-id": "m2"},
        {"webhook-timestamp": str(int(NOW.timestamp()) + 1)},
        {"webhook-timestamp": "soon"},
        {"webhook-signature": "v1,AAAA"},
        {"webhook-signature": ""},
    ],
)
def test_what_was_altered_is_refused(spoilt: dict[str, str]) -> None:
    """Id, instant, body, signature: each is held by the signature."""
    for said, body in ((headers(SECRET) | spoilt, BODY), (headers(SECRET), BODY + b" "), (headers(NEWER), BODY)):
        with pytest.raises(JointSanctionError) as refusal:
            verify_webhook(said, body, SECRET, now=NOW)
        assert refusal.value.code == "loop.signature"


def test_an_old_message_is_refused() -> None:
    """A message that somebody kept and sends again comes too late; clocks may differ a little."""
    for minutes in (-6, 6):
        with pytest.raises(JointSanctionError, match="时间戳"):
            verify_webhook(headers(SECRET), BODY, SECRET, now=NOW + timedelta(minutes=minutes))
    assert verify_webhook(headers(SECRET), BODY, SECRET, now=NOW + timedelta(minutes=4))


@pytest.mark.parametrize("text", ["", "whsec_", "whsec_****", "whsec_" + base64.b64encode(b"short").decode()])
def test_a_secret_that_is_none_is_named_by_its_place(text: str) -> None:
    """The message says where it was read, and nothing of what stood there."""
    with pytest.raises(JointSanctionError, match="环境变量 X") as refusal:
        read_secret(text, "环境变量 X")
    assert refusal.value.code == "loop.secret"


def test_without_sm3_the_other_algorithm_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some systems have no SM3: signing with it says so, and what SHA-256 signed is verified all the same."""
    real = hmac.new

    def without(key: bytes, text: bytes, name: str) -> hmac.HMAC:
        if name == "sm3":
            raise ValueError(name)
        return real(key, text, name)

    said = headers(SECRET)
    monkeypatch.setattr(signing.hmac, "new", without)
    with pytest.raises(JointSanctionError) as refusal:
        headers(SECRET, algorithms=("sm3",))
    assert refusal.value.code == "loop.no_sm3"
    assert verify_webhook(said, BODY, SECRET, now=NOW)["id"] == "m1"
