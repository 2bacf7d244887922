"""What became of each row of the reference (docs/rows.tsv): a fate for every row, a row for every measure."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from jointsanction.catalog.bundle import default_catalog

ROOT = Path(__file__).parents[2]
DOMAIN = ROOT.parent / "shared" / "domain"
DECISIONS = {"encoded", "partly", "elsewhere", "not-a-measure", "no-basis", "text-missing"}
LINES = [line.split("\t") for line in (ROOT / "docs" / "rows.tsv").read_text(encoding="utf-8").splitlines()]


def test_the_table_has_the_columns_it_says() -> None:
    """Every line has the four columns, each row stands once, and every decision is a word of the closed list."""
    assert LINES[0] == ["row", "decision", "entries", "note"]
    assert {len(line) for line in LINES} == {4}
    assert [row for row, count in Counter(line[0] for line in LINES).items() if count > 1] == []
    assert {decision for _, decision, _, _ in LINES[1:]} <= DECISIONS


def test_a_row_that_is_not_encoded_says_why() -> None:
    """Whoever looks for a measure that is not there reads the reason."""
    assert [row for row, decision, _, note in LINES[1:] if decision != "encoded" and not note.strip()] == []


def test_a_row_that_is_encoded_names_what_encodes_it() -> None:
    """Encoded, partly or elsewhere: the entries are named, and they exist."""
    catalog = default_catalog()
    known = {
        *catalog.measures, *catalog.lists, *catalog.matters, *catalog.groups, *catalog.rules, *catalog.forbidden,
        *catalog.schemes,
    }  # fmt: skip
    bare = [row for row, decision, entries, _ in LINES[1:] if decision in {"encoded", "partly"} and not entries]
    unknown = {
        (row, entry)
        for row, _, entries, _ in LINES[1:]
        for entry in filter(None, entries.split(","))
        if entry not in known
    }
    assert (bare, unknown) == ([], set())


def test_every_measure_comes_from_a_row() -> None:
    """Reference, sweep or local regulation: of every measure a table says from where it comes."""
    tables = (ROOT / "docs" / f"{name}.tsv" for name in ("rows", "sweep", "local"))
    cells = (line.split("\t") for table in tables for line in table.read_text(encoding="utf-8").splitlines()[1:])
    named = {entry for *_, entries, _ in cells for entry in entries.split(",")}
    assert sorted(set(default_catalog().measures) - named) == []


@pytest.mark.skipif(not DOMAIN.is_dir(), reason="没有 ../shared：参考表不在手边")
def test_every_row_of_the_reference_has_a_fate() -> None:
    """National list, matrix, lists, and both central documents item by item."""
    reference = (DOMAIN / "REFERENCE.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\| (X\d{3}|\d\d-\d\d|[BR]L\.[A-Z0-9]+) \|", reference, re.MULTILINE))
    decided = {row for row, *_ in LINES[1:]}
    central = {row.partition(":")[0] for row in decided if ":" in row}
    assert (sorted(rows - decided), central >= {"64", "33"}) == ([], True)
