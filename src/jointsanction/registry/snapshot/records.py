"""A listing as the bytes a snapshot keeps of it, and back (列入记录的编码).

A record is a line of texts in the order of `FIELDS` after the row's own number, empty for None. UTF-8 has no use for
the bytes from 0xF8 on, so the files around it may use them to tell records apart.
Decoding is what a look-up costs: a record is split, and the slots are filled one after another.
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from jointsanction.model.subject import Listing, Related
from jointsanction.terms import Field, Ground, Severity, Size, SubjectKind, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

FIELDS: Final = (
    "list", "subject_kind", "severity", "field", "ground", "size", "region", "designating_authority", "grade",
    "source", "removal_reason", "removal_authority", "publishing_authority",
    "batch", "recorded_at",
    "announced_on", "listed_on", "valid_to", "removed_on", "instrument_date", "published_on", "corrected_on",
    "missing_since", "name", "uscc", "resident_id", "other_id", "instrument_no", "row", "related", "former_names",
)  # fmt: skip
"""What is kept of a listing, in the order of a record; a snapshot holds neither `raw` nor anything superseded."""

_OFTEN: Final = slice(0, 13)
"""The fields that say the same together in many rows: a file keeps what they say once, and a token stands for it."""

_KNOWN: Final = slice(13, 15)
"""The fields that all rows of a file taken in have in common."""

_DATED: Final = slice(15, 23)
_KIND: Final = FIELDS.index("subject_kind")
_NAME: Final = FIELDS.index("name")  # the three numbers follow
_TIES: Final = FIELDS.index("related")
_FORMER: Final = FIELDS.index("former_names")
_WORDS: Final[Mapping[str, type[Term]]] = {
    "subject_kind": SubjectKind, "severity": Severity, "field": Field, "ground": Ground, "size": Size,
}  # fmt: skip

SEPARATOR: Final = "\x1f"
TOGETHER: Final = "\x1e"
"""What stands between texts for which one token stands."""

KEPT_ONCE: Final = "\x1d"
"""What a token begins with; its number in the pool follows."""

_MARK: Final = "\x1b"
_ESCAPES: Final = {"": "\x1b0", _MARK: "\x1b1", SEPARATOR: "\x1b2", TOGETHER: "\x1b3", KEPT_ONCE: "\x1b4"}
_PLAIN_OF: Final = {after: before for before, after in _ESCAPES.items()}
_OURS: Final = re.compile("[\x1b\x1d-\x1f]")
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_RELATED: Final = ("relation", "kind", "name", "id", "personally_responsible")
_NEW: Final = Listing.__new__
_SLOTS: Final[tuple[Callable[[Listing, object], None], ...]] = tuple(
    Listing.__dict__[name].__set__ for name in (*FIELDS, "superseded_at", "raw")
)
"""The slots of the frozen class: its own `__init__` reads every word once more, and would be half of a look-up."""


class Pool:
    """What a file says often and keeps once (常用词池); at most so much, so that no memory is filled by it."""

    def __init__(self, most: int = 16_384) -> None:
        """Begin with nothing."""
        self._most = most
        self._tokens: dict[str, str] = {}

    def token(self, texts: Sequence[str | None]) -> str:
        """Return what stands for some texts: their token, or they themselves when the pool is full."""
        said = TOGETHER.join([text or "" for text in texts])
        token = self._tokens.get(said)
        if token is None and len(self._tokens) < self._most:
            token = self._tokens[said] = f"{KEPT_ONCE}{len(self._tokens)}"
        return said if token is None else token

    def texts(self) -> list[str]:
        """Return what is kept, in the order of the tokens."""
        return list(self._tokens)


class Decoder:
    """Turns the records of one file back into listings (列入记录的解码)."""

    __slots__ = ("_known", "_often")

    def __init__(self, pool: Sequence[str]) -> None:
        """Take what the file keeps once; each is worked out when it is first met."""
        self._often, self._known = _Meanings(FIELDS[_OFTEN], pool), _Meanings(FIELDS[_KNOWN], pool)

    def listing(self, record: bytes) -> Listing:
        """Return the listing of a record."""
        _, often, known, *texts = record.decode(errors="surrogatepass").split(SEPARATOR)
        if often[:1] == _MARK:
            return _escaped((often[1:], known, *texts))
        values = [*self._often[often], *self._known[known]]
        values += [date.fromisoformat(text) if text else None for text in texts[:8]]
        values += [text or None for text in texts[8:13]]
        row, related, former = texts[13:]
        values += (int(row) if row else None, _ties(related), tuple(json.loads(former)) if former else (), None, None)
        listing = _NEW(Listing)
        for put, value in zip(_SLOTS, values, strict=True):
            put(listing, value)
        return listing


class _Meanings(dict[str, tuple[object, ...]]):
    """What the texts of some fields mean (词义), by their token; what the pool had no room for is read each time."""

    def __init__(self, names: Sequence[str], pool: Sequence[str]) -> None:
        super().__init__()
        self._names, self._pool = names, pool

    def __missing__(self, said: str) -> tuple[object, ...]:
        kept = said[:1] == KEPT_ONCE
        texts = (self._pool[int(said[1:])] if kept else said).split(TOGETHER)
        meant = tuple(_value(name, text or None) for name, text in zip(self._names, texts, strict=True))
        if kept:
            self[said] = meant
        return meant


def texts_of(listing: Listing) -> list[str | None]:
    """Return what is kept of a listing, as texts in the order of `FIELDS`."""
    return [_text(name, getattr(listing, name)) for name in FIELDS]


def record_of(number: int, texts: Sequence[str | None], pool: Pool) -> bytes:
    """Return the record of a row, which has a number of its own in its file."""
    if "" in texts or _OURS.search("".join([text or "" for text in texts])) is not None:
        line = _MARK + SEPARATOR.join(["" if text is None else _escape(text) for text in texts])
    else:
        said = [pool.token(texts[_OFTEN]), pool.token(texts[_KNOWN])]
        line = SEPARATOR.join([*said, *[text or "" for text in texts[_DATED.start :]]])
    return f"{number}{SEPARATOR}{line}".encode(errors="surrogatepass")


def who_of(texts: Sequence[str | None]) -> Listing:
    """Return as much of a listing as says under what it is found (检索所需)."""
    kind, (name, *numbers) = texts[_KIND], texts[_NAME : _NAME + 4]
    uscc, resident_id, other_id = numbers
    return Listing(
        list="",
        subject_kind=None if kind is None else SubjectKind(kind),
        name=name,
        uscc=uscc,
        resident_id=resident_id,
        other_id=other_id,
        related=_ties(texts[_TIES]),
        former_names=tuple(json.loads(former)) if (former := texts[_FORMER]) else (),
    )


def number_of(record: bytes) -> int:
    """Return the number of the row of a record."""
    return int(record[: record.index(b"\x1f")])


def _escaped(texts: Sequence[str]) -> Listing:
    """Return the listing of the rare record with an empty text in it, or with the signs that we use ourselves."""
    plain = [_unescape(text) if text else None for text in texts]
    return Listing(**{name: _value(name, text) for name, text in zip(FIELDS, plain, strict=True)})  # type: ignore[arg-type]


def _escape(text: str) -> str:
    return "".join(_ESCAPES.get(sign, sign) for sign in text) or _ESCAPES[""]


def _unescape(text: str) -> str:
    before, *after = text.split(_MARK)
    return before + "".join(_PLAIN_OF[_MARK + part[0]] + part[1:] for part in after)


def _value(name: str, text: str | None) -> object:
    if name == "related":
        return _ties(text)
    if name == "former_names":
        return tuple(json.loads(text)) if text else ()
    if text is None:
        return None
    if name in _WORDS:
        return _WORDS[name](text)
    return _NUMBERS[name](text) if name in _NUMBERS else text


_NUMBERS: Final[Mapping[str, Callable[[str], object]]] = {
    "row": int,
    "recorded_at": datetime.fromisoformat,
    **dict.fromkeys(FIELDS[_DATED], date.fromisoformat),
}


def _text(name: str, value: Any) -> str | None:  # noqa: ANN401 - a field of any type
    if name == "related":
        rows = [{key: said for key in _RELATED if (said := getattr(tie, key)) is not None} for tie in value]
        return _ENCODER.encode(rows) if rows else None
    if name == "former_names":
        return _ENCODER.encode(value) if value else None
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date) else str(value)


def _ties(text: str | None) -> tuple[Related, ...]:
    return tuple(Related(**row) for row in json.loads(text)) if text else ()
