"""Rolls of bidders sent as files: read in another process to the same bidders, and never at the service's cost."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest

from cli_side import DEFAULTER, NOBODY
from jointsanction.errors import RegistryError
from jointsanction.model.serving import UploadLimits
from jointsanction.registry.readers.bidders import bidders_in, bidders_pasted
from jointsanction.web import confinement
from jointsanction.web.rolls import Rolls
from sheet_files import with_sheet, xlsx

ROLL = f"证件号码,名称,角色,联合体\n{DEFAULTER},北境,供应商,一组\n{NOBODY},北辰,,一组\n,无号公司,,\n"
SHEET = [row.split(",") for row in ROLL.splitlines()]


@pytest.mark.parametrize(
    ("name", "raw"),
    [("名册.csv", ROLL.encode("gbk")), ("../名册.csv", ROLL.encode("utf-8-sig")), ("名册.xlsx", xlsx(SHEET))],
    ids=["gbk", "utf-8", "xlsx"],
)
def test_a_roll_comes_back_as_it_is_read_here(name: str, raw: bytes) -> None:
    """Number, kind, name, role and group of each bidder, in order, whatever the encoding and the format."""
    read = asyncio.run(Rolls(UploadLimits()).bidders(name, raw))
    assert read == bidders_in(Path(name), raw) == bidders_pasted(ROLL)
    assert [(each.name, each.group) for each in read] == [("北境", "一组"), ("北辰", "一组"), ("无号公司", None)]


def test_what_is_wrong_with_a_roll_is_told_row_by_row() -> None:
    """The error is the one of the command line; nobody is answered for."""
    with pytest.raises(RegistryError) as wrong:
        asyncio.run(Rolls(UploadLimits()).bidders("a.csv", "id,name\n12,甲\nabc,乙\n".encode()))
    assert wrong.value.code == "registry.bidders"
    assert [line[:6] for line in wrong.value.message.splitlines()] == ["第 2 行：", "第 3 行："]


def test_a_zip_bomb_takes_no_memory_of_the_service() -> None:
    """A workbook that unpacks to a thousand times its size is refused by what it says or by what memory it takes."""
    with pytest.raises(RegistryError) as wrong:
        asyncio.run(Rolls(UploadLimits()).bidders("a.xlsx", with_sheet("", after=" " * (300 * 2**20))))
    assert wrong.value.code in {"registry.too_large", "registry.upload_memory"}


def test_a_reader_that_dies_leaves_nobody_answered_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says so, and the next roll is read as if nothing had been."""
    (tmp_path / "dying.py").write_text("raise SystemExit(3)", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    rolls = Rolls(UploadLimits())
    with monkeypatch.context() as patched:
        patched.setattr(confinement, "MODULE", "dying")
        with pytest.raises(RegistryError) as wrong:
            asyncio.run(rolls.bidders("a.csv", ROLL.encode()))
    assert wrong.value.code == "registry.upload_failed"
    assert "未对任何一家作答" in wrong.value.message
    assert len(asyncio.run(rolls.bidders("a.csv", ROLL.encode()))) == 3
    rolls.close()


def test_rolls_wait_for_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody stands at a window: the second is not sent away, unless it takes too long."""

    async def both() -> list[Any]:
        rolls = Rolls(UploadLimits())
        asked = (rolls.bidders(name, ROLL.encode()) for name in ("a.csv", "b.csv"))
        return await asyncio.gather(*asked, return_exceptions=True)

    assert asyncio.run(both()) == [bidders_pasted(ROLL)] * 2
    monkeypatch.setattr("jointsanction.web.rolls._PATIENCE", 0.01)
    read, late = asyncio.run(both())
    assert (read, late.code) == (bidders_pasted(ROLL), "registry.busy")


def test_a_system_without_limits_takes_what_is_pasted(monkeypatch: pytest.MonkeyPatch) -> None:
    """No file is read where no process can be limited; the hint says what is."""
    monkeypatch.setattr(confinement, "can_confine", lambda: False)
    with pytest.raises(RegistryError) as wrong:
        asyncio.run(Rolls(UploadLimits()).bidders("a.csv", ROLL.encode()))
    assert (wrong.value.code, "粘贴" in wrong.value.hint) == ("registry.upload_unlimited", True)


@pytest.mark.parametrize("text", ["PK\x03\x04,名称\n", "<!DOCTYPE x><a/>", "[1]", ""])
def test_what_is_pasted_is_cells_and_nothing_else(text: str) -> None:
    """Whatever it looks like, no reader of workbooks, pages or XML ever sees it."""
    with pytest.raises(RegistryError) as wrong:
        bidders_pasted(text)
    assert wrong.value.code in {"registry.header", "registry.empty"}
