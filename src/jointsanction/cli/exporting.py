"""Writing what of the store is to leave (上报、共享): every row is read once, and none is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from jointsanction.catalog.compile import region_prefix
from jointsanction.cli.new_files import write_pieces
from jointsanction.cli.screen import show
from jointsanction.cli.stored import open_law
from jointsanction.engine import shanghai_now
from jointsanction.errors import QuestionError, RegistryError
from jointsanction.export.changes import Wanted, Withheld, changes, touched_records
from jointsanction.export.ftm import ftm_text
from jointsanction.export.profiles import load_profile, refuse_unfit, standard_profile
from jointsanction.export.rows import RowWriter
from jointsanction.export.writing import WRITERS, encoded
from jointsanction.home import default_store
from jointsanction.model.export_profile import ExportProfile
from jointsanction.registry.readers.lists import ListFinder
from jointsanction.registry.readers.report import Fault
from jointsanction.steps.asking.ask import read_region
from jointsanction.store import Store
from jointsanction.store.repairs import by_record
from jointsanction.store.since import Changed
from jointsanction.telling.page import Block, Headline, Line
from jointsanction.terms import Audience, SubjectStatus
from jointsanction.terms.words import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from jointsanction.export.changes import Change
    from jointsanction.model.catalogue import Catalog, ListType
    from jointsanction.store import Batch
    from jointsanction.telling.page import Part

FTM: Final = "ftm"
_UNKNOWN: Final = frozenset({"unknown", "不明"})
_ENDINGS: Final = {".csv": "csv", ".json": "json", ".jsonl": FTM, ".xml": "xml"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed (导出要求)."""

    output: Path
    since: str | None = None
    form: str | None = None
    profile: str | None = None
    lists: tuple[str, ...] = ()
    region: str | None = None
    statuses: tuple[str, ...] = ()
    to: str = "authority"
    mask: bool = False


def run_export(asked: Asked, store: str | None, catalogues: Sequence[Path]) -> None:
    """Write what is to leave into a file, and tell how much it was (导出).

    Raises:
        QuestionError: `question.unknown_word`, `question.format`, `question.output`.
        RegistryError: `registry.no_such_batch`, `registry.unknown_list`; what a profile or a store raises.
    """
    form, audience = _form(asked), word(Audience, asked.to, "提供对象")
    catalog, opened = open_law(store, catalogues), Store.open(store or default_store(), create=False)
    lists, region, statuses = lists_named(catalog, asked.lists), region_of(asked.region), statuses_of(asked.statuses)
    wanted = Wanted(day=shanghai_now().date(), lists=lists, audience=audience, mask=asked.mask)
    batches, withheld = opened.batches(), Withheld()
    start = None if asked.since is None else batch_named(batches, asked.since)
    since = None if start is None else start.recorded_at
    # Told before the rows are read: what is taken in meanwhile may leave now, and leaves again with the next export.
    version, repairs = opened.version(), by_record(opened.repairs.events())
    rows = (
        map(Changed, opened.listings(lists, region))
        if since is None
        else opened.scan.changed(lists, since=since, region=region, records=touched_records(repairs, since))
    )
    if statuses:
        rows = (row for row in rows if row.listing.subject_status in statuses)
    found = changes(rows, wanted, repairs=repairs, since=since, withheld=withheld)
    counted = _Counted()
    plan = _Plan(form, _profile(asked, form), wanted.lists, {each.id: each.provider for each in batches})
    about = {"version": version, "since": None if start is None else start.version}
    write_pieces(asked.output, plan.pieces(counted.through(found), about))
    show(_told(asked.output, counted.rows, withheld.rows, newest=batches[-1].id if batches else "无"))


def batch_named(batches: Sequence[Batch], text: str) -> Batch:
    """Return the batch of an id, or the one after which the store had a version (起点批次).

    Raises:
        RegistryError: `registry.no_such_batch`.
    """
    found = next((each for each in batches if text in (each.id, each.version)), None)
    if found is None:
        hint = "请填写导入、上次导出时显示的批次，或者当时名单库的版本。"
        raise RegistryError("registry.no_such_batch", f"名单库中没有批次 {text}。", hint)
    return found


@dataclass(slots=True)
class _Counted:
    """Counts rows on their way into a file."""

    rows: int = 0

    def through(self, found: Iterable[Change]) -> Iterator[Change]:
        """Hand rows on, and count them."""
        for change in found:
            self.rows += 1
            yield change


@dataclass(frozen=True, slots=True)
class _Plan:
    """How rows are written (写法): format, profile, the lists by code, the provider of each batch."""

    form: str
    profile: ExportProfile
    lists: Mapping[str, ListType]
    providers: Mapping[str, str | None]

    def pieces(self, found: Iterable[Change], about: Mapping[str, str | None]) -> Iterator[bytes]:
        """Yield the file, piece by piece; what its encoding lacks is written as a question mark."""
        if self.form == FTM:
            yield from (text.encode() for text in ftm_text(found, self.lists, delta=about["since"] is not None))
            return
        writer = RowWriter(self.profile, self.lists, self.providers)
        yield from encoded(WRITERS[self.form](found, writer, self.profile, about), self.form, self.profile)


def _form(asked: Asked) -> str:
    form = asked.form or _ENDINGS.get(asked.output.suffix.lower(), "")
    if form not in (*WRITERS, FTM):
        message = f"不知道用什么格式写 {asked.output.name}。"
        raise QuestionError("question.format", message, "请写 --format csv、json、xml 或者 ftm。")
    return form


def _profile(asked: Asked, form: str) -> ExportProfile:
    profile = (
        standard_profile(delta=asked.since is not None)
        if asked.profile is None
        else load_profile(asked.profile, ExportProfile)
    )
    if form == "xml":
        refuse_unfit(profile)
    return profile


def lists_named(catalog: Catalog, names: Sequence[str]) -> Mapping[str, ListType]:
    """Return the lists that some codes or names mean, by code; all of the catalogue without any.

    Raises:
        RegistryError: `registry.unknown_list`.
    """
    finder = ListFinder(catalog)
    found = [finder.find(name) for name in names]
    wrong = next((each for each in found if isinstance(each, Fault)), None)
    if wrong is not None:
        raise RegistryError("registry.unknown_list", wrong.message, "请改用目录中的名单代码。")
    return {each.code: each for each in found if not isinstance(each, Fault)} or catalog.lists


def region_of(text: str | None) -> str | None:
    """Return the beginning of the codes of a region and of all in it, None for everywhere (区划范围).

    Raises:
        QuestionError: `question.region`.
    """
    region = read_region(text)
    return None if region is None else region_prefix(region)


def statuses_of(texts: Iterable[str]) -> frozenset[SubjectStatus | None]:
    """Return the words of 登记状态 that are wanted, None being unknown; none at all when every row is (登记状态范围).

    Raises:
        QuestionError: `question.unknown_word`.
    """
    return frozenset(None if text in _UNKNOWN else word(SubjectStatus, text, "登记状态") for text in texts)


def _told(output: Path, rows: int, withheld: int, *, newest: str) -> list[Part]:
    kept = f"{withheld} 条（名单的公开属性不许提供给对方）" if withheld else "0 条"
    lines = (
        Line("导出", f"{rows} 条"),
        Line("未提供", kept),
        Line("下次自", f"--since {newest}" if rows or newest != "无" else "尚未导入任何名单"),
    )
    return [Headline(f"已写出：{output}"), Block("导出", lines)]
