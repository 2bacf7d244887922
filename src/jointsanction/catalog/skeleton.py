"""A new entry with everything still to be said marked TODO (骨架): every key with what it means and may be.

Whatever stands as TODO the loader refuses by name, so that no skeleton is ever taken for law.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from jointsanction.catalog.draft.yaml_out import flow_list, scalar
from jointsanction.catalog.files import TEST_SUFFIX, Section
from jointsanction.catalog.reading.entries import MODELS, TOLD
from jointsanction.catalog.reading.faults import TODO
from jointsanction.catalog.reading.shapes import shapes_of
from jointsanction.catalog.words.fields import field_word
from jointsanction.model.catalogue import Basis
from jointsanction.terms import DEGREES_OF, Degree, Effect, ListKind, Term, Trigger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jointsanction.model.catalogue import Catalog

EntryKind: TypeAlias = Literal["measure", "instrument", "list", "rule"]
"""What a skeleton can be made of."""

SECTIONS: Final[Mapping[EntryKind, Section]] = {
    "measure": "measures", "instrument": "instruments", "list": "lists", "rule": "rules",
}  # fmt: skip
"""The part of a catalogue that each kind belongs to."""

_NOTE: Final = "# 骨架：写着 TODO 的都待补，补齐才能装载；用不着的键整行删去，补完删去说明。"


class Skeleton(NamedTuple):
    """What a new entry is to be (骨架要求): its kind and id, and what is known of it already, by id or code."""

    kind: EntryKind
    id: str
    lists: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    region: str | None = None
    effect: Effect = Effect.RESTRICTION

    @property
    def path(self) -> str:
        """Return where its file lies in its root."""
        folder = {"instrument": "measures/instruments", "list": "measures/lists", "rule": "rules"}.get(self.kind)
        local = f"local/{self.region}/" if self.region is not None else ""
        return f"{folder or f'measures/{local}{self.effect.value}'}/{self.id}.yaml"

    @property
    def cases(self) -> str:
        """Return where its cases lie."""
        return self.path.removesuffix(".yaml") + TEST_SUFFIX

    def modeline(self, schema: str) -> str:
        """Return the first line of a file beside it, which tells editors its schema."""
        up = "../" * self.path.count("/")
        return f"# yaml-language-server: $schema={up}schemas/{schema}.schema.json"


def skeleton_text(wanted: Skeleton, catalog: Catalog) -> str:
    """Return the text of a new entry (骨架)."""
    body = list(_BODIES[wanted.kind](wanted, catalog))
    return "\n".join([wanted.modeline(wanted.kind), _NOTE, *body, _further(wanted.kind, body), ""])


def trigger_of(wanted: Skeleton, catalog: Catalog) -> Trigger | None:
    """Return what sets a new measure off, as far as its lists say it: records are no lists."""
    kinds = {catalog.lists[code].kind for code in wanted.lists}
    if not kinds:
        return None
    return Trigger.RECORD if kinds == {ListKind.RECORD} else Trigger.LISTING


def _measure(wanted: Skeleton, catalog: Catalog) -> Iterator[str]:
    restricts = wanted.effect is Effect.RESTRICTION
    trigger = trigger_of(wanted, catalog)
    yield f"id: {wanted.id}"
    yield from _open("measure", "title", "对象加后果，一句话")
    yield from _open("measure", "item") if restricts else ()
    yield from _open("measure", "class") if restricts else ()
    yield from _open("measure", "degree", words=_degrees(wanted.effect))
    yield from _open("measure", "binding")
    yield from _open("measure", "trigger", value=trigger)
    yield from _said("measure", "targets", "名单 lists、对象组 groups、事实或决定 acts、等级 grades、主体类别 kinds")
    yield f"targets: {{lists: {flow_list(wanted.lists or (TODO,))}}}"
    yield "bears: [self]"
    yield from _open("measure", "matters", value=flow_list(wanted.matters or (TODO,)))
    yield from () if wanted.region is None else [f'region: "{wanted.region}"']
    yield from _basis(wanted, "sets")
    yield from _open("measure", "implementing_authority", value=f"[{TODO}]")
    yield from _open("measure", "duty")


def _degrees(effect: Effect) -> tuple[Degree, ...]:
    restricts = effect is Effect.RESTRICTION
    fitting = {degree for kind, degrees in DEGREES_OF.items() for degree in degrees if (kind is not None) is restricts}
    return tuple(degree for degree in Degree if degree in fitting)


def _instrument(wanted: Skeleton, _: Catalog) -> Iterator[str]:
    yield f"id: {wanted.id}"
    yield from _open("instrument", "title", "全称，不加书名号")
    yield from _open("instrument", "document_number", "法律没有文号的整行删去")
    yield from _open("instrument", "level")
    yield from _open("instrument", "issuer")
    yield from _open("instrument", "adopted")
    yield from _open("instrument", "valid_from", "施行日期，不是通过或公布日期")
    yield from () if wanted.region is None else [f'region: "{wanted.region}"']


def _list(wanted: Skeleton, _: Catalog) -> Iterator[str]:
    yield f"code: {wanted.id}"
    yield from _open("list", "title")
    yield from _open("list", "kind")
    yield from _open("list", "authority", value=f"[{TODO}]")
    yield from _basis(wanted, "founds")
    yield from _open("list", "kinds", value=f"[{TODO}]")
    yield from _open("list", "entry")
    yield from _open("list", "exit")
    yield from _open("list", "exit_by")
    yield from () if wanted.region is None else [f'scope: ["{wanted.region}"]']


def _rule(wanted: Skeleton, _: Catalog) -> Iterator[str]:
    yield f"id: {wanted.id}"
    yield from _open("rule", "title")
    yield from _said("rule", "when", "listing、act、question、derived、grade、count 之一，或 all、any、none")
    yield "when:"
    yield "  listing:"
    yield f"    list: {{in: {flow_list(wanted.lists or (TODO,))}}}"
    yield "    in-force: {eq: true}"
    yield from _said("rule", "then", "grade、supervision、warn、review、cap、raise、suspend、carry、derive 之一")
    yield "then:"
    yield f"  suspend: {{effect: {TODO}}}"
    yield from _basis(wanted, "sets")
    yield from _open("rule", "explanation")
    yield from () if wanted.region is None else [f'region: "{wanted.region}"']


def _basis(wanted: Skeleton, carries: str) -> Iterator[str]:
    shapes = shapes_of(Basis)
    yield f"# 法规政策依据，一条一行：条 article、款 paragraph、项 item；{carries} 须能单独撑起本条目"
    for key in ("carries", "text"):
        yield f"# {key}：{_choices(shapes[key].words)}"
    yield "basis:"
    for instrument in wanted.instruments or (TODO,):
        named = f"instrument: {scalar(instrument)}, article: {TODO}"
        yield f"  - {{{named}, carries: {TODO}, text: {TODO}, anchor: {TODO}}}"


def _open(
    kind: EntryKind, key: str, hint: str = "", *, value: str | None = None, words: Iterable[str] = ()
) -> Iterator[str]:
    """Yield what a key means and may be, and the key with what is known of it."""
    yield from _said(kind, key, hint, words)
    yield f"{key}: {TODO if value is None else value}"


def _said(kind: EntryKind, key: str, hint: str = "", words: Iterable[str] = ()) -> Iterator[str]:
    """Yield what a key means and may be."""
    model = MODELS[SECTIONS[kind]]
    choices = _choices(words or shapes_of(model)[key].words)
    yield f"# {'；'.join(filter(None, (field_word(model.__name__, key), hint, choices)))}"


def _further(kind: EntryKind, lines: list[str]) -> str:
    """Return the keys that an entry may have beside those in its skeleton."""
    section = SECTIONS[kind]
    given = {line.partition(":")[0] for line in lines} | TOLD.get(section, {}).keys()
    return f"# 另可写：{'、'.join(key for key in shapes_of(MODELS[section]) if key not in given)}"


def _choices(words: Iterable[str]) -> str:
    return "、".join(f"{word}（{word.zh}）" if isinstance(word, Term) else word for word in words)


_BODIES: Final = {"measure": _measure, "instrument": _instrument, "list": _list, "rule": _rule}
