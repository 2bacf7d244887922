"""Exporting the levels of subjects (分级结果归集共享): one row each, and the versions everything rests on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.cli.bidders import read_bidders
from jointsanction.cli.checking import open_engine, write_document
from jointsanction.cli.screen import show
from jointsanction.cli.sheet_files import csv_bytes
from jointsanction.cli.stored import open_store
from jointsanction.errors import RegistryError
from jointsanction.identity.identify import parse_subject
from jointsanction.identity.keys import own_numbers
from jointsanction.telling.page import Headline
from jointsanction.terms import GradeLevel, IdState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from jointsanction.engine import Engine
    from jointsanction.model.result import CheckResult
    from jointsanction.model.subject import Subject

_COLUMNS: Final = (
    "id", "kind", "level", "level_title", "complete", "independent", "set_by", "supervision", "as_of", "receipt",
)  # fmt: skip


class Source(NamedTuple):
    """Which store and which catalogues are asked (名单库和目录)."""

    store: str | None
    catalogues: tuple[Path, ...]


def export_grades(file: Path | None, words: dict[str, Any], source: Source, output: Path | None) -> None:
    """Write the level of each subject of a file, or of all in the store (分级结果).

    Raises:
        RegistryError: a file or a store that can't be read; `registry.output` when nothing can be written there.
    """
    engine = open_engine(source.store, source.catalogues)
    subjects = _in_store(source, engine) if file is None else read_bidders(file)
    document = _document(tuple(engine.check_subject(subject, **words) for subject in subjects))
    if output is None:
        write_document(document)
        return
    _write(output, document)
    show([Headline(f"已写出 {len(document['grades'])} 个主体的分级结果：{output}。")])


def _in_store(source: Source, engine: Engine) -> Iterator[Subject]:
    """Yield everybody who stands on a list in his own right, once, with a whole number."""
    opened = open_store(source.store)
    seen: set[str] = set()
    for listing in opened.listings(engine.tables.catalog.lists):
        number = next((each for each in own_numbers(listing) if each.state is IdState.OK), None)
        if number is not None and number.text not in seen:
            seen.add(number.text)
            yield parse_subject(number.text, listing.subject_kind, None)


def _document(answers: Iterable[CheckResult]) -> dict[str, Any]:
    found = [answer.model_dump() for answer in answers]
    if not found:
        raise RegistryError("registry.empty", "没有可以分级的主体。", "请先导入名单，或者给出主体名录。")
    asked = found[0]["question"]
    return {
        "matter": asked["matter"],
        "as_of": asked["as_of"],
        "known_at": asked["known_at"],
        "region": asked["region"],
        "versions": found[0]["versions"],
        "grades": [_graded(each) for each in found],
    }


def _graded(document: dict[str, Any]) -> dict[str, Any]:
    grade, subject = document["grade"], document["subject"]
    level = grade["level"]
    return {
        "id": subject["id"],
        "kind": subject["kind"],
        "level": level,
        "level_title": None if level is None else GradeLevel(level).zh,
        "complete": grade["complete"],
        "independent": grade["independent"],
        "set_by": grade["set_by"],
        "supervision": document["supervision"],
        "receipt": document["receipt"],
    }


def _write(output: Path, document: dict[str, Any]) -> None:
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    content = csv_bytes(_rows(document)) if output.suffix.lower() == ".csv" else text.encode()
    try:
        output.write_bytes(content)
    except OSError as error:
        raise RegistryError("registry.output", f"无法写出 {output}。", "请核对路径和权限。") from error


def _rows(document: dict[str, Any]) -> list[list[str]]:
    """Return a table; catalogue and registry stand in every row, for rows are cut out and passed on."""
    versions = [document["versions"]["catalogue"], str(document["versions"]["registry"])]
    rows = [[*_COLUMNS, "catalogue", "registry"]]
    for one in document["grades"]:
        rules = "；".join(each["rule"] for each in one["set_by"])
        tier = "" if one["supervision"] is None else one["supervision"]["tier"]
        told = (one["id"], one["kind"], one["level"], one["level_title"])
        complete = "true" if one["complete"] else "false"
        cells = [*("" if value is None else value for value in told), complete, "；".join(one["independent"])]
        rows.append([*cells, rules, tier, document["as_of"], one["receipt"], *versions])
    return rows
