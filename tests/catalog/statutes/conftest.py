"""A made-up collection of statutes beside the small catalogue (虚构法律文本)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jointsanction.catalog.statutes.texts import Library

if TYPE_CHECKING:
    from pathlib import Path

TRADE_LAW = """\
# 虚构贸易法

<!-- INFO END -->

## 第一章　总　则

第一条　为了规范贸易活动，制定本法。

第二十二条　参加大宗贸易的，应当具备下列条件：
（一）具有独立承担民事责任的能力；
（二）具有良好的贸易信誉。
列入严重失信主体名单的，不得参加大宗贸易；其法定代表人三年内不得担任其他贸易企业的法定代表人。

第三十条　主管机关可以将其列为重点检查对象。
第三十一条　主管机关可以限制其参加大宗贸易。
第三十二条　依照法律、行政法规的规定限制其任职。
第三十三条　守信的，同等条件下优先办理；除法律要求的材料外，可以后补。
第三十四条　应当增加检查。

第一百二十条之一　本条是后来加的。

附件
第一条　附件里的第一条不是本法的第一条。
"""


@pytest.fixture
def statutes(tmp_path: Path) -> Path:
    """Return a folder with one edition of a made-up law and fifty unrelated articles."""
    folder = tmp_path / "statutes"
    (folder / "经济法").mkdir(parents=True)
    (folder / "经济法" / "中华人民共和国虚构贸易法(2000-01-01).md").write_text(TRADE_LAW, encoding="utf-8")
    other = "".join(f"第{number}条　有关机关应当依法履行职责，不得{number}。\n" for number in ("一", "二", "三"))
    (folder / "虚构杂法.md").write_text(other, encoding="utf-8")
    (folder / "_index.md").write_text("第一条　这是索引，不是法律。\n", encoding="utf-8")
    (folder / "README.md").write_text("第一条　这也不是。\n", encoding="utf-8")
    return folder


@pytest.fixture
def library(statutes: Path) -> Library:
    """Return the collection."""
    return Library(statutes)
