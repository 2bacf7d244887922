"""The engine (核查引擎): opens a catalogue and a registry, answers, and swaps both at once."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jointsanction.asking import State, answer, make_state, read_document
from jointsanction.catalog.bundle import catalog_version
from jointsanction.catalog.compile import Tables, compile_catalog
from jointsanction.catalog.opening import open_catalog
from jointsanction.errors import RegistryError
from jointsanction.home import default_store
from jointsanction.identity.uscc import is_solely
from jointsanction.inference import engine_of
from jointsanction.model.in_force import LawInForce
from jointsanction.model.quick import NEW
from jointsanction.plugins import plugin_manager
from jointsanction.receipt import verify
from jointsanction.recheck import recheck, world_of
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.registry.snapshot.registry import SnapshotRegistry
from jointsanction.repair_notice import repair_notice
from jointsanction.screening.extra import screen_frame
from jointsanction.screening.rows import screen_rows
from jointsanction.screening.run import open_run
from jointsanction.screening.tender import screen_tender
from jointsanction.steps.asking.ask import Words, read_subject
from jointsanction.steps.asking.case_dates import read_dates
from jointsanction.steps.asking.days import SHANGHAI, read_day, read_instant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import pyarrow as pa

    from jointsanction.errors import JointSanctionError
    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.recheck import Recheck
    from jointsanction.model.result import CheckResult
    from jointsanction.model.subject import Related, Subject
    from jointsanction.model.tender import TenderResult
    from jointsanction.registry.protocol import Registry
    from jointsanction.repair_notice import RepairNotice
    from jointsanction.screening.run import Progress, Run
    from jointsanction.store import Store

__all__ = ["Engine", "check_subject", "open_catalog", "shanghai_now"]


def shanghai_now() -> datetime:
    """Return the present instant in Asia/Shanghai; the only place where the library reads a clock."""
    return datetime.now(SHANGHAI)


class Engine:
    """Answers checks (核查引擎). Safe between threads."""

    def __init__(
        self,
        catalog: Catalog | LawInForce,
        registry: Registry | None = None,
        *,
        store: Store | None = None,
        clock: Callable[[], datetime] = shanghai_now,
        inference: str = "own",
    ) -> None:
        """Take a catalogue and a registry; `store` gives the registry, and the catalogue, of an earlier instant.

        What was approved in that store is laid over the catalogue by `open`, not here.

        Raises:
            InferenceError, MissingExtraError: as `open`.
        """
        self._clock = clock
        self._infer = engine_of(inference)
        self._store = store
        self._observers = plugin_manager().hook.jointsanction_decided
        self._observed = bool(self._observers.get_hookimpls())
        self._law = LawInForce.of(catalog)
        self._state = make_state(self._compiled(self._law.catalog), registry or MemoryRegistry(()), self._infer)

    @classmethod
    def open(
        cls,
        store: str | None = None,
        catalogues: Sequence[str | Path] = (),
        *,
        snapshot: str | Path | None = None,
        clock: Callable[[], datetime] = shanghai_now,
        inference: str = "own",
    ) -> Engine:
        """Open the shipped catalogue, further ones laid over it, and a store; both are optional.

        Without a store the registry is empty and in memory. `store` is a URL (`sqlite:///credit.db`).
        `snapshot` is the folder of a snapshot: with a store it is brought up to the store's state first, without one it
        answers alone. A snapshot that lies beside the store is used by itself while it is of the store's state.
        Changes of the catalogue that were approved in the store are in force: the service beside it answers by them.
        `inference` names the engine that runs the rules: `own`, or `durable` for the second, which answers the same.

        Raises:
            CatalogError: a catalogue that can't be read; all its problems at once.
            RegistryError: a store that isn't there or can't be read.
            LoopError: `loop.approved_unreadable` when what was approved doesn't fit the catalogue.
            InferenceError: `inference.unknown_engine`.
            MissingExtraError: `inference.no_durable` when the extra `durable` is not installed.
        """
        base, folder = open_catalog(catalogues), None if snapshot is None else Path(snapshot)
        if store is None:
            alone = None if folder is None else SnapshotRegistry.open(folder)
            return cls(base, alone, clock=clock, inference=inference)
        from jointsanction.store.opening import opened  # noqa: PLC0415 - a check in memory needs no database

        law, registry, found = opened(store, base, folder)
        return cls(law, registry, store=found, clock=clock, inference=inference)

    @property
    def law(self) -> LawInForce:
        """Return the catalogue in use, the one it was laid over, and which approved changes are in it (现行目录)."""
        return self._law

    @property
    def tables(self) -> Tables:
        """Return the compiled catalogue in use."""
        return self._state.tables

    @property
    def registry(self) -> Registry:
        """Return the registry in use."""
        return self._state.registry

    def swap(self, *, catalog: Catalog | LawInForce | None = None, registry: Registry | None = None) -> None:
        """Put a new catalogue, a new registry or both in place at once; running checks finish on the old ones."""
        state = self._state
        law = self._law if catalog is None else LawInForce.of(catalog)
        tables = state.tables if catalog is None else self._compiled(law.catalog)
        self._law, self._state = law, make_state(tables, registry or state.registry, self._infer)

    def check_subject(  # noqa: PLR0913 - the public signature of DESIGN §4, packed at once into a Question
        self,
        subject: Subject | str,
        matter: str,
        *,
        kind: str | None = None,
        as_of: object = None,
        known_at: object = None,
        role: str | None = None,
        phase: str | None = None,
        region: str | None = None,
        traits: Iterable[str] = (),
        fields: Iterable[str] = (),
        size: str | None = None,
        occupations: Iterable[str] = (),
        related: Iterable[Related | str] = (),
        acts: Iterable[object] = (),
        coverage: str = "strict",
        dates: object = None,
        explain: bool = False,
        case: str | None = None,
    ) -> CheckResult:
        """Return which restrictions and incentives apply to a subject in a matter on a date (一键核查).

        `subject` is an identifier or a `Subject`; `matter` a code or alias. `as_of` is a date or ISO text (the day
        asked about, default today in Asia/Shanghai), `known_at` an aware instant or ISO text (what was known then).
        `traits` are stated, or ruled out as `not-TRAIT`. `related` are `RELATION:ID`, `acts` `TYPE:DATE[:key=value…]`.
        `dates` are those of the case, `{"notice": DATE, …}` or `notice:DATE`: which of them is the day asked about, the
        matter says (`Matter.window`), and the answer on each is shown.

        Raises:
            SubjectError: an identifier that is none, or that could be two things.
            UnknownMatterError: a matter in no catalogue; the nearest are named.
            QuestionError: another word or date that can't be understood.
            RegistryError: `registry.history_unavailable` for an instant nobody kept.
        """
        read = () if dates is None else read_dates(dates)
        said = (matter, as_of, role, phase, region, traits, fields, size, occupations, related, acts, coverage, explain)
        if kind is not None or not isinstance(subject, str) or not is_solely(subject):
            subject = read_subject(subject, kind)
        state = self._state if known_at is None else self._known_at(known_at)
        result = answer(state, subject, NEW(Words, (*said, read)), self._clock(), case)
        if self._observed:
            self._observers(result=result)
        return result

    def ask(self, document: Mapping[str, Any]) -> CheckResult:
        """Return the answer to a question given as a document: `question` of the contract, as JSON brings it.

        Raises:
            QuestionError: `question.unknown_key`, `question.missing_key`, and what `check_subject` raises.
        """
        return self.check_subject(**read_document(document))

    def check_tender(self, subjects: Iterable[Subject], matter: str, **words: Any) -> TenderResult:
        """Return the answer for every bidder of a tender, in order (投标人批量核查).

        Subjects of one `group` are one consortium: each is checked as a member, with the others as partners.
        The other words are those of `check_subject`; all are answered from one state of the lists, as of one instant.

        Raises:
            QuestionError: `question.no_bidders`, `question.lone_member`; and what `check_subject` raises.
        """
        return screen_tender(subjects, self.open_run(matter, words))

    def screen(
        self, subjects: Iterable[Subject | str], matter: str, *, progress: Progress | None = None, **words: Any
    ) -> Iterator[CheckResult | JointSanctionError]:
        """Yield the answer for each subject in order; a row that can't be asked yields its error (批量核查).

        The words are those of `check_subject`; a fault in them is raised at once. Catalogue and registry stay the same.
        """
        return screen_rows(self.open_run(matter, words), subjects, progress)

    def screen_frame(  # noqa: PLR0913 - which columns, and how to answer
        self,
        table: object,
        id_column: str,
        *,
        matter: str,
        name_column: str | None = None,
        kind_column: str | None = None,
        answers: bool = False,
        progress: Progress | None = None,
        **words: Any,
    ) -> pa.RecordBatchReader:
        """Return the answers for the rows of a table as a stream of Arrow batches (整表核查).

        `table` is anything that hands over Arrow: Polars, pandas, DuckDB, pyarrow. The answer's columns are `row` (from
        0), `id` as given, `verdict`, `measures`, `listings`, `error`, `message`, and with `answers` the whole `answer`
        as JSON where there are listings. All rows are answered as of one instant.

        Raises:
            QuestionError: `question.column`, `question.table`, and what is wrong with the question.
            MissingExtraError: `screening.no_arrow` when the extra `arrow` is not installed.
        """
        run = self.open_run(matter, words)
        return screen_frame(run, table, (id_column, name_column, kind_column), whole=answers, progress=progress)

    def open_run(self, matter: str, words: dict[str, Any]) -> Run:
        """Return a question that can be put to many subjects (批量核查的问题); `words` are those of `check_subject`."""
        state = self._state if (known_at := words.get("known_at")) is None else self._known_at(known_at)
        return open_run(state, self._clock, {"matter": matter, **words}, self._observers if self._observed else None)

    def repair_notice(self, subject: Subject | str, *, kind: str | None = None, as_of: object = None) -> RepairNotice:
        """Return whether, when and how each bad record of a subject can be repaired (信用修复告知书).

        Raises:
            SubjectError: an identifier that is none, or nothing but a name or a masked number.
            QuestionError: `question.date`.
        """
        state = self._state
        day = self._clock().astimezone(SHANGHAI).date() if as_of is None else read_day(as_of, "告知日期")
        return repair_notice(read_subject(subject, kind), state.tables.catalog, state.registry, day)

    def _known_at(self, told: object) -> State:
        state, instant = self._state, read_instant(told, "名单时点")
        newest = state.registry.known_at
        if newest is not None and instant >= newest:
            return state
        if self._store is None:
            code, message = "registry.history_unavailable", "没有保存该时点的名单，无法按当时所知作答。"
            raise RegistryError(code, message, "用 --store 指定保存了历史批次的名单库。")
        return make_state(state.tables, self._store.registry_at(instant), self._infer)

    def recheck(self, document: Mapping[str, Any]) -> Recheck:
        """Return what changed since an answer was given, and whether the law or the lists changed it (复查).

        `document` is what `check --json` printed. The catalogue and the lists of then are taken from the store.

        Raises:
            ReceiptError: `receipt.missing`, `receipt.altered`, `receipt.not_an_answer`.
            UnknownMatterError: the matter is in today's catalogue no longer.
        """
        verify(dict(document))
        return recheck(document, world_of(document, self._state, self._store), self._state, now=self._clock())

    def _compiled(self, catalog: Catalog) -> Tables:
        version = catalog_version(catalog)
        if self._store is not None:
            # A store that can't be written to can still be asked; what is not kept, a recheck will say.
            with suppress(RegistryError):
                self._store.keep(catalog, version)
        return compile_catalog(catalog, version)


@cache
def _default_engine(store: str) -> Engine:
    return Engine.open(store)


def check_subject(subject: Subject | str, matter: str, **words: Any) -> CheckResult:
    """Return what `Engine.check_subject` answers, from one engine opened once on the default store (一键核查).

    Raises:
        RegistryError: `registry.no_store` when there is no default store, with the command to type.
    """
    return _default_engine(default_store()).check_subject(subject, matter, **words)
