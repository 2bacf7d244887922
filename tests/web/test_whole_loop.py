"""名单 → 核查 → 奖惩 → 推送 → 反馈 → 统计, played through a service that really runs, on both databases."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest

import store_side
from jointsanction.engine import shanghai_now
from jointsanction.receipt import verify

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIRM = "91990000MA0000001B"
HEADER = "名单,主体类别,名称,统一社会信用代码,列入日期,文书文号,文书日期,认定单位\n"
LISTED = f"失信被执行人,企业,虚构甲建设有限公司,{FIRM},2025-03-01,（2025）虚01执1号,2025-02-25,虚构市中级人民法院\n"
OTHER = "失信被执行人,企业,虚构乙建设有限公司,91990000MA0000002E,2025-03-01,（2025）虚01执2号,2025-02-25,虚构法院\n"
CENTRE, BUYERS = "虚构市公共资源交易中心", "虚构市采购服务中心"
DEPARTMENT = f'id: city-buyers\ntitle: {BUYERS}\nregion: "990000"\nauthorities: [采购人]\n'
ACCOUNTS = (
    ("window", CENTRE, "window"),
    ("buyers", BUYERS, "window"),
    ("operator", CENTRE, "operator"),
    ("auditor", CENTRE, "auditor"),
)
CASE = "虚采〔2026〕1号"
FOLLOWED = ("items", "executed", "owed", "fed_back", "on_time")
MEASURE = "refuse-government-procurement"
PATIENCE = 60.0
COMMAND = (sys.executable, "-c", "import sys; from jointsanction.cli import main; sys.exit(main())")


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Return the address of an empty store, on each database in turn."""
    kind = {"kind": request.param}
    monkeypatch.setattr(store_side, "DATABASE", kind)
    yield store_side.url(tmp_path)
    for name in dict.fromkeys(kind.get("made", "").split()):
        import postgres_side  # noqa: PLC0415 - only where a server was asked

        postgres_side.drop(name)


class City:
    """A city that runs the service: its accounts, and who asks what of it."""

    def __init__(self, folder: Path, store: str) -> None:
        """Write the catalogue of the city, where its messages go, and how its service is set up."""
        self.folder, self.store = folder, store
        departments = folder / "city" / "departments"
        departments.mkdir(parents=True)
        (departments / "city-buyers.yaml").write_text(DEPARTMENT, encoding="utf-8")
        said = {
            "source": "https://credit.example/",
            "receivers": {"city-buyers": {"file": {"folder": "sent"}}},
        }
        (folder / "routes.yaml").write_text(json.dumps(said), encoding="utf-8")
        self.keys: dict[str, str] = {}

    def command(self, *words: str) -> str:
        """Run a command of the city's operator and return what it printed."""
        ran = subprocess.run(  # noqa: S603 - our own command
            [*COMMAND, *words], cwd=self.folder, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def account(self, name: str, unit: str, role: str) -> None:
        """Open an account and keep its key."""
        told = self.command(
            "account", "add", name, "--unit", unit, "--role", role, "--by", "运维甲", "--store", self.store
        )
        self.keys[name] = re.search(r"js_\S+", told).group()  # type: ignore[union-attr]

    @contextmanager
    def served(self) -> Iterator[None]:
        """Run the service."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        settings = {"store": self.store, "catalogues": ["city"], "port": port, "public_url": f"http://127.0.0.1:{port}"}
        (self.folder / "service.yaml").write_text(json.dumps(settings), encoding="utf-8")
        words = [*COMMAND, "serve", "--settings", "service.yaml"]
        log = (self.folder / "service.log").open("wb")
        running = subprocess.Popen(words, cwd=self.folder, stdout=log, stderr=log, env=os.environ)  # noqa: S603 - our own
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE)
        try:
            self._ready(running)
            yield
        finally:
            running.terminate()
            assert running.wait(PATIENCE) in {0, -15}, (self.folder / "service.log").read_text()
            self.client.close()
            log.close()

    def _ready(self, running: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                if self.client.get("/readyz").status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                pass
            assert running.poll() is None, (self.folder / "service.log").read_text()
            time.sleep(0.1)
        raise AssertionError((self.folder / "service.log").read_text())

    def post(self, path: str, body: object, by: str = "window", **headers: str) -> dict[str, Any]:
        """Send a body and return the answer."""
        return self._answer(self.client.post("/v1" + path, json=body, headers=self._headers(by) | headers))

    def get(self, path: str, by: str = "window", **query: Any) -> dict[str, Any]:
        """Ask for something and return the answer."""
        return self._answer(self.client.get("/v1" + path, params=query, headers=self._headers(by)))

    def upload(self, *rows: str) -> dict[str, Any]:
        """Send a list file, declared whole."""
        sent = self.client.post(
            "/v1/lists/import",
            params={"name": "名单.csv", "list": "BL.SXBZXR"},
            content=(HEADER + "".join(rows)).encode("gb18030"),
            headers=self._headers("operator") | {"Content-Type": "application/octet-stream"},
        )
        return self._answer(sent)

    def check(self, **more: Any) -> dict[str, Any]:
        """Ask about the firm in a procurement."""
        said = {"subject": FIRM, "matter": "procurement", "purpose": "供应商资格审查", "case": CASE}
        return self.post("/checks", {**said, "region": "990000", **more})

    def _headers(self, by: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.keys[by]}"}

    def _answer(self, response: httpx.Response) -> dict[str, Any]:
        assert response.status_code == httpx.codes.OK, response.text
        found: dict[str, Any] = response.json()
        return found


def test_the_loop_is_closed(tmp_path: Path, store: str) -> None:
    """A list comes in, a supplier is refused, a department is asked, acts and reports, and all of it can be shown."""
    city = City(tmp_path, store)
    (tmp_path / "first.csv").write_text(HEADER + OTHER, encoding="utf-8")
    city.command("import", "first.csv", "--list", "BL.SXBZXR", "--store", store)
    for name, unit, role in ACCOUNTS:
        city.account(name, unit, role)
    with city.served():
        first = _asked_and_answered(city)
        _carried_out_and_fed_back(city, first["number"])
        joint = _joint_action(city, first["number"])
        _shown(city, first)
        _released(city, first)
    _told(city, joint)


def _asked_and_answered(city: City) -> dict[str, Any]:
    """名单查询: before the list names the firm nothing is found about it, and after it is, procurement is refused."""
    before = city.check()
    assert [each["measure"] for each in before["findings"] if each["applies"]] == []
    assert city.upload(OTHER, LISTED)["imported"] is True
    first = city.check(explain=True)
    assert (first["verdict"], first["findings"][0]["measure"]) == ("prohibited", MEASURE)
    verify({key: value for key, value in first.items() if key != "number"})
    return first


def _carried_out_and_fed_back(city: City, number: str) -> None:
    """实施奖惩、案例反馈: what the law orders is carried out, and stays due until somebody says that it was."""
    items = [each["item"] for each in city.get(f"/checks/{number}/plan")["items"] if each["automatic"]]
    assert items
    done = city.post(f"/checks/{number}/execution", {})
    assert items[0] in [each["item"] for each in done["executions"]]
    assert number in str(city.get("/feedback/pending"))
    today = shanghai_now().date().isoformat()
    said = {
        "check": number, "item": items[0], "basis_instrument": "government-procurement-law", "basis_article": "22",
        "handling": "applied", "result": "未确定其为成交供应商", "done_on": today, "department": CENTRE,
        "officer": "窗口一",
    }  # fmt: skip
    fed = city.post("/feedback", said, **{"Idempotency-Key": "feedback-1"})
    assert city.post("/feedback", said, **{"Idempotency-Key": "feedback-1"})["number"] == fed["number"]
    assert number not in str(city.get("/feedback/pending"))


def _joint_action(city: City, number: str) -> str:
    """发起响应: the department that the measure names is asked, learns whom of, answers, acts and reports."""
    due = (shanghai_now() + timedelta(days=20)).date().isoformat()
    said = {
        "title": "失信被执行人参加政府采购", "initiators": [CENTRE], "subject": FIRM, "fact": "列入失信被执行人名单",
        "instrument_no": "（2025）虚01执1号", "list": "BL.SXBZXR", "measures": [MEASURE], "region": "990000",
        "due_on": due, "check": number,
    }  # fmt: skip
    made = city.post("/initiations", said, **{"Idempotency-Key": "joint-1"})
    assert [task["department"] for task in made["tasks"]] == ["city-buyers"]
    task = city.get(f"/initiations/{made['number']}", by="buyers")
    assert (task["subject"], [each["own"] for each in task["tasks"]]) == ("91**************1B", [True])
    why = {"reason": "核对供应商", "officer": "采购窗口"}
    assert city.post(f"/initiations/{made['number']}/reveal", why, by="buyers")["subject"] == FIRM
    for state in ("responded", "executing", "fed-back"):
        step = {"state": state, "department": "city-buyers", "reason": "已告知采购人"}
        city.post(f"/initiations/{made['number']}/steps", step, by="buyers")
    closed = city.post(f"/initiations/{made['number']}/steps", {"state": "closed"})
    assert closed["state"] == "closed"
    return str(made["number"])


def _shown(city: City, first: dict[str, Any]) -> None:
    """逢办必查、留痕: the report can be verified by anybody, and whoever audits finds who asked, not about whom."""
    number = first["number"]
    verified = city.client.get("/verify", params={"number": number, "code": "AAAA-AAAA-AAAA"})
    assert ("没有查到这样的报告" in verified.text, FIRM in verified.text) == (True, False)
    records = city.post("/audit/search", {"case_no": CASE}, by="auditor")["records"]
    assert {"check", "decision", "feedback"} <= {each["entry"]["action"] for each in records}
    assert FIRM not in json.dumps(records)
    found = city.post("/audit/search", {"subject": FIRM, "action": "check"}, by="auditor")["records"]
    assert len(found) == 2


def _released(city: City, first: dict[str, Any]) -> None:
    """修复、移出: once the list names the firm no longer, a doubt frees nobody, and the receipt of then still holds."""
    assert city.upload(OTHER)["imported"] is True
    after = city.check()
    assert after["versions"]["registry"] != first["versions"]["registry"]
    document = {key: value for key, value in first.items() if key != "number"}
    again = city.post("/receipts/recheck", {"document": document})
    assert again["reproduced"] is True


def _told(city: City, joint: str) -> None:
    """推送、统计、审计: each message goes out once, the figures add up, and the chain holds."""
    city.command("outbox", "send", "--routes", "routes.yaml", "--store", city.store)
    city.command("outbox", "send", "--routes", "routes.yaml", "--store", city.store)
    sent = [json.loads(file.read_bytes()) for file in (city.folder / "sent").glob("*.json")]
    assert len({each["id"] for each in sent}) == len(sent) > 0
    assert joint in json.dumps(sent)
    assert FIRM not in json.dumps(sent)
    (row,) = json.loads(city.command("loop", "statistics", "--by", "measure", "--json", "--store", city.store))["rows"]
    assert row == {"measure": MEASURE, "queried": 3, "hit": 1} | dict.fromkeys(FOLLOWED, 1)
    assert city.command("audit", "verify", "--store", city.store).startswith("审计链相符：")
