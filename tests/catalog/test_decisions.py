"""What was decided article by article (docs/sweep.tsv, docs/local.tsv): nothing left out, each reason quoted."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from jointsanction.catalog.bundle import default_catalog
from jointsanction.catalog.statutes.texts import Library, plain

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "docs"))
from decision_pages import DECISIONS, ENCODED, Decided, decision_pages, decisions  # noqa: E402

STATUTES = ROOT.parent / "shared" / "statutes"
SWEEP = ROOT.parent / "shared" / "domain" / "SWEEP.tsv"
CATALOG = default_catalog()
TABLES = {name: decisions(ROOT / "docs" / f"{name}.tsv") for name in ("sweep", "local")}
ROWS = [row for rows in TABLES.values() for row in rows]


def title_of(row: Decided) -> str:
    """Return the title of the statute a row is about."""
    regulations = {
        instrument.region: instrument.title
        for instrument in CATALOG.instruments.values()
        if instrument.level == "local-regulation"
    }
    return str(regulations.get(row.law, row.law))


@pytest.mark.parametrize("name", TABLES)
def test_the_table_keeps_to_its_words(name: str) -> None:
    """Decisions are of the closed list, no article stands twice, measures are named where there are any."""
    rows = TABLES[name]
    assert len({row[:2] for row in rows}) == len(rows)
    assert {row.decision for row in rows} <= DECISIONS.keys()
    assert [row[:3] for row in rows if (row.decision in ENCODED) is not bool(row.measures) and row.measures == ()] == []


def test_every_measure_named_cites_the_article() -> None:
    """Encoded and partly: the measure rests on that statute and that article."""
    wrong = []
    for row in ROWS:
        for name in row.measures if row.decision in {"encoded", "partly"} else ():
            entry = CATALOG.measures.get(name) or CATALOG.lists.get(name) or CATALOG.rules.get(name)
            cited = (
                {(bare(CATALOG.instruments[one.instrument].title), one.article) for one in entry.basis} if entry else ()
            )
            if not any(title.startswith(bare(title_of(row))) and row.article == at for title, at in cited):
                wrong.append((*row[:2], name))
    assert wrong == []


def bare(title: str) -> str:
    """Return a title without the name of the state."""
    return plain(title).replace("中华人民共和国", "")


def test_a_row_without_a_measure_quotes_the_law() -> None:
    """Whoever looks for a measure that is not there reads the deciding words."""
    assert [row[:3] for row in ROWS if row.decision not in {"encoded", "elsewhere"} and "“" not in row.note] == []


@pytest.mark.skipif(not SWEEP.is_file(), reason="没有 ../shared：清理表不在手边")
def test_every_article_of_the_sweep_is_decided() -> None:
    """359 of 359, in the order of the table; what stands below are later texts that took the place of some of them."""
    wanted = [tuple(line.split("\t")[0:3:2]) for line in SWEEP.read_text(encoding="utf-8").splitlines()[1:]]
    assert [(row.law, row.article) for row in TABLES["sweep"]][: len(wanted)] == wanted


@pytest.mark.skipif(not STATUTES.is_dir(), reason="没有 ../shared/statutes：法律文本不在手边")
def test_quotations_are_the_laws_own_words() -> None:
    """Each quotation stands in the article it is about, word for word."""
    library = Library(STATUTES)
    wrong = [
        (*row[:2], quoted)
        for row in ROWS
        if row.decision not in {"encoded", "elsewhere"}
        for quoted in re.findall("“([^”]+)”", row.note)
        if not any(
            edition.articles.get(row.article) is not None and plain(quoted) in edition.articles[row.article].text
            for edition in library.editions(title_of(row))
        )
    ]
    assert wrong == []


def test_the_pages_link_every_measure() -> None:
    """Both pages have a link to each measure they name, and say how many articles there are."""
    pages = decision_pages(CATALOG, ROOT / "docs", lambda _, rows: "\n".join("|".join(row) for row in rows))
    for name, rows in TABLES.items():
        page = pages[f"catalogue/{name}"]
        assert f"共 {len(rows)} 条" in page
        assert all(f"[{measure}](" in page for row in rows for measure in row.measures)
