"""Running the service: settings, swapping under way, health, logs and spans that say nothing of anybody."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import TYPE_CHECKING, Any

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

import web_side
from jointsanction import tracing
from jointsanction.catalog.bundle import default_catalog
from jointsanction.cli import main
from jointsanction.cli import serving as cli_serving
from jointsanction.errors import LoopError, QuestionError, RegistryError
from jointsanction.model.serving import ServiceSettings
from jointsanction.web import health, serving
from jointsanction.web.logs import JsonLines, log_settings
from jointsanction.web.relaying import Relay
from jointsanction.web.settings import load_settings
from jointsanction.web.swapping import Swapper, marks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ASKED = web_side.ASKED


def test_a_settings_file_is_read_strictly(tmp_path: Path) -> None:
    """Paths lie where the file lies; an unknown key, or half of TLS, is refused with its line."""
    file = tmp_path / "service.yaml"
    file.write_text(
        "port: 9000\nworkers: 2\naudit_key: key\ncatalogues: [ours]\nuploads: {seconds: 5}\n", encoding="utf-8"
    )
    settings = load_settings(file)
    assert (settings.port, settings.workers, settings.uploads.seconds) == (9000, 2, 5)
    assert (settings.audit_key, settings.catalogues) == (str(tmp_path / "key"), (str(tmp_path / "ours"),))
    for wrong in ("prot: 1\n", "port: 70000\n", "tls_key: a\n", "", "port: [1]\n", "- a\n"):
        file.write_text(wrong, encoding="utf-8")
        with pytest.raises(QuestionError) as refused:
            load_settings(file)
        assert refused.value.code == "question.settings"
        assert "service.yaml" in refused.value.message
    with pytest.raises(QuestionError):
        load_settings(tmp_path / "none.yaml")


def test_the_command_line_comes_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is typed counts; who has no account yet is told how to make one."""
    served: list[ServiceSettings] = []
    monkeypatch.setattr(serving, "serve", served.append)
    (tmp_path / "s.yaml").write_text("port: 9000\nhost: 0.0.0.0\n", encoding="utf-8")
    url = f"sqlite:///{tmp_path / 'a.db'}"
    (ours := tmp_path / "ours" / "measures").mkdir(parents=True)
    law = str(ours.parent)
    typed = ["--settings", str(tmp_path / "s.yaml"), "--port", "9001", "--store", url, "--catalogue", law]
    assert main(["serve", *typed]) == 0
    assert "jointsanction account add" in capsys.readouterr().err
    [settings] = served
    assert (settings.port, settings.host, settings.store, settings.catalogues) == (9001, "0.0.0.0", url, (law,))  # noqa: S104
    assert main(["serve", "--port", "70000", "--store", url]) == 2
    assert capsys.readouterr().err.startswith("错误 question.settings")


def test_nothing_is_said_of_accounts_where_there_are_some(
    served: web_side.Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The word on accounts is for the first start."""
    served.account("window")
    monkeypatch.setattr(serving, "serve", lambda _: None)
    told: list[str] = []
    monkeypatch.setattr(cli_serving.sys.stderr, "write", told.append)
    cli_serving.run_service(None, {"store": served.hosted.settings.store})
    assert not any("account add" in line for line in told)


def test_a_process_is_made_from_what_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings travel as JSON; uvicorn is told nothing that would write a path or an address down."""
    settings = ServiceSettings(store=f"sqlite:///{tmp_path / 'a.db'}", port=0, workers=2, proxies=("10.0.0.1",))
    said: dict[str, Any] = {}
    monkeypatch.setattr(serving.uvicorn, "run", lambda app, **more: said.update(more, app=app))
    monkeypatch.setenv(serving.VARIABLE, "")
    assert serving.prepare(settings) is False
    serving.serve(settings)
    assert (said["workers"], said["access_log"], said["proxy_headers"]) == (2, False, True)
    app = serving.application()
    app.state.hosted.close()
    assert app.state.hosted.settings == settings


def alive(served: web_side.Served) -> tuple[int, dict[str, Any]]:
    """Return what readiness says."""
    answer = served.client.get("/readyz")
    return answer.status_code, answer.json()


def test_new_lists_are_put_in_place(both: web_side.Served, tmp_path: Path) -> None:
    """A batch taken in by anybody is found at the next look; the answer names the new lists."""
    before = both.post("/checks", ASKED).json()
    store = web_side.store_side.opened(tmp_path)
    row = web_side.store_side.listing(list="BL.SXBZXR", uscc=web_side.store_side.PARTNER, instrument_no="另")
    web_side.store_side.take(store, [row], 1)
    assert both.hosted.swapper.look()
    assert not both.hosted.swapper.look()
    after = both.post("/checks", ASKED | {"subject": web_side.store_side.PARTNER}).json()
    assert after["versions"]["registry"] == store.version() != before["versions"]["registry"]
    assert after["verdict"] == "prohibited"
    assert alive(both)[1]["versions"]["lists"] == store.version()


def test_lists_are_answered_from_the_snapshot_where_one_is_kept(tmp_path: Path) -> None:
    """With `snapshot` the one beside the store is brought up, once for all processes."""
    served = web_side.served(tmp_path, snapshot=True)
    store = web_side.store_side.opened(tmp_path)
    web_side.store_side.take(store, [web_side.store_side.listing(instrument_no="另")], 1)
    assert served.hosted.swapper.look()
    assert type(served.hosted.engine.registry).__name__ == "SnapshotRegistry"


INSTRUMENT = """id: ours
title: 测试文件
level: normative-document
issuer: 测试
adopted: 2026-01-01
valid_from: 2026-01-01
source: 虚构
"""


def test_a_new_catalogue_is_put_in_place_and_a_broken_one_is_not(tmp_path: Path) -> None:
    """What can't be read changes nothing: the old answers on, and readiness says so until it is mended."""
    place = tmp_path / "law" / "measures" / "instruments"
    place.mkdir(parents=True)
    (place / "ours.yaml").write_text(INSTRUMENT, encoding="utf-8")
    served = web_side.served(tmp_path / "s", catalogues=(str(tmp_path / "law"),))
    swapper, engine = served.hosted.swapper, served.hosted.engine
    swapper.look()
    before = engine.tables.version
    (place / "ours.yaml").write_text(INSTRUMENT + "nonsense: 1\n", encoding="utf-8")
    for _ in range(2):
        assert not swapper.look()
        assert swapper.fault == "loop.approved_unreadable" or str(swapper.fault).startswith("catalog.")
    assert alive(served)[0] == 503
    assert engine.tables.version == before
    assert served.post("/checks", ASKED).status_code == 200
    (place / "ours.yaml").write_text(INSTRUMENT.replace("测试文件", "测试文件二"), encoding="utf-8")
    assert swapper.look()
    assert (swapper.fault, engine.tables.version == before) == (None, False)
    assert alive(served)[0] == 200
    assert swapper.base is swapper.base
    assert [name for name, *_ in marks([tmp_path / "law"])] == [str(place / "ours.yaml")]


def test_whatever_goes_wrong_the_old_answers_on(served: web_side.Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even a bug in the looking leaves the service as it is."""

    def broken(_: object) -> None:
        message = "张三"
        raise ZeroDivisionError(message)

    monkeypatch.setattr(Swapper, "_new_registry", broken)
    assert not served.hosted.swapper.look()
    assert served.hosted.swapper.fault == "ZeroDivisionError"
    assert alive(served) == (503, alive(served)[1] | {"faults": {"swapping": "ZeroDivisionError"}})


def test_a_service_that_cannot_reach_its_database_is_alive_and_not_ready(
    served: web_side.Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever watches it leaves it running, and sends it nothing."""

    def away(*_: object) -> None:
        code, message = "registry.unreachable", "x"
        raise RegistryError(code, message)

    served.hosted.swapper.begin()
    monkeypatch.setattr(type(served.hosted.lists), "version", away)
    monkeypatch.setattr(type(served.hosted.docket), "reading", away)
    assert alive(served)[1]["faults"] == {"lists": "registry.unreachable", "docket": "registry.unreachable"}
    assert served.client.get("/healthz").json() == {"status": "alive"}
    assert health.health_router(served.hosted).routes


def test_it_watches_while_it_runs(tmp_path: Path) -> None:
    """From the start of the application to its end, lists are looked for and messages sent."""
    (tmp_path / "routes.yaml").write_text(
        f"source: urn:test\nreceivers:\n  center:\n    file: {{folder: {tmp_path / 'sent'}}}\n", encoding="utf-8"
    )
    served = web_side.served(
        tmp_path, receivers=str(tmp_path / "routes.yaml"), tell={"check.hit": ("center",)}, watch_seconds=1
    )
    served.account("window")

    async def lived() -> None:
        app = served.client.app
        async with app.router.lifespan_context(app):
            async with served.client.opened() as client:
                asked = await client.post("/v1/checks", json=ASKED, headers=served.headers())
                assert asked.status_code == 200
            store = web_side.store_side.opened(tmp_path)
            web_side.store_side.take(store, [web_side.store_side.listing(instrument_no="另")], 1)
            for _ in range(100):
                await asyncio.sleep(0.1)
                if served.hosted.engine.registry.version == store.version():
                    break
        assert served.hosted.engine.registry.version == store.version()

    asyncio.run(lived())


def test_messages_that_cannot_be_sent_are_told_in_codes(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A file of routes that went bad stops nothing else, and is told once."""
    routes = tmp_path / "routes.yaml"
    routes.write_text("source: urn:test\nreceivers:\n  center:\n    file: {folder: sent}\n", encoding="utf-8")
    served = web_side.served(tmp_path, receivers=str(routes))
    relay = served.hosted.relay
    assert relay is not None
    assert not relay.send()
    routes.write_text("nonsense: 1\n", encoding="utf-8")
    for _ in range(2):
        assert not relay.send()
    assert relay.fault == "loop.routes"
    assert len([record for record in caplog.records if record.name == "jointsanction.relaying"]) == 1
    with pytest.raises(LoopError):
        Relay(served.hosted.desk, tmp_path / "none.yaml")
    assert alive(served)[1]["degraded"] == {"relay": "loop.routes"}


def test_a_receiver_without_a_secret_is_told_and_stops_nobody(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Its messages wait, the others' leave, readiness says why and stays, and the log names it once."""
    routes = tmp_path / "routes.yaml"
    good = "source: urn:test\nhosts: [127.0.0.1:9]\nreceivers:\n  center:\n    file: {folder: sent}\n"
    bad = "  court:\n    http: {url: 'http://127.0.0.1:9/', secrets: [{env: JS_NO_SUCH_SECRET}]}\n"
    routes.write_text(good + bad, encoding="utf-8")
    served = web_side.served(tmp_path, receivers=str(routes))
    relay = served.hosted.relay
    assert relay is not None
    for _ in range(2):
        relay.send()
    status, said = alive(served)
    assert (status, said["status"], said["degraded"]) == (200, "ready", {"relay": "loop.no_secret"})
    (logged,) = [record for record in caplog.records if record.name == "jointsanction.relaying"]
    assert logged.getMessage() == "messages to court can't be sent: loop.no_secret"
    assert served.post("/checks", ASKED).status_code == 200
    routes.write_text(good, encoding="utf-8")
    relay.send()
    assert alive(served)[1]["degraded"] == {}


def test_logs_say_nothing_of_anybody(served: web_side.Served, caplog: pytest.LogCaptureFixture) -> None:
    """A line has number, route, status and time; no number and no name of a subject, whatever was sent, and where."""
    caplog.set_level(logging.INFO, "jointsanction")
    firm, name = ASKED["subject"], "测试甲有限公司"
    number = served.post("/checks", ASKED | {"officer": "李四"}).json()["number"]
    served.post("/checks", {**ASKED, "subject": None, "name": name, "kind": "enterprise"})
    served.post("/checks", ASKED | {"subject": f"{firm}x", "unknown": firm})
    served.get(f"/checks/{number}")
    served.client.get(f"/{firm}", params={"name": name})
    lines = [JsonLines().format(record) for record in caplog.records if record.name.startswith("jointsanction")]
    requests = [json.loads(line) for line in lines if '"route"' in line]
    assert len(requests) == 5
    assert [each["status"] for each in requests][-1] == 404
    assert {each["route"] for each in requests} == {"/v1/checks", "/v1/checks/{number}", None}
    assert all(each["request"] and each["ms"] >= 0 for each in requests)
    for said in (firm, name, "李四", served.keys["window"], firm[2:17]):
        assert not [line for line in lines if said in line]


def test_an_exception_is_logged_by_its_kind_alone() -> None:
    """Its text may hold anything that somebody sent."""
    try:
        raise ValueError("张三")  # noqa: TRY301 - to be caught here
    except ValueError as error:
        record = logging.LogRecord("jointsanction", logging.ERROR, "", 0, "failed", None, (type(error), error, None))
    said = json.loads(JsonLines().format(record))
    assert (said["exception"], "张三" in json.dumps(said, ensure_ascii=False)) == ("ValueError", False)
    assert log_settings()["loggers"]["uvicorn"]["handlers"] == ["stderr"]


def test_health_is_logged_only_when_it_fails(served: web_side.Served, caplog: pytest.LogCaptureFixture) -> None:
    """What is asked every few seconds would bury everything else."""
    caplog.set_level(logging.INFO, "jointsanction")
    served.client.get("/readyz")
    served.hosted.swapper.fault = "x"
    served.client.get("/readyz")
    assert [record.name for record in caplog.records].count("jointsanction.requests") == 1
    caplog.set_level(logging.WARNING, "jointsanction")
    served.client.get("/readyz")
    assert [record.name for record in caplog.records].count("jointsanction.requests") == 1


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    """Return what keeps the spans of a test."""
    kept, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    monkeypatch.setattr(tracing, "_TRACER", provider.get_tracer("jointsanction"))
    monkeypatch.setattr(tracing.trace, "get_tracer_provider", lambda: provider)
    yield kept
    provider.shutdown()


def test_spans_show_where_time_goes_and_nobody(served: web_side.Served, spans: InMemorySpanExporter) -> None:
    """A request, its evaluation and its filing, in the caller's trace; attributes are routes and codes."""
    parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    served.post("/checks", ASKED | {"officer": "李四"}, traceparent=parent)
    done = {span.name: span for span in spans.get_finished_spans()}
    assert {"POST /v1/checks", "evaluate", "file"} <= set(done)
    assert {format(span.context.trace_id, "032x") for span in done.values()} == {parent.split("-")[1]}
    assert dict(done["POST /v1/checks"].attributes or {}) == {
        "http.route": "/v1/checks",
        "http.response.status_code": 200,
    }
    told = "".join(span.to_json() for span in done.values())
    assert not [said for said in (ASKED["subject"], "李四", "资格审查") if said in told]


def test_what_fails_is_marked_with_a_code(served: web_side.Served, spans: InMemorySpanExporter) -> None:
    """The text of an exception is in no span."""
    served.post("/checks", ASKED | {"matter": "张三"})
    with pytest.raises(ZeroDivisionError), tracing.span("odd"):
        raise ZeroDivisionError
    served.hosted.desk.check({key: ASKED[key] for key in ("subject", "matter")}, web_side.SETUP, purpose="测试")
    done = {span.name: span for span in spans.get_finished_spans()}
    assert dict(done["odd"].attributes or {}) == {"error.type": "ZeroDivisionError"}
    assert done["odd"].status.status_code is trace.StatusCode.ERROR
    assert {"check", "evaluate", "file"} <= set(done)
    assert "张三" not in "".join(span.to_json() for span in done.values())


def test_without_opentelemetry_nothing_is_traced(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is no condition of anything."""
    monkeypatch.setattr(tracing, "_TRACER", None)
    with tracing.span("x") as current:
        assert current is None


def test_no_catalogue_is_loaded_for_nothing(served: web_side.Served) -> None:
    """The first look takes what the engine began with."""
    begun = served.hosted.engine.law
    assert not served.hosted.swapper.look()
    assert served.hosted.engine.law is begun
    assert served.hosted.swapper.base is begun.base == default_catalog()
