"""What an author of measures does with a catalogue (目录): test, explain, export, build."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from jointsanction.catalog.bundle import catalog_version, default_catalog, write_bundle
from jointsanction.catalog.compile import compile_catalog
from jointsanction.catalog.explain import explain
from jointsanction.catalog.files import TEST_SUFFIX
from jointsanction.catalog.load import load_with_sources
from jointsanction.catalog.schema import DIALECT, schemas, write_schemas
from jointsanction.cli.failures import ExitCode
from jointsanction.engine import open_catalog
from jointsanction.errors import CatalogError, JointSanctionError, Problem, QuestionError
from jointsanction.model.document import ResultDocument, TenderDocument
from jointsanction.root import default_root
from jointsanction.testing import CaseOutcome, Worlds, read_cases, run_case

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jointsanction.catalog.load import Loaded
    from jointsanction.model.catalogue import Catalog, Value


def run_tests(paths: Sequence[Path], catalogues: Sequence[Path]) -> None:
    """Run cases and write those that came out otherwise (用例).

    Raises:
        CatalogError: `catalog.no_cases` when nothing was found to run; what the roots themselves have wrong.
    """
    chosen = paths or catalogues or [shipped_root() / "measures", shipped_root() / "rules"]
    files = [file for path in chosen for file in _case_files(path)]
    if not files:
        message = "没有 *.test.yaml 用例文件（安装包不带用例）。"
        raise CatalogError([Problem(str(chosen[0]), 1, 1, "catalog.no_cases", message)])
    outcomes = tuple(_outcomes(files, open_catalog(catalogues)))
    failed = [outcome for outcome in outcomes if outcome.faults]
    for outcome in failed:
        sys.stdout.write(f"{outcome.file}：{outcome.name}\n" + "".join(f"  {fault}\n" for fault in outcome.faults))
    sys.stdout.write(f"{len(files)} 个文件，{len(outcomes)} 个用例，{len(failed)} 个不符。\n")
    if failed:
        raise typer.Exit(ExitCode.BAD_DATA)


def _outcomes(files: Sequence[Path], catalog: Catalog) -> Iterator[CaseOutcome]:
    """Yield the outcome of every case; a file or a case that can't be asked at all is one that failed."""
    worlds = Worlds(compile_catalog(catalog, catalog_version(catalog)))
    for file in files:
        try:
            cases = read_cases(file)
        except CatalogError as error:
            yield CaseOutcome(str(file), "（整个文件）", tuple(error.message.splitlines()))
            continue
        for case in cases:
            try:
                faults = run_case(case, worlds)
            except JointSanctionError as error:
                faults = (f"{error.code} {error.message}",)
            yield CaseOutcome(str(file), case.name, faults)


def explain_entry(name: str, catalogues: Sequence[Path]) -> None:
    """Write what an entry says (条目说明)."""
    sys.stdout.write(explain(open_catalog(catalogues), name) + "\n")


def build_bundle(output: Path, catalogues: Sequence[Path]) -> None:
    """Write the catalogue with its further roots as one file (目录包)."""
    catalog = open_catalog(catalogues)
    try:
        version = write_bundle(catalog, output)
    except OSError as error:
        raise _unwritable(output) from error
    sys.stdout.write(f"{output} {version}\n")


def load_asked(catalogues: Sequence[Path]) -> Loaded:
    """Return the roots a command is asked about, over the shipped catalogue; without any, the shipped one itself."""
    return load_with_sources(list(catalogues) or [shipped_root()], base=default_catalog() if catalogues else None)


def shipped_root() -> Path:
    """Return the folder of the shipped catalogue, for what reads its files (随附目录)."""
    return Path(str(default_root()))


def _case_files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from sorted(path.rglob(f"*{TEST_SUFFIX}"))
    else:
        yield path


def _unwritable(path: Path) -> QuestionError:
    return QuestionError("question.output", f"无法写入 {path}。", "请核对路径和权限。")


def export_schemas(name: str | None, output: Path | None) -> None:
    """Write one JSON Schema, all of them into a folder, or their names (导出结构).

    Raises:
        QuestionError: `question.unknown_schema`, `question.output`.
    """
    if output is not None:
        sys.stdout.writelines(f"{file}\n" for file in _written(output))
        return
    found = {**schemas(), **_answers()}
    if name is None:
        sys.stdout.writelines(f"{known}\n" for known in sorted(found))
    elif name in found:
        sys.stdout.write(json.dumps(found[name], ensure_ascii=False, indent=1) + "\n")
    else:
        raise QuestionError(
            "question.unknown_schema", f"没有名为“{name}”的结构。", f"可用的有：{'、'.join(sorted(found))}。"
        )


def _answers() -> dict[str, dict[str, Any]]:
    """Return the schemas of the documents of the contract: an answer, and that of a tender."""
    models: dict[str, type[Value]] = {"result": ResultDocument, "tender": TenderDocument}
    return {name: {"$schema": DIALECT, **model.model_json_schema()} for name, model in models.items()}


def _written(folder: Path) -> list[str]:
    try:
        names = list(write_schemas(folder))
        for name, schema in _answers().items():
            names.append(f"{name}.schema.json")
            (folder / names[-1]).write_text(json.dumps(schema, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise _unwritable(folder) from error
    return sorted(names)
