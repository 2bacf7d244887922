"""The shipped list types say who recognises, who is entered, who leaves, and what they are (对象清单)."""

from __future__ import annotations

import pytest

from jointsanction.catalog.bundle import default_catalog
from jointsanction.catalog.explain import explain
from jointsanction.terms import Disclosure, Effect, ListKind, MeasureClass

LISTS = default_catalog().lists
HINTS_ONLY = {MeasureClass.ADMINISTRATIVE, MeasureClass.VOLUNTARY}


@pytest.mark.parametrize("code", sorted(code for code, kind in LISTS.items() if kind.kind is not ListKind.RECORD))
def test_a_list_says_who_enters_and_who_leaves(code: str) -> None:
    """FEATURES 1 and 2: 谁认定、谁发布、列入标准、退出标准; a record is no list and is entered nowhere."""
    kind = LISTS[code]
    assert kind.authority
    assert kind.entry
    assert kind.exit
    assert kind.stale_after
    assert bool(kind.publisher) is (kind.disclosure is Disclosure.PUBLIC)
    assert f"- 列入标准：{kind.entry}" in explain(default_catalog(), code)


def test_a_black_list_says_whether_it_can_be_repaired() -> None:
    """Where nothing is said, membership ends with the order, the sentence or the handling it rests on."""
    silent = {code for code, kind in LISTS.items() if kind.kind is ListKind.BLACK and kind.repair is None}
    assert silent == {"BL.CSRC", "BL.DEF", "BL.GOV", "BL.GPC", "BL.INS", "BL.INSPECT", "BL.SCI"}


def test_judgment_lists_stand_by_themselves() -> None:
    """FEATURES 3: 失信被执行人名单独立管理."""
    assert {code for code, kind in LISTS.items() if kind.kind is ListKind.INDEPENDENT} == {"BL.SXBZXR", "BL.XXGXF"}


def test_abnormal_operations_are_watched_and_no_black_list() -> None:
    """FEATURES 4: 经营异常名录 restricts only where a law names it (企业信息公示暂行条例2014年文本第十八条)."""
    assert {code for code, kind in LISTS.items() if kind.kind is ListKind.WATCH} == {"BL.ABN", "WL.CUS", "WL.TEL"}
    adverse = [
        measure
        for measure in default_catalog().measures.values()
        if "BL.ABN" in measure.targets.lists
        and measure.effect is Effect.RESTRICTION
        and measure.measure_class not in HINTS_ONLY
    ]
    named = {basis.instrument for measure in adverse for basis in measure.basis}
    assert all("BL.SAMR" in measure.targets.lists or measure.targets.lists == ("BL.ABN",) for measure in adverse)
    assert not adverse or "enterprise-disclosure-regulation-2014" in named


@pytest.mark.parametrize("name", ["矿业权人异常名录", "文化和旅游市场失信主体", "证券期货市场失信记录"])
def test_what_is_no_black_list_is_no_other_name_of_one(name: str) -> None:
    """轻微失信、异常名录、信用档案 must not be imported as serious dishonesty."""
    assert all(name not in {kind.title, *(alias.name for alias in kind.aliases)} for kind in LISTS.values())
