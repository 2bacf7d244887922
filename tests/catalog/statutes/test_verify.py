"""Every citation is held against the statute it names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jointsanction.catalog.load import load_with_sources
from jointsanction.catalog.statutes.pins import write_pins
from jointsanction.catalog.statutes.texts import Library
from jointsanction.catalog.statutes.verify import VERIFY, verify

if TYPE_CHECKING:
    from collections.abc import Callable

    from jointsanction.catalog.load import Loaded
    from jointsanction.catalog.statutes.verify import Verified

ROOT = Path(__file__).parents[3]
STATUTES = ROOT.parent / "shared" / "statutes"
M = "measures/restriction/refuse-trade.yaml"
ACT = "measures/restriction/bar-after-sentence.yaml"
LAW = "measures/instruments/trade-law.yaml"
RULE = "measures/instruments/trade-rule.yaml"
CITED = '{instrument: trade-law, article: "22", carries: sets, text: verified}'
SOUND = '{instrument: trade-law, article: "22", paragraph: 2, carries: sets, text: verified, anchor: 不得参加大宗贸易}'
GOOD = SOUND.replace("不得参加大宗贸易", "良好的贸易信誉")


def remarks(verified: Verified, file: str) -> set[str]:
    """Return the codes of the remarks on one file."""
    return {problem.code for problem in verified.problems if problem.file.endswith(file)}


@pytest.mark.parametrize(
    ("basis", "codes"),
    [
        (SOUND, set[str]()),
        (SOUND.replace('"22"', '"9"'), {"no-such-article"}),
        (SOUND.replace("paragraph: 2", "paragraph: 3"), {"no-such-place"}),
        (SOUND.replace("paragraph: 2", "paragraph: 0"), {"no-such-place"}),
        (SOUND.replace("paragraph: 2", 'item: "3"'), {"no-such-place"}),
        (SOUND.replace("paragraph: 2", "paragraph: 1"), {"anchor-misplaced"}),
        (SOUND.replace("不得参加大宗贸易", "不得参加小宗贸易"), {"anchor-absent"}),
        (SOUND.replace("不得参加大宗贸易", "规范贸易活动"), {"anchor-absent"}),
        (SOUND.replace("不得参加大宗贸易", "不得参"), {"anchor-short"}),
        (SOUND.replace(", anchor: 不得参加大宗贸易", ""), {"anchor-missing"}),
        (SOUND.replace("text: verified", "text: recalled"), {"readable"}),
        (SOUND.replace('"22"', '"9"').replace("text: verified", "text: recalled"), set[str]()),
        (GOOD.replace("paragraph: 2", 'paragraph: 1, item: "（二）"'), set[str]()),
        (SOUND.replace("paragraph: 2", 'item: "2"').replace("不得参加大宗贸易", "应当具备下列条件"), set[str]()),
        (GOOD.replace("paragraph: 2", 'item: "1"'), {"anchor-misplaced"}),
        (SOUND.replace('article: "22", paragraph: 2, ', "").replace(", anchor: 不得参加大宗贸易", ""), set[str]()),
    ],
)  # fmt: skip
def test_a_citation_is_right_or_told(
    spoiled: Callable[..., Loaded], library: Library, basis: str, codes: set[str]
) -> None:
    """条、款、项 are there, and the anchor's words stand in them."""
    loaded = spoiled(M, (CITED, basis))
    assert remarks(verify(loaded, library), M) - {"not-pinned"} == codes


def test_words_that_any_article_has_prove_nothing(spoiled: Callable[..., Loaded], statutes: Path) -> None:
    """An anchor must not stand in an unrelated article drawn at random."""
    loaded = spoiled(M, (CITED, SOUND.replace("不得参加大宗贸易", "列入严重失信主体名单")))
    assert remarks(verify(loaded, Library(statutes)), M) == {"not-pinned"}
    (statutes / "虚构旁法.md").write_text("第一条　列入严重失信主体名单的，公布。\n", encoding="utf-8")
    (statutes / "虚构空文.md").write_text("没有条文。\n", encoding="utf-8")
    (found,) = (one for one in verify(loaded, Library(statutes)).problems if one.code == "anchor-common")
    assert "虚构旁法第1条" in found.message


def test_what_was_read_elsewhere_names_its_source(spoiled: Callable[..., Loaded], library: Library) -> None:
    """`text: verified` without a text at hand needs a named source."""
    loaded = spoiled(M, (CITED, SOUND.replace("trade-law", "trade-rule")))
    assert remarks(verify(loaded, library), M) == {"no-source"}
    verified = verify(spoiled(RULE, ("title:", "source: 虚构公报\ntitle:")), library)
    assert (remarks(verified, M), verified.counts["sourced"] > 0) == (set(), True)


def test_an_instrument_stands_for_the_editions_between_itself_and_its_successor(
    spoiled: Callable[..., Loaded], statutes: Path
) -> None:
    """An earlier edition of which the words are not true is told; one before the instrument is not looked at."""
    law = statutes / "经济法" / "中华人民共和国虚构贸易法(2000-01-01).md"
    older = law.read_text(encoding="utf-8").replace("大宗贸易", "小宗贸易")
    for day in ("1990-01-01", "1999-06-01", "2010-01-01"):
        law.with_name(f"虚构贸易法({day}).md").write_text(older, encoding="utf-8")
    spoiled(M, (CITED, SOUND))
    (statutes.parent / "world" / "measures" / "instruments" / "next-trade-law.yaml").write_text(
        "id: next-trade-law\ntitle: 虚构贸易法（2010年修正）\nlevel: law\nadopted: 2010-01-01\n", encoding="utf-8"
    )
    dates = ("title:", "adopted: 1999-01-01\nsuperseded_by: next-trade-law\ntitle:")
    verified = verify(spoiled(LAW, dates), Library(statutes))
    (found,) = (one for one in verified.problems if one.code == "older-edition")
    assert ("1999-06-01" in found.message, found.level) == (True, "warning")


def test_a_fingerprint_shows_which_citations_drifted(spoiled: Callable[..., Loaded], statutes: Path) -> None:
    """Once written, it tells when a newer text has other words, and stays until its author takes it out."""
    loaded = spoiled(M, (CITED, SOUND))
    (file,) = write_pins(loaded, Library(statutes))
    loaded = load_with_sources([statutes.parent / "world"])
    assert file.name == "trade-law.yaml"
    assert str(loaded.catalog.instruments["trade-law"].checked).startswith("edition=datetime.date(2000, 1, 1)")
    assert remarks(verify(loaded, Library(statutes)), M) == set()
    assert write_pins(loaded, Library(statutes)) == ()
    law = statutes / "经济法" / "中华人民共和国虚构贸易法(2000-01-01).md"
    newer = law.read_text(encoding="utf-8").replace("三年内", "五年内")
    law.with_name("虚构贸易法(2024-01-01).md").write_text(newer, encoding="utf-8")
    verified = verify(loaded, Library(statutes))
    (found,) = (one for one in verified.problems if one.code == "drifted")
    assert "2000-01-01 版，现为 2024-01-01 版" in found.message
    assert write_pins(loaded, Library(statutes)) == ()


def test_what_does_not_pass_is_not_pinned(spoiled: Callable[..., Loaded], library: Library) -> None:
    """A fingerprint says that somebody's citation stood there."""
    loaded = spoiled(M, (CITED, SOUND.replace("不得参加大宗贸易", "不得参加小宗贸易")))
    assert write_pins(loaded, library) == ()


def test_a_newer_text_with_the_same_words_becomes_the_one_checked(
    spoiled: Callable[..., Loaded], statutes: Path
) -> None:
    """The note of an instrument stays where it is, and a second fingerprint joins the first."""
    spoiled(LAW, ("level: law", "level: law\nnote: 虚构"))
    write_pins(spoiled(M, (CITED, SOUND)), Library(statutes))
    law = statutes / "经济法" / "中华人民共和国虚构贸易法(2000-01-01).md"
    law.rename(law.with_name("虚构贸易法.md"))
    write_pins(load_with_sources([statutes.parent / "world"]), Library(statutes))
    text = (statutes.parent / "world" / LAW).read_text(encoding="utf-8")
    assert "edition" not in text
    assert text.index("checked:") < text.index("note: 虚构")


@pytest.mark.parametrize(
    ("term", "bears", "said"),
    [
        ("{years: 3, ", "[self, legal-representative]", {}),
        ("{years: 5, ", "[self, actual-controller]", {"bearer-not-named": "实际控制人", "term-not-named": "五年"}),
        ("{years: [2, 3], ", "[self]", {"term-not-named": "二至"}),
        ("{months: 6, ", "[self]", {"term-not-named": "六个月"}),
        ("{life: true, ", "[self]", {"term-not-named": "终身"}),
        ("{life: true, set_by: order, ", "[self]", {}),
    ],
)
def test_bearers_and_terms_stand_in_the_law(
    spoiled: Callable[..., Loaded], library: Library, term: str, bears: str, said: dict[str, str]
) -> None:
    """Who bears an adverse measure, and for how long, is what the cited article says."""
    words = (("{years: 5, ", term), ("bears: [self]", f"bears: {bears}"), ('article: "40"', 'article: "22"'))
    found = verify(spoiled(ACT, *words), library).problems
    told = {one.code: one.message for one in found if one.file.endswith(ACT) and one.code.endswith("-not-named")}
    assert told.keys() == said.keys()
    assert all(said[code] in message for code, message in told.items())


@pytest.mark.parametrize(
    ("article", "words", "codes"),
    [
        ("30", (), {"may-not-must", "not-prohibited"}),
        ("30", (("degree: prohibit\nbinding: must", "degree: restrict\nbinding: may"),), set[str]()),
        ("31", (("binding: must", "binding: may"),), set[str]()),
        ("32", (("binding: must", "binding: may"),), {"refers-perhaps"}),
        ("32", (("carries: sets", "carries: opens"),), set[str]()),
        ("34", (), {"not-prohibited"}),
        ("34", (("degree: prohibit", "degree: restrict"),), set[str]()),
    ],
)
def test_a_measure_says_no_more_than_the_cited_words(
    spoiled: Callable[..., Loaded], library: Library, article: str, words: tuple[tuple[str, str], ...], codes: set[str]
) -> None:
    """可以 is no duty, and what is not forbidden is no ban; what refers to other law sets nothing."""
    changes = (*words, ('article: "22"', f'article: "{article}"'), ("{role: legal-representative, at: asking}", "self"))
    assert (
        remarks(verify(spoiled(M, *changes), library), M) - {"anchor-missing", "not-pinned", "bearer-not-named"}
        == codes
    )


def test_an_incentive_keeps_its_conditions(spoiled: Callable[..., Loaded], library: Library) -> None:
    """同等条件下 and 法律要求的材料除外 stand in the measure as they stand in the law."""
    favour = "measures/incentive/favour-trade.yaml"
    kept = "conditions: [{clean-period: 3}, {meets: 守信承诺}, other-things-equal]\nexcept: [statutory-documents]\n"
    loaded = spoiled(favour, ('article: "30"', 'article: "33"'))
    assert remarks(verify(loaded, library), favour) == {"anchor-missing", "not-pinned"}
    told = remarks(verify(spoiled(favour, (kept, "")), library), favour)
    assert told - {"anchor-missing", "not-pinned"} == {"condition-left-out", "exception-left-out"}


def test_every_code_is_said_once() -> None:
    """Words and levels of the remarks are one table."""
    assert len({said for _, said in VERIFY.values()}) == len(VERIFY)


@pytest.mark.skipif(not STATUTES.is_dir(), reason="没有 ../shared/statutes：法律文本不在手边")
def test_the_shipped_catalogue_cites_what_the_statutes_say() -> None:
    """No citation fails among those whose text is in the collection, and none drifted."""
    verified = verify(load_with_sources([ROOT]), Library(STATUTES))
    assert [str(problem) for problem in verified.problems if problem.level == "error"] == []
    assert [str(problem) for problem in verified.problems if problem.code == "not-pinned"] == []
    assert verified.counts["passed"] > verified.counts["sourced"]
