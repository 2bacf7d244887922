"""Beginning a new entry (新建条目): what was typed becomes ids of the catalogue, then a skeleton with its cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, get_args

from jointsanction.catalog.bundle import catalog_version
from jointsanction.catalog.compile import compile_catalog
from jointsanction.catalog.nearest import nearest
from jointsanction.catalog.reading.soundness import identity_faults
from jointsanction.catalog.skeleton import SECTIONS, EntryKind, Skeleton, skeleton_text
from jointsanction.cli.new_files import write_new
from jointsanction.cli.screen import show
from jointsanction.engine import open_catalog
from jointsanction.errors import QuestionError
from jointsanction.steps.asking.ask import read_region
from jointsanction.telling.page import Block, Headline, Line
from jointsanction.terms import Effect
from jointsanction.testing.skeleton_cases import skeleton_cases

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from jointsanction.catalog.compile import Tables
    from jointsanction.model.catalogue import Catalog

_WITH_CASES: Final = frozenset({"measure", "rule"})
_NAMED: Final[Mapping[str, EntryKind]] = {kind: kind for kind in get_args(EntryKind)}


class Typed(NamedTuple):
    """What was typed of a new entry (新建要求), nothing of it looked up yet."""

    kind: str
    id: str
    lists: Sequence[str]
    matters: Sequence[str]
    instruments: Sequence[str]
    region: str | None
    incentive: bool


def write_skeleton(typed: Typed, out: Path, catalogues: Sequence[Path]) -> None:
    """Write the skeleton of an entry, and beside a measure or a rule that of its cases (新建条目).

    Raises:
        QuestionError: `question.entry_kind`, `question.region`, `catalog.bad_id`, `catalog.taken_id`,
            `catalog.unknown_entry`, `catalog.output_exists`, `question.output`.
        UnknownMatterError: a matter in no catalogue; the nearest are named.
    """
    catalog = open_catalog(catalogues)
    tables = compile_catalog(catalog, catalog_version(catalog))
    wanted = Skeleton(
        _kind(typed.kind),
        typed.id,
        lists=tuple(_list(name, tables) for name in typed.lists),
        matters=tuple(tables.resolve_matter(name).code for name in typed.matters),
        instruments=tuple(_instrument(name, catalog) for name in typed.instruments),
        region=read_region(typed.region),
        effect=Effect.INCENTIVE if typed.incentive else Effect.RESTRICTION,
    )
    _refuse_id(wanted, catalog)
    files = {wanted.path: skeleton_text(wanted, catalog)}
    if wanted.kind in _WITH_CASES:
        files[wanted.cases] = skeleton_cases(wanted, tables)
    write_new({out / path: text.encode() for path, text in files.items()})
    _tell(files, list(dict.fromkeys([*catalogues, out])), out)


def _kind(text: str) -> EntryKind:
    if text not in _NAMED:
        hint = "可写：measure 措施、instrument 依据文件、list 名单、rule 规则。"
        raise QuestionError("question.entry_kind", f"没有“{text}”这类条目。", hint)
    return _NAMED[text]


def _list(name: str, tables: Tables) -> str:
    code = tables.list_names.get(name) or tables.list_names.get(name.upper())
    if code is None:
        hint = nearest(name, tables.catalog.lists, tables.list_names).lstrip("，；")
        raise QuestionError(
            "catalog.unknown_entry",
            f"目录中没有名单“{name}”；自有目录里的，用 --catalogue 指定该目录。",
            hint or "请写名单代码。",
        )
    return code


def _instrument(name: str, catalog: Catalog) -> str:
    if name not in catalog.instruments:
        titles = {one.title: one.id for one in catalog.instruments.values()}
        hint = nearest(name, catalog.instruments, titles).lstrip("，；")
        message = f"目录中没有依据文件“{name}”；自有目录里的，用 --catalogue 指定该目录。"
        raise QuestionError("catalog.unknown_entry", message, hint or "先用 catalog new instrument 新建。")
    return name


def _refuse_id(wanted: Skeleton, catalog: Catalog) -> None:
    section = SECTIONS[wanted.kind]
    for fault in identity_faults(section, wanted.id):
        raise QuestionError(fault.code, fault.message, "编号定了不再改名。")
    if wanted.id in getattr(catalog, section):
        message = f"代码 '{wanted.id}' 在目录中已有。"
        raise QuestionError("catalog.taken_id", message, f"看一看：jointsanction catalog explain {wanted.id}。")


def _tell(files: Mapping[str, str], roots: Sequence[Path], out: Path) -> None:
    layered = " ".join(f"--catalogue {root}" for root in roots)
    count = sum(line.count("TODO") for text in files.values() for line in text.splitlines() if line[:1] != "#")
    show(
        [
            Headline(f"写出 {'、'.join(str(out / path) for path in files)}，待补 {count} 处"),
            Block(
                "下一步",
                (
                    Line("", "对照条文补齐 TODO；jointsanction catalog schema --output schemas 后编辑器可以补全。"),
                    Line("", f"jointsanction catalog lint {layered}：指出还有哪些没有补。"),
                    Line("", f"jointsanction catalog test {layered}：补齐以后运行用例。"),
                ),
            ),
        ]
    )
