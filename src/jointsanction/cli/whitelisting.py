"""Selecting the trustworthy for whoever serves them first (白名单筛选): nobody in doubt is on it."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections import Counter
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.cli.exporting import lists_named, region_of, statuses_of
from jointsanction.cli.new_files import write_pieces
from jointsanction.cli.screen import show
from jointsanction.cli.stored import open_law
from jointsanction.engine import Engine, shanghai_now
from jointsanction.export.masking import masked
from jointsanction.export.writing import csv_pieces
from jointsanction.home import default_store, snapshot_folder
from jointsanction.identity.identify import parse_subject
from jointsanction.identity.keys import own_keys, own_numbers
from jointsanction.registry.snapshot.registry import SnapshotRegistry
from jointsanction.steps.asking.days import read_day
from jointsanction.store import Store
from jointsanction.telling.page import Block, Headline, Line
from jointsanction.terms import Audience, GradeLevel, IdState, ListKind, Reason
from jointsanction.terms.words import word
from jointsanction.worklists.standings import standings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from jointsanction.model.subject import Listing

_MATTER: Final = "INSP.CLASS"
_BAD: Final = frozenset({ListKind.BLACK, ListKind.INDEPENDENT})
_GONE: Final = frozenset(
    {
        Reason.LAPSED,
        Reason.REPAIRED,
        Reason.REMOVED,
        Reason.OBJECTION_UPHELD,
        Reason.NOT_IN_FORCE,
        Reason.ANNOUNCED_ONLY,
    }
)
_HEADERS: Final = ("名称", "号码", "名单", "列入日期", "有效期止", "信用等级", "基准日", "名单库版本")


class Chosen(NamedTuple):
    """Who is wanted (筛选条件)."""

    code: str
    grade: str | None
    region: str | None
    as_of: str | None
    statuses: tuple[str, ...] = ()
    whole: bool = False


def export_white(chosen: Chosen, output: Path, store: str | None, catalogues: Sequence[Path]) -> None:
    """Write whoever is on a list and meets the conditions, and tell how many did not, and why (白名单).

    Raises:
        QuestionError: `question.unknown_word`, `question.date`, `question.output`.
        RegistryError: `registry.unknown_list`; a store that can't be read.
    """
    url = store or default_store()
    opened = Store.open(url, create=False)
    with _engine(url, opened, catalogues) as engine:
        selection = _Selection(engine, chosen)
        lines = csv_pieces(_HEADERS, selection.rows(opened))
        # The mark tells a spreadsheet that it is UTF-8.
        write_pieces(output, chain([BOM_UTF8], (piece.encode() for piece in lines)))
    left = tuple(Line(why, f"{count} 条") for why, count in sorted(selection.left_out.items()))
    show([Headline(f"已写出 {selection.kept} 个主体：{output}。"), *([Block("未选入", left)] if left else [])])


@contextmanager
def _engine(url: str, store: Store, catalogues: Sequence[Path]) -> Iterator[Engine]:
    """Give an engine on the snapshot of a store, one made for this once where it is old: a province is large."""
    catalog = open_law(url, catalogues)
    current = SnapshotRegistry.of_version(snapshot_folder(url), store.version())
    if current is not None:
        yield Engine(catalog, current, store=store)
        return
    with TemporaryDirectory(prefix="jointsanction-", ignore_cleanup_errors=True) as folder:
        yield Engine(catalog, store.snapshot(Path(folder)), store=store)


class _Selection:
    """Goes through a list and keeps whoever meets the conditions."""

    def __init__(self, engine: Engine, chosen: Chosen) -> None:
        self._engine = engine
        self._chosen = chosen
        self._catalog = engine.tables.catalog
        self._lists = lists_named(self._catalog, (chosen.code,))
        self._day: date = shanghai_now().date() if chosen.as_of is None else read_day(chosen.as_of, "基准日")
        self._least = None if chosen.grade is None else word(GradeLevel, chosen.grade, "信用等级")
        self._statuses = statuses_of(chosen.statuses)
        self.left_out: Counter[str] = Counter()
        self.kept = 0
        self._several: set[str] = set()

    def rows(self, store: Store) -> Iterator[list[str]]:
        """Yield a row for each subject that is kept, once."""
        for listing in store.listings(self._lists, region_of(self._chosen.region)):
            row, why = self._judged(listing)
            if row is not None:
                self.kept += 1
                yield row
            elif why:
                self.left_out[why] += 1

    def _judged(self, listing: Listing) -> tuple[list[str] | None, str]:
        if self._statuses and listing.subject_status not in self._statuses:
            return None, "登记状态不在所选之列"
        registry = self._engine.registry
        now = next(standings([listing], self._catalog, registry.repairs, self._day))[1]
        number = next((each for each in own_numbers(listing) if each.state is IdState.OK), None)
        if now.reason is not Reason.APPLIES:
            return None, "不在列"
        if number is None:
            return None, "没有可以核对的号码"
        others = [hit.listing for hit in registry.lookup(own_keys(listing), None) if hit.related is None]
        stand = standings(others, self._catalog, registry.repairs, self._day)
        if any(self._catalog.lists[row.list].kind in _BAD and one.reason not in _GONE for row, one in stand):
            return None, "有黑名单、独立管理名单记录（含存疑的）"
        level, why = self._grade(listing, number.text)
        if why or self._is_there(listing, others):
            return None, why
        return self._row(listing, level), ""

    def _is_there(self, listing: Listing, others: Sequence[Listing]) -> bool:
        """Tell whether the subject is kept already; remembered are only those who may come again."""
        key = own_keys(listing)[0]
        if sum(other.list in self._lists for other in others) > 1:
            if key in self._several:
                return True
            self._several.add(key)
        return False

    def _grade(self, listing: Listing, number: str) -> tuple[GradeLevel | None, str]:
        """Return a subject's level, and why it is not good enough; without a wish for one nobody is asked."""
        if self._least is None:
            return None, ""
        subject = parse_subject(number, listing.subject_kind, None)
        result = self._engine.check_subject(subject, _MATTER, as_of=self._day, region=self._chosen.region)
        grade = result.model_dump()["grade"]
        if grade["level"] is None or not grade["complete"]:
            return None, "等级不能确定（有名单没有导入或者过期）"
        level, order = GradeLevel(grade["level"]), list(GradeLevel)
        return (level, "") if order.index(level) <= order.index(self._least) else (None, "等级不够")

    def _row(self, listing: Listing, level: GradeLevel | None) -> list[str]:
        shown = listing if self._chosen.whole else masked(listing, Audience.ANYBODY, all_of_it=True)
        number = shown.uscc or shown.resident_id or shown.other_id
        told = (shown.name, number, shown.list, shown.listed_on, shown.valid_to, level and level.zh, self._day)
        return [*("" if value is None else str(value) for value in told), self._engine.registry.version]
