"""Who comes in and what is told at the door (接口入口): keys, limits, problems that name no person."""

from __future__ import annotations

import asyncio
import re
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import store_side
import web_side
from jointsanction.loop.access.accounts import end_account
from jointsanction.web.access import AGE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx

ASKED = web_side.ASKED
FACES = {"type", "title", "status", "detail", "code", "hint", "request"}


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """See that an answer is a problem document of some status and code, and return it."""
    document: dict[str, Any] = answer.json()
    assert (answer.status_code, document["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-request-id"] == document["request"]
    assert document.keys() - {"errors"} == FACES
    assert document["type"] == f"urn:jointsanction:problem:{code}"
    assert re.search("[\u4e00-\u9fff]", document["title"] + document["detail"])
    return document


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, "access.no_key"),
        ({"Authorization": "Basic abc"}, "access.no_key"),
        ({"Authorization": "Bearer nonsense"}, "access.key"),
        ({"Authorization": "Bearer js_window_" + "x" * 43}, "access.key"),
        ({"Authorization": "Bearer js_nobody_" + "x" * 43}, "access.key"),
    ],
)
def test_nobody_comes_in_without_a_key(served: web_side.Served, headers: dict[str, str], code: str) -> None:
    """No key, or a key that is nobody's: 401, and not which of the two parts was wrong."""
    served.account("window")
    answer = served.client.get("/v1/me", headers=headers)
    problem(answer, 401, code)
    assert answer.headers["www-authenticate"] == "Bearer"


def test_an_account_that_ended_is_refused_within_seconds(both: web_side.Served) -> None:
    """Accounts are held in memory for a few seconds, and read anew after that, by every process."""
    key = both.account("window")
    ticks = [0.0]
    both.hosted.access._ticks = lambda: ticks[0]
    both.hosted.access.read()
    assert both.get("/me").json()["account"] == "window"
    end_account(both.hosted.docket, "window", web_side.SETUP, at=web_side.NOW)
    ticks[0] = AGE + 1
    problem(both.client.get("/v1/me", headers={"Authorization": f"Bearer {key}"}), 401, "access.key")


@pytest.mark.parametrize(("days", "status"), [(0, 200), (-1, 401)])
def test_an_account_runs_out(served: web_side.Served, days: int, status: int) -> None:
    """The last day of an account is still one of its days."""
    served.account("window", expires_on=web_side.NOW.date() + timedelta(days=days))
    assert served.get("/me").status_code == status


def test_who_asks_is_told_who_he_is(served: web_side.Served) -> None:
    """An account sees its own roles, matters and limits."""
    served.account("bidding", matters=("PRT",), rate=60, region="990000", expires_on=date(2030, 1, 1))
    assert served.get("/me", by="bidding").json() == {
        "account": "bidding",
        "unit": "测试市政务服务中心",
        "region": "990000",
        "audience": None,
        "rate": 60,
        "roles": ["window"],
        "matters": ["PRT"],
    }


def test_nobody_asks_too_often(served: web_side.Served) -> None:
    """A bucket fills evenly; who empties it is told when to come again, and is let in then."""
    ticks = [0.0]
    served.hosted.rates._ticks = lambda: ticks[0]
    served.account("window", rate=2)
    assert [served.get("/me").status_code for _ in range(3)] == [200, 200, 429]
    answer = served.get("/me")
    problem(answer, 429, "access.rate")
    assert answer.headers["retry-after"] == "30"
    ticks[0] = 31
    assert served.get("/me").status_code == 200


def test_a_batch_counts_as_many_as_it_asks(served: web_side.Served) -> None:
    """A whole minute's checks go at once, the request counted among them; after that one waits for as many."""
    ticks = [0.0]
    served.hosted.rates._ticks = lambda: ticks[0]
    served.account("window", rate=3)
    body = {"matter": web_side.MATTER, "purpose": "资格审查", "subjects": [store_side.PARTNER] * 3}
    assert served.post("/batches", body).status_code == 200
    problem(served.post("/batches", body), 429, "access.rate")
    ticks[0] = 20
    answer = served.post("/batches", body)  # let in as a request, and not with three subjects
    problem(answer, 429, "access.rate")
    assert answer.headers["retry-after"] == "60"
    ticks[0] += float(answer.headers["retry-after"])
    assert served.post("/batches", body).status_code == 200


@pytest.mark.parametrize("path", ["/batches", "/tenders"])
def test_more_than_a_minute_allows_is_never_put_off(served: web_side.Served, path: str) -> None:
    """Whoever waited would be refused again: he is told to send fewer; an account without a rate may."""
    served.account("window", rate=3)
    body = {"matter": web_side.MATTER, "purpose": "资格审查", "subjects": [{"id": store_side.PARTNER}] * 4}
    answer = served.post(path, body)
    problem(answer, 422, "question.too_many")
    assert "retry-after" not in answer.headers
    assert "每次不超过 3 个" in answer.json()["hint"]
    served.account("plain")
    assert served.post(path, body, by="plain").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/v1/nowhere", 404, "request.no_such_path"),
        ("DELETE", "/v1/checks", 405, "request.method"),
    ],
)
def test_what_no_route_takes(served: web_side.Served, method: str, path: str, status: int, code: str) -> None:
    """An unknown path and a wrong method are told as everything else that goes wrong."""
    problem(served.client.request(method, path), status, code)


@pytest.mark.parametrize(
    ("content", "kind", "status", "code"),
    [
        (b"{}", "text/plain", 415, "request.media_type"),
        (b"{}", None, 415, "request.media_type"),
        (b"{", "application/json", 422, "request.malformed"),
        (b"", "application/json", 422, "request.malformed"),
        (b"[]", "application/json", 422, "request.malformed"),
        (b'{"subject": "\\ud800"}', "application/json", 422, "request.malformed"),
        (b"\xff\xfe", "application/json; charset=utf-8", 422, "request.malformed"),
        (b"[" * 100_000, "application/json", 422, "request.malformed"),
    ],
)
def test_what_is_no_json(served: web_side.Served, content: bytes, kind: str | None, status: int, code: str) -> None:
    """What can't be read is refused as malformed, never answered and never a failure of ours."""
    headers = served.headers() | ({} if kind is None else {"content-type": kind})
    problem(served.client.post("/v1/checks", content=content, headers=headers), status, code)


def test_every_wrong_field_is_named_and_none_is_shown(served: web_side.Served) -> None:
    """Each field with what is wrong with it; what was sent does not come back."""
    sent = {"matter": 5, "purpose": "", "traits": "x", "explain": "vielleicht", "张三": "410101199001011234"}
    document = problem(served.post("/checks", sent), 422, "request.malformed")
    assert {each["field"]: each["message"] for each in document["errors"]} == {
        "body.matter": "应为文字",
        "body.purpose": "内容太短或者为空",
        "body.traits": "应为数组",
        "body.explain": "应为 true 或 false",
        "body.张*": "未知的字段",
    }
    assert "410101199001011234" not in str(document)


def test_control_characters_are_refused(served: web_side.Served) -> None:
    """A database takes no zero byte, and a page no escape: they are refused at the door."""
    problem(served.post("/checks", ASKED | {"case": "a\x00b"}), 422, "request.malformed")


@pytest.mark.parametrize("says", [True, False])
def test_a_body_that_is_too_long_is_not_read(tmp_path: Path, says: bool) -> None:  # noqa: FBT001
    """Neither one that says how long it is, nor one that comes in pieces without saying."""
    served = web_side.served(tmp_path, body_bytes=2048)
    headers = served.headers() | {"content-type": "application/json"}
    taken = []

    async def pieces() -> AsyncIterator[bytes]:
        for each in range(100):
            taken.append(each)
            yield b" " * 1024

    async def send() -> httpx.Response:
        async with served.client.opened() as client:
            return await client.post("/v1/checks", content=b" " * 4096 if says else pieces(), headers=headers)

    problem(asyncio.run(send()), 413, "request.too_large")


def test_an_error_of_ours_is_told_as_it_is(served: web_side.Served) -> None:
    """What the library says of a question, with its code and hint, is what the caller reads."""
    document = problem(served.post("/checks", ASKED | {"matter": "procurment"}), 422, "matter.unknown")
    assert "procurement" in document["hint"]
    document = problem(served.post("/checks", ASKED | {"subject": "91990000MA000000"}), 422, "subject.malformed")
    assert "91990000MA000000" not in str(document)


def test_a_docket_that_is_away_is_told_and_nothing_is_answered(served: web_side.Served) -> None:
    """Nobody is answered before the answer is kept: without a docket there is no answer, and one may try again."""
    served.headers()
    path = Path(served.hosted.docket.address.removeprefix("sqlite:///"))
    path.rename(path.with_suffix(".away"))
    answer = served.post("/checks", ASKED)
    problem(answer, 503, "registry.unreachable")
    assert answer.headers["retry-after"] == "5"


def test_a_bug_is_told_by_its_number_alone(
    served: web_side.Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The caller gets a number; the log gets where it happened; neither gets what the exception says."""

    def fail(*_: object, **__: object) -> None:
        raise KeyError("张三 410101199001011234")

    monkeypatch.setattr(served.hosted.desk, "ask", fail)
    document = problem(served.post("/checks", ASKED), 500, "request.failed")
    logged = "\n".join(record.getMessage() for record in caplog.records if record.name == "jointsanction.web")
    assert document["request"] in logged
    assert "KeyError" in logged
    assert "410101199001011234" not in str(document) + logged


def test_answers_are_kept_by_nobody(served: web_side.Served) -> None:
    """What is told of a subject is in no cache, and is read as what it says it is."""
    headers = served.post("/checks", ASKED).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"


def test_a_request_keeps_the_number_of_its_gateway(served: web_side.Served) -> None:
    """A number that fits is kept, so that both logs can be laid side by side; an odd one is not."""
    kept = served.client.get("/v1/me", headers=served.headers() | {"X-Request-Id": "gateway-0001"})
    made = served.client.get("/v1/me", headers=served.headers() | {"X-Request-Id": "a b\tc"})
    assert kept.headers["x-request-id"] == "gateway-0001"
    assert re.fullmatch("[0-9a-f]{32}", made.headers["x-request-id"])
