"""The numbers of a catalogue add up, and count what is there."""

from __future__ import annotations

from collections import defaultdict

import worlds as w
from jointsanction.catalog.bundle import default_catalog
from jointsanction.catalog.stats import statistics, statistics_document, statistics_text
from jointsanction.catalog.wording import SECTION_WORDS


def test_totals_agree_with_each_other_and_with_the_catalogue() -> None:
    """Whatever is counted by several words comes to the same each time."""
    catalog = default_catalog()
    totals = defaultdict(set)
    for table in statistics(catalog).tables:
        totals[table.of].add(table.total)
    assert {of: len(found) for of, found in totals.items()} == dict.fromkeys(totals, 1)
    assert totals["措施"] == {len(catalog.measures)}
    assert totals["名单"] == {len(catalog.lists)}
    assert totals["依据文件"] == {len(catalog.instruments)}
    assert totals["条目"] == {sum(len(getattr(catalog, section)) for section in SECTION_WORDS)}
    direct = sum(len(one.basis) for one in (*catalog.measures.values(), *catalog.lists.values()))
    assert min(totals["依据"]) > direct


def test_a_small_world_counted_by_hand() -> None:
    """Two measures, one of them local; three instruments of every state of their dates."""
    local = w.measure("local", layer="990000", region="990000", status="retired", valid_to="2024-01-01")
    catalog = w.world(
        w.measure(), local, w.incentive(), w.instrument("a", valid_from=None), w.instrument("b", valid_to="2020-01-01")
    )
    tables = {(table.of, table.by): dict(table.rows) for table in statistics(catalog).tables}
    assert tables["措施", "方向"] == {"惩戒措施": 2, "激励措施": 1}
    assert tables["措施", "措施类别"] == {"减损权益或增加义务": 2, "（激励措施不写）": 1}
    assert tables["措施", "层级"] == {"全国": 2, "990000": 1}
    assert tables["措施", "状态"] == {"在用": 2, "已停用": 1}
    assert tables["名单", "范围"] == {"全国": 2}
    assert tables["依据文件", "施行"] == {"未载明终止日期": 1, "施行日期不明": 1, "载明终止日期": 1}
    assert tables["依据", "出处"] == {"措施": 3, "对象清单": 2}
    figures = dict(statistics(catalog, {"bar": 3, "gain": 4}).figures)
    assert figures == {
        "被引用的依据文件": 1,
        "被引用的条": 2,
        "法律状态发生变化的日期": 3,
        "有用例的条目": 2,
        "用例": 7,
    }


def test_text_and_document_say_the_same() -> None:
    """One count, two doors."""
    found = statistics(w.world(w.measure()))
    text, document = statistics_text(found), statistics_document(found)
    assert "## 措施：按方向\n\n`1` · 合计\n\n- 惩戒措施：1" in text
    assert {"of": "措施", "by": "方向", "total": 1, "counts": {"惩戒措施": 1}} in document["tables"]
    assert document["figures"]["被引用的条"] == 2
