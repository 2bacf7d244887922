"""What a catalogue holds (检索、统计), written as `catalog/` renders it."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from jointsanction.catalog.search import search, search_document, search_text
from jointsanction.catalog.stats import statistics, statistics_document, statistics_text
from jointsanction.engine import open_catalog
from jointsanction.root import default_root

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


def show_hits(query: str, catalogues: Sequence[Path], *, limit: int, as_json: bool) -> None:
    """Write the entries in which every word is found, the best first (目录检索)."""
    hits = search(open_catalog(catalogues), query)
    if as_json:
        _write_json(search_document(query, hits, limit=limit))
    else:
        sys.stdout.write(search_text(query, hits, limit=limit) + "\n")


def show_statistics(catalogues: Sequence[Path], *, as_json: bool) -> None:
    """Write the numbers of a catalogue (目录统计); cases are counted where they lie beside the entries."""
    from jointsanction.testing.counting import count_cases  # noqa: PLC0415 - YAML, where there are cases only

    cases = count_cases([default_root(), *catalogues])
    found = statistics(open_catalog(catalogues), cases)
    if as_json:
        _write_json(statistics_document(found))
    else:
        sys.stdout.write(statistics_text(found) + "\n")


def _write_json(document: Mapping[str, object]) -> None:
    sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
