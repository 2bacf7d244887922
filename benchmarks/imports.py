"""What importing a list costs, format by format (名单导入耗时).

    python benchmarks/imports.py [--rows 50000] [--formats xlsx csv-utf-8 …]

Writes one made-up list in every format, reads each file and imports it into a SQLite store of its own, and prints rows
per second of the reading alone and of the whole import. Every row of every file must come out as a listing, without a
word of warning, or nothing is timed. All figures are of one process and one run; compare rows, not machines. The .xls
is written by xlwt, which only the tests need otherwise.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import openpyxl
import xlwt

from jointsanction.catalog.bundle import default_catalog
from jointsanction.identity.uscc import check_digit
from jointsanction.registry.readers.read import read_listings
from jointsanction.store import Delivery, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jointsanction.registry.readers.report import ImportReport

NOW = datetime(2024, 6, 10, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
HEADERS = ("名单", "主体类别", "名称", "统一社会信用代码", "列入日期", "文书文号", "文书日期", "认定单位")
PLACES = ("恒", "泰", "信", "达", "隆", "昌", "盛", "源")


def made_up(rows: int) -> list[tuple[str, ...]]:
    """Return the rows of a made-up list: codes of region 990000 with their right check digits."""
    dice = random.Random(20240610)  # noqa: S311 - a fixed order, not a secret
    found = []
    for at in range(rows):
        body = f"91990000MA{at:07d}"
        name = "虚构" + "".join(dice.choices(PLACES, k=4)) + f"{at}号物流有限公司"
        day = f"2023-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
        document = f"（2023）虚执{at}号"
        code = body + check_digit(body)
        found.append(("失信被执行人", "企业", name, code, day, document, day, "虚构市中级人民法院"))
    return found


def write_csv(path: Path, rows: Sequence[Sequence[str]], codec: str) -> None:
    """Write a CSV file."""
    path.write_bytes("".join(",".join(row) + "\r\n" for row in (HEADERS, *rows)).encode(codec))


def write_xlsx(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """Write a .xlsx."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("名单")
    for row in (HEADERS, *rows):
        sheet.append(row)
    book.save(path)


def write_xls(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """Write a .xls."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("名单")
    for at, row in enumerate((HEADERS, *rows)):
        for place, cell in enumerate(row):
            sheet.write(at, place, cell)
    book.save(str(path))


def write_html(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """Write a page with one table."""
    lines = ("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in (HEADERS, *rows))
    path.write_text(f"<html><body><table>\n{''.join(lines)}</table></body></html>", encoding="utf-8")


def write_json(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """Write one JSON document."""
    path.write_text(json.dumps({"data": {"list": objects(rows)}}, ensure_ascii=False), encoding="utf-8")


def write_jsonl(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """Write an object a line."""
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in objects(rows))
    path.write_text("".join(lines), encoding="utf-8")


def write_xml(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """Write an element a row."""
    lines = ("".join(f"<{key}>{cell}</{key}>" for key, cell in row.items()) for row in objects(rows))
    body = "".join(f"<ROW>{line}</ROW>\n" for line in lines)
    path.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n<DATA>\n{body}</DATA>\n', encoding="utf-8")


def objects(rows: Sequence[Sequence[str]]) -> list[dict[str, str]]:
    """Return rows as objects."""
    return [dict(zip(HEADERS, row, strict=True)) for row in rows]


WRITERS: dict[str, tuple[str, Callable[[Path, Sequence[Sequence[str]]], None]]] = {
    "csv-utf-8": (".csv", lambda path, rows: write_csv(path, rows, "utf-8")),
    "csv-gb18030": (".csv", lambda path, rows: write_csv(path, rows, "gb18030")),
    "xlsx": (".xlsx", write_xlsx),
    "xls": (".xls", write_xls),
    "html": (".html", write_html),
    "json": (".json", write_json),
    "jsonl": (".jsonl", write_jsonl),
    "xml": (".xml", write_xml),
}


def main() -> None:
    """Write the files, read and import each, print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rows", type=int, default=50_000)
    options.add_argument("--formats", nargs="+", choices=WRITERS, default=list(WRITERS))
    args = options.parse_args()
    rows = made_up(args.rows)
    print(f"{'format':<12}{'MB':>8}{'read s':>9}{'rows/s':>9}{'import s':>10}{'rows/s':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for name in args.formats:
            ending, write = WRITERS[name]
            path = Path(folder) / f"{name}{ending}"
            write(path, rows)
            report(name, path, len(rows))


def report(name: str, path: Path, rows: int) -> None:
    """Time one file and print its line."""
    catalog = default_catalog()
    start = time.perf_counter()
    read = read_listings(path, catalog)
    between = time.perf_counter()
    expect(read, rows)
    committing = time.perf_counter()
    store = Store.open(f"sqlite:///{path.with_suffix('')}.db")
    outcome = store.commit(Delivery(sha256=read.sha256, file_name=path.name), read.listings, recorded_at=NOW)
    ended = time.perf_counter()
    assert outcome.added == rows, outcome
    reading, importing = between - start, between - start + ended - committing
    size = path.stat().st_size / 1e6
    print(f"{name:<12}{size:>8.1f}{reading:>9.2f}{rows / reading:>9.0f}{importing:>10.2f}{rows / importing:>9.0f}")


def expect(read: ImportReport, rows: int) -> None:
    """Refuse to time a file that was not read whole."""
    assert len(read.listings) == rows, read.summary()
    assert not read.problems, read.problems[:3]


if __name__ == "__main__":
    main()
