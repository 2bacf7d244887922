"""A listing as the bytes a snapshot keeps of it, and back (列入记录的编码).

A record is a line of texts: the key under which its subject alone is found, the row's number, a token for what many
rows say alike, one for the batch, and what is left, of which the first token says which fields it is.
UTF-8 has no use for the bytes from 0xF8 on, so the files around it may use them.
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from itertools import compress
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.model.subject import Listing, Related
from jointsanction.registry.snapshot.layout import WORD_SIZE
from jointsanction.terms import Field, Ground, Severity, Size, SubjectKind, SubjectStatus, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

FIELDS: Final = (
    "list", "subject_kind", "severity", "field", "ground", "size", "subject_status", "region",
    "designating_authority", "grade", "source", "removal_reason", "removal_authority", "publishing_authority",
    "batch", "recorded_at",
    "announced_on", "listed_on", "valid_to", "removed_on", "instrument_date", "published_on", "corrected_on",
    "missing_since", "name", "uscc", "resident_id", "other_id", "instrument_no", "row", "related", "former_names",
)  # fmt: skip
"""What is kept of a listing; a snapshot holds neither `raw` nor anything superseded."""

_OFTEN: Final = slice(0, 14)
"""The fields that say the same together in many rows: a file keeps what they say once, and a token stands for it."""

_KNOWN: Final = slice(14, 16)
"""The fields that all rows of a file taken in have in common."""

_REST: Final = FIELDS[_KNOWN.stop :]
_DATED: Final = _REST[:8]
_KIND: Final = FIELDS.index("subject_kind")
_NAME: Final = FIELDS.index("name")  # the three numbers follow
_CODE: Final = _REST.index("uscc")
_TIES: Final = FIELDS.index("related")
_FORMER: Final = FIELDS.index("former_names")
_WORDS: Final[Mapping[str, type[Term]]] = {
    "subject_kind": SubjectKind, "severity": Severity, "field": Field, "ground": Ground, "size": Size,
    "subject_status": SubjectStatus,
}  # fmt: skip

SEPARATOR: Final = "\x1f"
TOGETHER: Final = "\x1e"
"""What stands between texts for which one token stands."""

KEPT_ONCE: Final = "\x1d"
"""What a token begins with; its number in the pool follows."""

CODED: Final = "c:"
"""What begins the key of a subject found under a 统一社会信用代码 and under the 组织机构代码 inside it."""

_MARK: Final = "\x1b"
_ESCAPES: Final = {"": "\x1b0", _MARK: "\x1b1", SEPARATOR: "\x1b2", TOGETHER: "\x1b3", KEPT_ONCE: "\x1b4"}
_PLAIN_OF: Final = {after: before for before, after in _ESCAPES.items()}
_OURS: Final = re.compile("[\x1b\x1d-\x1f]")
_OTHERS: Final = re.compile("[\x1b\x1d\x1e]")
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_EVERY: Final[Callable[[Listing], tuple[object, ...]]] = attrgetter(*Listing.__slots__)


class Kept(Listing):
    """A listing taken out of a snapshot (快照中的列入记录): equal to the listing that was put in.

    What it says stands in a dictionary, filled at once, and what it doesn't say in the class: the slots of a `Listing`,
    filled one after another, would be most of a look-up.
    """

    def __eq__(self, other: object) -> bool:
        """Compare it as the listing it is."""
        return _EVERY(self) == _EVERY(other) if isinstance(other, Listing) else NotImplemented

    __hash__ = Listing.__hash__


for _name in Listing.__slots__:
    setattr(Kept, _name, () if _name in {"related", "former_names"} else None)

_NEW: Final = Kept.__new__


class Pool:
    """What a file says often and keeps once (常用词池); at most so much, so that no memory is filled by it."""

    def __init__(self, most: int = 16_384) -> None:
        """Begin with nothing."""
        self._most = most
        self._tokens: dict[tuple[object, ...], str] = {}
        self._texts: list[str] = []

    def token(self, said: Sequence[str | None], shown: tuple[bool, ...] = ()) -> str | None:
        """Return what stands for some texts, and for which fields follow: a token, or they when the pool is full.

        None tells that there are texts among them that can't stand here.
        """
        kept = (*said, shown)
        token = self._tokens.get(kept)
        if token is not None:
            return token
        if "" in said or _OURS.search("".join([each or "" for each in said])) is not None:
            return None
        text = TOGETHER.join([*[each or "" for each in said], "".join(["01"[each] for each in shown])])
        if len(self._texts) >= self._most:
            return text
        token = self._tokens[kept] = f"{KEPT_ONCE}{len(self._texts)}"
        self._texts.append(text)
        return token

    def texts(self) -> list[str]:
        """Return what is kept, in the order of the tokens."""
        return self._texts


def record_of(number: int, texts: Sequence[str | None], pool: Pool, found: str = "") -> bytes:
    """Return the record of a row; `found` is the key under which it is found, when it is plain that it is its own."""
    rest = list(texts[_KNOWN.stop :])
    coded = found[:2] == CODED and rest[_CODE] == found[2:]
    if coded:
        rest[_CODE] = None
    left = [text for text in rest if text is not None]
    line = SEPARATOR.join(left)
    often = pool.token(texts[_OFTEN], (coded, *[text is not None for text in rest]))
    known = pool.token(texts[_KNOWN])
    if often is None or known is None or _OTHERS.search(line) or line.count(SEPARATOR) != max(len(left) - 1, 0):
        said = _MARK + SEPARATOR.join(["" if text is None else _escape(text) for text in texts])
    else:
        said = f"{often}{SEPARATOR}{known}{SEPARATOR}{line}"
    return f"{found}{SEPARATOR}{number}{SEPARATOR}{said}{SEPARATOR}".encode(errors="surrogatepass")


class Decoder:
    """Turns the records of one file back into listings (列入记录的解码)."""

    __slots__ = ("_known", "_often")

    def __init__(self, pool: Sequence[str]) -> None:
        """Take what the file keeps once; each is worked out when it is first met."""
        self._often, self._known = _Meanings(FIELDS[_OFTEN], pool), _Meanings(FIELDS[_KNOWN], pool)

    def listing(self, record: bytes) -> Listing:
        """Return the listing of a record."""
        found, _, often, known, *texts = record[WORD_SIZE:-WORD_SIZE].decode(errors="surrogatepass").split(SEPARATOR)
        if often[:1] == _MARK:
            return _escaped((often[1:], known, *texts[:-1]))
        alike, coded, names, reads = self._often[often]
        listing = _NEW(Kept)
        said = listing.__dict__
        said.update(alike)
        said.update(self._known[known].alike)
        said.update(zip(names, texts))  # noqa: B905 - what fills the record up is one more
        for name, read in reads:
            said[name] = read(said[name])
        if coded:
            said["uscc"] = found[2:]
        return listing


class _Meaning(NamedTuple):
    """What a token stands for (词义): values, whether the code is in the key, which fields follow, what reads them."""

    alike: Mapping[str, object]
    coded: bool
    names: tuple[str, ...]
    reads: tuple[tuple[str, Callable[[str], object]], ...]


class _Meanings(dict[str, _Meaning]):
    """What the texts of some fields mean (词义), by their token; what the pool had no room for is read each time."""

    def __init__(self, names: Sequence[str], pool: Sequence[str]) -> None:
        super().__init__()
        self._names, self._pool = names, pool

    def __missing__(self, said: str) -> _Meaning:
        kept = said[:1] == KEPT_ONCE
        *texts, shown = (self._pool[int(said[1:])] if kept else said).split(TOGETHER)
        alike = {name: _value(name, text) for name, text in zip(self._names, texts, strict=True) if text}
        names = tuple(compress(_REST, map(int, shown[1:])))
        reads = tuple((name, _READS[name]) for name in names if name in _READS)
        meant = _Meaning(alike, shown[:1] == "1", names, reads)
        if kept:
            self[said] = meant
        return meant


class _Days(dict[str, date]):
    """Days by their texts (日期缓存), at most so many: most rows share a few thousand."""

    def __missing__(self, text: str) -> date:
        if len(self) >= _DAYS_KEPT:
            self.clear()
        day = self[text] = date.fromisoformat(text)
        return day


_DAYS_KEPT: Final = 1 << 15
_DAYS: Final = _Days()


def texts_of(listing: Listing) -> list[str | None]:
    """Return what is kept of a listing, as texts in the order of `FIELDS`."""
    return [_text(name, getattr(listing, name)) for name in FIELDS]


def who_of(texts: Sequence[str | None]) -> Listing:
    """Return as much of a listing as says under what it is found (检索所需)."""
    listing = _NEW(Kept)
    said = listing.__dict__
    said["subject_kind"] = _KINDS[texts[_KIND]]
    said["name"], said["uscc"], said["resident_id"], said["other_id"] = texts[_NAME : _NAME + 4]
    ties, former = texts[_TIES:]
    if ties is not None:
        said["related"] = _ties(ties)
    if former is not None:
        said["former_names"] = _former(former)
    return listing


def number_of(record: bytes) -> int:
    """Return the number of the row of a record."""
    return int(record[WORD_SIZE:].split(b"\x1f", 2)[1])


def _escaped(texts: Sequence[str]) -> Listing:
    """Return the listing of the rare record with an empty text in it, or with the signs that we use ourselves."""
    plain = [_unescape(text) if text else None for text in texts]
    return Listing(**{name: _value(name, text) for name, text in zip(FIELDS, plain, strict=True) if text is not None})  # type: ignore[arg-type]


def _escape(text: str) -> str:
    return "".join(_ESCAPES.get(sign, sign) for sign in text) or _ESCAPES[""]


def _unescape(text: str) -> str:
    before, *after = text.split(_MARK)
    return before + "".join(_PLAIN_OF[_MARK + part[0]] + part[1:] for part in after)


def _value(name: str, text: str) -> object:
    if name in _WORDS:
        return _WORDS[name](text)
    return _READS[name](text) if name in _READS else text


def _text(name: str, value: Any) -> str | None:  # noqa: ANN401 - a field of any type
    if name == "related":
        rows = [tie.said() for tie in value]
        return _ENCODER.encode(rows) if rows else None
    if name == "former_names":
        return _ENCODER.encode(value) if value else None
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date) else str(value)


def _ties(text: str) -> tuple[Related, ...]:
    return tuple([Related(**row) for row in json.loads(text)])


def _former(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


_READS: Final[Mapping[str, Callable[[str], object]]] = {
    "row": int,
    "related": _ties,
    "former_names": _former,
    "recorded_at": datetime.fromisoformat,
    **dict.fromkeys(_DATED, _DAYS.__getitem__),
}
_KINDS: Final[Mapping[str | None, SubjectKind | None]] = {None: None, **{kind.value: kind for kind in SubjectKind}}
