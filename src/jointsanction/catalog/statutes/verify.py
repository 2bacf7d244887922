"""Does every citation say what the statute says? (条文核对) Each basis held against the texts of a folder."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.catalog.lint import LintProblem, placed
from jointsanction.catalog.remark import Remark
from jointsanction.catalog.statutes.citations import Citation, citations
from jointsanction.catalog.statutes.measure_words import Words, measure_remarks
from jointsanction.catalog.statutes.place import misplaced, passage
from jointsanction.catalog.statutes.texts import Article, Edition, plain
from jointsanction.terms import TextState

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jointsanction.catalog.lint import LintLevel
    from jointsanction.catalog.load import Loaded
    from jointsanction.catalog.statutes.texts import Library
    from jointsanction.model.catalogue import Basis, Catalog, Instrument

VERIFY: Final[dict[str, tuple[LintLevel, str]]] = {
    "no-such-article": ("error", "所引文本没有这一条。"),
    "no-such-place": ("error", "所引的条没有这一款或者这一项。"),
    "anchor-missing": ("error", "写明已核对原文，却没有 anchor，无从核对。"),
    "anchor-short": ("error", "anchor 不足四个字。"),
    "anchor-absent": ("error", "所引条文中没有 anchor 的文字。"),
    "anchor-misplaced": ("error", "anchor 的文字在本条，却不在所引的款、项。"),
    "anchor-common": ("error", "anchor 的文字也见于不相干的条文，不能说明出处。"),
    "no-source": ("error", "写明已核对原文，法律文本库中却没有，也没有写明在哪里读到（依据文件的 source）。"),
    "drifted": ("error", "条文与核对时不同，须重新核对。"),
    "older-edition": ("warning", "在该文件较早的版本中，所引条文没有 anchor 的文字。"),
    "not-pinned": ("info", "条文还没有指纹；用 catalog verify --write 写入。"),
    "readable": ("info", "未核对原文，而法律文本库中有这一条，可以核对。"),
    "bearer-not-named": ("warning", "所引条文没有点到这类承担者。"),
    "term-not-named": ("warning", "所引条文没有写这个期限。"),
    "may-not-must": ("warning", "所引条文写“可以”，措施写应当（must）；机关已经作出决定的，写 order。"),
    "not-prohibited": ("warning", "所引条文没有不得、不予、禁止一类的字，措施写禁止（prohibit）。"),
    "refers-perhaps": ("warning", "所引条文依照其他法律，措施写规定后果（sets）；多半是 refers 或者 opens。"),
    "condition-left-out": ("warning", "所引条文写“同等条件”，激励没有写 conditions。"),
    "exception-left-out": ("warning", "所引条文有材料除外，激励没有写 except。"),
}
"""Every remark on a citation: its level and what it says."""

_SHORTEST: Final = 4
_DRAWN: Final = 200


class Verified(NamedTuple):
    """What came of holding a catalogue against texts (核对结果).

    `counts` tells how many citations there are of each outcome: `passed`, `failed`, `sourced` (read elsewhere, the
    source is named), `recalled` (nobody read them) and `whole` (an instrument as a whole, without an article).
    """

    problems: tuple[LintProblem, ...]
    counts: Counter[str]


def verify(loaded: Loaded, library: Library) -> Verified:
    """Hold every basis of the loaded files against the texts (条文核对); problems are sorted by place."""
    check = _Verifier(loaded.catalog, library)
    remarks: list[Remark] = []
    counts: Counter[str] = Counter()
    for citation in citations(loaded.catalog):
        if (citation.section, citation.id) in loaded.sources:
            outcome, found = check.citation(citation)
            counts[outcome] += 1
            remarks += found
    for measure in loaded.catalog.measures.values():
        if ("measures", measure.id) in loaded.sources:
            remarks += measure_remarks(measure, check.passages(measure.basis))
    return Verified(tuple(sorted(placed(remark, loaded, VERIFY) for remark in remarks)), counts)


def editions_of(instrument: Instrument, catalog: Catalog, library: Library) -> tuple[Edition, ...]:
    """Return the texts an instrument stands for, the oldest first.

    Those adopted neither before it nor on or after the day its successor was: where several editions have the same
    articles, one instrument stands for all of them.
    """
    editions = library.editions(instrument.title)
    successor = catalog.instruments.get(instrument.superseded_by or "")
    end = successor.adopted if successor is not None else None
    return tuple(
        edition
        for edition in editions
        if edition.day is None
        or ((instrument.adopted is None or instrument.adopted <= edition.day) and (end is None or edition.day < end))
    )


class _Verifier:
    """Holds citations against the texts, one after the other."""

    def __init__(self, catalog: Catalog, library: Library) -> None:
        self.catalog = catalog
        self.library = library
        self._texts: dict[str, tuple[Edition, ...]] = {}
        self._files = library.all()

    def editions(self, instrument: Instrument) -> tuple[Edition, ...]:
        """Return the texts an instrument stands for."""
        if instrument.id not in self._texts:
            self._texts[instrument.id] = editions_of(instrument, self.catalog, self.library)
        return self._texts[instrument.id]

    def citation(self, citation: Citation) -> tuple[str, list[Remark]]:
        """Return the outcome for a citation, and every remark on it."""
        basis, read = citation.basis, citation.basis.text is TextState.VERIFIED
        editions = self.editions(citation.instrument)
        if not editions or basis.article is None:
            return self._elsewhere(citation, in_corpus=bool(editions))
        found = [(edition, edition.articles.get(basis.article)) for edition in editions]
        article = found[-1][1]
        if not read:
            remarks = [_remark(citation, "readable", f"第{basis.article}条。")] if article is not None else []
            return "recalled", remarks
        if article is None:
            return "failed", [_remark(citation, "no-such-article", f"第{basis.article}条。", key="article")]
        faults = [*self._faults(citation, article), *_drift(citation, editions[-1], article)]
        if any(VERIFY[fault.code][0] == "error" for fault in faults):
            return "failed", faults
        return "passed", [*faults, *_older(citation, found[:-1])]

    def passages(self, bases: Sequence[Basis]) -> dict[int, Words]:
        """Return the words of each cited article by the number of its basis, where the texts have it."""
        found: dict[int, Words] = {}
        for index, basis in enumerate(bases):
            editions = self.editions(self.catalog.instruments[basis.instrument])
            article = editions[-1].articles.get(basis.article or "") if editions else None
            if article is not None:
                found[index] = Words(article.text, passage(article, basis) or article.text)
        return found

    def _elsewhere(self, citation: Citation, *, in_corpus: bool) -> tuple[str, list[Remark]]:
        """Judge a citation no text can be held against."""
        if citation.basis.text is not TextState.VERIFIED:
            return "recalled", []
        if in_corpus:
            return "whole", []
        if citation.instrument.source is None:
            return "failed", [_remark(citation, "no-source", key="instrument")]
        return "sourced", []

    def _faults(self, citation: Citation, article: Article) -> Iterator[Remark]:
        """Yield what is wrong with where an anchor stands."""
        basis = citation.basis
        if basis.anchor is None:
            yield _remark(citation, "anchor-missing")
            return
        anchor, words = plain(basis.anchor), passage(article, basis)
        if len(anchor) < _SHORTEST:
            yield _remark(citation, "anchor-short", f"“{basis.anchor}”。", key="anchor")
        if words is None:
            yield _remark(citation, "no-such-place", misplaced(article, basis), key="article")
        elif anchor not in article.text:
            yield _remark(citation, "anchor-absent", self._found_at(citation, anchor), key="anchor")
        elif anchor not in words:
            yield _remark(citation, "anchor-misplaced", f"“{basis.anchor}”。", key="anchor")
        elif (other := self._elsewhere_drawn(citation, anchor)) is not None:
            yield _remark(citation, "anchor-common", f"“{basis.anchor}”，如{other}。", key="anchor")

    def _found_at(self, citation: Citation, anchor: str) -> str:
        """Return where in the same text the words of an anchor stand, to help its author."""
        articles = self.editions(citation.instrument)[-1].articles
        there = [number for number, article in articles.items() if anchor in article.text]
        said = f"见于第{'、'.join(there)}条" if there else "全文也没有"
        return f"“{citation.basis.anchor}”{said}。"

    def _elsewhere_drawn(self, citation: Citation, anchor: str) -> str | None:
        """Return an article of another statute, out of some drawn at random, that has the anchor's words, too.

        The draw depends on the anchor alone, so that the same catalogue and texts give the same answer.
        """
        draw = random.Random(anchor)  # noqa: S311 - a sample, no secret
        own = {edition.path for edition in self.editions(citation.instrument)}
        for _ in range(_DRAWN):
            edition = draw.choice(self._files)
            if edition.path in own or not edition.articles:
                continue
            article = draw.choice(tuple(edition.articles.values()))
            if anchor in article.text:
                return f"{edition.path.stem}第{article.number}条"
        return None


def _older(citation: Citation, found: list[tuple[Edition, Article | None]]) -> Iterator[Remark]:
    """Yield the earlier editions in which the anchor isn't where it is cited."""
    anchor = plain(citation.basis.anchor or "")
    for edition, article in found:
        if article is None or anchor not in article.text:
            yield _remark(citation, "older-edition", f"{edition.day}。", key="anchor")


def _drift(citation: Citation, edition: Edition, article: Article) -> Iterator[Remark]:
    """Yield whether an article's words are still those it was verified with."""
    checked = citation.instrument.checked
    pinned = checked.articles.get(article.number) if checked is not None else None
    if checked is None or pinned is None:
        yield _remark(citation, "not-pinned", f"第{article.number}条。", key="article")
    elif pinned != article.fingerprint:
        message = f"第{article.number}条：核对时为 {checked.edition} 版，现为 {edition.day} 版。"
        yield _remark(citation, "drifted", message, key="article")


def _remark(citation: Citation, code: str, message: str = "", *, key: str | None = None) -> Remark:
    path = citation.path if key is None else (*citation.path, key)
    return Remark(citation.section, citation.id, path, code, f"《{citation.instrument.title}》{message}")
