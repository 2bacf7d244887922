"""The mappings that ship with the package, each on a file made as its source makes them; all subjects are made up."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from jointsanction.catalog.bundle import default_catalog
from jointsanction.model.subject import Related
from jointsanction.registry.readers.mapping import ready_mappings
from jointsanction.registry.readers.read import read_listings
from jointsanction.terms import Relation, SubjectKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from jointsanction.model.catalogue import Catalog
    from jointsanction.registry.readers.report import ImportReport

FIRM, OTHER, THIRD = "91990000MA0000001B", "91990000MA0000002E", "91990000MA0000003H"
SHOP = "92990000MA0000002B"
PERSON, MASKED = "990000199001010017", "99000019900101****"
BODY = FIRM[8:17]
BOSS = Related(relation=Relation.LEGAL_REPRESENTATIVE, kind=SubjectKind.PERSON, name="张三")
BOSS_KNOWN = Related(relation=Relation.LEGAL_REPRESENTATIVE, kind=SubjectKind.PERSON, name="张三", id=PERSON)


@pytest.fixture(scope="module")
def shipped() -> Catalog:
    """Return the shipped catalogue: a mapping that names a list nobody knows is of no use."""
    return default_catalog()


@pytest.fixture
def read(tmp_path: Path, shipped: Catalog) -> Callable[..., ImportReport]:
    """Return a function that reads a text with a ready mapping."""

    def reading(mapping: str, content: str | bytes, *, list_code: str | None = None) -> ImportReport:
        path = tmp_path / "名单"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_listings(path, shipped, list_code=list_code, mapping=mapping)

    return reading


def sheet(*rows: Mapping[str, str]) -> str:
    """Return rows as a CSV file with the headers of all of them."""
    out = io.StringIO()
    headers = list(dict.fromkeys(header for row in rows for header in row))
    writer = csv.DictWriter(out, headers, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def unknown(report: ImportReport) -> list[str]:
    """Return the headers that nobody knows."""
    return [problem.column for problem in report.problems if problem.code == "header.unknown"]


def sound(report: ImportReport, rows: int) -> None:
    """Hold that all rows of a file were taken in and every header was read or left out for a reason."""
    assert [str(error) for error in report.errors] == []
    assert (len(report.listings), unknown(report)) == (rows, [])


def shixin(**more: Any) -> dict[str, Any]:
    """Make a record of 失信被执行人 as its register prints it."""
    return {
        "id": 701,
        "iname": "虚构甲建设有限公司",
        "cardNum": BODY,
        "caseCode": "（2019）虚01执1号",
        "age": "0",
        "sexy": "",
        "areaName": "虚构省",
        "courtName": "虚构市中级人民法院",
        "gistId": "（2018）虚01民初1号",
        "gistUnit": "虚构市中级人民法院",
        "regDate": "2019年06月03日",
        "duty": "支付货款",
        "performance": "全部未履行",
        "performedPart": "",
        "unperformPart": "",
        "disruptTypeName": "有履行能力而拒不履行生效法律文书确定义务",
        "publishDate": "2019年07月13日",
        "publishDateStamp": 1562947200,
        "partyTypeName": "1",
        "businessEntity": "张三",
        **more,
    }


def test_judgment_defaulters_in_both_spellings(read: Callable[..., ImportReport]) -> None:
    """Camel case and lower case, even in one object; a day as text, in seconds or milliseconds is a day in Shanghai."""
    camel = shixin()
    person = shixin(iname="李四", cardNum=MASKED, partyTypeName="0", businessEntity="")
    lower = {key.lower(): value for key, value in camel.items() if key not in {"publishDateStamp", "partyTypeName"}}
    lower |= {"publishdate": 1562947200000, "type": "1", "staff": [{"name": "王五"}], "performedPart": "无"}
    del lower["performedpart"]
    report = read("court_shixin_json", json.dumps({"data": {"list": [camel, person, lower]}}, ensure_ascii=False))
    sound(report, 3)
    assert {row.listed_on for row in report.listings} == {date(2019, 7, 13)}
    assert {(row.list, row.instrument_no, row.instrument_date) for row in report.listings} == {
        ("BL.SXBZXR", "（2019）虚01执1号", date(2019, 6, 3))
    }
    assert [row.subject_kind for row in report.listings] == [None, SubjectKind.PERSON, None]
    assert [row.other_id or row.resident_id for row in report.listings] == [BODY, MASKED, BODY]
    assert [row.related for row in report.listings] == [(BOSS,), (), (BOSS,)]
    assert "row.differs" not in [problem.code for problem in report.problems]
    assert json.loads(report.listings[0].raw or "")["duty"] == "支付货款"


def test_two_days_that_differ_are_told(read: Callable[..., ImportReport]) -> None:
    """The text goes before the stamp, and whoever answers for the list is told."""
    report = read("court-shixin-json", json.dumps([shixin(publishDate="2019年07月12日")], ensure_ascii=False))
    assert report.listings[0].listed_on == date(2019, 7, 12)
    assert ("listed_on", "row.differs") in [(problem.column, problem.code) for problem in report.warnings]


@pytest.mark.parametrize(
    ("mapping", "code"), [("court_shixin_sheet", "BL.SXBZXR"), ("court_xianxiao_sheet", "BL.XXGXF")]
)
def test_sheets_of_courts(read: Callable[..., ImportReport], mapping: str, code: str) -> None:
    """身份证号码／组织机构代码 in one column: the number and the look of the name say which."""
    name = "失信被执行人姓名／名称" if code == "BL.SXBZXR" else "限制消费人员姓名／名称"
    plain = {"执行法院": "虚构市中级人民法院", "省份": "虚构省", "立案时间": "2019-06-03", "发布时间": "2019/7/13"}
    rows = [
        {name: "虚构甲建设有限公司", "身份证号码／组织机构代码": FIRM, "案号": "（2019）虚01执1号", **plain},
        {name: "李四", "身份证号码／组织机构代码": PERSON, "案号": "（2019）虚01执2号", **plain},
    ]
    report = read(mapping, sheet(*({**row, "被执行人的履行情况": "全部未履行"} for row in rows)).encode("gb18030"))
    sound(report, 2)
    assert [(row.list, row.uscc, row.resident_id) for row in report.listings] == [
        (code, FIRM, None),
        (code, None, PERSON),
    ]
    assert {(row.listed_on, row.instrument_date) for row in report.listings} == {(date(2019, 7, 13), date(2019, 6, 3))}


OF_2017 = ("统一社会信用代码", "组织机构代码", "工商登记码", "税务登记号", "居民身份证号")
OF_2019 = ("统一社会信用代码", "工商注册号", "组织机构代码", "税务登记号", "事业单位证书号", "社会组织登记证号")
NUMBERS = {
    "统一社会信用代码": FIRM,
    "组织机构代码": BODY,
    "工商登记码": "990000600012345",
    "工商注册号": "990000600012345",
    "税务登记号": "990000" + BODY,
}


def party(words: Sequence[str], pattern: str) -> dict[str, str]:
    """Make the columns of a party's numbers under one edition of the template."""
    return {pattern.format(at, word): NUMBERS.get(word, "") for at, word in enumerate(words, 1)}


def penalty_of_2018(**more: str) -> dict[str, str]:
    """Make a penalty in the words of the template of 2018."""
    return {
        "行政相对人名称": "虚构甲建设有限公司",
        "行政相对人类别": "法人及非法人组织",
        **party(OF_2019, "行政相对人代码_{}（{}）"),
        "法定代表人": "张三",
        "法定代表人证件类型": "身份证",
        "法定代表人证件号码": PERSON,
        "证件类型": "",
        "证件号码": "",
        "行政处罚决定书文号": "虚罚〔2024〕1号",
        "违法行为类型": "未按规定公示",
        "违法事实": "未公示年报",
        "处罚依据": "某条例第一条",
        "处罚类别": "警告",
        "处罚内容": "警告",
        "罚款金额（万元）": "0.5",
        "没收违法所得、没收非法财物的金额（万元）": "",
        "暂扣或吊销证照名称及编号": "",
        "处罚决定日期": "2024/03/01",
        "处罚有效期": "2099/12/31",
        "公示截止期": "2025/03/01",
        "处罚机关": "虚构市市场监督管理局",
        "处罚机关统一社会信用代码": "11990000MB0000001M",
        "数据来源单位": "虚构市市场监督管理局",
        "数据来源单位统一社会信用代码": "11990000MB0000001M",
        "备注": "",
        **more,
    }


def penalty_of_2016(**more: str) -> dict[str, str]:
    """Make a penalty in the field names of the exchange tables of 2016."""
    return {
        "CF_WSH": "虚罚〔2016〕1号",
        "CF_CFMC": "未公示年报",
        "CF_CFLB1": "警告",
        "CF_CFLB2": "",
        "CF_SY": "未公示年报",
        "CF_YJ": "某条例第一条",
        "CF_XDR_MC": "虚构甲建设有限公司",
        "CF_XDR_SHXYM": FIRM,
        "CF_XDR_ZDM": BODY,
        "CF_XDR_GSDJ": "990000600012345",
        "CF_XDR_SWDJ": "",
        "CF_XDR_SFZ": "",
        "CF_FR": "张三",
        "CF_JG": "警告",
        "CF_JDRQ": "2016-12-01 00:00:00.0",
        "CF_XZJG": "虚构市工商行政管理局",
        "CF_ZT": "0",
        "CF_GSQX": "1或者3",
        "CF_SYFW": "0",
        "DFBM": "990000",
        "SJC": "2016-12-05 10:11:12",
        "BZ": "",
        **more,
    }


def test_penalties_of_2018(read: Callable[..., ImportReport]) -> None:
    """The words in the brackets say which number it is; the record holds from the decision to the last day shown."""
    report = read("shuanggongshi_cf", sheet(penalty_of_2018(), penalty_of_2018(公示截止期="长期")))
    sound(report, 2)
    row = report.listings[0]
    assert (row.list, row.uscc, row.other_id, row.subject_kind) == (
        "GEN.CF",
        FIRM,
        "990000600012345",
        SubjectKind.ENTERPRISE,
    )
    assert (row.listed_on, row.instrument_date, row.valid_to) == (date(2024, 3, 1), date(2024, 3, 1), date(2025, 3, 1))
    assert (row.instrument_no, row.designating_authority) == ("虚罚〔2024〕1号", "虚构市市场监督管理局")
    assert (row.publishing_authority, row.related) == ("虚构市市场监督管理局", (BOSS_KNOWN,))
    assert report.listings[1].valid_to is None
    assert report.covers == ()


@pytest.mark.parametrize(
    ("words", "pattern"),
    [
        (OF_2017, "行政相对人代码_{} ({})"),
        (OF_2019, "行政相对人代码_{}({})"),
        (OF_2017, "代码-{}（{}）"),
        (OF_2019, "代码/{}（{}）"),
        (OF_2017, "行政相对人代码＿{}（{}）"),
        (OF_2019, "行政相对人代码 {1}"),
    ],
)
def test_the_numbering_of_the_template_says_nothing(
    read: Callable[..., ImportReport], words: Sequence[str], pattern: str
) -> None:
    """In 2017 _2 was the 组织机构代码, in 2019 the 工商注册号: no number may end up in another's place."""
    plain = {"行政相对人名称": "虚构甲建设有限公司", "处罚决定日期": "20240301", "处罚机关": "虚构市某局"}
    report = read("shuanggongshi_cf", sheet({**plain, **party(words, pattern)}))
    assert unknown(report) == []
    assert [(row.uscc, row.resident_id, row.subject_kind) for row in report.listings] == [
        (FIRM, None, SubjectKind.ENTERPRISE)
    ]
    assert report.listings[0].other_id in {BODY, "990000600012345"}


def test_a_header_in_two_rows_needs_no_number(read: Callable[..., ImportReport]) -> None:
    """Sheets merge 行政相对人代码 over the words that say which number it is."""
    lines = [
        "虚构市行政处罚公示表,,,,,,",
        "行政相对人名称,行政相对人代码,,,行政处罚决定书文号,处罚决定日期,处罚机关",
        ",统一社会信用代码,组织机构代码,居民身份证号,,,",
        f"虚构甲建设有限公司,{FIRM},{BODY},,虚罚〔2024〕1号,2024/3/1,虚构市某局",
        f"李四,,,{PERSON},虚罚〔2024〕2号,2024/3/1,虚构市某局",
    ]
    report = read("shuanggongshi_cf", "\n".join(lines).encode("gb18030"))
    sound(report, 2)
    assert [(row.uscc, row.other_id, row.resident_id) for row in report.listings] == [
        (FIRM, BODY, None),
        (None, None, PERSON),
    ]


def test_penalties_of_2016(read: Callable[..., ImportReport]) -> None:
    """公示期限 is a number of years and no day; a revoked penalty never had effect; an objection leaves it standing."""
    rows = [
        penalty_of_2016(),
        penalty_of_2016(CF_WSH="虚罚〔2016〕2号", CF_ZT="1"),
        penalty_of_2016(CF_WSH="虚罚〔2016〕3号", CF_ZT="2", SJC="不详的时间"),
        penalty_of_2016(CF_WSH="虚罚〔2016〕4号", CF_XDR_MC="李四", CF_XDR_SHXYM="", CF_XDR_ZDM="", CF_XDR_GSDJ="")
        | {"CF_XDR_SFZ": PERSON, "CF_FR": ""},
    ]
    report = read("shuanggongshi_cf", json.dumps({"RECORDS": rows}, ensure_ascii=False))
    sound(report, 4)
    day = date(2016, 12, 1)
    assert [(row.listed_on, row.valid_to, row.removed_on) for row in report.listings] == [
        (day, None, None),
        (day, None, day),
        (day, None, None),
        (day, None, None),
    ]
    assert {row.region for row in report.listings} == {"990000"}
    assert (report.listings[3].resident_id, report.listings[3].related) == (PERSON, ())
    told = {problem.column: problem.message for problem in report.warnings if problem.code == "header.left_out"}
    assert "1或者3" in told["CF_GSQX"]
    assert [problem.row for problem in report.warnings if problem.code == "row.noted"] == [3]


def test_penalties_may_be_records_of_dishonesty(read: Callable[..., ImportReport]) -> None:
    """河南条例20(二): a province may hold a penalty for dishonesty; how serious it is stays unknown."""
    report = read("shuanggongshi_cf", sheet(penalty_of_2018()), list_code="GEN.HN")
    assert [(row.list, row.severity) for row in report.listings] == [("GEN.HN", None)]


def licence_of_2018(**more: str) -> dict[str, str]:
    """Make a licence in the 27 columns of the template of 2018, and its remark."""
    return {
        "行政相对人名称": "虚构甲餐饮店",
        "行政相对人类别": "个体工商户",
        **dict.fromkeys(party(OF_2019, "行政相对人代码_{}({})"), ""),
        "行政相对人代码_1(统一社会信用代码)": SHOP,
        "法定代表人": "李四",
        "法定代表人证件类型": "身份证",
        "法定代表人证件号码": PERSON,
        "证件类型": "",
        "证件号码": "",
        "行政许可决定文书名称": "准予许可决定书",
        "行政许可决定文书号": "虚许〔2024〕1号",
        "许可类别": "普通",
        "许可证书名称": "食品经营许可证",
        "许可编号": "JY29900000000001",
        "许可内容": "热食类食品制售",
        "许可决定日期": "2024年3月1日",
        "有效期自": "2024年3月1日",
        "有效期至": "2029年2月28日",
        "许可机关": "虚构市市场监督管理局",
        "许可机关统一社会信用代码": "11990000MB0000001M",
        "当前状态": "1",
        "数据来源单位": "虚构市市场监督管理局",
        "数据来源单位统一社会信用代码": "11990000MB0000001M",
        "备注": "",
        **more,
    }


def licence_of_2016(**more: str) -> dict[str, str]:
    """Make a licence in the field names of the exchange tables of 2016."""
    return {
        "XK_WSH": "虚许〔2016〕1号",
        "XK_XMMC": "食品经营许可",
        "XK_SPLB": "普通",
        "XK_NR": "热食类食品制售",
        "XK_XDR": "虚构甲建设有限公司",
        "XK_XDR_SHXYM": FIRM,
        "XK_XDR_ZDM": "",
        "XK_XDR_GSDJ": "",
        "XK_XDR_SWDJ": "",
        "XK_XDR_SFZ": "",
        "XK_FR": "张三",
        "XK_JDRQ": "2016-12-01",
        "XK_JZQ": "2021-11-30",
        "XK_XZJG": "虚构市工商行政管理局",
        "XK_ZT": "0",
        "DFBM": "990000",
        "SJC": "2016-12-05 10:11:12",
        "BZ": "",
        **more,
    }


def test_licences(read: Callable[..., ImportReport]) -> None:
    """A licence is published from its decision to its last day; one that was cancelled needs the day."""
    report = read("shuanggongshi_xk", sheet(licence_of_2018(), licence_of_2018(当前状态="有效")))
    sound(report, 2)
    row = report.listings[0]
    assert (row.list, row.uscc, row.subject_kind) == ("GEN.XK", SHOP, SubjectKind.INDIVIDUAL_BUSINESS)
    assert (row.listed_on, row.valid_to, row.removed_on) == (date(2024, 3, 1), date(2029, 2, 28), None)
    older = read(
        "shuanggongshi_xk",
        json.dumps([licence_of_2016(), licence_of_2016(XK_ZT="注销", XK_WSH="虚许〔2016〕2号")], ensure_ascii=False),
    )
    sound(older, 2)
    assert [(row.listed_on, row.valid_to, row.removed_on) for row in older.listings] == [
        (date(2016, 12, 1), date(2021, 11, 30), None),
        (date(2016, 12, 1), date(2021, 11, 30), date(2016, 12, 5)),
    ]


def ccgp(**more: str) -> dict[str, str]:
    """Make a row of the page of 政府采购严重违法失信行为记录名单."""
    return {
        "序号": "1",
        "企业名称": "虚构甲商贸有限公司",
        "统一社会信用代码（或组织机构代码）": FIRM,
        "企业地址": "虚构市虚构路1号",
        "严重违法失信行为的具体情形": "提供虚假材料谋取中标",
        "处罚结果": "列入不良行为记录名单，一年内禁止参加政府采购活动",
        "处罚依据": "《政府采购法》第七十七条",
        "处罚日期": "2024-03-01",
        "公布日期": "2024-03-05",
        "公布截止日期": "2025-03-01",
        "执法单位": "虚构市财政局",
        **more,
    }


@pytest.mark.parametrize("turned", [False, True])
def test_procurement_bans(read: Callable[..., ImportReport], turned: bool) -> None:  # noqa: FBT001 - a parameter
    """Authors print 公布日期 and 处罚日期 in either order: the words decide, and a basis is no document number."""
    row = ccgp()
    content = dict(reversed(row.items())) if turned else row
    report = read("ccgp_crlist", sheet(content))
    sound(report, 1)
    found = report.listings[0]
    assert (found.list, found.uscc, found.instrument_no) == ("BL.GPC", FIRM, None)
    assert (found.instrument_date, found.listed_on, found.valid_to) == (
        date(2024, 3, 1),
        date(2024, 3, 5),
        date(2025, 3, 1),
    )
    assert "row.unsupported" in [problem.code for problem in report.warnings]


def test_procurement_bans_of_credit_reports(read: Callable[..., ImportReport]) -> None:
    """信用信息报告 prints other words; the last day of the penalty goes before that of its publication."""
    report = read(
        "ccgp_crlist",
        sheet(
            {
                "机构名称": "虚构甲商贸有限公司",
                "统一社会信用代码/组织机构代码": BODY,
                "记录日期": "2024-03-05",
                "处罚截止日期": "2025-03-01",
                "公布截至日期": "2025-03-05",
                "处罚文号": "虚财罚〔2024〕1号",
                "登记地点": "虚构市",
                "不良行为的具体情形": "串通",
            }
        ),
    )
    sound(report, 1)
    assert (report.listings[0].listed_on, report.listings[0].valid_to) == (date(2024, 3, 5), date(2025, 3, 1))
    assert ("valid_to", "row.differs") in [(problem.column, problem.code) for problem in report.warnings]


def gsxt(why: str, **more: str) -> dict[str, str]:
    """Make a row of the register of enterprises, both acts side by side."""
    return {
        "企业名称": "虚构甲商贸有限公司",
        "统一社会信用代码/注册号": FIRM,
        f"列入{why}原因": "未公示年报",
        "列入日期": "2022年7月5日",
        "作出决定机关(列入)": "虚构市市场监督管理局",
        f"移出{why}原因": "",
        "移出日期": "",
        "作出决定机关(移出)": "",
        **more,
    }


GSXT = [("gsxt_jyyc", "BL.ABN", "经营异常名录"), ("gsxt_yzwf", "BL.SAMR", "严重违法失信名单")]


@pytest.mark.parametrize(("mapping", "code", "why"), GSXT)
def test_both_acts_in_one_row(read: Callable[..., ImportReport], mapping: str, code: str, why: str) -> None:
    """列入 and 移出 side by side, each with its day, its reason and its authority."""
    gone = {f"移出{why}原因": "已公示年报", "移出日期": "2023年7月5日", "作出决定机关(移出)": "虚构省市场监督管理局"}
    report = read(mapping, sheet(gsxt(why), gsxt(why, **{"统一社会信用代码/注册号": OTHER, **gone})))
    sound(report, 2)
    assert [(row.list, row.listed_on, row.removed_on) for row in report.listings] == [
        (code, date(2022, 7, 5), None),
        (code, date(2022, 7, 5), date(2023, 7, 5)),
    ]
    assert (report.listings[1].removal_reason, report.listings[1].removal_authority) == (
        "已公示年报",
        "虚构省市场监督管理局",
    )
    assert report.listings[1].designating_authority == "虚构市市场监督管理局"


@pytest.mark.parametrize(("mapping", "code", "why"), GSXT)
def test_each_act_in_a_row(read: Callable[..., ImportReport], mapping: str, code: str, why: str) -> None:
    """列入 and 移出 one below the other: joined, and an end without a beginning is told and not lost."""
    plain = {"名单": why, "企业名称": "虚构甲商贸有限公司", "统一社会信用代码": FIRM}
    rows = [
        {
            **plain,
            "类别": "列入",
            "日期": "2022-07-05",
            "文号": "虚列〔2022〕1号",
            "原因": "未公示",
            "决定机关": "甲局",
        },
        {
            **plain,
            "类别": "移出",
            "日期": "2023-07-05",
            "文号": "虚移〔2023〕1号",
            "原因": "已公示",
            "决定机关": "乙局",
        },
        {**plain, "类别": "移出", "日期": "2023-07-05", "统一社会信用代码": OTHER},
    ]
    for row in rows:
        del row["名单"]
    report = read(mapping, sheet(*rows))
    assert unknown(report) == []
    assert [(error.row, error.code) for error in report.errors] == [(4, "row.removal_alone")]
    assert (report.rows, report.rejected) == (2, 1)
    row = report.listings[0]
    assert (row.list, row.listed_on, row.removed_on) == (code, date(2022, 7, 5), date(2023, 7, 5))
    assert (row.instrument_no, row.designating_authority) == ("虚列〔2022〕1号", "甲局")
    assert (row.removal_reason, row.removal_authority) == ("已公示", "乙局")


def credit_china(**more: Any) -> dict[str, Any]:
    """Make a row of the pages of 信用中国."""
    return {
        "name": "虚构甲商贸有限公司",
        "tyshxydm": FIRM,
        "zzjgdm": BODY,
        "entity_type": "1",
        "名单名称": "重大税收违法失信主体",
        "type": "8",
        "决定文书号": "虚税〔2024〕1号",
        "列入日期": "2024-03-01",
        "发布日期": "2024-03-08",
        "认定单位": "虚构市税务局",
        "数据来源单位": "虚构省税务局",
        **more,
    }


def test_pages_of_credit_china(read: Callable[..., ImportReport]) -> None:
    """The name says the list, the class code whether it is red or black; 1 and 3 are 双公示."""
    rows = [
        credit_china(),
        credit_china(名单名称="纳税信用A级纳税人", type=2),
        credit_china(名单名称="经营异常名录", type="4", 认定单位="虚构市市场监督管理局"),
        credit_china(名单名称=None, type="3"),
        credit_china(名单名称="", type="行政许可"),
    ]
    pages = [
        {"status": 1, "data": {"list": rows[:3], "total": 5}},
        {"status": 1, "data": {"list": rows[3:], "total": 5}},
    ]
    for content in (json.dumps(pages[0], ensure_ascii=False), sheet(*rows[:3])):
        report = read("creditchina_list", content)
        sound(report, 3)
        assert [row.list for row in report.listings] == ["BL.TAX", "RL.TAXA", "BL.ABN"]
        assert (report.listings[0].listed_on, report.listings[0].published_on) == (date(2024, 3, 1), date(2024, 3, 8))
        assert report.listings[0].publishing_authority == "虚构省税务局"
    second = read("creditchina_list", json.dumps(pages[1], ensure_ascii=False))
    assert [row.list for row in second.listings] == ["GEN.CF", "GEN.XK"]


def test_the_class_of_credit_china_and_its_list_must_agree(read: Callable[..., ImportReport]) -> None:
    """A red row under the name of a black list is somebody's mistake, and a class alone names no list."""
    rows = [credit_china(type="2"), credit_china(名单名称="", type="8")]
    report = read("creditchina_list", json.dumps({"data": {"list": rows}}, ensure_ascii=False))
    assert [(error.row, error.code) for error in report.errors] == [(1, "row.list_kind"), (2, "row.no_list")]


def test_tax_evaders(read: Callable[..., ImportReport]) -> None:
    """Whoever led the firm and whoever kept its books are named in the row, with their numbers."""
    row = {
        "纳税人名称": "虚构甲商贸有限公司",
        "纳税人识别号": FIRM,
        "组织机构代码": BODY,
        "注册地址": "虚构市",
        "法定代表人或者负责人姓名": "张三",
        "法定代表人或者负责人性别": "男",
        "法定代表人或者负责人证件名称": "身份证",
        "法定代表人或者负责人证件号码": PERSON,
        "负有直接责任的财务负责人姓名": "李四",
        "负有直接责任的财务负责人证件号码": MASKED,
        "负有直接责任的中介机构": "",
        "案件性质": "偷税",
        "主要违法事实": "…",
        "相关法律依据及税务处理处罚": "…",
        "失信主体确定文书号": "虚税失信〔2024〕1号",
        "失信主体确定日期": "2024-03-01",
        "公布日期": "2024-03-08",
        "检查机关": "虚构市税务局稽查局",
    }
    report = read("tax_zdssws", sheet(row))
    sound(report, 1)
    found = report.listings[0]
    books = Related(relation=Relation.DIRECTLY_RESPONSIBLE, kind=SubjectKind.PERSON, name="李四", id=MASKED)
    assert (found.list, found.uscc, found.related) == ("BL.TAX", FIRM, (BOSS_KNOWN, books))
    assert (found.instrument_date, found.listed_on) == (date(2024, 3, 1), date(2024, 3, 8))


def test_safety_list(read: Callable[..., ImportReport]) -> None:
    """信息报送机关 reports and publishes; who decided is another column, and missing where there is none."""
    row = {
        "单位名称": "虚构甲矿业有限公司",
        "统一社会信用代码/工商注册号": FIRM,
        "主要负责人": "张三",
        "注册地址": "虚构市",
        "失信行为简况": "发生事故",
        "信息报送机关": "虚构省应急管理厅",
        "纳入理由": "瞒报",
        "纳入日期": "2024-03-01",
        "管理期限至": "2027-02-28",
    }
    report = read("safety_yzsx", sheet(row))
    sound(report, 1)
    found = report.listings[0]
    assert (found.list, found.listed_on, found.valid_to) == ("BL.SAFE", date(2024, 3, 1), date(2027, 2, 28))
    assert (found.designating_authority, found.publishing_authority) == (None, "虚构省应急管理厅")
    assert found.related == (Related(relation=Relation.PRINCIPAL, kind=SubjectKind.PERSON, name="张三"),)


def test_good_taxpayers(read: Callable[..., ImportReport]) -> None:
    """评价年度 2023 holds from the end of April 2024 for a year; who is not of grade A is on no red list."""
    rows = [
        {"纳税人名称": "虚构甲商贸有限公司", "统一社会信用代码": FIRM, "纳税人识别号": FIRM, "评价年度": "2023"},
        {"纳税人名称": "虚构乙商贸有限公司", "统一社会信用代码": OTHER, "评价年度": "2023年度", "评价结果": "A级"},
        {"纳税人名称": "虚构丙商贸有限公司", "统一社会信用代码": THIRD, "评价年度": "2023", "评价结果": "B级"},
    ]
    report = read("tax_a", sheet(*rows))
    sound(report, 2)
    assert [(row.list, row.listed_on, row.valid_to, row.grade) for row in report.listings] == [
        ("RL.TAXA", date(2024, 4, 30), date(2025, 4, 30), "A"),
        ("RL.TAXA", date(2024, 4, 30), date(2025, 4, 30), "A级"),
    ]


def customs(grade: str, **more: str) -> dict[str, str]:
    """Make a row of a credit report's customs page."""
    return {
        "海关注册编码": "9900960001",
        "企业名称": "虚构甲商贸有限公司",
        "统一社会信用代码": FIRM,
        "组织机构代码": BODY,
        "注册地址": "虚构市",
        "企业资质": "进出口货物收发货人",
        "年度": "2024",
        "备注": "",
        "首次注册日期": "2010-01-01",
        "信用等级": grade,
        "等级认定时间": "2024-03-01",
        "注销标志": "正常",
        **more,
    }


def test_customs_grades(read: Callable[..., ImportReport]) -> None:
    """The grade says on which list an enterprise stands; an ordinary one stands on none, nor does one struck off."""
    rows = [customs("高级认证企业"), customs("失信企业"), customs("常规企业"), customs("高级认证企业", 注销标志="注销")]
    report = read("customs_credit", sheet(*rows))
    sound(report, 2)
    assert [(row.list, row.grade, row.listed_on) for row in report.listings] == [
        ("RL.AEO", "高级认证企业", date(2024, 3, 1)),
        ("WL.CUS", "失信企业", date(2024, 3, 1)),
    ]
    odd = read("customs_credit", sheet(customs("高级认证企业", 注销标志="9"), customs("超级企业")))
    assert [(error.row, error.code) for error in odd.errors] == [(2, "cell.unknown_word"), (3, "list.unknown")]


def test_zhejiang_sheet(read: Callable[..., ImportReport]) -> None:
    """The form names no list: whoever imports it says which; its one number may be of four kinds."""
    number = "身份证号/社会信用代码/组织机构代码/工商注册号"
    rows = [
        {"当事人姓名/单位名称": "虚构甲建设有限公司", number: FIRM},
        {"当事人姓名/单位名称": "李四", number: PERSON},
    ]
    more = {"列入红/黑名单事由": "拖欠工资", "发生时间": "2023年1月", "列入名单时间": "2024-03-01"}
    report = read("zhejiang_hhb", sheet(*({**row, **more} for row in rows)), list_code="BL.WAGE")
    sound(report, 2)
    assert [(row.uscc, row.resident_id, row.listed_on) for row in report.listings] == [
        (FIRM, None, date(2024, 3, 1)),
        (None, PERSON, date(2024, 3, 1)),
    ]


def test_overloaded_lorries(read: Callable[..., ImportReport]) -> None:
    """A lorry is no subject: its plate and papers are left out."""
    row = {
        "入库时间": "2024-03-01",
        "车牌号": "虚A00001",
        "营运证号": "990000000001",
        "道路运输证号": "990000000002",
        "企业名称": "虚构甲运输有限公司",
        "法人姓名": "张三",
        "法人身份证号": PERSON,
        "失信行为": "一年内违法超限运输超过三次",
    }
    report = read("overload_cxcz", sheet(row))
    sound(report, 1)
    found = report.listings[0]
    assert (found.list, found.listed_on, found.uscc, found.related) == (
        "BL.OVER",
        date(2024, 3, 1),
        None,
        (BOSS_KNOWN,),
    )


MESSAGE = f"""<?xml version="1.0" encoding="GBK"?>
<rs>
 <list>
  <redblackTypeList requestId="7">
   <redblackType>
    <unitedId>1</unitedId><unitedType>black</unitedType><unitedName>失信被执行人</unitedName>
    <unionPairList><unionPair><itemName>某备忘录</itemName><originDept>某法院</originDept>
     <unionPairContent><content>限制…（第1条）</content></unionPairContent></unionPair></unionPairList>
    <redblackDetailList>
     <redblackDetail>
      <id>11</id><name>虚构甲建设有限公司</name><code>{FIRM}</code>
      <redblackDetailContent><title>案号</title><content>（2019）虚01执1号</content></redblackDetailContent>
      <redblackDetailContent><title>发布时间</title><content>2019年07月13日</content></redblackDetailContent>
      <redblackDetailContent><title>执行法院</title><content>虚构市中级人民法院</content></redblackDetailContent>
     </redblackDetail>
    </redblackDetailList>
   </redblackType>
   <redblackType>
    <unitedId>2</unitedId><unitedType>red</unitedType><unitedName>纳税信用A级纳税人</unitedName>
    <redblackDetailList>
     <redblackDetail><id>12</id><name>虚构乙商贸有限公司</name><code>{OTHER}</code>
      <redblackDetailContent><title>发布时间</title><content>2024-05-06</content></redblackDetailContent>
     </redblackDetail>
    </redblackDetailList>
   </redblackType>
  </redblackTypeList>
 </list>
</rs>
"""


def test_messages_of_joint_discipline_systems(read: Callable[..., ImportReport]) -> None:
    """Records lie below their list, and keep their further items as titles with contents."""
    report = read("xianteng_xml", MESSAGE.encode("gbk"))
    sound(report, 2)
    assert (report.format, report.encoding) == ("xml", "GBK")
    assert [(row.list, row.uscc, row.listed_on, row.instrument_no) for row in report.listings] == [
        ("BL.SXBZXR", FIRM, date(2019, 7, 13), "（2019）虚01执1号"),
        ("RL.TAXA", OTHER, date(2024, 5, 6), None),
    ]
    assert report.listings[0].designating_authority == "虚构市中级人民法院"


def entity(key: str, schema: str, **properties: str | list[Any]) -> str:
    """Return an entity as a line of an FtM file."""
    said = {name: value if isinstance(value, list) else [value] for name, value in properties.items()}
    return json.dumps({"id": key, "schema": schema, "properties": said}, ensure_ascii=False) + "\n"


COMPANY = entity("c1", "Company", name="虚构甲建设有限公司", alias="虚构甲", registrationNumber=["HE 123", FIRM])
BOSS_ENTITY = entity("p1", "Person", name="张三", idNumber=PERSON)
DIRECTS = entity("d1", "Directorship", director="p1", organization="c1", role="法定代表人")
DEFAULTED = entity(
    "s1",
    "Sanction",
    entity="c1",
    programId="BL.SXBZXR",
    recordId="（2019）虚01执1号",
    authority="虚构市中级人民法院",
    startDate="2019-07-13",
    endDate="2021-07-12",
)


def test_entities_of_followthemoney(read: Callable[..., ImportReport]) -> None:
    """A row is a sanction of a subject: the list is its programme, those who lead the subject are tied to it."""
    report = read("followthemoney", COMPANY + BOSS_ENTITY + DIRECTS + DEFAULTED)
    sound(report, 1)
    assert report.format == "ftm"
    row = report.listings[0]
    assert (row.list, row.uscc, row.other_id, row.former_names) == ("BL.SXBZXR", FIRM, "HE123", ("虚构甲",))
    assert (row.listed_on, row.valid_to, row.removed_on) == (date(2019, 7, 13), date(2021, 7, 12), None)
    assert (row.instrument_no, row.subject_kind) == ("（2019）虚01执1号", SubjectKind.ENTERPRISE)
    assert row.related == (BOSS_KNOWN,)


def test_entities_of_opensanctions(read: Callable[..., ImportReport]) -> None:
    """Their programmes are no lists of ours: an office says on which list of its own the file goes."""
    nested = entity(
        "p1", "Person", name="李四", idNumber=PERSON, sanctions=[json.loads(DEFAULTED.replace("BL.", "US-"))]
    )
    report = read("opensanctions_entities", nested.replace('"entity": ["c1"], ', ""), list_code="BL.SXBZXR")
    sound(report, 1)
    assert [(row.list, row.resident_id, row.subject_kind) for row in report.listings] == [
        ("BL.SXBZXR", PERSON, SubjectKind.PERSON)
    ]


def test_simple_targets_of_opensanctions(read: Callable[..., ImportReport]) -> None:
    """All numbers stand in one cell, between semicolons; ships are nobody whom a list of ours names."""
    plain = {"aliases": "虚构甲", "birth_date": "", "countries": "cn", "sanctions": "…", "dataset": "虚构来源"}
    rows = [
        {"id": "c1", "schema": "Company", "name": "虚构甲建设有限公司", **plain, "identifiers": f"HE 123;{FIRM}"},
        {"id": "v1", "schema": "Vessel", "name": "虚构轮", **plain, "identifiers": "1234567"},
    ]
    report = read(
        "opensanctions_targets",
        sheet(*({**row, "first_seen": "2024-05-06T01:02:03"} for row in rows)),
        list_code="BL.SXBZXR",
    )
    assert [(row.uscc, row.other_id, row.listed_on, row.former_names) for row in report.listings] == [
        (FIRM, "HE123", date(2024, 5, 6), ("虚构甲",))
    ]
    assert report.errors == ()


def test_every_ready_mapping_has_its_file() -> None:
    """A mapping that no file was read with may say anything."""
    source = Path(__file__).read_text(encoding="utf-8")
    assert [name for name in ready_mappings() if f'"{name}"' not in source] == []


def test_every_ready_mapping_is_in_the_docs() -> None:
    """Whoever has a file looks for its source in one table."""
    page = (Path(__file__).parents[3] / "docs" / "importing.md").read_text(encoding="utf-8")
    assert [name for name in ready_mappings() if f"| `{name}` |" not in page] == []
