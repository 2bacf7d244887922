"""Catalogue files put into the one form (统一格式): all are read before any is written."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from jointsanction.catalog.canonical.form import formatted
from jointsanction.cli.failures import ExitCode
from jointsanction.cli.files import read_bytes
from jointsanction.cli.new_files import replace_file
from jointsanction.errors import CatalogError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


def format_files(paths: Sequence[Path], *, check: bool) -> None:
    """Put files into the one form, or only tell which are not (统一格式).

    Raises:
        CatalogError: files that can't be read, `catalog.fmt_kind`, `catalog.fmt_unsafe`; nothing is written then.
        RegistryError: `registry.no_file`.
        QuestionError: `question.output`.
    """
    changed: dict[Path, str] = {}
    problems: list[Problem] = []
    count = 0
    for path, named in _files(paths):
        raw = read_bytes(path)
        try:
            text = formatted(raw, path)
        except CatalogError as error:
            problems += error.problems
            continue
        if text is None and named:
            message = "不知道这是哪一种目录文件；请在第一行写明 schema（# yaml-language-server: $schema=…）。"
            problems.append(Problem(path.as_posix(), 1, 1, "catalog.fmt_kind", message))
        count += text is not None
        if text is not None and text.encode() != raw:
            changed[path] = text
    if problems:
        raise CatalogError(problems)
    _settle(changed, count, check=check)


def _files(paths: Sequence[Path]) -> Iterator[tuple[Path, bool]]:
    """Yield the YAML files meant, and whether each was named itself; hidden folders are left out."""
    for path in paths:
        if not path.is_dir():
            yield path, True
            continue
        for file in sorted(path.rglob("*.yaml")):
            if not any(part.startswith(".") for part in file.relative_to(path).parts):
                yield file, False


def _settle(changed: dict[Path, str], count: int, *, check: bool) -> None:
    for path, text in changed.items():
        if not check:
            replace_file(path, text)
        sys.stdout.write(f"{'须整理' if check else '已整理'} {path}\n")
    sys.stdout.write(f"{count} 个文件，{len(changed)} 个{'须整理' if check else '已整理'}。\n")
    if check and changed:
        raise typer.Exit(ExitCode.BAD_DATA)
