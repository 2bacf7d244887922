"""One row → one draft measure (措施草稿): what the row says in the words of the catalogue, and TODO for the rest."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.catalog.draft.numerals import NUMERAL
from jointsanction.catalog.draft.rows import COLUMNS
from jointsanction.catalog.draft.yaml_out import comment, flow_list, head, one_line, scalar
from jointsanction.catalog.reading.faults import TODO
from jointsanction.identity.folding import letters
from jointsanction.terms import Effect, Item

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jointsanction.catalog.draft.known import Known
    from jointsanction.catalog.draft.places import Place
    from jointsanction.catalog.draft.rows import MeasureRow

_LONGEST_TITLE: Final = 60
_NUMBERED: Final = re.compile(f"^\\s*(?:[（(]\\s*{NUMERAL}\\s*[)）]|{NUMERAL}\\s*[.．、)）])\\s*")
_HARD: Final = re.compile("[；;\n]")
_SOFT: Final = re.compile("[、，,；;\n]")
_NEAR: Final = 0.4


class BasisLine(NamedTuple):
    """One basis of a draft (依据行): an instrument's id, or TODO, a place in it, and what a person should know."""

    instrument: str
    place: Place
    remark: str | None = None

    def lines(self) -> Iterator[str]:
        """Yield its lines; whether the text was read nobody can tell from a table, so it counts as recalled."""
        if self.remark is not None:
            yield "  " + comment("注意", self.remark)
        parts = [f"instrument: {scalar(self.instrument)}"]
        if self.place.article is not None:
            parts.append(f"article: {scalar(self.place.article)}")
        if self.place.paragraph is not None:
            parts.append(f"paragraph: {self.place.paragraph}")
        if self.place.item is not None:
            parts.append(f"item: {scalar(self.place.item)}")
        yield f"  - {{{', '.join([*parts, f'carries: {TODO}', 'text: recalled'])}}}"


class BasisPart(NamedTuple):
    """The bases of a draft (依据), and what of the cell was not understood."""

    bases: Sequence[BasisLine]
    unread: Sequence[str]


def measure_id(row: MeasureRow) -> str:
    """Return what stands for the id: only its author can name a measure in English."""
    return f"{TODO}-{row.number:03}"


def measure_text(row: MeasureRow, effect: Effect, basis: BasisPart, known: Known, file: str) -> str:
    """Return the draft of a measure, its keys in the order of the catalogue's files."""
    lines = [*head("measure", file, [row.number]), *_printed(row, effect)]
    lines += [f"id: {measure_id(row)}", f"title: {_title(row)}"]
    if effect is Effect.RESTRICTION:
        lines += [*_item(row.measure), f"class: {TODO}"]
    lines += [f"{key}: {TODO}" for key in ("degree", "binding", "trigger")]
    lines += [*_targets(row.target, known), f"bears: {TODO}"]
    named = known.matters_in(row.content)
    if named:
        lines.append(comment("注意", f"内容中出现事项的名称：{'、'.join(named)}，未采用"))
    lines += [f"matters: {TODO}", "basis:"]
    lines += [line for one in basis.bases for line in one.lines()]
    lines += ["  " + comment("依据栏中未识别的", "；".join(basis.unread))] if basis.unread else []
    authorities = [one_line(each) for each in _SOFT.split(row.authority) if each.strip()]
    lines += [f"implementing_authority: {flow_list(authorities or [TODO])}", f"duty: {TODO}", ""]
    return "\n".join(lines)


def _printed(row: MeasureRow, effect: Effect) -> Iterator[str]:
    """Yield the row as printed: whoever fills the draft in has it before his eyes."""
    if row.section:
        yield comment("所在部分", row.section)
    cells = (row.measure, row.content, row.target, row.basis, row.authority)
    yield from (comment(title, cell or "（空）") for title, cell in zip(COLUMNS[effect], cells, strict=True))


def _title(row: MeasureRow) -> str:
    content = one_line(row.content)
    return scalar(content) if 0 < len(content) <= _LONGEST_TITLE else TODO


def _item(measure: str) -> Iterator[str]:
    """Yield the family of a restriction by its statutory word."""
    words = {letters(item.zh): item for item in Item}
    said = letters(_NUMBERED.sub("", measure))
    if said in words:
        yield f"item: {words[said]}"
        return
    near = difflib.get_close_matches(said, list(words), n=2, cutoff=_NEAR)
    meant = "、".join(f"{words[word]}（{words[word].zh}）" for word in near)
    yield comment("注意", f"“{measure}”不是措施种类的名称" + (f"；近似的有 {meant}，未采用" if near else ""))
    yield f"item: {TODO}"


def _targets(text: str, known: Known) -> Iterator[str]:
    """Yield whom the measure is for: lists and groups named exactly; whatever else is said leaves a TODO behind."""
    found: dict[str, dict[str, None]] = {"lists": {}, "groups": {}}
    is_open = False
    for piece in _pieces(text, known):
        section, match = known.target(piece)
        if match.id is not None:
            found[section][match.id] = None
        else:
            yield comment("注意", match.remark or "")
            is_open = True
    if not any(found.values()):
        yield f"targets: {TODO}"
        return
    if is_open:
        found["lists"][TODO] = None
    parts = (f"{section}: {flow_list(codes)}" for section, codes in found.items() if codes)
    yield f"targets: {{{', '.join(parts)}}}"


def _pieces(text: str, known: Known) -> Iterator[str]:
    """Yield what a cell lists: a name may have a comma within, so the larger pieces are tried first."""
    for part in _HARD.split(text):
        whole = _bare(part)
        if known.target(whole)[1].id is not None:
            yield whole
        else:
            yield from (piece for each in _SOFT.split(part) if (piece := _bare(each)))


def _bare(text: str) -> str:
    return one_line(_NUMBERED.sub("", text)).strip("。.，,、；; ")
