"""Reading a list file from beginning to end."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from jointsanction.errors import RegistryError
from jointsanction.plugins import hookimpl, plugin_manager
from jointsanction.registry.readers.mapping import FileMapping
from jointsanction.registry.readers.read import read_listings
from jointsanction.registry.readers.report import Cover
from jointsanction.registry.readers.tables.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from conftest import Import
    from jointsanction.model.catalogue import Catalog
    from jointsanction.registry.readers.report import ImportReport
    from jointsanction.registry.readers.tables.table import TableReader

HEADER = "名单,名称,统一社会信用代码,列入日期,文号,文书日期,认定单位\n"
ROW = "拖欠农民工工资黑名单,恒泰物流有限公司,91990000MA0000001B,2024-03-01,测〔2024〕1号,2024-03-01,测试市人社局\n"
FORBIDDEN = ROW.replace("拖欠农民工工资黑名单", "不文明养犬名单")
UNDATED = ROW.replace("2024-03-01,测", ",测")


def codes(report: ImportReport) -> list[str]:
    """Return the codes of all problems."""
    return [problem.code for problem in report.problems]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_one_list_is_read_alike_in_every_encoding(imported: Import, codec: str) -> None:
    """GB18030, UTF-8 and UTF-16 files of one list are the same list."""
    report = imported((HEADER + ROW).encode(codec))
    assert [(row.list, row.name, row.listed_on, row.row) for row in report.listings] == [
        ("BL.WAGE", "恒泰物流有限公司", date(2024, 3, 1), 2)
    ]
    assert (report.format, report.rows, report.problems, report.covers) == ("csv", 1, (), ())


@pytest.mark.parametrize("separator", [",", "\n"])
def test_json_and_jsonl_are_read_like_csv(imported: Import, separator: str) -> None:
    """The same rows as JSON or JSONL give the same listings."""
    headers, cells = HEADER.strip().split(","), ROW.strip().split(",")
    line = json.dumps(dict(zip(headers, cells, strict=True)), ensure_ascii=False)
    content = separator.join([line, line])
    report = imported(f"[{content}]" if separator == "," else content)
    assert report.format == ("json" if separator == "," else "jsonl")
    assert [row.instrument_no for row in report.listings] == ["测〔2024〕1号"] * 2


def test_the_file_is_known_by_its_hash(imported: Import) -> None:
    """The same file twice changes nothing, which its hash tells."""
    content = (HEADER + ROW).encode()
    report = imported(content)
    assert report.sha256 == "sha256:" + hashlib.sha256(content).hexdigest()
    assert report.path.endswith("名单.csv")


def test_a_forbidden_list_is_refused_and_the_rest_stands(imported: Import) -> None:
    """国办发〔2020〕49号: the row is refused with the citation; the file goes on only with --partial."""
    report = imported(HEADER + ROW + FORBIDDEN)
    assert (report.rows, len(report.listings), report.rejected) == (2, 1, 1)
    assert not report.acceptable(partial=False)
    (error,) = report.errors
    assert (error.row, error.code) == (3, "list.forbidden")
    assert "国办发〔2020〕49号" in error.message


def test_naming_the_list_declares_a_whole_edition(imported: Import) -> None:
    """--list makes rows of that list and declares them all there is, even when there is none."""
    header, row = (line.partition(",")[2] for line in (HEADER, ROW))
    report = imported(header + row, list_code="拖欠农民工工资黑名单")
    assert report.covers == (Cover("BL.WAGE"),)
    assert report.listings[0].list == "BL.WAGE"
    assert imported(header, list_code="BL.WAGE").covers == (Cover("BL.WAGE"),)
    assert imported("[]", list_code="BL.WAGE").covers == (Cover("BL.WAGE"),)


def test_a_mapping_declares_what_the_file_holds_whole(imported: Import) -> None:
    """covers: says which lists are whole, for which regions and from which day on."""
    mapping = FileMapping(
        covers=("RL.TAXA", "纳税信用A级纳税人"),
        regions=("990000",),
        covers_from=date(2022, 1, 1),
        provider="测试市信用办",
    )
    report = imported(HEADER + ROW, mapping=mapping)
    assert report.covers == (Cover("RL.TAXA", ("990000",), date(2022, 1, 1)),)
    assert report.provider == "测试市信用办"


def test_a_mapping_reads_headers_of_its_own(imported: Import, tmp_path: Path) -> None:
    """An office's own headers and a constant list are told by a mapping file."""
    path = tmp_path / "映射.yaml"
    path.write_text("list: BL.WAGE\ncolumns: {老赖: name, 何时: listed_on}\ndefaults: {region: '990000'}\n", "utf-8")
    report = imported("老赖,何时\n恒泰物流有限公司,2024.3.1\n", mapping=path)
    assert [(row.list, row.name, row.region) for row in report.listings] == [("BL.WAGE", "恒泰物流有限公司", "990000")]
    assert report.covers == ()


@pytest.mark.parametrize(
    "bad", [UNDATED, "拖欠农民工工资黑名单,恒泰物流有限公司\n", FORBIDDEN.replace("不文明养犬名单", "无名榜单")]
)
def test_an_edition_with_a_refused_row_is_not_whole(imported: Import, bad: str) -> None:
    """With one row left out its subject would come out clear, so the file no longer speaks for the list."""
    report = imported(HEADER + ROW + bad, mapping=FileMapping(covers=("BL.WAGE", "RL.TAXA")))
    assert Cover("BL.WAGE") not in report.covers
    assert "cover.withheld" in codes(report)


def test_a_refused_row_of_another_list_leaves_the_edition_whole(imported: Import) -> None:
    """Only the list the refused row belongs to is in doubt."""
    report = imported(HEADER + ROW + UNDATED, mapping=FileMapping(covers=("BL.WAGE", "RL.TAXA")))
    assert report.covers == (Cover("RL.TAXA"),)


def test_unknown_headers_are_told_and_not_applied(imported: Import) -> None:
    """A near miss is offered to a person; a column known and left out has its reason."""
    report = imported(HEADER.strip() + ",统一社会信用代玛,公示期限,\n" + ROW.strip() + ",91990000MA0000002E,3,x\n")
    told = {problem.column: problem for problem in report.warnings}
    assert "uscc（统一社会信用代码）" in told["统一社会信用代玛"].message
    assert "年数" in told["公示期限"].message
    assert told["第 10 列"].code == "header.unknown"
    assert report.listings[0].uscc == "91990000MA0000001B"


@pytest.mark.parametrize(
    ("content", "code", "word"),
    [
        ("名称,列入日期\n恒泰,2024-03-01\n", "registry.header", "名单；文件中的表头为：名称、列入日期"),
        ("名单,列入日期\n失信被执行人,2024-03-01\n", "registry.header", "名称或证件号码"),
        ("名单,名称\n失信被执行人,恒泰\n", "registry.header", "列入日期"),
        (
            HEADER.strip() + ",企业名称\n" + ROW.strip() + ",恒泰\n",
            "registry.header",
            "多个表头都是“名称”：名称、企业名称",
        ),
        (HEADER, "registry.empty", "没有任何记录"),
        ("[]", "registry.empty", "没有任何记录"),
    ],
)
def test_a_file_without_what_is_needed_is_refused(imported: Import, content: str, code: str, word: str) -> None:
    """What was seen is shown, so that a mapping can be written."""
    with pytest.raises(RegistryError, match=word) as caught:
        imported(content)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("list_code", "code"), [("失信被执行人黑名单", "registry.unknown_list"), ("养犬名单", "registry.forbidden_list")]
)
def test_a_list_that_may_not_be_is_refused_by_name(imported: Import, list_code: str, code: str) -> None:
    """Naming a list that no catalogue knows, or that is forbidden, refuses the whole file with the reason."""
    with pytest.raises(RegistryError, match="国办发〔2020〕49号") as caught:
        imported(HEADER + ROW, list_code=list_code)
    assert caught.value.code == code


def test_a_file_that_is_not_there_is_told(catalog: Catalog, tmp_path: Path) -> None:
    """A path mistyped is an error and no empty list."""
    with pytest.raises(RegistryError, match="无法读取文件") as caught:
        read_listings(tmp_path / "none.csv", catalog)
    assert caught.value.code == "registry.no_file"


def test_progress_is_told(catalog: Catalog, tmp_path: Path) -> None:
    """A province takes a while: whoever waits sees how far it is."""
    path = tmp_path / "名单.csv"
    path.write_text(HEADER + ROW * 2500, encoding="utf-8")
    seen: list[tuple[int, int]] = []
    read_listings(str(path), catalog, progress=lambda done, rows: seen.append((done, rows)))
    assert seen == [(1000, 2500), (2000, 2500), (2500, 2500)]


class _FixedWidth:
    """A host's plugin for a format of its own."""

    @hookimpl
    def jointsanction_readers(self) -> Mapping[str, TableReader]:
        """Read `.fix`: list, name and day in columns of ten."""

        def read(raw: bytes, is_known: Callable[[str], bool]) -> Table:
            lines = raw.decode().splitlines()
            rows = tuple((number, tuple(line.split("|"))) for number, line in enumerate(lines, 1))
            headers = ("list", "name", "listed_on")
            assert all(map(is_known, headers))
            return Table(headers=headers, header_row=0, rows=rows)

        return {".fix": read}


def test_a_host_may_read_a_format_of_its_own(imported: Import) -> None:
    """A plugin turns its bytes into rows of text; all that follows is as for any other file."""
    plugin = _FixedWidth()
    plugin_manager().register(plugin)
    try:
        report = imported("BL.WAGE|恒泰物流有限公司|20240301\n", name="名单.FIX")
    finally:
        plugin_manager().unregister(plugin)
    assert (report.format, [row.name for row in report.listings]) == (".fix", ["恒泰物流有限公司"])
