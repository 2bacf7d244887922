"""How headers are read (表头识别): a map of every spelling met, kept as data, and never a guess."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from jointsanction.identity.folding import letters
from jointsanction.registry.readers.columns import COLUMNS, NUMBER_COLUMNS
from jointsanction.registry.readers.yaml_map import MapFile, as_texts
from jointsanction.root import default_root

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE: Final = "mappings/headers.yaml"
_NEAR: Final = 0.6


@dataclass(frozen=True, slots=True)
class HeaderWords:
    """Every spelling of every header (表头别名), each under its letters only.

    `numbered` are the stems of 双公示 headers whose number means nothing and whose bracket says what they are; where a
    header stood in two rows, stem and bracket are joined without a number.
    `not_read` are headers known and left out, with the reason. `values` are further words of closed columns.
    """

    columns: Mapping[str, str]
    numbered: tuple[str, ...]
    not_read: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]

    def column_of(self, header: str) -> str | None:
        """Return the column a header names, None when it is unknown.

        >>> header_words().column_of("行政相对人代码＿3（居民身份证号）")
        'resident_id'
        """
        key = letters(header)
        found = self.columns.get(key)
        if found is not None:
            return found
        match = re.fullmatch(rf"(?:{'|'.join(self.numbered)})+[0-9]?(.+)", key)
        said = None if match is None else self.columns.get(match[1])
        return said if said in NUMBER_COLUMNS else None

    def reason_left_out(self, header: str) -> str | None:
        """Return why a known header is not read, None when it is not one of those."""
        return self.not_read.get(letters(header))

    def nearest(self, header: str) -> tuple[str, ...]:
        """Return the columns whose spellings come nearest to an unknown header, for a person to choose from."""
        near = difflib.get_close_matches(letters(header), list(self.columns), n=3, cutoff=_NEAR)
        return tuple(dict.fromkeys(self.columns[key] for key in near))


def header_words() -> HeaderWords:
    """Return the spellings that ship with the package.

    Raises:
        RegistryError: `registry.mapping` when the file was edited and no longer holds together.
    """
    raw = (default_root() / "mappings" / "headers.yaml").read_bytes()
    file = MapFile(raw, FILE)
    parts = file.pairs(file.root)
    columns = {letters(name): column for column, title in COLUMNS.items() for name in (column, title)}
    for column, node in file.pairs(parts["columns"]).items():
        for header in file.texts(node):
            taken = columns.setdefault(letters(header), column)
            if taken != column:
                file.fault(node, f"表头“{header}”已属于列 {taken}，不能再属于 {column}。")
    words = HeaderWords(
        columns=columns,
        numbered=tuple(letters(stem) for stem in file.texts(parts["numbered"])),
        not_read={letters(key): reason for key, reason in as_texts(file, parts["not_read"]).items()},
        values={
            column: {letters(key): value for key, value in as_texts(file, node).items()}
            for column, node in file.pairs(parts["values"]).items()
        },
    )
    file.finish()
    return words
