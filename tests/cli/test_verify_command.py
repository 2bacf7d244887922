"""`catalog verify`: citations held against a folder of statutes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from cli_side import Run

INSTRUMENT = "id: city-law\ntitle: 示例市信用条例\nlevel: local-regulation\nregion: '990000'\nvalid_from: 2024-01-01\n"
MEASURE = """\
id: bar-city-tender
title: 失信被执行人不得参加示例市的招标
item: market-access
class: adverse
degree: prohibit
binding: must
trigger: listing
targets: {lists: [BL.SXBZXR]}
bears: [self]
matters: [BID]
region: "990000"
basis:
  - {instrument: city-law, article: "2", carries: sets, text: verified, anchor: 不得参加招标}
implementing_authority: [招标人]
duty: 不予接受投标。
"""


@pytest.fixture
def city(folder: Path) -> Path:
    """Return a city's own catalogue beside the text of its regulation."""
    local = folder / "city" / "measures" / "local" / "990000" / "restriction"
    local.mkdir(parents=True)
    (local / "bar-city-tender.yaml").write_text(MEASURE, encoding="utf-8")
    (folder / "city" / "measures" / "instruments").mkdir()
    (folder / "city" / "measures" / "instruments" / "city-law.yaml").write_text(INSTRUMENT, encoding="utf-8")
    (folder / "texts").mkdir()
    text = "第一条　为了示例。\n第二条　失信被执行人不得参加招标。\n"
    (folder / "texts" / "示例市信用条例(2023-12-01).md").write_text(text, encoding="utf-8")
    return folder / "city"


def verify(run: Run, *more: str) -> tuple[int, str]:
    """Return the exit code and the output of verifying the city's catalogue."""
    ran = run("catalog", "verify", "--statutes", "texts", "--catalogue", "city", *more)
    return ran.code, ran.out


@pytest.mark.usefixtures("city")
def test_citations_that_stand_are_counted_and_pinned(run: Run, city: Path) -> None:
    """First without a fingerprint, then with one."""
    code, out = verify(run)
    assert code == 0
    assert out.endswith("条文核对通过 1，引用整件文件 0，文本库没有、写明在别处读到 0，未核对原文 0，不符 0。\n")
    assert "1 处引用的条文还没有指纹；加 --write 写入。" in out
    code, out = verify(run, "--write")
    assert (code, out.startswith("已写入指纹：")) == (0, True)
    text = (city / "measures" / "instruments" / "city-law.yaml").read_text(encoding="utf-8")
    assert text.startswith(INSTRUMENT)
    assert 'checked:\n  edition: 2023-12-01\n  articles:\n    "2": ' in text
    assert verify(run)[1].startswith("引用 1 处：")


def test_a_citation_that_fails_is_told_with_its_place(run: Run, city: Path, folder: Path) -> None:
    """file:line:column, level, code, in words; exit code 3."""
    text = folder / "texts" / "示例市信用条例(2023-12-01).md"
    text.write_text(text.read_text(encoding="utf-8").replace("不得参加招标", "可以参加招标"), encoding="utf-8")
    code, out = verify(run)
    assert code == 3
    assert f"{city.name}/measures/local/990000/restriction/bar-city-tender.yaml:13:" in out
    assert "error anchor-absent bar-city-tender：所引条文中没有 anchor 的文字。" in out
    assert "《示例市信用条例》“不得参加招标”全文也没有。" in out
    document = json.loads(verify(run, "--json")[1])
    assert (document["counts"]["failed"], document["remarks"]["anchor-absent"]) == (1, 1)
    assert {(problem["code"], problem["level"]) for problem in document["problems"]} == {
        ("not-pinned", "info"),
        ("anchor-absent", "error"),
        ("may-not-must", "warning"),
        ("not-prohibited", "warning"),
    }


def test_a_folder_without_texts_is_refused(run: Run, folder: Path) -> None:
    """Nothing to compare with is an error."""
    (folder / "none").mkdir()
    ran = run("catalog", "verify", "--statutes", "none")
    assert (ran.code, "catalog.no_statutes" in ran.err) == (3, True)
