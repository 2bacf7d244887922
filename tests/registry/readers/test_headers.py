"""How headers are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jointsanction.errors import RegistryError
from jointsanction.registry.readers import headers
from jointsanction.registry.readers.columns import COLUMNS
from jointsanction.registry.readers.headers import header_words

if TYPE_CHECKING:
    from pathlib import Path

WORDS = header_words()

SEEN = {
    "name": [
        "行政相对人名称",
        "行政相对人名",
        "行政行对人名称",
        "政行对人名称",
        "纳税人名称",
        "纳税人名称(姓名)",
        "企业或单位名称",
        "业户名称",
        "失信主体名称",
        "失信被执行人姓名／名称",
        "iname",
        "CF_XDR_MC",
        "qymc",
        "ztmc",
    ],
    "uscc": [
        "行政相对人代码_1 (统一社会信用代码)",
        "代码-1（统一社会信用代码）",
        "代码/1（统一社会信用代码）",
        "代码_ 1(统一社会信用代码)",
        "代码（社会统一信用代码）",
        "行统一社会信用代码",
        "统一社会信用代",
        "公司 统一社会信用代码",
        "相对人代码",
        "CF_XDR_SHXYM",
        "tyshxydm",
        "uniscid",
    ],
    "tax_no": [
        "统一社会信用代码（纳税人识别号）",
        "社会信用代码（纳税人识别号）",
        "统一社会信用代码.纳税人识别号",
        "信用代码或识别号",
    ],
    "resident_id": [
        "居民身份证号",
        "行政相对人代码-4（居民身份证号）",
        "行政相对人代码＿5（居民身份证号）",
        "居民身份证或其他有效身份证件号码（身份证件出生月日4位以*替代）",
        "CF_XDR_SFZ",
    ],
    "identifier": ["cardNum", "cardnum", "身份证号码／组织机构代码"],
    "unit_identifier": [
        "行政相对人代码_2(组织机构代码)",
        "行政相对人代码_2(工商注册号)",
        "行政相对人代码_3 (工商登记码)",
    ],
    "instrument_date": ["处罚决定日期", "兴处罚决定日期", "文书制作日期", "处罚生效期起", "CF_JDRQ", "regDate"],
    "published_on": ["公布日期", "发布时间", "publishDate", "publishdate"],
    "publishing_authority": ["发布机关", "公示单位"],
    "removal_authority": ["作出决定机关(移出)", "作出决定机关（移出）", "移出决定机关"],
    "subject_status": ["登记状态", "经营状态", "企业状态", "主体状态"],
    "valid_to": ["公示截止期", "公布截止日期", "公布截至日期", "处罚截止期", "CF_GSJZQ"],
}


@pytest.mark.parametrize(("column", "header"), [(column, header) for column, seen in SEEN.items() for header in seen])
def test_every_spelling_met_is_read(column: str, header: str) -> None:
    """Every spelling met in official files names its column, whatever its case, spaces and brackets."""
    assert WORDS.column_of(header) == column
    assert WORDS.column_of(f" {header.upper()} ") == column


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_answers_to_its_own_name_and_title(column: str) -> None:
    """The canonical names of the manual and the titles of the report can be used as they stand."""
    assert WORDS.column_of(column) == WORDS.column_of(COLUMNS[column]) == column


def test_the_number_of_a_header_means_nothing() -> None:
    """双公示 templates moved the numbers: the words in brackets decide, and without them nothing does."""
    assert WORDS.column_of("行政相对人代码_2") is None
    assert WORDS.column_of("行政相对人代码_9(居民身份证号)") == "resident_id"
    assert WORDS.column_of("行政相对人代码_2(其他)") is None


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("行政相对人代码 统一社会信用代码", "uscc"),
        ("行政相对人代码 代码_2(组织机构代码)", "unit_identifier"),
        ("行政相对人代码_5 居民身份证号", "resident_id"),
        ("行政相对人代码 税务登记号", "tax_no"),
        ("代码 名称", None),
        ("行政相对人代码 名称", None),
    ],
)
def test_a_header_of_two_rows_needs_no_number(header: str, column: str | None) -> None:
    """行政相对人代码 above and 统一社会信用代码 below are one header; below it stands a number and nothing else."""
    assert WORDS.column_of(header) == column


def test_a_near_miss_is_only_told() -> None:
    """A header one character off may be another column: it is offered to a person and never applied."""
    assert WORDS.column_of("统一社会信用代玛") is None
    assert WORDS.nearest("统一社会信用代玛")[0] == "uscc"
    assert WORDS.nearest("xyzzy") == ()


def test_a_header_left_out_has_its_reason() -> None:
    """公示期限 is a number of years, not a last day."""
    assert "年数" in (WORDS.reason_left_out("公示 期限") or "")
    assert WORDS.reason_left_out("名称") is None


def test_the_data_name_only_what_exists() -> None:
    """Every column and every word of the shipped file is one that rows are read by."""
    assert set(WORDS.columns.values()) <= COLUMNS.keys()
    assert WORDS.values.keys() <= COLUMNS.keys()


def test_a_header_cannot_belong_to_two_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edited file that contradicts itself is refused with the place."""
    (tmp_path / "mappings").mkdir()
    text = "columns:\n  uscc: [代码]\n  name: [代码]\nnumbered: 代码\nnot_read: {}\nvalues: {}\n"
    (tmp_path / "mappings" / "headers.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(headers, "default_root", lambda: tmp_path)
    with pytest.raises(RegistryError, match=r"headers\.yaml:3:.*“代码”已属于列 uscc"):
        header_words()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "空"),
        ("columns: [a]\n", "应为“键: 值”的映射"),
        ("columns: {name: [[a]]}\n", "应为一个值"),
    ],
)
def test_an_edited_file_that_is_broken_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, word: str
) -> None:
    """Whoever edits the shipped spellings is told where he went wrong."""
    (tmp_path / "mappings").mkdir()
    whole = text and f"{text}numbered: 代码\nnot_read: {{}}\nvalues: {{}}\n"
    (tmp_path / "mappings" / "headers.yaml").write_text(whole, encoding="utf-8")
    monkeypatch.setattr(headers, "default_root", lambda: tmp_path)
    with pytest.raises(RegistryError, match=word):
        header_words()
