"""What was approved with four eyes is in force in every process that answers, or the process does not answer."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Any

import pytest
from fastapi import FastAPI

import approved_side as law
import web_side
from jointsanction.engine import Engine, open_catalog
from jointsanction.errors import LoopError, RegistryError
from jointsanction.model.serving import ServiceSettings
from jointsanction.store.docket.docket import Docket
from jointsanction.web import create_router, serving, swapping
from jointsanction.web.app import create_app
from jointsanction.web.hosted import Hosted
from jointsanction.web.swapping import Swapper

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.requests import Request

    from jointsanction.model.caller import Caller

UNREADABLE = "loop.approved_unreadable"
ASKED = {**law.ASKED, "purpose": "资格审查"}
pytestmark = pytest.mark.usefixtures("_database")


@pytest.fixture(autouse=True)
def _closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Close each process of the service that a test opened: it holds on to its database."""
    opened, plain = list[Hosted](), Hosted.open

    def kept(*said: Any, **more: Any) -> Hosted:
        opened.append(plain(*said, **more))
        return opened[-1]

    monkeypatch.setattr(Hosted, "open", kept)
    yield
    for hosted in opened:
        hosted.close()


def service(url: str, *catalogues: Path) -> web_side.Served:
    """Start a process of the service, as far as opening goes."""
    settings = ServiceSettings(store=url, catalogues=tuple(map(str, catalogues)))
    hosted = Hosted.open(settings, clock=lambda: web_side.NOW)
    return web_side.Served(hosted, web_side.Client(create_app(hosted)))


def begin(app: FastAPI) -> None:
    """Start an application and stop it."""

    async def lived() -> None:
        async with app.router.lifespan_context(app):
            pass

    asyncio.run(lived())


def test_a_process_that_cannot_load_what_was_approved_does_not_start(tmp_path: Path) -> None:
    """The running one answers on with all that was approved; a new one says what is wrong before it serves anybody."""
    url, ours, number = law.enacted(tmp_path / "s")
    running = service(url, ours)
    running.hosted.swapper.begin()
    assert running.post("/checks", ASKED).json()["verdict"] == "prohibited"
    law.lose_the_list(ours)
    running.hosted.swapper.look()
    assert running.client.get("/readyz").json()["faults"] == {"swapping": UNREADABLE}
    assert running.post("/checks", ASKED).json()["verdict"] == "prohibited"
    settings = ServiceSettings(store=url, catalogues=(str(ours),))
    for start in (Hosted.open, serving.prepare):
        with pytest.raises(LoopError) as refused:
            start(settings)
        assert refused.value.code == UNREADABLE
        assert number in refused.value.message
        assert law.OTHER in refused.value.message
        assert "catalogues" in refused.value.hint


def test_an_application_on_an_engine_without_them_does_not_start(tmp_path: Path) -> None:
    """However the process was put together, its start fails."""
    url, ours, _ = law.enacted(tmp_path / "s")
    law.lose_the_list(ours)
    app = create_app(Hosted(law.desk_of(url, open_catalog([ours])), ServiceSettings(store=url)))
    with pytest.raises(LoopError) as refused:
        begin(app)
    assert refused.value.code == UNREADABLE


def test_where_nobody_starts_it_every_door_is_closed(tmp_path: Path) -> None:
    """A host that mounts the application runs no start: checks, tenders, batches, rechecks and the old form get 503."""
    url, ours, _ = law.enacted(tmp_path / "s")
    asked = service(url, ours)
    answer = dict(asked.hosted.desk.filed(asked.post("/checks", ASKED).json()["number"]).document)
    law.lose_the_list(ours)
    hosted = Hosted(law.desk_of(url, open_catalog([ours])), ServiceSettings(store=url, adapters=("legacy",)))
    closed = web_side.Served(hosted, web_side.Client(create_app(hosted)), asked.keys)
    many = {key: ASKED[key] for key in ("matter", "purpose")} | {"subjects": [{"id": law.FIRM}]}
    sent: dict[str, dict[str, Any]] = {
        "/checks": ASKED,
        "/tenders": many,
        "/batches": many,
        "/receipts/recheck": {"document": answer},
    }
    for path, body in sent.items():
        told = closed.post(path, body)
        assert (told.status_code, told.json()["code"]) == (503, UNREADABLE), path
        assert told.headers["Retry-After"]
    assert closed.client.get("/readyz").status_code == 503
    closed.account("one", matters=("GPC.SUPPLIER",))
    form = {"acctount": "one", "pwd": closed.keys["one"], "tyshxydm": law.FIRM, "visitreason": "资格审查"}
    old = closed.client.post("/legacy/check", data=form)
    assert (old.status_code, old.json()["error"]) == (503, UNREADABLE)


def test_a_process_follows_what_is_approved_though_nobody_watches(tmp_path: Path) -> None:
    """An application mounted in another looks for itself, at the latest when it is asked after a while."""
    url, ours = law.lists_in(tmp_path), law.own_law(tmp_path)
    mounted = service(url, ours)
    assert mounted.post("/checks", ASKED).json()["verdict"] != "prohibited"
    law.enact(mounted.hosted.docket, {law.BAN: law.measure("our-ban", "BL.DRUG")})
    mounted.hosted.swapper._looked = 0.0
    assert mounted.post("/checks", ASKED).json()["verdict"] == "prohibited"


def test_approved_while_the_files_are_broken_nothing_is_answered(tmp_path: Path) -> None:
    """Another process approved it; here it can't be loaded, so that nobody may be told he is clear."""
    url, ours = law.lists_in(tmp_path), law.own_law(tmp_path)
    running = service(url, ours)
    running.hosted.swapper.begin()
    lost = law.lose_the_list(ours)
    law.enact(running.hosted.docket, {law.OTHER: law.measure("our-other", "BL.OURS")})
    running.hosted.swapper.look()
    told = running.post("/checks", ASKED)
    assert (told.status_code, told.json()["code"]) == (503, UNREADABLE)
    lost.write_text("nonsense: 1\n", encoding="utf-8")
    running.hosted.swapper.look()
    told = running.post("/checks", ASKED)
    assert (told.status_code, str(ours) in told.text) == (503, False)
    (ours / "lost").rename(lost)
    running.hosted.swapper.look()
    assert running.post("/checks", ASKED).status_code == 200
    assert running.client.get("/readyz").status_code == 200


def test_a_catalogue_is_not_lost_when_the_lists_cannot_be_had(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two things to put in place, one that fails does not keep the other away, now or for ever."""
    url, ours = law.lists_in(tmp_path), law.own_law(tmp_path)
    running = service(url, ours)
    running.hosted.swapper.begin()
    law.enact(running.hosted.docket, {law.BAN: law.measure("our-ban", "BL.DRUG")})

    def away(_: object) -> None:
        code, message = "registry.unreachable", "x"
        raise RegistryError(code, message)

    monkeypatch.setattr(Swapper, "_new_registry", away)
    assert not running.hosted.swapper.look()
    assert running.hosted.swapper.fault == "registry.unreachable"
    assert running.post("/checks", ASKED).json()["verdict"] == "prohibited"


async def _who(request: Request) -> Caller:  # noqa: ARG001 - the host knows everybody
    return web_side.SETUP.__class__(account="host", unit="测试", roles=frozenset({web_side.AccountRole.WINDOW}))


def host(engine: Engine, url: str) -> web_side.Client:
    """Mount the router in an application of a host's."""
    app = FastAPI()
    app.include_router(create_router(engine, store=url, authenticate=_who))
    return web_side.Client(app)


def test_a_host_keeps_its_own_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is approved is laid over the engine's catalogue, whoever made that, and over one the host puts in later."""
    monkeypatch.setattr(swapping, "_LATE", 0)
    url, ours = law.lists_in(tmp_path), law.own_law(tmp_path)
    engine = Engine(open_catalog([ours]), law.store_side.opened(tmp_path).registry())
    client = host(engine, url)
    law.enact(Docket.open(url), {law.BAN: law.measure("our-ban", "BL.DRUG")})
    again = host(Engine(open_catalog([ours]), engine.registry), url)
    assert again.post("/checks", json=ASKED).json()["verdict"] == "prohibited"
    assert client.post("/checks", json=ASKED).json()["verdict"] == "prohibited"
    assert "BL.OURS" in engine.tables.catalog.lists
    engine.swap(catalog=open_catalog([ours]))
    assert client.post("/checks", json=ASKED).json()["verdict"] == "prohibited"
    assert "BL.OURS" in engine.tables.catalog.lists


def test_a_host_whose_catalogue_does_not_fit_gets_no_router(tmp_path: Path) -> None:
    """Its catalogue lacks the list that an approved measure is about."""
    url, _, _ = law.enacted(tmp_path / "s")
    with pytest.raises(LoopError) as refused:
        host(Engine(open_catalog()), url)
    assert refused.value.code == UNREADABLE


def test_an_engine_that_has_them_is_not_loaded_again(tmp_path: Path) -> None:
    """`Engine.open` laid them over already; the base beneath is the one they are laid over when it changes."""
    url, ours, _ = law.enacted(tmp_path / "s")
    running = service(url, ours)
    in_place = running.hosted.engine.law
    running.hosted.swapper.begin()
    assert running.hosted.engine.law is in_place
    assert running.hosted.swapper.base is in_place.base
    assert "our-ban" not in in_place.base.measures
    file = ours / "measures/lists/BL.OURS.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("测试名单", "测试名单二"), encoding="utf-8")
    os.utime(file, (1, 1))
    assert running.hosted.swapper.look()
    assert running.hosted.engine.law.base.lists["BL.OURS"].title == "测试名单二"
    assert running.hosted.engine.law.approved == in_place.approved
    assert running.post("/checks", ASKED).json()["verdict"] == "prohibited"
