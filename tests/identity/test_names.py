"""Names and the keys they are compared by."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jointsanction.identity.names import name_key, names_a_person


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("恒泰物流有限责任公司", "恒泰物流有限公司"),
        ("恒泰物流股份公司", "恒泰物流股份有限公司"),
        ("恒泰物流（河南）有限公司", "恒泰物流(河南)有限公司"),
        ("恒泰物流【河南】有限公司", "恒泰物流〔河南〕有限公司"),
        ("河南省恒泰物流有限公司", "河南恒泰物流有限公司"),
        ("河南省郑州市恒泰物流有限公司", "河南郑州恒泰物流有限公司"),
        ("广西壮族自治区恒泰物流有限公司", "广西恒泰物流有限公司"),
        ("上海市市政工程有限公司", "上海市政工程有限公司"),
        ("ＡＢＣ 物流有限公司", "abc物流有限公司"),
        ("买买提·艾力", "买买提•艾力"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    """公司法第7条 lets a company write 有限责任公司 or 有限公司; brackets, 省 and 市 are written as one pleases."""
    assert name_key(one) == name_key(other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("恒泰物流有限公司", "恒泰物流有限公司郑州分公司"),
        ("恒泰物流有限公司", "恒泰物流股份有限公司"),
        ("恒泰物流有限公司", "恒鑫物流有限公司"),
        ("恒泰物流（河南）有限公司", "恒泰物流（河北）有限公司"),
        ("上海超市有限公司", "上海超有限公司"),
        ("张\ue000", "张\ue001"),
    ],
)
def test_different_bodies_keep_different_keys(one: str, other: str) -> None:
    """公司法第13条: a branch is named apart from its company; a likeness is no identity."""
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize("name", ["张某", "张*三", "", " ", "·"])
def test_a_masked_or_empty_name_has_no_key(name: str) -> None:
    """A masked name is shared by everybody of the family, so it is compared with nothing."""
    assert name_key(name) is None


@given(st.text("恒泰河南省郑州市物流有限责任公司分股份()（）【】·abＡＢ １2", max_size=30))
def test_keys_are_stable_under_form_case_and_spaces(name: str) -> None:
    """Full-width forms, capitals and spaces never make two keys of one name."""
    key = name_key(name)
    assert name_key(unicodedata.normalize("NFKC", name)) == key
    assert name_key(name.upper()) == name_key(name.lower()) == key
    assert name_key(" ".join(name)) == key


@pytest.mark.parametrize(
    ("name", "person"),
    [("恒泰物流有限公司", False), ("张三经营部", False), ("张三丰", True), ("买买提·艾力", True), ("欧阳明月", None)],
)
def test_a_name_may_look_like_a_persons(name: str, person: bool | None) -> None:  # noqa: FBT001
    """The look of a name only helps where a number could be two things; in doubt it says nothing."""
    assert names_a_person(name) is person
