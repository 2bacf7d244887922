"""List files sent to the service: limits hold, nothing is half applied, and the server lives on."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import time
from typing import TYPE_CHECKING, Any

import pytest

from cli_side import DEFAULTER, NOBODY
from jointsanction.catalog.bundle import default_catalog
from jointsanction.errors import RegistryError
from jointsanction.home import snapshot_folder
from jointsanction.loop.arriving import intake
from jointsanction.loop.arriving.intake import parts_of
from jointsanction.model.serving import ServiceSettings, UploadLimits
from jointsanction.store import Store
from jointsanction.telling.import_page import commit_part
from jointsanction.telling.page import Grid, Headline
from jointsanction.web import confinement
from jointsanction.web.uploads import Upload, Uploads
from sheet_files import with_sheet

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

HEADER = "list,name,uscc,listed_on,instrument_no"
ROW = f"BL.SXBZXR,甲公司,{DEFAULTER},2026-01-10,（2026）示执1号"
BAD = f"BL.TAX,丁公司,{NOBODY},2026-02-30,示税〔2026〕2号"


def url(folder: Path) -> str:
    """Return the URL of the store of a test."""
    return f"sqlite:///{folder / 'credit.db'}"


def send(folder: Path, content: bytes, upload: Upload, *, snapshot: bool = False, **limits: int) -> dict[str, Any]:
    """Send a file in pieces and return what came of it."""

    async def parts() -> AsyncIterator[bytes]:
        for at in range(0, len(content), 65_536):
            yield content[at : at + 65_536]

    settings = ServiceSettings(uploads=UploadLimits(**limits), snapshot=snapshot)
    return asyncio.run(Uploads(settings, url(folder), default_catalog).take(parts(), upload))


def csv(*rows: str) -> bytes:
    """Return a list file."""
    return "\n".join([HEADER, *rows, ""]).encode()


def test_a_file_is_taken_in_by_another_process(tmp_path: Path) -> None:
    """The report is the one of the command line, and the batch has the sender's name of the file."""
    done = send(tmp_path, csv(ROW), Upload(name="../名单.csv"))
    assert (done["imported"], done["error"], done["outcome"]["added"]) == (True, None, 1)
    assert (done["report"]["rows"], done["report"]["rejected"], done["rejects"]) == (1, 0, None)
    [batch] = Store.open(url(tmp_path), create=False).batches()
    assert (batch.file_name, batch.id) == ("名单.csv", done["outcome"]["batch"])
    page = list(parts_of(done["page"]))
    assert isinstance(page[0], Headline)
    assert page[-1] == commit_part("整批写入一个事务，已提交。")
    assert str(tmp_path) not in json.dumps(done)


def test_refused_rows_go_back_in_the_format_they_came_in(tmp_path: Path) -> None:
    """One bad row refuses the file: the answer says so, and holds the row with what is wrong with it."""
    done = send(tmp_path, csv(ROW, BAD), Upload(name="名单.csv"))
    assert (done["imported"], done["error"]["code"], done["outcome"]) == (False, "registry.rejected_rows", None)
    assert (done["rejects"]["name"], done["rejects"]["rows"]) == ("名单.问题行.csv", 1)
    back = base64.b64decode(done["rejects"]["content"]).decode("utf-8-sig")
    assert "丁公司" in back
    assert "甲公司" not in back
    assert not (tmp_path / "credit.db").exists()
    assert send(tmp_path, csv(ROW, BAD), Upload(name="名单.csv", partial=True))["outcome"]["added"] == 1


def test_a_trial_run_writes_nothing_and_tells_what_would_change(tmp_path: Path) -> None:
    """A dry run makes no store; its outcome is what the import would come to."""
    done = send(tmp_path, csv(ROW), Upload(name="a.csv", dry_run=True))
    assert (done["imported"], done["error"], done["outcome"]["added"]) == (False, None, 1)
    assert not (tmp_path / "credit.db").exists()


def test_a_mapping_comes_along_or_is_one_that_ships(tmp_path: Path) -> None:
    """The text of a mapping travels with the file; a path is no name of one."""
    text = "covers: [BL.SXBZXR]\n"
    assert send(tmp_path, csv(ROW), Upload(name="a.csv", mapping_text=text))["report"]["covers"] == ["BL.SXBZXR"]
    with pytest.raises(RegistryError) as wrong:
        send(tmp_path, csv(ROW), Upload(name="a.csv", mapping="/etc/passwd"))
    assert wrong.value.code == "registry.unknown_mapping"
    shipped = send(tmp_path, csv(ROW), Upload(name="a.csv", mapping="court-shixin-json", dry_run=True))
    assert shipped["report"]["rows"] == 1


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    """It ends at the byte over the limit, before anything looks at it."""
    with pytest.raises(RegistryError) as wrong:
        send(tmp_path, csv(ROW), Upload(name="a.csv"), bytes=20)
    assert wrong.value.code == "registry.upload_too_large"


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"PK\x03\x04broken", b"{" * 100_000, b"<a>" * 50_000])
def test_what_is_no_list_file_is_an_error_with_a_code(tmp_path: Path, content: bytes) -> None:
    """Whatever is sent, the answer is an error of ours and no store is made."""
    with pytest.raises(RegistryError) as wrong:
        send(tmp_path, content, Upload(name="a.csv"))
    assert wrong.value.code.startswith("registry.")
    assert not (tmp_path / "credit.db").exists()


def bomb() -> bytes:
    """Return a workbook of some hundred kilobytes whose sheet is three hundred megabytes of spaces."""
    return with_sheet("", after=" " * (300 * 2**20))


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    """A workbook that unpacks to a thousand times its size is refused by what it says or by what memory it takes."""
    with pytest.raises(RegistryError) as wrong:
        send(tmp_path, bomb(), Upload(name="a.xlsx"), memory=512 * 2**20)
    assert wrong.value.code in {"registry.too_large", "registry.upload_memory"}


def test_a_huge_file_ends_at_the_memory_allowed(tmp_path: Path) -> None:
    """What takes more memory than allowed ends in an error and in nothing else."""
    many = csv(*(ROW.replace("甲", f"甲{at}") for at in range(300_000)))
    with pytest.raises(RegistryError) as wrong:
        send(tmp_path, many, Upload(name="a.csv"), memory=256 * 2**20)
    assert wrong.value.code == "registry.upload_memory"
    assert not (tmp_path / "credit.db").exists()


def test_a_reader_that_never_ends_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the clock where it waits, by the processor's where it computes."""
    reader = tmp_path / "endless.py"
    for body, limits in (("import time\ntime.sleep(60)", {"seconds": 1}), ("while True: pass", {"cpu_seconds": 1})):
        reader.write_text(
            "import sys, json\nfrom jointsanction.loop.arriving.limits import confine\n"
            "order = json.load(sys.stdin)\nconfine(order['memory'], order['cpu_seconds'])\n" + body,
            encoding="utf-8",
        )
        monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
        monkeypatch.setattr(confinement, "MODULE", "endless")
        with pytest.raises(RegistryError) as wrong:
            send(tmp_path, csv(ROW), Upload(name="a.csv"), **limits)
        assert wrong.value.code == "registry.upload_time"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("import os\nos.abort()", "registry.upload_memory"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)", "registry.upload_failed"),
        ("raise SystemExit(3)", "registry.upload_failed"),
        ("pass", "registry.upload_failed"),
    ],
)
def test_a_reader_that_dies_takes_nobody_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, code: str
) -> None:
    """However it ends, there is an error of ours; the next file is read as if nothing had been."""
    (tmp_path / "dying.py").write_text(body, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    with monkeypatch.context() as patched:
        patched.setattr(confinement, "MODULE", "dying")
        with pytest.raises(RegistryError) as wrong:
            send(tmp_path, csv(ROW), Upload(name="a.csv"))
    assert wrong.value.code == code
    assert send(tmp_path, csv(ROW), Upload(name="a.csv"))["imported"]


def test_what_fails_after_the_list_is_in_the_store_is_told_beside_it(tmp_path: Path) -> None:
    """The list is in force: `imported` says so, and the snapshot that could not be written is told with its code."""
    snapshot_folder(url(tmp_path)).write_text("no folder", encoding="utf-8")
    done = send(tmp_path, csv(ROW), Upload(name="a.csv"), snapshot=True)
    assert (done["imported"], done["error"], done["watching"]) == (True, None, None)
    assert done["snapshot"]["code"] == "registry.snapshot_unwritable"
    assert [part["title"] for part in done["page"] if part["part"] == "Block"][-1] == "已经导入，其后没有做完"
    assert Store.open(url(tmp_path), create=False).batches()[0].id == done["outcome"]["batch"]


@pytest.mark.parametrize("end", ["os.abort()", "os.kill(os.getpid(), 9)", "int('x')", "bytearray(1 << 40)"])
def test_a_reader_that_dies_after_the_list_is_in_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    """Nobody is told that nothing was imported where it was."""
    (tmp_path / "dying.py").write_text(
        "import os\nfrom jointsanction.loop.arriving import arrival, confined\n"
        f"arrival.tell = lambda *_: {end}\nconfined.main()\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    monkeypatch.setattr(confinement, "MODULE", "dying")
    done = send(tmp_path, csv(ROW), Upload(name="a.csv"))
    assert (done["imported"], done["watching"]["code"]) == (True, "registry.after_import")
    assert len(Store.open(url(tmp_path), create=False).batches()) == 1


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("第一份增量文件写 --sequence 1。", "第一份增量文件写 sequence=1。"),
        ("请用 --list 指明名单，或在映射文件中写明。", "请用参数 list 指明名单，或在映射文件中写明。"),
        ("请补上表头行，或用映射文件（--mapping）指明各列。", "请补上表头行，或用映射文件（参数 mapping）指明各列。"),
        ("需要时请用 --sheet 第二页 单独导入", "需要时请用 sheet=第二页 单独导入"),
        ("并以 --sequence 写明它截至第几期。", "并以参数 sequence 写明它截至第几期。"),
        (
            "加 --accept-shrink 重新导入；加 --accept-mismatch。",
            "加 accept_shrink=true 重新导入；加 accept_mismatch=true。",
        ),
    ],
)
def test_hints_are_told_in_the_words_of_the_service(said: str, told: str) -> None:
    """Options of the command line become parameters of the request."""
    assert intake.in_parameters(said) == told


def test_no_secret_of_the_service_is_handed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process has the surroundings of an interpreter, and neither keys nor settings of the service."""
    (tmp_path / "telling.py").write_text(
        "import json, os, sys\norder = json.load(sys.stdin)\n"
        "told = {'report': sorted(os.environ), 'open': len(os.listdir('/proc/self/fd'))}\n"
        "json.dump(told, open(order['result'], 'w'))",
        encoding="utf-8",
    )
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    monkeypatch.setenv("JOINTSANCTION_AUDIT_KEY", "secret")
    monkeypatch.setattr(confinement, "MODULE", "telling")
    with (tmp_path / "held").open("w") as held:
        os.set_inheritable(held.fileno(), True)  # noqa: FBT003 - takes no name
        told = send(tmp_path, csv(ROW), Upload(name="a.csv"))
    assert not [name for name in told["report"] if name.startswith("JOINTSANCTION")]
    assert told["open"] <= 5


def test_one_file_at_a_time(tmp_path: Path) -> None:
    """A second file is told to wait: memory is allowed for one."""
    door = Uploads(ServiceSettings(), url(tmp_path), default_catalog)

    async def parts() -> AsyncIterator[bytes]:
        yield csv(ROW)

    async def both() -> list[Any]:
        taken = (door.take(parts(), Upload(name="a.csv")) for _ in range(2))
        return await asyncio.gather(*taken, return_exceptions=True)

    first, second = sorted(asyncio.run(both()), key=lambda one: isinstance(one, Exception))
    assert first["imported"]
    assert second.code == "registry.busy"


def begun(door: Uploads) -> None:
    """Wait until a file is being read."""
    while door._confinement._running is None:
        time.sleep(0.01)


def test_stopping_ends_what_is_being_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service that stops does not wait for a file."""
    (tmp_path / "waiting.py").write_text("import time\ntime.sleep(60)", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    monkeypatch.setattr(confinement, "MODULE", "waiting")
    door = Uploads(ServiceSettings(), url(tmp_path), default_catalog)

    async def parts() -> AsyncIterator[bytes]:
        yield csv(ROW)

    async def stopped() -> None:
        task = asyncio.create_task(door.take(parts(), Upload(name="a.csv")))
        await asyncio.to_thread(begun, door)
        door.close()
        await task

    with pytest.raises(RegistryError):
        asyncio.run(stopped())
    door.close()


def test_a_system_without_limits_takes_no_uploads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a process can't be limited, files are imported at the server."""
    monkeypatch.setattr(confinement, "can_confine", lambda: False)
    with pytest.raises(RegistryError) as wrong:
        send(tmp_path, csv(ROW), Upload(name="a.csv"))
    assert wrong.value.code == "registry.upload_unlimited"


def test_pages_come_back_as_they_were() -> None:
    """Every kind of part is told as JSON and read back."""
    page = [Headline("甲"), commit_part("乙"), Grid("丙", ("一",), (("二",),))]
    assert list(parts_of(json.loads(json.dumps(intake._page(page))))) == page
